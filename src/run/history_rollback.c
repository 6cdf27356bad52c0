#include "annotation.h"
#include "history.h"
#include "same.h"

/* The way back of a migration: a file of its own (x.down.sql, down.sql), or a
 * part of the same file behind a mark. */

enum { HABIT_MAX = 5 }; /* earlier migrations that show what is usual here */

static bool has_statement(const struct source *src, const struct reading *r,
			  const struct kind *kind, enum direction way,
			  struct arena *scratch)
{
	return r->gaps.count || essence_of(src, r, kind, way, scratch).len;
}

/* Somebody has said in the file what brings the data back. */
static bool has_plan(const struct reading *r)
{
	static const struct str name = STR_INIT("@rollback-plan");

	for (size_t i = 0; i < r->comments.count; i++) {
		const struct str text = r->comments.item[i].text;
		const size_t at = str_ifind(text, name);
		struct str rest, line;

		if (at >= text.len)
			continue;
		rest = str_slice(text, at + name.len, text.len);
		if (str_starts(rest, STR(":")))
			rest = str_slice(rest, 1, rest.len);
		if (str_next_line(&rest, &line) &&
		    !plan_says_nothing(str_trim(line)))
			return true;
	}
	return false;
}

static bool is_down(const struct framework *f, const char *path)
{
	for (const char *const *g = f->down; g && *g; g++)
		if (glob_match(*g, str_of(path)))
			return true;
	return false;
}

/* x.up.sql, x_up.sql, up.sql: a name that promises another one. */
static bool is_half(const char *path)
{
	const struct str s = str_of(path);
	const struct str base =
		str_slice(s, 0, s.len - siblings_ending(path).len);
	const size_t n = base.len;

	return str_iends(base, STR("up")) &&
	       (n == 2 || str_find_byte(STR("._-/"), base.ptr[n - 3]) < 4);
}

/* What there is to undo one migration. */
struct way_back {
	const char *path; /* of the file for it; NULL: none */
	bool works;	  /* it has a statement */
	bool planned;
};

/* A file that cannot be read is spoken of elsewhere: it may well work. */
static void read_way_back(struct way_back *way, struct history *h,
			  const struct migration *m, const char *path,
			  bool backward, struct arena *scratch)
{
	struct source src = { .path = path };
	struct reading r = { .arena = scratch };
	struct kind kind = *m->kind;
	struct str bytes;

	way->path = path;
	if (!snapshot_read(&h->changes->now, scratch, path, &bytes) ||
	    decode_text(scratch, bytes, &src.text)) {
		way->works = true;
		return;
	}
	kind.backward = backward;
	h->read(&r, &src, &kind);
	way->works |=
		has_statement(&src, &r, &kind, DIRECTION_BACKWARD, scratch);
	way->planned |= has_plan(&r);
}

static struct way_back half_of(struct history *h, const struct migration *m,
			       const struct version *v, struct arena *scratch)
{
	struct way_back way = { 0 };

	vec_each(const struct sibling, s, &history_shelf(h, m)->now)
		if (version_same_unit(&s->version, v) &&
		    is_down(m->kind->framework, s->path))
			read_way_back(&way, h, m, s->path, true, scratch);
	return way;
}

static bool sibling_goes_back(struct history *h, const struct migration *m,
			      const struct sibling *s, bool half,
			      struct arena *scratch)
{
	struct way_back way = { 0 };

	if (half)
		return half_of(h, m, &s->version, scratch).works;
	read_way_back(&way, h, m, s->path, false, scratch);
	return way.works;
}

/* Do at least half of the migrations just before it have a way back? */
static bool is_usual(struct history *h, const struct migration *m,
		     const struct version *v, bool half, struct arena *scratch)
{
	const struct siblings *now = &history_shelf(h, m)->now;
	size_t seen = 0, back = 0;

	for (size_t i = now->count; i && seen < HABIT_MAX; i--) {
		const struct sibling *s = &now->item[i - 1];

		if (version_cmp(&s->version, v) >= 0 ||
		    is_down(m->kind->framework, s->path) ||
		    !snapshot_has(&h->changes->base, s->path) ||
		    is_half(s->path) != half)
			continue;
		seen++;
		back += sibling_goes_back(h, m, s, half, scratch);
	}
	return back && back * 2 >= seen;
}

static const char *last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Why it cannot be undone; NULL where it can, or nobody can say. */
static const char *why_not(struct history *h, const struct migration *m,
			   const struct version *v, bool half,
			   struct arena *scratch)
{
	const char *mark = m->kind->framework->mark_down;

	if (half) {
		const struct way_back way = half_of(h, m, v, scratch);

		if (way.works || way.planned)
			return NULL;
		return way.path ? arena_format(scratch, "%s has no statement",
					       last_name(way.path))
				: "There is no down file for it, as others "
				  "here have one";
	}
	if (!mark || has_statement(m->source, m->now, m->kind,
				   DIRECTION_BACKWARD, scratch))
		return NULL;
	return str_ifind(m->source->text, str_of(mark)) < m->source->text.len
		       ? arena_format(scratch,
				      "Its part behind \"%s\" has no "
				      "statement",
				      mark)
		       : arena_format(scratch, "It has no part behind \"%s\"",
				      mark);
}

void find_missing_rollback(struct history *h, const struct migration *m,
			   struct file_facts *facts, struct arena *scratch)
{
	static const char *const names[] = { "name", "reason", NULL };
	const struct framework *f = m->kind->framework;
	const struct version v =
		version_of(str_of(m->change->path), f->name_of_folder);
	const bool half = is_half(m->change->path) && f->down;
	const char *why;

	if ((!half && !f->mark_down) ||
	    !has_statement(m->source, m->now, m->kind, DIRECTION_FORWARD,
			   scratch) ||
	    has_plan(m->now))
		return;
	why = why_not(h, m, &v, half, scratch);
	if (!why || !is_usual(h, m, &v, half, scratch))
		return;
	const struct str values[] = { v.name, str_of(why) };

	history_add(h, facts, "missing-rollback", names, values);
}
