#define _DEFAULT_SOURCE /* mkdtemp */
/* src/run: what a change is judged with: the files before it, in their order. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "err.h"
#include "memory_tree.h"
#include "run.h"
#include "strbuf.h"
#include "suite.h"
#include "walk.h"

static struct arena arena;

/* "migrations/2.sql drop-table", sorted as reports are; cautions left out. */
static const char *findings_of(struct changes *changes)
{
	const struct run_options options = { .command = "test",
					     .dialect = DIALECT_POSTGRES };
	struct strbuf b = STRBUF(&arena);
	struct outcome outcome;
	struct err err;

	if (run_changes(&outcome, changes, &options, &arena, &err) < 0)
		return arena_format(&arena, "%s", err.text);
	vec_each(struct finding, f, &outcome.findings)
		if (f->level > LEVEL_CAUTION)
			strbuf_printf(&b, "%s%s %s", b.len ? ", " : "",
				      f->source->path, f->rule->id);
	return strbuf_cstr(&b);
}

#define FILES(...)                                                            \
	(struct memory_tree)                                                  \
	{                                                                     \
		(const struct memory_file[]){ __VA_ARGS__ },                  \
			sizeof((const struct memory_file[]){ __VA_ARGS__ }) / \
				sizeof(struct memory_file)                    \
	}
#define THERE(path, text)                           \
	{                                           \
		path, STR_INIT(text), MEMORY_THERE, \
		{                                   \
			"", 0                       \
		}                                   \
	}
#define ADDED(path, text)                           \
	{                                           \
		path, STR_INIT(text), MEMORY_ADDED, \
		{                                   \
			"", 0                       \
		}                                   \
	}

static void judged(struct memory_tree tree, const char *wanted)
{
	struct changes changes = memory_changes(&tree, &arena);

	ck_assert_str_eq(findings_of(&changes), wanted);
}

START_TEST(what_one_change_adds_goes_to_production_together)
{
	struct memory_tree tree = FILES(
		ADDED("migrations/1.sql", "CREATE TABLE t (a int, b int);"),
		ADDED("migrations/2.sql", "ALTER TABLE t DROP COLUMN b;"));
	struct changes changes = memory_changes(&tree, &arena);

	ck_assert_str_eq(findings_of(&changes), "");
	/* files on disk are each a change of their own */
	changes.has_base = false;
	ck_assert_str_eq(findings_of(&changes), "migrations/2.sql drop-column");
}
END_TEST

START_TEST(what_was_there_is_known_but_not_judged)
{
	judged(FILES(THERE("migrations/1.sql", "CREATE TABLE t (a int);"
					       "DROP TABLE u;"),
		     ADDED("migrations/2.sql",
			   "ALTER TABLE t ALTER a TYPE bigint;")),
	       "");
	judged(FILES(ADDED("migrations/2.sql",
			   "ALTER TABLE t ALTER a TYPE bigint;")),
	       "migrations/2.sql change-column-type");
	judged(FILES(THERE("other/migrations/1.sql", "CREATE TABLE t (a int);"),
		     ADDED("migrations/2.sql",
			   "ALTER TABLE t ALTER a TYPE bigint;")),
	       "migrations/2.sql change-column-type");
}
END_TEST

#define LOG_1                                            \
	"--liquibase formatted sql\n--changeset ada:1\n" \
	"CREATE TABLE t (a int, b int);\n"
#define LOG_2 "--changeset ada:2\nALTER TABLE t DROP COLUMN b;\n"

/* Each change set is a migration, wherever it stands. */
START_TEST(what_a_file_that_grows_held_has_run_before)
{
	judged(FILES({ "db/changelog/1.sql", STR_INIT(LOG_1 LOG_2),
		       MEMORY_MODIFIED, STR_INIT(LOG_1) }),
	       "db/changelog/1.sql drop-column");
	judged(FILES(ADDED("db/changelog/1.sql", LOG_1 LOG_2)), "");
	/* of another framework it is still being written */
	judged(FILES({ "migrations/1.sql",
		       STR_INIT("CREATE TABLE t (a int, b int);"
				"ALTER TABLE t DROP COLUMN b;"),
		       MEMORY_MODIFIED,
		       STR_INIT("CREATE TABLE t (a int, b int);") }),
	       "");
}
END_TEST

static bool asked_deep;

static void watched_list(void *payload, struct arena *a, const char *dir,
			 bool deep, struct paths *out)
{
	asked_deep |= deep;
	memory_list(payload, a, dir, true, out);
}

static void touch(const char *path)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fclose(f);
}

static bool walk_has_it(struct walk *w, const char *name)
{
	return walk_has(w, arena_format(&arena, "%s/%s", w->dir, name));
}

START_TEST(a_walk_knows_the_files_and_folders_below_it)
{
	char dir[] = "/tmp/walk-XXXXXX";
	static const char *const names[] = { "a", "a/b.c", "a-d", "a/b.c/e" };
	struct paths found = { 0 };

	ck_assert_ptr_nonnull(mkdtemp(dir));
	ck_assert_int_eq(mkdir(arena_format(&arena, "%s/a", dir), 0700), 0);
	ck_assert_int_eq(mkdir(arena_format(&arena, "%s/a/b.c", dir), 0700), 0);
	touch(arena_format(&arena, "%s/a/b.c/e", dir));
	touch(arena_format(&arena, "%s/a-d", dir));
	struct walk w = walk_folder(dir, &arena);

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		ck_assert_msg(walk_has_it(&w, names[i]), "%s", names[i]);
	ck_assert(!walk_has_it(&w, "b.c"));
	ck_assert(!walk_has_it(&w, "a/e"));
	ck_assert(!walk_has_it(&w, "a/b"));
	ck_assert(!walk_has_it(&w, "a/b.c/e/f"));
	walk_list(&w, arena_format(&arena, "%s/a", dir), &arena, &found);
	ck_assert_uint_eq(found.count, 1);
	ck_assert_uint_eq(w.files.count, 2);
	unlink(arena_format(&arena, "%s/a/b.c/e", dir));
	unlink(arena_format(&arena, "%s/a-d", dir));
	rmdir(arena_format(&arena, "%s/a/b.c", dir));
	rmdir(arena_format(&arena, "%s/a", dir));
	rmdir(dir);
}
END_TEST

/* On a disk that may be very much. */
START_TEST(what_lies_below_a_folder_of_scripts_is_not_gone_through)
{
	struct memory_tree scripts =
		FILES(THERE("sql/1.sql", "CREATE TABLE t (a int);"),
		      THERE("sql/1/0.sql", "DROP TABLE t;"),
		      ADDED("sql/2.sql", "ALTER TABLE t ALTER a TYPE bigint;"));
	struct memory_tree migrations =
		FILES(THERE("migrations/1/up.sql", "CREATE TABLE t (a int);"),
		      ADDED("migrations/2/up.sql",
			    "ALTER TABLE t ALTER a TYPE bigint;"));
	struct changes changes = memory_changes(&scripts, &arena);

	changes.now.list = watched_list;
	asked_deep = false;
	ck_assert_str_eq(findings_of(&changes), "");
	ck_assert(!asked_deep);
	changes = memory_changes(&migrations, &arena);
	changes.now.list = watched_list;
	ck_assert_str_eq(findings_of(&changes), "");
	ck_assert(asked_deep);
}
END_TEST

START_TEST(what_comes_later_is_no_past)
{
	judged(FILES(THERE("migrations/10.sql", "CREATE TABLE t (a int);"),
		     ADDED("migrations/9.sql",
			   "ALTER TABLE t ALTER a TYPE bigint;")),
	       "migrations/9.sql change-column-type");
	judged(FILES(THERE("migrations/9.sql", "CREATE TABLE t (a int);"),
		     ADDED("migrations/10.sql",
			   "ALTER TABLE t ALTER a TYPE bigint;")),
	       "");
}
END_TEST

START_TEST(only_a_whole_history_proves_that_an_index_never_was)
{
	judged(FILES(THERE("migrations/1.sql", "CREATE TABLE t (a int);"),
		     ADDED("migrations/2.sql", "DROP INDEX IF EXISTS i;")),
	       "");
	judged(FILES(ADDED("migrations/2.sql", "DROP INDEX IF EXISTS i;")),
	       "migrations/2.sql drop-index");
	/* one of them is binary */
	judged(FILES(THERE("migrations/0.sql", "CREATE\0 INDEX i"),
		     THERE("migrations/1.sql", "CREATE TABLE t (a int);"),
		     ADDED("migrations/2.sql", "DROP INDEX IF EXISTS i;")),
	       "migrations/2.sql drop-index");
	/* … has a gap, or does what cannot be known */
	judged(FILES(THERE("migrations/1.sql", "CREATE TABLE t (a 'int);"),
		     THERE("migrations/2.sql", "SELECT 1;"),
		     ADDED("migrations/3.sql", "DROP INDEX IF EXISTS i;")),
	       "migrations/3.sql drop-index");
	judged(FILES(THERE("migrations/1.sql", "CREATE TABLE t (a int);"),
		     THERE("migrations/2.sql", "DO $$BEGIN EXECUTE x; END$$;"),
		     ADDED("migrations/3.sql", "DROP INDEX IF EXISTS i;")),
	       "migrations/3.sql drop-index");
}
END_TEST

START_TEST(a_file_that_cannot_be_read_blocks)
{
	judged(FILES(ADDED("migrations/1.sql", "DROP\0TABLE t;")),
	       "migrations/1.sql unread-file");
	judged(FILES(ADDED("migrations/1.sql", "SELECT 'open;")),
	       "migrations/1.sql unread-file");
	judged(FILES(ADDED("migrations/1.sql",
			   "<<<<<<< HEAD\nSELECT 1;\n=======\nSELECT 2;\n"
			   ">>>>>>> other\n")),
	       "migrations/1.sql unread-file");
	judged(FILES(ADDED("src/data.bin", "DROP\0TABLE t;")), "");
}
END_TEST

START_TEST(the_way_back_is_never_blocked)
{
	judged(FILES(ADDED("migrations/1_a.up.sql", "CREATE TABLE t (a int);"),
		     ADDED("migrations/1_a.down.sql", "DROP TABLE t;")),
	       "");
	judged(FILES(ADDED("migrations/1.sql",
			   "-- +goose Up\nCREATE TABLE t (a int);\n"
			   "-- +goose Down\nDROP TABLE t;\n")),
	       "");
	judged(FILES(ADDED("migrations/1.sql",
			   "-- +goose Up\nDROP TABLE t;\n"
			   "-- +goose Down\nCREATE TABLE t (a int);\n")),
	       "migrations/1.sql drop-table");
}
END_TEST

START_TEST(a_configuration_that_is_wrong_judges_nothing)
{
	judged(FILES(THERE(".holdfast.yaml", "rules: 1"),
		     ADDED("migrations/1.sql", "DROP TABLE t;")),
	       ".holdfast.yaml:1: rules is a mapping of rule to level");
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	TCase *tc = tcase_create("run");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_test(tc, what_one_change_adds_goes_to_production_together);
	tcase_add_test(tc, what_a_file_that_grows_held_has_run_before);
	tcase_add_test(tc, what_was_there_is_known_but_not_judged);
	tcase_add_test(tc,
		       what_lies_below_a_folder_of_scripts_is_not_gone_through);
	tcase_add_test(tc, what_comes_later_is_no_past);
	tcase_add_test(tc, only_a_whole_history_proves_that_an_index_never_was);
	tcase_add_test(tc, a_file_that_cannot_be_read_blocks);
	tcase_add_test(tc, the_way_back_is_never_blocked);
	tcase_add_test(tc, a_configuration_that_is_wrong_judges_nothing);
	tcase_add_test(tc, a_walk_knows_the_files_and_folders_below_it);
	return suite_status(suite_create("run"), tc);
}
