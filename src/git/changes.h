#ifndef GIT_CHANGES_H
#define GIT_CHANGES_H

#include "commit.h"
#include "delta.h"

/* What every kind of change list is put together from. */

/* The side of a change, for `read` of the list. */
const char *changes_read(void *payload, struct arena *a, const struct change *c,
			 enum change_side side, struct str *out);

/* An empty list with nothing around it. */
struct changes changes_none(struct git *git);

/* Everything between two trees; NULL is the empty one. */
MUST_USE int changes_between(struct changes *out, struct git *git,
			     const struct oid *before, const struct oid *after,
			     struct arena *a, struct err *err);

/* Says of each change which of `commits` (newest first) touched it last; of
 * what none did, that `tip` brings it. */
MUST_USE int changes_attribute(struct changes *c, struct git *git,
			       const char *tip, const struct oids *commits,
			       struct arena *a, struct err *err);

#endif
