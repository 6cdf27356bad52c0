#ifndef JUDGE_POLICY_LOOSENED_H
#define JUDGE_POLICY_LOOSENED_H

#include "policy.h"

struct arena;

/* What `now` lets pass that `old` does not, as a clause with a capital and no
 * full stop, in `a`; NULL where it is nothing. */
const char *policy_loosened(const struct policy *old, const struct policy *now,
			    const struct rules *rules, struct arena *a);

#endif
