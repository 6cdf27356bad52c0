#ifndef JUDGE_RULE_INDEX_H
#define JUDGE_RULE_INDEX_H

#include "form.h"
#include "rule.h"
#include "vec.h"

/*
 * Which regexes of which rules are worth trying on a form: those whose head,
 * the words that every match begins with, is the form's.
 */
enum { RULE_INDEX_LETTERS = 27, RULE_INDEX_VALUES = 64 };

/* One regex of one rule. */
struct attempt {
	const struct rule *rule;
	const struct rule_pattern *pattern;
	struct str tail; /* of the pattern */
	struct needs VEC(struct need {
		struct str text;
		size_t seldom; /* its byte that forms have most seldom */
	}) needs;
	unsigned number; /* of a setting's: in `values` below */
};

/* The regexes whose forms all begin with the same words. */
struct lead {
	struct str head;
	uint64_t numbers; /* of its attempts, as bits */
	uint64_t tails;	  /* of those that have a tail */
	struct attempt_list VEC(struct attempt) attempts;
};

struct leads VEC(struct lead);

struct rule_index {
	struct leads by_letter[FORM_COMMAND + 1][RULE_INDEX_LETTERS];
	/* Of each regex on settings, numbered as they come: what it says of
	 * the part ` = value` of a form. NULL: cannot be told apart. */
	const char *values[RULE_INDEX_VALUES];
	struct attempt numbered[RULE_INDEX_VALUES]; /* and the regex itself */
	unsigned settings;
};

/* Adds all regexes of a rule. */
void rule_index_add(struct rule_index *x, const struct rule *r,
		    struct arena *a);

/* Does the text, in upper case, hold what the regex needs? */
bool attempt_is_worth(const struct attempt *t, struct str text);

/* Those for a form by its first letter; heads are still to be compared. */
const struct leads *rule_index_leads(const struct rule_index *x,
				     const struct form *f);

#endif
