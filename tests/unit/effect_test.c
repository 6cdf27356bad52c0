/* lib/schema/effect.c, column_def.c, plain.c: one plain form, what it does. */
#include "arena.h"
#include "effect.h"
#include "strbuf.h"
#include "suite.h"

static const char *const kinds[] = {
	[EFFECT_OTHER] = "other",
	[EFFECT_CREATE_TABLE] = "create table",
	[EFFECT_DROP_TABLE] = "drop table",
	[EFFECT_RENAME_TABLE] = "rename table",
	[EFFECT_EXCHANGE_TABLES] = "exchange tables",
	[EFFECT_ADD_COLUMN] = "add column",
	[EFFECT_DROP_COLUMN] = "drop column",
	[EFFECT_RENAME_COLUMN] = "rename column",
	[EFFECT_COLUMN_TYPE] = "type",
	[EFFECT_SET_NOT_NULL] = "set not null",
	[EFFECT_DROP_NOT_NULL] = "drop not null",
	[EFFECT_SET_DEFAULT] = "set default",
	[EFFECT_DROP_DEFAULT] = "drop default",
	[EFFECT_ADD_CONSTRAINT] = "add constraint",
	[EFFECT_DROP_CONSTRAINT] = "drop constraint",
	[EFFECT_VALIDATE_CONSTRAINT] = "validate",
	[EFFECT_RENAME_CONSTRAINT] = "rename constraint",
	[EFFECT_ALTER_TABLE] = "alter table",
	[EFFECT_CREATE_OBJECT] = "create",
	[EFFECT_DROP_OBJECT] = "drop",
	[EFFECT_RENAME_OBJECT] = "rename",
	[EFFECT_ADD_LABEL] = "add label",
	[EFFECT_RENAME_LABEL] = "rename label",
	[EFFECT_INSERT] = "insert",
	[EFFECT_UPDATE] = "update",
	[EFFECT_DELETE] = "delete",
	[EFFECT_TRUNCATE] = "truncate",
	[EFFECT_BEGIN] = "begin",
	[EFFECT_COMMIT] = "commit",
	[EFFECT_SET] = "set",
	[EFFECT_LOCK] = "lock",
	[EFFECT_DYNAMIC] = "dynamic",
};

static void put(struct strbuf *b, const char *what, struct str value)
{
	if (value.len)
		strbuf_printf(b, " %s=" STR_FMT, what, STR_ARG(value));
}

static void flag(struct strbuf *b, const char *what, bool on)
{
	if (on)
		strbuf_printf(b, " %s", what);
}

static const char *described(const char *form, enum dialect d, struct arena *a)
{
	const struct form f = { .text = str_of(form) };
	const struct effect e = effect_of(&f, d, a);
	struct strbuf b = STRBUF(a);

	strbuf_puts(&b, kinds[e.kind]);
	put(&b, "object", e.object);
	put(&b, "table", e.table);
	put(&b, "name", e.name);
	put(&b, "new", e.new_name);
	put(&b, "rest", e.rest);
	flag(&b, "exists", e.exists);
	flag(&b, "temporary", e.temporary);
	flag(&b, "cascade", e.cascade);
	flag(&b, "replace", e.replace);
	flag(&b, "concurrently", e.concurrently);
	flag(&b, "unique", e.unique);
	return strbuf_cstr(&b);
}

/* A form and what effect_of() makes of it in PostgreSQL. */
static const struct {
	const char *form, *effect;
} effects[] = {
	{ "DROP TABLE IF EXISTS public.\"User\" CASCADE",
	  "drop table table=User rest=CASCADE exists cascade" },
	{ "DROP TEMPORARY TABLE t", "drop table table=t temporary" },
	{ "CREATE TEMPORARY TABLE t (a int)",
	  "create table table=t rest=(a int) temporary" },
	{ "CREATE UNLOGGED TABLE IF NOT EXISTS S.T AS SELECT 1",
	  "create table table=s.t rest=AS SELECT 1 exists" },
	{ "SELECT a INTO TEMPORARY x FROM y",
	  "create table table=x rest=SELECT a INTO TEMPORARY x FROM y temporary" },
	{ "SELECT 1", "other" },
	{ "ALTER TABLE a RENAME TO B", "rename table table=a new=b" },
	{ "ALTER TABLE t ADD COLUMN IF NOT EXISTS c int NOT NULL",
	  "add column table=t name=c rest=int NOT NULL exists" },
	{ "ALTER TABLE IF EXISTS t DROP COLUMN \"C\" CASCADE",
	  "drop column table=t name=C rest=CASCADE exists cascade" },
	{ "ALTER TABLE t RENAME COLUMN a TO b",
	  "rename column table=t name=a new=b" },
	{ "ALTER TABLE t ALTER COLUMN c TYPE text USING c::text",
	  "type table=t name=c rest=text USING c::text" },
	{ "ALTER TABLE t ALTER COLUMN c SET NOT NULL",
	  "set not null table=t name=c" },
	{ "ALTER TABLE t ALTER COLUMN c DROP NOT NULL",
	  "drop not null table=t name=c" },
	{ "ALTER TABLE t ALTER COLUMN c SET DEFAULT now()",
	  "set default table=t name=c rest=now()" },
	{ "ALTER TABLE t ALTER COLUMN c DROP DEFAULT",
	  "drop default table=t name=c" },
	{ "ALTER TABLE t ALTER COLUMN c SET STATISTICS 5",
	  "alter table table=t name=c rest=SET STATISTICS 5" },
	{ "ALTER TABLE t ADD CONSTRAINT k UNIQUE (a)",
	  "add constraint table=t name=k rest=UNIQUE (a)" },
	{ "ALTER TABLE t ADD PRIMARY KEY (a)",
	  "add constraint table=t rest=PRIMARY KEY (a)" },
	{ "ALTER TABLE t ADD CONSTRAINT UNIQUE (a)",
	  "add constraint table=t rest=UNIQUE (a)" },
	{ "ALTER TABLE t DROP CONSTRAINT IF EXISTS k",
	  "drop constraint table=t name=k exists" },
	{ "ALTER TABLE t DROP PRIMARY KEY",
	  "drop constraint table=t rest=PRIMARY KEY" },
	{ "ALTER TABLE t VALIDATE CONSTRAINT k", "validate table=t name=k" },
	{ "ALTER TABLE t RENAME CONSTRAINT a TO b",
	  "rename constraint table=t name=a new=b" },
	{ "ALTER TABLE t OWNER TO joe",
	  "alter table table=t rest=OWNER TO joe" },
	{ "ALTER TABLE t DROP PARTITION p",
	  "alter table table=t rest=PARTITION p" },
	{ "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON s.t USING "
	  "btree (a)",
	  "create object=INDEX table=s.t name=i rest=USING btree (a) exists "
	  "concurrently unique" },
	{ "CREATE INDEX ON t (a)", "create object=INDEX table=t rest=(a)" },
	{ "DROP INDEX CONCURRENTLY IF EXISTS s.i",
	  "drop object=INDEX name=i exists concurrently" },
	{ "DROP INDEX i ON t", "drop object=INDEX table=t name=i" },
	{ "ALTER INDEX s.i RENAME TO j", "rename object=INDEX name=i new=j" },
	{ "CREATE OR REPLACE VIEW v AS SELECT 1",
	  "create object=VIEW name=v rest=AS SELECT 1 replace" },
	{ "CREATE MATERIALIZED VIEW m AS SELECT 1",
	  "create object=MATERIALIZED VIEW name=m rest=AS SELECT 1" },
	{ "DROP MATERIALIZED VIEW m", "drop object=MATERIALIZED VIEW name=m" },
	{ "CREATE TYPE mood AS ENUM ('a', 'b')",
	  "create object=TYPE name=mood rest=AS ENUM ('a', 'b')" },
	{ "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'c' BEFORE 'a'",
	  "add label object=TYPE name=mood rest='c' BEFORE 'a' exists" },
	{ "ALTER TYPE mood RENAME VALUE 'a' TO 'b'",
	  "rename label object=TYPE name=mood rest='a' TO 'b'" },
	{ "ALTER TYPE a RENAME TO b", "rename object=TYPE name=a new=b" },
	{ "DROP FUNCTION f(int)", "drop object=FUNCTION name=f" },
	{ "CREATE TRIGGER g BEFORE INSERT ON t",
	  "create object=TRIGGER table=t name=g rest=BEFORE INSERT ON t" },
	{ "DROP TRIGGER g ON t", "drop object=TRIGGER table=t name=g" },
	{ "DROP SCHEMA s CASCADE",
	  "drop object=SCHEMA name=s rest=CASCADE cascade" },
	{ "INSERT INTO t (a) VALUES", "insert table=t rest=(a) VALUES" },
	{ "REPLACE INTO t SELECT 1", "insert table=t rest=SELECT 1 replace" },
	{ "EXCHANGE TABLES a AND d.b", "exchange tables table=a new=d.b" },
	{ "UPDATE t SET a = 1 WHERE b",
	  "update table=t rest=SET a = 1 WHERE b" },
	{ "DELETE FROM t", "delete table=t" },
	{ "DELETE FROM t WHERE a = 1", "delete table=t rest=WHERE a = 1" },
	{ "TRUNCATE t CASCADE", "truncate table=t rest=CASCADE cascade" },
	{ "TRUNCATE IF EXISTS t", "truncate table=t exists" },
	{ "BEGIN", "begin" },
	{ "COMMIT", "commit" },
	{ "ROLLBACK", "commit" },
	{ "SET lock_timeout = ''", "set rest=lock_timeout = ''" },
	{ "PRAGMA foreign_keys = OFF", "set rest=foreign_keys = OFF" },
	{ "LOCK TABLE t IN SHARE MODE", "lock table=t rest=IN SHARE MODE" },
	{ "EXECUTE DYNAMIC", "dynamic" },
	/* what is cut off names what it can */
	{ "", "other" },
	{ "DROP TABLE", "drop table" },
	{ "ALTER TABLE", "alter table" },
	{ "ALTER TABLE t ADD", "add constraint table=t" },
	{ "ALTER TABLE t ALTER COLUMN", "alter table table=t" },
	{ "ALTER TABLE t RENAME COLUMN a", "rename column table=t name=a" },
	{ "CREATE INDEX", "create object=INDEX" },
	{ "CREATE", "other" },
	{ "ALTER TABLEX t DROP COLUMN a", "other" },
};

START_TEST(a_form_has_its_effect)
{
	struct arena a = { 0 };
	const char *got = described(effects[_i].form, DIALECT_POSTGRES, &a);

	ck_assert_msg(!strcmp(got, effects[_i].effect), "%s:\n%s\nis not\n%s",
		      effects[_i].form, got, effects[_i].effect);
	arena_free(&a);
}
END_TEST

static const char *def_described(const char *text, struct arena *a)
{
	const struct column_def d = column_def_of(str_of(text));
	struct strbuf b = STRBUF(a);

	strbuf_add(&b, d.type);
	flag(&b, "not-null", d.not_null);
	flag(&b, "null", d.null);
	if (d.has_default)
		put(&b, "default", d.default_text);
	flag(&b, "pk", d.primary_key);
	flag(&b, "unique", d.unique);
	flag(&b, "check", d.check);
	if (d.references)
		put(&b, "references", d.references_text);
	flag(&b, "generated", d.generated);
	flag(&b, "stored", d.generated_stored);
	flag(&b, "identity", d.identity);
	return strbuf_cstr(&b);
}

static const struct {
	const char *text, *def;
} defs[] = {
	{ "int", "int" },
	{ "", "" },
	{ "varchar(50) NOT NULL", "varchar(50) not-null" },
	{ "numeric(10, 2) NULL DEFAULT 0", "numeric(10, 2) null default=0" },
	{ "timestamp with time zone DEFAULT now() NOT NULL",
	  "timestamp with time zone not-null default=now()" },
	{ "text DEFAULT ''", "text default=''" },
	{ "text DEFAULT ''::text NOT NULL", "text not-null default=''::text" },
	{ "int DEFAULT (1 + 2) CHECK (a > 0)", "int default=(1 + 2) check" },
	{ "double precision UNIQUE", "double precision unique" },
	{ "serial PRIMARY KEY", "serial not-null pk" },
	{ "int REFERENCES p (id) ON DELETE CASCADE",
	  "int references=p (id) ON DELETE CASCADE" },
	{ "int REFERENCES p ON DELETE SET NULL NOT NULL",
	  "int not-null references=p ON DELETE SET NULL NOT NULL" },
	{ "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
	  "bigint not-null pk identity" },
	{ "int GENERATED ALWAYS AS (a + b) STORED", "int generated stored" },
	{ "int AS (a + b) PERSISTED", "int generated stored" },
	{ "int AS (a + b) VIRTUAL", "int generated" },
	{ "int NOT NULL AUTO_INCREMENT", "int not-null identity" },
	{ "INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER not-null pk identity" },
	{ "int IDENTITY (1, 1) NOT NULL", "int not-null identity" },
	{ "text COLLATE \"C\" NOT NULL", "text not-null" },
	{ "varchar(9) CHARACTER SET utf8 NOT NULL", "varchar(9) not-null" },
	{ "timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP NOT NULL",
	  "timestamp not-null default=CURRENT_TIMESTAMP" },
	{ "ENUM ('a', 'not null') DEFAULT ''",
	  "ENUM ('a', 'not null') default=''" },
	{ "int CONSTRAINT k NOT NULL", "int not-null" },
	{ "text[] DEFAULT ARRAY[]", "text[] default=ARRAY[]" },
	{ "int COMMENT '' FIRST", "int" },
	{ "int DEFAULT NULL", "int default=NULL" },
};

START_TEST(a_column_definition_is_read)
{
	struct arena a = { 0 };
	const char *got = def_described(defs[_i].text, &a);

	ck_assert_msg(!strcmp(got, defs[_i].def), "%s:\n%s\nis not\n%s",
		      defs[_i].text, got, defs[_i].def);
	arena_free(&a);
}
END_TEST

/* UPDATE … SET, behind SET: does it set column a? */
static const struct {
	const char *assignments;
	bool sets;
} sets[] = {
	{ "a = 1", true },
	{ "A = 1", true },
	{ "\"a\" = 1", true },
	{ "x.a = 1", true },
	{ "b = 1, a = 2", true },
	{ "b = f(c, d), a = 2", true },
	{ "(b, a) = (1, 2)", true },
	{ "b = a", false },
	{ "b = 1 WHERE a = 1", false },
	{ "b = 1 FROM a", false },
	{ "b = (SELECT 1 WHERE a = 2)", false },
	{ "aa = 1", false },
	{ "\"A\" = 1", false },
	{ "", false },
};

START_TEST(an_update_sets_the_columns_left_of_equals)
{
	struct arena a = { 0 };

	ck_assert_msg(effect_sets_column(str_of(sets[_i].assignments), STR("a"),
					 DIALECT_POSTGRES, &a) == sets[_i].sets,
		      "%s", sets[_i].assignments);
	arena_free(&a);
}
END_TEST

START_TEST(the_new_type_stands_before_using_and_collate)
{
	str_is(effect_new_type(STR("text")), "text");
	str_is(effect_new_type(STR("text USING a::text")), "text");
	str_is(effect_new_type(STR("varchar(9) COLLATE \"C\" USING b")),
	       "varchar(9)");
}
END_TEST

static void folds(const char *name, enum dialect d, const char *wanted)
{
	struct arena a = { 0 };

	str_is(plain_fold(str_of(name), d, &a), wanted);
	arena_free(&a);
}

START_TEST(names_are_folded_as_the_dialect_folds_them)
{
	folds("Users", DIALECT_POSTGRES, "users");
	folds("\"Users\"", DIALECT_POSTGRES, "Users");
	folds("\"Users\"", DIALECT_MYSQL, "users");
	folds("public.Users", DIALECT_POSTGRES, "users");
	folds("\"public\".\"Users\"", DIALECT_POSTGRES, "Users");
	folds("dbo.Users", DIALECT_SQLSERVER, "users");
	folds("\"dbo\".\"Users\"", DIALECT_SQLSERVER, "users");
	folds("main.t", DIALECT_SQLITE, "t");
	folds("s.\"T x\"", DIALECT_POSTGRES, "s.T x");
	folds("\"a.b\"", DIALECT_POSTGRES, "a.b");
	folds("", DIALECT_POSTGRES, "");
	folds("\"", DIALECT_POSTGRES, "");
}
END_TEST

START_TEST(the_last_part_of_a_name_is_behind_its_last_dot)
{
	str_is(plain_last_part(STR("a")), "a");
	str_is(plain_last_part(STR("a.b.c")), "c");
	str_is(plain_last_part(STR("a.\"b.c\"")), "\"b.c\"");
	str_is(plain_last_part(STR("a.")), "a.");
	str_is(plain_last_part(STR("")), "");
}
END_TEST

START_TEST(a_word_is_mentioned_as_a_whole_word)
{
	ck_assert(plain_mentions(STR("a.b = c"), STR("b")));
	ck_assert(plain_mentions(STR("(\"B\")"), STR("b")));
	ck_assert(plain_mentions(STR("b"), STR("b")));
	ck_assert(!plain_mentions(STR("ab bc b_c b$"), STR("b")));
	ck_assert(!plain_mentions(STR("b"), STR("")));
	ck_assert(!plain_mentions(STR(""), STR("b")));
}
END_TEST

START_TEST(a_list_is_split_at_its_own_commas)
{
	static const char *const parts[] = { "a int", "b numeric(10, 2)",
					     "\"c,d\" text", "e[1, 2]",
					     "'x,y'" };
	struct arena a = { 0 };
	struct words_list list = { 0 };

	plain_split(&list,
		    STR("a int, b numeric(10, 2), \"c,d\" text, e[1, 2],, "
			"'x,y'"),
		    &a);
	ck_assert_uint_eq(list.count, ARRAY_LEN(parts));
	for (size_t i = 0; i < list.count; i++)
		str_is(list.item[i], parts[i]);
	arena_free(&a);
}
END_TEST

START_TEST(a_label_keeps_its_quotes_and_the_doubled_ones_inside)
{
	struct plain p = { STR("'it''s' BEFORE 'x'"), 0 };

	str_is(plain_label(&p), "'it''s'");
	ck_assert(plain_accept(&p, "BEFORE"));
	str_is(plain_label(&p), "'x'");
	str_is(plain_label(&p), "");
}
END_TEST

START_TEST(a_walk_steps_on_whatever_stands_there)
{
	struct plain p = { STR(") , ((a) \"b (c\" 'd"), 0 };
	size_t steps = 0;

	while (p.at < p.s.len) {
		const size_t before = p.at;

		plain_step(&p);
		ck_assert_uint_gt(p.at, before);
		steps++;
	}
	ck_assert_uint_gt(steps, 2);
	plain_step(&p);
	str_is(plain_name(&p), "");
	str_is(plain_parens(&p), "");
	str_is(plain_rest(&p), "");
}
END_TEST

START_TEST(names_are_shown_without_their_quotes)
{
	struct arena a = { 0 };

	str_is(plain_show(STR("a.b"), &a), "a.b");
	str_is(plain_show(STR("\"a b\".\"c\""), &a), "a b.c");
	str_is(plain_show(STR("\"a\"\"b\""), &a), "a\"b");
	arena_free(&a);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("effects");

	tcase_add_loop_test(tc, a_form_has_its_effect, 0,
			    (int)ARRAY_LEN(effects));
	tcase_add_loop_test(tc, a_column_definition_is_read, 0,
			    (int)ARRAY_LEN(defs));
	tcase_add_loop_test(tc, an_update_sets_the_columns_left_of_equals, 0,
			    (int)ARRAY_LEN(sets));
	tcase_add_test(tc, the_new_type_stands_before_using_and_collate);
	tcase_add_test(tc, names_are_folded_as_the_dialect_folds_them);
	tcase_add_test(tc, the_last_part_of_a_name_is_behind_its_last_dot);
	tcase_add_test(tc, a_word_is_mentioned_as_a_whole_word);
	tcase_add_test(tc, a_list_is_split_at_its_own_commas);
	tcase_add_test(tc,
		       a_label_keeps_its_quotes_and_the_doubled_ones_inside);
	tcase_add_test(tc, a_walk_steps_on_whatever_stands_there);
	tcase_add_test(tc, names_are_shown_without_their_quotes);
	return suite_status(suite_create("effects"), tc);
}
