#include "code_direction.h"

enum {
	PASSES = 3, /* helpers that call helpers */
	HOLDERS_MAX = 16,
};

/* Who runs a function that no name of the framework says the way of. */
struct helper {
	uint32_t scope;
	bool forward, backward;
};

bool code_name_matches(const char *const *patterns, struct str name)
{
	for (; patterns && *patterns; patterns++) {
		const struct str p = str_of(*patterns);
		const size_t star = str_find_byte(p, '*');

		if (!star ? str_ends(name, str_slice(p, 1, p.len))
		    : star == SIZE_MAX
			    ? str_eq(p, name)
			    : str_starts(name, str_slice(p, 0, star)))
			return true;
	}
	return false;
}

static enum way way_of_name(const struct code_rules *rules, struct str name)
{
	if (code_name_matches(rules->backward, name))
		return WAY_BACKWARD;
	return code_name_matches(rules->forward, name) ? WAY_FORWARD
						       : WAY_UNKNOWN;
}

/* Scopes stand in their order, so what holds one is known before it. */
static void inherit(struct rewriter *r, uint8_t *ways)
{
	const struct code_scopes *s = &r->c->scopes;

	for (size_t i = 1; i < s->count; i++)
		if (ways[i] == WAY_UNKNOWN)
			ways[i] = ways[s->item[i].parent];
}

static void note(const struct map *helpers, struct str name, uint8_t way)
{
	struct helper *h = map_get(helpers, name);

	if (!h)
		return;
	h->forward |= way == WAY_FORWARD;
	h->backward |= way == WAY_BACKWARD;
}

/* The name of the function that a value is: add, &add/0, or that makes it:
 * add("users"). */
static struct str function_name(const struct code *c,
				const struct code_value *v)
{
	if (v->kind == VALUE_NAME)
		return code_text(c, v->end - 1);
	if (v->kind == VALUE_CALL)
		return c->calls.item[v->call].name;
	if (v->kind == VALUE_FUNCTION && code_is(c, v->first, "&"))
		return code_text(c, v->first + 1);
	return STR("");
}

/* The functions that an argument names: RunPython(add, remove) */
static void note_argument(struct rewriter *r, const struct map *helpers,
			  uint32_t call, const char *const *names, uint8_t way)
{
	const struct env env = { .r = r, .call = call, .rewrite = r->of[call] };
	struct found f;

	for (; names && *names; names++)
		if (rewrite_find_own(&env, str_of(*names), &f) && !f.has_text)
			note(helpers, function_name(r->c, &f.value), way);
}

static void note_calls(struct rewriter *r, const struct map *helpers,
		       const uint8_t *ways)
{
	for (uint32_t i = 0; i < r->c->calls.count; i++) {
		const struct code_call *call = &r->c->calls.item[i];
		const struct code_rewrite *w = r->of[i];

		const uint8_t way = ways[call->scope];

		note(helpers, call->name, way);
		if (w && w->sql)
			note_argument(r, helpers, i, w->sql,
				      way == WAY_BACKWARD ? way : WAY_FORWARD);
		if (w && w->undo_sql)
			note_argument(r, helpers, i, w->undo_sql, WAY_BACKWARD);
	}
	/* exports.down = remove */
	for (size_t i = 0; i < r->c->bindings.count; i++) {
		const struct code_binding *b = &r->c->bindings.item[i];

		if (b->end == b->first + 1)
			note(helpers, code_text(r->c, b->first),
			     (uint8_t)way_of_name(r->rules, b->name));
	}
}

static struct map find_helpers(struct rewriter *r, const uint8_t *ways)
{
	const struct code_scopes *s = &r->c->scopes;
	struct map helpers = { 0 };

	for (uint32_t i = 1; i < s->count; i++) {
		struct helper *h;

		if (s->item[i].kind != SCOPE_FUNCTION || ways[i] != WAY_UNKNOWN)
			continue;
		h = arena_new(r->arena, struct helper);
		h->scope = i;
		map_put(&helpers, r->arena, s->item[i].name, h);
	}
	return helpers;
}

/* Lists that are handed to `state` arguments by a name:
 * state = […]; SeparateDatabaseAndState(state_operations=state) */
static void find_states(struct rewriter *r, uint32_t call)
{
	const struct code_rewrite *w = r->of[call];
	const struct env env = { .r = r, .call = call, .rewrite = w };
	struct found f;

	for (const char *const *name = w ? w->state : NULL; name && *name;
	     name++)
		if (rewrite_find_own(&env, str_of(*name), &f) &&
		    f.value.kind == VALUE_LIST)
			vec_push(&r->states, r->arena,
				 (struct code_range){ f.value.first,
						      f.value.end });
}

const uint8_t *code_ways(struct rewriter *r)
{
	const struct code_scopes *s = &r->c->scopes;
	uint8_t *ways = arena_array(r->arena, uint8_t, s->count);

	for (size_t i = 0; i < s->count; i++)
		if (s->item[i].kind == SCOPE_FUNCTION)
			ways[i] =
				(uint8_t)way_of_name(r->rules, s->item[i].name);
	inherit(r, ways);
	for (uint32_t i = 0; i < r->c->calls.count; i++)
		find_states(r, i);
	const struct map helpers = find_helpers(r, ways);

	for (int n = 0; helpers.count && n < PASSES; n++) {
		note_calls(r, &helpers, ways);
		for (size_t i = 0; i < helpers.count; i++) {
			const struct helper *h = helpers.slot[i].value;

			if (h->forward || h->backward)
				ways[h->scope] =
					h->forward ? WAY_FORWARD : WAY_BACKWARD;
		}
		inherit(r, ways);
	}
	return ways;
}

/* Does one of the named arguments of `call` hold the token? */
static bool holds_token(struct rewriter *r, uint32_t call,
			const char *const *names, uint32_t token)
{
	const struct code *c = r->c;
	const struct code_call *k = &c->calls.item[call];
	const char *const *args = r->of[call]->args;
	uint32_t n = 0;

	for (uint32_t i = 0; names && i < k->args; i++) {
		const struct code_arg *a = &c->args.item[k->arg + i];
		const bool named = a->key != CODE_NONE;
		struct str name = STR("");

		if (named)
			name = code_text(c, a->key);
		else if (args && args[n])
			name = str_of(args[n++]);
		if (a->first <= token && token < a->end)
			for (const char *const *w = names; *w; w++)
				if (str_eq(name, str_of(*w)))
					return true;
	}
	return false;
}

static bool is_state_only(const struct rewriter *r, uint32_t token)
{
	for (size_t i = 0; i < r->states.count; i++)
		if (r->states.item[i].first <= token &&
		    token < r->states.item[i].end)
			return true;
	return false;
}

struct code_place code_place_of(struct rewriter *r, const uint8_t *ways,
				uint32_t call)
{
	const struct code *c = r->c;
	const struct code_call *k = &c->calls.item[call];
	struct code_place p = { .backward = ways[k->scope] == WAY_BACKWARD };
	uint32_t holder = call_holder(r, call);

	for (int n = 0; holder != CODE_NONE && n < HOLDERS_MAX; n++) {
		const struct code_rewrite *w = r->of[holder];

		if (w && (w->flags & REWRITE_BACKWARD))
			p.backward = true;
		if (w && (w->flags & REWRITE_INVERSE))
			p.inverse = !p.inverse;
		if (w && w->undo_sql &&
		    holds_token(r, holder, w->undo_sql, k->token))
			p.backward = true;
		if (w && w->state && holds_token(r, holder, w->state, k->token))
			p.flags |= FORM_STATE_ONLY;
		holder = call_holder(r, holder);
	}
	if (is_state_only(r, k->token))
		p.flags |= FORM_STATE_ONLY;
	for (uint32_t s = k->scope, n = 0; s && n < HOLDERS_MAX; n++) {
		if (c->scopes.item[s].kind == SCOPE_BRANCH)
			p.flags |= FORM_CONDITIONAL;
		s = c->scopes.item[s].parent;
	}
	return p;
}
