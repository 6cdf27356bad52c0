#ifndef JUDGE_ANNOTATION_H
#define JUDGE_ANNOTATION_H

#include "finding.h"
#include "policy.h"

/*
 * Overrides: what comments in the file say about its statements
 * (docs/design.md, section 4). An annotation is a comment line that begins with
 * "@name".
 */

enum annotation_kind {
	ANNOTATION_OVERRIDE, /* @override-destructive and its synonyms */
	ANNOTATION_ALLOW,    /* @allow rule: reason */
	ANNOTATION_PLAN,     /* @rollback-plan: text */
	ANNOTATION_BACKUP,
	ANNOTATION_APPROVED_BY,
	ANNOTATION_PHASE,
	ANNOTATION_REASON,
	ANNOTATION_MALFORMED, /* nearly one of these */
};

struct annotation {
	enum annotation_kind kind;
	struct str name;  /* as written, without "@" */
	struct str rule;  /* of @allow */
	struct str value; /* behind ":", trimmed; continuation lines joined */
	struct span span;
	const char *problem; /* of a malformed one: what and what to write, a
			      * sentence */
	bool used;	     /* an override that covers a finding */
	bool foreign;	     /* another tool's, known by its own name */
	bool old;	     /* the comment was there before this change */
};

struct annotations VEC(struct annotation);

/* Comments on consecutive lines, and what they cover. */
struct annotation_group {
	struct annotations list;
	struct span span;   /* of the comments */
	struct span covers; /* of the source; empty: nothing */
	bool whole_file;
};

struct annotation_groups VEC(struct annotation_group);

/* Reads all annotations of a file. `old` are the comments of the same file
 * before the change; NULL where there was none. */
void annotations_read(struct annotation_groups *out, struct source *src,
		      const struct reading *now, const struct reading *old,
		      const struct policy *policy, const struct rules *rules,
		      struct arena *a);

/* A plan that says nothing: empty, TODO, n/a, none, "-", "<how …>" … */
bool plan_says_nothing(struct str plan);

/*
 * Settles one finding by the annotations that cover its place: sets `status`,
 * `override`, `missing`, `note` and `whole`, and marks what was used. `whole`
 * is the statement the finding stands in.
 */
void annotations_settle(struct finding *f, struct span whole,
			struct annotation_groups *groups,
			const struct policy *policy, struct arena *a);

/* The value of @phase that covers the file, or an empty view. */
struct str annotations_phase(const struct annotation_groups *groups,
			     struct span *where);

#endif
