#include "rewrite.h"

#include "lang.h"

/*
 * Operations of the author's own: class SafeRemoveField(RemoveField). A call
 * of such a class is a call of what it is made from, if that means something
 * and the class leaves it to run.
 */
enum { BASES_MAX = 8 };

/* The class of that name; 0 where none is. */
static uint32_t class_named(const struct code *c, struct str name)
{
	for (uint32_t i = (uint32_t)c->scopes.count; i-- > 1;)
		if (c->scopes.item[i].kind == SCOPE_CLASS &&
		    str_eq(c->scopes.item[i].name, name))
			return i;
	return 0;
}

/* class Name(module.Base): the last word of the first of them. */
static struct str base_of(const struct code *c, uint32_t class)
{
	const uint32_t open = c->scopes.item[class].first + 2;
	struct str base = STR("");

	if (open >= c->tokens.count || !code_is(c, open, "("))
		return base;
	for (uint32_t i = open + 1; i < c->tokens.item[open].match; i++) {
		if (c->tokens.item[i].kind == CODE_COMMA)
			break;
		if (c->tokens.item[i].kind == CODE_WORD)
			base = code_text(c, i);
	}
	return base;
}

static bool listed(const char *const *list, struct str name)
{
	for (; list && *list; list++)
		if (str_eq(name, str_of(*list)))
			return true;
	return false;
}

/* Does the function call one of its own name: super().run()? */
static bool calls_itself(const struct code *c, uint32_t function)
{
	const struct code_scope *s = &c->scopes.item[function];

	for (uint32_t i = 0; i < c->calls.count; i++) {
		const struct code_call *k = &c->calls.item[i];

		if (k->token > s->first + 1 && k->token < s->end &&
		    str_eq(k->name, s->name))
			return true;
	}
	return false;
}

/* Is it a method of the class? A block may stand between them. */
static bool is_method(const struct code *c, uint32_t scope, uint32_t class)
{
	uint32_t s = c->scopes.item[scope].parent;

	while (s > class && c->scopes.item[s].kind == SCOPE_BLOCK)
		s = c->scopes.item[s].parent;
	return s == class && c->scopes.item[scope].kind == SCOPE_FUNCTION;
}

/* Does the class say itself what runs, or what its arguments are? */
static bool has_own_way(const struct rewriter *r, uint32_t class)
{
	const struct code *c = r->c;

	for (uint32_t i = class + 1; i < c->scopes.count; i++) {
		const struct str name = c->scopes.item[i].name;

		if (!is_method(c, i, class))
			continue;
		if (str_eq(name, STR("__init__")) ||
		    (listed(r->rules->forward, name) && !calls_itself(c, i)))
			return true;
	}
	return false;
}

/* What a call of that name is one of; "" where it is no such class. */
static struct str known_base(const struct rewriter *r, struct str name)
{
	for (int n = 0; n < BASES_MAX; n++) {
		const uint32_t class = class_named(r->c, name);

		if (!class || has_own_way(r, class))
			break;
		name = base_of(r->c, class);
		if (rewrite_names(r->rules, name))
			return name;
	}
	return STR("");
}

void rewrite_name_bases(const struct rewriter *r, struct code *c)
{
	for (uint32_t i = 1; i < c->scopes.count; i++) {
		const struct str name = c->scopes.item[i].name;

		if (c->scopes.item[i].kind != SCOPE_CLASS || !name.len)
			continue;
		const struct str base = known_base(r, name);

		for (uint32_t k = 0; base.len && k < c->calls.count; k++)
			if (str_eq(c->calls.item[k].name, name))
				c->calls.item[k].name = base;
	}
}
