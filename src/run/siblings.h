#ifndef RUN_SIBLINGS_H
#define RUN_SIBLINGS_H

#include "snapshot.h"
#include "vec.h"
#include "version.h"

struct arena;

/* A numbered file beside a migration: by its name alone, so it may be the way
 * back, or belong to another framework. */
struct sibling {
	const char *path;
	struct version version;
};

struct siblings VEC(struct sibling);

/* What the name ends in: ".sql", also of x.sql.postgres. */
struct str siblings_ending(const char *path);

/*
 * The numbered files of one folder of a tree that end as `like` does, sorted
 * by number and then by name; of a framework that names folders, those in the
 * folders of the folder. All of it in `a`.
 */
void siblings_list(struct siblings *out, const struct snapshot *tree,
		   const char *like, bool by_folder, struct arena *a);

/* Two of them claim one number, and are not one migration: here numbers are
 * no identity. */
bool siblings_share_numbers(const struct siblings *s);

#endif
