#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include "catalog.h"
#include "finding.h"
#include "framework.h"
#include "matcher.h"
#include "policy.h"

/*
 * Rules times plain forms, minus overrides: what makes findings. One judge
 * serves a whole run; it keeps the compiled regexes.
 */
struct judge;

/* Lives in `a`, as do the findings it adds to `outcome`; judge_free() gives
 * back what the regexes hold. */
struct judge *judge_new(struct arena *a, const struct rules *rules,
			const struct policy *policy, struct outcome *outcome);
void judge_free(struct judge *j);

/* A finding of an `on: file` rule that whoever knows the history has made:
 * `names` (ended by NULL) and `values` are its captures. All of it lives as
 * long as the findings. */
struct file_fact {
	const char *rule;
	const char *const *names;
	const char *const *values;
};

struct file_facts VEC(struct file_fact);

/* One file to be judged. All of it may lie in an arena that does not outlive
 * the call, except what the catalog keeps: `now` and its forms. */
struct judge_file {
	struct source *source;
	const struct reading *now;
	const struct reading *old; /* before the change; NULL: not there */
	const struct framework *framework; /* NULL: none, or not known */
	enum dialect dialect;
	const char *commit;
	bool migration;			/* the rules for migration files hold */
	bool added;			/* the file itself is new */
	bool backward;			/* a whole file of the way back */
	const struct file_facts *facts; /* NULL: none */
};

/*
 * Judges the file's new forward forms with the schema as `c` has it, and
 * applies all its forward statements to `c`. `scratch` must live as long as
 * the catalog.
 */
void judge_file(struct judge *j, struct catalog *c,
		const struct judge_file *file, struct arena *scratch);

/* Only applies the statements: the file is not part of the change. */
void judge_replay(struct catalog *c, const struct judge_file *file,
		  struct arena *scratch);

/* A file that could not be read at all. */
void judge_unread(struct judge *j, const char *path, const char *reason,
		  const char *commit);

/* A deleted file that clients of an API may call. */
void judge_removed(struct judge *j, const char *path, const char *commit);

/* What is to be said of a file that is gone, or that is read elsewhere. */
void judge_absent(struct judge *j, const char *path, const char *commit,
		  const struct framework *framework,
		  const struct file_facts *facts);

/* Sorts the findings, drops doubles, and decides `outcome->blocked`. */
void judge_finish(struct judge *j);

#endif
