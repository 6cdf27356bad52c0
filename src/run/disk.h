#ifndef RUN_DISK_H
#define RUN_DISK_H

#include "change.h"
#include "compiler.h"

struct arena;
struct err;

/*
 * Files and folders as they lie on disk, each file as if new. Paths are kept
 * as given; `named` is set for those that were named one by one. A path that
 * is not there is an error.
 */
MUST_USE int disk_changes(struct changes *out, char *const *paths, size_t count,
			  struct arena *a, struct err *err);

#endif
