#include "effect.h"

#include "compiler.h"

/* The walk over one form, and what it has found so far. */
struct parse {
	struct plain p;
	struct effect e;
	enum dialect dialect;
	struct arena *arena;
};

static struct str folded_name(struct parse *x)
{
	return plain_fold(plain_name(&x->p), x->dialect, x->arena);
}

/* A column, constraint or index: the last part is its name. */
static struct str folded_part(struct parse *x)
{
	return plain_fold(plain_last_part(plain_name(&x->p)), x->dialect,
			  x->arena);
}

static void accept_exists(struct parse *x)
{
	if (plain_accept(&x->p, "IF EXISTS") ||
	    plain_accept(&x->p, "IF NOT EXISTS"))
		x->e.exists = true;
}

static bool ends_in(struct str s, const char *word)
{
	return str_iends(s, str_of(word));
}

static void take_rest(struct parse *x)
{
	x->e.rest = plain_rest(&x->p);
	x->e.cascade = ends_in(x->e.rest, "CASCADE");
}

static void add_action(struct parse *x)
{
	if (plain_accept(&x->p, "COLUMN")) {
		x->e.kind = EFFECT_ADD_COLUMN;
		accept_exists(x);
		x->e.name = folded_part(x);
	} else {
		x->e.kind = EFFECT_ADD_CONSTRAINT;
		if (plain_accept(&x->p, "CONSTRAINT")) {
			accept_exists(x);
			if (!plain_is(&x->p, "UNIQUE") &&
			    !plain_is(&x->p, "PRIMARY KEY") &&
			    !plain_is(&x->p, "FOREIGN KEY") &&
			    !plain_is(&x->p, "CHECK"))
				x->e.name = folded_part(x);
		}
	}
}

static void drop_action(struct parse *x)
{
	if (plain_accept(&x->p, "COLUMN")) {
		x->e.kind = EFFECT_DROP_COLUMN;
		accept_exists(x);
		x->e.name = folded_part(x);
	} else if (plain_accept(&x->p, "CONSTRAINT")) {
		x->e.kind = EFFECT_DROP_CONSTRAINT;
		accept_exists(x);
		x->e.name = folded_part(x);
	} else if (plain_is(&x->p, "PRIMARY KEY")) {
		x->e.kind = EFFECT_DROP_CONSTRAINT;
	} else {
		x->e.kind = EFFECT_ALTER_TABLE;
	}
}

/* What ALTER COLUMN c does, longest words first. */
static const struct {
	const char *words;
	enum effect_kind kind;
} column_actions[] = {
	{ "TYPE", EFFECT_COLUMN_TYPE },
	{ "SET NOT NULL", EFFECT_SET_NOT_NULL },
	{ "DROP NOT NULL", EFFECT_DROP_NOT_NULL },
	{ "SET DEFAULT", EFFECT_SET_DEFAULT },
	{ "DROP DEFAULT", EFFECT_DROP_DEFAULT },
};

static void column_action(struct parse *x)
{
	x->e.kind = EFFECT_ALTER_TABLE;
	accept_exists(x);
	x->e.name = folded_part(x);
	for (size_t i = 0; i < ARRAY_LEN(column_actions); i++)
		if (plain_accept(&x->p, column_actions[i].words)) {
			x->e.kind = column_actions[i].kind;
			return;
		}
}

/* RENAME TO a bare name leaves the table in its schema. */
static struct str in_schema_of(struct parse *x, struct str table,
			       struct str name)
{
	const struct str last = plain_last_part(table);

	if (last.len == table.len || plain_last_part(name).len != name.len)
		return name;
	return str_of(
		arena_format(x->arena, STR_FMT STR_FMT,
			     STR_ARG(str_slice(table, 0, table.len - last.len)),
			     STR_ARG(name)));
}

static void rename_action(struct parse *x)
{
	if (plain_accept(&x->p, "TO")) {
		x->e.kind = EFFECT_RENAME_TABLE;
		x->e.new_name = in_schema_of(x, x->e.table, folded_name(x));
		return;
	}
	if (plain_accept(&x->p, "COLUMN"))
		x->e.kind = EFFECT_RENAME_COLUMN;
	else if (plain_accept(&x->p, "CONSTRAINT"))
		x->e.kind = EFFECT_RENAME_CONSTRAINT;
	x->e.name = folded_part(x);
	plain_accept(&x->p, "TO");
	x->e.new_name = folded_part(x);
}

static void alter_table(struct parse *x)
{
	accept_exists(x);
	x->e.table = folded_name(x);
	x->e.kind = EFFECT_ALTER_TABLE;
	if (plain_accept(&x->p, "ADD"))
		add_action(x);
	else if (plain_accept(&x->p, "DROP"))
		drop_action(x);
	else if (plain_accept(&x->p, "ALTER COLUMN"))
		column_action(x);
	else if (plain_accept(&x->p, "RENAME"))
		rename_action(x);
	else if (plain_accept(&x->p, "VALIDATE CONSTRAINT")) {
		x->e.kind = EFFECT_VALIDATE_CONSTRAINT;
		x->e.name = folded_part(x);
	}
	take_rest(x);
}

static void create_index(struct parse *x)
{
	x->e.kind = EFFECT_CREATE_OBJECT;
	x->e.object = STR("INDEX");
	x->e.concurrently = plain_accept(&x->p, "CONCURRENTLY");
	accept_exists(x);
	if (!plain_is(&x->p, "ON"))
		x->e.name = folded_part(x);
	if (plain_accept(&x->p, "ON"))
		x->e.table = folded_name(x);
	take_rest(x);
}

/* Kinds of objects that are only tracked by name. */
static const char *const object_kinds[] = {
	"MATERIALIZED VIEW",
	"VIEW",
	"TYPE",
	"FUNCTION",
	"PROCEDURE",
	"TRIGGER",
	"SEQUENCE",
	"SCHEMA",
	"EXTENSION",
	"DOMAIN",
	"POLICY",
	"AGGREGATE",
	"RULE",
	"DATABASE",
	"EVENT TRIGGER",
	"PROC",
	"ROLE",
	"USER",
	"COLLATION",
	"STATISTICS",
	"PUBLICATION",
	"SERVER",
	"EVENT",
	"CAST",
	"SYNONYM",
};

static bool accept_object(struct parse *x)
{
	for (size_t i = 0; i < ARRAY_LEN(object_kinds); i++)
		if (plain_accept(&x->p, object_kinds[i])) {
			x->e.object = str_of(object_kinds[i]);
			if (!strcmp(object_kinds[i], "PROC"))
				x->e.object = STR("PROCEDURE");
			return true;
		}
	return false;
}

static void create_object(struct parse *x)
{
	/* modifiers between CREATE and the kind: RECURSIVE, DEFINER = …,
	 * CONSTRAINT TRIGGER, TEMPORARY SEQUENCE */
	for (int i = 0; i < 6 && x->p.at < x->p.s.len; i++) {
		if (plain_is(&x->p, "TEMPORARY") || plain_is(&x->p, "TEMP"))
			x->e.temporary = true;
		if (accept_object(x)) {
			x->e.kind = EFFECT_CREATE_OBJECT;
			accept_exists(x);
			x->e.name = folded_name(x);
			break;
		}
		plain_step(&x->p);
	}
	x->e.rest = plain_rest(&x->p);
	if (str_eq(x->e.object, STR("TRIGGER")) ||
	    str_eq(x->e.object, STR("POLICY")) ||
	    str_eq(x->e.object, STR("RULE"))) {
		while (x->p.at < x->p.s.len && !plain_accept(&x->p, "ON"))
			plain_step(&x->p);
		x->e.table = folded_name(x);
	}
}

static void create(struct parse *x)
{
	x->e.replace = plain_accept(&x->p, "OR REPLACE");
	plain_accept(&x->p, "OR ALTER");
	const size_t start = x->p.at;

	if (plain_accept(&x->p, "UNIQUE"))
		x->e.unique = true;
	while (plain_accept(&x->p, "CLUSTERED") ||
	       plain_accept(&x->p, "NONCLUSTERED") ||
	       plain_accept(&x->p, "FULLTEXT") ||
	       plain_accept(&x->p, "SPATIAL"))
		;
	if (plain_accept(&x->p, "INDEX")) {
		create_index(x);
		return;
	}
	x->p.at = start;
	plain_accept(&x->p, "UNLOGGED");
	x->e.temporary = plain_accept(&x->p, "TEMPORARY");
	if (plain_accept(&x->p, "TABLE")) {
		x->e.kind = EFFECT_CREATE_TABLE;
		accept_exists(x);
		x->e.table = folded_name(x);
		take_rest(x);
		return;
	}
	x->p.at = start;
	create_object(x);
}

static void drop(struct parse *x)
{
	x->e.temporary = plain_accept(&x->p, "TEMPORARY");
	if (plain_accept(&x->p, "TABLE")) {
		x->e.kind = EFFECT_DROP_TABLE;
		accept_exists(x);
		x->e.table = folded_name(x);
	} else if (plain_accept(&x->p, "INDEX")) {
		x->e.kind = EFFECT_DROP_OBJECT;
		x->e.object = STR("INDEX");
		x->e.concurrently = plain_accept(&x->p, "CONCURRENTLY");
		accept_exists(x);
		x->e.name = folded_part(x);
		if (plain_accept(&x->p, "ON"))
			x->e.table = folded_name(x);
	} else if (accept_object(x)) {
		x->e.kind = EFFECT_DROP_OBJECT;
		accept_exists(x);
		x->e.name = folded_name(x);
		plain_parens(&x->p);
		if (plain_accept(&x->p, "ON"))
			x->e.table = folded_name(x);
	}
	take_rest(x);
}

static void alter_object(struct parse *x)
{
	if (plain_accept(&x->p, "INDEX"))
		x->e.object = STR("INDEX");
	else if (!accept_object(x))
		return;
	accept_exists(x);
	x->e.name = str_eq(x->e.object, STR("INDEX")) ? folded_part(x)
						      : folded_name(x);
	if (plain_accept(&x->p, "RENAME TO")) {
		x->e.kind = EFFECT_RENAME_OBJECT;
		x->e.new_name = folded_part(x);
	} else if (plain_accept(&x->p, "ADD VALUE")) {
		x->e.kind = EFFECT_ADD_LABEL;
		accept_exists(x);
	} else if (plain_accept(&x->p, "RENAME VALUE")) {
		x->e.kind = EFFECT_RENAME_LABEL;
	}
	take_rest(x);
}

static void rows(struct parse *x, enum effect_kind kind)
{
	x->e.kind = kind;
	accept_exists(x);
	x->e.table = folded_name(x);
	take_rest(x);
}

static void begin(struct parse *x)
{
	x->e.kind = EFFECT_BEGIN;
}

static void commit(struct parse *x)
{
	x->e.kind = EFFECT_COMMIT;
}

static void delete (struct parse *x)
{
	rows(x, EFFECT_DELETE);
}

static void insert(struct parse *x)
{
	rows(x, EFFECT_INSERT);
}

static void replace_into(struct parse *x)
{
	rows(x, EFFECT_INSERT);
	x->e.replace = true;
}

static void update(struct parse *x)
{
	rows(x, EFFECT_UPDATE);
}

static void truncate(struct parse *x)
{
	rows(x, EFFECT_TRUNCATE);
}

static void set(struct parse *x)
{
	x->e.kind = EFFECT_SET;
	take_rest(x);
}

static void lock(struct parse *x)
{
	plain_accept(&x->p, "TABLE");
	rows(x, EFFECT_LOCK);
}

static void maintain(struct parse *x)
{
	x->e.kind = EFFECT_MAINTAIN;
	take_rest(x);
}

/* EXCHANGE TABLES a AND b */
static void exchange(struct parse *x)
{
	x->e.kind = EFFECT_EXCHANGE_TABLES;
	x->e.table = folded_name(x);
	plain_accept(&x->p, "AND");
	x->e.new_name = folded_name(x);
}

static void dynamic(struct parse *x)
{
	x->e.kind = EFFECT_DYNAMIC;
}

/* SELECT … INTO [TEMPORARY] t FROM …: makes t. */
static void select_into(struct parse *x)
{
	const struct str rest = plain_rest(&x->p);
	const size_t into = str_ifind(rest, STR(" INTO "));

	if (into >= rest.len)
		return;
	x->p.at += into + 6;
	x->e.kind = EFFECT_CREATE_TABLE;
	x->e.temporary =
		plain_accept(&x->p, "TEMPORARY") || plain_accept(&x->p, "TEMP");
	plain_accept(&x->p, "UNLOGGED");
	plain_accept(&x->p, "TABLE");
	x->e.table = folded_name(x);
	x->e.temporary |= x->e.table.len && x->e.table.ptr[0] == '#';
	x->e.rest = x->p.s;
}

/* The first words of a statement and who reads the rest. */
static const struct {
	const char *words;
	void (*read)(struct parse *x);
} heads[] = {
	{ "ALTER TABLE", alter_table },
	{ "CREATE", create },
	{ "DROP", drop },
	{ "ALTER", alter_object },
	{ "INSERT INTO", insert },
	{ "REPLACE INTO", replace_into },
	{ "UPDATE", update },
	{ "DELETE FROM", delete },
	{ "TRUNCATE", truncate },
	{ "BEGIN", begin },
	{ "COMMIT", commit },
	{ "ROLLBACK", commit },
	{ "SET", set },
	{ "PRAGMA", set },
	{ "LOCK", lock },
	{ "SELECT", select_into },
	{ "REINDEX", maintain },
	{ "VACUUM", maintain },
	{ "CLUSTER", maintain },
	{ "REFRESH", maintain },
	{ "COMMENT ON", maintain },
	{ "EXCHANGE TABLES", exchange },
	{ "EXECUTE DYNAMIC", dynamic },
	{ "REVERT", dynamic },
};

struct effect effect_of(const struct form *form, enum dialect d,
			struct arena *a)
{
	struct parse x = { .p = { form->text, 0 }, .dialect = d, .arena = a };

	x.e.flags = form->flags;
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		if (plain_accept(&x.p, heads[i].words)) {
			heads[i].read(&x);
			break;
		}
	return x.e;
}

/* Where one of the clauses behind the assignments begins. */
static bool begins_clause(struct str s)
{
	static const struct str words[] = {
		STR_INIT(" WHERE "), STR_INIT(" FROM "),
		STR_INIT(" JOIN "),  STR_INIT(" INNER "),
		STR_INIT(" LEFT "),  STR_INIT(" ORDER "),
		STR_INIT(" LIMIT "), STR_INIT(" RETURNING "),
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_istarts(s, words[i]))
			return true;
	return false;
}

struct str effect_assignments(struct str rest)
{
	size_t depth = 0;

	for (size_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] == '(')
			depth++;
		else if (rest.ptr[i] == ')' && depth)
			depth--;
		else if (!depth && rest.ptr[i] == ' ' &&
			 begins_clause(str_slice(rest, i, rest.len)))
			return str_slice(rest, 0, i);
	}
	return rest;
}

/* "::text", "::\"Role\"[]": only casts, to the end. */
static bool is_casts(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '(' || s.ptr[i] == '+' || s.ptr[i] == '*' ||
		    s.ptr[i] == '/' || s.ptr[i] == '|' || s.ptr[i] == '\'')
			return false;
	return !s.len || str_starts(s, STR("::"));
}

bool effect_only_casts(struct str rest, struct str column)
{
	const size_t using = str_ifind(rest, STR(" USING "));

	if (using >= rest.len)
		return true;
	struct str e = str_slice(rest, using + 7, rest.len);

	if (str_istarts(e, STR("CAST(")))
		e = str_slice(e, 5, str_ifind(e, STR(" AS ")));
	while (e.len && (e.ptr[0] == '(' || e.ptr[0] == '"'))
		e = str_slice(e, 1, e.len);
	while (e.len && (e.ptr[e.len - 1] == ')' || e.ptr[e.len - 1] == '"'))
		e.len--;
	if (!str_istarts(e, column))
		return false;
	e = str_slice(e, column.len, e.len);
	while (e.len && (e.ptr[0] == '"' || e.ptr[0] == ')' || e.ptr[0] == ' '))
		e = str_slice(e, 1, e.len);
	return is_casts(e);
}

struct str effect_new_type(struct str rest)
{
	rest = str_slice(rest, 0, str_find(rest, STR(" WAS ")));
	rest = str_slice(rest, 0, str_ifind(rest, STR(" USING ")));
	return str_slice(rest, 0, str_ifind(rest, STR(" COLLATE ")));
}

struct str effect_old_type(struct str rest)
{
	const size_t was = str_find(rest, STR(" WAS "));

	return was == SIZE_MAX ? (struct str){ "", 0 }
			       : str_slice(rest, was + 5, rest.len);
}

void effect_assigned(struct words_list *out, struct str assignments,
		     enum dialect d, struct arena *a)
{
	struct words_list items = { 0 }, names = { 0 };

	plain_split(&items, effect_assignments(assignments), a);
	vec_each(struct str, item, &items) {
		const size_t equals = str_find_byte(*item, '=');
		const struct str left = str_slice(*item, 0, equals);
		struct plain p = { left, 0 };

		plain_split(&names,
			    left.len && left.ptr[0] == '(' ? plain_parens(&p)
							   : left,
			    a);
	}
	vec_each(struct str, name, &names)
		vec_push(out, a,
			 plain_fold(plain_last_part(str_trim(*name)), d, a));
}

bool effect_sets_column(struct str assignments, struct str column,
			enum dialect d, struct arena *a)
{
	struct words_list names = { 0 };

	effect_assigned(&names, assignments, d, a);
	vec_each(struct str, name, &names)
		if (str_eq(*name, column))
			return true;
	return false;
}
