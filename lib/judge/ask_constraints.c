/* Predicates on constraints and enums. */
#include "ask.h"
#include "types.h"

bool ask_constraint_is_primary_key(const struct question *q)
{
	const struct constraint *k =
		table_constraint(question_table(q), q->constraint);

	if (q->effect && q->effect->kind == EFFECT_DROP_CONSTRAINT &&
	    !q->effect->name.len)
		return true; /* DROP PRIMARY KEY */
	if (k)
		return k->kind == CONSTRAINT_PRIMARY_KEY;
	return str_iends(q->constraint, STR("_pkey"));
}

bool ask_constraint_readded(const struct question *q)
{
	if (!q->script || !q->constraint.len)
		return false;
	return script_has(q->script, 0, EFFECT_ADD_CONSTRAINT, q->table,
			  q->constraint) &&
	       script_has(q->script, 0, EFFECT_DROP_CONSTRAINT, q->table,
			  q->constraint);
}

bool ask_constraint_not_validated(const struct question *q)
{
	const struct constraint *k =
		table_constraint(question_table(q), q->constraint);

	return k && question_is_new(q, k->change) && !k->validated;
}

/* The column of CHECK (c IS NOT NULL); empty for any other text. */
static bool is_not_null_check(const struct constraint *k, struct str column)
{
	const struct str text = k->text;
	const size_t at = str_ifind(text, STR(" IS NOT NULL)"));

	return k->kind == CONSTRAINT_CHECK && at < text.len &&
	       str_ifind(text, STR(" OR ")) > text.len &&
	       (!column.len || plain_mentions(str_slice(text, 0, at), column));
}

bool ask_check_proves_not_null(const struct question *q)
{
	const struct table *t = question_table(q);

	for (size_t i = 0; t && i < t->constraints.count; i++)
		if (is_not_null_check(&t->constraints.item[i], q->column) &&
		    t->constraints.item[i].validated)
			return true;
	return false;
}

bool ask_constraint_redundant(const struct question *q)
{
	const struct table *t = question_table(q);
	const struct constraint *k = table_constraint(t, q->constraint);

	if (!k || !is_not_null_check(k, (struct str){ "", 0 }))
		return false;
	for (size_t i = 0; i < t->columns.count; i++)
		if (t->columns.item[i].not_null &&
		    is_not_null_check(k, t->columns.item[i].name))
			return true;
	return false;
}

/* The labels of a column's type: MySQL's own, or those of its enum. */
static struct words_list labels_of(const struct question *q, struct str type)
{
	struct words_list own = enum_labels_of(type, q->script->arena);
	const struct type_info *t =
		catalog_type(q->catalog, plain_fold(type, q->script->dialect,
						    q->script->arena));

	if (!own.count && t && t->is_enum)
		own = t->labels;
	return own;
}

/* DROP TYPE x_old after x was renamed away and a new x put in its place. */
static bool swapped_type_loses(const struct question *q)
{
	const struct type_info *gone =
		catalog_type(q->catalog, q->effect->name);

	for (size_t i = 0; gone && i < q->at; i++) {
		const struct effect *e = &q->script->item[i];

		if (e->kind == EFFECT_COLUMN_TYPE)
			return false; /* already said where a column moved */
		if (e->kind != EFFECT_RENAME_OBJECT ||
		    !str_eq(e->new_name, q->effect->name))
			continue;
		const struct type_info *now = catalog_type(q->catalog, e->name);

		return now && enum_loses_label(&gone->labels, &now->labels);
	}
	return false;
}

bool ask_enum_loses_value(const struct question *q)
{
	const struct column *c = question_column(q);

	if (!q->script)
		return false;
	if (q->effect->kind == EFFECT_DROP_OBJECT)
		return swapped_type_loses(q);
	if (!c || q->effect->kind != EFFECT_COLUMN_TYPE)
		return false;
	const struct words_list old = labels_of(q, c->type);
	const struct words_list new =
		labels_of(q, effect_new_type(q->effect->rest));

	return old.count && new.count &&enum_loses_label(&old, &new);
}

static bool type_in_use(const struct question *q)
{
	const struct str type = question_object(q);

	if (!q->catalog || !q->script || !type.len)
		return false;
	for (size_t i = 0; i < q->catalog->tables.count; i++) {
		const struct table *t = q->catalog->tables.slot[i].value;

		for (size_t n = 0; t && n < t->columns.count; n++) {
			const struct str one = t->columns.item[n].type;
			const struct str bare =
				str_slice(one, 0, str_find_byte(one, '['));

			if (str_eq(plain_fold(bare, q->script->dialect,
					      q->script->arena),
				   type))
				return true;
		}
	}
	return false;
}

bool ask_cascade_reaches_columns(const struct question *q)
{
	if (!q->effect || !q->effect->cascade)
		return false;
	/* without a whole history it must be assumed */
	return type_in_use(q) || !q->catalog->complete;
}

bool ask_referenced_with_cascade(const struct question *q)
{
	if (!q->catalog)
		return false;
	for (size_t i = 0; i < q->catalog->tables.count; i++) {
		const struct table *t = q->catalog->tables.slot[i].value;

		for (size_t n = 0; t && n < t->constraints.count; n++)
			if (str_eq(t->constraints.item[n].refers, q->table) &&
			    t->constraints.item[n].cascades &&
			    !str_eq(t->name, q->table))
				return true;
	}
	return false;
}
