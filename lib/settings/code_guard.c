/*
 * A guard may stand where a function is called, not in it:
 *
 *     async function main() { await prisma.user.deleteMany(); }
 *     if (process.env.NODE_ENV !== "production") main();
 */
#include "code_walk.h"

enum { CALLERS_DEEP = 4 };

/* The function that what is read stands in, the outermost one. */
static struct str function_here(const struct code_walk *w)
{
	for (size_t i = 0; i < w->levels; i++)
		if (w->level[i].function.len)
			return w->level[i].function;
	return STR("");
}

void code_note_form(struct code_walk *w, size_t form)
{
	const struct code_use use = { .function = function_here(w),
				      .form = form };

	if (use.function.len)
		vec_push(&w->forms, w->c->arena, use);
}

bool code_is_definition(const struct code_walk *w, uint32_t i)
{
	return i && (walk_is(w, i - 1, "function") || walk_is(w, i - 1, "def"));
}

void code_note_call(struct code_walk *w, uint32_t i)
{
	const struct code_use use = {
		.function = function_here(w),
		.name = code_text(&w->code, i),
		.guarded = walk_is_guarded(w),
	};

	if (walk_is(w, i + 1, "(") && !code_is_definition(w, i) &&
	    !(i && walk_token(w, i - 1)->flags & CODE_MEMBER))
		vec_push(&w->calls, w->c->arena, use);
}

/* `function name() {`, `const name = async () => {`. */
struct str code_function_at(const struct code_walk *w, uint32_t i)
{
	uint32_t at = i;

	if (!at || !walk_is(w, i, "{"))
		return STR("");
	if (walk_is(w, --at, "=>") && at)
		at--;
	if (walk_token(w, at)->kind != CODE_CLOSE ||
	    walk_token(w, at)->match >= at || !walk_token(w, at)->match)
		return STR("");
	at = walk_token(w, at)->match - 1;
	if (code_is_definition(w, at))
		return code_text(&w->code, at);
	if (at && walk_is(w, at, "async"))
		at--;
	if (at && walk_is(w, at, "=") &&
	    walk_token(w, at - 1)->kind == CODE_WORD)
		return code_text(&w->code, at - 1);
	return STR("");
}

/* Is every call of the function made under a guard, or from a function of
 * which that is true? Never of one that nobody calls. */
static bool only_guarded(const struct code_walk *w, struct str function,
			 unsigned depth)
{
	bool called = false;

	if (depth > CALLERS_DEEP)
		return false;
	vec_each(const struct code_use, c, &w->calls) {
		if (!str_eq(c->name, function))
			continue;
		called = true;
		if (!c->guarded && !(c->function.len &&
				     only_guarded(w, c->function, depth + 1)))
			return false;
	}
	return called;
}

void code_guard_forms(struct code_walk *w)
{
	vec_each(const struct code_use, f, &w->forms)
		if (only_guarded(w, f->function, 0))
			w->c->reading->forms.item[f->form].flags |=
				FORM_GUARDED;
}
