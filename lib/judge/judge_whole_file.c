#include "choice_change.h"
#include "finding_make.h"
#include "judge_private.h"

static const struct span whole_file = { 0, 0 };

/* The part of the path that the framework's names are about. */
static struct str migration_name(const struct judge_file *file)
{
	struct str path = str_of(file->source->path);
	size_t slash = path.len;

	while (slash && path.ptr[slash - 1] != '/')
		slash--;
	if (!file->framework || !file->framework->name_of_folder || !slash)
		return str_slice(path, slash, path.len);
	path = str_slice(path, 0, slash - 1);
	slash = path.len;
	while (slash && path.ptr[slash - 1] != '/')
		slash--;
	return str_slice(path, slash, path.len);
}

static void check_name(struct work *w)
{
	static const char *const names[] = { "name", "expected", NULL };
	const struct framework *fw = w->file->framework;
	const struct str name = migration_name(w->file);

	if (!fw || !fw->name_regex || !w->file->added ||
	    matcher_match(w->j->matcher, fw->name_regex, name, w->scratch,
			  NULL))
		return;
	const char *const values[] = { str_dup(w->j->arena, name),
				       fw->name_help };

	work_add_fact(w, "migration-name", whole_file, names, values);
}

void judge_facts(struct work *w)
{
	if (!w->file->facts)
		return;
	vec_each(const struct file_fact, f, w->file->facts)
		work_add_fact(w, f->rule, whole_file, f->names, f->values);
}

static bool has_forward(const struct reading *r)
{
	for (size_t i = 0; i < r->forms.count; i++)
		if (r->forms.item[i].direction == DIRECTION_FORWARD)
			return true;
	return false;
}

/* What a program does may stand elsewhere: in the class that it extends. */
static bool is_program(const struct judge_file *f)
{
	return !str_iends(str_of(f->source->path), STR(".sql"));
}

static void check_empty(struct work *w)
{
	static const char *const names[] = { "name", NULL };
	const struct judge_file *f = w->file;

	if (!f->framework || !f->framework->runs_empty || f->backward ||
	    is_program(f) || f->now->gaps.count || has_forward(f->now) ||
	    (f->old && !has_forward(f->old)))
		return;
	const char *const values[] = { str_dup(w->j->arena,
					       migration_name(f)) };

	work_add_fact(w, "migration-empty", whole_file, names, values);
}

static void check_way_back(struct work *w)
{
	static const char *const names[] = { "name", "reason", NULL };
	const struct judge_file *f = w->file;

	if (!f->now->no_way_back || !f->added || f->backward)
		return;
	const char *const values[] = { str_dup(w->j->arena, migration_name(f)),
				       str_dup(w->j->arena,
					       str_of(f->now->no_way_back)) };

	work_add_fact(w, "missing-rollback", f->now->no_way_back_at, names,
		      values);
}

static void check_choices(struct work *w)
{
	static const char *const names[] = { "value", "name", "change", NULL };
	struct choice_changes changes = { 0 };
	struct arena *a = w->j->arena;

	if (w->file->old)
		choices_compare(&changes, w->file->old, w->file->now, a);
	for (size_t i = 0; i < changes.count; i++) {
		const struct choice *old = changes.item[i].old;
		const char *const values[] = { str_dup(a, old->value),
					       str_dup(a, old->of),
					       changes.item[i].change };

		struct finding *f =
			work_add_fact(w, "enum-value-changed",
				      changes.item[i].span, names, values);

		/* Several values may have gone from one place. */
		if (f) {
			f->form = str_of(arena_format(a, "%s = %s", values[1],
						      values[0]));
			finding_fingerprint(f);
		}
	}
}

static void check_gaps(struct work *w)
{
	static const char *const names[] = { "reason", NULL };
	const struct gaps *gaps = &w->file->now->gaps;

	for (size_t i = 0; i < gaps->count; i++) {
		const char *const values[] = { gaps->item[i].reason };

		work_add_fact(w, "unread-file", gaps->item[i].span, names,
			      values);
	}
	if (gaps->count)
		vec_push(&w->j->outcome->unread, w->j->arena,
			 (struct unread_file){
				 work_source(w)->path,
				 str_dup(w->j->arena,
					 str_of(gaps->item[0].reason)) });
}

void judge_whole_file(struct work *w)
{
	if (w->file->migration) {
		check_name(w);
		check_empty(w);
		check_way_back(w);
	}
	check_choices(w);
	check_gaps(w);
	judge_facts(w);
}
