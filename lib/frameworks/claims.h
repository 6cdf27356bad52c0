#ifndef FRAMEWORKS_CLAIMS_H
#define FRAMEWORKS_CLAIMS_H

#include "framework.h"

struct arena;

enum { FRAMEWORKS_MAX = 64 };

/*
 * Which frameworks claim a file by its path. All their globs are cut at their
 * last slash: what stands before it is asked once for each folder, so that a
 * file is asked about its name only, by the globs of its folder.
 */
struct claims;

/* In `a`; lives no longer than `all`. */
struct claims *claims_new(const struct frameworks *all, struct arena *a);

/*
 * Of which globs a folder is the place, for claims_of(). `dir` is "" or has a
 * slash at its end; `up` is the answer for the folder that holds it, NULL
 * where there is none or nobody knows.
 */
const bool *claims_places(const struct claims *c, struct str dir,
			  const bool *up, struct arena *a);

/* The frameworks that claim the file `name` of that folder: a bit for each. */
uint64_t claims_of(const struct claims *c, const bool *places, struct str name);

#endif
