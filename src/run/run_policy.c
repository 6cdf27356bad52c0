#include "run_policy.h"

#include "builtin_frameworks.h"
#include "config.h"
#include "err.h"
#include "judge.h"
#include "policy_loosened.h"

/* Nothing where there is none; false where it cannot be read, which is said
 * where it is used. */
static bool policy_in(struct policy *out, const struct snapshot *tree,
		      const struct rules *rules, struct arena *a)
{
	struct config config = { 0 };
	struct str bytes, text;
	struct err unused;

	if (snapshot_read(tree, a, CONFIG_NAME, &bytes) &&
	    (decode_text(a, bytes, &text) ||
	     config_load(&config, CONFIG_NAME, text, rules, &builtin_frameworks,
			 a, &unused) < 0))
		return false;
	*out = config.policy;
	return true;
}

static const struct change *config_change(const struct changes *changes)
{
	vec_each(const struct change, c, &changes->list)
		if (!strcmp(c->path, CONFIG_NAME) ||
		    (c->old_path && !strcmp(c->old_path, CONFIG_NAME)))
			return c;
	return NULL;
}

/* A range that begins at a branch that moved on shows what only that branch
 * has done. */
static bool is_own_change(const struct changes *changes, struct arena *a)
{
	struct str now, then;

	if (!changes->shared)
		return true;
	snapshot_read(&changes->fork, a, CONFIG_NAME, &then);
	snapshot_read(&changes->now, a, CONFIG_NAME, &now);
	return !str_eq(then, now);
}

void run_policy(struct outcome *out, const struct changes *changes,
		const struct rules *rules, struct arena *a)
{
	static const char *const names[] = { "reason", NULL };
	const struct change *c = config_change(changes);
	const struct snapshot *before =
		changes->shared ? &changes->policy : &changes->base;
	struct policy old, now;

	if (!c || !changes->has_base || !is_own_change(changes, a) ||
	    !policy_in(&old, before, rules, a) ||
	    !policy_in(&now, &changes->now, rules, a))
		return;
	const char *const values[] = { policy_loosened(&old, &now, rules, a) };
	struct file_fact fact = { "policy-loosened", names, values };
	const struct file_facts facts = { &fact, 1, 1 };

	if (!values[0])
		return;
	struct judge *j = judge_new(a, rules, &old, out);

	judge_absent(j, CONFIG_NAME, c->commit, NULL, &facts);
	judge_free(j);
}
