/* Predicates on tables, views, indexes: made here, rebuilt, put back. */
#include "ask.h"
#include "strbuf.h"

/* The file makes the table only IF NOT EXISTS, and drops a column that this
 * one does not have, or has only perhaps: it knows of an older one. */
static bool column_is_older(const struct question *q)
{
	const struct table *t = question_table(q);
	const struct str none = { "", 0 };

	if (!t || !t->known || !q->column.len ||
	    !script_made_if_absent(q->script, q->at, q->table, none))
		return false;
	return !table_column(t, q->column) ||
	       script_made_if_absent(q->script, q->at, q->table, q->column);
}

/* What this change made may hold what it has not: the rows of a table that it
 * rebuilds. */
static bool holds_what_was(const struct question *q)
{
	switch (q->effect->kind) {
	case EFFECT_DELETE:
	case EFFECT_TRUNCATE:
		return script_holds_rows(q->script, q->at, q->table);
	case EFFECT_DROP_COLUMN:
		return column_is_older(q) ||
		       script_holds_rows(q->script, q->at, q->table);
	default: return false;
	}
}

bool ask_table_created_here(const struct question *q)
{
	if (!q->catalog)
		return false;
	if (q->effect->temporary && q->effect->kind == EFFECT_DROP_TABLE)
		return true;
	if (q->table.len && q->table.ptr[0] == '@') /* a variable of T-SQL */
		return true;
	return q->table.len && question_made_here(q, q->table) &&
	       !(q->script && holds_what_was(q));
}

bool ask_table_absent(const struct question *q)
{
	return q->catalog && q->catalog->complete && q->effect->exists &&
	       q->table.len && !name_is_computed(q->table) &&
	       !question_table(q);
}

static bool has_unsure_name(const struct table *t)
{
	vec_each(struct constraint, k, &t->constraints)
		if (k->unsure)
			return true;
	return false;
}

bool ask_object_absent(const struct question *q)
{
	const struct str name = question_object(q);
	const struct table *t = question_table(q);

	if (!q->catalog || !q->catalog->complete || !q->effect->exists)
		return false;
	/* Who knows what it is called? */
	if (name_is_computed(name) || name_is_computed(q->constraint))
		return false;
	if (q->framework && q->framework->own_names &&
	    (q->constraint.len || str_eq(q->effect->object, STR("INDEX"))))
		return false;
	if (q->constraint.len)
		return t && t->known && !has_unsure_name(t) &&
		       !table_constraint(t, q->constraint) &&
		       !catalog_index(q->catalog, q->constraint);
	if (!name.len || q->effect->kind != EFFECT_DROP_OBJECT)
		return false;
	if (str_eq(q->effect->object, STR("INDEX")))
		return !catalog_index(q->catalog, name);
	if (str_eq(q->effect->object, STR("TYPE")))
		return !catalog_type(q->catalog, name);
	return !catalog_object(q->catalog, q->effect->object, name);
}

bool ask_table_emptied(const struct question *q)
{
	const struct table *t = question_table(q);

	return t && question_is_new(q, t->emptied);
}

bool ask_object_created_here(const struct question *q)
{
	const struct str name = question_object(q);
	const struct str kind =
		q->effect ? q->effect->object : (struct str){ "", 0 };

	if (!q->catalog)
		return false;
	const struct constraint *k =
		table_constraint(question_table(q), q->constraint);
	const struct index_info *i = catalog_index(q->catalog, name);
	const struct type_info *t = catalog_type(q->catalog, name);
	const struct object_info *o = catalog_object(q->catalog, kind, name);

	if (q->constraint.len)
		return k && question_is_new(q, k->change);
	if (str_eq(kind, STR("INDEX")))
		return i && question_is_new(q, i->change);
	if (str_eq(kind, STR("TYPE")))
		return t && question_is_new(q, t->change);
	if (!kind.len) /* REFRESH … v, ATTACH PARTITION t */
		return question_made_here(q, name);
	return o && question_is_new(q, o->change);
}

/* Does something of that kind and name exist when the file has run? */
static bool made_later(const struct script *s, size_t from, struct str kind,
		       struct str name)
{
	if (script_creates_object(s, from, kind, name))
		return true;
	script_each(s, EFFECT_RENAME_OBJECT, i, from, s->count)
		if (str_eq(s->item[i].object, kind) &&
		    str_eq(s->item[i].new_name, name))
			return true;
	return false;
}

bool ask_object_recreated(const struct question *q)
{
	const struct str name = question_object(q);

	if (!q->script || q->effect->kind != EFFECT_DROP_OBJECT)
		return false;
	/* DROP TYPE "Role_old": the name it had before stands for the new */
	script_each(q->script, EFFECT_RENAME_OBJECT, i, 0, q->at) {
		const struct effect *e = &q->script->item[i];

		if (str_eq(e->object, q->effect->object) &&
		    str_eq(e->new_name, name))
			return made_later(q->script, i + 1, e->object,
					  e->name) ||
			       made_later(q->script, 0, e->object, e->name);
	}
	return made_later(q->script, q->at + 1, q->effect->object, name);
}

bool ask_table_replaced(const struct question *q)
{
	return q->script && script_replaces(q->script, q->at);
}

/* DROP TABLE IF EXISTS clears the way for a table that the same file makes
 * and drops again: a scratch name. */
bool ask_table_is_scratch(const struct question *q)
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

/* … or makes for another name. */
bool ask_table_made_for_other(const struct question *q)
{
	const struct script *s = q->script;

	if (!s || q->effect->kind != EFFECT_DROP_TABLE || !q->effect->exists)
		return false;
	script_each(s, EFFECT_RENAME_TABLE, i,
		    script_creates_table(s, q->at + 1, q->table), s->count)
		if (str_eq(s->item[i].table, q->table))
			return true;
	return false;
}

bool ask_table_recreated(const struct question *q)
{
	return q->script && q->effect->kind == EFFECT_DROP_TABLE &&
	       script_creates_table(q->script, q->at + 1, q->table) <
		       q->script->count;
}

bool ask_consequence(const struct question *q)
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

bool ask_index_replaced(const struct question *q)
{
	const struct index_info *gone =
		q->catalog ? catalog_index(q->catalog, question_object(q))
			   : NULL;
	const struct table *t =
		gone ? catalog_table(q->catalog, gone->table) : NULL;

	if (!gone || !q->script)
		return false;
	const struct str columns = key_columns(gone->text);

	for (size_t i = 0; t && i < t->constraints.count; i++) {
		const struct constraint *k = &t->constraints.item[i];

		if (question_is_new(q, k->change) &&
		    (k->kind == CONSTRAINT_PRIMARY_KEY ||
		     k->kind == CONSTRAINT_UNIQUE) &&
		    same_columns(&k->columns, columns, q))
			return true;
	}
	for (size_t i = 0; i < q->catalog->indexes.count; i++) {
		const struct index_info *x = q->catalog->indexes.slot[i].value;

		if (x && x != gone && question_is_new(q, x->change) &&
		    str_eq(x->table, gone->table) &&
		    (x->unique || !gone->unique) && str_eq(x->text, gone->text))
			return true;
	}
	return false;
}

/* Does `name` come to be `table`? */
static bool becomes(const struct script *s, size_t from, struct str name,
		    struct str table)
{
	script_each(s, EFFECT_RENAME_TABLE, i, from, s->count)
		if (str_eq(s->item[i].new_name, table) &&
		    (!name.len || str_eq(s->item[i].table, name)))
			return true;
	return false;
}

/* Does a table of that name stand again at the end? */
static bool stands_again(const struct script *s, size_t from, struct str table)
{
	return becomes(s, from, (struct str){ "", 0 }, table) ||
	       script_creates_table(s, from, table) < s->count;
}

/* Is an index like this one made later in the file, whatever its name? */
static bool made_alike(const struct question *q, const struct index_info *gone)
{
	const struct str columns = key_columns(gone->text);

	script_each(q->script, EFFECT_CREATE_OBJECT, i, q->at + 1,
		    q->script->count) {
		const struct effect *e = &q->script->item[i];

		if (str_eq(e->object, STR("INDEX")) &&
		    (e->unique || !gone->unique) &&
		    str_eq(key_columns(e->rest), columns) &&
		    (str_eq(e->table, gone->table) ||
		     becomes(q->script, i, e->table, gone->table)))
			return true;
	}
	return false;
}

bool ask_table_dropped_after(const struct question *q)
{
	const bool index = q->effect && str_eq(q->effect->object, STR("INDEX"));
	const struct index_info *gone =
		index && q->catalog
			? catalog_index(q->catalog, question_object(q))
			: NULL;
	const struct str table = gone ? gone->table : q->table;

	if (!q->script || !table.len ||
	    !script_has(q->script, q->at + 1, EFFECT_DROP_TABLE, table,
			(struct str){ "", 0 }))
		return false;
	/* an index that a rebuild leaves out is missed as any other */
	return !gone || !stands_again(q->script, q->at + 1, table) ||
	       made_alike(q, gone);
}

/* What else goes with them, by CASCADE, is not. */
bool ask_rows_put_back(const struct question *q)
{
	return q->script && script_puts_back(q->script, q->at) &&
	       (q->effect->kind == EFFECT_DROP_TABLE ||
		(!q->effect->cascade && !ask_referenced_with_cascade(q)));
}

bool ask_rename_of_rebuild(const struct question *q)
{
	return q->script && script_rename_of_rebuild(q->script, q->at);
}

struct str question_lost_columns(const struct question *q, struct arena *a)
{
	const struct table *t = question_table(q);
	const struct str select =
		q->script ? script_rebuild_select(q->script, q->at)
			  : (struct str){ "", 0 };
	struct strbuf b = STRBUF(a);

	if (!t || !t->known || !select.len ||
	    str_find_byte(select, '*') < select.len)
		return (struct str){ "", 0 };
	for (size_t i = 0; i < t->columns.count; i++) {
		const struct str name = t->columns.item[i].name;

		if (plain_mentions(select, name))
			continue;
		strbuf_puts(&b, b.len ? ", " : "");
		strbuf_add(&b, name);
	}
	return strbuf_str(&b);
}

bool ask_rebuild_loses_column(const struct question *q)
{
	struct arena scratch = { 0 };
	const bool loses = question_lost_columns(q, &scratch).len > 0;

	arena_free(&scratch);
	return loses;
}

bool ask_moved_before_drop(const struct question *q)
{
	return q->script && script_copies_rows(q->script, q->at, q->table);
}

/* CREATE TABLE t … PARTITION BY; ALTER TABLE t ATTACH PARTITION x: the rows of
 * x are those of t again. */
static bool attached_back(const struct question *q)
{
	const struct str part = plain_last_part(q->effect->new_name);

	script_each(q->script, EFFECT_ALTER_TABLE, i, q->at, q->script->count) {
		const struct effect *e = &q->script->item[i];

		if (str_eq(e->table, q->table) &&
		    str_istarts(e->rest, STR("ATTACH PARTITION ")) &&
		    plain_mentions(e->rest, part))
			return true;
	}
	return false;
}

bool ask_old_name_kept(const struct question *q)
{
	return q->script && (script_creates_object(q->script, q->at + 1,
						   STR("VIEW"), q->table) ||
			     attached_back(q));
}
