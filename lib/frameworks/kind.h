#ifndef FRAMEWORKS_KIND_H
#define FRAMEWORKS_KIND_H

#include "framework.h"
#include "map.h"
#include "snapshot.h"
#include "strbuf.h"

/*
 * What a file is: which framework's migration, in which dialect, going which
 * way. Found from its path, from the files beside and above it, and from its
 * text; or said by the user.
 */

/* One entry of `migrations:` in the configuration. */
struct kind_rule {
	const char *path;		   /* a glob */
	const struct framework *framework; /* NULL: found */
	enum dialect dialect;
};

struct kind_rules VEC(struct kind_rule);

struct kinds {
	struct arena *arena;
	const struct frameworks *frameworks;
	const struct snapshot *tree; /* NULL: no other files to ask */
	/* What stands before every path in its repository; NULL: nothing. */
	const char *prefix;
	const struct framework *forced; /* --framework */
	enum dialect forced_dialect;	/* --dialect */
	struct kind_rules rules;	/* of the configuration */
	/* Made when first needed: */
	struct map folders; /* by path: what was found in them */
	struct claims *claims;
	struct strbuf whole; /* the path that was asked about last */
};

struct kind {
	const struct framework *framework; /* NULL: no migration */
	enum dialect dialect;
	bool backward;	 /* the file holds the way back */
	struct str root; /* the folder of the history it belongs to */
	bool deep;	 /* folders below it may belong to the history, too */
	struct str app;	 /* the name of the folder that holds the root */
};

/* Could a file of that path be a migration? Looks at the path only, so that
 * most files need not be read. */
bool kind_possible(struct kinds *k, const char *path);

/* The folder of the history that a file of that path belongs to, as far as
 * the path tells: files of one history have the same. */
struct str kind_root(struct kinds *k, const char *path);

/* `named`: the user named this very file, so it is taken for a migration
 * whatever its name. */
struct kind kind_of(struct kinds *k, const char *path, struct str text,
		    bool named);

#endif
