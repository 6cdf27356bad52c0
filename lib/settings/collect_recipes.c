#include "collect.h"
#include "recipes.h"

/* Targets that run before this one are called by it. */
static void call_depends(struct collector *c, const struct recipe *r,
			 enum call_kind kind)
{
	size_t count;
	const struct shell_word *w =
		shell_words(c->arena, r->depends, SHELL_SCRIPT, &count);

	for (size_t i = 0; i < count; i++) {
		const struct call call = {
			.kind = kind,
			.name = w[i].text,
			.unit = c->scope->unit,
			.deploy = c->scope->deploy,
			.span = r->span,
			.text = w[i].text,
		};

		vec_push(&c->calls, c->arena, call);
	}
}

/* What a target runs is for whoever types its name, unless that says more. */
static struct scope scope_of_recipe(const struct collector *c,
				    const struct recipe *r)
{
	struct scope scope = *c->scope;

	scope.unit = r->name;
	if (c->kind->format == FORMAT_ENVOY) {
		scope_name(&scope, r->name);
		if (scope.environment == ENV_STAGING)
			scope.deploy = name_marks(r->name) & NAME_DEPLOY;
		return scope;
	}
	if (c->kind->format == FORMAT_PROCFILE) {
		if (str_eq(r->name, STR("dev")))
			scope_name(&scope, r->name);
		return scope;
	}
	scope.local = true;
	scope_name(&scope, r->name);
	return scope;
}

void collect_recipes(struct collector *c)
{
	const struct scope *file = c->scope;
	struct recipes all;

	if (c->kind->format == FORMAT_MAKEFILE)
		read_makefile(&all, c->reading, c->src);
	else if (c->kind->format == FORMAT_JUSTFILE)
		read_justfile(&all, c->reading, c->src);
	else if (c->kind->format == FORMAT_ENVOY)
		read_envoy(&all, c->reading, c->src);
	else
		read_procfile(&all, c->reading, c->src);
	vec_each(const struct recipe, r, &all) {
		const struct scope scope = scope_of_recipe(c, r);
		const struct piece p = piece_of(r->script, r->span);

		c->scope = &scope;
		script(c, &p, r->host);
		if (!r->script.len || r->depends.len)
			call_depends(c, r,
				     c->kind->format == FORMAT_JUSTFILE
					     ? CALL_RECIPE
					     : CALL_TARGET);
		c->scope = file;
	}
}
