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

/* What is known of a folder. */
struct claims_folder;

/*
 * Of the folder `dir`, which is "" or has a slash at its end; `up` is the one
 * that holds it, NULL where there is none or nobody knows. Lives as long as
 * the claims.
 */
const struct claims_folder *claims_folder(struct claims *c, struct str dir,
					  const struct claims_folder *up,
					  struct arena *a);

/* The frameworks that claim the file `name` of that folder: a bit for each. */
uint64_t claims_of(const struct claims_folder *f, struct str name);

/* Does any? */
bool claims_any(const struct claims_folder *f, struct str name);

#endif
