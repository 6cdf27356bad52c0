#ifndef FRAMEWORKS_KIND_FOLDER_H
#define FRAMEWORKS_KIND_FOLDER_H

#include "kind.h"

/*
 * What kind.c and kind_dialect.c know of a folder.
 */
enum { FOLDERS_MAX = 6 };

/* A folder, and what was found in it: each is asked about once. */
struct folder {
	struct folder *up; /* NULL at the root */
	struct str path;
	const struct claims_folder *claims; /* NULL: not yet looked at */
	bool never;	    /* it holds no migrations of this repository */
	struct str root;    /* of the history of its files */
	bool deep;	    /* it may lie in folders below the root, too */
	enum dialect named; /* by the last part of its path that names one */
	bool other;	    /* that part names a database none of ours */
	uint64_t asked, proves; /* a bit for each framework */
	bool dialect_known;
	enum dialect dialect;
	bool spoken_known;
	enum dialect spoken; /* what its SQL files betray together … */
	bool clear;	     /* … and leave no doubt about */
};

/* The path without its last part and the slash before it; its last part. */
struct str path_parent(struct str path);
struct str path_last(struct str path);

const char *folder_join(struct arena *a, struct str dir, const char *name);

/* The last part of the path that names a dialect: db/mysql/001.sql,
 * x.sqlite3.up.sql, postgresql-migrations. */
enum dialect dialect_of_path(struct str path);

/* Does the name of a folder say a database that speaks none of the dialects we
 * know? What its files share with one of them says nothing. */
bool dialect_is_other(struct str part);

/* The dialect of a migration of the framework, as far as anything says it.
 * `name` is the file's own. */
enum dialect kind_dialect(struct kinds *k, const struct framework *fw,
			  struct folder *f, struct str name, struct str text);

#endif
