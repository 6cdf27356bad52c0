#include <string.h>

#include "arena.h"
#include "changes.h"
#include "err.h"
#include "released.h"
#include "tree_view.h"

static int no_such(struct err *err, const char *revision)
{
	return err_set(err,
		       "there is no commit '%s' here (in a shallow clone: "
		       "fetch the whole history, `fetch-depth: 0`, "
		       "`GIT_DEPTH: 0`)",
		       revision);
}

static int commit_named(struct oid *out, struct git *git, struct str revision,
			struct arena *a, struct err *err)
{
	const char *name = revision.len ? str_dup(a, revision) : "HEAD";
	bool found;

	if (find_commit(out, &found, git, name, a, err) < 0)
		return -1;
	return found ? 0 : no_such(err, name);
}

static int merge_base(struct oid *out, struct git *git, const struct oid *x,
		      const struct oid *y, struct arena *a, struct err *err)
{
	const char *args[] = { "merge-base", oid_hex(git, x, a),
			       oid_hex(git, y, a), NULL };
	struct process_result r;

	if (git_try(&r, git, args, (struct str){ "", 0 }, a, err) < 0)
		return -1;
	if (!r.status && oid_from_hex(out, git, str_trim(r.out)))
		return 0;
	return err_set(err, "the two sides have no common ancestor here (in a "
			    "shallow clone: fetch the whole history, "
			    "`fetch-depth: 0`, `GIT_DEPTH: 0`)");
}

struct ends {
	struct oid left; /* what is written there; with "..." not `before` */
	struct oid before;
	struct oid after;
};

static int parse_range(struct ends *out, struct git *git, struct str range,
		       struct arena *a, struct err *err)
{
	const size_t dots = str_find(range, STR(".."));
	const struct str left = str_slice(range, 0, dots);
	struct str right = str_slice(
		range, dots == SIZE_MAX ? SIZE_MAX : dots + 2, range.len);
	const bool from_base = str_starts(right, STR("."));

	if (from_base)
		right = str_slice(right, 1, right.len);
	if (commit_named(&out->before, git, left, a, err) < 0 ||
	    commit_named(&out->after, git, right, a, err) < 0)
		return -1;
	out->left = out->before;
	return from_base ? merge_base(&out->before, git, &out->before,
				      &out->after, a, err)
			 : 0;
}

/* What a range says beyond the paths that differ. Where it begins at a branch
 * that moved on, what only that branch did is no part of the new commits. */
static int set_release(struct changes *out, struct git *git,
		       const struct ends *ends, struct history *history,
		       struct arena *a, struct err *err)
{
	struct oid released, fork;

	if (keep_independent(&history->boundary, git, a, err) < 0 ||
	    tree_of(&released, git, &ends->left, a, err) < 0)
		return -1;
	out->shared = true;
	released_by_tree(out, git, &released, a);
	if (!history->commits.count)
		out->fork = out->now;
	if (!history->boundary.count)
		return 0;
	if (tree_of(&fork, git, history->boundary.item, a, err) < 0)
		return -1;
	out->fork = view_of_tree(git, &fork, NULL, a);
	return 0;
}

int git_changes_range(struct changes *out, struct git *git, const char *range,
		      struct arena *a, struct err *err)
{
	const char *known[2] = { NULL, NULL };
	struct history history;
	struct ends ends;
	struct oid before, after;
	const char *tip;

	*out = changes_none(git);
	if (parse_range(&ends, git, str_of(range), a, err) < 0 ||
	    tree_of(&before, git, &ends.before, a, err) < 0 ||
	    tree_of(&after, git, &ends.after, a, err) < 0)
		return -1;
	tip = oid_hex(git, &ends.after, a);
	known[0] = oid_hex(git, &ends.before, a);
	if (changes_between(out, git, &before, &after, a, err) < 0)
		return -1;
	if (!out->list.count)
		return 0;
	if (history_walk(&history, git, tip, known, a, err) < 0 ||
	    set_release(out, git, &ends, &history, a, err) < 0)
		return -1;
	return changes_attribute(out, git, tip, &history.commits, a, err);
}

int git_changes_all(struct changes *out, struct git *git, struct arena *a,
		    struct err *err)
{
	struct oid tree;
	bool unborn;

	*out = changes_none(git);
	if (head_tree(&tree, &unborn, git, a, err) < 0)
		return -1;
	if (unborn)
		return 0;
	if (changes_between(out, git, NULL, &tree, a, err) < 0)
		return -1;
	out->policy = out->now;
	return 0;
}
