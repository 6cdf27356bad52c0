#ifndef JUDGE_POLICY_H
#define JUDGE_POLICY_H

#include "rule.h"
#include "vec.h"

/*
 * What a team's .holdfast.yaml says about judging. All zero is the default
 * policy. Everything borrowed lives as long as the configuration.
 */

/* What an override of a level must bring. */
enum {
	NEEDS_OVERRIDE = 1u << 0,
	NEEDS_PLAN = 1u << 1,
	NEEDS_BACKUP = 1u << 2,
	NEEDS_APPROVAL = 1u << 3,
	NEEDS_REASON = 1u << 4,
};

struct rule_level {
	const char *id;
	enum level level;
};

/* allow: a lasting exception. */
struct allow {
	const char *path; /* a glob */
	const char *rule; /* an id, or "*" */
	const char *reason;
};

struct rule_levels VEC(struct rule_level);
struct allows VEC(struct allow);

struct policy {
	struct rule_levels levels;
	struct allows allows;
	bool has_needs[LEVEL_DANGEROUS + 1]; /* `needs` below is given */
	unsigned needs[LEVEL_DANGEROUS + 1];
	const char *const *annotations; /* names that mean "override", beside
					 * the built-in ones; NULL-terminated */
	const char *const *approvers;	/* who may approve; NULL: anybody */
	bool strict;			/* opt-in rules report as cautions */
	bool ignore_inline; /* comments in the files override nothing */
};

/* NEEDS_… of a level under this policy. */
unsigned policy_needs(const struct policy *p, enum level l);

/* The level of a rule under this policy. */
enum level policy_level(const struct policy *p, const struct rule *r);

#endif
