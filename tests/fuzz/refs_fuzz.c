#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "err.h"
#include "refs.h"

/*
 * Whatever comes on standard input of pre-push and pre-receive: every line
 * becomes one ref whose words are words, or nothing at all is taken.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count_lines(struct str text)
{
	struct str line;
	size_t n = 0;

	while (str_next_line(&text, &line))
		n++;
	return n;
}

static void check_word(const char *word)
{
	assert(word && !strpbrk(word, " \n"));
}

static void check(enum refs_of kind, struct str text)
{
	struct arena a = { 0 };
	struct push_refs refs;
	struct err err;

	if (refs_parse(&refs, kind, text, &a, &err) == 0) {
		assert(refs.count == count_lines(text));
		vec_each(const struct push_ref, ref, &refs) {
			check_word(ref->local_oid);
			check_word(ref->remote_oid);
			check_word(ref->remote_ref);
			assert((kind == REFS_OF_PUSH) == !!ref->local_ref);
		}
	}
	arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str text = { (const char *)data, size };

	check(REFS_OF_PUSH, text);
	check(REFS_OF_RECEIVE, text);
	return 0;
}
