#ifndef JUDGE_JUDGE_PRIVATE_H
#define JUDGE_JUDGE_PRIVATE_H

#include "annotation.h"
#include "judge.h"
#include "lock_history.h"
#include "question.h"
#include "rule_index.h"
#include "strbuf.h"
#include "value_memo.h"

/* What the files of this room share while they judge. */
struct judge {
	struct arena *arena;
	struct matcher *matcher;
	const struct rules *rules;
	const struct policy *policy;
	struct outcome *outcome;
	struct map whys; /* texts of findings */
	struct rule_index index;
	struct value_memo memo;
};

/* The work on one file. */
struct work {
	struct judge *j;
	const struct judge_file *file;
	struct catalog *catalog;
	struct arena *scratch;
	struct strbuf upper; /* the form in work, for judge_form() */
	struct source *kept; /* the source in the arena of the run */
	struct script script;
	const bool *ran; /* of each form, where some have run before */
	struct lock_history locks;
	size_t first; /* of the outcome's findings that is this file's */
	struct spans VEC(struct span) wholes; /* of each finding, beside it */
};

/* The file's source, where findings can keep it. */
struct source *work_source(struct work *w);

/* A finding without captures and texts; `whole` is what an override above it
 * may be attached to. It lies in the outcome until the next one is added. */
struct finding *work_add(struct work *w, const struct rule *rule,
			 enum level level, struct span span, struct span whole,
			 struct str form);

/* The level of a rule's finding: the user's, the rule's `level_when`, the
 * rule's own. */
enum level work_level(const struct work *w, const struct rule *r,
		      const struct question *q);

/* A finding of an `on: file` rule. `names`, ended by NULL, and `values` are
 * its captures. */
struct finding *work_add_fact(struct work *w, const char *rule,
			      struct span span, const char *const *names,
			      const char *const *values);

/* All rules on one form. */
void judge_form(struct work *w, struct question *q);

/* What goes with what the statement drops or is said because of it: each
 * consequence is judged as a statement of its own. */
void judge_consequences(struct work *w, const struct form *f,
			const struct effect *e);

/* DROP COLUMN beside ADD COLUMN: said where the first column goes. */
void judge_contract(struct work *w, const struct form *f, size_t at);

/* The rules about the whole file. */
void judge_whole_file(struct work *w);

/* The facts that whoever knows the history has found. */
void judge_facts(struct work *w);

/* Overrides: what the comments say of the findings, then what is to be said
 * of the comments. */
void judge_overrides(struct work *w);

/* Overrides of the findings from number `from` on. */
void judge_settle(struct work *w, struct annotation_groups *groups,
		  size_t from);

#endif
