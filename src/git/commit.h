#ifndef GIT_COMMIT_H
#define GIT_COMMIT_H

#include "git_repo.h"

struct oids VEC(struct oid);

/* The tree that HEAD records now; `*unborn` where there is no commit yet. */
MUST_USE int head_tree(struct oid *out, bool *unborn, struct git *git,
		       struct arena *a, struct err *err);

/* The tree of a commit, a tag, or a tree itself. */
MUST_USE int tree_of(struct oid *out, struct git *git, const struct oid *oid,
		     struct arena *a, struct err *err);

enum object_kind { OBJECT_COMMIT, OBJECT_TREE, OBJECT_BLOB };

/* What an id is behind all tags. */
struct peeled {
	enum object_kind kind;
	struct oid oid;
};

MUST_USE int peel(struct peeled *out, struct git *git, const char *hex,
		  struct arena *a, struct err *err);

/* The commit a revision names; false, without a word, where it names none. */
MUST_USE int find_commit(struct oid *out, bool *found, struct git *git,
			 const char *revision, struct arena *a,
			 struct err *err);

/* Of a longer history the older part is not kept: nobody asks for it. */
enum { HISTORY_KEPT_MAX = 2000 };

/* What a walk over the history found. */
struct history {
	struct oids commits;  /* new ones, newest first, as many as are kept */
	struct oids boundary; /* known ones that a new one descends from */
};

/*
 * The commits that `tip` has and none of `known` has (arguments of git
 * rev-list after --not, ended by NULL; missing ones are ignored). git walks:
 * it knows grafts of shallow clones, replaced commits, every format of refs,
 * and uses the commit graph.
 */
MUST_USE int history_walk(struct history *out, struct git *git, const char *tip,
			  const char *const *known, struct arena *a,
			  struct err *err);

/* Drops what is an ancestor of another. */
MUST_USE int keep_independent(struct oids *commits, struct git *git,
			      struct arena *a, struct err *err);

#endif
