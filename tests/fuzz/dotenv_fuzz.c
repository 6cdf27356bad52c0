#include <assert.h>
#include <stdint.h>

#include "dotenv.h"

/*
 * Any bytes as an environment file: spans lie in the text, entries come in its
 * order, every entry that has a value has a reading, and no key is lost that
 * stands on a line of its own.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_entry(const struct dotenv *env, const struct dotenv_entry *e)
{
	const struct span all = { 0, (uint32_t)env->text.len };

	assert(span_holds(all, dotenv_key_span(env, e)));
	assert(span_holds(all, e->span));
	assert(span_holds(all, dotenv_whole(env, e)));
	if (e->kind == DOTENV_JUNK || e->kind == DOTENV_BARE) {
		assert(!e->candidate_count);
		return;
	}
	assert(e->candidate_count > 0);
	assert(e->key.len > 0);
	for (size_t i = 0; i < e->candidate_count; i++)
		for (size_t k = 0; k < i; k++)
			assert(!str_eq(e->candidate[i], e->candidate[k]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct reading r = { .arena = &a };
	const struct source src = { .path = ".env",
				    .text = { (const char *)data, size } };
	const struct dotenv_entry *last = NULL;
	struct dotenv env;

	dotenv_read(&env, &r, &src);
	vec_each(const struct dotenv_entry, e, &env.entries) {
		check_entry(&env, e);
		assert(!last || last->key.ptr <= e->key.ptr);
		if (e->candidate_count && !e->inner)
			assert(dotenv_get(&env, e->key));
		last = e;
	}
	vec_each(const struct comment, c, &r.comments)
		assert(span_end(c->span) <= size);
	arena_free(&a);
	return 0;
}
