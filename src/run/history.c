#include "history.h"

#include "same.h"

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

/* Does the migration still do what it did? Where files may grow, it may do
 * more behind that. */
static bool does_the_same(struct history *h, const struct migration *m,
			  const struct source *old, struct arena *scratch)
{
	const struct framework *f = m->kind->framework;
	const bool grows = framework_grows(f, m->source->path);
	struct reading was = { .arena = scratch };

	if (f->checksums && !grows)
		return same_lines(old, m->source);
	h->read(&was, old, m->kind);
	const struct str then =
		essence_of(old, &was, m->kind, DIRECTION_FORWARD, scratch);
	const struct str now = essence_of(m->source, m->now, m->kind,
					  DIRECTION_FORWARD, scratch);

	if (!grows || now.len <= then.len)
		return str_eq(then, now);
	/* every token begins with a line end */
	return str_starts(now, then) && now.ptr[then.len] == '\n';
}

static void find_edited(struct history *h, const struct migration *m,
			const struct version *v, struct file_facts *facts,
			struct arena *scratch)
{
	static const char *const names[] = { "name", NULL };
	const struct change *c = m->change;
	const struct snapshot *released = history_released(h);
	struct source old = { .path = c->path };
	struct str now, then;

	if (!released || !snapshot_read(released, scratch, c->path, &then) ||
	    !read_new(h, c, &now, scratch) || str_eq(now, then) ||
	    (c->status == CHANGE_MODIFIED &&
	     !is_own_change(h, c->path, now, scratch)) ||
	    decode_text(scratch, then, &old.text))
		return;
	if (!does_the_same(h, m, &old, scratch))
		history_add(h, facts, "migration-edited", names, &v->name);
}

bool history_renumbers(const struct change *c, const struct framework *f)
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
	if (m->change->status == CHANGE_ADDED ||
	    history_renumbers(m->change, f))
		find_misplaced(h, m, facts, scratch);
	if (m->change->status == CHANGE_ADDED)
		find_missing_rollback(h, m, facts, scratch);
	return facts->count ? facts : NULL;
}
