#ifndef JUDGE_QUESTION_H
#define JUDGE_QUESTION_H

#include "catalog.h"
#include "framework.h"
#include "predicate.h"
#include "script.h"

struct lock_history;

enum { FOLDED_NAMES = 4 };

/*
 * What a predicate is asked about: one statement of one file, the schema as
 * it is just before it runs, and the names that the rule's regex caught. For
 * settings and commands there is no statement and no schema.
 */
struct question {
	const struct catalog *catalog;
	const struct script *script;
	const struct lock_history *locks; /* of the statements before it */
	size_t at; /* the statement's place in the script */
	const struct form *form;
	const struct effect *effect;
	const struct framework *framework; /* NULL: none */
	bool no_transaction; /* the file asks its runner for none */

	/* The captures, folded; empty where the regex has none. */
	struct str table, column, name, new_name, type, constraint;

	/* Names of the form and what they are folded, by where they stand:
	 * most regexes that are tried on a form capture the same ones. */
	struct folded_name {
		struct str raw, folded;
	} folded[FOLDED_NAMES];
};

/* The columns that the rebuild of a table leaves behind, `, ` between them;
 * empty where it leaves none, or nobody knows. */
struct str question_lost_columns(const struct question *q, struct arena *a);

/* A predicate that cannot know answers false. */
bool predicate_holds(enum predicate p, const struct question *q);

#endif
