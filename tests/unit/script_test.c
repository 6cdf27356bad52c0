/* lib/schema/script.c: what the rest of a file says about a statement. */
#include "replay.h"
#include "suite.h"

/* Files whose first DROP TABLE is, or is not, half of a rebuild. */
static const struct {
	bool rebuild;
	const char *sql;
} rebuilds[] = {
	/* CREATE new; INSERT … SELECT; DROP; RENAME */
	{ true, "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t;"
		"DROP TABLE t; ALTER TABLE n RENAME TO t;" },
	{ true, "CREATE TABLE \"new_t\" (\"a\" int); INSERT INTO \"new_t\" "
		"(\"a\") SELECT \"a\" FROM \"t\"; DROP TABLE \"t\";"
		"ALTER TABLE \"new_t\" RENAME TO \"t\";" },
	{ true, "CREATE TABLE n AS SELECT * FROM t; DROP TABLE t;"
		"ALTER TABLE n RENAME TO t;" },
	{ true, "CREATE TABLE n (LIKE t INCLUDING ALL);"
		"INSERT INTO n SELECT * FROM public.t; DROP TABLE t CASCADE;"
		"ALTER TABLE public.n RENAME TO t;" },
	{ true, "PRAGMA foreign_keys=OFF; BEGIN;"
		"CREATE TABLE n (a int); INSERT INTO n SELECT coalesce(a, 0) "
		"AS a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"
		"CREATE INDEX i ON t (a); COMMIT;" },
	{ true, "CREATE TABLE n (a int); INSERT INTO n SELECT t.a, u.b "
		"FROM t LEFT JOIN u ON u.id = t.id ORDER BY 1; DROP TABLE t;"
		"ALTER TABLE n RENAME TO t;" },
	{ true, "CREATE TABLE n (a int); INSERT INTO n SELECT (SELECT max(b) "
		"FROM u WHERE u.id = t.id) FROM t; DROP TABLE t;"
		"ALTER TABLE n RENAME TO t;" },
	/* the old one renamed away first */
	{ true, "ALTER TABLE t RENAME TO o; CREATE TABLE t (a int);"
		"INSERT INTO t SELECT a FROM o; DROP TABLE o;" },
	{ true, "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t WHERE b;"
		"INSERT INTO n SELECT 0 FROM t WHERE NOT b; DROP TABLE t;"
		"ALTER TABLE n RENAME TO t;" },
	/* no copy of the rows at all */
	{ false, "CREATE TABLE n (a int); DROP TABLE t;"
		 "ALTER TABLE n RENAME TO t;" },
	{ false, "CREATE TABLE n (LIKE t); DROP TABLE t;"
		 "ALTER TABLE n RENAME TO t;" },
	{ false, "CREATE TABLE n (a int); INSERT INTO n VALUES (1);"
		 "DROP TABLE t; ALTER TABLE n RENAME TO t;" },
	/* … behind the DROP */
	{ false, "CREATE TABLE n (a int); DROP TABLE t;"
		 "INSERT INTO n SELECT a FROM t; ALTER TABLE n RENAME TO t;" },
	/* … of another table */
	{ false, "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM u;"
		 "DROP TABLE t; ALTER TABLE n RENAME TO t;" },
	{ false, "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM u "
		 "WHERE b IN (SELECT b FROM t); DROP TABLE t;"
		 "ALTER TABLE n RENAME TO t;" },
	{ false, "CREATE TABLE n (a int); INSERT INTO n SELECT t FROM u;"
		 "DROP TABLE t; ALTER TABLE n RENAME TO t;" },
	/* … into another table */
	{ false, "CREATE TABLE n (a int); CREATE TABLE m (a int);"
		 "INSERT INTO m SELECT a FROM t; DROP TABLE t;"
		 "ALTER TABLE n RENAME TO t;" },
	/* … of some rows, or of none */
	{ false, "CREATE TABLE n AS SELECT * FROM t WITH NO DATA;"
		 "DROP TABLE t; ALTER TABLE n RENAME TO t;" },
	{ false, "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t "
		 "LIMIT 100; DROP TABLE t; ALTER TABLE n RENAME TO t;" },
	{ false, "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t "
		 "WHERE a > 5; DROP TABLE t; ALTER TABLE n RENAME TO t;" },
	{ false, "CREATE TABLE n AS SELECT * FROM t WHERE 1 = 0;"
		 "DROP TABLE t; ALTER TABLE n RENAME TO t;" },
	/* the new one does not take its name */
	{ false, "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t;"
		 "DROP TABLE t;" },
	{ false, "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t;"
		 "DROP TABLE t; ALTER TABLE n RENAME TO m;" },
	{ false, "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t;"
		 "DROP TABLE t; ALTER TABLE m RENAME TO t;" },
	{ false, "ALTER TABLE t RENAME TO o; CREATE TABLE t (a int);"
		 "DROP TABLE o;" },
	{ false, "ALTER TABLE t RENAME TO o; CREATE TABLE t (a int);"
		 "INSERT INTO t SELECT a FROM u; DROP TABLE o;" },
	{ false, "DROP TABLE t;" },
};

static size_t first_drop(const struct script *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->item[i].kind == EFFECT_DROP_TABLE ||
		    s->item[i].kind == EFFECT_DELETE ||
		    s->item[i].kind == EFFECT_TRUNCATE)
			return i;
	ck_abort_msg("nothing is dropped");
}

START_TEST(a_rebuild_is_one_that_saves_all_rows_before_the_drop)
{
	struct arena a = { 0 };
	const struct script s =
		script_of(rebuilds[_i].sql, DIALECT_POSTGRES, &a);

	ck_assert_msg(script_rebuilds(&s, first_drop(&s)) ==
			      rebuilds[_i].rebuild,
		      "%s", rebuilds[_i].sql);
	arena_free(&a);
}
END_TEST

/* Files whose second DROP TABLE or first puts the rows back. */
static const struct {
	bool back;
	const char *sql;
} backs[] = {
	{ true, "CREATE TABLE b AS SELECT * FROM t; DROP TABLE t;"
		"CREATE TABLE t (a int); INSERT INTO t SELECT a FROM b;"
		"DROP TABLE b;" },
	{ true, "CREATE TEMPORARY TABLE b (a int); INSERT INTO b SELECT a "
		"FROM t; DROP TABLE t; CREATE TABLE t (a int);"
		"INSERT INTO t SELECT a FROM b; DROP TABLE b;" },
	{ false, "CREATE TABLE b AS SELECT * FROM t; DROP TABLE t;"
		 "CREATE TABLE t (a int);" },
	{ false, "DROP TABLE t; CREATE TABLE b AS SELECT * FROM t;"
		 "CREATE TABLE t (a int); INSERT INTO t SELECT a FROM b;" },
	{ false, "CREATE TABLE b AS SELECT * FROM u; DROP TABLE t;"
		 "CREATE TABLE t (a int); INSERT INTO t SELECT a FROM b;" },
	{ false, "CREATE TABLE b AS SELECT * FROM t; DROP TABLE t;"
		 "CREATE TABLE t (a int); INSERT INTO t SELECT a FROM u;" },
	/* emptied and filled again */
	{ true, "CREATE TEMPORARY TABLE b AS SELECT * FROM t; DELETE FROM t;"
		"INSERT INTO t SELECT * FROM b;" },
	{ false, "CREATE TABLE b AS SELECT * FROM t WHERE a; DELETE FROM t;"
		 "INSERT INTO t SELECT * FROM b;" },
	{ false, "DELETE FROM t; CREATE TABLE b AS SELECT * FROM t;"
		 "INSERT INTO t SELECT * FROM b;" },
};

START_TEST(rows_set_aside_are_put_back)
{
	struct arena a = { 0 };
	const struct script s = script_of(backs[_i].sql, DIALECT_SQLITE, &a);

	ck_assert_msg(script_puts_back(&s, first_drop(&s)) == backs[_i].back,
		      "%s", backs[_i].sql);
	arena_free(&a);
}
END_TEST

START_TEST(the_renames_of_a_rebuild_are_its_own)
{
	struct arena a = { 0 };
	const struct script swap = script_of(
		"CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t;"
		"DROP TABLE t; ALTER TABLE n RENAME TO t;"
		"ALTER TABLE x RENAME TO y;",
		DIALECT_SQLITE, &a);
	const struct script away =
		script_of("ALTER TABLE t RENAME TO o; CREATE TABLE t (a int);"
			  "INSERT INTO t SELECT a FROM o; DROP TABLE o;",
			  DIALECT_SQLITE, &a);

	ck_assert(script_rename_of_rebuild(&swap, 3));
	ck_assert(!script_rename_of_rebuild(&swap, 4));
	ck_assert(!script_rename_of_rebuild(&swap, 2));
	ck_assert(script_rename_of_rebuild(&away, 0));
	str_is(script_rebuild_select(&swap, 2), "SELECT a FROM t");
	str_is(script_rebuild_select(&swap, 3), "");
	arena_free(&a);
}
END_TEST

START_TEST(rows_copied_before_a_drop_are_not_all_lost)
{
	struct arena a = { 0 };
	const struct script s =
		script_of("INSERT INTO archive SELECT * FROM t WHERE old;"
			  "CREATE TABLE b AS SELECT * FROM u; DROP TABLE t;"
			  "INSERT INTO archive SELECT * FROM v;",
			  DIALECT_POSTGRES, &a);

	ck_assert(script_copies_rows(&s, 2, STR("t")));
	ck_assert(script_copies_rows(&s, 2, STR("u")));
	ck_assert(!script_copies_rows(&s, 2, STR("v")));
	ck_assert(!script_copies_rows(&s, 0, STR("t")));
	arena_free(&a);
}
END_TEST

START_TEST(a_column_is_copied_where_it_fills_another)
{
	struct arena a = { 0 };
	const struct script s = script_of(
		"UPDATE t SET b = a, c = 1; UPDATE u SET x = t.d FROM t;"
		"INSERT INTO v (y) SELECT e FROM t; UPDATE t SET f = 1;",
		DIALECT_POSTGRES, &a);

	ck_assert(script_copies_column(&s, 4, STR("t"), STR("a")));
	ck_assert(script_copies_column(&s, 4, STR("t"), STR("d")));
	ck_assert(script_copies_column(&s, 4, STR("t"), STR("e")));
	ck_assert(!script_copies_column(&s, 4, STR("t"), STR("f")));
	ck_assert(!script_copies_column(&s, 4, STR("t"), STR("c")));
	ck_assert(!script_copies_column(&s, 0, STR("t"), STR("a")));
	ck_assert(!script_copies_column(&s, 4, STR("w"), STR("a")));
	arena_free(&a);
}
END_TEST

START_TEST(a_backfill_stands_before_and_sets_the_column)
{
	struct arena a = { 0 };
	const struct script s = script_of(
		"UPDATE t SET a = 1 WHERE b IS NULL; UPDATE u SET b = 1;"
		"ALTER TABLE t ALTER COLUMN a SET NOT NULL;"
		"UPDATE t SET b = 1;",
		DIALECT_POSTGRES, &a);

	ck_assert(script_backfills(&s, 2, STR("t"), STR("a")));
	ck_assert(!script_backfills(&s, 2, STR("t"), STR("b")));
	ck_assert(script_backfills(&s, 4, STR("t"), STR("b")));
	ck_assert(script_backfills(&s, 2, STR("u"), STR("b")));
	arena_free(&a);
}
END_TEST

START_TEST(a_script_is_asked_for_what_it_does_from_a_place_on)
{
	struct arena a = { 0 };
	const struct script s =
		script_of("SET lock_timeout = '2s'; CREATE TABLE t (a int);"
			  "ALTER TABLE t ADD b int, ADD c int, DROP a;"
			  "CREATE VIEW v AS SELECT 1; DROP VIEW v;",
			  DIALECT_POSTGRES, &a);

	ck_assert_uint_eq(script_creates_table(&s, 0, STR("t")), 1);
	ck_assert_uint_eq(script_creates_table(&s, 2, STR("t")), s.count);
	ck_assert_uint_eq(script_count(&s, EFFECT_ADD_COLUMN, STR("t")), 2);
	ck_assert_uint_eq(script_count(&s, EFFECT_ADD_COLUMN, STR("u")), 0);
	ck_assert(script_has(&s, 0, EFFECT_DROP_COLUMN, STR("t"), STR("a")));
	ck_assert(!script_has(&s, 5, EFFECT_DROP_COLUMN, STR("t"), STR("a")));
	ck_assert(script_creates_object(&s, 0, STR("VIEW"), STR("v")));
	ck_assert(!script_creates_object(&s, 6, STR("VIEW"), STR("v")));
	ck_assert(script_sets(&s, 1, STR("lock_timeout")));
	ck_assert(!script_sets(&s, 0, STR("lock_timeout")));
	ck_assert(!script_sets(&s, 1, STR("statement_timeout")));
	arena_free(&a);
}
END_TEST

/* Files whose last statement is about rows of t in a new place, or not. */
static const struct {
	bool holds;
	const char *sql, *table;
} places[] = {
	{ true,
	  "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t;"
	  "DELETE FROM n; DROP TABLE t; ALTER TABLE n RENAME TO t;",
	  "n" },
	{ true,
	  "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t;"
	  "DROP TABLE t; ALTER TABLE n RENAME TO t; DELETE FROM t;",
	  "t" },
	{ true,
	  "ALTER TABLE t RENAME TO o; CREATE TABLE t (a int);"
	  "INSERT INTO t SELECT a FROM o; DROP TABLE o; DELETE FROM t;",
	  "t" },
	/* t stays, what is deleted was a copy */
	{ false,
	  "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t;"
	  "DELETE FROM n;",
	  "n" },
	{ false, "CREATE TABLE n (a int); DROP TABLE t; DELETE FROM n;", "n" },
	/* o was made here as well */
	{ false,
	  "CREATE TABLE o (a int); CREATE TABLE n AS SELECT a FROM o;"
	  "DROP TABLE o; DELETE FROM n;",
	  "n" },
};

START_TEST(rows_are_held_where_their_table_was_replaced)
{
	struct arena a = { 0 };
	const struct script s = script_of(places[_i].sql, DIALECT_POSTGRES, &a);

	ck_assert_msg(script_holds_rows(&s, s.count,
					str_of(places[_i].table)) ==
			      places[_i].holds,
		      "%s", places[_i].sql);
	arena_free(&a);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("script");

	tcase_add_loop_test(
		tc, a_rebuild_is_one_that_saves_all_rows_before_the_drop, 0,
		(int)ARRAY_LEN(rebuilds));
	tcase_add_loop_test(tc, rows_set_aside_are_put_back, 0,
			    (int)ARRAY_LEN(backs));
	tcase_add_loop_test(tc, rows_are_held_where_their_table_was_replaced, 0,
			    (int)ARRAY_LEN(places));
	tcase_add_test(tc, the_renames_of_a_rebuild_are_its_own);
	tcase_add_test(tc, rows_copied_before_a_drop_are_not_all_lost);
	tcase_add_test(tc, a_column_is_copied_where_it_fills_another);
	tcase_add_test(tc, a_backfill_stands_before_and_sets_the_column);
	tcase_add_test(tc, a_script_is_asked_for_what_it_does_from_a_place_on);
	return suite_status(suite_create("script"), tc);
}
