#ifndef RUN_RUN_POLICY_H
#define RUN_RUN_POLICY_H

#include "change.h"
#include "finding.h"

struct arena;

/* Adds policy-loosened where the change weakens the configuration itself. It
 * is judged by the configuration as it was: a change cannot excuse itself. */
void run_policy(struct outcome *out, const struct changes *changes,
		const struct rules *rules, struct arena *a);

#endif
