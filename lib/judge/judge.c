#include "judge.h"

#include <stdint.h>
#include <stdlib.h>

#include "annotation.h"
#include "choice_change.h"
#include "finding_make.h"
#include "question.h"
#include "strbuf.h"

enum { LETTERS = 27 };

/* One regex of one rule. */
struct attempt {
	const struct rule *rule;
	const struct rule_pattern *pattern;
	struct str tail; /* of the pattern */
};

/* The regexes whose forms all begin with the same words. */
struct lead {
	struct str head;
	struct attempt_list VEC(struct attempt) attempts;
};

struct leads VEC(struct lead);

struct judge {
	struct arena *arena;
	struct matcher *matcher;
	const struct rules *rules;
	const struct policy *policy;
	struct outcome *outcome;
	struct map whys; /* texts of findings */
	struct leads by_letter[FORM_COMMAND + 1][LETTERS];
};

/* The work on one file. */
struct work {
	struct judge *j;
	const struct judge_file *file;
	struct catalog *catalog;
	struct arena *scratch;
	struct source *kept; /* the source in the arena of the run */
	struct script script;
	size_t first; /* of the outcome's findings that is this file's */
	struct spans VEC(struct span) wholes; /* of each finding, beside it */
};

/* A rule that matched a form, before `replaces` is settled. */
struct hit {
	const struct rule *rule;
	struct groups groups;
	bool replaced;
};

struct hits VEC(struct hit);

static unsigned letter_of(struct str s)
{
	const char c = s.len ? upper(s.ptr[0]) : '\0';

	return c >= 'A' && c <= 'Z' ? (unsigned)(c - 'A') : LETTERS - 1;
}

static void add_attempt(struct leads *leads, struct str head,
			struct attempt one, struct arena *a)
{
	struct lead *l = NULL;

	vec_each(struct lead, known, leads)
		if (str_eq(known->head, head))
			l = known;
	if (!l) {
		vec_push(leads, a, (struct lead){ .head = head });
		l = vec_last(leads);
	}
	vec_push(&l->attempts, a, one);
}

/* A pattern without a head may match any form: it goes into every bucket. */
static void index_pattern(struct judge *j, const struct rule *r,
			  const struct rule_pattern *p)
{
	const struct str head = str_of(p->head);
	const struct attempt one = { r, p, str_of(p->tail) };
	const bool any = !head.len || head.ptr[0] == ' ';

	for (unsigned i = 0; i < LETTERS; i++)
		if (any || i == letter_of(head))
			add_attempt(&j->by_letter[r->on][i], head, one,
				    j->arena);
}

struct judge *judge_new(struct arena *a, const struct rules *rules,
			const struct policy *policy, struct outcome *outcome)
{
	struct judge *j = arena_new(a, struct judge);

	*j = (struct judge){ .arena = a,
			     .matcher = matcher_new(a),
			     .rules = rules,
			     .policy = policy,
			     .outcome = outcome };
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *r = &rules->item[i];

		/* a rule that is off may still be lifted by level_when */
		if (r->on == ON_FILE || (policy_level(policy, r) == LEVEL_OFF &&
					 !r->level_when_count))
			continue;
		for (size_t n = 0; n < r->match_count; n++)
			index_pattern(j, r, &r->match[n]);
	}
	return j;
}

void judge_free(struct judge *j)
{
	if (j)
		matcher_free(j->matcher);
}

/* The file's source, where findings can keep it. */
static struct source *keep_source(struct work *w)
{
	if (!w->kept) {
		struct arena *a = w->j->arena;

		w->kept = arena_new(a, struct source);
		w->kept->path = str_dup(a, str_of(w->file->source->path));
		w->kept->text = str_copy(a, w->file->source->text);
	}
	return w->kept;
}

static struct finding *add_finding(struct work *w, const struct rule *rule,
				   enum level level, struct span span,
				   struct span whole, struct str form)
{
	struct finding f = {
		.rule = rule,
		.level = level,
		.source = keep_source(w),
		.span = span,
		.form = str_copy(w->j->arena, form),
		.commit = w->file->commit,
	};

	vec_push(&w->j->outcome->findings, w->j->arena, f);
	vec_push(&w->wholes, w->scratch, whole);
	return vec_last(&w->j->outcome->findings);
}

/* The folded capture of that name; empty where the regex has none. */
static struct str capture_of(const struct groups *groups, const char *name,
			     enum dialect d, struct arena *a)
{
	for (size_t i = 0; i < groups->count; i++)
		if (*groups->item[i].name == *name &&
		    !strcmp(groups->item[i].name, name))
			return plain_fold(groups->item[i].value, d, a);
	return (struct str){ "", 0 };
}

static struct str any_capture(const struct groups *groups,
			      const char *const *names, enum dialect d,
			      struct arena *a)
{
	struct str value = { "", 0 };

	for (; *names && !value.len; names++)
		value = capture_of(groups, *names, d, a);
	return value;
}

static void take_captures(struct question *q, const struct groups *g,
			  enum dialect d, struct arena *a)
{
	static const char *const tables[] = { "table", "view", NULL };
	static const char *const names[] = { "name",	 "index",    "view",
					     "sequence", "function", "trigger",
					     "schema",	 "domain",   NULL };

	q->table = any_capture(g, tables, d, a);
	q->column = plain_last_part(capture_of(g, "column", d, a));
	q->name = any_capture(g, names, d, a);
	q->new_name = capture_of(g, "new", d, a);
	q->type = capture_of(g, "type", d, a);
	q->constraint = plain_last_part(capture_of(g, "constraint", d, a));
}

static bool any_holds(const enum predicate *p, size_t count,
		      const struct question *q)
{
	for (size_t i = 0; i < count; i++)
		if (predicate_holds(p[i], q))
			return true;
	return false;
}

static bool all_hold(const enum predicate *p, size_t count,
		     const struct question *q)
{
	for (size_t i = 0; i < count; i++)
		if (!predicate_holds(p[i], q))
			return false;
	return true;
}

static enum level level_of(const struct judge *j, const struct rule *r,
			   const struct question *q)
{
	const enum level level = policy_level(j->policy, r);

	for (size_t i = 0; i < j->policy->levels.count; i++)
		if (!strcmp(j->policy->levels.item[i].id, r->id))
			return level;
	for (size_t i = 0; i < r->level_when_count; i++)
		if (predicate_holds(r->level_when[i].predicate, q))
			return r->level_when[i].level == LEVEL_OFF &&
					       j->policy->strict
				       ? LEVEL_CAUTION
				       : r->level_when[i].level;
	return level;
}

static bool speaks_dialect(const struct rule *r, enum dialect d)
{
	return !r->dialects || (r->dialects & 1u << d);
}

static bool already_hit(const struct hits *hits, const struct rule *r)
{
	for (size_t i = 0; i < hits->count; i++)
		if (hits->item[i].rule == r)
			return true;
	return false;
}

/* Tries one regex; on success the question has its captures. */
static bool attempt_matches(struct work *w, const struct attempt *t,
			    struct question *q, struct groups *groups)
{
	const struct str text = q->form->text;
	const struct rule *r = t->rule;

	if (!speaks_dialect(r, w->file->dialect) ||
	    !matcher_match(w->j->matcher, t->pattern->regex, text, w->scratch,
			   groups))
		return false;
	if (r->except &&
	    matcher_match(w->j->matcher, r->except, text, w->scratch, NULL))
		return false;
	take_captures(q, groups, w->file->dialect, w->scratch);
	return all_hold(r->when, r->when_count, q) &&
	       !any_holds(r->unless, r->unless_count, q);
}

static void settle_replaced(struct hits *hits)
{
	for (size_t i = 0; i < hits->count; i++)
		for (size_t n = 0; n < hits->item[i].rule->replaces_count; n++)
			for (size_t k = 0; k < hits->count; k++)
				hits->item[k].replaced |= !strcmp(
					hits->item[k].rule->id,
					hits->item[i].rule->replaces[n]);
}

static void report_hit(struct work *w, const struct hit *hit,
		       struct question *q)
{
	struct arena *a = w->j->arena;

	take_captures(q, &hit->groups, w->file->dialect, w->scratch);
	const enum level level = level_of(w->j, hit->rule, q);

	if (level == LEVEL_OFF)
		return;
	struct finding *f = add_finding(w, hit->rule, level, q->form->span,
					q->form->whole, q->form->text);

	finding_captures(&f->captures, &hit->groups, a);
	finding_texts(f, q, &w->j->whys, a);
	finding_fingerprint(f);
}

/* The rules whose forms begin as this one does. */
static void try_lead(struct work *w, struct question *q, const struct lead *l,
		     struct hits *hits)
{
	const struct str text = q->form->text;
	const struct str rest = str_slice(text, l->head.len, text.len);
	const struct str behind =
		str_slice(rest, plain_name_len(rest), rest.len);

	vec_each(struct attempt, t, &l->attempts) {
		struct groups groups = { 0 };

		if (str_istarts(behind, t->tail) &&
		    !already_hit(hits, t->rule) &&
		    attempt_matches(w, t, q, &groups))
			vec_push(hits, w->scratch,
				 (struct hit){ t->rule, groups, false });
	}
}

/* A finding of an `on: file` rule. `names` and `values` are its captures. */
static void file_finding(struct work *w, const char *id, struct span span,
			 const char *const *names, const char *const *values)
{
	static const struct form no_form;
	static const struct effect no_effect;
	const struct rule *r = rule_named(w->j->rules, str_of(id));
	const struct question q = { .form = &no_form,
				    .effect = &no_effect,
				    .framework = w->file->framework };
	struct arena *a = w->j->arena;

	if (!r)
		return;
	const enum level level = level_of(w->j, r, &q);

	if (level == LEVEL_OFF)
		return;
	struct finding *f =
		add_finding(w, r, level, span, span, (struct str){ "", 0 });

	for (; names && *names; names++, values++)
		vec_push(&f->captures, a,
			 (struct capture){ *names,
					   str_copy(a, str_of(*values)) });
	finding_texts(f, &q, &w->j->whys, a);
	finding_fingerprint(f);
}

/* A rule that could not be tried is no rule that found nothing. */
static void check_limits(struct work *w, const struct form *f)
{
	static const char reason[] = "a statement is too long for the rules";
	static const char *const names[] = { "reason", NULL };
	const char *const values[] = { reason };

	if (!matcher_gave_up(w->j->matcher))
		return;
	file_finding(w, "unread-file", f->span, names, values);
	vec_push(&w->j->outcome->unread, w->j->arena,
		 (struct unread_file){ keep_source(w)->path, reason });
}

/* All rules on one form. */
static void judge_form(struct work *w, struct question *q)
{
	const struct leads *leads =
		&w->j->by_letter[q->form->kind][letter_of(q->form->text)];
	struct hits hits = { 0 };

	vec_each(struct lead, l, leads)
		if (str_istarts(q->form->text, l->head))
			try_lead(w, q, l, &hits);
	check_limits(w, q->form);
	settle_replaced(&hits);
	for (size_t i = 0; i < hits.count; i++)
		if (!hits.item[i].replaced)
			report_hit(w, &hits.item[i], q);
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

static void read_script(struct script *s, const struct reading *r,
			enum dialect d, struct arena *a)
{
	struct effect *e = arena_array(a, struct effect, r->forms.count + 1);
	size_t n = 0;

	for (size_t i = 0; i < r->forms.count; i++) {
		const struct form *f = &r->forms.item[i];

		if (f->kind == FORM_STATEMENT &&
		    f->direction == DIRECTION_FORWARD &&
		    !(f->flags & FORM_STATE_ONLY))
			e[n++] = effect_of(f, d, a);
	}
	*s = (struct script){ e, n, d, a };
}

static void count_form(struct outcome *o, const struct form *f)
{
	o->statements += f->kind == FORM_STATEMENT;
	o->settings += f->kind == FORM_SETTING;
	o->commands += f->kind == FORM_COMMAND;
}

/* A statement that nobody wrote and that another one implies. */
static void judge_consequence(struct work *w, const struct form *cause,
			      const char *text)
{
	struct form f = *cause;

	f.text = str_of(text);
	f.flags |= FORM_CONSEQUENCE;
	const struct effect e = effect_of(&f, w->file->dialect, w->scratch);
	struct question q = {
		.catalog = w->catalog,
		.script = &w->script,
		.at = w->script.count,
		.form = &f,
		.effect = &e,
		.framework = w->file->framework,
		.no_transaction = w->file->now->no_transaction,
	};

	judge_form(w, &q);
}

static bool stands_on(const struct constraint *k, struct str column)
{
	for (size_t i = 0; i < k->columns.count; i++)
		if (str_eq(k->columns.item[i], column))
			return true;
	return false;
}

/* A dropped column takes the indexes and constraints with it that stand on
 * it, without a word. */
static void judge_dropped_column(struct work *w, const struct form *f,
				 const struct effect *e)
{
	const struct catalog *c = w->catalog;
	const struct table *t = catalog_table(c, e->table);

	for (size_t i = 0; t && i < t->constraints.count; i++) {
		const struct constraint *k = &t->constraints.item[i];

		if (stands_on(k, e->name))
			judge_consequence(
				w, f,
				arena_format(
					w->scratch,
					"ALTER TABLE \"" STR_FMT
					"\" DROP CONSTRAINT \"" STR_FMT "\"",
					STR_ARG(e->table), STR_ARG(k->name)));
	}
	for (size_t i = 0; i < c->indexes.count; i++) {
		const struct index_info *x = c->indexes.slot[i].value;

		if (x && str_eq(x->table, e->table) &&
		    plain_mentions(x->text, e->name))
			judge_consequence(w, f,
					  arena_format(w->scratch,
						       "DROP INDEX \"" STR_FMT
						       "\"",
						       STR_ARG(x->name)));
	}
}

/* CASCADE takes the foreign keys with it that point to the table. */
static void judge_dropped_table(struct work *w, const struct form *f,
				const struct effect *e)
{
	const struct catalog *c = w->catalog;

	for (size_t i = 0; e->cascade && i < c->tables.count; i++) {
		const struct table *t = c->tables.slot[i].value;

		for (size_t n = 0; t && n < t->constraints.count; n++) {
			const struct constraint *k = &t->constraints.item[n];

			if (str_eq(k->refers, e->table) &&
			    !str_eq(t->name, e->table))
				judge_consequence(
					w, f,
					arena_format(
						w->scratch,
						"ALTER TABLE \"" STR_FMT
						"\" DROP CONSTRAINT \"" STR_FMT
						"\"",
						STR_ARG(t->name),
						STR_ARG(k->name)));
		}
	}
}

static void judge_consequences(struct work *w, const struct form *f,
			       const struct effect *e)
{
	const struct table *t = catalog_table(w->catalog, e->table);

	if (!t || t->change == w->catalog->change)
		return;
	if (e->kind == EFFECT_DROP_COLUMN)
		judge_dropped_column(w, f, e);
	else if (e->kind == EFFECT_DROP_TABLE)
		judge_dropped_table(w, f, e);
}

/* Does this change add a column to the table, in this file or in one before
 * it? */
static bool is_expanded(const struct work *w, const struct table *t)
{
	if (script_count(&w->script, EFFECT_ADD_COLUMN, t->name))
		return true;
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.item[i].change == w->catalog->change)
			return true;
	return false;
}

/* DROP COLUMN beside ADD COLUMN: said where the first column goes. */
static void check_contract(struct work *w, const struct form *f, size_t at)
{
	static const char *const names[] = { "table", NULL };
	const struct effect *e = &w->script.item[at];
	const struct table *t = catalog_table(w->catalog, e->table);
	const struct column *c = table_column(t, e->name);

	if (e->kind != EFFECT_DROP_COLUMN)
		return;
	for (size_t i = 0; i < at; i++)
		if (w->script.item[i].kind == EFFECT_DROP_COLUMN &&
		    str_eq(w->script.item[i].table, e->table))
			return;
	/* a table that the replay has not seen was made before it began */
	const struct table unseen = { .name = e->table };
	const char *const values[] = { str_dup(w->j->arena, e->table) };

	if ((t && t->change == w->catalog->change) ||
	    (c && c->change == w->catalog->change) ||
	    !is_expanded(w, t ? t : &unseen))
		return;
	file_finding(w, "contract-with-expand", f->span, names, values);
}

static void judge_forms(struct work *w)
{
	static const struct effect none;
	const struct reading *r = w->file->now;
	struct map old = { 0 };
	size_t at = 0;

	count_old(&old, w->file->old, w->scratch);
	for (size_t i = 0; i < r->forms.count; i++) {
		const struct form *f = &r->forms.item[i];
		const bool statement = f->kind == FORM_STATEMENT;
		struct question q = {
			.catalog = statement ? w->catalog : NULL,
			.script = statement ? &w->script : NULL,
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
		if (!take_old(&old, sameness(f, w->scratch))) {
			judge_form(w, &q);
			if (statement) {
				judge_consequences(w, f, q.effect);
				check_contract(w, f, at);
			}
		}
		if (statement)
			catalog_apply(w->catalog, &w->script.item[at++]);
	}
}

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

	file_finding(w, "migration-name", whole_file, names, values);
}

static void raise_facts(struct work *w)
{
	if (!w->file->facts)
		return;
	vec_each(const struct file_fact, f, w->file->facts)
		file_finding(w, f->rule, whole_file, f->names, f->values);
}

static bool has_forward(const struct reading *r)
{
	for (size_t i = 0; i < r->forms.count; i++)
		if (r->forms.item[i].direction == DIRECTION_FORWARD)
			return true;
	return false;
}

static void check_empty(struct work *w)
{
	static const char *const names[] = { "name", NULL };
	const struct judge_file *f = w->file;

	if (!f->framework || !f->framework->runs_empty || f->backward ||
	    f->now->gaps.count || has_forward(f->now) ||
	    (f->old && !has_forward(f->old)))
		return;
	const char *const values[] = { str_dup(w->j->arena,
					       migration_name(f)) };

	file_finding(w, "migration-empty", whole_file, names, values);
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

	file_finding(w, "missing-rollback", f->now->no_way_back_at, names,
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

		file_finding(w, "enum-value-changed", changes.item[i].span,
			     names, values);
	}
}

static void check_gaps(struct work *w)
{
	static const char *const names[] = { "reason", NULL };
	const struct gaps *gaps = &w->file->now->gaps;

	for (size_t i = 0; i < gaps->count; i++) {
		const char *const values[] = { gaps->item[i].reason };

		file_finding(w, "unread-file", gaps->item[i].span, names,
			     values);
	}
	if (gaps->count)
		vec_push(&w->j->outcome->unread, w->j->arena,
			 (struct unread_file){
				 keep_source(w)->path,
				 str_dup(w->j->arena,
					 str_of(gaps->item[0].reason)) });
}

/* What belongs to the phase in which old things go: the code that is running
 * while the migration runs still needs them. */
static bool is_contract(const struct finding *f)
{
	static const char *const ids[] = {
		"drop-table",
		"drop-column",
		"drop-and-recreate-table",
		"drop-schema",
		"rename-table",
		"drop-and-recreate-column",
		"rename-column",
		"rename-to-backup",
		"change-column-type",
		"set-not-null",
		"remove-enum-value",
		"drop-type",
		"truncate-table",
		"rebuild-loses-column",
		"move-table",
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (!strcmp(f->rule->id, ids[i]))
			return true;
	return false;
}

static void check_phase(struct work *w, const struct annotation_groups *groups)
{
	static const char *const names[] = { "phase", "found", NULL };
	struct span where = { 0, 0 };
	const struct str phase = annotations_phase(groups, &where);
	const struct findings *all = &w->j->outcome->findings;

	if (!str_ieq(phase, STR("expand")) && !str_ieq(phase, STR("backfill")))
		return;
	for (size_t i = w->first; i < all->count; i++)
		if (is_contract(&all->item[i])) {
			const char *const values[] = {
				str_dup(w->j->arena, phase), "contract"
			};

			const size_t before = w->wholes.count;

			file_finding(w, "phase-mismatch", where, names, values);
			/* whoever allows the statement allows it here */
			if (w->wholes.count > before)
				*vec_last(&w->wholes) =
					w->wholes.item[i - w->first];
			return;
		}
}

static void check_annotations(struct work *w,
			      const struct annotation_groups *groups)
{
	static const char *const names[] = { "annotation", "reason", NULL };

	for (size_t i = 0; i < groups->count; i++)
		for (size_t n = 0; n < groups->item[i].list.count; n++) {
			const struct annotation *one =
				&groups->item[i].list.item[n];
			const bool override =
				one->kind == ANNOTATION_OVERRIDE ||
				one->kind == ANNOTATION_ALLOW;
			const char *const values[] = {
				arena_format(w->j->arena, "@" STR_FMT,
					     STR_ARG(one->name)),
				one->problem ? one->problem : ""
			};

			if (one->old)
				continue;
			if (one->kind == ANNOTATION_MALFORMED)
				file_finding(w, "malformed-override", one->span,
					     names, values);
			else if (override && !one->used)
				file_finding(w, "unused-override", one->span,
					     names, values);
		}
}

/* A lasting exception of the configuration. */
static bool allowed_by_policy(const struct judge *j, struct finding *f)
{
	for (size_t i = 0; i < j->policy->allows.count; i++) {
		const struct allow *one = &j->policy->allows.item[i];

		if ((strcmp(one->rule, "*") != 0 &&
		     strcmp(one->rule, f->rule->id) != 0) ||
		    !glob_match(one->path, str_of(f->source->path)))
			continue;
		f->status = STATUS_OVERRIDDEN;
		f->override.annotation = "allow:";
		f->override.reason = one->reason;
		f->note = NULL;
		return true;
	}
	return false;
}

static void settle(struct work *w, struct annotation_groups *groups,
		   size_t from)
{
	struct findings *all = &w->j->outcome->findings;

	for (size_t i = from; i < all->count; i++) {
		struct finding *f = &all->item[i];

		annotations_settle(f, w->wholes.item[i - w->first], groups,
				   w->j->policy, w->j->arena);
		if (f->level > LEVEL_CAUTION)
			allowed_by_policy(w->j, f);
	}
}

/* Overrides: what the comments say of the findings, then what is to be said
 * of the comments. */
static void settle_overrides(struct work *w)
{
	struct annotation_groups groups = { 0 };
	struct source *src = w->kept ? w->kept : w->file->source;

	annotations_read(&groups, src, w->file->now, w->file->old, w->j->policy,
			 w->j->rules, w->j->arena);
	check_phase(w, &groups);
	settle(w, &groups, w->first);
	const size_t told = w->j->outcome->findings.count;

	check_annotations(w, &groups);
	settle(w, &groups, told);
}

void judge_file(struct judge *j, struct catalog *c,
		const struct judge_file *file, struct arena *scratch)
{
	struct work w = {
		.j = j,
		.file = file,
		.catalog = c,
		.scratch = scratch,
		.first = j->outcome->findings.count,
	};

	j->outcome->files++;
	read_script(&w.script, file->now, file->dialect, scratch);
	judge_forms(&w);
	if (file->migration) {
		check_name(&w);
		check_empty(&w);
		check_way_back(&w);
	}
	check_choices(&w);
	check_gaps(&w);
	raise_facts(&w);
	settle_overrides(&w);
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

	raise_facts(&w);
	settle(&w, &groups, w.first);
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

	read_script(&s, file->now, file->dialect, scratch);
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
