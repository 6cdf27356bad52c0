#ifndef TEXT_FORM_H
#define TEXT_FORM_H

#include "source.h"
#include "vec.h"

/*
 * Plain forms: what every reader makes of a file, and all that rules and the
 * replay ever see (docs/plain-form.md). A form's text lies in the arena the
 * file was read into; its spans point into the decoded source.
 */

enum form_kind { FORM_STATEMENT, FORM_SETTING, FORM_COMMAND };

/* Which way a migration is going where this form stands. The way back is
 * read, for rollback checks, but never blocked. */
enum direction { DIRECTION_FORWARD, DIRECTION_BACKWARD };

/* Where a setting holds or a command runs. */
enum environment {
	ENV_UNKNOWN,
	ENV_PRODUCTION,
	ENV_STAGING,
	ENV_DEVELOPMENT,
	ENV_TEST,
	ENV_EXAMPLE,
};

enum dialect {
	DIALECT_UNKNOWN,
	DIALECT_POSTGRES,
	DIALECT_MYSQL,
	DIALECT_SQLITE,
	DIALECT_SQLSERVER,
	DIALECT_CLICKHOUSE,
};

enum { DIALECT_COUNT = DIALECT_CLICKHOUSE + 1 };

/* What the reader knows of a form beyond its text. */
enum {
	FORM_IN_TRANSACTION = 1u << 0, /* between BEGIN and COMMIT */
	FORM_CONDITIONAL = 1u << 1,    /* under an IF of the script itself */
	FORM_IMPLIED = 1u << 2,	 /* the author repeated a whole definition */
	FORM_EMBEDDED = 1u << 3, /* from a string of another language */
	FORM_DYNAMIC = 1u << 4,	 /* a name in it is computed at run time */
	FORM_DEPLOY = 1u << 5,	 /* a command that runs on deploy */
	FORM_LOCAL = 1u << 6,	 /* a command that runs for a developer only */
	FORM_ROUTINE = 1u << 7,	 /* in the body of a routine called here */
	FORM_STATE_ONLY = 1u << 8,  /* changes the framework's state, no SQL */
	FORM_CONSEQUENCE = 1u << 9, /* what another statement brings about */
	FORM_DURABLE = 1u << 10,  /* a database whose file outlives a deploy */
	FORM_REQUIRED = 1u << 11, /* a variable that has to have a value */
	FORM_MINORITY = 1u << 12, /* only some loaders read the value so */
	FORM_GUARDED = 1u << 13,  /* the program asks first where it runs */
	FORM_AFTER_BACKUP = 1u << 14, /* a backup is taken before it */
	FORM_TARGETED = 1u << 15,     /* it says itself where it runs */
};

struct form {
	struct str text;
	struct span span;  /* what is underlined */
	struct span whole; /* the statement or call it is a part of: what a
			    * comment above or inside belongs to */
	enum form_kind kind : 8;
	enum direction direction : 8;
	enum environment environment : 8;
	unsigned flags;
};

/* A comment with its marks (`--`, `#`, C style) at both ends removed. */
struct comment {
	struct span span;
	struct str text;
};

/*
 * What users of another tool write in place of an override: a call that takes
 * what is in it out of that tool's judgement (`safety_assured`).
 */
struct mark {
	struct span span;
	struct str name;    /* as users know it */
	struct span covers; /* empty: the whole file */
};

/* A range that a comment directly above it covers as a whole: BEGIN…COMMIT,
 * a DO block, `def change`, a class. Ordered by offset; they may nest. */
struct block {
	struct span span;
};

/* A place where the reader gave up. `reason` is a literal or in the arena,
 * and ends the sentence "was not read: …". */
struct gap {
	struct span span;
	const char *reason;
};

struct forms VEC(struct form);
struct comments VEC(struct comment);
/* A value that rows hold, and what the code calls it: `active: 0`. */
struct choice {
	struct str of;	  /* the model and its attribute: User.status */
	struct str value; /* what is stored */
	struct str label; /* what it means */
	struct span span;
};

struct choices VEC(struct choice);
struct marks VEC(struct mark);
struct blocks VEC(struct block);
struct gaps VEC(struct gap);

/*
 * What a reader made of one source. Readers are total: they never fail, they
 * leave a gap. Comments are in the order of the source; forms in that in which
 * they run, which is the same where no function is called.
 */
struct reading {
	struct arena *arena; /* where all of it lies */
	struct forms forms;
	struct comments comments;
	struct marks marks;
	struct choices choices; /* of a model, not of a migration */
	struct blocks blocks;
	struct gaps gaps;
	/* The file itself asks its runner for no transaction around it. */
	bool no_transaction;
	/* Why the file has no way back, as a sentence without its full stop,
	 * and where that is seen. NULL: it has one, or its reader cannot
	 * tell. */
	const char *no_way_back;
	struct span no_way_back_at;
};

/* One more form of a kind at a span; returns it for the rest to be set. The
 * pointer holds until the next one is added. */
struct form *reading_add(struct reading *r, enum form_kind kind,
			 struct str text, struct span span);

/* "postgres", "mysql", …; "" for DIALECT_UNKNOWN. */
const char *dialect_name(enum dialect d);

/* False, and `*out` untouched, where `name` is no dialect. The names other
 * tools use ("postgresql", "mariadb", "mssql", …) are understood. */
bool dialect_from_name(enum dialect *out, struct str name);

const char *environment_name(enum environment e);

#endif
