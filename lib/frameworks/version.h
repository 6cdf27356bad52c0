#ifndef FRAMEWORKS_VERSION_H
#define FRAMEWORKS_VERSION_H

#include "framework.h"

/*
 * What the path of a migration says of its place in its history: pure, and
 * total. Views point into the path.
 *
 *   db/0005_add_users.up.sql      dir "db", name "0005_add_users.up.sql",
 *                                 number "0005", stem "_add_users"
 *   m/2026-01-01-120000_x/up.sql  the folder is the migration: dir "m",
 *                                 name "2026-01-01-120000_x"
 *   db/V1_2__add.sql              number "1_2" (Flyway)
 */
struct version {
	struct str dir;	   /* the folder of the history, "" for the root */
	struct str name;   /* the file's, or that of the folder */
	struct str number; /* as written; empty: the name begins with none */
	struct str stem;   /* behind the number, up to the first dot, without
			    * "_up" or "_down": what both ways and all
			    * dialects of one have alike */
	bool day;	   /* no more than a date: several may share it */
	bool dotted;	   /* a release: 1.4.2 may well come after 2.0.0 */
};

/* `by_folder`: the framework names folders. A file that is called by its way
 * alone (up.sql, down.sql, migration.sql) is one of a folder anyway. */
struct version version_of(struct str path, bool by_folder);

/* Orders by the value of each part of the numbers: <0, 0, >0. An end that is
 * all zeros does not count: 1.0 is 1. */
int version_cmp(const struct version *a, const struct version *b);

/* One migration of one history in other words: the way back, or the same for
 * another dialect. */
bool version_same_unit(const struct version *a, const struct version *b);

#endif
