/* lib/schema/catalog.c: the schema as migrations make it. */
#include "replay.h"
#include "strbuf.h"
#include "suite.h"

static struct arena arena;

static struct catalog *made_by(const char *sql)
{
	struct catalog *c = catalog_new(&arena, DIALECT_POSTGRES);

	replay(c, sql);
	return c;
}

static void put_constraint(struct strbuf *b, const struct constraint *k)
{
	static const char *const kinds[] = { "check", "unique",	 "pk",
					     "fk",    "exclude", "other" };

	strbuf_printf(b, "; %s " STR_FMT, kinds[k->kind], STR_ARG(k->name));
	for (size_t i = 0; i < k->columns.count; i++)
		strbuf_printf(b, "%s" STR_FMT, i ? "," : " ",
			      STR_ARG(k->columns.item[i]));
	if (k->refers.len)
		strbuf_printf(b, " -> " STR_FMT, STR_ARG(k->refers));
	strbuf_puts(b, k->cascades ? " cascades" : "");
	strbuf_puts(b, k->validated ? "" : " not valid");
}

/* "a int not null default, b text; pk t_pkey a; …", "?" in front where not
 * all columns are known, "none" where there is no such table. */
static const char *table_is(const struct catalog *c, const char *name)
{
	const struct table *t = catalog_table(c, str_of(name));
	struct strbuf b = STRBUF(&arena);

	if (!t)
		return "none";
	strbuf_puts(&b, t->known ? "" : "?");
	for (size_t i = 0; i < t->columns.count; i++) {
		const struct column *col = &t->columns.item[i];

		strbuf_printf(&b, "%s" STR_FMT " " STR_FMT "%s%s",
			      i ? ", " : "", STR_ARG(col->name),
			      STR_ARG(col->type),
			      col->not_null ? " not null" : "",
			      col->has_default ? " default" : "");
	}
	for (size_t i = 0; i < t->constraints.count; i++)
		put_constraint(&b, &t->constraints.item[i]);
	return strbuf_cstr(&b);
}

/* Statements, and the table t they leave. */
static const struct {
	const char *sql, *table;
} tables[] = {
	{ "CREATE TABLE t (a int, b text NOT NULL DEFAULT 'x')",
	  "a int, b text not null default" },
	{ "CREATE TABLE public.\"t\" (a int)", "a int" },
	{ "CREATE TABLE \"T\" (a int)", "none" },
	{ "CREATE TABLE t (id serial PRIMARY KEY)",
	  "id serial not null default; pk t_pkey id" },
	{ "CREATE TABLE t (a int, b int, PRIMARY KEY (a, b), UNIQUE (b))",
	  "a int not null, b int not null; pk t_pkey a,b; unique t_b_key b" },
	{ "CREATE TABLE t (a int UNIQUE REFERENCES p ON DELETE CASCADE)",
	  "a int; unique t_a_key a; fk t_a_fkey a -> p cascades" },
	{ "CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES "
	  "s.p (id))",
	  "a int; fk f a -> s.p" },
	{ "CREATE TABLE t (a int, CHECK (a > 0), CONSTRAINT c CHECK (a < 9))",
	  "a int; check t_a_check a; check c a" },
	{ "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY)",
	  "a int not null default" },
	{ "CREATE TABLE t AS SELECT 1", "?" },
	{ "CREATE TABLE t (LIKE u)", "?" },
	{ "CREATE TABLE t PARTITION OF u FOR VALUES IN (1)", "?" },
	{ "CREATE TABLE t (a int) INHERITS (u)", "?a int" },
	{ "SELECT * INTO t FROM u", "?" },
	{ "CREATE TABLE t (a int); CREATE TABLE IF NOT EXISTS t (b int)",
	  "a int" },
	{ "CREATE TABLE t (a int); DROP TABLE t", "none" },
	{ "CREATE TABLE t (a int); DROP TABLE t; CREATE TABLE t (b int)",
	  "b int" },
	{ "CREATE TABLE u (a int); ALTER TABLE u RENAME TO t", "a int" },
	{ "CREATE TABLE t (a int); ALTER TABLE t RENAME TO u", "none" },
	{ "ALTER TABLE t ADD a int", "?a int" },
	{ "CREATE TABLE t (a int); ALTER TABLE t ADD b text, DROP a",
	  "b text" },
	{ "CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN IF NOT EXISTS a "
	  "text",
	  "a int" },
	{ "CREATE TABLE t (a int, b int, UNIQUE (a, b), CHECK (b > 0)); "
	  "ALTER TABLE t DROP COLUMN b",
	  "a int" },
	{ "CREATE TABLE t (a int UNIQUE); ALTER TABLE t RENAME a TO b",
	  "b int; unique t_a_key b" },
	{ "CREATE TABLE t (a int); ALTER TABLE t ALTER a TYPE text USING "
	  "a::text, ALTER a SET NOT NULL, ALTER a SET DEFAULT 'x'",
	  "a text not null default" },
	{ "CREATE TABLE t (a int NOT NULL DEFAULT 1); ALTER TABLE t ALTER a "
	  "DROP NOT NULL, ALTER a DROP DEFAULT",
	  "a int" },
	{ "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > "
	  "0) NOT VALID",
	  "a int; check c a not valid" },
	{ "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > "
	  "0) NOT VALID, VALIDATE CONSTRAINT c",
	  "a int; check c a" },
	{ "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0)); ALTER TABLE t "
	  "RENAME CONSTRAINT c TO d",
	  "a int; check d a" },
	{ "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0)); ALTER TABLE t "
	  "DROP CONSTRAINT c",
	  "a int" },
	{ "CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a); ALTER "
	  "TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i",
	  "a int; unique k" },
	{ "CREATE TABLE p (a int); CREATE TABLE t (a int REFERENCES p); "
	  "DROP TABLE p CASCADE",
	  "a int" },
	{ "CREATE TABLE p (a int); CREATE TABLE t (a int REFERENCES p); "
	  "ALTER TABLE p RENAME TO q",
	  "a int; fk t_a_fkey a -> q" },
	{ "CREATE TYPE r AS ENUM ('a'); CREATE TABLE t (a r); ALTER TYPE r "
	  "RENAME TO s",
	  "a \"s\"" },
	{ "CREATE VIEW t AS SELECT 1", "none" },
};

START_TEST(statements_leave_a_table_as_they_say)
{
	const char *got = table_is(made_by(tables[_i].sql), "t");

	ck_assert_msg(!strcmp(got, tables[_i].table), "%s:\n%s\nis not\n%s",
		      tables[_i].sql, got, tables[_i].table);
}
END_TEST

START_TEST(mysql_keys_of_create_table_are_indexes)
{
	struct catalog *c = catalog_new(&arena, DIALECT_MYSQL);

	replay(c, "CREATE TABLE `t` (`a` int NOT NULL AUTO_INCREMENT, `key` "
		  "int, KEY `k` (`a`), FULLTEXT KEY f (`key`), "
		  "PRIMARY KEY (`a`)) ENGINE=InnoDB");
	ck_assert_str_eq(table_is(c, "t"), "a int not null default, key int; "
					   "pk t_pkey a");
	ck_assert_ptr_nonnull(catalog_index(c, STR("k")));
	str_is(catalog_index(c, STR("k"))->table, "t");
}
END_TEST

START_TEST(an_index_goes_with_its_table_and_its_column)
{
	struct catalog *c = made_by("CREATE TABLE t (a int, b int);"
				    "CREATE TABLE u (a int);"
				    "CREATE INDEX i ON t (a);"
				    "CREATE UNIQUE INDEX j ON t (lower(b));"
				    "CREATE INDEX k ON u (a)");

	ck_assert(!catalog_index(c, STR("i"))->unique);
	ck_assert(catalog_index(c, STR("j"))->unique);
	replay(c, "ALTER TABLE t DROP COLUMN b");
	ck_assert_ptr_nonnull(catalog_index(c, STR("i")));
	ck_assert_ptr_null(catalog_index(c, STR("j")));
	replay(c, "ALTER TABLE t RENAME TO v");
	str_is(catalog_index(c, STR("i"))->table, "v");
	replay(c, "DROP TABLE v");
	ck_assert_ptr_null(catalog_index(c, STR("i")));
	ck_assert_ptr_nonnull(catalog_index(c, STR("k")));
	replay(c, "ALTER INDEX k RENAME TO l");
	ck_assert_ptr_null(catalog_index(c, STR("k")));
	ck_assert_ptr_nonnull(catalog_index(c, STR("l")));
	replay(c, "DROP INDEX l");
	ck_assert_ptr_null(catalog_index(c, STR("l")));
}
END_TEST

static void labels_are(const struct catalog *c, const char *type,
		       const char *wanted)
{
	const struct type_info *t = catalog_type(c, str_of(type));
	struct strbuf b = STRBUF(&arena);

	ck_assert_ptr_nonnull(t);
	for (size_t i = 0; i < t->labels.count; i++)
		strbuf_printf(&b, "%s" STR_FMT, i ? " " : "",
			      STR_ARG(t->labels.item[i]));
	ck_assert_str_eq(strbuf_cstr(&b), wanted);
}

START_TEST(an_enum_keeps_its_labels_through_every_change)
{
	struct catalog *c =
		made_by("CREATE TYPE mood AS ENUM ('sad', 'it''s, so')");

	labels_are(c, "mood", "'sad' 'it''s, so'");
	replay(c, "ALTER TYPE mood ADD VALUE 'ok'; ALTER TYPE mood ADD VALUE "
		  "IF NOT EXISTS 'sad'");
	labels_are(c, "mood", "'sad' 'it''s, so' 'ok'");
	replay(c, "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'");
	labels_are(c, "mood", "'sad' 'it''s, so' 'fine'");
	replay(c, "ALTER TYPE mood RENAME TO feeling");
	ck_assert_ptr_null(catalog_type(c, STR("mood")));
	labels_are(c, "feeling", "'sad' 'it''s, so' 'fine'");
	replay(c, "DROP TYPE feeling");
	ck_assert_ptr_null(catalog_type(c, STR("feeling")));
}
END_TEST

START_TEST(views_and_routines_are_known_by_kind_and_name)
{
	struct catalog *c =
		made_by("CREATE VIEW v AS SELECT 1;"
			"CREATE MATERIALIZED VIEW m AS SELECT 1;"
			"CREATE FUNCTION f(a int) RETURNS int AS '' LANGUAGE "
			"sql; CREATE TRIGGER g BEFORE INSERT ON t EXECUTE "
			"FUNCTION f()");

	ck_assert_ptr_nonnull(catalog_object(c, STR("VIEW"), STR("v")));
	ck_assert_ptr_nonnull(
		catalog_object(c, STR("MATERIALIZED VIEW"), STR("m")));
	ck_assert_ptr_nonnull(catalog_object(c, STR("FUNCTION"), STR("f")));
	ck_assert_ptr_nonnull(catalog_object(c, STR("TRIGGER"), STR("g")));
	ck_assert_ptr_null(catalog_object(c, STR("TRIGGER"), STR("v")));
	replay(c, "CREATE OR REPLACE VIEW v AS SELECT 2; DROP FUNCTION f(int)");
	/* replaced, it is as old as it was */
	ck_assert_uint_lt(catalog_object(c, STR("VIEW"), STR("v"))->change,
			  c->change);
	ck_assert_ptr_null(catalog_object(c, STR("FUNCTION"), STR("f")));
}
END_TEST

START_TEST(what_a_change_makes_is_new_until_the_next)
{
	struct catalog *c = made_by("CREATE TABLE t (a int)");

	ck_assert_uint_eq(catalog_table(c, STR("t"))->change, c->change);
	replay(c, "ALTER TABLE t ADD b int");
	const struct table *t = catalog_table(c, STR("t"));

	ck_assert_uint_lt(t->change, c->change);
	ck_assert_uint_lt(table_column(t, STR("a"))->change, c->change);
	ck_assert_uint_eq(table_column(t, STR("b"))->change, c->change);
	replay(c, "ALTER TABLE unseen ADD a int");
	ck_assert_uint_eq(catalog_table(c, STR("unseen"))->change, 0);
}
END_TEST

START_TEST(what_happens_to_rows_is_remembered)
{
	struct catalog *c = made_by(
		"CREATE TABLE t (a int, b int); DELETE FROM t;"
		"UPDATE t SET a = 1; ALTER TABLE t ADD c int DEFAULT 1");
	const struct table *t = catalog_table(c, STR("t"));

	ck_assert_uint_eq(t->emptied, c->change);
	ck_assert(table_column(t, STR("a"))->backfilled);
	ck_assert(!table_column(t, STR("b"))->backfilled);
	ck_assert(table_column(t, STR("c"))->filled);
	replay(c, "SELECT 1");
	ck_assert_uint_lt(t->emptied, c->change);
	replay(c, "TRUNCATE t; INSERT INTO t VALUES (1)");
	ck_assert_uint_eq(t->emptied, 0);
	replay(c, "DELETE FROM t WHERE a = 1");
	ck_assert_uint_eq(t->emptied, 0);
}
END_TEST

START_TEST(what_cannot_be_read_makes_the_catalog_incomplete)
{
	struct catalog *c = made_by("CREATE TABLE t (a int)");

	c->complete = true;
	replay(c, "ALTER TABLE t ADD b int");
	ck_assert(c->complete);
	replay(c, "DO $$ BEGIN EXECUTE command; END $$");
	ck_assert(!c->complete);
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	TCase *tc = tcase_create("catalog");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_loop_test(tc, statements_leave_a_table_as_they_say, 0,
			    (int)ARRAY_LEN(tables));
	tcase_add_test(tc, mysql_keys_of_create_table_are_indexes);
	tcase_add_test(tc, an_index_goes_with_its_table_and_its_column);
	tcase_add_test(tc, an_enum_keeps_its_labels_through_every_change);
	tcase_add_test(tc, views_and_routines_are_known_by_kind_and_name);
	tcase_add_test(tc, what_a_change_makes_is_new_until_the_next);
	tcase_add_test(tc, what_happens_to_rows_is_remembered);
	tcase_add_test(tc, what_cannot_be_read_makes_the_catalog_incomplete);
	return suite_status(suite_create("catalog"), tc);
}
