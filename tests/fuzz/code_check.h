#ifndef FUZZ_CODE_CHECK_H
#define FUZZ_CODE_CHECK_H

#include <assert.h>
#include <stdint.h>

#include "calls.h"

/* What calls.h promises of every program: tokens in the text and in order,
 * brackets in pairs, a tree of scopes and calls that leads to its root. */
static inline void check_tokens(const struct code *c)
{
	const size_t n = c->tokens.count;

	for (uint32_t i = 0; i < n; i++) {
		const struct code_token *t = &c->tokens.item[i];

		assert((size_t)t->off + t->len <= c->text.len);
		assert(!i || t[-1].off + t[-1].len <= t->off);
		assert(c->statement_end[i] >= i && c->statement_end[i] < n);
		assert(c->element_end[i] >= i);
		assert(c->element_end[i] <= c->statement_end[i]);
		if (t->kind == CODE_STRING)
			assert((size_t)t->body + t->body_len <= c->text.len);
		if (t->kind == CODE_OPEN)
			assert(t->match > i && t->match < n);
		if (t->kind == CODE_CLOSE)
			assert(c->tokens.item[t->match].match == i);
	}
	assert(n && c->tokens.item[n - 1].kind == CODE_END);
}

static inline void check_tree(const struct code *c)
{
	for (uint32_t i = 0; i < c->scopes.count; i++) {
		const struct code_scope *s = &c->scopes.item[i];

		assert(!i || s->parent < i);
		assert(s->end < c->tokens.count || !i);
		assert(s->params <= s->params_end);
		assert(s->call == CODE_NONE || s->call < c->calls.count);
	}
	for (uint32_t i = 0; i < c->calls.count; i++) {
		const struct code_call *k = &c->calls.item[i];

		assert(k->first <= k->token && k->token < k->end);
		assert(k->in == CODE_NONE || k->in < i);
		assert(k->on == CODE_NONE || k->on < i);
		assert(k->scope < c->scopes.count);
		assert(k->arg + k->args <= c->args.count || !k->args);
	}
	for (size_t i = 0; i < c->args.count; i++)
		assert(c->args.item[i].first <= c->args.item[i].end);
}

#endif
