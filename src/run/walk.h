#ifndef RUN_WALK_H
#define RUN_WALK_H

#include <stdint.h>

#include "snapshot.h"

/*
 * The files of a folder of the disk, found once: what is asked about it later
 * needs no disk. Many questions in a row are about one folder of it, and most
 * are about names that nothing in it has.
 */
struct walk {
	const char *dir;
	struct paths files; /* sorted; whole paths */
	/* the length of the folder that was asked about last, and its files */
	size_t asked, from, to;
	uint64_t *names; /* a bit for each hash that a name below it has */
};

/* Adds the files in `dir` ("" for the current folder), and where `deep`, those
 * below it; all in `a`. .git and node_modules are left out, and a folder that
 * cannot be opened has none. Sorts all that is in `out`. */
void walk_disk(struct paths *out, const char *dir, bool deep, struct arena *a);

/* All that lies below `dir`. */
struct walk walk_folder(const char *dir, struct arena *a);

/* Is there such a file or folder? */
bool walk_has(struct walk *w, const char *path);

/* The files below a folder of it are added to `out`. */
void walk_list(const struct walk *w, const char *dir, struct arena *a,
	       struct paths *out);

/* Does `path` lie below the folder `dir`, or is it that? */
bool walk_is_below(const char *dir, const char *path);

/* No link to one. */
bool walk_is_folder(const char *path);

#endif
