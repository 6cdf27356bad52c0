#ifndef MATCH_RULE_H
#define MATCH_RULE_H

#include <stddef.h>

#include "level.h"
#include "predicate.h"

/* What a rule looks at. File rules are raised by code for a whole file, and
 * only take their level and texts from here. */
enum rule_on { ON_STATEMENT, ON_SETTING, ON_COMMAND, ON_FILE };

/*
 * One regex of a rule, macros expanded. `head` is what every form it matches
 * begins with; where a name follows it, `tail` is what stands behind that
 * name; `need` is a text that it holds somewhere. Each may be several texts
 * with bars between: `A|B` for one of the two. All are upper case and may be
 * empty: they let the engine pass over most rules without running a regex.
 */
struct rule_pattern {
	const char *regex;
	const char *head;
	const char *tail;
	const char *need;
};

/* A level or a sentence that holds where the predicate does. */
struct rule_level_when {
	enum predicate predicate;
	enum level level;
};

struct rule_also {
	enum predicate predicate;
	const char *text;
};

/* A file that lies beside an example. */
struct rule_sibling {
	const char *path;
	const char *text;
};

/*
 * One example of a rule file: a whole file and whether the rule fires.
 * `as` names a dialect or framework, NULL for the rule's own default; `path`
 * is where the file lies, NULL for wherever such a file usually does.
 * `before` is an earlier migration of the same project, that the change does
 * not bring; NULL for none.
 */
struct rule_example {
	const char *text;
	const char *as;
	const char *path;
	const char *before;
	const struct rule_sibling *siblings;
	size_t sibling_count;
	int line; /* in the rule's own file, for test failures */
	bool bad;
};

/*
 * A rule as lib/rules/<family>/<id>.yaml has it (docs/writing-rules.md). All
 * of it is constant: compiled into the binary, or read once into an arena.
 */
struct rule {
	const char *id;
	/* The rule is one entry of a catalogue: its own name, while `id` is
	 * that of the rule that findings are reported under. Else NULL. */
	const char *entry;
	const char *file; /* the YAML file, for messages */
	enum level level;
	enum rule_on on;
	bool contract;	   /* belongs to the phase in which old things go */
	unsigned dialects; /* bit (1 << enum dialect); 0: all */
	const struct rule_pattern *match;
	size_t match_count;
	const char *except; /* NULL: none */
	const enum predicate *when;
	size_t when_count;
	const enum predicate *unless;
	size_t unless_count;
	const struct rule_level_when *level_when;
	size_t level_when_count;
	const struct rule_also *also;
	size_t also_count;
	const char *const *replaces; /* rule ids */
	size_t replaces_count;
	const char *title;
	const char *why;
	const char *instead;
	const struct rule_example *examples;
	size_t example_count;
};

/* A set of rules, sorted by id; of a catalogue the rule itself comes first,
 * then its entries by name. */
struct rules {
	const struct rule *item;
	size_t count;
};

/* The rule of that id, or NULL. */
const struct rule *rule_named(const struct rules *rules, struct str id);

/* The id nearest to a misspelt one, for "did you mean"; NULL if none is. */
const char *rule_nearest(const struct rules *rules, struct str id);

/* How many bytes the name at the start of `s` takes: dotted, quoted or not,
 * "IF EXISTS" before it included; 0 where there is none. */
size_t plain_name_len(struct str s);

#endif
