#include "models.h"

#include "catalog.h"
#include "change.h"
#include "choices.h"
#include "framework.h"
#include "judge.h"

static bool is_test(struct str path)
{
	static const char *const globs[] = {
		"**/{test,tests,spec,specs,__tests__}/**",
		"**/*{_test,_spec,.test,.spec}.*",
	};

	for (size_t i = 0; i < ARRAY_LEN(globs); i++)
		if (glob_match(globs[i], path))
			return true;
	return false;
}

/* The path at which the change took a file of a numbered API away. */
static const char *removed_from_api(const struct change *c)
{
	const char *path = c->status == CHANGE_DELETED	 ? c->path
			   : c->status == CHANGE_RENAMED ? c->old_path
							 : NULL;

	if (!path || str_find(str_of(path), STR("api/v")) == SIZE_MAX ||
	    !glob_match("**/api/v[0-9]*/**", str_of(path)) ||
	    is_test(str_of(path)))
		return NULL;
	return path;
}

static bool read_side(struct reading *out, struct source *src,
		      const struct changes *changes, const struct change *c,
		      enum change_side side, struct arena *a)
{
	struct str bytes;

	*src = (struct source){ .path = c->path };
	*out = (struct reading){ .arena = a };
	if (changes->read(changes->payload, a, c, side, &bytes) ||
	    decode_text(a, bytes, &src->text))
		return false;
	read_choices(out, src);
	return true;
}

static void judge_model(struct judge *j, const struct changes *changes,
			const struct change *c, struct arena *a)
{
	struct source source, old_source;
	struct reading now, old;
	const struct judge_file file = {
		.source = &source, .now = &now, .old = &old, .commit = c->commit
	};

	if (read_side(&old, &old_source, changes, c, SIDE_OLD, a) &&
	    old.choices.count &&
	    read_side(&now, &source, changes, c, SIDE_NEW, a))
		judge_file(j, catalog_new(a, DIALECT_UNKNOWN), &file, a);
}

void judge_models(struct judge *j, const struct changes *changes,
		  struct arena *a)
{
	struct arena scratch = { 0 };

	for (size_t i = 0; i < changes->list.count; i++) {
		const struct change *c = &changes->list.item[i];
		const char *removed = removed_from_api(c);

		if (removed)
			judge_removed(j, str_dup(a, str_of(removed)),
				      c->commit);
		if (c->status != CHANGE_MODIFIED || c->symlink ||
		    c->submodule || !choices_possible(c->path))
			continue;
		judge_model(j, changes, c, &scratch);
		arena_rewind(&scratch, (struct arena_mark){ 0 });
	}
	arena_free(&scratch);
}
