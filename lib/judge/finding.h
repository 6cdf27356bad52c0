#ifndef JUDGE_FINDING_H
#define JUDGE_FINDING_H

#include "form.h"
#include "rule.h"

/* What became of a finding. Cautions are always noted. */
enum status { STATUS_NOTED, STATUS_OVERRIDDEN, STATUS_BLOCKED };

struct capture {
	const char *name;
	struct str value; /* a name without its quotes */
};

struct captures VEC(struct capture);

/* What the override in force said; a NULL field was not given. */
struct override_used {
	const char *annotation; /* "@override-destructive", "@allow", or
				 * "allow:" of the configuration */
	const char *rollback_plan;
	const char *approved_by;
	const char *reason;
	const char *backup;
};

/*
 * One problem at one place. Its three texts are those of the rule, the same
 * for all findings that say the same: finding_expand() puts the captures in.
 * Findings live in the arena of the run, with the source they point into.
 */
struct finding {
	const struct rule *rule;
	enum level level;
	enum status status;
	struct source *source; /* of a deleted file: no text */
	struct span span;      /* empty at 0: the whole file */
	struct span whole;     /* the form's: an override comment goes on the
				* line above it; empty: above `span` */
	struct str form;       /* the plain form; "" for file rules. Never the
				* value of a setting */
	struct captures captures;
	const char *title; /* {name} stands for a capture */
	const char *why;
	const char *instead;
	const char *commit; /* NULL unless a push or a range */
	const char *note;   /* about the override: what is missing, what does
			   * not cover it; NULL for none */
	struct override_used override;
	unsigned missing; /* NEEDS_… of policy.h that comments did not bring;
			   * 0 where the policy takes none from comments */
	char fingerprint[17]; /* rule, path and form, hashed: stable when
			       * lines move */
};

struct findings VEC(struct finding);

/* The text with each {name} replaced by the capture of that name; one that
 * was not captured keeps its bare word. */
struct str finding_expand(const char *text, const struct captures *captures,
			  struct arena *a);

struct unread_file {
	const char *path;
	const char *reason;
};

struct unread_files VEC(struct unread_file);

/* All that one run has to say; the same for every report format. */
struct outcome {
	struct findings findings; /* sorted by path, place, rule */
	struct unread_files unread;
	size_t files, statements, settings, commands; /* what was read */
	bool blocked;
};

const char *status_name(enum status s);

#endif
