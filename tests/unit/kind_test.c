/* lib/frameworks: globs, and what a file is by its path, by the files around
 * it and by its text. */
#include "arena.h"
#include "builtin_frameworks.h"
#include "claims.h"
#include "kind.h"
#include "memory_tree.h"
#include "strbuf.h"
#include "suite.h"

static struct arena arena;

/* A glob, a path, and whether they match. */
static const struct {
	const char *glob, *path;
	bool matches;
} globs[] = {
	{ "a.sql", "a.sql", true },
	{ "a.sql", "b/a.sql", false },
	{ "a.sql", "a.sqlx", false },
	{ "", "", true },
	{ "", "a", false },
	{ "*.sql", "a.sql", true },
	{ "*.sql", ".sql", true },
	{ "*.sql", "b/a.sql", false },
	{ "*.sql", "a.sql.bak", false },
	{ "a*b*c", "a1b2c", true },
	{ "a*b*c", "abbbc", true },
	{ "a*b*c", "acb", false },
	{ "*", "", true },
	{ "a/*/c", "a/b/c", true },
	{ "a/*/c", "a/c", false },
	{ "a/*/c", "a/b/b/c", false },
	{ "**/a.sql", "a.sql", true },
	{ "**/a.sql", "b/c/a.sql", true },
	{ "**/a.sql", "ba.sql", false },
	{ "**/a*.sql", "b/ab.sql", true },
	{ "a/**/c.sql", "a/c.sql", true },
	{ "a/**/c.sql", "a/b/b/c.sql", true },
	{ "a/**/c.sql", "b/c.sql", false },
	{ "a/**", "a/b/c", true },
	{ "a/**", "a/", true },
	{ "a/**", "b/a/c", false },
	{ "**", "", true },
	{ "**", "a/b", true },
	{ "**/b/**/d", "a/b/c/b/d", true },
	{ "**/b/*/d", "b/a/b/c/d", true },
	{ "**/x/**/*.sql", "x/y.sql", true },
	{ "**/*x*/**/*.sql", "a/bxc/d.sql", true },
	{ "?.sql", "a.sql", true },
	{ "?.sql", ".sql", false },
	{ "a?b", "a/b", false },
	{ "[0-9]*.sql", "1a.sql", true },
	{ "[0-9]*.sql", "a1.sql", false },
	{ "[!0-9]*.sql", "a1.sql", true },
	{ "[!0-9]*.sql", "1a.sql", false },
	{ "[abc]", "b", true },
	{ "[a-]", "-", true },
	{ "a[!x]b", "a/b", false },
	{ "[a", "a", false },
	{ "**/*[-_.]down.sql", "a/1_down.sql", true },
	{ "**/*[-_.]down.sql", "down/1_up.sql", false },
	{ "**/*[-_.]down.sql", "a/countdown.sql", false },
	{ "**/[ab", "x/a", false },
	{ "*[!a]", "ab", true },
	{ "{a,b}.sql", "b.sql", true },
	{ "{a,b}.sql", "c.sql", false },
	{ "{a,}.sql", ".sql", true },
	{ "x.{up,down}.{sql,pg}", "x.down.pg", true },
	{ "x.{up,down}.{sql,pg}", "x.down.my", false },
	{ "**/{a,b}/**/*.sql", "x/b/y.sql", true },
	{ "{a", "{a", false },
};

START_TEST(a_glob_matches_the_whole_path)
{
	ck_assert_msg(glob_match(globs[_i].glob, str_of(globs[_i].path)) ==
			      globs[_i].matches,
		      "%s and %s", globs[_i].glob, globs[_i].path);
}
END_TEST

START_TEST(a_glob_of_many_stars_comes_to_an_end)
{
	char path[2000];

	memset(path, 'a', sizeof(path));
	const struct str p = { path, sizeof(path) };

	ck_assert(!glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*b", p));
	for (size_t i = 1; i < sizeof(path); i += 2)
		path[i] = '/';
	ck_assert(!glob_match("**/a/**/a/**/a/**/a/**/a/**/b", p));
	ck_assert(!glob_match("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}x", p));
}
END_TEST

static bool any_matches(const char *const *list, struct str path)
{
	for (; list && *list; list++)
		if (glob_match(*list, path))
			return true;
	return false;
}

/* What is found folder by folder is what the globs say of the whole path. */
static void claims_are_globs(struct claims *c, const char *path)
{
	const struct str whole = str_of(path);
	const struct claims_folder *f = claims_folder(c, STR(""), NULL, &arena);
	size_t from = 0;

	for (size_t i = 0; i < whole.len; i++)
		if (path[i] == '/') {
			from = i + 1;
			f = claims_folder(c, str_slice(whole, 0, from), f,
					  &arena);
		}
	const uint64_t found = claims_of(f, str_slice(whole, from, whole.len));

	ck_assert(claims_any(f, str_slice(whole, from, whole.len)) == !!found);
	for (size_t i = 0; i < builtin_frameworks.count; i++) {
		const struct framework *fw = &builtin_frameworks.item[i];

		ck_assert_msg((found >> i & 1) ==
				      (any_matches(fw->paths, whole) &&
				       !any_matches(fw->exclude, whole)),
			      "%s and %s", fw->name, path);
	}
}

START_TEST(a_framework_claims_what_its_globs_match)
{
	static const char *const folders[] = {
		"",
		"db/",
		"migrations/",
		"a/db/migrate/",
		"a/migrations/x/y/",
		"x/migrations/fixtures/",
		"migrations/test/a/",
		"app_migrations/1/",
		"src/main/resources/db/migration/",
		"a/migrations/migrations/",
		"supabase/migrations/",
		"alembic/versions/",
		"a/vendor/x/",
		"upgrades/1.2/",
		"db/changelog/",
		"drizzle/",
	};
	static const char *const names[] = {
		"001_users.sql",
		"V1__a.sql",
		"R__b.sql",
		"1.up.sql",
		"1_a.down.sql",
		"migration.sql",
		"schema.sql",
		"seed_x.sql",
		"20260101120000_a.rb",
		"0001_a.py",
		"__init__.py",
		"env.py",
		"1_a.js",
		"db.changelog-1.xml",
		"x_rollback.sql",
		"README.md",
		"1_a.sqlite3.up.fizz",
		"up.sql",
		"1.sql.postgres",
		"Init.cs",
	};
	struct claims *c = claims_new(&builtin_frameworks, &arena);

	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		for (size_t n = 0; n < ARRAY_LEN(names); n++)
			claims_are_globs(c, arena_format(&arena, "%s%s",
							 folders[i], names[n]));
	for (size_t i = 0; i < builtin_frameworks.count; i++)
		for (size_t n = 0; n < builtin_frameworks.item[i].example_count;
		     n++)
			claims_are_globs(
				c, builtin_frameworks.item[i].examples[n].path);
}
END_TEST

static struct kind kind_in(struct memory_tree *tree, const char *path,
			   const char *text)
{
	struct snapshot now =
		tree ? memory_snapshot(tree) : (struct snapshot){ 0 };
	struct kinds kinds = { .arena = &arena,
			       .frameworks = &builtin_frameworks,
			       .tree = tree ? &now : NULL };
	const struct kind kind = kind_of(&kinds, path, str_of(text), false);

	ck_assert_msg(!kind.framework || kind_possible(&kinds, path),
		      "%s is not even possible", path);
	return kind;
}

static const char *name_of(const struct kind *kind)
{
	return kind->framework ? kind->framework->name : "none";
}

/* The path of a file beside another. */
static const char *beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return arena_format(&arena, "%.*s%s",
			    slash ? (int)(slash + 1 - path) : 0, path, name);
}

START_TEST(a_framework_claims_its_examples_and_knows_their_way)
{
	const struct framework *f = &builtin_frameworks.item[_i];

	for (size_t i = 0; i < f->example_count; i++) {
		const struct framework_example *e = &f->examples[i];
		const struct memory_file file = {
			.path = f->evidence ? beside(e->path, f->evidence[0])
					    : "README",
		};
		struct memory_tree tree = { &file, 1 };
		const struct kind kind = kind_in(
			&tree, e->path, f->content ? f->content[0] : "");

		ck_assert_msg(kind.framework == f, "%s:%d: %s is taken for %s",
			      f->file, e->line, e->path, name_of(&kind));
		ck_assert_msg(kind.backward == e->down, "%s:%d: %s goes %s",
			      f->file, e->line, e->path,
			      e->down ? "up" : "down");
	}
}
END_TEST

START_TEST(the_frameworks_are_sorted_and_fit_the_bits_of_their_folders)
{
	for (size_t i = 1; i < builtin_frameworks.count; i++)
		ck_assert_str_lt(builtin_frameworks.item[i - 1].name,
				 builtin_frameworks.item[i].name);
	ck_assert_uint_le(builtin_frameworks.count, 64);
}
END_TEST

START_TEST(a_framework_is_named_after_its_file)
{
	const struct framework *f = &builtin_frameworks.item[_i];
	const char *file = arena_format(&arena, "/frameworks/%s.yaml", f->name);

	ck_assert_msg(str_ends(str_of(f->file), str_of(file)), "%s", f->file);
	ck_assert_ptr_eq(framework_named(&builtin_frameworks, str_of(f->name)),
			 f);
}
END_TEST

/* A path, a file around it (and its text), a text, and what the file is:
 * "framework dialect", "down" behind it where it goes back. */
static const struct {
	const char *path, *there, *there_text, *text, *is;
} kinds[] = {
	/* nothing but the path */
	{ "migrations/001_users.sql", "", "", "", "handwritten" },
	{ "src/query.sql", "", "", "", "none" },
	{ "migrations/001_users.txt", "", "", "", "none" },
	{ "migrations/README.md", "", "", "", "none" },
	{ "node_modules/x/migrations/1.sql", "", "", "", "none" },
	{ "vendor/x/migrations/1.sql", "", "", "", "none" },
	{ "tests/fixtures/migrations/1.sql", "", "", "", "none" },
	{ "db/migrate/schema.sql", "", "", "", "none" },
	{ "src/main/resources/db/migration/V1__a.sql", "", "", "", "flyway" },
	{ "migrations/1_a.up.sql", "", "", "", "golang-migrate" },
	{ "migrations/1_a.down.sql", "", "", "", "golang-migrate down" },
	{ "prisma/migrations/20260101120000_a/migration.sql", "", "", "",
	  "prisma" },
	{ "supabase/migrations/1_a.sql", "", "", "", "supabase postgres" },
	{ "db/migrate/20260101120000_add_a.rb", "", "",
	  "class AddA < ActiveRecord::Migration[7.0]\nend", "rails" },
	{ "app/models/user.rb", "", "", "", "none" },
	/* … and its text */
	{ "db/1.sql", "", "", "-- +goose Up\nSELECT 1;", "goose" },
	{ "db/1.sql", "", "", "-- migrate:up\nSELECT 1;", "dbmate" },
	{ "db/1.sql", "", "", "-- +migrate Up\nSELECT 1;", "sql-migrate" },
	{ "db/1.sql", "", "", "-- +micrate Up\nSELECT 1;", "micrate" },
	{ "db/1.sql", "", "", "SELECT 1;", "handwritten" },
	/* … and the files around it */
	{ "x/migrations/0001_a.sql", "x/migrations/meta/_journal.json",
	  "{\n \"dialect\": \"sqlite\"\n}", "", "drizzle sqlite" },
	{ "x/migrations/0001_a.sql", "x/drizzle.config.ts",
	  "export default {\n // dialect: 'mysql'\n dialect: 'postgresql',\n}",
	  "", "drizzle postgres" },
	{ "x/migrations/0001_a.sql", "y/drizzle.config.ts", "", "",
	  "handwritten" },
	{ "migrations/0001_a.sql", "Cargo.toml", "", "", "sqlx" },
	{ "migrations/0001_a.sql", "wrangler.toml", "", "", "d1 sqlite" },
	{ "a/b/c/d/e/f/g/migrations/0001_a.sql", "wrangler.toml", "", "",
	  "handwritten" },
	{ "db/migrations/20260101120000_a/migration.sql",
	  "db/migrations/migration_lock.toml", "provider = \"mysql\"", "",
	  "prisma mysql" },
	{ "db/migrations/20260101120000_a/migration.sql", "db/schema.prisma",
	  "datasource db {\n  provider = \"sqlserver\"\n}", "",
	  "prisma sqlserver" },
	{ "migrations/20260101120000_a/up.sql", "diesel.toml", "", "",
	  "diesel" },
	{ "migrations/20260101120000_a/down.sql", "diesel.toml", "", "",
	  "diesel down" },
	/* dialects by the path */
	{ "db/mysql/migrations/1.sql", "", "", "", "handwritten mysql" },
	{ "src/SqliteMigrations/1.sql", "", "", "", "handwritten sqlite" },
	{ "src/MySqlMigrations/1.sql", "", "", "", "handwritten mysql" },
	{ "db/postgres-migrations/1.sql", "", "", "", "handwritten postgres" },
	{ "migrations/sqlite3/1.sql", "", "", "", "handwritten sqlite" },
	{ "migrations/pg/1_a.up.sql", "", "", "", "golang-migrate postgres" },
	{ "mysql/migrations/postgres/1.sql", "", "", "",
	  "handwritten postgres" },
	{ "pgsql_things/migrations/1.sql", "", "", "", "handwritten" },
	{ "db/clickhouse/1_a.sql", "", "", "", "clickhouse clickhouse" },
	/* … and by the words of the text */
	{ "migrations/1.sql", "", "", "CREATE TABLE t (a jsonb)",
	  "handwritten postgres" },
	{ "migrations/1.sql", "", "", "CREATE TABLE `t` (a int) ENGINE=InnoDB",
	  "handwritten mysql" },
	{ "migrations/1.sql", "", "", "PRAGMA foreign_keys=OFF;",
	  "handwritten sqlite" },
	{ "migrations/1.sql", "", "", "ALTER TABLE [dbo].[t] ADD a NVARCHAR(5)",
	  "handwritten sqlserver" },
	{ "migrations/1.sql", "", "",
	  "CREATE TABLE t (a UInt8) ENGINE = "
	  "MergeTree ORDER BY a",
	  "handwritten clickhouse" },
	{ "migrations/1.sql", "", "", "ALTER TABLE `t` DROP `a`",
	  "handwritten" },
	{ "migrations/1.sql", "", "", "DROP TABLE t", "handwritten" },
	/* … and of the others of its history, where its own leave doubt */
	{ "migrations/2.sql", "migrations/1.sql", "CREATE TABLE t (a jsonb)",
	  "DROP TABLE t", "handwritten postgres" },
	{ "migrations/2/up.sql", "migrations/1/up.sql",
	  "CREATE TABLE t (a jsonb)", "ALTER TABLE t DROP `a`",
	  "diesel postgres" },
	{ "migrations/2.sql", "migrations/1.sql", "CREATE TABLE t (a jsonb)",
	  "ALTER TABLE [dbo].[t] ADD a NVARCHAR(5), b NVARCHAR(6)",
	  "handwritten sqlserver" },
	{ "migrations/2.sql", "migrations/1_pg.sql", "CREATE TABLE t (a jsonb)",
	  "DROP TABLE t", "handwritten" },
	{ "migrations/2.sql", "other/1.sql", "CREATE TABLE t (a jsonb)",
	  "DROP TABLE t", "handwritten" },
	{ "migrations/2.sql", "migrations/1.txt", "CREATE TABLE t (a jsonb)",
	  "DROP TABLE t", "handwritten" },
	{ "db/2.sql", "db/1.sql", "CREATE TABLE t (a jsonb)",
	  "-- +goose Up\nDROP TABLE t", "goose postgres" },
	/* a database that speaks none of the dialects */
	{ "h2/migrations/1.sql", "", "", "CREATE TABLE t (a TINYINT, b jsonb)",
	  "handwritten" },
	{ "oracle/migrations/mysql/1.sql", "", "", "", "handwritten mysql" },
	{ "migrations/1.sql", "", "",
	  "a\n---- create above / drop below ----\nb", "tern" },
	{ "scripts/1_a.sql", "", "", "a;\n-- //@UNDO\nb;", "mybatis" },
	{ "conf/evolutions/default/1.sql", "", "", "# --- !Ups\na;",
	  "evolutions" },
	{ "db/deploy/a.sql", "db/sqitch.plan", "", "", "sqitch" },
	{ "db/revert/a.sql", "db/sqitch.plan", "", "", "sqitch down" },
	{ "db/deploy/a.sql", "", "", "", "none" },
	/* … and of programs by marks */
	{ "Migrations/1_A.cs", "", "", "MigrationBuilder b; type: \"TEXT\"",
	  "efcore sqlite" },
	{ "Migrations/1_A.cs", "", "", "MigrationBuilder b; type: \"text\"",
	  "efcore" },
	{ "Migrations/1_A.cs", "", "", "class A : DbMigration {}",
	  "ef6 sqlserver" },
};

START_TEST(a_file_is_what_its_path_its_text_and_its_siblings_say)
{
	const struct memory_file file = {
		.path = kinds[_i].there, .text = str_of(kinds[_i].there_text)
	};
	struct memory_tree tree = { &file, 1 };
	const struct kind kind = kind_in(&tree, kinds[_i].path, kinds[_i].text);
	const char *dialect = dialect_name(kind.dialect);
	const char *got = arena_format(&arena, "%s%s%s%s", name_of(&kind),
				       *dialect ? " " : "", dialect,
				       kind.backward ? " down" : "");

	ck_assert_msg(!strcmp(got, kinds[_i].is), "%s beside %s: %s is not %s",
		      kinds[_i].path, kinds[_i].there, got, kinds[_i].is);
}
END_TEST

START_TEST(what_the_user_says_goes_before_what_is_found)
{
	struct kinds k = { .arena = &arena,
			   .frameworks = &builtin_frameworks,
			   .forced_dialect = DIALECT_MYSQL };
	const struct framework *goose =
		framework_named(&builtin_frameworks, STR("goose"));
	const struct kind_rule rule = { .path = "odd/*.txt",
					.framework = goose,
					.dialect = DIALECT_SQLITE };

	ck_assert_ptr_null(kind_of(&k, "q.sql", STR(""), false).framework);
	/* a file that was named is taken for a migration */
	struct kind kind = kind_of(&k, "q.sql", STR(""), true);

	ck_assert_str_eq(kind.framework->name, "handwritten");
	ck_assert_int_eq(kind.dialect, DIALECT_MYSQL);
	ck_assert_ptr_null(kind_of(&k, "q.txt", STR(""), true).framework);
	/* the configuration */
	ck_assert(!kind_possible(&k, "odd/1.txt"));
	k.forced_dialect = DIALECT_UNKNOWN;
	vec_push(&k.rules, &arena, rule);
	ck_assert(kind_possible(&k, "odd/1.txt"));
	kind = kind_of(&k, "odd/1.txt", STR(""), false);
	ck_assert_ptr_eq(kind.framework, goose);
	ck_assert_int_eq(kind.dialect, DIALECT_SQLITE);
	/* the command line */
	k.forced = framework_named(&builtin_frameworks, STR("flyway"));
	k.forced_dialect = DIALECT_POSTGRES;
	kind = kind_of(&k, "odd/1.txt", STR(""), false);
	ck_assert_str_eq(kind.framework->name, "flyway");
	ck_assert_int_eq(kind.dialect, DIALECT_POSTGRES);
}
END_TEST

/* Flyway knows programs too, whose words say nothing about their SQL. */
START_TEST(t_sql_is_known_beside_programs)
{
	struct kinds k = { .arena = &arena, .frameworks = &builtin_frameworks };
	const struct str tsql = STR("DECLARE @n nvarchar(9)\nALTER TABLE dbo.a "
				    "DROP COLUMN b\nGO\n");
	const char *const sql = "db/migration/V1__a.sql";
	const char *const java = "db/migration/V2__a.java";

	ck_assert_int_eq(kind_of(&k, sql, tsql, false).dialect,
			 DIALECT_SQLSERVER);
	ck_assert_int_eq(kind_of(&k, java, tsql, false).dialect,
			 DIALECT_UNKNOWN);
	ck_assert_int_eq(
		kind_of(&k, sql, STR("ALTER TABLE a DROP b;"), false).dialect,
		DIALECT_UNKNOWN);
}
END_TEST

START_TEST(files_of_one_history_have_one_root)
{
	static const char *const rows[][2] = {
		{ "db/migrations/mariadb/1-a.js", "db/migrations/mariadb" },
		{ "db/migrations/mysql/1-a.js", "db/migrations" },
		{ "migrations/1.sql", "migrations" },
		{ "migrations/1_a/up.sql", "migrations" },
		{ "a/prisma/migrations/2_b/migration.sql",
		  "a/prisma/migrations" },
		{ "a/db/migrate/1.rb", "a/db/migrate" },
		{ "a/drizzle/0001_x.sql", "a/drizzle" },
		{ "sql/1.sql", "sql" },
		{ "1.sql", "" },
		{ "a/migrations/b/migrations/1.sql",
		  "a/migrations/b/migrations" },
	};

	struct kinds k = { .arena = &arena, .frameworks = &builtin_frameworks };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		str_is(kind_root(&k, rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(a_misspelt_framework_has_a_nearest_one)
{
	ck_assert_str_eq(framework_nearest(&builtin_frameworks, STR("prsima")),
			 "prisma");
	ck_assert_str_eq(framework_nearest(&builtin_frameworks,
					   STR("golang-migrat")),
			 "golang-migrate");
	ck_assert_ptr_null(
		framework_nearest(&builtin_frameworks, STR("zzzzzzzzz")));
	ck_assert_ptr_null(framework_named(&builtin_frameworks, STR("prsima")));
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	TCase *tc = tcase_create("kinds");
	const int count = (int)builtin_frameworks.count;

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_test(tc, a_framework_claims_what_its_globs_match);
	tcase_add_loop_test(tc, a_glob_matches_the_whole_path, 0,
			    (int)ARRAY_LEN(globs));
	tcase_add_test(tc, a_glob_of_many_stars_comes_to_an_end);
	tcase_add_loop_test(tc,
			    a_framework_claims_its_examples_and_knows_their_way,
			    0, count);
	tcase_add_test(
		tc,
		the_frameworks_are_sorted_and_fit_the_bits_of_their_folders);
	tcase_add_loop_test(tc, a_framework_is_named_after_its_file, 0, count);
	tcase_add_loop_test(
		tc, a_file_is_what_its_path_its_text_and_its_siblings_say, 0,
		(int)ARRAY_LEN(kinds));
	tcase_add_test(tc, what_the_user_says_goes_before_what_is_found);
	tcase_add_test(tc, t_sql_is_known_beside_programs);
	tcase_add_test(tc, files_of_one_history_have_one_root);
	tcase_add_test(tc, a_misspelt_framework_has_a_nearest_one);
	return suite_status(suite_create("kinds"), tc);
}
