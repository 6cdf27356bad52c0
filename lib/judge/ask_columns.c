/* Predicates on columns: added, filled, copied, of which type. */
#include "ask.h"
#include "types.h"

/* A column that the file adds IF NOT EXISTS, and drops, was there where the
 * file expects it; unless all that came before is known. One of a table that
 * is rebuilt came with its rows. */
static bool may_be_older(const struct question *q)
{
	const struct table *t = question_table(q);
	const bool followed = q->catalog->complete && t && t->known &&
			      !question_is_new(q, t->change);

	if (!q->script || q->effect->kind != EFFECT_DROP_COLUMN)
		return false;
	if (script_made_if_absent(q->script, q->at, q->table, q->column))
		return !followed;
	return script_holds_rows(q->script, q->at, q->table) &&
	       !script_has(q->script, 0, EFFECT_ADD_COLUMN, q->table,
			   q->column);
}

bool ask_column_added_here(const struct question *q)
{
	const struct column *c = question_column(q);

	return c && question_is_new(q, c->change) && !may_be_older(q);
}

bool ask_column_added_nullable(const struct question *q)
{
	return ask_column_added_here(q) && !question_column(q)->not_null;
}

bool ask_column_added_after(const struct question *q)
{
	return q->script &&
	       script_count(q->script, EFFECT_ADD_COLUMN, q->table) > 0;
}

bool ask_column_readded(const struct question *q)
{
	return q->script &&
	       script_has(q->script, 0, EFFECT_ADD_COLUMN, q->table, q->column);
}

bool ask_column_swapped(const struct question *q)
{
	if (!q->script)
		return false;
	return ask_column_readded(q) ||
	       (script_count(q->script, EFFECT_ADD_COLUMN, q->table) == 1 &&
		script_count(q->script, EFFECT_DROP_COLUMN, q->table) == 1);
}

bool ask_column_copied(const struct question *q)
{
	return q->script &&
	       script_copies_column(q->script, q->at, q->table, q->column);
}

/* DELETE FROM t WHERE c IS NULL leaves no row without a value. */
static bool nulls_deleted(const struct question *q)
{
	script_each(q->script, EFFECT_DELETE, i, 0, q->at) {
		const struct effect *e = &q->script->item[i];

		if (str_eq(e->table, q->table) &&
		    plain_mentions(e->rest, q->column) &&
		    str_ifind(e->rest, STR("IS NULL")) < e->rest.len)
			return true;
	}
	return false;
}

bool ask_column_backfilled(const struct question *q)
{
	return q->script &&
	       (script_backfills(q->script, q->at, q->table, q->column) ||
		nulls_deleted(q));
}

bool ask_column_filled_here(const struct question *q)
{
	const struct column *c = question_column(q);

	return c && question_is_new(q, c->change) &&
	       (c->filled || c->backfilled);
}

/* To SQL Server one NULL is as good as another. */
bool ask_column_empty_here(const struct question *q)
{
	const struct column *c = question_column(q);

	return ask_column_added_nullable(q) && !c->filled && !c->backfilled &&
	       q->catalog->dialect != DIALECT_SQLSERVER;
}

bool ask_sets_only_added_columns(const struct question *q)
{
	const struct table *t = question_table(q);
	struct words_list items = { 0 };
	bool any = false;

	if (!t || !q->script || q->effect->rest.len < 4)
		return false;
	/* every assignment must be to a column that is new here */
	plain_split(&items,
		    effect_assignments(
			    str_slice(q->effect->rest, 4, q->effect->rest.len)),
		    q->script->arena);
	for (size_t n = 0; n < items.count; n++) {
		bool fresh = false;

		for (size_t i = 0; i < t->columns.count; i++)
			fresh |=
				question_is_new(q, t->columns.item[i].change) &&
				effect_sets_column(items.item[n],
						   t->columns.item[i].name,
						   q->script->dialect,
						   q->script->arena);
		if (!fresh)
			return false;
		any = true;
	}
	return any;
}

bool ask_default_set_after(const struct question *q)
{
	return q->script && script_has(q->script, q->at + 1, EFFECT_SET_DEFAULT,
				       q->table, q->column);
}

bool ask_column_not_null(const struct question *q)
{
	const struct column *c = question_column(q);

	return c && c->not_null;
}

bool ask_column_nullable(const struct question *q)
{
	const struct column *c = question_column(q);

	return c && !c->not_null;
}

/* The author repeated a whole definition, of a column nobody knows. */
bool ask_implied_column_unknown(const struct question *q)
{
	return q->form->flags & FORM_IMPLIED && !question_column(q);
}

/* The type the column has: as the replay knows it, else as the author says. */
static struct str old_type(const struct question *q)
{
	const struct column *c = question_column(q);

	return c && c->type.len ? c->type : effect_old_type(q->effect->rest);
}

bool ask_implied_type_unknown(const struct question *q)
{
	return q->form->flags & FORM_IMPLIED && !old_type(q).len;
}

/* A change of type that carries each value over as it is. */
static bool casts_only(const struct question *q)
{
	return q->effect->kind == EFFECT_COLUMN_TYPE &&
	       effect_only_casts(q->effect->rest, q->column);
}

bool ask_using_null(const struct question *q)
{
	return str_iends(q->effect->rest, STR(" USING NULL"));
}

bool ask_type_unchanged(const struct question *q)
{
	const struct str from = old_type(q);

	return from.len && q->catalog && casts_only(q) &&
	       types_equal(from, effect_new_type(q->effect->rest),
			   q->catalog->dialect);
}

/* USING f(c), or USING f[c]? */
static bool uses_only(const struct question *q, const char *head,
		      const char *tail)
{
	const struct str rest = q->effect->rest;
	const size_t using = str_ifind(rest, STR(" USING "));
	struct str e = str_slice(rest, using < rest.len ? using + 7 : rest.len,
				 rest.len);

	if (!str_istarts(e, str_of(head)) || !str_iends(e, str_of(tail)))
		return false;
	e = str_slice(e, str_of(head).len, e.len - str_of(tail).len);
	if (str_starts(e, STR("\"")) && str_ends(e, STR("\"")) && e.len > 1)
		e = str_slice(e, 1, e.len - 1);
	return str_ieq(e, q->column);
}

/* USING c AT TIME ZONE 'UTC', with brackets around it or without */
static bool names_zone(const struct question *q)
{
	return uses_only(q, "", " AT TIME ZONE ''") ||
	       uses_only(q, "(", " AT TIME ZONE '')");
}

/* c becomes ARRAY[c]; an array, number or truth value becomes its JSON. What
 * to_jsonb() makes of text is text in quotes, which hardly anybody wants. */
static bool wraps_value(const struct question *q, struct str from,
			struct str to)
{
	if (q->effect->kind != EFFECT_COLUMN_TYPE || !from.len)
		return false;
	if (uses_only(q, "ARRAY[", "]"))
		return str_ends(to, STR("[]")) &&
		       types_equal(from, str_slice(to, 0, to.len - 2),
				   q->catalog->dialect);
	return uses_only(q, "to_jsonb(", ")") && str_ieq(to, STR("jsonb")) &&
	       !type_holds_any_text(from, q->catalog->dialect) &&
	       !str_istarts(from, STR("varchar")) &&
	       !str_istarts(from, STR("char"));
}

bool ask_type_change_lossless(const struct question *q)
{
	const struct str from = old_type(q);
	const struct str to = effect_new_type(q->effect->rest);

	if (q->catalog && wraps_value(q, from, to))
		return true;

	if (!q->catalog || (!casts_only(q) && !names_zone(q)))
		return false;
	/* what the column was does not matter then */
	if (!from.len && !question_column(q))
		return type_holds_any_text(to, q->catalog->dialect);
	return types_lossless(from, to, q->catalog->dialect, q->catalog);
}

/* Is the column inside an expression of the index? Then the index is made
 * anew whenever the type changes. */
static bool is_in_expression(const struct index_info *x, struct str column,
			     struct arena *a)
{
	const size_t open = str_find_byte(x->text, '(');
	struct plain p = { x->text, open == SIZE_MAX ? x->text.len : open };
	struct words_list items = { 0 };

	plain_split(&items, plain_parens(&p), a);
	for (size_t i = 0; i < items.count; i++)
		if (plain_mentions(items.item[i], column) &&
		    str_find_byte(items.item[i], '(') != SIZE_MAX)
			return true;
	return false;
}

/* Would the type change make an index of the column anew? */
static bool rebuilds_index(const struct question *q, bool sorts_alike)
{
	const struct map *indexes = &q->catalog->indexes;

	for (size_t i = 0; i < indexes->count; i++) {
		const struct index_info *x = indexes->slot[i].value;

		if (x && str_eq(x->table, q->table) &&
		    plain_mentions(x->text, q->column) &&
		    (!sorts_alike ||
		     is_in_expression(x, q->column, q->script->arena)))
			return true;
	}
	return false;
}

/* A check of the column is proved again, row by row. */
static bool has_check(const struct question *q)
{
	const struct table *t = question_table(q);

	for (size_t i = 0; t && i < t->constraints.count; i++)
		if (t->constraints.item[i].kind == CONSTRAINT_CHECK &&
		    plain_mentions(t->constraints.item[i].text, q->column))
			return true;
	return false;
}

bool ask_type_change_in_place(const struct question *q)
{
	const struct str from = old_type(q);
	struct str to;

	if (!from.len || !q->catalog || !q->script ||
	    q->effect->kind != EFFECT_COLUMN_TYPE)
		return false;
	to = effect_new_type(q->effect->rest);
	return types_in_place(from, to) && !has_check(q) &&
	       !rebuilds_index(q, types_sort_alike(from, to));
}

bool ask_column_has_index(const struct question *q)
{
	const struct table *t = question_table(q);

	if (!t)
		return false;
	for (size_t i = 0; i < t->constraints.count; i++)
		for (size_t n = 0; n < t->constraints.item[i].columns.count;
		     n++)
			if (str_eq(t->constraints.item[i].columns.item[n],
				   q->column))
				return true;
	for (size_t i = 0; i < q->catalog->indexes.count; i++) {
		const struct index_info *x = q->catalog->indexes.slot[i].value;

		if (x && str_eq(x->table, q->table) &&
		    plain_mentions(x->text, q->column))
			return true;
	}
	return false;
}
