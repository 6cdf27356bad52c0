#include "choice_change.h"

#include "arena.h"

static const struct choice *find(const struct reading *r, struct str of,
				 struct str value)
{
	for (size_t i = 0; i < r->choices.count; i++) {
		const struct choice *c = &r->choices.item[i];

		if (str_eq(c->of, of) && str_eq(c->value, value))
			return c;
	}
	return NULL;
}

static const struct choice *first_of(const struct reading *r, struct str of)
{
	for (size_t i = 0; i < r->choices.count; i++)
		if (str_eq(r->choices.item[i].of, of))
			return &r->choices.item[i];
	return NULL;
}

void choices_compare(struct choice_changes *out, const struct reading *old,
		     const struct reading *now, struct arena *a)
{
	for (size_t i = 0; i < old->choices.count; i++) {
		const struct choice *was = &old->choices.item[i];
		const struct choice *left = first_of(now, was->of);
		const struct choice *is = find(now, was->of, was->value);
		struct choice_change change = { .old = was };

		/* A whole enum that is gone goes with its column. */
		if (!left || (is && str_eq(is->label, was->label)))
			continue;
		change.span = is ? is->span : left->span;
		change.change = is ? arena_format(a,
						  "meant " STR_FMT
						  " and now means " STR_FMT,
						  STR_ARG(was->label),
						  STR_ARG(is->label))
				   : "is no longer known";
		vec_push(out, a, change);
	}
}
