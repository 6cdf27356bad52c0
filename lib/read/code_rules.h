#ifndef READ_CODE_RULES_H
#define READ_CODE_RULES_H

#include "read.h"

/*
 * What the calls of a migration framework mean: the part of its YAML file
 * that the code reader uses (docs/writing-frameworks.md). All of it is
 * constant; lists end at NULL.
 */

enum {
	REWRITE_IMPLIED = 1u << 0, /* the author repeats a whole definition */
	REWRITE_NO_TRANSACTION = 1u << 1,
	REWRITE_ALLOWS = 1u << 2, /* its block is allowed, without a plan */
	REWRITE_ALLOWS_FILE = 1u << 3,
	REWRITE_BACKWARD = 1u << 4,	/* its block is the way back */
	REWRITE_INVERSE = 1u << 5,	/* its block is undone: use `undo` */
	REWRITE_NO_WAY_BACK = 1u << 6,	/* in the way back: there is none */
	REWRITE_OWN_WAY_BACK = 1u << 7, /* what is in it has a way back there */
	REWRITE_FUNCTIONS = 1u << 8,	/* `sql` are functions, never texts */
};

/* One call and what it becomes. */
struct code_rewrite {
	const char *call; /* its name; `*Field` a pattern; `{type}` any name
			   * of the table of types */
	const char *const *in;	 /* one of these calls holds it */
	const char *const *on;	 /* what it is called on begins or ends so */
	const char *when;	 /* a condition; NULL: always */
	const char *one_way;	 /* a condition: the framework cannot undo it */
	const char *const *args; /* positional arguments: `name`, `name=other`
				  * with a second keyword, `name*` for the rest */
	const char *const *set;	 /* pairs: a name, the path it stands for */
	const char *const *each; /* pairs: a list's name, its entry's text */
	const char *const *to;	 /* statements */
	const char *const *undo; /* statements that take it back */
	const char *const *part; /* pieces of {parts...} of the holding call */
	const char *const *sql;	 /* arguments that are SQL or functions … */
	const char *const *undo_sql; /* … run on the way back */
	const char *const *state;    /* arguments that run no SQL */
	unsigned flags;
	int line; /* in the YAML file */
};

/* A piece of a migration and the statements it becomes, in their order;
 * "down: " stands before those of the way back. */
struct code_example {
	const char *text;
	const char *const *becomes;
	int line;
};

struct code_rules {
	const char *language;
	const char *const *backward; /* functions: `down`, `Down*` */
	const char *const *forward;  /* the others that run */
	/* Of these those that the framework runs backward by itself. */
	const char *const *reversible;
	const char *const *no_transaction; /* `name = value` */
	const char *const *types;	   /* pairs, sorted: a name, its SQL */
	const char *const *parts; /* pairs: a name, a text for {>name} */
	const struct code_rewrite *rewrites; /* sorted by call, stable */
	size_t rewrite_count;
	size_t pattern_count; /* the first ones are patterns */
	const struct code_example *examples;
	size_t example_count;
	bool one_way_calls; /* no functions: each call has its way back, or is
			     * one_way */
};

/*
 * A program text into plain forms. `app` is what {app} stands for, "" for
 * nothing.
 */
void read_code(struct reading *out, const struct source *src,
	       const struct code_rules *rules, const struct read_options *opt,
	       struct str app);

/* Is the template well-formed? Why not, as a message; NULL if it is. */
const char *template_check(const char *text, const struct code_rules *rules);

#endif
