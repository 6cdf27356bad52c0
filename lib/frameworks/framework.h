#ifndef FRAMEWORKS_FRAMEWORK_H
#define FRAMEWORKS_FRAMEWORK_H

#include <stddef.h>

#include "form.h"

struct code_rules;

/* What the runner of a framework wraps in one transaction. */
enum transaction_model {
	TRANSACTION_NONE, /* each statement by itself, or by the file's BEGIN */
	TRANSACTION_FILE, /* every file, unless the file asks for none */
};

/* What makes the order in which migrations run. */
enum migration_order {
	ORDER_NATURAL, /* numbers by value: 2 before 10 */
	ORDER_BYTES,   /* names as bytes */
};

struct framework_example {
	const char *path;
	bool down;
	int line; /* in the YAML file */
};

/*
 * A migration framework as lib/frameworks/NAME.yaml has it
 * (docs/writing-frameworks.md). Lists end at NULL. Globs: `*` within one part
 * of a path, `**` across parts, `?` one byte, `[…]` a class, `{a,b}` either.
 */
struct framework {
	const char *name;
	const char *title;
	const char *file;   /* the YAML file, for messages */
	const char *reader; /* which reader reads it: "sql", "code" */
	/* What calls mean, for files that are programs; NULL: none are. */
	const struct code_rules *code;
	const char *const *paths;   /* globs of its migrations */
	const char *const *down;    /* of these, those that go back */
	const char *const *exclude; /* globs of what looks like one */
	/* Files that prove the framework where several claim a path: beside
	 * the migration or in a folder above it. */
	const char *const *evidence;
	bool needs_evidence; /* the globs alone are not enough */
	/* Texts of which a file must contain one, where the globs are not
	 * enough. */
	const char *const *content;
	const char *mark_up; /* comments that divide a file; NULL: none */
	const char *mark_down;
	bool headings; /* … any that say "up" or "down" and no more */
	const char *name_regex; /* how migrations are to be named; NULL: any */
	const char *name_help;	/* … in words */
	bool name_of_folder;	/* the folder is named, not the file */
	enum dialect dialect;	/* of all its files; unknown: by file */
	/* Pairs: the name of a dialect, a text that proves it in a file where
	 * nothing else does. */
	const char *const *dialect_marks;
	enum transaction_model transaction;
	enum migration_order order;
	/* Files of which it runs what is added to them. */
	const char *const *grows;
	bool checksums;	      /* the runner refuses an edited migration */
	bool skips_late;      /* … silently skips a late lower version */
	bool unique_versions; /* … takes one migration for each number */
	bool foreign_keys;    /* SQLite: its driver enforces them */
	bool own_names;	      /* … names indexes and constraints by itself */
	bool runs_empty;      /* an empty migration is recorded as run */
	int priority; /* of several that claim a path, the highest wins */
	const struct framework_example *examples;
	size_t example_count;
};

struct frameworks {
	const struct framework *item; /* sorted by name */
	size_t count;
};

const struct framework *framework_named(const struct frameworks *all,
					struct str name);

/* The name nearest to a misspelt one, or NULL. */
const char *framework_nearest(const struct frameworks *all, struct str name);

/* Does the framework run what is added to that file, which it has run
 * before? */
bool framework_grows(const struct framework *f, const char *path);

/* Does the glob match the whole path? */
bool glob_match(const char *glob, struct str path);

/* The same for a glob without braces. */
bool glob_match_plain(struct str glob, struct str path);

#endif
