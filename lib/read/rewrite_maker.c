#include "rewrite.h"

/* The call that a name is set to, where one name is all it is made on. Only
 * one before it: so nobody who goes from call to call goes round. */
static uint32_t maker_of(const struct code *c, uint32_t call)
{
	const struct code_call *k = &c->calls.item[call];
	struct code_value v;

	if (k->on != CODE_NONE || k->first + 2 != k->token)
		return CODE_NONE;
	v = code_value(c, k->first, k->first + 1, k->scope);
	return v.kind == VALUE_CALL && v.call < call ? v.call : CODE_NONE;
}

static bool same_function(const struct code *c, uint32_t one, uint32_t other)
{
	return code_function_of(c, c->calls.item[one].scope) ==
	       code_function_of(c, c->calls.item[other].scope);
}

void rewrite_find_makers(struct rewriter *r)
{
	enum { CHAIN_MAX = 64 };
	const struct code *c = r->c;
	const size_t count = c->calls.count;
	uint32_t *maker = arena_array(c->arena, uint32_t, count + 1);
	uint32_t *of_chain = arena_array(c->arena, uint32_t, count + 1);
	uint32_t *last = arena_array(c->arena, uint32_t, count + 1);

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t on = c->calls.item[i].on;
		uint32_t m;

		last[i] = i;
		maker[i] = maker_of(c, i);
		of_chain[i] = on < i ? of_chain[on] : maker[i];
		m = of_chain[i];
		if (m != CODE_NONE && !same_function(c, m, i))
			continue;
		for (int n = 0; m != CODE_NONE && n < CHAIN_MAX; n++) {
			last[m] = i;
			m = c->calls.item[m].on;
		}
	}
	r->maker = maker;
	r->last_made = last;
}
