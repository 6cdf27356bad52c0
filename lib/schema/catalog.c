#include "catalog_parts.h"
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

void catalog_next_change(struct catalog *c)
{
	c->change++;
}

struct str catalog_joined(struct catalog *c, struct str a, const char *mid,
			  struct str b, const char *end)
{
	struct strbuf s = STRBUF(c->arena);

	strbuf_add(&s, a);
	strbuf_puts(&s, mid);
	strbuf_add(&s, b);
	strbuf_puts(&s, end);
	return strbuf_str(&s);
}

void catalog_add_index(struct catalog *c, struct str name, struct str table,
		       struct str text, bool unique)
{
	struct index_info *i = arena_new(c->arena, struct index_info);

	*i = (struct index_info){ name, table, text, unique, c->change };
	map_put(&c->indexes, c->arena, name, i);
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
			name = catalog_joined(c, e->table, " ", e->rest, "");
		if (!catalog_index(c, name) || !e->exists)
			catalog_add_index(c, name, e->table, e->rest,
					  e->unique);
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
				*type = catalog_joined(c, STR("\""), "", to,
						       "\"");
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
		if (!words_list_has(&t->labels, first))
			vec_push(&t->labels, c->arena, first);
		return;
	}
	plain_accept(&p, "TO");
	const struct str second = plain_label(&p);

	vec_each(struct str, label, &t->labels)
		if (str_eq(*label, first))
			*label = second;
}

bool name_is_computed(struct str name)
{
	return str_find_byte(name, '{') != SIZE_MAX ||
	       str_find_byte(name, '%') != SIZE_MAX;
}

/* Such a table may be any that is named later on. */
static bool makes_unnamed_table(const struct effect *e)
{
	return (e->kind == EFFECT_CREATE_TABLE && name_is_computed(e->table)) ||
	       (e->kind == EFFECT_RENAME_TABLE &&
		name_is_computed(e->new_name));
}

void catalog_apply(struct catalog *c, const struct effect *e)
{
	if (makes_unnamed_table(e))
		c->complete = false;
	switch (e->kind) {
	case EFFECT_CREATE_TABLE: table_create(c, e); break;
	case EFFECT_DROP_TABLE: table_drop(c, e->table); break;
	case EFFECT_EXCHANGE_TABLES: tables_exchange(c, e); break;
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
	case EFFECT_RENAME_CONSTRAINT: table_alter(c, e); break;
	case EFFECT_CREATE_OBJECT: create_object(c, e); break;
	case EFFECT_DROP_OBJECT: drop_object(c, e); break;
	case EFFECT_RENAME_OBJECT: rename_object(c, e); break;
	case EFFECT_ADD_LABEL:
	case EFFECT_RENAME_LABEL: change_label(c, e); break;
	case EFFECT_INSERT:
	case EFFECT_UPDATE:
	case EFFECT_DELETE:
	case EFFECT_TRUNCATE: table_rows(c, e); break;
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
