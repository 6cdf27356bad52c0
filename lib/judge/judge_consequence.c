#include "judge_private.h"

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

/* A dropped column takes the indexes and constraints with it that stand on
 * it, without a word. */
static void judge_dropped_column(struct work *w, const struct form *f,
				 const struct effect *e)
{
	const struct catalog *c = w->catalog;
	const struct table *t = catalog_table(c, e->table);

	for (size_t i = 0; t && i < t->constraints.count; i++) {
		const struct constraint *k = &t->constraints.item[i];

		if (words_list_has(&k->columns, e->name))
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

void judge_consequences(struct work *w, const struct form *f,
			const struct effect *e)
{
	if (e->kind != EFFECT_DROP_COLUMN && e->kind != EFFECT_DROP_TABLE)
		return;
	const struct table *t = catalog_table(w->catalog, e->table);

	if (!t || t->change == w->catalog->change)
		return;
	if (e->kind == EFFECT_DROP_COLUMN)
		judge_dropped_column(w, f, e);
	else
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

/* The table of an ALTER TABLE as it is written there. */
static const char *altered_table(const struct form *f, struct arena *a)
{
	struct plain p = { f->text, 0 };

	plain_accept(&p, "ALTER TABLE");
	plain_accept(&p, "IF EXISTS");
	return str_dup(a, plain_show(plain_name(&p), a));
}

/* DROP COLUMN beside ADD COLUMN: said where the first column goes. */
void judge_contract(struct work *w, const struct form *f, size_t at)
{
	static const char *const names[] = { "table", NULL };
	const struct effect *e = &w->script.item[at];

	if (e->kind != EFFECT_DROP_COLUMN)
		return;
	const struct table *t = catalog_table(w->catalog, e->table);
	const struct column *c = table_column(t, e->name);

	for (size_t i = 0; i < at; i++)
		if (w->script.item[i].kind == EFFECT_DROP_COLUMN &&
		    str_eq(w->script.item[i].table, e->table))
			return;
	/* a table that the replay has not seen was made before it began */
	const struct table unseen = { .name = e->table };
	const char *const values[] = { altered_table(f, w->j->arena) };

	if ((t && t->change == w->catalog->change) ||
	    (c && c->change == w->catalog->change) ||
	    !is_expanded(w, t ? t : &unseen))
		return;
	work_add_fact(w, "contract-with-expand", f->span, names, values);
}
