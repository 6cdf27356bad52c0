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

/* The text as it was before; false for a new file. */
static bool read_before(const struct settings_pass *p, const struct change *c,
			struct arena *a, struct str *out)
{
	struct str bytes;

	if (c->status != CHANGE_MODIFIED && c->status != CHANGE_RENAMED)
		return false;
	return !p->changes->read(p->changes->payload, a, c, SIDE_OLD, &bytes) &&
	       !decode_text(a, bytes, out);
}

/* A migration is judged as one, even where it is a program. */
static bool is_migration(struct settings_pass *p, const struct change *c,
			 struct str text)
{
	return kind_possible(p->kinds, c->path) &&
	       kind_of(p->kinds, c->path, text, c->named).framework;
}

static void judge_text(struct settings_pass *p, const struct change *c,
		       struct settings_kind *kind, struct source *src,
		       struct arena *a)
{
	struct reading now = { .arena = a }, before = { .arena = a };
	struct source old = { .path = c->path };
	struct str old_text;
	const bool had = read_before(p, c, a, &old_text);
	struct judge_file file = {
		.source = src,
		.now = &now,
		.commit = c->commit,
		.added = c->status == CHANGE_ADDED,
	};

	settings_read(&now, src, kind, &p->run, had ? &old_text : NULL);
	find_conflict(&now, src->text);
	if (had) {
		old.text = old_text;
		settings_read(&before, &old, kind, &p->run, NULL);
		file.old = &before;
	}
	judge_file(p->judge, catalog_new(a, DIALECT_UNKNOWN), &file, a);
}

static void judge_change(struct settings_pass *p, const struct change *c,
			 struct arena *a)
{
	struct settings_kind kind;
	struct source src = { .path = c->path };
	struct str bytes;
	const char *why;

	if (c->status == CHANGE_DELETED || c->submodule || c->symlink ||
	    !settings_kind_of(&kind, str_of(c->path)))
		return;
	why = p->changes->read(p->changes->payload, a, c, SIDE_NEW, &bytes);
	if (!why)
		why = decode_text(a, bytes, &src.text);
	if (why) {
		if (kind.role == SETTINGS_SCRIPT ||
		    kind.role == SETTINGS_KUBERNETES ||
		    kind.format == FORMAT_CODE)
			return; /* nothing says that it is one */
		judge_unread(p->judge, c->path, why, c->commit);
		return;
	}
	if (settings_kind_of_text(&kind, src.text) &&
	    !is_migration(p, c, src.text))
		judge_text(p, c, &kind, &src, a);
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
			 .policy = policy },
	};
	struct arena scratch = { 0 };

	p.run.payload = &p;
	vec_each(const struct change, c, &changes->list) {
		judge_change(&p, c, &scratch);
		arena_rewind(&scratch, (struct arena_mark){ 0 });
	}
	arena_free(&scratch);
}
