#ifndef GIT_BLOB_H
#define GIT_BLOB_H

#include "git_repo.h"

/*
 * The content of one blob, in `a`. Returns NULL, or why it cannot be had as
 * the end of the sentence "was not read: …". One over SOURCE_MAX is never
 * loaded. What libgit2 cannot read is asked of git, which fetches it where
 * this is a partial clone.
 */
MUST_USE const char *blob_read(struct git *git, struct arena *a,
			       const struct oid *oid, struct str *out);

#endif
