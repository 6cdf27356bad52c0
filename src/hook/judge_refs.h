#ifndef HOOK_JUDGE_REFS_H
#define HOOK_JUDGE_REFS_H

#include "finding.h"
#include "git_changes.h"

/*
 * Judges every ref of a push, each by its own tree and policy, and puts the
 * findings together: one that two refs bring is told once.
 */
MUST_USE int judge_refs(struct outcome *out, struct git *git,
			const struct push_target *target,
			struct push_refs *refs, struct arena *a,
			struct err *err);

/* Decides anew whether the outcome blocks. */
void outcome_decide(struct outcome *o);

#endif
