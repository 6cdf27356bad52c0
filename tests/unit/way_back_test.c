/* Migrations in code that nobody can undo. */
#include "err.h"
#include "memory_tree.h"
#include "run.h"
#include "suite.h"

static struct arena arena;

#define RUBY(body) "class A < ActiveRecord::Migration[7.1]\n" body "\nend\n"
#define CHANGE(body) RUBY("  def change\n    " body "\n  end")
#define PYTHON(operation)                                  \
	"def fill(apps, schema_editor):\n    work(apps)\n" \
	"class Migration(migrations.Migration):\n"         \
	"    operations = [migrations." operation "]\n"
#define AERICH(back)                               \
	"from tortoise import BaseDBAsyncClient\n" \
	"async def upgrade(db) -> str:\n"          \
	"    return 'CREATE TABLE b (c int)'\n"    \
	"async def downgrade(db) -> str:\n"        \
	"    return '" back "'\n"

static const struct {
	const char *path, *text;
	const char *reason; /* NULL: there is a way back */
} migrations[] = {
	{ "db/migrate/1_a.rb", RUBY("  def up\n    drop_table :a\n  end"),
	  "It has no way back" },
	{ "db/migrate/1_a.rb",
	  RUBY("  def up\n    drop_table :a\n  end\n  def down; end"),
	  "Its way back does nothing" },
	{ "db/migrate/1_a.rb",
	  RUBY("  def up\n    drop_table :a\n  end\n"
	       "  def down\n    raise ActiveRecord::IrreversibleMigration\n"
	       "  end"),
	  "Its way back refuses to run" },
	{ "db/migrate/1_a.rb", CHANGE("add_column :a, :b, :string"), NULL },
	{ "db/migrate/1_a.rb", CHANGE("remove_column :a, :b, :string"), NULL },
	{ "db/migrate/1_a.rb", CHANGE("remove_column :a, :b"),
	  "The framework cannot undo this call by itself" },
	{ "db/migrate/1_a.rb", CHANGE("change_table(:a) { |t| t.remove :b }"),
	  "The framework cannot undo this call by itself" },
	{ "db/migrate/1_a.rb", CHANGE("remove_index :a, :b"), NULL },
	{ "db/migrate/1_a.rb", CHANGE("remove_index :a, name: 'ix'"),
	  "The framework cannot undo this call by itself" },
	{ "db/migrate/1_a.rb", CHANGE("remove_foreign_key :a, name: 'fk'"),
	  "The framework cannot undo this call by itself" },
	{ "db/migrate/1_a.rb",
	  CHANGE("remove_check_constraint :a, 'b > 0', name: 'c'"), NULL },
	{ "db/migrate/1_a.rb", CHANGE("remove_check_constraint :a, name: 'c'"),
	  "The framework cannot undo this call by itself" },
	{ "db/migrate/1_a.rb", CHANGE("up_only { execute 'DELETE FROM a' }"),
	  NULL },
	{ "s/migrations/0001_a.py", PYTHON("RunPython(fill)"),
	  "The framework cannot undo this call by itself" },
	{ "s/migrations/0001_a.py",
	  PYTHON("RunPython(fill, migrations.RunPython.noop)"), NULL },
	{ "s/migrations/0001_a.py", PYTHON("RunSQL('DROP TABLE a')"),
	  "The framework cannot undo this call by itself" },
	{ "s/migrations/0001_a.py", PYTHON("RemoveField('a', 'b')"), NULL },
	{ "migrations/models/1_20260101120000_a.py", AERICH("DROP TABLE b"),
	  NULL },
	{ "migrations/models/1_20260101120000_a.py", AERICH(""),
	  "Its way back does nothing" },
	{ "src/migrations/0001-a.ts",
	  "export const run = (db) => db.query('DROP TABLE a');", NULL },
	{ "migrations/1_a.js",
	  "exports.up = (pgm) => { pgm.addColumn('a', { b: 'int' }) };", NULL },
	{ "migrations/1_a.js",
	  "exports.up = (pgm) => { pgm.dropColumn('a', 'b') };",
	  "The framework cannot undo this call by itself" },
	{ "migrations/1_a.js",
	  "exports.up = (pgm) => { pgm.dropColumn('a', 'b') };\n"
	  "exports.down = (pgm) => { pgm.addColumn('a', { b: 'int' }) };",
	  NULL },
};

START_TEST(a_migration_without_a_way_back_is_told)
{
	const struct memory_file file = { migrations[_i].path,
					  str_of(migrations[_i].text),
					  MEMORY_ADDED, STR("") };
	struct memory_tree tree = { &file, 1 };
	const struct changes changes = memory_changes(&tree, &arena);
	const struct run_options options = { .command = "test" };
	struct outcome outcome;
	struct err err;
	const char *why = NULL;

	ck_assert_msg(run_changes(&outcome, &changes, &options, &arena, &err) ==
			      0,
		      "%s", err.text);
	vec_each(struct finding, f, &outcome.findings)
		if (!strcmp(f->rule->id, "missing-rollback"))
			for (size_t i = 0; i < f->captures.count; i++)
				if (!strcmp(f->captures.item[i].name, "reason"))
					why = str_dup(
						&arena,
						f->captures.item[i].value);
	if (migrations[_i].reason) {
		ck_assert_msg(why != NULL, "%s", migrations[_i].text);
		ck_assert_str_eq(why, migrations[_i].reason);
	} else {
		ck_assert_msg(!why, "%s", migrations[_i].text);
	}
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	Suite *s = suite_create("way back");
	TCase *tc = tcase_create("code");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_loop_test(tc, a_migration_without_a_way_back_is_told, 0,
			    ARRAY_LEN(migrations));
	return suite_status(s, tc);
}
