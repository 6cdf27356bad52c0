#ifndef GIT_GIT_CHANGES_H
#define GIT_GIT_CHANGES_H

#include "change.h"
#include "compiler.h"
#include "vec.h"

struct arena;
struct err;
struct git;

/*
 * An opened repository. Everything a list of changes reads comes through it,
 * so it must outlive the list. It never writes: not the index, not a ref, not
 * the work tree, not an object.
 */

/* Opens the repository of a hook: git has set cwd and environment. */
MUST_USE int git_open_hook(struct git **out, struct arena *a, struct err *err);

/* Opens the repository that holds `path`, for a command. GIT_DIR and its like
 * count, as they do for git, so that it also serves inside of a hook. */
MUST_USE int git_open(struct git **out, struct arena *a, const char *path,
		      struct err *err);
void git_close(struct git *git);

/* The root of the work tree, absolute, with a trailing '/'; NULL if bare. */
const char *git_workdir(const struct git *git);

/* The git directory (of this work tree), with a trailing '/'. */
const char *git_directory(const struct git *git);

/* How it is read, for people: "libgit2", or what git is asked for and why. */
const char *git_reading(const struct git *git, struct arena *a);

/* A yes-or-no of git's configuration, as git reads it; no where it is not
 * set. */
MUST_USE int git_setting(bool *out, struct git *git, const char *key,
			 struct arena *a, struct err *err);

/* What `git commit` would record now: the index against HEAD (against nothing
 * on an unborn branch). While a merge is being concluded, only paths that
 * differ from every parent. */
MUST_USE int git_changes_staged(struct changes *out, struct git *git,
				struct arena *a, struct err *err);

/* The same in pre-merge-commit, where only GITHEAD_<id> in the environment
 * tells the other parents. */
MUST_USE int git_changes_merging(struct changes *out, struct git *git,
				 struct arena *a, struct err *err);

/* "A..B", "A...B" (from the merge base) or "A" (up to HEAD): the net change. */
MUST_USE int git_changes_range(struct changes *out, struct git *git,
			       const char *range, struct arena *a,
			       struct err *err);

/* Every file of HEAD, each as if new. */
MUST_USE int git_changes_all(struct changes *out, struct git *git,
			     struct arena *a, struct err *err);

/* One ref of a push, as git names it on the standard input of pre-push and
 * pre-receive. */
struct push_ref {
	const char *local_ref;	/* for display only; NULL in pre-receive */
	const char *local_oid;	/* all zeros: deleted */
	const char *remote_ref; /* for display only */
	const char *remote_oid; /* all zeros: new */
};

struct push_refs VEC(struct push_ref);

/* Who is pushed to: what its refs reach is there already. */
struct push_target {
	const char *remote; /* its name; NULL: a bare URL */
	bool here;	    /* pre-receive: it is this repository */
};

/* Takes out what brings nothing, so that pushing a hundred old tags costs one
 * look: deletions, known commits, a commit that another ref brings too. */
MUST_USE int git_push_keep_new(struct push_refs *refs, struct git *git,
			       const struct push_target *target,
			       struct arena *a, struct err *err);

/*
 * What one pushed ref brings that the target does not have: the net change of
 * its new commits, that is, every path that differs from all of the commits
 * they were built on, with the newest commit that touched it. An empty list
 * for a deletion or where there is nothing new.
 */
MUST_USE int git_changes_push(struct changes *out, struct git *git,
			      const struct push_target *target,
			      const struct push_ref *ref, struct arena *a,
			      struct err *err);

#endif
