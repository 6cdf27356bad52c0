#ifndef GIT_RELEASED_H
#define GIT_RELEASED_H

#include "changes.h"

/*
 * Which tree databases have run (`released` of struct changes). Asked for
 * only where a migration makes the question matter, so nothing is looked up
 * before. Never an error: what cannot be found is not known.
 */

/* The default branch of the remote, for what is staged. */
void released_by_default(struct changes *c, struct git *git, struct arena *a);

/* The target of a push: a branch that things are released from by its old
 * tip; any other ref by the default branch of the target. */
void released_by_push(struct changes *c, struct git *git,
		      const struct push_target *target,
		      const struct push_ref *ref, struct arena *a);

/* The tip that a range begins at. */
void released_by_tree(struct changes *c, struct git *git,
		      const struct oid *tree, struct arena *a);

#endif
