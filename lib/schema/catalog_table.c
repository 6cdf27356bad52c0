#include "catalog_parts.h"

static struct table *table_made(struct catalog *c, const struct effect *e)
{
	struct table *t = arena_new(c->arena, struct table);

	t->name = e->table;
	t->temporary = e->temporary;
	t->change = c->change;
	map_put(&c->tables, c->arena, t->name, t);
	return t;
}

static bool has_value(const struct column_def *d)
{
	return d->has_default && !str_ieq(d->default_text, STR("NULL"));
}

static bool is_serial(struct str type)
{
	return str_iends(type, STR("serial")) ||
	       str_iends(type, STR("serial4")) ||
	       str_iends(type, STR("serial8"));
}

static void add_column(struct catalog *c, struct table *t, struct str name,
		       struct str definition)
{
	const struct column_def d = column_def_of(definition);
	const bool value =
		has_value(&d) || d.identity || d.generated || is_serial(d.type);
	struct column *old = table_column(t, name);
	const struct column column = {
		.name = name,
		.type = d.type,
		.not_null = d.not_null || is_serial(d.type) || d.identity,
		.has_default = value,
		.filled = value,
		.change = c->change,
	};

	if (old)
		*old = column;
	else
		vec_push(&t->columns, c->arena, column);
	if (d.primary_key)
		constraint_of_column(c, t, name, CONSTRAINT_PRIMARY_KEY, &d);
	if (d.unique)
		constraint_of_column(c, t, name, CONSTRAINT_UNIQUE, &d);
	if (d.references)
		constraint_of_column(c, t, name, CONSTRAINT_FOREIGN_KEY, &d);
	if (d.check)
		constraint_of_column(c, t, name, CONSTRAINT_CHECK, &d);
}

/* One item between the parentheses of CREATE TABLE. */
static void table_item(struct catalog *c, struct table *t, struct str item)
{
	struct plain p = { item, 0 };
	struct str name = { "", 0 };

	if (plain_accept(&p, "CONSTRAINT"))
		name = plain_fold(plain_name(&p), c->dialect, c->arena);
	if (plain_is(&p, "PRIMARY KEY") || plain_is(&p, "UNIQUE") ||
	    plain_is(&p, "FOREIGN KEY") || plain_is(&p, "CHECK") ||
	    plain_is(&p, "EXCLUDE")) {
		constraint_read(c, t, name, plain_rest(&p));
		return;
	}
	if (plain_accept(&p, "LIKE")) {
		t->known = false;
		return;
	}
	if (plain_is(&p, "PERIOD") || plain_is(&p, "FULLTEXT") ||
	    plain_is(&p, "SPATIAL"))
		return;
	if (plain_is(&p, "INDEX") || plain_is(&p, "KEY")) {
		struct plain look = p;

		plain_step(&look);
		name = plain_fold(plain_name(&look), c->dialect, c->arena);
		if (look.at < look.s.len && look.s.ptr[look.at] == '(') {
			catalog_add_index(c, name, t->name, plain_rest(&look),
					  false);
			return;
		}
	}
	name = plain_fold(plain_last_part(plain_name(&p)), c->dialect,
			  c->arena);
	if (name.len)
		add_column(c, t, name, plain_rest(&p));
}

void table_create(struct catalog *c, const struct effect *e)
{
	struct table *old = catalog_table(c, e->table);
	struct plain p = { e->rest, 0 };
	struct words_list items = { 0 };

	if (old && e->exists)
		return;
	struct table *t = table_made(c, e);

	t->known = p.s.len && p.s.ptr[0] == '(';
	/* "(a, b) AS SELECT", "PARTITION OF t", "LIKE t": columns not known */
	plain_split(&items, plain_parens(&p), c->arena);
	if (plain_is(&p, "AS") || plain_is(&p, "SELECT") ||
	    plain_is(&p, "INHERITS"))
		t->known = false;
	vec_each(struct str, item, &items)
		table_item(c, t, *item);
}

static void drop_indexes_of(struct catalog *c, struct str table)
{
	for (size_t i = 0; i < c->indexes.count; i++) {
		struct index_info *x = c->indexes.slot[i].value;

		if (x && str_eq(x->table, table))
			c->indexes.slot[i].value = NULL;
	}
}

void table_drop(struct catalog *c, struct str name)
{
	map_remove(&c->tables, name);
	drop_indexes_of(c, name);
	for (size_t i = 0; i < c->tables.count; i++) {
		struct table *t = c->tables.slot[i].value;
		size_t kept = 0;

		for (size_t n = 0; t && n < t->constraints.count; n++)
			if (!str_eq(t->constraints.item[n].refers, name))
				t->constraints.item[kept++] =
					t->constraints.item[n];
		if (t)
			t->constraints.count = kept;
	}
}

static void rename_table(struct catalog *c, const struct effect *e)
{
	struct table *t = catalog_table(c, e->table);

	map_remove(&c->tables, e->table);
	for (size_t i = 0; i < c->indexes.count; i++) {
		struct index_info *x = c->indexes.slot[i].value;

		if (x && str_eq(x->table, e->table))
			x->table = e->new_name;
	}
	for (size_t i = 0; i < c->tables.count; i++) {
		const struct table *o = c->tables.slot[i].value;

		for (size_t n = 0; o && n < o->constraints.count; n++)
			if (str_eq(o->constraints.item[n].refers, e->table))
				o->constraints.item[n].refers = e->new_name;
	}
	if (!t)
		return;
	t->name = e->new_name;
	map_put(&c->tables, c->arena, t->name, t);
}

void tables_exchange(struct catalog *c, const struct effect *e)
{
	struct table *a = catalog_table(c, e->table);
	struct table *b = catalog_table(c, e->new_name);

	map_remove(&c->tables, e->table);
	map_remove(&c->tables, e->new_name);
	if (a) {
		a->name = e->new_name;
		map_put(&c->tables, c->arena, a->name, a);
	}
	if (b) {
		b->name = e->table;
		map_put(&c->tables, c->arena, b->name, b);
	}
}

/* A column takes with it the constraints and indexes that stand on it. */
static void drop_column(struct catalog *c, struct table *t, struct str name)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->columns.count; i++)
		if (!str_eq(t->columns.item[i].name, name))
			t->columns.item[kept++] = t->columns.item[i];
	t->columns.count = kept;
	kept = 0;
	for (size_t i = 0; i < t->constraints.count; i++)
		if (!words_list_has(&t->constraints.item[i].columns, name))
			t->constraints.item[kept++] = t->constraints.item[i];
	t->constraints.count = kept;
	for (size_t i = 0; i < c->indexes.count; i++) {
		const struct index_info *x = c->indexes.slot[i].value;

		if (x && str_eq(x->table, t->name) &&
		    plain_mentions(x->text, name))
			c->indexes.slot[i].value = NULL;
	}
}

static void rename_column(struct table *t, const struct effect *e)
{
	struct column *col = table_column(t, e->name);

	if (col)
		col->name = e->new_name;
	for (size_t i = 0; i < t->constraints.count; i++) {
		struct words_list *l = &t->constraints.item[i].columns;

		for (size_t n = 0; n < l->count; n++)
			if (str_eq(l->item[n], e->name))
				l->item[n] = e->new_name;
	}
}

/* UPDATE t SET a = 1, b = 2 WHERE …: the columns named now have a value. */
static void update(struct catalog *c, struct table *t, struct str rest)
{
	struct words_list names = { 0 };
	struct plain p = { rest, 0 };

	if (!plain_accept(&p, "SET"))
		return;
	effect_assigned(&names, plain_rest(&p), c->dialect, c->arena);
	vec_each(struct str, name, &names) {
		struct column *col = table_column(t, *name);

		if (col)
			col->backfilled = true;
	}
}

static void change_column(struct table *t, const struct effect *e)
{
	struct column *col = table_column(t, e->name);

	if (!col)
		return;
	if (e->kind == EFFECT_COLUMN_TYPE)
		col->type = effect_new_type(e->rest);
	else if (e->kind == EFFECT_SET_NOT_NULL)
		col->not_null = true;
	else if (e->kind == EFFECT_DROP_NOT_NULL)
		col->not_null = false;
	else if (e->kind == EFFECT_SET_DEFAULT)
		col->has_default = true;
	else if (e->kind == EFFECT_DROP_DEFAULT)
		col->has_default = false;
}

void table_alter(struct catalog *c, const struct effect *e)
{
	struct table *t = catalog_table(c, e->table);
	struct constraint *k;

	if (e->kind == EFFECT_RENAME_TABLE) {
		rename_table(c, e);
		return;
	}
	if (!t) {
		/* made before the replay began: from here on it is there */
		t = table_made(c, e);
		t->change = 0;
	}
	switch (e->kind) {
	case EFFECT_ADD_COLUMN:
		if (!e->exists || !table_column(t, e->name))
			add_column(c, t, e->name, e->rest);
		break;
	case EFFECT_DROP_COLUMN: drop_column(c, t, e->name); break;
	case EFFECT_RENAME_COLUMN: rename_column(t, e); break;
	case EFFECT_ADD_CONSTRAINT:
		constraint_read(c, t, e->name, e->rest);
		break;
	case EFFECT_DROP_CONSTRAINT: constraint_drop(t, e->name); break;
	case EFFECT_VALIDATE_CONSTRAINT:
		k = table_constraint(t, e->name);
		if (k)
			k->validated = true;
		break;
	case EFFECT_RENAME_CONSTRAINT:
		k = table_constraint(t, e->name);
		if (k)
			k->name = e->new_name;
		break;
	default: change_column(t, e); break;
	}
}

void table_rows(struct catalog *c, const struct effect *e)
{
	struct table *t = catalog_table(c, e->table);

	if (!t)
		return;
	if (e->kind == EFFECT_UPDATE)
		update(c, t, e->rest);
	else if (e->kind == EFFECT_TRUNCATE ||
		 (e->kind == EFFECT_DELETE && !e->rest.len))
		t->emptied = c->change;
	else if (e->kind == EFFECT_INSERT)
		t->emptied = 0;
}
