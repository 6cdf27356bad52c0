#include <stdlib.h>

#include "finding_make.h"
#include "judge_private.h"
#include "strbuf.h"

struct judge *judge_new(struct arena *a, const struct rules *rules,
			const struct policy *policy, struct outcome *outcome)
{
	struct judge *j = arena_new(a, struct judge);

	*j = (struct judge){ .arena = a,
			     .matcher = matcher_new(a),
			     .memo = { .arena = a },
			     .rules = rules,
			     .policy = policy,
			     .outcome = outcome };
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *r = &rules->item[i];

		/* a rule that is off may still be lifted by level_when */
		if (r->on == ON_FILE || (policy_level(policy, r) == LEVEL_OFF &&
					 !r->level_when_count))
			continue;
		rule_index_add(&j->index, r, a);
	}
	return j;
}

void judge_free(struct judge *j)
{
	if (j)
		matcher_free(j->matcher);
}

/* What makes two forms the same: for a setting or a command also where it
 * holds, so that a script that a deploy reaches from now on is a new one. */
static struct str sameness(const struct form *f, struct arena *a)
{
	struct strbuf b = STRBUF(a);

	if (f->kind == FORM_STATEMENT)
		return f->text;
	strbuf_printf(&b, "%d %u ", (int)f->environment,
		      f->flags & (FORM_DEPLOY | FORM_DURABLE | FORM_GUARDED));
	strbuf_add(&b, f->text);
	return strbuf_str(&b);
}

/* How often each form stood in the file before the change. */
static void count_old(struct map *counts, const struct reading *old,
		      struct arena *a)
{
	for (size_t i = 0; old && i < old->forms.count; i++) {
		const struct form *f = &old->forms.item[i];
		const struct str same = sameness(f, a);
		size_t *n = map_get(counts, same);

		if (f->direction == DIRECTION_BACKWARD)
			continue;
		if (!n) {
			n = arena_new(a, size_t);
			map_put(counts, a, same, n);
		}
		(*n)++;
	}
}

static bool take_old(const struct map *counts, struct str text)
{
	size_t *n = map_get(counts, text);

	if (!n || !*n)
		return false;
	(*n)--;
	return true;
}

static bool runs_forward(const struct form *f)
{
	return f->kind == FORM_STATEMENT && f->direction == DIRECTION_FORWARD &&
	       !(f->flags & FORM_STATE_ONLY);
}

/* What the forms do that run forward. `ran`, if it is not NULL: without those
 * that have run before. */
static void read_script(struct script *s, const struct reading *r,
			const bool *ran, enum dialect d, struct arena *a)
{
	const struct forms *forms = &r->forms;
	struct effect *e;
	size_t n = 0;

	for (size_t i = 0; i < forms->count; i++)
		n += runs_forward(&forms->item[i]);
	e = arena_array(a, struct effect, n + 1);
	n = 0;
	for (size_t i = 0; i < forms->count; i++)
		if (runs_forward(&forms->item[i]) && !(ran && ran[i]))
			e[n++] = effect_of(&forms->item[i], d, a);
	*s = script_of_effects(e, n, d, a);
}

/* Which forms of a file that its framework runs bit by bit stood in it before
 * the change: those are migrations of their own, and have run. NULL: none. */
static const bool *find_ran(const struct judge_file *file, struct arena *a)
{
	const struct forms *forms = &file->now->forms;
	bool *ran = arena_array(a, bool, forms->count + 1);
	struct map old = { 0 };

	if (!file->old || !file->framework ||
	    !framework_grows(file->framework, file->source->path))
		return NULL;
	count_old(&old, file->old, a);
	for (size_t i = 0; old.count && i < forms->count; i++)
		ran[i] = forms->item[i].direction != DIRECTION_BACKWARD &&
			 take_old(&old, sameness(&forms->item[i], a));
	return ran;
}

/* What has run before the change is not made by it. */
static void replay_ran(struct work *w, const struct form *f)
{
	const struct effect e = effect_of(f, w->file->dialect, w->scratch);

	w->catalog->change--;
	catalog_apply(w->catalog, &e);
	w->catalog->change++;
}

static void count_form(struct outcome *o, const struct form *f)
{
	o->statements += f->kind == FORM_STATEMENT;
	o->settings += f->kind == FORM_SETTING;
	o->commands += f->kind == FORM_COMMAND;
}

static void judge_forms(struct work *w)
{
	static const struct effect none;
	const struct reading *r = w->file->now;
	struct map old = { 0 };
	size_t at = 0;

	count_old(&old, w->ran ? NULL : w->file->old, w->scratch);
	for (size_t i = 0; i < r->forms.count; i++) {
		const struct form *f = &r->forms.item[i];
		const bool statement = f->kind == FORM_STATEMENT;

		if (w->ran && w->ran[i]) {
			count_form(w->j->outcome, f);
			if (runs_forward(f))
				replay_ran(w, f);
			continue;
		}
		struct question q = {
			.catalog = statement ? w->catalog : NULL,
			.script = statement ? &w->script : NULL,
			.locks = statement ? &w->locks : NULL,
			.at = at,
			.form = f,
			.effect = statement ? &w->script.item[at] : &none,
			.framework = w->file->framework,
			.no_transaction = r->no_transaction,
		};

		count_form(w->j->outcome, f);
		if (f->direction == DIRECTION_BACKWARD ||
		    f->flags & FORM_STATE_ONLY)
			continue;
		if (!old.count || !take_old(&old, sameness(f, w->scratch))) {
			judge_form(w, &q);
			if (statement) {
				judge_consequences(w, f, q.effect);
				judge_contract(w, f, at);
			}
		}
		if (!statement)
			continue;
		lock_history_add(&w->locks, &q);
		catalog_apply(w->catalog, &w->script.item[at++]);
	}
}

void judge_file(struct judge *j, struct catalog *c,
		const struct judge_file *file, struct arena *scratch)
{
	struct work w = {
		.j = j,
		.file = file,
		.catalog = c,
		.scratch = scratch,
		.upper = STRBUF(scratch),
		.first = j->outcome->findings.count,
	};

	j->outcome->files++;
	w.ran = find_ran(file, scratch);
	read_script(&w.script, file->now, w.ran, file->dialect, scratch);
	judge_forms(&w);
	judge_whole_file(&w);
	judge_overrides(&w);
}

void judge_absent(struct judge *j, const char *path, const char *commit,
		  const struct framework *framework,
		  const struct file_facts *facts)
{
	static const struct reading nothing;
	struct source source = { .path = path, .text = { "", 0 } };
	const struct judge_file file = { .source = &source,
					 .now = &nothing,
					 .framework = framework,
					 .commit = commit,
					 .facts = facts };
	struct annotation_groups groups = { 0 };
	struct work w = {
		.j = j,
		.file = &file,
		.scratch = j->arena,
		.first = j->outcome->findings.count,
	};

	judge_facts(&w);
	judge_settle(&w, &groups, w.first);
}

/* One finding about a path. */
static void judge_path(struct judge *j, const char *rule, const char *path,
		       const char *const *names, const char *const *values,
		       const char *commit)
{
	struct file_fact fact = { rule, names, values };
	const struct file_facts facts = { &fact, 1, 1 };

	judge_absent(j, path, commit, NULL, &facts);
}

void judge_removed(struct judge *j, const char *path, const char *commit)
{
	static const char *const names[] = { "name", NULL };
	const char *const values[] = { str_dup(j->arena, str_of(path)) };

	judge_path(j, "api-removed", path, names, values, commit);
}

void judge_replay(struct catalog *c, const struct judge_file *file,
		  struct arena *scratch)
{
	struct script s;

	read_script(&s, file->now, NULL, file->dialect, scratch);
	for (size_t i = 0; i < s.count; i++)
		catalog_apply(c, &s.item[i]);
}

void judge_unread(struct judge *j, const char *path, const char *reason,
		  const char *commit)
{
	static const char *const names[] = { "reason", NULL };
	/* The reason may name an object, and lie in a scratch arena. */
	const char *const values[] = { str_dup(j->arena, str_of(reason)) };

	judge_path(j, "unread-file", path, names, values, commit);
	vec_push(&j->outcome->unread, j->arena,
		 (struct unread_file){ str_dup(j->arena, str_of(path)),
				       values[0] });
}

void judge_finish(struct judge *j)
{
	struct findings *all = &j->outcome->findings;
	size_t kept = 0;

	if (all->count)
		qsort(all->item, all->count, sizeof(*all->item), finding_cmp);
	for (size_t i = 0; i < all->count; i++)
		if (!kept || finding_cmp(&all->item[kept - 1], &all->item[i]))
			all->item[kept++] = all->item[i];
		else if (all->item[i].status > all->item[kept - 1].status)
			all->item[kept - 1] =
				all->item[i]; /* never the milder */
	all->count = kept;
	for (size_t i = 0; i < kept; i++)
		j->outcome->blocked |= all->item[i].status == STATUS_BLOCKED;
}
