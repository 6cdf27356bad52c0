#include "history.h"

#include "same.h"
#include "strbuf.h"

enum { CAPTURES_MAX = 3 };

void history_add(struct history *h, struct file_facts *facts, const char *rule,
		 const char *const *names, const struct str *values)
{
	const char **kept =
		arena_array(h->arena, const char *, CAPTURES_MAX + 1);

	for (size_t i = 0; names[i]; i++)
		kept[i] = str_dup(h->arena, values[i]);
	vec_push(facts, h->arena, (struct file_fact){ rule, names, kept });
}

const struct snapshot *history_released(struct history *h)
{
	const struct changes *c = h->changes;

	if (!h->asked)
		h->known =
			c->released && c->released(c, h->arena, &h->released);
	h->asked = true;
	return h->known ? &h->released : NULL;
}

/* Where new migrations go behind: what is released, else, for a commit that
 * nobody else has seen, what is there. */
static const struct snapshot *older(struct history *h)
{
	const struct snapshot *released = history_released(h);

	return released		    ? released
	       : h->changes->shared ? NULL
				    : &h->changes->base;
}

const struct shelf *history_shelf(struct history *h, const struct migration *m)
{
	const bool by_folder = m->kind->framework->name_of_folder;
	const char *path = m->change->path;
	const struct str dir = version_of(str_of(path), by_folder).dir;
	const struct str end = siblings_ending(path);
	struct shelf *s = &h->shelf;

	if (s->listed && str_eq(s->dir, dir) && str_eq(s->end, end) &&
	    s->by_folder == by_folder)
		return s;
	*s = (struct shelf){
		.dir = dir, .end = end, .by_folder = by_folder, .listed = true
	};
	siblings_list(&s->now, &h->changes->now, path, by_folder, h->arena);
	siblings_list(&s->before, older(h), path, by_folder, h->arena);
	return s;
}

bool history_same(struct history *h, const struct migration *m,
		  const struct snapshot *tree, const char *path,
		  struct arena *scratch)
{
	struct str bytes, text;

	if (!kind_possible(h->kinds, path) ||
	    !snapshot_read(tree, scratch, path, &bytes) ||
	    decode_text(scratch, bytes, &text))
		return false;
	const struct kind k = kind_of(h->kinds, path, text, false);

	return k.framework == m->kind->framework && !k.backward &&
	       k.dialect == m->kind->dialect;
}

/* What a commit of the change has really done to the path, whatever the tip
 * of the base has done to it since. */
static bool is_own_change(const struct history *h, const char *path,
			  struct str now, struct arena *scratch)
{
	struct str then;

	return snapshot_read(&h->changes->fork, scratch, path, &then) &&
	       !str_eq(then, now);
}

static bool read_new(const struct history *h, const struct change *c,
		     struct str *out, struct arena *scratch)
{
	return !h->changes->read(h->changes->payload, scratch, c, SIDE_NEW,
				 out);
}

static void find_edited(struct history *h, const struct migration *m,
			const struct version *v, struct file_facts *facts,
			struct arena *scratch)
{
	static const char *const names[] = { "name", NULL };
	const struct change *c = m->change;
	const struct snapshot *released = history_released(h);
	struct source old = { .path = c->path };
	struct reading was = { .arena = scratch };
	struct str now, then;

	if (!released || !snapshot_read(released, scratch, c->path, &then) ||
	    !read_new(h, c, &now, scratch) || str_eq(now, then) ||
	    (c->status == CHANGE_MODIFIED &&
	     !is_own_change(h, c->path, now, scratch)) ||
	    decode_text(scratch, then, &old.text))
		return;
	h->read(&was, &old, m->kind);
	if (m->kind->framework->checksums
		    ? !same_lines(&old, m->source)
		    : !same_statements(&old, &was, m->source, m->now, m->kind,
				       scratch))
		history_add(h, facts, "migration-edited", names, &v->name);
}

/* Under a name that makes a runner take it for another migration. */
static bool is_renumbered(const struct change *c, const struct framework *f)
{
	if (c->status != CHANGE_RENAMED)
		return false;
	const struct version old =
		version_of(str_of(c->old_path), f->name_of_folder);
	const struct version now =
		version_of(str_of(c->path), f->name_of_folder);

	return str_eq(old.dir, now.dir) && !str_eq(old.name, now.name) &&
	       (!f->unique_versions || version_cmp(&old, &now) != 0);
}

const struct file_facts *history_facts(struct history *h,
				       const struct migration *m,
				       struct arena *scratch)
{
	struct file_facts *facts;
	const struct framework *f = m->kind->framework;
	const struct version v =
		version_of(str_of(m->change->path), f->name_of_folder);

	if (!h->changes->has_base || m->kind->backward || !v.number.len)
		return NULL;
	facts = arena_new(h->arena, struct file_facts);
	if (h->changes->shared && m->change->status != CHANGE_RENAMED)
		find_edited(h, m, &v, facts, scratch);
	if (m->change->status == CHANGE_ADDED || is_renumbered(m->change, f))
		find_misplaced(h, m, facts, scratch);
	if (m->change->status == CHANGE_ADDED)
		find_missing_rollback(h, m, facts, scratch);
	return facts->count ? facts : NULL;
}

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
	       (c->status == CHANGE_RENAMED ? is_renumbered(c, k.framework)
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
	then.claims = then.there = then.dialects = (struct map){ 0 };
	vec_each(const struct change, c, &h->changes->list) {
		struct gone g;

		if ((c->status == CHANGE_DELETED ||
		     c->status == CHANGE_RENAMED) &&
		    read_gone(&g, h, &then, c, scratch))
			vec_push(&all, scratch, g);
	}
	tell_all(h, j, &all);
}
