#include "tree_view.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "blob.h"
#include "err.h"

struct view {
	struct git *git;
	bool has_tree;
	struct oid tree;
	const struct deltas *over;
	/* The whole tree as git lists it, where libgit2 cannot read it. */
	bool listed;
	struct deltas listing;
};

static bool nothing_read(void *payload UNUSED, struct arena *a UNUSED,
			 const char *path UNUSED, struct str *out)
{
	*out = (struct str){ "", 0 };
	return false;
}

static void nothing_list(void *payload UNUSED, struct arena *a UNUSED,
			 const char *dir UNUSED, bool deep UNUSED,
			 struct paths *out)
{
	*out = (struct paths){ 0 };
}

static bool nothing_has(void *payload UNUSED, const char *path UNUSED)
{
	return false;
}

struct snapshot view_of_nothing(void)
{
	return (struct snapshot){ .read = nothing_read,
				  .list = nothing_list,
				  .has = nothing_has };
}

/* Every entry of the tree is its difference from nothing. */
static const struct deltas *listing_of(struct view *v)
{
	struct err unused;

	if (!v->listed && deltas_of_trees(&v->listing, v->git, NULL, &v->tree,
					  v->git->arena, &unused) < 0)
		v->listing = (struct deltas){ 0 };
	v->listed = true;
	return &v->listing;
}

/* libgit2 says "not found" for a path that is not in the tree, but also for a
 * tree that is not in the repository (a partial clone). */
static bool is_absent(int rc)
{
	const git_error *e = git_error_last();

	return rc == GIT_ENOTFOUND && e && e->klass == GIT_ERROR_TREE;
}

/* The tree of a folder; false where libgit2 has to be helped. A folder that
 * is not there leaves `*out` NULL. */
static bool open_dir(git_tree **out, struct view *v, const char *dir)
{
	const git_oid id = oid_to_lib(&v->tree);
	git_tree_entry *entry = NULL;
	git_tree *root = NULL;
	int rc;

	*out = NULL;
	if (!v->git->repo || git_tree_lookup(&root, v->git->repo, &id) < 0)
		return false;
	if (!*dir) {
		*out = root;
		return true;
	}
	rc = git_tree_entry_bypath(&entry, root, dir);
	if (!rc && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		rc = git_tree_lookup(out, v->git->repo,
				     git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	git_tree_free(root);
	return !rc || is_absent(rc);
}

/* False where libgit2 has to be helped; a path that is not there has mode 0. */
static bool find_by_lib(struct view *v, const char *path, unsigned *mode,
			struct oid *oid)
{
	const git_oid id = oid_to_lib(&v->tree);
	git_tree_entry *entry = NULL;
	git_tree *root = NULL;
	int rc;

	if (!v->git->repo || git_tree_lookup(&root, v->git->repo, &id) < 0)
		return false;
	rc = git_tree_entry_bypath(&entry, root, path);
	if (!rc) {
		*mode = git_tree_entry_filemode(entry);
		*oid = oid_of(git_tree_entry_id(entry));
	}
	git_tree_entry_free(entry);
	git_tree_free(root);
	return !rc || is_absent(rc);
}

/* The mode of what has that path; 0 where nothing has. */
static unsigned find(struct view *v, const char *path, struct oid *oid)
{
	const struct delta *d = v->over ? deltas_find(v->over, path) : NULL;
	unsigned mode = 0;

	if (!d && v->has_tree && !find_by_lib(v, path, &mode, oid))
		d = deltas_find(listing_of(v), path);
	if (d) {
		mode = d->new_mode;
		if (d->new_oid)
			*oid = *d->new_oid;
	}
	return mode;
}

static bool view_read(void *payload, struct arena *a, const char *path,
		      struct str *out)
{
	struct view *v = payload;
	struct oid oid;

	*out = (struct str){ "", 0 };
	return mode_is_file(find(v, path, &oid)) &&
	       !blob_read(v->git, a, &oid, out);
}

static bool view_has(void *payload, const char *path)
{
	struct oid oid;

	return find(payload, path, &oid) != 0;
}

/* The first delta whose path is not before `prefix`. */
static size_t lower_bound(const struct deltas *d, const char *prefix)
{
	size_t low = 0, high = d->count;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (strcmp(d->item[mid].path, prefix) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void list_deltas(const struct deltas *d, const char *prefix,
			const struct deltas *over, struct arena *a,
			struct paths *out)
{
	const size_t len = strlen(prefix);

	for (size_t i = lower_bound(d, prefix); i < d->count; i++) {
		const struct delta *it = &d->item[i];

		if (strncmp(it->path, prefix, len))
			break;
		if (mode_is_file(it->new_mode) &&
		    !(over && deltas_find(over, it->path)))
			vec_push(out, a, it->path);
	}
}

struct walk {
	const char *prefix;
	const struct deltas *over;
	struct arena *a;
	struct paths *out;
};

static int walk_entry(const char *root, const git_tree_entry *e, void *payload)
{
	const struct walk *w = payload;
	const char *path;

	if (!mode_is_file(git_tree_entry_filemode(e)))
		return 0;
	path = arena_format(w->a, "%s%s%s", w->prefix, root,
			    git_tree_entry_name(e));
	if (!(w->over && deltas_find(w->over, path)))
		vec_push(w->out, w->a, path);
	return 0;
}

static void list_tree(struct view *v, const char *dir, const char *prefix,
		      struct arena *a, struct paths *out)
{
	struct walk w = { prefix, v->over, a, out };
	const size_t before = out->count;
	git_tree *tree;

	if (open_dir(&tree, v, dir) &&
	    (!tree ||
	     git_tree_walk(tree, GIT_TREEWALK_PRE, walk_entry, &w) == 0)) {
		git_tree_free(tree);
		return;
	}
	git_tree_free(tree);
	out->count = before;
	list_deltas(listing_of(v), prefix, v->over, a, out);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void view_list(void *payload, struct arena *a, const char *dir,
		      bool deep UNUSED, struct paths *out)
{
	struct view *v = payload;
	const char *prefix;
	struct str trimmed = str_of(dir);

	while (str_ends(trimmed, STR("/")))
		trimmed.len--;
	dir = str_dup(a, trimmed);
	prefix = *dir ? arena_format(a, "%s/", dir) : "";
	*out = (struct paths){ 0 };
	if (v->has_tree)
		list_tree(v, dir, prefix, a, out);
	if (v->over && v->over->count) {
		list_deltas(v->over, prefix, NULL, a, out);
		if (out->count)
			qsort(out->item, out->count, sizeof(*out->item),
			      by_bytes);
	}
}

struct snapshot view_of_tree(struct git *git, const struct oid *tree,
			     const struct deltas *over, struct arena *a)
{
	struct view *v = arena_new(a, struct view);

	v->git = git;
	v->has_tree = tree != NULL;
	if (tree)
		v->tree = *tree;
	v->over = over;
	return (struct snapshot){ .payload = v,
				  .read = view_read,
				  .list = view_list,
				  .has = view_has };
}
