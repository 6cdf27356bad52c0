#include "history.h"

/* Where a new migration stands among the others: too early, or where there is
 * one already. */

enum { READ_MAX = 32 }; /* files that are read to find the right neighbour */

/* A number that the runner, or at least a person, takes for an identity. A
 * day is none, and one or two digits count parts of anything. */
static bool is_identity(const struct version *v, const struct framework *f)
{
	return f->unique_versions && !v->day && !v->dotted &&
	       (f->name_regex || v->number.len >= 3) &&
	       !(v->name.len && upper(v->name.ptr[0]) == 'B');
}

/* Is the path in one of the trees that the change is compared with? */
static bool is_older(struct history *h, const char *path)
{
	const struct snapshot *released = history_released(h);

	return snapshot_has(&h->changes->base, path) ||
	       (released && snapshot_has(released, path));
}

/* One that the change itself has taken away claims nothing any more. */
static bool is_taken_away(const struct history *h, const char *path)
{
	const struct snapshot *then =
		h->changes->shared ? &h->changes->fork : &h->changes->base;

	return snapshot_has(then, path) &&
	       !snapshot_has(&h->changes->now, path);
}

/* The other of the list that claims the same number. Of two new ones, the
 * second by name tells. */
static const struct sibling *rival_in(struct history *h,
				      const struct migration *m,
				      const struct version *v,
				      const struct siblings *list,
				      const struct snapshot *tree,
				      struct arena *scratch)
{
	vec_each(const struct sibling, s, list) {
		if (version_cmp(&s->version, v) != 0 ||
		    version_same_unit(&s->version, v) ||
		    is_taken_away(h, s->path) ||
		    !history_same(h, m, tree, s->path, scratch))
			continue;
		if (is_older(h, s->path) ||
		    strcmp(s->path, m->change->path) < 0)
			return s;
	}
	return NULL;
}

static void find_duplicate(struct history *h, const struct migration *m,
			   const struct version *v, struct file_facts *facts,
			   struct arena *scratch)
{
	static const char *const names[] = { "name", "other", "reason", NULL };
	const struct shelf *shelf = history_shelf(h, m);
	const struct snapshot *released = history_released(h);
	struct siblings base;
	const struct sibling *other;

	if (!is_identity(v, m->kind->framework))
		return;
	other = rival_in(h, m, v, &shelf->now, &h->changes->now, scratch);
	if (!other && released)
		other = rival_in(h, m, v, &shelf->before, released, scratch);
	if (!other)
		return;
	/* it has been so before: here the whole name counts */
	siblings_list(&base, &h->changes->base, m->change->path,
		      m->kind->framework->name_of_folder, scratch);
	if (siblings_share_numbers(&base) ||
	    siblings_share_numbers(&shelf->before))
		return;
	const struct str values[] = {
		v->name, other->version.name,
		str_of(arena_format(scratch, "Both have the number " STR_FMT,
				    STR_ARG(v->number)))
	};

	history_add(h, facts, "migration-duplicate", names, values);
}

static bool is_before(const struct version *a, const struct version *b,
		      enum migration_order order)
{
	return order == ORDER_NATURAL ? version_cmp(a, b) < 0
				      : str_cmp(a->number, b->number) < 0;
}

/* The newest of those that sort after it, if any. */
static const struct sibling *newest_after(struct history *h,
					  const struct migration *m,
					  const struct version *v,
					  struct arena *scratch)
{
	const struct framework *f = m->kind->framework;
	const struct siblings *before = &history_shelf(h, m)->before;
	const struct snapshot *released = history_released(h);
	const struct snapshot *tree = released ? released : &h->changes->base;
	size_t tries = READ_MAX;

	for (size_t i = before->count; i && tries; i--) {
		const struct sibling *s = &before->item[i - 1];

		if (version_cmp(&s->version, v) <= 0)
			return NULL;
		if (s->version.dotted || is_taken_away(h, s->path) ||
		    !is_before(v, &s->version, f->order))
			continue;
		tries--;
		if (history_same(h, m, tree, s->path, scratch))
			return s;
	}
	return NULL;
}

static void find_late(struct history *h, const struct migration *m,
		      const struct version *v, struct file_facts *facts,
		      struct arena *scratch)
{
	static const char *const names[] = { "name", "newest", NULL };
	const struct snapshot *released = history_released(h);
	const struct sibling *newest;

	/* one that is released has its place, wherever that is */
	if (v->dotted || (released && snapshot_has(released, m->change->path)))
		return;
	newest = newest_after(h, m, v, scratch);
	if (!newest)
		return;
	const struct str values[] = { v->name, newest->version.name };

	history_add(h, facts, "migration-order", names, values);
}

void find_misplaced(struct history *h, const struct migration *m,
		    struct file_facts *facts, struct arena *scratch)
{
	const struct version v = version_of(str_of(m->change->path),
					    m->kind->framework->name_of_folder);

	find_late(h, m, &v, facts, scratch);
	find_duplicate(h, m, &v, facts, scratch);
}
