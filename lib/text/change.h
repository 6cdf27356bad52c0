#ifndef TEXT_CHANGE_H
#define TEXT_CHANGE_H

#include "snapshot.h"
#include "vec.h"

/*
 * What a commit, a push or a call of `check` brings in. Whoever makes the
 * list (src/git for git, src/run for plain paths) owns the payloads; the list
 * and all its strings lie in the arena it was made in.
 */

enum change_status {
	CHANGE_ADDED,
	CHANGE_MODIFIED,
	CHANGE_DELETED,
	CHANGE_RENAMED, /* `old_path` is what it was called */
};

/* SIDE_OTHER + i: the old side against the i-th other parent of a merge. */
enum change_side { SIDE_OLD, SIDE_NEW, SIDE_OTHER };

struct change {
	const char *path;     /* the new one; the old one where deleted */
	const char *old_path; /* NULL unless renamed */
	enum change_status status;
	bool symlink; /* the new side is a symbolic link */
	bool named;   /* the user named this very file: it is judged even where
			 * its name would not make it a migration */
	bool submodule; /* the new side is a commit of another repository */
	/* A merge that changes the path itself: how many old sides there are
	 * beyond the first. What one of them has is not new either. */
	unsigned other_parents;
	/* The commit that brings it, as hex, on push and with --range; NULL
	 * for what is staged or on disk. */
	const char *commit;
	const void *payload; /* for `read` below */
};

struct change_list VEC(struct change);

struct changes;

struct changes {
	struct change_list list;
	void *payload;

	/*
	 * The bytes of one side, in `a`; only asked for where the path is of
	 * interest. NULL and `*out` set, or why they cannot be had, as the
	 * end of the sentence "was not read: …".
	 */
	const char *(*read)(void *payload, struct arena *a,
			    const struct change *c, enum change_side side,
			    struct str *out);

	/* What stands before the paths in their repository, with a '/' at its
	 * end: "" where they begin at its root. */
	const char *prefix;

	struct snapshot now;  /* the tree as it will be */
	struct snapshot base; /* the tree it is compared with */
	bool has_base;	      /* false: unborn branch, plain paths */
	/* Where the configuration is read, so that nothing is judged by the
	 * policy it brings along: `now` for what is staged or on disk; on a
	 * push the ref's old tip, else the base; the base of a range. */
	struct snapshot policy;

	/*
	 * A push or a range: what the base has, others may have as well.
	 * `fork` is then where the new commits were built on; it differs from
	 * `base` where a range begins at a branch that has moved on.
	 */
	bool shared;
	struct snapshot fork;

	/*
	 * The tree that databases have run, as far as anybody here can tell:
	 * the tip of the branch that a range begins at or that a push goes to,
	 * for a feature branch the remote's default one. False, or a call that
	 * is NULL: nobody knows.
	 */
	bool (*released)(const struct changes *c, struct arena *a,
			 struct snapshot *out);
	const void *release; /* for `released` */
};

#endif
