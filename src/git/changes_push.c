#include <string.h>

#include "arena.h"
#include "changes.h"
#include "err.h"
#include "map.h"
#include "released.h"
#include "strbuf.h"
#include "tree_view.h"

/* All zeros, however long the ids of the repository are. */
static bool is_zero(const char *hex)
{
	return !hex[strspn(hex, "0")];
}

/*
 * What the target has: on the server branches and tags (not every ref: hidden
 * ones hold commits that nobody has judged, as those of pull requests from
 * forks); elsewhere what we know of the remote. A superset of the truth where
 * that is stale, since a hook does not ask the network.
 */
struct known {
	const char *args[6];
};

static struct known known_of(const struct push_target *target,
			     const struct push_ref *ref, struct arena *a)
{
	struct known k = { { NULL } };
	size_t n = 0;

	if (ref && !is_zero(ref->remote_oid))
		k.args[n++] = ref->remote_oid;
	if (target->here) {
		k.args[n++] = "--branches";
		k.args[n++] = "--tags";
	} else {
		k.args[n++] = target->remote ? arena_format(a, "--remotes=%s",
							    target->remote)
					     : "--remotes";
	}
	return k;
}

/* The new commits. A remote we have never fetched from (a deploy target, a
 * mirror) is taken to have what the others have; otherwise its first push
 * would judge the whole past. */
static int new_commits(struct history *out, struct git *git,
		       const struct push_target *target,
		       const struct push_ref *ref, struct arena *a,
		       struct err *err)
{
	static const struct push_target anyone = { .here = false };
	struct known known = known_of(target, ref, a);

	if (history_walk(out, git, ref->local_oid, known.args, a, err) < 0)
		return -1;
	if (out->boundary.count || !out->commits.count || target->here ||
	    !target->remote)
		return 0;
	known = known_of(&anyone, ref, a);
	return history_walk(out, git, ref->local_oid, known.args, a, err);
}

/* The commit a list is compared with comes first: the old tip of the ref
 * where it is one of them. */
static void put_first(struct oids *bases, const struct oid *first)
{
	for (size_t i = 1; i < bases->count; i++) {
		if (!oid_eq(&bases->item[i], first))
			continue;
		bases->item[i] = bases->item[0];
		bases->item[0] = *first;
	}
}

static int trees_of(struct oids *out, struct git *git,
		    const struct oids *commits, struct arena *a,
		    struct err *err)
{
	vec_each(const struct oid, it, commits) {
		struct oid tree;

		if (tree_of(&tree, git, it, a, err) < 0)
			return -1;
		vec_push(out, a, tree);
	}
	return 0;
}

/* Whether an object is here, and its tree: the remote may have moved on to a
 * commit that we have never seen. */
static bool find_tree(struct oid *out, struct git *git, const char *hex,
		      struct arena *a)
{
	struct oid oid;
	struct err unused;

	return oid_from_hex(&oid, git, str_of(hex)) && !oid_is_zero(&oid) &&
	       tree_of(out, git, &oid, a, &unused) == 0;
}

/* Never what is pushed: the old tip; on a server, for a new ref, the default
 * branch; else what the new commits were built on. */
static struct snapshot policy_of(const struct changes *c, struct git *git,
				 const struct push_target *target,
				 const struct push_ref *ref, struct arena *a)
{
	struct err unused;
	struct oid tree;
	bool unborn;

	if (find_tree(&tree, git, ref->remote_oid, a))
		return view_of_tree(git, &tree, NULL, a);
	if (target->here && head_tree(&tree, &unborn, git, a, &unused) == 0 &&
	    !unborn)
		return view_of_tree(git, &tree, NULL, a);
	return c->base;
}

static int net_change(struct changes *out, struct git *git,
		      const struct oid *after, const struct oids *bases,
		      struct arena *a, struct err *err)
{
	struct oids trees = { 0 };
	struct deltas deltas;

	if (trees_of(&trees, git, bases, a, err) < 0 ||
	    deltas_of_trees(&deltas, git, trees.item, after, a, err) < 0)
		return -1;
	for (size_t i = 1; i < trees.count; i++) {
		struct deltas against;

		if (deltas_of_trees(&against, git, &trees.item[i], after, a,
				    err) < 0)
			return -1;
		deltas_keep_common(&deltas, &against, a);
	}
	deltas_to_changes(&out->list, git, &deltas, a);
	out->now = view_of_tree(git, after, NULL, a);
	out->has_base = trees.count > 0;
	if (out->has_base)
		out->base = view_of_tree(git, trees.item, NULL, a);
	return 0;
}

/* One ref, to one target, and the commit it is to be. */
struct push {
	const struct push_target *target;
	const struct push_ref *ref;
	struct peeled tip;
};

static int commits_pushed(struct changes *out, struct git *git,
			  const struct push *p, struct arena *a,
			  struct err *err)
{
	struct history history;
	struct oid tree, old;

	if (tree_of(&tree, git, &p->tip.oid, a, err) < 0 ||
	    new_commits(&history, git, p->target, p->ref, a, err) < 0)
		return -1;
	if (!history.commits.count)
		return 0;
	if (keep_independent(&history.boundary, git, a, err) < 0)
		return -1;
	if (oid_from_hex(&old, git, str_of(p->ref->remote_oid)))
		put_first(&history.boundary, &old);
	if (net_change(out, git, &tree, &history.boundary, a, err) < 0)
		return -1;
	out->policy = policy_of(out, git, p->target, p->ref, a);
	out->shared = out->has_base;
	out->fork = out->base;
	released_by_push(out, git, p->target, p->ref, a);
	return changes_attribute(out, git, oid_hex(git, &p->tip.oid, a),
				 &history.commits, a, err);
}

int git_changes_push(struct changes *out, struct git *git,
		     const struct push_target *target,
		     const struct push_ref *ref, struct arena *a,
		     struct err *err)
{
	struct push p = { .target = target, .ref = ref };

	*out = changes_none(git);
	if (is_zero(ref->local_oid))
		return 0;
	if (peel(&p.tip, git, ref->local_oid, a, err) < 0)
		return -1;
	switch (p.tip.kind) {
	case OBJECT_COMMIT: return commits_pushed(out, git, &p, a, err);
	case OBJECT_TREE:
		if (changes_between(out, git, NULL, &p.tip.oid, a, err) < 0)
			return -1;
		out->policy = policy_of(out, git, target, ref, a);
		return 0;
	case OBJECT_BLOB: break;
	}
	/* A tag on one blob has no path, so nothing would ever run it. */
	return 0;
}

static bool same_push(const struct push_ref *x, const struct push_ref *y)
{
	return !strcmp(x->local_oid, y->local_oid) &&
	       !strcmp(x->remote_oid, y->remote_oid);
}

static void drop_deleted_and_equal(struct push_refs *refs)
{
	size_t kept = 0;

	vec_each(const struct push_ref, it, refs) {
		bool seen = is_zero(it->local_oid);

		for (size_t i = 0; i < kept && !seen; i++)
			seen = same_push(&refs->item[i], it);
		if (!seen)
			refs->item[kept++] = *it;
	}
	refs->count = kept;
}

/* What each of the refs is to be, and whether a walk came by it. */
struct tips {
	struct peeled *item;
	bool *is_new;
	struct map by_id; /* hex → its is_new */
};

static void tips_line(void *payload, struct str line)
{
	const struct tips *tips = payload;
	bool *is_new = map_get(&tips->by_id, line);

	if (is_new)
		*is_new = true;
}

static int tips_of(struct tips *out, const struct push_refs *refs,
		   struct git *git, struct arena *a, struct err *err)
{
	out->item = arena_array(a, struct peeled, refs->count);
	out->is_new = arena_array(a, bool, refs->count);
	out->by_id = (struct map){ 0 };
	for (size_t i = 0; i < refs->count; i++) {
		struct str id;

		if (peel(&out->item[i], git, refs->item[i].local_oid, a, err) <
		    0)
			return -1;
		id = str_of(oid_hex(git, &out->item[i].oid, a));
		if (!map_get(&out->by_id, id))
			map_put(&out->by_id, a, id, &out->is_new[i]);
	}
	return 0;
}

/* One walk from all of them. */
static int mark_new(struct tips *tips, const struct push_refs *refs,
		    struct git *git, const struct push_target *target,
		    struct arena *a, struct err *err)
{
	const struct known known = known_of(target, NULL, a);
	const struct line_taker lines = { tips_line, tips, '\n' };
	const char *args[] = { "rev-list", "--ignore-missing", "--stdin",
			       "--not",	   known.args[0],      known.args[1],
			       NULL };
	struct strbuf in = STRBUF(a);
	struct str unused;

	vec_each(const struct push_ref, it, refs) {
		strbuf_printf(&in, "%s\n", it->local_oid);
		if (!is_zero(it->remote_oid))
			strbuf_printf(&in, "^%s\n", it->remote_oid);
	}
	return git_ask(&unused, git,
		       &(struct question){ .what = "cannot read the history",
					   .args = args,
					   .in = strbuf_str(&in),
					   .lines = &lines },
		       a, err);
}

int git_push_keep_new(struct push_refs *refs, struct git *git,
		      const struct push_target *target, struct arena *a,
		      struct err *err)
{
	struct tips tips;
	size_t kept = 0;

	drop_deleted_and_equal(refs);
	/* For these few it is not worth asking twice. */
	if (refs->count < 4)
		return 0;
	if (tips_of(&tips, refs, git, a, err) < 0 ||
	    mark_new(&tips, refs, git, target, a, err) < 0)
		return -1;
	for (size_t i = 0; i < refs->count; i++) {
		const struct str id =
			str_of(oid_hex(git, &tips.item[i].oid, a));
		const bool *is_new = map_get(&tips.by_id, id);

		if (tips.item[i].kind != OBJECT_COMMIT || *is_new)
			refs->item[kept++] = refs->item[i];
	}
	refs->count = kept;
	return 0;
}
