#ifndef GIT_GIT_CHANGES_H
#define GIT_GIT_CHANGES_H

#include "change.h"
#include "compiler.h"

struct arena;
struct err;
struct git;

/*
 * An opened repository. Everything a list of changes reads comes through it,
 * so it must outlive the list. It never writes.
 */

/* Opens the repository of a hook: git has set cwd and environment. */
MUST_USE int git_open_hook(struct git **out, struct arena *a, struct err *err);

/* Opens the repository that holds `path`, for a command. */
MUST_USE int git_open(struct git **out, struct arena *a, const char *path,
		      struct err *err);
void git_close(struct git *git);

/* The root of the work tree, absolute, with a trailing '/'; NULL if bare. */
const char *git_workdir(const struct git *git);

/* What `git commit` would record now: the index against HEAD (against nothing
 * on an unborn branch). */
MUST_USE int git_changes_staged(struct changes *out, struct git *git,
				struct arena *a, struct err *err);

/* "A..B", "A...B" (from the merge base) or "A" (up to HEAD): the net change. */
MUST_USE int git_changes_range(struct changes *out, struct git *git,
			       const char *range, struct arena *a,
			       struct err *err);

/* Every file of HEAD, each as if new. */
MUST_USE int git_changes_all(struct changes *out, struct git *git,
			     struct arena *a, struct err *err);

/* One line that git wrote to the standard input of pre-push. */
struct push_ref {
	const char *local_ref;	/* for display only */
	const char *local_oid;	/* all zeros: deleted */
	const char *remote_ref; /* for display only */
	const char *remote_oid; /* all zeros: new */
};

/*
 * What one pushed ref brings that the remote does not have: the net change
 * from what it has (the remote ref, else the remote's other branches) to the
 * pushed commit. An empty list for a deletion or where there is nothing new.
 */
MUST_USE int git_changes_push(struct changes *out, struct git *git,
			      const char *remote, const struct push_ref *ref,
			      struct arena *a, struct err *err);

#endif
