#include "code_order.h"

enum { DEPTH_MAX = 64 };

static void note(struct rewriter *r, struct str name, uint32_t call)
{
	if (map_get(&r->functions, name) && !map_get(&r->runs, name))
		map_put(&r->runs, r->arena, name,
			(void *)(uintptr_t)(call + 1));
}

static void note_arguments(struct rewriter *r, uint32_t call,
			   const char *const *names)
{
	const struct env env = { .r = r, .call = call, .rewrite = r->of[call] };
	struct found f;

	for (; names && *names; names++)
		if (rewrite_find_own(&env, str_of(*names), &f) && !f.has_text &&
		    f.value.kind == VALUE_NAME)
			note(r, code_text(r->c, f.value.end - 1), call);
}

void code_order_find(struct rewriter *r)
{
	for (uint32_t i = 0; i < r->c->calls.count; i++) {
		const struct code_rewrite *w = r->of[i];

		note_arguments(r, i, w ? w->sql : NULL);
		note_arguments(r, i, w ? w->undo_sql : NULL);
		note(r, r->c->calls.item[i].name, i);
	}
}

/* The call that runs the function which holds the call, or CODE_NONE. */
static uint32_t runner(const struct rewriter *r, uint32_t call)
{
	const struct code *c = r->c;
	uint32_t scope = c->calls.item[call].scope;

	for (int n = 0; scope && n < DEPTH_MAX; n++) {
		const struct code_scope *s = &c->scopes.item[scope];
		size_t by = 0;

		if (s->kind == SCOPE_FUNCTION)
			by = (size_t)(uintptr_t)map_get(&r->runs, s->name);
		/* … and it does not call itself */
		if (by && (c->calls.item[by - 1].token < s->first ||
			   c->calls.item[by - 1].token > s->end))
			return (uint32_t)by - 1;
		scope = s->parent;
	}
	return CODE_NONE;
}

struct code_when code_runs_at(const struct rewriter *r, uint32_t call)
{
	struct code_when when = { { 0 } };
	uint32_t path[CODE_HOPS + 1];
	size_t n = 0;

	for (const struct code_run *run = r->c->run; run && n <= CODE_HOPS;
	     run = run->by) {
		path[n++] = call;
		call = run->call;
	}
	for (; call != CODE_NONE && n <= CODE_HOPS; call = runner(r, call))
		path[n++] = call;
	for (size_t i = 0; i < n; i++) {
		const struct code_call *k = &r->c->calls.item[path[n - 1 - i]];

		when.at[i] = r->c->tokens.item[k->token].off;
	}
	return when;
}

int code_when_cmp(const struct code_when *a, const struct code_when *b)
{
	for (size_t i = 0; i <= CODE_HOPS; i++)
		if (a->at[i] != b->at[i])
			return a->at[i] < b->at[i] ? -1 : 1;
	return 0;
}
