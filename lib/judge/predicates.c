/*
 * The answers to the predicates of lib/match/predicate.h: one function each,
 * in the order of that list. Add a row there and a function here.
 */
#include "compiler.h"
#include "question.h"
#include "types.h"

static const struct table *table_of(const struct question *q)
{
	return q->catalog ? catalog_table(q->catalog, q->table) : NULL;
}

static const struct column *column_of(const struct question *q)
{
	return table_column(table_of(q), q->column);
}

static bool is_new(const struct question *q, unsigned change)
{
	return change == q->catalog->change;
}

/* The name of the object that the statement is about, whatever its kind. */
static struct str object_of(const struct question *q)
{
	if (q->name.len)
		return q->name;
	return q->type.len ? q->type : q->effect->name;
}

/* A table or view of that name, made by this change? */
static bool made_here(const struct question *q, struct str name)
{
	const struct table *t = catalog_table(q->catalog, name);
	const struct object_info *view =
		catalog_object(q->catalog, STR("VIEW"), name);

	return (t && (t->temporary || is_new(q, t->change))) ||
	       (view && is_new(q, view->change));
}

static bool table_created_here(const struct question *q)
{
	if (!q->catalog)
		return false;
	if (q->effect->temporary && q->effect->kind == EFFECT_DROP_TABLE)
		return true;
	return q->table.len && made_here(q, q->table);
}

static bool table_absent(const struct question *q)
{
	return q->catalog && q->catalog->complete && q->effect->exists &&
	       q->table.len && !table_of(q);
}

static bool object_absent(const struct question *q)
{
	const struct str name = object_of(q);
	const struct table *t = table_of(q);

	if (!q->catalog || !q->catalog->complete || !q->effect->exists)
		return false;
	if (q->constraint.len)
		return t && t->known && !table_constraint(t, q->constraint) &&
		       !catalog_index(q->catalog, q->constraint);
	if (!name.len || q->effect->kind != EFFECT_DROP_OBJECT)
		return false;
	if (str_eq(q->effect->object, STR("INDEX")))
		return !catalog_index(q->catalog, name);
	if (str_eq(q->effect->object, STR("TYPE")))
		return !catalog_type(q->catalog, name);
	return !catalog_object(q->catalog, q->effect->object, name);
}

static bool table_emptied(const struct question *q)
{
	const struct table *t = table_of(q);

	return t && t->emptied;
}

static bool table_dropped_after(const struct question *q)
{
	return q->script && script_has(q->script, q->at + 1, EFFECT_DROP_TABLE,
				       q->table, (struct str){ "", 0 });
}

static bool object_created_here(const struct question *q)
{
	const struct str name = object_of(q);
	const struct str kind =
		q->effect ? q->effect->object : (struct str){ "", 0 };

	if (!q->catalog)
		return false;
	const struct constraint *k =
		table_constraint(table_of(q), q->constraint);
	const struct index_info *i = catalog_index(q->catalog, name);
	const struct type_info *t = catalog_type(q->catalog, name);
	const struct object_info *o = catalog_object(q->catalog, kind, name);

	if (q->constraint.len)
		return k && is_new(q, k->change);
	if (str_eq(kind, STR("INDEX")))
		return i && is_new(q, i->change);
	if (str_eq(kind, STR("TYPE")))
		return t && is_new(q, t->change);
	if (!kind.len) /* REFRESH … v, ATTACH PARTITION t */
		return made_here(q, name);
	return o && is_new(q, o->change);
}

/* Does something of that kind and name exist when the file has run? */
static bool made_later(const struct script *s, size_t from, struct str kind,
		       struct str name)
{
	if (script_creates_object(s, from, kind, name))
		return true;
	for (size_t i = from; i < s->count; i++)
		if (s->item[i].kind == EFFECT_RENAME_OBJECT &&
		    str_eq(s->item[i].object, kind) &&
		    str_eq(s->item[i].new_name, name))
			return true;
	return false;
}

static bool object_recreated(const struct question *q)
{
	const struct str name = object_of(q);

	if (!q->script || q->effect->kind != EFFECT_DROP_OBJECT)
		return false;
	/* DROP TYPE "Role_old": the name it had before stands for the new */
	for (size_t i = 0; i < q->at; i++) {
		const struct effect *e = &q->script->item[i];

		if (e->kind == EFFECT_RENAME_OBJECT &&
		    str_eq(e->object, q->effect->object) &&
		    str_eq(e->new_name, name))
			return made_later(q->script, i + 1, e->object,
					  e->name) ||
			       made_later(q->script, 0, e->object, e->name);
	}
	return made_later(q->script, q->at + 1, q->effect->object, name);
}

static bool table_rebuilt(const struct question *q)
{
	return q->script && script_rebuilds(q->script, q->at);
}

/* DROP TABLE IF EXISTS clears the way for a table that the same file makes
 * and drops again: a scratch name. */
static bool table_is_scratch(const struct question *q)
{
	const struct script *s = q->script;
	bool made = false;

	if (!s || q->effect->kind != EFFECT_DROP_TABLE || !q->effect->exists)
		return false;
	for (size_t i = q->at + 1; i < s->count; i++) {
		const struct effect *e = &s->item[i];

		made |= (e->kind == EFFECT_CREATE_TABLE &&
			 str_eq(e->table, q->table)) ||
			(e->kind == EFFECT_RENAME_TABLE &&
			 str_eq(e->new_name, q->table));
		if (made && e->kind == EFFECT_DROP_TABLE &&
		    str_eq(e->table, q->table))
			return script_creates_table(s, i, q->table) == s->count;
	}
	return false;
}

static bool table_recreated(const struct question *q)
{
	return q->script && q->effect->kind == EFFECT_DROP_TABLE &&
	       script_creates_table(q->script, q->at + 1, q->table) <
		       q->script->count;
}

static bool consequence(const struct question *q)
{
	return q->form->flags & FORM_CONSEQUENCE;
}

/* "(a, b DESC) WHERE …": the text between the first parentheses. */
static struct str key_columns(struct str text)
{
	struct plain p = { text, 0 };

	while (p.at < p.s.len && p.s.ptr[p.at] != '(')
		plain_step(&p);
	return plain_parens(&p);
}

/* Do the columns of a constraint read like this list? */
static bool same_columns(const struct words_list *columns, struct str list,
			 const struct question *q)
{
	struct words_list names = { 0 };

	plain_split(&names, list, q->script->arena);
	if (names.count != columns->count)
		return false;
	for (size_t i = 0; i < names.count; i++)
		if (!str_eq(plain_fold(names.item[i], q->script->dialect,
				       q->script->arena),
			    columns->item[i]))
			return false;
	return names.count > 0;
}

static bool index_replaced(const struct question *q)
{
	const struct index_info *gone =
		q->catalog ? catalog_index(q->catalog, object_of(q)) : NULL;
	const struct table *t =
		gone ? catalog_table(q->catalog, gone->table) : NULL;

	if (!gone || !q->script)
		return false;
	const struct str columns = key_columns(gone->text);

	for (size_t i = 0; t && i < t->constraints.count; i++) {
		const struct constraint *k = &t->constraints.item[i];

		if (is_new(q, k->change) &&
		    (k->kind == CONSTRAINT_PRIMARY_KEY ||
		     k->kind == CONSTRAINT_UNIQUE) &&
		    same_columns(&k->columns, columns, q))
			return true;
	}
	for (size_t i = 0; i < q->catalog->indexes.count; i++) {
		const struct index_info *x = q->catalog->indexes.slot[i].value;

		if (x && x != gone && is_new(q, x->change) &&
		    str_eq(x->table, gone->table) &&
		    (x->unique || !gone->unique) && str_eq(x->text, gone->text))
			return true;
	}
	return false;
}

static bool rows_put_back(const struct question *q)
{
	return q->script && script_puts_back(q->script, q->at);
}

static bool rename_of_rebuild(const struct question *q)
{
	return q->script && script_rename_of_rebuild(q->script, q->at);
}

static bool rebuild_loses_column(const struct question *q)
{
	const struct table *t = table_of(q);
	const struct str select =
		q->script ? script_rebuild_select(q->script, q->at)
			  : (struct str){ "", 0 };

	if (!t || !t->known || !select.len ||
	    str_find_byte(select, '*') < select.len)
		return false;
	for (size_t i = 0; i < t->columns.count; i++)
		if (!plain_mentions(select, t->columns.item[i].name))
			return true;
	return false;
}

static bool moved_before_drop(const struct question *q)
{
	return q->script && script_copies_rows(q->script, q->at, q->table);
}

static bool old_name_kept(const struct question *q)
{
	return q->script && script_creates_object(q->script, q->at + 1,
						  STR("VIEW"), q->table);
}

static bool column_added_here(const struct question *q)
{
	const struct column *c = column_of(q);

	return c && is_new(q, c->change);
}

static bool column_added_after(const struct question *q)
{
	return q->script &&
	       script_count(q->script, EFFECT_ADD_COLUMN, q->table) > 0;
}

static bool column_readded(const struct question *q)
{
	return q->script &&
	       script_has(q->script, 0, EFFECT_ADD_COLUMN, q->table, q->column);
}

static bool column_swapped(const struct question *q)
{
	if (!q->script)
		return false;
	return column_readded(q) ||
	       (script_count(q->script, EFFECT_ADD_COLUMN, q->table) == 1 &&
		script_count(q->script, EFFECT_DROP_COLUMN, q->table) == 1);
}

static bool column_copied(const struct question *q)
{
	return q->script &&
	       script_copies_column(q->script, q->at, q->table, q->column);
}

/* DELETE FROM t WHERE c IS NULL leaves no row without a value. */
static bool nulls_deleted(const struct question *q)
{
	for (size_t i = 0; i < q->at; i++) {
		const struct effect *e = &q->script->item[i];

		if (e->kind == EFFECT_DELETE && str_eq(e->table, q->table) &&
		    plain_mentions(e->rest, q->column) &&
		    str_ifind(e->rest, STR("IS NULL")) < e->rest.len)
			return true;
	}
	return false;
}

static bool column_backfilled(const struct question *q)
{
	return q->script &&
	       (script_backfills(q->script, q->at, q->table, q->column) ||
		nulls_deleted(q));
}

static bool column_filled_here(const struct question *q)
{
	const struct column *c = column_of(q);

	return c && is_new(q, c->change) && (c->filled || c->backfilled);
}

static bool sets_only_added_columns(const struct question *q)
{
	const struct table *t = table_of(q);
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
			fresh |= is_new(q, t->columns.item[i].change) &&
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

static bool default_set_after(const struct question *q)
{
	return q->script && script_has(q->script, q->at + 1, EFFECT_SET_DEFAULT,
				       q->table, q->column);
}

static bool column_not_null(const struct question *q)
{
	const struct column *c = column_of(q);

	return c && c->not_null;
}

/* The author repeated a whole definition, of a column nobody knows. */
static bool implied_column_unknown(const struct question *q)
{
	return q->form->flags & FORM_IMPLIED && !column_of(q);
}

static bool implied_type_unknown(const struct question *q)
{
	const struct column *c = column_of(q);

	return q->form->flags & FORM_IMPLIED && (!c || !c->type.len);
}

/* A change of type that carries each value over as it is. */
static bool casts_only(const struct question *q)
{
	return q->effect->kind == EFFECT_COLUMN_TYPE &&
	       effect_only_casts(q->effect->rest, q->column);
}

static bool type_unchanged(const struct question *q)
{
	const struct column *c = column_of(q);

	return c && casts_only(q) &&
	       types_equal(c->type, effect_new_type(q->effect->rest),
			   q->catalog->dialect);
}

static bool type_change_lossless(const struct question *q)
{
	const struct column *c = column_of(q);
	const struct str to = effect_new_type(q->effect->rest);

	if (!q->catalog || !casts_only(q))
		return false;
	/* what the column was does not matter then */
	if (!c)
		return type_holds_any_text(to, q->catalog->dialect);
	return types_lossless(c->type, to, q->catalog->dialect, q->catalog);
}

static bool type_change_in_place(const struct question *q)
{
	const struct column *c = column_of(q);

	return c && q->effect->kind == EFFECT_COLUMN_TYPE &&
	       types_in_place(c->type, effect_new_type(q->effect->rest));
}

static bool column_has_index(const struct question *q)
{
	const struct table *t = table_of(q);

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

static bool constraint_is_primary_key(const struct question *q)
{
	const struct constraint *k =
		table_constraint(table_of(q), q->constraint);

	if (q->effect && q->effect->kind == EFFECT_DROP_CONSTRAINT &&
	    !q->effect->name.len)
		return true; /* DROP PRIMARY KEY */
	if (k)
		return k->kind == CONSTRAINT_PRIMARY_KEY;
	return str_iends(q->constraint, STR("_pkey"));
}

static bool constraint_readded(const struct question *q)
{
	if (!q->script || !q->constraint.len)
		return false;
	return script_has(q->script, 0, EFFECT_ADD_CONSTRAINT, q->table,
			  q->constraint) &&
	       script_has(q->script, 0, EFFECT_DROP_CONSTRAINT, q->table,
			  q->constraint);
}

static bool constraint_not_validated(const struct question *q)
{
	const struct constraint *k =
		table_constraint(table_of(q), q->constraint);

	return k && is_new(q, k->change) && !k->validated;
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

static bool check_proves_not_null(const struct question *q)
{
	const struct table *t = table_of(q);

	for (size_t i = 0; t && i < t->constraints.count; i++)
		if (is_not_null_check(&t->constraints.item[i], q->column) &&
		    t->constraints.item[i].validated)
			return true;
	return false;
}

static bool constraint_redundant(const struct question *q)
{
	const struct table *t = table_of(q);
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

static bool enum_loses_value(const struct question *q)
{
	const struct column *c = column_of(q);

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
	const struct str type = object_of(q);

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

static bool cascade_reaches_columns(const struct question *q)
{
	if (!q->effect || !q->effect->cascade)
		return false;
	/* without a whole history it must be assumed */
	return type_in_use(q) || !q->catalog->complete;
}

static bool referenced_with_cascade(const struct question *q)
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

static bool in_transaction(const struct question *q)
{
	if (q->form->flags & FORM_IN_TRANSACTION)
		return true;
	return q->framework && !q->no_transaction &&
	       q->framework->transaction == TRANSACTION_FILE;
}

static bool never_committed(const struct question *q)
{
	if (!q->script || q->effect->kind != EFFECT_BEGIN)
		return false;
	for (size_t i = q->at + 1; i < q->script->count; i++)
		if (q->script->item[i].kind == EFFECT_COMMIT)
			return false;
	return true;
}

static bool new_name_is_backup(const struct question *q)
{
	static const struct str words[] = {
		STR_INIT("_backup"),  STR_INIT("_deprecated"), STR_INIT("_old"),
		STR_INIT("_archive"), STR_INIT("_archived"),   STR_INIT("_bak"),
		STR_INIT("_bkp"),
	};
	const struct str old =
		plain_last_part(q->column.len ? q->column : q->table);
	struct str tail = plain_last_part(q->new_name);

	if (!str_istarts(tail, old) || !old.len)
		return false;
	tail = str_slice(tail, old.len, tail.len);
	/* a date or a number may follow: users_backup_20260101 */
	while (tail.len && (is_digit(tail.ptr[tail.len - 1]) ||
			    (tail.ptr[tail.len - 1] == '_' && tail.len > 1)))
		tail.len--;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(tail, words[i]))
			return true;
	return false;
}

/* Functions whose value is the same for every row of one statement: adding a
 * column with such a default rewrites nothing (PostgreSQL 11 and later). */
static bool is_stable_function(struct str name)
{
	static const struct str stable[] = {
		STR_INIT("now"),
		STR_INIT("timezone"),
		STR_INIT("current_setting"),
		STR_INIT("to_timestamp"),
		STR_INIT("transaction_timestamp"),
		STR_INIT("date_trunc"),
		STR_INIT("statement_timestamp"),
		STR_INIT("coalesce"),
		STR_INIT("current_timestamp"),
		STR_INIT("localtimestamp"),
		STR_INIT("current_date"),
		STR_INIT("current_time"),
		STR_INIT("lower"),
		STR_INIT("upper"),
		STR_INIT("md5"),
		STR_INIT("concat"),
		STR_INIT("jsonb_build_object"),
		STR_INIT("json_build_object"),
		STR_INIT("jsonb_build_array"),
		STR_INIT("json_build_array"),
		STR_INIT("to_jsonb"),
		STR_INIT("array_fill"),
		STR_INIT("date_part"),
		STR_INIT("extract"),
		STR_INIT("make_interval"),
		STR_INIT("to_char"),
		STR_INIT("greatest"),
		STR_INIT("least"),
		STR_INIT("nullif"),
		STR_INIT("numeric"),
		STR_INIT("varchar"),
		STR_INIT("decimal"),
		STR_INIT("char"),
		STR_INIT("bit"),
		STR_INIT("interval"),
		STR_INIT("timestamp"),
		STR_INIT("timestamptz"),
		STR_INIT("time"),
		STR_INIT("vector"),
		STR_INIT("cast"),
		STR_INIT("replace"),
		STR_INIT("split_part"),
	};

	for (size_t i = 0; i < ARRAY_LEN(stable); i++)
		if (str_ieq(name, stable[i]))
			return true;
	return false;
}

static bool volatile_default(const struct question *q)
{
	const struct column_def d = column_def_of(
		q->effect ? q->effect->rest : (struct str){ "", 0 });
	const struct str s = d.default_text;

	for (size_t i = 1; i < s.len; i++) {
		size_t from = i;

		if (s.ptr[i] != '(')
			continue;
		while (from &&
		       (is_alpha(s.ptr[from - 1]) ||
			is_digit(s.ptr[from - 1]) || s.ptr[from - 1] == '_'))
			from--;
		if (from < i && !is_stable_function(str_slice(s, from, i)))
			return true;
	}
	return false;
}

static bool lock_timeout_set(const struct question *q)
{
	return q->script && script_sets(q->script, q->at, STR("lock_timeout"));
}

static bool statement_timeout_set(const struct question *q)
{
	return q->script &&
	       script_sets(q->script, q->at, STR("statement_timeout"));
}

/* Does the effect take a lock on a table that was there before? */
static bool effect_locks(const struct question *q, const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_DROP_TABLE:
	case EFFECT_TRUNCATE:
	case EFFECT_LOCK:
	case EFFECT_RENAME_TABLE:
	case EFFECT_ADD_COLUMN:
	case EFFECT_DROP_COLUMN:
	case EFFECT_RENAME_COLUMN:
	case EFFECT_COLUMN_TYPE:
	case EFFECT_SET_NOT_NULL:
	case EFFECT_DROP_NOT_NULL:
	case EFFECT_SET_DEFAULT:
	case EFFECT_DROP_DEFAULT:
	case EFFECT_ADD_CONSTRAINT:
	case EFFECT_DROP_CONSTRAINT:
	case EFFECT_VALIDATE_CONSTRAINT:
	case EFFECT_RENAME_CONSTRAINT:
	case EFFECT_ALTER_TABLE: return !made_here(q, e->table);
	case EFFECT_CREATE_OBJECT:
		return e->table.len && !made_here(q, e->table);
	case EFFECT_MAINTAIN: return true;
	case EFFECT_DROP_OBJECT:
		return str_eq(e->object, STR("INDEX")) ||
		       (e->table.len && !made_here(q, e->table));
	case EFFECT_OTHER:
	case EFFECT_CREATE_TABLE:
	case EFFECT_RENAME_OBJECT:
	case EFFECT_ADD_LABEL:
	case EFFECT_RENAME_LABEL:
	case EFFECT_INSERT:
	case EFFECT_UPDATE:
	case EFFECT_DELETE:
	case EFFECT_BEGIN:
	case EFFECT_COMMIT:
	case EFFECT_SET:
	case EFFECT_DYNAMIC: return false;
	}
	return false;
}

static bool locks_existing_table(const struct question *q)
{
	return q->script && effect_locks(q, q->effect);
}

static bool locked_before(const struct question *q)
{
	for (size_t i = 0; q->script && i < q->at; i++)
		if (effect_locks(q, &q->script->item[i]))
			return true;
	return false;
}

/* The first earlier statement of the same transaction that locked another
 * old table, and this is the first statement that locks a second one. */
static bool several_tables_locked(const struct question *q)
{
	struct str first = { "", 0 };

	if (!q->script || !in_transaction(q) || !q->effect->table.len ||
	    !effect_locks(q, q->effect))
		return false;
	for (size_t i = 0; i < q->at; i++) {
		const struct effect *e = &q->script->item[i];

		if (e->kind == EFFECT_BEGIN || e->kind == EFFECT_COMMIT)
			first.len = 0;
		if (!e->table.len || !effect_locks(q, e))
			continue;
		if (first.len && !str_eq(e->table, first))
			return false; /* said there already */
		first = e->table;
	}
	return first.len && !str_eq(first, q->effect->table);
}

/* PRAGMA foreign_keys = off, no, false or 0. */
static bool switches_foreign_keys_off(const struct effect *e)
{
	static const struct str offs[] = { STR_INIT("off"), STR_INIT("0"),
					   STR_INIT("no"), STR_INIT("false") };

	if (e->kind != EFFECT_SET || !str_istarts(e->rest, STR("foreign_keys")))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(offs); i++)
		if (str_iends(e->rest, offs[i]))
			return true;
	return false;
}

/* Off where it has an effect: outside the transactions of the file itself.
 * What the runner wraps around it depends on its driver. */
static bool foreign_keys_really_off(const struct question *q)
{
	bool inside = false, off = false;

	for (size_t i = 0; q->script && i < q->at; i++) {
		const struct effect *e = &q->script->item[i];

		if (e->kind == EFFECT_BEGIN)
			inside = true;
		else if (e->kind == EFFECT_COMMIT)
			inside = false;
		else if (e->kind == EFFECT_SET &&
			 str_istarts(e->rest, STR("foreign_keys")) && !inside)
			off = switches_foreign_keys_off(e);
	}
	return off;
}

/* SQLite enforces foreign keys only where the driver asks it to. */
static bool foreign_keys_enforced(const struct question *q)
{
	return !q->framework || q->framework->foreign_keys;
}

/* The runner has opened a transaction and the file has not ended it. */
static bool in_runners_transaction(const struct question *q)
{
	if (!q->framework || q->no_transaction ||
	    q->framework->transaction != TRANSACTION_FILE)
		return false;
	for (size_t i = 0; q->script && i < q->at; i++)
		if (q->script->item[i].kind == EFFECT_COMMIT)
			return false;
	return true;
}

/* Everything the file changes is made by it, or rebuilt. */
static bool file_touches_only_new_tables(const struct question *q)
{
	for (size_t i = 0; q->script && i < q->script->count; i++) {
		const struct effect *e = &q->script->item[i];
		const bool rows = e->kind == EFFECT_INSERT ||
				  e->kind == EFFECT_UPDATE ||
				  e->kind == EFFECT_DELETE;

		if (!effect_locks(q, e) && !rows)
			continue;
		if (script_creates_table(q->script, 0, e->table) <
		    q->script->count)
			continue;
		if (e->kind == EFFECT_DROP_TABLE &&
		    script_replaces(q->script, i))
			continue;
		if (e->kind == EFFECT_CREATE_OBJECT ||
		    (e->kind == EFFECT_DROP_OBJECT &&
		     str_eq(e->object, STR("INDEX"))))
			continue;
		return false;
	}
	return q->script != NULL;
}

static bool production(const struct question *q)
{
	return q->form->environment == ENV_PRODUCTION;
}

static bool development(const struct question *q)
{
	return q->form->environment == ENV_DEVELOPMENT ||
	       q->form->environment == ENV_TEST ||
	       q->form->environment == ENV_EXAMPLE;
}

static bool staging(const struct question *q)
{
	return q->form->environment == ENV_STAGING;
}

static bool example(const struct question *q)
{
	return q->form->environment == ENV_EXAMPLE;
}

static bool environment_unknown(const struct question *q)
{
	return q->form->environment == ENV_UNKNOWN;
}

static bool after_backup(const struct question *q)
{
	return q->form->flags & FORM_AFTER_BACKUP;
}

static bool test_run(const struct question *q)
{
	return q->form->environment == ENV_TEST;
}

static bool durable(const struct question *q)
{
	return q->form->flags & FORM_DURABLE;
}

static bool required_setting(const struct question *q)
{
	return q->form->flags & FORM_REQUIRED;
}

static bool optional_setting(const struct question *q)
{
	return !required_setting(q);
}

static bool guarded(const struct question *q)
{
	return q->form->flags & FORM_GUARDED;
}

static bool not_deployed(const struct question *q)
{
	return !(q->form->flags & FORM_DEPLOY) && !production(q);
}

static bool runner_checksums(const struct question *q)
{
	return q->framework && q->framework->checksums;
}

static bool runner_skips_late(const struct question *q)
{
	return q->framework && q->framework->skips_late;
}

bool predicate_holds(enum predicate p, const struct question *q)
{
	static bool (*const answers[])(const struct question *q) = {
#define ROW(name) [PREDICATE_##name] = name,
		PREDICATES(ROW)
#undef ROW
	};

	_Static_assert(ARRAY_LEN(answers) == PREDICATE_COUNT,
		       "every predicate has its answer");
	return answers[p](q);
}
