#include "delta.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "err.h"
#include "map.h"

static int by_path(const void *a, const void *b)
{
	const struct delta *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static bool is_sorted(const struct deltas *d)
{
	for (size_t i = 1; i < d->count; i++)
		if (strcmp(d->item[i - 1].path, d->item[i].path) > 0)
			return false;
	return true;
}

void deltas_sort(struct deltas *d)
{
	if (!is_sorted(d))
		qsort(d->item, d->count, sizeof(*d->item), by_path);
}

const struct delta *deltas_find(const struct deltas *d, const char *path)
{
	const struct delta key = { .path = path };

	return d->count ? bsearch(&key, d->item, d->count, sizeof(key), by_path)
			: NULL;
}

void deltas_keep_common(struct deltas *d, const struct deltas *parent,
			struct arena *a)
{
	size_t kept = 0;

	vec_each(struct delta, it, d) {
		const struct delta *other = deltas_find(parent, it->path);
		struct delta *copy;

		if (!other)
			continue;
		/* A parent without the file has no old side to show. */
		if (other->old_mode) {
			copy = arena_new(a, struct delta);
			*copy = *other;
			copy->next_parent = it->next_parent;
			it->next_parent = copy;
		}
		d->item[kept++] = *it;
	}
	d->count = kept;
}

/* Rename detection that costs nothing: the same content under another name.
 * A migration that is moved *and* edited runs anew, so it is judged anew. */
struct renames {
	struct map by_oid;	   /* a deleted file's content → its delta */
	const struct delta **from; /* of each delta: where it came from */
	bool *consumed;		   /* of each delta: it went somewhere */
};

static struct str oid_key(const struct oid *oid)
{
	return (struct str){ (const char *)oid->raw, sizeof(oid->raw) };
}

static bool is_added_file(const struct delta *d)
{
	return !d->old_mode && mode_is_file(d->new_mode);
}

static bool is_deleted_file(const struct delta *d)
{
	return !d->new_mode && mode_is_file(d->old_mode);
}

static void renames_find(struct renames *r, const struct git *git,
			 const struct deltas *d, struct arena *a)
{
	const struct oid empty = oid_empty_blob(git);

	/* Empty files are alike without one having been the other. */
	vec_each(struct delta, it, d)
		if (is_deleted_file(it) && !oid_eq(it->old_oid, &empty) &&
		    !map_get(&r->by_oid, oid_key(it->old_oid)))
			map_put(&r->by_oid, a, oid_key(it->old_oid), it);
	if (!r->by_oid.count)
		return;
	r->from = arena_array(a, const struct delta *, d->count);
	r->consumed = arena_array(a, bool, d->count);
	vec_each(const struct delta, it, d) {
		const struct delta *from;

		if (!is_added_file(it))
			continue;
		from = map_get(&r->by_oid, oid_key(it->new_oid));
		if (!from || r->consumed[from - d->item])
			continue;
		r->from[it - d->item] = from;
		r->consumed[from - d->item] = true;
	}
}

static enum change_status status_of(const struct delta *d)
{
	if (!d->old_mode)
		return CHANGE_ADDED;
	return d->new_mode ? CHANGE_MODIFIED : CHANGE_DELETED;
}

static const struct delta *renamed(const struct delta *to,
				   const struct delta *from, struct arena *a)
{
	struct delta *d = arena_new(a, struct delta);

	*d = *to;
	d->old_oid = from->old_oid;
	d->old_mode = from->old_mode;
	d->next_parent = NULL;
	return d;
}

static unsigned count_parents(const struct delta *d)
{
	unsigned n = 0;

	for (const struct delta *p = d->next_parent; p; p = p->next_parent)
		n++;
	return n;
}

static bool only_mode_changed(const struct delta *d)
{
	return mode_is_file(d->old_mode) && mode_is_file(d->new_mode) &&
	       oid_eq(d->old_oid, d->new_oid);
}

static struct change change_of(const struct delta *d, const struct delta *from,
			       struct arena *a)
{
	return (struct change){
		.path = d->path,
		.old_path = from ? from->path : NULL,
		.status = from ? CHANGE_RENAMED : status_of(d),
		.symlink = mode_is_link(d->new_mode),
		.submodule = mode_is_submodule(d->new_mode),
		.other_parents = from ? 0 : count_parents(d),
		.payload = from ? renamed(d, from, a) : d,
	};
}

void deltas_to_changes(struct change_list *out, const struct git *git,
		       const struct deltas *d, struct arena *a)
{
	struct renames r = { .from = NULL };

	renames_find(&r, git, d, a);
	vec_reserve(out, a, out->count + d->count);
	vec_each(const struct delta, it, d) {
		const size_t i = (size_t)(it - d->item);

		if (only_mode_changed(it) || (r.consumed && r.consumed[i]))
			continue;
		vec_push(out, a, change_of(it, r.from ? r.from[i] : NULL, a));
	}
}
