#ifndef JUDGE_CHOICE_CHANGE_H
#define JUDGE_CHOICE_CHANGE_H

#include "form.h"

struct arena;

/* What became of one stored value of a model. */
struct choice_change {
	const struct choice *old;
	struct span span;   /* in the new text */
	const char *change; /* ends the sentence "the stored value x of y …" */
};

struct choice_changes VEC(struct choice_change);

/* The stored values that vanished or now mean something else. */
void choices_compare(struct choice_changes *out, const struct reading *old,
		     const struct reading *now, struct arena *a);

#endif
