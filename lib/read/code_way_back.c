#include "code_way_back.h"

enum { HOLDERS_MAX = 16 };

static bool listed(const char *const *names, struct str name)
{
	for (; names && *names; names++)
		if (str_eq(name, str_of(*names)))
			return true;
	return false;
}

static void refuse(struct reading *out, struct span at, const char *reason)
{
	if (out->no_way_back)
		return;
	out->no_way_back = reason;
	out->no_way_back_at = at;
}

static struct span span_of_call(const struct code *c, uint32_t call)
{
	const struct code_call *k = &c->calls.item[call];

	return code_span(c, k->first, k->end);
}

/* Is it in what has its own way back: reversible { … }, up_only { … }? */
static bool has_own(const struct rewriter *r, uint32_t call)
{
	uint32_t holder = call_holder(r, call);

	for (int n = 0; holder != CODE_NONE && n < HOLDERS_MAX; n++) {
		const struct code_rewrite *w = r->of[holder];

		if (w && (w->flags & REWRITE_OWN_WAY_BACK))
			return true;
		holder = call_holder(r, holder);
	}
	return false;
}

/* Is it in a function that the framework runs backward by itself? */
static bool is_reversible(const struct rewriter *r, uint32_t scope)
{
	const struct code_scopes *s = &r->c->scopes;

	for (int n = 0; scope && n < HOLDERS_MAX; n++) {
		if (s->item[scope].kind == SCOPE_FUNCTION &&
		    listed(r->rules->reversible, s->item[scope].name))
			return true;
		scope = s->item[scope].parent;
	}
	return false;
}

/* A call that the framework would have to undo by itself and cannot. */
static void find_one_way(struct reading *out, struct rewriter *r,
			 const uint8_t *ways)
{
	for (uint32_t i = 0; i < r->c->calls.count; i++) {
		const struct code_rewrite *w = r->of[i];
		const uint32_t scope = r->c->calls.item[i].scope;
		const struct env env = { .r = r, .call = i, .rewrite = w };

		if (!w || !w->one_way || ways[scope] == WAY_BACKWARD ||
		    (!r->rules->one_way_calls && !is_reversible(r, scope)) ||
		    has_own(r, i) ||
		    code_place_of(r, ways, i).flags & FORM_STATE_ONLY)
			continue;
		if (rewrite_holds(&env, str_of(w->one_way)))
			refuse(out, span_of_call(r->c, i),
			       "The framework cannot undo this call by itself");
	}
}

/* raise IrreversibleMigration in the way back */
static void find_refusal(struct reading *out, struct rewriter *r,
			 const uint8_t *ways)
{
	for (uint32_t i = 0; i < r->c->calls.count; i++)
		if (r->of[i] && (r->of[i]->flags & REWRITE_NO_WAY_BACK) &&
		    code_place_of(r, ways, i).backward)
			refuse(out, span_of_call(r->c, i),
			       "Its way back refuses to run");
}

/* Does the function call nothing at all, and return no SQL? */
static bool is_empty(const struct reading *out, const struct code *c,
		     uint32_t scope)
{
	const struct code_scope *s = &c->scopes.item[scope];
	const struct span all = code_span(c, s->first, s->end + 1);

	for (size_t i = 0; i < out->forms.count; i++) {
		const uint32_t off = out->forms.item[i].span.off;

		if (all.off <= off && off < span_end(all))
			return false;
	}

	for (uint32_t i = 0; i < c->calls.count; i++) {
		const uint32_t token = c->calls.item[i].token;

		if (token > s->first && token < s->end &&
		    (token < s->params || token >= s->params_end))
			return false;
	}
	return true;
}

static bool has_form(const struct reading *out, enum direction direction)
{
	for (size_t i = 0; i < out->forms.count; i++)
		if (out->forms.item[i].direction == direction &&
		    !(out->forms.item[i].flags & FORM_STATE_ONLY))
			return true;
	return false;
}

static bool has_backward(const struct code *c, const uint8_t *ways)
{
	for (uint32_t i = 1; i < c->scopes.count; i++)
		if (c->scopes.item[i].kind == SCOPE_FUNCTION &&
		    ways[i] == WAY_BACKWARD)
			return true;
	return false;
}

/* The functions of the framework's names: an empty `down`, or none. */
static void check_functions(struct reading *out, struct rewriter *r,
			    const uint8_t *ways)
{
	const struct code_scopes *s = &r->c->scopes;
	bool reversible = false;

	for (uint32_t i = 1; i < s->count; i++) {
		const struct code_scope *one = &s->item[i];

		if (one->kind != SCOPE_FUNCTION)
			continue;
		reversible |= listed(r->rules->reversible, one->name);
		if (ways[i] == WAY_BACKWARD &&
		    listed(r->rules->backward, one->name) &&
		    is_empty(out, r->c, i))
			refuse(out, code_span(r->c, one->first, one->end + 1),
			       "Its way back does nothing");
	}
	if (!has_backward(r->c, ways) && !reversible &&
	    !has_form(out, DIRECTION_BACKWARD))
		refuse(out, (struct span){ 0, 0 }, "It has no way back");
}

void code_way_back(struct reading *out, struct rewriter *r, const uint8_t *ways)
{
	const bool runs = has_form(out, DIRECTION_FORWARD);

	if (runs)
		find_refusal(out, r, ways);
	/* A call that has no way back has none, whatever it runs. */
	if (r->rules->one_way_calls || (runs && !has_backward(r->c, ways)))
		find_one_way(out, r, ways);
	/* Of what runs forward nobody promised that it goes back, unless the
	 * framework has names for both. */
	if (runs && !r->rules->one_way_calls && r->rules->forward &&
	    *r->rules->forward && r->rules->backward && *r->rules->backward)
		check_functions(out, r, ways);
}
