#include "changes.h"

#include "arena.h"
#include "blob.h"
#include "map.h"
#include "strbuf.h"
#include "tree_view.h"

static const struct delta *delta_against(const struct delta *d,
					 enum change_side side)
{
	for (int i = SIDE_OTHER; d && i <= (int)side; i++)
		d = d->next_parent;
	return d;
}

const char *changes_read(void *payload, struct arena *a, const struct change *c,
			 enum change_side side, struct str *out)
{
	struct git *git = payload;
	const struct delta *d = delta_against(c->payload, side);
	const bool new_side = side == SIDE_NEW;
	const unsigned mode = !d ? 0 : new_side ? d->new_mode : d->old_mode;

	*out = (struct str){ "", 0 };
	if (mode_is_submodule(mode))
		return new_side ? "it is a submodule" : NULL;
	/* What a link pointed to was not the content of this path. */
	if (!mode || (!new_side && !mode_is_file(mode)))
		return NULL;
	return blob_read(git, a, new_side ? d->new_oid : d->old_oid, out);
}

struct changes changes_none(struct git *git)
{
	return (struct changes){ .payload = git,
				 .read = changes_read,
				 .now = view_of_nothing(),
				 .base = view_of_nothing(),
				 .policy = view_of_nothing(),
				 .fork = view_of_nothing() };
}

int changes_between(struct changes *out, struct git *git,
		    const struct oid *before, const struct oid *after,
		    struct arena *a, struct err *err)
{
	struct deltas deltas;

	*out = changes_none(git);
	if (deltas_of_trees(&deltas, git, before, after, a, err) < 0)
		return -1;
	deltas_to_changes(&out->list, git, &deltas, a);
	if (after)
		out->now = view_of_tree(git, after, NULL, a);
	if (before)
		out->base = view_of_tree(git, before, NULL, a);
	out->has_base = before != NULL;
	out->policy = out->base;
	return 0;
}

/* `said` is, for each commit, its id and the paths it touches (those that
 * differ from all parents, of a merge), each ended by NUL. */
static void assign(struct map *waiting, struct git *git, struct str said,
		   const struct oids *commits, struct arena *a)
{
	const char *commit = NULL;
	size_t next = 0;
	size_t end;

	while ((end = str_find_byte(said, '\0')) != SIZE_MAX) {
		const struct str field = str_slice(said, 0, end);
		struct change *c;
		struct oid oid;

		said = str_slice(said, end + 1, said.len);
		if (next < commits->count && oid_from_hex(&oid, git, field) &&
		    oid_eq(&oid, &commits->item[next])) {
			commit = oid_hex(git, &oid, a);
			next++;
			continue;
		}
		c = map_get(waiting, field);
		if (!c)
			continue;
		c->commit = commit;
		map_remove(waiting, field);
	}
}

int changes_attribute(struct changes *c, struct git *git, const char *tip,
		      const struct oids *commits, struct arena *a,
		      struct err *err)
{
	static const char *const args[] = {
		"diff-tree", "--stdin",	    "--always", "-r",		"-c",
		"--root",    "--name-only", "-z",	"--no-renames", NULL
	};
	struct strbuf in = STRBUF(a);
	struct map waiting = { 0 };
	struct str said;

	vec_each(struct change, it, &c->list)
		it->commit = tip;
	if (commits->count < 2 || !c->list.count)
		return 0;
	vec_each(struct change, it, &c->list)
		map_put(&waiting, a, str_of(it->path), it);
	for (size_t i = 0; i < commits->count; i++)
		strbuf_printf(&in, "%s\n", oid_hex(git, &commits->item[i], a));
	if (git_ask(&said, git,
		    &(struct question){ .what = "cannot read the history",
					.args = args,
					.in = strbuf_str(&in) },
		    a, err) < 0)
		return -1;
	assign(&waiting, git, said, commits, a);
	return 0;
}
