#ifndef GIT_DELTA_RAW_H
#define GIT_DELTA_RAW_H

#include "delta.h"

/* The answer of git diff-tree or diff-index to `--raw -z`, as it comes. */
MUST_USE int deltas_read_raw(struct deltas *out, const struct git *git,
			     struct question *q, struct arena *a,
			     struct err *err);

#endif
