#ifndef GIT_TREE_VIEW_H
#define GIT_TREE_VIEW_H

#include "delta.h"
#include "snapshot.h"

/*
 * A whole tree as a snapshot. The index is not read again for it: it is the
 * tree of HEAD with the staged deltas laid over.
 */

/* Nothing at all: an unborn branch. */
struct snapshot view_of_nothing(void);

/* `tree` NULL: the empty tree; `over` NULL: nothing laid over. Both and
 * `git` must outlive the snapshot, which lies in `a`. */
struct snapshot view_of_tree(struct git *git, const struct oid *tree,
			     const struct deltas *over, struct arena *a);

#endif
