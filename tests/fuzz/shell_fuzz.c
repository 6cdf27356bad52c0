#include <assert.h>
#include <stdint.h>

#include "shell.h"

/*
 * Any bytes as a script, in each of its hosts: words lie in the text and in
 * their command, pipes lead back, guards end.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_command(const struct shell *sh, size_t i, size_t size)
{
	const struct shell_command *c = &sh->commands.item[i];
	unsigned guards = 0;

	assert(c->assigned <= c->count);
	assert(c->piped_from < (int)i);
	assert(span_end(c->span) <= size);
	for (size_t n = 0; n < c->count; n++) {
		assert(span_end(c->word[n].span) <= size);
		assert(c->word[n].span.off >= c->span.off);
	}
	for (const struct shell_guard *g = c->guard; g; g = g->outer)
		assert(++guards <= size + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str text = { (const char *)data, size };

	for (int host = SHELL_SCRIPT; host <= SHELL_MAKE; host++) {
		struct arena a = { 0 };
		struct shell sh;
		size_t count;

		shell_read(&sh, &a, text, (enum shell_host)host);
		for (size_t i = 0; i < sh.commands.count; i++)
			check_command(&sh, i, size);
		shell_words(&a, text, (enum shell_host)host, &count);
		assert(count <= size);
		arena_free(&a);
	}
	return 0;
}
