#include "history.h"
#include "strbuf.h"

/* A released migration that the change takes away. */
struct gone {
	const struct change *change;
	const char *path;
	const struct framework *framework;
	struct version version;
};

struct gones VEC(struct gone);

/* The same name elsewhere: the folder was moved. */
static bool is_moved(const struct history *h, const struct gone *g)
{
	vec_each(const struct change, c, &h->changes->list) {
		if (c->status != CHANGE_ADDED && c->status != CHANGE_RENAMED)
			continue;
		const struct version v = version_of(
			str_of(c->path), g->framework->name_of_folder);

		if (str_eq(v.name, g->version.name))
			return true;
	}
	return false;
}

/* `kinds` knows the tree as it was. */
static bool read_gone(struct gone *out, struct history *h, struct kinds *kinds,
		      const struct change *c, struct arena *scratch)
{
	const struct snapshot *released = history_released(h);
	const char *path = c->status == CHANGE_RENAMED ? c->old_path : c->path;
	struct str bytes, text;

	if (!released || c->submodule || !kind_possible(kinds, path) ||
	    !snapshot_has(released, path) ||
	    !snapshot_read(&h->changes->fork, scratch, path, &bytes) ||
	    decode_text(scratch, bytes, &text))
		return false;
	const struct kind k = kind_of(kinds, path, text, false);

	if (!k.framework || k.backward)
		return false;
	*out = (struct gone){ c, path, k.framework,
			      version_of(str_of(path),
					 k.framework->name_of_folder) };
	return out->version.number.len &&
	       (c->status == CHANGE_RENAMED ? history_renumbers(c, k.framework)
					    : !is_moved(h, out));
}

/* What stands in its place: the name under which it goes on, or what a squash
 * has made of many. */
static struct str replacement(const struct history *h, const struct gone *g,
			      size_t count)
{
	const bool by_folder = g->framework->name_of_folder;

	if (g->change->status == CHANGE_RENAMED)
		return version_of(str_of(g->change->path), by_folder).name;
	vec_each(const struct change, c, &h->changes->list) {
		const struct version v = version_of(str_of(c->path), by_folder);

		if (count > 1 && c->status == CHANGE_ADDED && v.number.len &&
		    str_eq(v.dir, g->version.dir))
			return v.name;
	}
	return (struct str){ "", 0 };
}

static void tell_gone(struct history *h, struct judge *j, const struct gone *g,
		      size_t count)
{
	static const char *const names[] = { "name", NULL };
	struct strbuf name = STRBUF(h->arena);
	const struct str instead = replacement(h, g, count);
	struct file_facts facts = { 0 };

	strbuf_add(&name, g->version.name);
	if (count > 1)
		strbuf_printf(&name, " (with %zu more", count - 1);
	if (instead.len)
		strbuf_printf(&name, "%s " STR_FMT,
			      count > 1 ? ", replaced by" : " (now",
			      STR_ARG(instead));
	if (count > 1 || instead.len)
		strbuf_byte(&name, ')');
	const struct str value = strbuf_str(&name);

	history_add(h, &facts, "migration-deleted", names, &value);
	judge_absent(j, g->path, g->change->commit, g->framework, &facts);
}

static bool goes_with(const struct gone *a, const struct gone *b)
{
	return a->framework == b->framework &&
	       a->change->status == b->change->status &&
	       a->change->status == CHANGE_DELETED &&
	       str_eq(a->version.dir, b->version.dir);
}

/* Once for each folder, by the first of it: a squash takes many. */
static void tell_all(struct history *h, struct judge *j,
		     const struct gones *all)
{
	for (size_t i = 0; i < all->count; i++) {
		size_t count = 1;
		bool told = false;

		for (size_t n = 0; n < all->count; n++) {
			const bool same =
				goes_with(&all->item[i], &all->item[n]);

			told |= same && n < i;
			count += same && n > i;
		}
		if (!told)
			tell_gone(h, j, &all->item[i], count);
	}
}

void history_gone(struct history *h, struct judge *j, struct arena *scratch)
{
	struct kinds then = *h->kinds;
	struct gones all = { 0 };

	if (!h->changes->shared)
		return;
	then.tree = &h->changes->fork;
	then.folders = (struct map){ 0 };
	vec_each(const struct change, c, &h->changes->list) {
		struct gone g;

		if ((c->status == CHANGE_DELETED ||
		     c->status == CHANGE_RENAMED) &&
		    read_gone(&g, h, &then, c, scratch))
			vec_push(&all, scratch, g);
	}
	tell_all(h, j, &all);
}
