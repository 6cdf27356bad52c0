#include "run_settings.h"

#include <stdint.h>

#include "catalog.h"
#include "conflict.h"

struct settings_pass {
	struct judge *judge;
	const struct changes *changes;
	struct kinds *kinds;
	struct settings_run run;
};

static bool is_changed(void *payload, const char *path)
{
	const struct settings_pass *p = payload;

	vec_each(const struct change, c, &p->changes->list)
		if (c->status != CHANGE_DELETED && !strcmp(c->path, path))
			return true;
	return false;
}

/* One side of the file; returns why it cannot be read, or NULL. */
static const char *read_side(const struct settings_pass *p,
			     const struct change *c, enum change_side side,
			     struct arena *a, struct source *out)
{
	struct str bytes;
	const char *why =
		p->changes->read(p->changes->payload, a, c, side, &bytes);

	*out = (struct source){ .path = c->path, .hidden = true };
	if (why)
		return why;
	out->marked = text_is_marked(bytes);
	return decode_text(a, bytes, &out->text);
}

/* Adds what one old side has to what is not new. */
static void add_before(struct settings_pass *p, const struct source *src,
		       const struct settings_kind *kind, struct reading *before)
{
	struct reading one = { .arena = before->arena };

	settings_read(&one, src, kind, &p->run, NULL);
	vec_each(const struct form, f, &one.forms)
		vec_push(&before->forms, before->arena, *f);
	vec_each(const struct comment, comment, &one.comments)
		vec_push(&before->comments, before->arena, *comment);
}

/* A migration is judged as one, even where it is a program. */
static bool is_migration(struct settings_pass *p, const struct change *c,
			 struct str text)
{
	return kind_possible(p->kinds, c->path) &&
	       kind_of(p->kinds, c->path, text, c->named).framework;
}

static void judge_text(struct settings_pass *p, const struct change *c,
		       const struct settings_kind *kind, struct source *src,
		       struct arena *a)
{
	const bool changed =
		c->status == CHANGE_MODIFIED || c->status == CHANGE_RENAMED;
	struct reading now = { .arena = a }, before = { .arena = a };
	struct source old;
	const bool had = changed && !read_side(p, c, SIDE_OLD, a, &old);
	struct judge_file file = {
		.source = src,
		.now = &now,
		.old = had || c->other_parents ? &before : NULL,
		.commit = c->commit,
		.added = c->status == CHANGE_ADDED,
	};

	settings_read(&now, src, kind, &p->run, had ? &old.text : NULL);
	find_conflict(&now, src->text);
	if (had)
		add_before(p, &old, kind, &before);
	for (unsigned i = 0; i < c->other_parents; i++)
		if (!read_side(p, c, (enum change_side)(SIDE_OTHER + i), a,
			       &old))
			add_before(p, &old, kind, &before);
	judge_file(p->judge, catalog_new(a, DIALECT_UNKNOWN), &file, a);
}

/* Files that may hold something of interest, but do not say so. */
static bool is_maybe(const struct settings_kind *kind)
{
	return kind->role == SETTINGS_SCRIPT ||
	       kind->role == SETTINGS_KUBERNETES ||
	       kind->role == SETTINGS_APP_ENGINE || kind->format == FORMAT_CODE;
}

static void judge_change(struct settings_pass *p, const struct change *c,
			 struct arena *a)
{
	struct settings_kind kind;
	struct source src;

	if (c->status == CHANGE_DELETED || c->submodule || c->symlink ||
	    !settings_kind_of(&kind, str_of(c->path)))
		return;
	const char *why = read_side(p, c, SIDE_NEW, a, &src);

	if (why) {
		if (!is_maybe(&kind) && !c->named)
			judge_unread(p->judge, c->path, why, c->commit);
		return;
	}
	if (settings_kind_of_text(&kind, src.text) &&
	    !is_migration(p, c, src.text))
		judge_text(p, c, &kind, &src, a);
}

static size_t shared_length(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

/* Paths outside of the folder that the user is in belong to a project of
 * their own: that of the folder they have in common. NULL for all others. */
static const char *root_of(const struct changes *changes, struct arena *a)
{
	const char *first = NULL;
	size_t len = 0;

	vec_each(const struct change, c, &changes->list) {
		if (*c->path != '/' && strncmp(c->path, "../", 3) != 0)
			return NULL;
		const size_t n =
			first ? shared_length(first, c->path) : strlen(c->path);

		len = first && len < n ? len : n;
		first = c->path;
	}
	while (len && first[len - 1] != '/')
		len--;
	return len > 1 ? arena_copy(a, first, len - 1) : NULL;
}

void run_settings(struct judge *j, const struct changes *changes,
		  struct kinds *kinds, const struct settings_policy *policy,
		  struct arena *a)
{
	struct settings_pass p = {
		.judge = j,
		.changes = changes,
		.kinds = kinds,
		.run = { .arena = a,
			 .now = &changes->now,
			 .is_changed = is_changed,
			 .policy = policy,
			 .root = root_of(changes, a) },
	};
	struct arena scratch = { 0 };

	p.run.payload = &p;
	vec_each(const struct change, c, &changes->list) {
		judge_change(&p, c, &scratch);
		arena_rewind(&scratch, (struct arena_mark){ 0 });
	}
	arena_free(&scratch);
}
