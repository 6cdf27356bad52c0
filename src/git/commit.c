#include "commit.h"

#include "arena.h"
#include "err.h"

enum { KNOWN_MAX = 16 };

static const struct str nothing = STR_INIT("");

static int not_an_id(struct err *err)
{
	return err_set(err, "git answers with something that is no object id");
}

static int parse_oid(struct oid *out, const struct git *git, struct str line,
		     struct err *err)
{
	return oid_from_hex(out, git, str_trim(line)) ? 0 : not_an_id(err);
}

static int rev_parse(struct oid *out, bool *found, struct git *git,
		     const char *revision, struct arena *a, struct err *err)
{
	const char *args[] = { "rev-parse", "--verify", "--quiet", revision,
			       NULL };
	struct process_result r;

	*found = false;
	if (*revision == '-')
		return 0;
	if (git_try(&r, git, args, nothing, a, err) < 0)
		return -1;
	if (r.status)
		return 0;
	*found = true;
	return parse_oid(out, git, r.out, err);
}

static int head_tree_by_git(struct oid *out, bool *unborn, struct git *git,
			    struct arena *a, struct err *err)
{
	struct oid commit;
	bool found;

	if (rev_parse(out, &found, git, "HEAD^{tree}", a, err) < 0)
		return -1;
	*unborn = !found;
	if (found)
		return 0;
	if (rev_parse(&commit, &found, git, "HEAD", a, err) < 0)
		return -1;
	return found ? err_set(err, "the tree of HEAD cannot be read") : 0;
}

static bool peel_by_lib(struct oid *out, struct git *git, const git_oid *id,
			git_object_t to)
{
	git_object *object = NULL, *peeled = NULL;
	const bool ok = git->repo &&
			git_object_lookup(&object, git->repo, id,
					  GIT_OBJECT_ANY) == 0 &&
			git_object_peel(&peeled, object, to) == 0;

	if (ok)
		*out = oid_of(git_object_id(peeled));
	git_object_free(peeled);
	git_object_free(object);
	return ok;
}

int head_tree(struct oid *out, bool *unborn, struct git *git, struct arena *a,
	      struct err *err)
{
	git_oid id;

	*unborn = false;
	if (!git->refs_by_git) {
		const int rc = git_reference_name_to_id(&id, git->repo, "HEAD");

		if (rc == GIT_ENOTFOUND &&
		    git_repository_head_unborn(git->repo) == 1) {
			*unborn = true;
			return 0;
		}
		if (!rc && peel_by_lib(out, git, &id, GIT_OBJECT_TREE))
			return 0;
	}
	if (head_tree_by_git(out, unborn, git, a, err) < 0)
		return -1;
	/* There is a ref, only nobody can read it: that is no new branch. */
	if (*unborn && !git->refs_by_git)
		return err_set(err, "HEAD cannot be read");
	return 0;
}

int tree_of(struct oid *out, struct git *git, const struct oid *oid,
	    struct arena *a, struct err *err)
{
	const git_oid id = oid_to_lib(oid);
	const char *hex = oid_hex(git, oid, a);
	bool found;

	if (peel_by_lib(out, git, &id, GIT_OBJECT_TREE))
		return 0;
	if (rev_parse(out, &found, git, arena_format(a, "%s^{tree}", hex), a,
		      err) < 0)
		return -1;
	return found ? 0 : err_set(err, "commit %.12s cannot be read", hex);
}

static bool peel_tags_by_lib(struct peeled *out, struct git *git,
			     const struct oid *oid)
{
	const git_oid id = oid_to_lib(oid);
	git_object *object = NULL, *peeled = NULL;
	git_object_t type = GIT_OBJECT_INVALID;

	if (git->repo &&
	    git_object_lookup(&object, git->repo, &id, GIT_OBJECT_ANY) == 0) {
		type = git_object_type(object);
		out->oid = *oid;
	}
	/* A tag is peeled until it is something else. */
	if (type == GIT_OBJECT_TAG &&
	    git_object_peel(&peeled, object, GIT_OBJECT_ANY) == 0) {
		type = git_object_type(peeled);
		out->oid = oid_of(git_object_id(peeled));
	}
	git_object_free(peeled);
	git_object_free(object);
	out->kind = type == GIT_OBJECT_COMMIT ? OBJECT_COMMIT
		    : type == GIT_OBJECT_TREE ? OBJECT_TREE
					      : OBJECT_BLOB;
	return type == GIT_OBJECT_COMMIT || type == GIT_OBJECT_TREE ||
	       type == GIT_OBJECT_BLOB;
}

int peel(struct peeled *out, struct git *git, const char *hex, struct arena *a,
	 struct err *err)
{
	const char *peeled = arena_format(a, "%s^{}", hex);
	const char *args[] = { "cat-file", "-t", peeled, NULL };
	struct str kind;
	struct oid oid;
	bool found;

	if (!oid_from_hex(&oid, git, str_of(hex)))
		return err_set(err, "'%s' is no object id", hex);
	if (peel_tags_by_lib(out, git, &oid))
		return 0;
	if (git_ask(&kind, git,
		    &(struct question){ .what = "cannot read what is pushed",
					.args = args },
		    a, err) < 0 ||
	    rev_parse(&out->oid, &found, git, peeled, a, err) < 0)
		return -1;
	kind = str_trim(kind);
	out->kind = str_eq(kind, STR("commit")) ? OBJECT_COMMIT
		    : str_eq(kind, STR("tree")) ? OBJECT_TREE
						: OBJECT_BLOB;
	return found ? 0 : err_set(err, "object %.12s cannot be read", hex);
}

int find_commit(struct oid *out, bool *found, struct git *git,
		const char *revision, struct arena *a, struct err *err)
{
	return rev_parse(out, found, git,
			 arena_format(a, "%s^{commit}", revision), a, err);
}

struct walk {
	struct history *out;
	const struct git *git;
	struct arena *a;
	bool nonsense; /* a line was no id */
};

static void walk_line(void *payload, struct str line)
{
	struct walk *w = payload;
	const bool known = str_starts(line, STR("-"));
	struct oid oid;

	if (!oid_from_hex(&oid, w->git, str_slice(line, known, line.len)))
		w->nonsense = true;
	else if (known)
		vec_push(&w->out->boundary, w->a, oid);
	else if (w->out->commits.count < HISTORY_KEPT_MAX)
		vec_push(&w->out->commits, w->a, oid);
}

int history_walk(struct history *out, struct git *git, const char *tip,
		 const char *const *known, struct arena *a, struct err *err)
{
	struct walk walk = { .out = out, .git = git, .a = a };
	const struct line_taker lines = { walk_line, &walk, '\n' };
	const char *args[KNOWN_MAX + 6] = { "rev-list", "--boundary",
					    "--ignore-missing", tip, "--not" };
	struct str unused;

	*out = (struct history){ .commits = { 0 } };
	for (size_t i = 0; known[i] && i < KNOWN_MAX; i++)
		args[i + 5] = known[i];
	if (git_ask(&unused, git,
		    &(struct question){ .what = "cannot read the history",
					.args = args,
					.lines = &lines },
		    a, err) < 0)
		return -1;
	return walk.nonsense ? not_an_id(err) : 0;
}

/* One call for so many at once; the rest waits for the next. */
enum { INDEPENDENT_MAX = 256 };

static int independent_of(struct oids *out, const struct oids *some,
			  struct git *git, struct arena *a, struct err *err)
{
	const char *args[INDEPENDENT_MAX + 3] = { "merge-base",
						  "--independent" };
	struct str rest, line;

	for (size_t i = 0; i < some->count; i++)
		args[i + 2] = oid_hex(git, &some->item[i], a);
	if (git_ask(&rest, git,
		    &(struct question){ .what = "cannot compare commits",
					.args = args },
		    a, err) < 0)
		return -1;
	*out = (struct oids){ 0 };
	while (str_next_line(&rest, &line)) {
		struct oid oid;

		if (parse_oid(&oid, git, line, err) < 0)
			return -1;
		vec_push(out, a, oid);
	}
	return 0;
}

int keep_independent(struct oids *commits, struct git *git, struct arena *a,
		     struct err *err)
{
	struct oids kept = { 0 };

	if (commits->count < 2)
		return 0;
	for (size_t i = 0; i < commits->count;) {
		struct oids some = kept;

		kept = (struct oids){ 0 };
		while (i < commits->count && some.count < INDEPENDENT_MAX)
			vec_push(&some, a, commits->item[i++]);
		if (independent_of(&kept, &some, git, a, err) < 0)
			return -1;
		if (kept.count == INDEPENDENT_MAX)
			break;
	}
	*commits = kept;
	return 0;
}
