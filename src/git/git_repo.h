#ifndef GIT_GIT_REPO_H
#define GIT_GIT_REPO_H

#include <git2.h>
#include <stdbool.h>

#include "git_changes.h"
#include "process.h"

/*
 * Inside of this room: one opened repository, and the two ways to read it.
 *
 * libgit2 reads what a commit needs, without starting a process. It cannot
 * read every repository that git can (SHA-256, reftable, split and sparse
 * indexes, …), so everything it fails at is asked of git's plumbing, which is
 * always there: git runs us. Only commands that read are used; `git
 * write-tree` is not one of them, since it saves the cache tree in the index.
 */
struct git {
	struct arena *arena;
	bool started;	      /* libgit2 is */
	git_repository *repo; /* NULL: only git can open it */
	git_odb *odb;	      /* NULL as well then */
	const char *dir;      /* the git directory, with a trailing '/' */
	const char *workdir;
	const char *path; /* where git is told to start; NULL: here */
	size_t oid_len;	  /* bytes of an object id: 20 or 32 */
	bool refs_by_git;
	const char *objects_why; /* why libgit2 is not enough, each a phrase; */
	const char *refs_why;	 /* NULL where it is */
	const char *index_why;
	struct dialogue cat; /* git cat-file --batch, once it was needed */
};

/* An object id; the first `oid_len` bytes count, the rest is zero. */
struct oid {
	unsigned char raw[32];
};

enum { OID_HEX_MAX = 64 };

bool oid_is_zero(const struct oid *oid);
bool oid_eq(const struct oid *a, const struct oid *b);
/* A copy that lives as long as the arena. */
const struct oid *oid_keep(struct oid oid, struct arena *a);

struct oid oid_of(const git_oid *oid);
git_oid oid_to_lib(const struct oid *oid);
const char *oid_hex(const struct git *git, const struct oid *oid,
		    struct arena *a);

/* False unless `hex` is exactly one id of this repository. */
bool oid_from_hex(struct oid *out, const struct git *git, struct str hex);

/* The tree without entries, which git knows without having it stored. */
struct oid oid_empty_tree(const struct git *git);
struct oid oid_empty_blob(const struct git *git);

/*
 * Runs `git ARGS…` (`args` ends with NULL and does not name git itself).
 * git_try hands the exit status on; for git_ask anything but 0 is an error,
 * told with git's own words.
 */
MUST_USE int git_try(struct process_result *out, const struct git *git,
		     const char *const *args, struct str in, struct arena *a,
		     struct err *err);
struct question {
	const char *what; /* "cannot read the index": the error, if it is one */
	const char *const *args;
	struct str in;			/* for its standard input */
	const struct line_taker *lines; /* NULL: the whole answer is kept */
};

MUST_USE int git_ask(struct str *out, const struct git *git,
		     const struct question *q, struct arena *a,
		     struct err *err);

#endif
