#ifndef GIT_DELTA_H
#define GIT_DELTA_H

#include "git_repo.h"

/* One path that differs between two trees, or between a tree and the index. */
struct delta {
	const char *path;
	const struct oid *old_oid; /* NULL: the path is not there */
	const struct oid *new_oid;
	unsigned old_mode; /* 0 then */
	unsigned new_mode;
	/* A merge: the same path against the next parent. */
	const struct delta *next_parent;
};

/* Ordered by path, byte by byte. */
struct deltas VEC(struct delta);

/* Two trees; NULL is the empty one. */
MUST_USE int deltas_of_trees(struct deltas *out, struct git *git,
			     const struct oid *before, const struct oid *after,
			     struct arena *a, struct err *err);

/* What of the index a commit would record, against `tree` (NULL: nothing is
 * there yet). Paths that are only intended to be added are not part of it. */
MUST_USE int deltas_of_index(struct deltas *out, struct git *git,
			     const struct oid *tree, struct arena *a,
			     struct err *err);

/* Keeps of `d` what is also in `parent`: what a merge brings itself differs
 * from every parent. Both in `a`. */
void deltas_keep_common(struct deltas *d, const struct deltas *parent,
			struct arena *a);

/* Puts them in order. */
void deltas_sort(struct deltas *d);

const struct delta *deltas_find(const struct deltas *d, const char *path);

/* The list for the judge: what is renamed without a change is one row, what
 * only changed its mode is none. */
void deltas_to_changes(struct change_list *out, const struct git *git,
		       const struct deltas *d, struct arena *a);

static inline bool mode_is_file(unsigned mode)
{
	return (mode & 0170000) == 0100000;
}

static inline bool mode_is_link(unsigned mode)
{
	return (mode & 0170000) == 0120000;
}

static inline bool mode_is_submodule(unsigned mode)
{
	return (mode & 0170000) == 0160000;
}

#endif
