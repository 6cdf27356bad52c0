#include "catalog.h"

#include "strbuf.h"

struct catalog *catalog_new(struct arena *a, enum dialect d)
{
	struct catalog *c = arena_new(a, struct catalog);

	c->arena = a;
	c->dialect = d;
	c->change = 1;
	return c;
}

struct table *catalog_table(const struct catalog *c, struct str name)
{
	return map_get(&c->tables, name);
}

struct column *table_column(const struct table *t, struct str name)
{
	for (size_t i = 0; t && i < t->columns.count; i++)
		if (str_eq(t->columns.item[i].name, name))
			return &t->columns.item[i];
	return NULL;
}

struct constraint *table_constraint(const struct table *t, struct str name)
{
	for (size_t i = 0; t && i < t->constraints.count; i++)
		if (str_eq(t->constraints.item[i].name, name))
			return &t->constraints.item[i];
	return NULL;
}

struct index_info *catalog_index(const struct catalog *c, struct str name)
{
	return map_get(&c->indexes, name);
}

struct type_info *catalog_type(const struct catalog *c, struct str name)
{
	return map_get(&c->types, name);
}

/* A materialized view and a procedure share the names of views and
 * functions. */
static struct str object_key(struct arena *a, struct str kind, struct str name)
{
	struct strbuf b = STRBUF(a);

	if (str_eq(kind, STR("MATERIALIZED VIEW")))
		kind = STR("VIEW");
	else if (str_eq(kind, STR("PROCEDURE")) ||
		 str_eq(kind, STR("AGGREGATE")))
		kind = STR("FUNCTION");
	strbuf_add(&b, kind);
	strbuf_byte(&b, ' ');
	/* a function's arguments are not part of its name here */
	const size_t paren = str_find_byte(name, '(');

	strbuf_add(&b, str_slice(name, 0, paren));
	return strbuf_str(&b);
}

struct object_info *catalog_object(const struct catalog *c, struct str kind,
				   struct str name)
{
	return map_get(&c->objects, object_key(c->arena, kind, name));
}

void catalog_lose(struct catalog *c)
{
	c->complete = false;
	c->lost = true;
}

/* Marks what the change has done to rows as done. */
void catalog_next_change(struct catalog *c)
{
	c->change++;
	for (size_t i = 0; i < c->tables.count; i++) {
		struct table *t = c->tables.slot[i].value;

		if (!t)
			continue;
		t->emptied = false;
		for (size_t n = 0; n < t->columns.count; n++) {
			t->columns.item[n].backfilled = false;
			t->columns.item[n].filled = false;
		}
	}
}

static struct table *table_made(struct catalog *c, const struct effect *e)
{
	struct table *t = arena_new(c->arena, struct table);

	t->name = e->table;
	t->temporary = e->temporary;
	t->change = c->change;
	map_put(&c->tables, c->arena, t->name, t);
	return t;
}

static void columns_of_list(struct words_list *out, struct catalog *c,
			    struct str list)
{
	struct words_list raw = { 0 };

	plain_split(&raw, list, c->arena);
	vec_each(struct str, one, &raw) {
		struct plain p = { *one, 0 };

		vec_push(out, c->arena,
			 plain_fold(plain_name(&p), c->dialect, c->arena));
	}
}

static struct str joined(struct catalog *c, struct str a, const char *mid,
			 struct str b, const char *end)
{
	struct strbuf s = STRBUF(c->arena);

	strbuf_add(&s, a);
	strbuf_puts(&s, mid);
	strbuf_add(&s, b);
	strbuf_puts(&s, end);
	return strbuf_str(&s);
}

/* The names PostgreSQL gives to constraints without one (makeObjectName). */
static struct str constraint_name(struct catalog *c, const struct table *t,
				  const struct constraint *k)
{
	static const char *const suffix[] = {
		[CONSTRAINT_CHECK] = "_check",
		[CONSTRAINT_UNIQUE] = "_key",
		[CONSTRAINT_PRIMARY_KEY] = "_pkey",
		[CONSTRAINT_FOREIGN_KEY] = "_fkey",
		[CONSTRAINT_EXCLUDE] = "_excl",
		[CONSTRAINT_OTHER] = "",
	};
	struct strbuf cols = STRBUF(c->arena);
	const struct str table = plain_last_part(t->name);

	if (k->kind == CONSTRAINT_PRIMARY_KEY)
		return joined(c, table, "", STR(""), suffix[k->kind]);
	if (k->kind == CONSTRAINT_CHECK && k->columns.count != 1)
		return joined(c, table, "", STR(""), suffix[k->kind]);
	vec_each(struct str, one, &k->columns) {
		if (cols.len)
			strbuf_byte(&cols, '_');
		strbuf_add(&cols, *one);
	}
	return joined(c, table, "_", strbuf_str(&cols), suffix[k->kind]);
}

static void add_constraint(struct catalog *c, struct table *t,
			   struct constraint k)
{
	k.change = c->change;
	k.validated = !str_iends(k.text, STR("NOT VALID"));
	if (!k.name.len) {
		k.name = constraint_name(c, t, &k);
		/* before PostgreSQL 12 only the first column */
		k.unsure =
			k.columns.count > 1 && k.kind != CONSTRAINT_PRIMARY_KEY;
	}
	vec_push(&t->constraints, c->arena, k);
	if (k.kind != CONSTRAINT_PRIMARY_KEY)
		return;
	vec_each(struct str, name, &k.columns) {
		struct column *col = table_column(t, *name);

		if (col)
			col->not_null = true;
	}
}

/* The columns a CHECK speaks of: those of the table it mentions. */
static void check_columns(struct catalog *c, const struct table *t,
			  struct constraint *k)
{
	for (size_t i = 0; i < t->columns.count; i++)
		if (plain_mentions(k->text, t->columns.item[i].name))
			vec_push(&k->columns, c->arena,
				 t->columns.item[i].name);
}

/* "PRIMARY KEY (a)", "FOREIGN KEY (a) REFERENCES t …", without the name. */
static void read_constraint(struct catalog *c, struct table *t, struct str name,
			    struct str text)
{
	struct plain p = { text, 0 };
	struct constraint k = { .name = name,
				.kind = CONSTRAINT_OTHER,
				.text = text };

	if (plain_accept(&p, "PRIMARY KEY")) {
		k.kind = CONSTRAINT_PRIMARY_KEY;
	} else if (plain_accept(&p, "UNIQUE")) {
		k.kind = CONSTRAINT_UNIQUE;
	} else if (plain_accept(&p, "FOREIGN KEY")) {
		k.kind = CONSTRAINT_FOREIGN_KEY;
	} else if (plain_accept(&p, "CHECK")) {
		k.kind = CONSTRAINT_CHECK;
		check_columns(c, t, &k);
		add_constraint(c, t, k);
		return;
	} else if (plain_accept(&p, "EXCLUDE")) {
		k.kind = CONSTRAINT_EXCLUDE;
	}
	if (plain_accept(&p, "USING INDEX")) {
		const struct str index =
			plain_fold(plain_name(&p), c->dialect, c->arena);

		if (!k.name.len)
			k.name = index;
		map_remove(&c->indexes, index);
	}
	while (p.at < p.s.len && p.s.ptr[p.at] != '(')
		plain_step(&p);
	columns_of_list(&k.columns, c, plain_parens(&p));
	if (plain_accept(&p, "REFERENCES")) {
		k.refers = plain_fold(plain_name(&p), c->dialect, c->arena);
		k.cascades =
			str_ifind(text, STR("ON DELETE CASCADE")) != (size_t)-1;
	}
	add_constraint(c, t, k);
}

static void column_constraint(struct catalog *c, struct table *t,
			      struct str column, enum constraint_kind kind,
			      const struct column_def *d)
{
	struct constraint k = { .kind = kind };

	vec_push(&k.columns, c->arena, column);
	if (kind == CONSTRAINT_FOREIGN_KEY) {
		struct plain p = { d->references_text, 0 };

		k.refers = plain_fold(plain_name(&p), c->dialect, c->arena);
		k.cascades = str_ifind(d->references_text,
				       STR("ON DELETE CASCADE")) != (size_t)-1;
	}
	add_constraint(c, t, k);
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
		column_constraint(c, t, name, CONSTRAINT_PRIMARY_KEY, &d);
	if (d.unique)
		column_constraint(c, t, name, CONSTRAINT_UNIQUE, &d);
	if (d.references)
		column_constraint(c, t, name, CONSTRAINT_FOREIGN_KEY, &d);
	if (d.check)
		column_constraint(c, t, name, CONSTRAINT_CHECK, &d);
}

static void add_index(struct catalog *c, struct str name, struct str table,
		      struct str text, bool unique)
{
	struct index_info *i = arena_new(c->arena, struct index_info);

	*i = (struct index_info){ name, table, text, unique, c->change };
	map_put(&c->indexes, c->arena, name, i);
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
		read_constraint(c, t, name, plain_rest(&p));
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
			add_index(c, name, t->name, plain_rest(&look), false);
			return;
		}
	}
	name = plain_fold(plain_last_part(plain_name(&p)), c->dialect,
			  c->arena);
	if (name.len)
		add_column(c, t, name, plain_rest(&p));
}

static void create_table(struct catalog *c, const struct effect *e)
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

static void drop_table(struct catalog *c, struct str name)
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

static bool lists(const struct words_list *l, struct str word)
{
	for (size_t i = 0; i < l->count; i++)
		if (str_eq(l->item[i], word))
			return true;
	return false;
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
		if (!lists(&t->constraints.item[i].columns, name))
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

static void drop_constraint(struct table *t, struct str name)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->constraints.count; i++) {
		const struct constraint *k = &t->constraints.item[i];
		const bool gone = name.len ? str_eq(k->name, name)
					   : k->kind == CONSTRAINT_PRIMARY_KEY;

		if (!gone)
			t->constraints.item[kept++] = *k;
	}
	t->constraints.count = kept;
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

static void alter_table(struct catalog *c, const struct effect *e)
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
		read_constraint(c, t, e->name, e->rest);
		break;
	case EFFECT_DROP_CONSTRAINT: drop_constraint(t, e->name); break;
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

/* The labels between the parentheses of AS ENUM. */
static void create_type(struct catalog *c, const struct effect *e)
{
	struct type_info *t = arena_new(c->arena, struct type_info);
	struct plain p = { e->rest, 0 };

	t->name = e->name;
	t->change = c->change;
	t->is_enum = plain_accept(&p, "AS ENUM");
	if (t->is_enum)
		plain_split(&t->labels, plain_parens(&p), c->arena);
	map_put(&c->types, c->arena, t->name, t);
}

static void create_object(struct catalog *c, const struct effect *e)
{
	struct object_info *o = catalog_object(c, e->object, e->name);

	if (str_eq(e->object, STR("INDEX"))) {
		struct str name = e->name;

		if (!name.len)
			name = joined(c, e->table, " ", e->rest, "");
		if (!catalog_index(c, name) || !e->exists)
			add_index(c, name, e->table, e->rest, e->unique);
		return;
	}
	if (str_eq(e->object, STR("TYPE")))
		create_type(c, e);
	if (o) /* replaced or IF NOT EXISTS: as old as it was */
		return;
	o = arena_new(c->arena, struct object_info);
	o->key = object_key(c->arena, e->object, e->name);
	o->change = c->change;
	map_put(&c->objects, c->arena, o->key, o);
}

static void drop_object(struct catalog *c, const struct effect *e)
{
	if (str_eq(e->object, STR("INDEX")))
		map_remove(&c->indexes, e->name);
	if (str_eq(e->object, STR("TYPE")))
		map_remove(&c->types, e->name);
	map_remove(&c->objects, object_key(c->arena, e->object, e->name));
}

/* Columns of a type are of the type, not of its name. */
static void rename_column_types(struct catalog *c, struct str from,
				struct str to)
{
	for (size_t i = 0; i < c->tables.count; i++) {
		struct table *t = c->tables.slot[i].value;

		for (size_t n = 0; t && n < t->columns.count; n++) {
			struct str *type = &t->columns.item[n].type;

			if (str_eq(plain_fold(*type, c->dialect, c->arena),
				   from))
				*type = joined(c, STR("\""), "", to, "\"");
		}
	}
}

static void rename_object(struct catalog *c, const struct effect *e)
{
	struct index_info *i = catalog_index(c, e->name);
	struct type_info *t = catalog_type(c, e->name);
	struct object_info *o = catalog_object(c, e->object, e->name);

	if (str_eq(e->object, STR("INDEX")) && i) {
		map_remove(&c->indexes, e->name);
		i->name = e->new_name;
		map_put(&c->indexes, c->arena, i->name, i);
	}
	if (str_eq(e->object, STR("TYPE")))
		rename_column_types(c, e->name, e->new_name);
	if (str_eq(e->object, STR("TYPE")) && t) {
		map_remove(&c->types, e->name);
		t->name = e->new_name;
		map_put(&c->types, c->arena, t->name, t);
	}
	if (o) {
		map_remove(&c->objects, o->key);
		o->key = object_key(c->arena, e->object, e->new_name);
		map_put(&c->objects, c->arena, o->key, o);
	}
}

/* ADD VALUE 'x' BEFORE 'y': the first word is the new label. RENAME VALUE 'a'
 * TO 'b'. */
static void change_label(struct catalog *c, const struct effect *e)
{
	struct type_info *t = catalog_type(c, e->name);
	struct plain p = { e->rest, 0 };
	const struct str first = plain_label(&p);

	if (!t)
		return;
	if (e->kind == EFFECT_ADD_LABEL) {
		if (!lists(&t->labels, first))
			vec_push(&t->labels, c->arena, first);
		return;
	}
	plain_accept(&p, "TO");
	const struct str second = plain_label(&p);

	vec_each(struct str, label, &t->labels)
		if (str_eq(*label, first))
			*label = second;
}

static void change_rows(struct catalog *c, const struct effect *e)
{
	struct table *t = catalog_table(c, e->table);

	if (!t)
		return;
	if (e->kind == EFFECT_UPDATE)
		update(c, t, e->rest);
	else if (e->kind == EFFECT_TRUNCATE ||
		 (e->kind == EFFECT_DELETE && !e->rest.len))
		t->emptied = true;
	else if (e->kind == EFFECT_INSERT)
		t->emptied = false;
}

void catalog_apply(struct catalog *c, const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_CREATE_TABLE: create_table(c, e); break;
	case EFFECT_DROP_TABLE: drop_table(c, e->table); break;
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
	case EFFECT_RENAME_CONSTRAINT: alter_table(c, e); break;
	case EFFECT_CREATE_OBJECT: create_object(c, e); break;
	case EFFECT_DROP_OBJECT: drop_object(c, e); break;
	case EFFECT_RENAME_OBJECT: rename_object(c, e); break;
	case EFFECT_ADD_LABEL:
	case EFFECT_RENAME_LABEL: change_label(c, e); break;
	case EFFECT_INSERT:
	case EFFECT_UPDATE:
	case EFFECT_DELETE:
	case EFFECT_TRUNCATE: change_rows(c, e); break;
	case EFFECT_DYNAMIC: catalog_lose(c); break;
	case EFFECT_OTHER:
	case EFFECT_ALTER_TABLE:
	case EFFECT_BEGIN:
	case EFFECT_COMMIT:
	case EFFECT_SET:
	case EFFECT_LOCK:
	case EFFECT_MAINTAIN: break;
	}
}
