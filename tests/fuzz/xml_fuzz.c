#include "code_check.h"
#include "xml.h"

/*
 * Any bytes as a markup file: tokens lie in it (the text of an element behind
 * those of its children), the tree of calls is whole.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct reading r = { .arena = &a };
	struct code c;

	code_read_xml(&c, &a, (struct str){ (const char *)data, size }, &r);
	vec_each(const struct code_token, t, &c.tokens) {
		assert((size_t)t->off + t->len <= size);
		if (t->kind == CODE_STRING)
			assert((size_t)t->body + t->body_len <= size);
	}
	assert(vec_last(&c.tokens)->kind == CODE_END);
	check_tree(&c);
	vec_each(const struct gap, g, &r.gaps)
		assert(*g->reason && span_end(g->span) <= size);
	vec_each(const struct comment, m, &r.comments)
		assert(span_end(m->span) <= size);
	arena_free(&a);
	return 0;
}
