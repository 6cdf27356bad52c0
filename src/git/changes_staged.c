#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "changes.h"
#include "err.h"
#include "released.h"
#include "tree_view.h"

extern char **environ;

/* The commits that are being merged, one id per line. */
static int merge_heads(struct oids *out, struct git *git, struct arena *a,
		       struct err *err)
{
	const char *name = arena_format(a, "%sMERGE_HEAD", git->dir);
	char text[16 * 1024];
	struct str rest = { text, 0 }, line;
	struct oid oid;
	ssize_t n;
	const int fd = open(name, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return 0;
	while (rest.len < sizeof(text) &&
	       (n = read(fd, text + rest.len, sizeof(text) - rest.len)) > 0)
		rest.len += (size_t)n;
	close(fd);
	while (str_next_line(&rest, &line)) {
		if (!oid_from_hex(&oid, git, str_trim(line)))
			return err_set(err, "MERGE_HEAD cannot be read");
		vec_push(out, a, oid);
	}
	return 0;
}

/* git merge sets GITHEAD_<id>=<name> for each. */
static void heads_of_environment(struct oids *out, const struct git *git,
				 struct arena *a)
{
	static const struct str prefix = STR_INIT("GITHEAD_");

	for (char **e = environ; *e; e++) {
		const struct str s = str_of(*e);
		struct oid oid;

		if (str_starts(s, prefix) &&
		    oid_from_hex(&oid, git,
				 str_slice(s, prefix.len,
					   str_find_byte(s, '='))))
			vec_push(out, a, oid);
	}
}

static int keep_own(struct deltas *d, struct git *git, const struct oids *heads,
		    struct arena *a, struct err *err)
{
	vec_each(const struct oid, head, heads) {
		struct deltas against;
		struct oid tree;

		if (tree_of(&tree, git, head, a, err) < 0 ||
		    deltas_of_index(&against, git, &tree, a, err) < 0)
			return -1;
		deltas_keep_common(d, &against, a);
	}
	return 0;
}

static int staged(struct changes *out, struct git *git,
		  const struct oids *heads, struct arena *a, struct err *err)
{
	struct deltas *all = arena_new(a, struct deltas);
	struct deltas *own = all;
	struct oid tree;
	bool unborn;

	*out = changes_none(git);
	if (head_tree(&tree, &unborn, git, a, err) < 0 ||
	    deltas_of_index(all, git, unborn ? NULL : &tree, a, err) < 0)
		return -1;
	if (heads->count) {
		own = arena_new(a, struct deltas);
		vec_each(const struct delta, it, all)
			vec_push(own, a, *it);
		if (keep_own(own, git, heads, a, err) < 0)
			return -1;
	}
	deltas_to_changes(&out->list, git, own, a);
	out->now = view_of_tree(git, unborn ? NULL : &tree, all, a);
	out->has_base = !unborn;
	if (!unborn)
		out->base = view_of_tree(git, &tree, NULL, a);
	out->policy = out->now;
	released_by_default(out, git, a);
	return 0;
}

int git_changes_staged(struct changes *out, struct git *git, struct arena *a,
		       struct err *err)
{
	struct oids heads = { 0 };

	if (merge_heads(&heads, git, a, err) < 0)
		return -1;
	return staged(out, git, &heads, a, err);
}

int git_changes_merging(struct changes *out, struct git *git, struct arena *a,
			struct err *err)
{
	struct oids heads = { 0 };

	heads_of_environment(&heads, git, a);
	return staged(out, git, &heads, a, err);
}
