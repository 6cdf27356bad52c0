#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "delta.h"
#include "delta_raw.h"
#include "err.h"

/* An index of more entries is left to git: libgit2 hashes all of it and does
 * not use the cache tree (79 ms for 100,000 files, git 10 ms). */
enum { LIB_INDEX_MAX = 20000 };

static git_diff_options diff_options(void)
{
	git_diff_options opts;

	git_diff_options_init(&opts, GIT_DIFF_OPTIONS_VERSION);
	opts.flags = GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_SKIP_BINARY_CHECK;
	return opts;
}

static struct delta delta_of(const git_diff_delta *d, struct arena *a)
{
	const bool gone = d->status == GIT_DELTA_DELETED;
	const bool born = d->status == GIT_DELTA_ADDED;
	struct delta out = {
		.path = str_dup(a, str_of(gone ? d->old_file.path
					       : d->new_file.path)),
	};

	if (!born) {
		out.old_mode = d->old_file.mode;
		out.old_oid = oid_keep(oid_of(&d->old_file.id), a);
	}
	if (!gone) {
		out.new_mode = d->new_file.mode;
		out.new_oid = oid_keep(oid_of(&d->new_file.id), a);
	}
	return out;
}

/* `git add -N`: the entry is there, but a commit leaves it out. */
static bool only_intended(git_index *index, const char *path)
{
	const git_index_entry *e =
		index ? git_index_get_bypath(index, path, 0) : NULL;

	return e && (e->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD);
}

/* git_diff_foreach would load every blob and stop at the first damaged one. */
static void read_diff(struct deltas *out, const git_diff *diff,
		      git_index *index, struct arena *a)
{
	const size_t n = git_diff_num_deltas(diff);

	out->item = arena_array(a, struct delta, n);
	out->size = n;
	for (size_t i = 0; i < n; i++) {
		struct delta d = delta_of(git_diff_get_delta(diff, i), a);

		if (d.new_mode && only_intended(index, d.path)) {
			if (!d.old_mode)
				continue;
			d.new_mode = 0;
			d.new_oid = NULL;
		}
		vec_push(out, a, d);
	}
	deltas_sort(out);
}

static bool lookup_tree(git_tree **out, struct git *git, const struct oid *oid)
{
	git_oid id;

	*out = NULL;
	if (!oid)
		return true;
	id = oid_to_lib(oid);
	return git_tree_lookup(out, git->repo, &id) == 0;
}

struct whole_tree {
	struct deltas *out;
	struct arena *a;
};

static int add_entry(const char *root, const git_tree_entry *e, void *payload)
{
	const struct whole_tree *w = payload;

	if (git_tree_entry_type(e) == GIT_OBJECT_TREE)
		return 0;
	vec_push(w->out, w->a,
		 (struct delta){
			 .path = arena_format(w->a, "%s%s", root,
					      git_tree_entry_name(e)),
			 .new_mode = git_tree_entry_filemode_raw(e),
			 .new_oid =
				 oid_keep(oid_of(git_tree_entry_id(e)), w->a),
		 });
	return 0;
}

/* A diff against nothing would hold all of it once more. */
static bool whole_tree_by_lib(struct deltas *out, git_tree *tree,
			      struct arena *a)
{
	struct whole_tree w = { out, a };

	if (git_tree_walk(tree, GIT_TREEWALK_PRE, add_entry, &w) < 0)
		return false;
	deltas_sort(out);
	return true;
}

static bool trees_by_lib(struct deltas *out, struct git *git,
			 const struct oid *before, const struct oid *after,
			 struct arena *a)
{
	const git_diff_options opts = diff_options();
	git_tree *x = NULL, *y = NULL;
	git_diff *diff = NULL;
	bool ok = git->repo && lookup_tree(&x, git, before) &&
		  lookup_tree(&y, git, after);

	if (ok && !before && after) {
		ok = whole_tree_by_lib(out, y, a);
	} else if (ok) {
		ok = git_diff_tree_to_tree(&diff, git->repo, x, y, &opts) == 0;
		if (ok)
			read_diff(out, diff, NULL, a);
	}
	git_diff_free(diff);
	git_tree_free(y);
	git_tree_free(x);
	return ok;
}

static const char *tree_name(const struct git *git, const struct oid *tree,
			     struct arena *a)
{
	const struct oid empty = oid_empty_tree(git);

	return oid_hex(git, tree ? tree : &empty, a);
}

static int trees_by_git(struct deltas *out, struct git *git,
			const struct oid *before, const struct oid *after,
			struct arena *a, struct err *err)
{
	const char *args[] = { "diff-tree",
			       "-r",
			       "--raw",
			       "-z",
			       "--no-renames",
			       "--no-abbrev",
			       "--ignore-submodules=none",
			       tree_name(git, before, a),
			       tree_name(git, after, a),
			       NULL };
	struct question q = { .what = "cannot compare two commits",
			      .args = args };

	return deltas_read_raw(out, git, &q, a, err);
}

int deltas_of_trees(struct deltas *out, struct git *git,
		    const struct oid *before, const struct oid *after,
		    struct arena *a, struct err *err)
{
	*out = (struct deltas){ 0 };
	if (trees_by_lib(out, git, before, after, a))
		return 0;
	*out = (struct deltas){ 0 };
	return trees_by_git(out, git, before, after, a, err);
}

static bool index_is_large(const struct git *git, struct arena *a)
{
	const char *name = getenv("GIT_INDEX_FILE");
	unsigned char head[12];
	int fd;
	ssize_t n;

	if (!name || !*name)
		name = arena_format(a, "%sindex", git->dir);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, head, sizeof(head));
	close(fd);
	return n == (ssize_t)sizeof(head) &&
	       ((unsigned)head[8] << 24 | (unsigned)head[9] << 16 |
		(unsigned)head[10] << 8 | head[11]) > LIB_INDEX_MAX;
}

/* On a case-insensitive file system libgit2 would order the index so, and
 * git does not. */
static int open_index(git_index **out, struct git *git)
{
	int caps;

	if (git_repository_index(out, git->repo) < 0)
		return -1;
	caps = git_index_caps(*out);
	if (caps < 0 || !(caps & GIT_INDEX_CAPABILITY_IGNORE_CASE))
		return 0;
	return git_index_set_caps(*out,
				  caps & ~GIT_INDEX_CAPABILITY_IGNORE_CASE);
}

static bool index_by_lib(struct deltas *out, struct git *git,
			 const struct oid *tree, struct arena *a)
{
	const git_diff_options opts = diff_options();
	git_index *index = NULL;
	git_tree *before = NULL;
	git_diff *diff = NULL;
	bool ok = open_index(&index, git) == 0 &&
		  !git_index_has_conflicts(index) &&
		  lookup_tree(&before, git, tree) &&
		  git_diff_tree_to_index(&diff, git->repo, before, index,
					 &opts) == 0;

	if (ok)
		read_diff(out, diff, index, a);
	git_diff_free(diff);
	git_tree_free(before);
	git_index_free(index);
	return ok;
}

/* diff-index compares with the cache tree and writes nothing. */
static int index_by_git(struct deltas *out, struct git *git,
			const struct oid *tree, struct arena *a,
			struct err *err)
{
	const char *args[] = { "diff-index",
			       "--cached",
			       "--raw",
			       "-z",
			       "--no-renames",
			       "--no-abbrev",
			       "--ita-invisible-in-index",
			       "--ignore-submodules=none",
			       tree_name(git, tree, a),
			       NULL };
	struct question q = { .what = "cannot read the index", .args = args };

	return deltas_read_raw(out, git, &q, a, err);
}

int deltas_of_index(struct deltas *out, struct git *git, const struct oid *tree,
		    struct arena *a, struct err *err)
{
	*out = (struct deltas){ 0 };
	if (!git->repo)
		git->index_why = git->objects_why;
	else if (index_is_large(git, a))
		git->index_why = "it is large";
	else if (index_by_lib(out, git, tree, a))
		return 0;
	else
		git->index_why = "libgit2 cannot read it";
	return index_by_git(out, git, tree, a, err);
}
