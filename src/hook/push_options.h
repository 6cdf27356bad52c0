#ifndef HOOK_PUSH_OPTIONS_H
#define HOOK_PUSH_OPTIONS_H

#include "finding.h"

/*
 * The way to override on a server, where the repository there allows it
 * (`git config holdfast.pushOptions true`; receive.advertisePushOptions must
 * be on, too):
 *
 *	git push -o holdfast.allow='drop-table: nothing reads it since 4.2' \
 *		 -o holdfast.rollback-plan='restore the dump of Monday'
 *
 * A rule, and why. What blocks as dangerous needs the plan as well; a backup
 * or an approval that the policy asks for cannot be given this way.
 */
struct push_options {
	struct str *allow; /* "rule: reason" */
	size_t allow_count;
	const char *rollback_plan;
};

/* From GIT_PUSH_OPTION_COUNT and its like. False: none is for us. */
bool push_options_read(struct push_options *out, struct arena *a);

/* Marks what they override. */
void push_options_apply(const struct push_options *o, struct findings *all,
			struct arena *a);

#endif
