#include "released.h"

#include <string.h>

#include "arena.h"
#include "compiler.h"
#include "err.h"
#include "tree_view.h"

/* Branches that databases are deployed from, by custom. What is pushed to one
 * is out; what is pushed to another branch may still be its author's own. */
static const char *const trunks[] = {
	"main",	   "master",	 "trunk", "develop", "development", "staging",
	"release", "production", "prod",  "stable",  "live",
};

static const char *const trunk_folders[] = { "release/", "releases/",
					     "stable/" };

struct release {
	struct git *git;
	const char *remote;
	bool here;
	const struct push_ref *ref; /* NULL: nothing is pushed */
	bool known;		    /* `tree` is it */
	struct oid tree;
};

static bool is_trunk(const char *ref)
{
	static const struct str heads = STR_INIT("refs/heads/");
	const struct str full = str_of(ref);

	if (!str_starts(full, heads))
		return false;
	const struct str name = str_slice(full, heads.len, full.len);

	for (size_t i = 0; i < ARRAY_LEN(trunks); i++)
		if (str_eq(name, str_of(trunks[i])))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(trunk_folders); i++)
		if (str_starts(name, str_of(trunk_folders[i])))
			return true;
	return false;
}

/* The tree of a ref, without a word where there is none. */
static bool tree_of_ref(struct oid *out, struct git *git, const char *ref,
			struct arena *a)
{
	struct oid commit;
	struct err unused;
	bool found;
	git_oid id;

	if (!git->refs_by_git) {
		found = !git_reference_name_to_id(&id, git->repo, ref);
		commit = found ? oid_of(&id) : (struct oid){ { 0 } };
	} else if (find_commit(&commit, &found, git, ref, a, &unused) < 0) {
		return false;
	}
	return found && !tree_of(out, git, &commit, a, &unused);
}

/* The default branch of a remote: as it said when it was cloned, else by the
 * names that are customary. */
static bool default_of_remote(struct oid *out, struct git *git,
			      const char *remote, struct arena *a)
{
	static const char *const names[] = { "HEAD", "main", "master",
					     "trunk" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (tree_of_ref(out, git,
				arena_format(a, "refs/remotes/%s/%s", remote,
					     names[i]),
				a))
			return true;
	return false;
}

static bool default_tree(struct oid *out, const struct release *r,
			 struct arena *a)
{
	struct err unused;
	bool unborn;

	if (r->here)
		return head_tree(out, &unborn, r->git, a, &unused) == 0 &&
		       !unborn;
	return default_of_remote(out, r->git, r->remote ? r->remote : "origin",
				 a);
}

/* The ref that HEAD of this very repository names is its default branch. */
static bool is_head_here(const struct release *r)
{
	git_reference *head = NULL;
	const char *name = NULL;
	bool same;

	if (!r->here || r->git->refs_by_git ||
	    git_reference_lookup(&head, r->git->repo, "HEAD") < 0)
		return false;
	name = git_reference_symbolic_target(head);
	same = name && !strcmp(name, r->ref->remote_ref);
	git_reference_free(head);
	return same;
}

static bool old_tip(struct oid *out, const struct release *r, struct arena *a)
{
	struct err unused;
	struct oid oid;

	return oid_from_hex(&oid, r->git, str_of(r->ref->remote_oid)) &&
	       !oid_is_zero(&oid) && !tree_of(out, r->git, &oid, a, &unused);
}

/* A branch that the target does not have yet. */
static bool is_new(const struct push_ref *ref)
{
	return !ref->remote_oid[strspn(ref->remote_oid, "0")];
}

static bool find_tree(struct oid *out, const struct release *r, bool trunk,
		      struct arena *a)
{
	if (r->known) {
		*out = r->tree;
		return true;
	}
	return (trunk && old_tip(out, r, a)) || default_tree(out, r, a);
}

static bool find_release(const struct changes *c, struct arena *a,
			 struct snapshot *out)
{
	const struct release *r = c->release;
	const bool trunk =
		r->ref && (is_trunk(r->ref->remote_ref) || is_head_here(r));
	struct oid tree;

	if (find_tree(&tree, r, trunk, a)) {
		*out = view_of_tree(r->git, &tree, NULL, a);
		return true;
	}
	/* What a new branch is built on, others have. The old tip of an old
	 * one may be its author's own. */
	*out = c->base;
	return c->has_base && r->ref && (trunk || is_new(r->ref));
}

static void release_from(struct changes *c, struct release r, struct arena *a)
{
	struct release *kept = arena_new(a, struct release);

	*kept = r;
	c->release = kept;
	c->released = find_release;
}

void released_by_default(struct changes *c, struct git *git, struct arena *a)
{
	release_from(c, (struct release){ .git = git }, a);
}

void released_by_push(struct changes *c, struct git *git,
		      const struct push_target *target,
		      const struct push_ref *ref, struct arena *a)
{
	release_from(c,
		     (struct release){ .git = git,
				       .remote = target->remote,
				       .here = target->here,
				       .ref = ref },
		     a);
}

void released_by_tree(struct changes *c, struct git *git,
		      const struct oid *tree, struct arena *a)
{
	release_from(
		c, (struct release){ .git = git, .known = true, .tree = *tree },
		a);
}
