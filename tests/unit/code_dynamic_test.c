/*
 * SQL and names that a program puts together while it runs: what can be known
 * is read, the name that can be shown is shown, and the rest is EXECUTE
 * DYNAMIC. Nothing of it is silence.
 */
#include "builtin_frameworks.h"
#include "code_rules.h"
#include "strbuf.h"
#include "suite.h"

static struct arena arena;

static const struct framework *framework_called(const char *name)
{
	for (size_t i = 0; i < builtin_frameworks.count; i++)
		if (!strcmp(builtin_frameworks.item[i].name, name))
			return &builtin_frameworks.item[i];
	ck_abort_msg("no framework is called %s", name);
	return NULL;
}

static void read_piece(struct reading *r, const char *framework,
		       const struct source *src)
{
	const struct read_options opt = { .dialect = DIALECT_POSTGRES };

	*r = (struct reading){ .arena = &arena };
	read_code(r, src, framework_called(framework)->code, &opt, STR(""));
}

/* One statement a line, ` ?` behind what is not all literal. */
static const char *statements(const struct reading *r)
{
	struct strbuf b = STRBUF(&arena);

	for (size_t i = 0; i < r->forms.count; i++) {
		const struct form *f = &r->forms.item[i];

		if (f->direction == DIRECTION_BACKWARD)
			strbuf_puts(&b, "down: ");
		strbuf_add(&b, f->text);
		strbuf_puts(&b, f->flags & FORM_DYNAMIC ? " ?\n" : "\n");
	}
	return strbuf_cstr(&b);
}

struct piece {
	const char *framework, *path, *code, *wanted;
};

static void becomes(const struct piece *p)
{
	const struct source src = { .path = p->path, .text = str_of(p->code) };
	struct reading r;

	read_piece(&r, p->framework, &src);
	ck_assert_msg(!strcmp(statements(&r), p->wanted),
		      "%s: %s\nbecomes\n%sbut should become\n%s", p->framework,
		      p->code, statements(&r), p->wanted);
}

/* The text of a file, of a function, of a builder. */
static const struct piece unknown[] = {
	{ "alembic", "a.py", "op.execute(open('up.sql').read())",
	  "EXECUTE DYNAMIC ?\n" },
	{ "alembic", "a.py",
	  "sql = f.read()\nfor s in sql.split(';'):\n    op.execute(s)",
	  "EXECUTE DYNAMIC ?\n" },
	{ "alembic", "a.py", "op.execute(sa.text(load('up')))",
	  "EXECUTE DYNAMIC ?\n" },
	{ "laravel", "a.php",
	  "<?php DB::unprepared(file_get_contents('a.sql'));",
	  "EXECUTE DYNAMIC ?\n" },
	{ "laravel", "a.php",
	  "<?php $sql = File::get('a.sql'); DB::statement($sql);",
	  "EXECUTE DYNAMIC ?\n" },
	{ "efcore", "a.cs",
	  "migrationBuilder.Sql(File.ReadAllText(\"a.sql\"));",
	  "EXECUTE DYNAMIC ?\n" },
	{ "ecto", "a.exs", "execute(File.read!(\"a.sql\"))",
	  "EXECUTE DYNAMIC ?\n" },
	{ "typeorm", "a.ts", "q.query(readFileSync('a.sql', 'utf8'))",
	  "EXECUTE DYNAMIC ?\n" },
	{ "knex", "a.js", "knex.raw(fs.readFileSync('a.sql').toString())",
	  "EXECUTE DYNAMIC ?\n" },
	{ "goose", "a.go",
	  "func upA(tx *sql.Tx) error { b, _ := os.ReadFile(\"a.sql\"); tx.Exec(string(b)) }",
	  "EXECUTE DYNAMIC ?\n" },
	{ "flyway", "a.java",
	  "void migrate() { s.execute(Files.readString(Path.of(\"a.sql\"))); }",
	  "EXECUTE DYNAMIC ?\n" },
	{ "flyway", "a.kt",
	  "fun migrate() { s.execute(File(\"a.sql\").readText()) }",
	  "EXECUTE DYNAMIC ?\n" },
	{ "typeorm", "a.ts", "q.query(`${verb} TABLE users`)",
	  "EXECUTE DYNAMIC ?\n" },
};

/* The name that the text shows. */
static const struct piece named[] = {
	{ "typeorm", "a.ts", "q.query(`DROP TABLE ${sql.quote(this.old)}`)",
	  "DROP TABLE old ?\n" },
	{ "typeorm", "a.ts", "q.query('DROP TABLE '.concat(old))",
	  "DROP TABLE old ?\n" },
	{ "typeorm", "a.ts",
	  "const ids = rows.map((row) => `'${row.id}'`).join(',')\n"
	  "q.query(`DELETE FROM a WHERE b IN (${ids}) AND c = 1`)",
	  "DELETE FROM a WHERE b IN (ids) AND c = 1 ?\n" },
	{ "typeorm", "a.ts",
	  "class A { name = 'A1'; up(q) { q.query(`DROP TABLE ${name}`) } }",
	  "DROP TABLE name ?\n" },
	{ "typeorm", "a.ts",
	  "class A { old = 'b'; up(q) { q.query(`DROP TABLE ${this.old}`) } }",
	  "DROP TABLE b\n" },
	{ "typeorm", "a.ts", "q.dropForeignKey('a', table.keys[0])",
	  "ALTER TABLE a DROP CONSTRAINT keys ?\n" },
	{ "efcore", "a.cs",
	  "migrationBuilder.Sql(string.Format(\"DROP TABLE {1}{0}\", a, b));",
	  "DROP TABLE ba ?\n" },
	{ "flyway", "a.java",
	  "void migrate() { s.execute(String.format(\"DROP TABLE %2$s\", a, b)); }",
	  "DROP TABLE b ?\n" },
	{ "alembic", "a.py",
	  "for t, c in conn.execute('SELECT 1').fetchall():\n"
	  "    op.drop_column(t, c)",
	  "ALTER TABLE t DROP COLUMN c ?\n" },
	{ "alembic", "a.py", "op.execute(f\"DROP TABLE {', '.join(old)}\")",
	  "DROP TABLE old ?\n" },
};

/* Loops and lists that stand in the text are done for each element. */
static const struct piece loops[] = {
	{ "sequelize", "a.js",
	  "const all = [{ t: 'a', c: 'b' }, { t: 'c', c: 'd' }];\n"
	  "for (const one of all) await q.removeColumn(one.t, one.c);",
	  "ALTER TABLE a DROP COLUMN b\nALTER TABLE c DROP COLUMN d\n" },
	{ "sequelize", "a.js",
	  "const all = [{ t: 'a', c: 'b' }, { t: 'c', c: 'd' }];\n"
	  "all.forEach(({ t, c: x }) => q.removeColumn(t, x));\n"
	  "for (const { t } of all) q.sequelize.query(`DROP TABLE ${t}`);\n"
	  "for (const x of all) q.sequelize.query(`TRUNCATE ${x.t}`);",
	  "ALTER TABLE a DROP COLUMN b\nALTER TABLE c DROP COLUMN d\n"
	  "DROP TABLE a\nDROP TABLE c\nTRUNCATE a\nTRUNCATE c\n" },
	{ "sequelize", "a.js",
	  "for (const [t, c] of [['a', 'b'], ['c', 'd']]) q.removeColumn(t, c);\n"
	  "for (const [t, c] of Object.entries({ e: 'f' })) q.removeColumn(t, c);",
	  "ALTER TABLE a DROP COLUMN b\nALTER TABLE c DROP COLUMN d\n"
	  "ALTER TABLE e DROP COLUMN f\n" },
	{ "sequelize", "a.js",
	  "for (const t of ['a', 'b'])\n"
	  "  if (await q.tableExists(t))\n    await q.dropTable(t);",
	  "DROP TABLE a\nDROP TABLE b\n" },
	{ "goose", "a.go",
	  "const gone string = \"DROP TABLE a\"\n"
	  "var all = []struct {\n\ttable, column string\n}{\n"
	  "\t{table: \"b\", column: \"c\"},\n\t{table: \"d\", column: \"e\"},\n}\n"
	  "func upA(tx *sql.Tx) {\n\ttx.Exec(gone)\n"
	  "\tfor _, x := range all {\n"
	  "\t\ttx.Exec(fmt.Sprintf(\"ALTER TABLE %s DROP COLUMN %s\", x.table, "
	  "x.column))\n\t}\n}",
	  "DROP TABLE a\nALTER TABLE b DROP COLUMN c\n"
	  "ALTER TABLE d DROP COLUMN e\n" },
	/* a loop in a loop: through what the outer one takes */
	{ "sequelize", "a.js",
	  "for (const { t, all } of [{ t: 'a', all: ['b', 'c'] }])\n"
	  "  for (const c of all) q.removeColumn(t, c);",
	  "ALTER TABLE a DROP COLUMN b\nALTER TABLE a DROP COLUMN c\n" },
	{ "alembic", "a.py",
	  "NAMES = {\"ix\": [\"a\"], \"iy\": [\"b\", \"c\"]}\n"
	  "def upgrade():\n    for name in NAMES:\n"
	  "        op.drop_index(name, table_name=\"t\")",
	  "DROP INDEX ix ON t\nDROP INDEX iy ON t\n" },
	{ "alembic", "a.py",
	  "op.execute('\\n'.join(['DROP TABLE a;', 'DROP TABLE b;']))",
	  "DROP TABLE a\nDROP TABLE b\n" },
	{ "alembic", "a.py",
	  "old = {'a': ['x'], 'b': ['y']}\nfor t in old:\n    op.drop_table(t)",
	  "DROP TABLE a\nDROP TABLE b\n" },
	{ "alembic", "a.py",
	  "old = {'a': 'x', 'b': 'y'}\n"
	  "for t, c in old.items():\n    op.drop_column(t, c)",
	  "ALTER TABLE a DROP COLUMN x\nALTER TABLE b DROP COLUMN y\n" },
	{ "alembic", "a.py",
	  "old = {'a': 'x', 'b': 'y'}\n"
	  "for t in old.keys():\n    op.execute(f'DROP TABLE {t}')\n"
	  "for c in old.values():\n    op.drop_table(c)",
	  "DROP TABLE a\nDROP TABLE b\nDROP TABLE x\nDROP TABLE y\n" },
	{ "ecto", "a.exs", "for t <- ~w(a b)a, do: drop(table(t))",
	  "DROP TABLE a\nDROP TABLE b\n" },
	{ "ecto", "a.exs", "Enum.each([:a, :b], &drop(table(&1)))",
	  "DROP TABLE a\nDROP TABLE b\n" },
	{ "ecto", "a.exs", "[:a, :b] |> Enum.each(fn t -> drop(table(t)) end)",
	  "DROP TABLE a\nDROP TABLE b\n" },
	{ "ecto", "a.exs", "\"DROP TABLE a\" |> execute()", "DROP TABLE a\n" },
	{ "goose", "a.go",
	  "func upA(tx *sql.Tx) { for _, t := range []string{\"a\", \"b\"} "
	  "{ tx.Exec(\"DROP TABLE \" + t) } }",
	  "DROP TABLE a\nDROP TABLE b\n" },
	{ "flyway", "a.java",
	  "void migrate() { for (String t : new String[] {\"a\", \"b\"}) "
	  "s.execute(\"DROP TABLE \" + t); }",
	  "DROP TABLE a\nDROP TABLE b\n" },
};

START_TEST(what_cannot_be_known_is_said)
{
	becomes(&unknown[_i]);
}
END_TEST

START_TEST(a_name_that_stands_there_is_shown)
{
	becomes(&named[_i]);
}
END_TEST

START_TEST(lists_that_stand_there_are_gone_through)
{
	becomes(&loops[_i]);
}
END_TEST

/* A piece from further above does not shrink the span to one byte. */
START_TEST(a_statement_reaches_from_its_first_to_its_last_own_byte)
{
	const struct source src = {
		.path = "a.ts",
		.text = STR("const old = 'users'\n"
			    "q.query(`DROP TABLE ${old} CASCADE`)\n"
			    "q.query(`TRUNCATE ${old}`)"),
	};
	struct reading r;

	read_piece(&r, "typeorm", &src);
	ck_assert_uint_eq(r.forms.count, 2);
	str_is(source_slice(&src, r.forms.item[0].span),
	       "DROP TABLE ${old} CASCADE");
	str_is(source_slice(&src, r.forms.item[1].span), "TRUNCATE ");
}
END_TEST

/* The way back is not judged: what is unread there stops nobody. */
START_TEST(only_what_runs_forward_has_gaps)
{
	static const struct {
		const char *text;
		size_t gaps;
	} pieces[] = {
		{ "def upgrade():\n    op.execute('SELECT 1 /* a')\n", 1 },
		{ "def upgrade():\n    op.execute('SELECT 1' + '/* a')\n", 1 },
		{ "def downgrade():\n    op.execute('SELECT 1 /* a')\n", 0 },
		{ "def downgrade():\n    op.execute('SELECT 1' + '/* a')\n",
		  0 },
	};
	struct reading r;

	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		const struct source src = { .path = "a.py",
					    .text = str_of(pieces[i].text) };

		read_piece(&r, "alembic", &src);
		ck_assert_uint_eq(r.gaps.count, pieces[i].gaps);
	}
}
END_TEST

/* Nothing says which database it is; T-SQL does itself. */
START_TEST(tsql_in_a_string_is_known_by_its_words)
{
	const struct source src = {
		.path = "a.cs",
		.text = STR("m.Sql(\"DELETE FROM [dbo].[Users]\");\n"
			    "m.Sql(\"DROP TABLE [Users]\");\n"
			    "m.Sql(@\"EXEC('DROP TABLE a')\r\nDROP TABLE "
			    "[dbo].b\");"),
	};
	const struct read_options opt = { .dialect = DIALECT_UNKNOWN };
	struct reading r = { .arena = &arena };

	read_code(&r, &src, framework_called("efcore")->code, &opt, STR(""));
	ck_assert_str_eq(statements(&r), "DELETE FROM \"dbo\".\"Users\"\n"
					 "DROP TABLE \"Users\"\n"
					 "DROP TABLE a\n"
					 "DROP TABLE \"dbo\".b\n");
}
END_TEST

/* A script runs what stands at its top level, but not what it only keeps. */
static const struct piece scripts[] = {
	{ "handwritten-code", "a.js",
	  "const kept = sql.raw('DROP TABLE a');\n"
	  "db.query('DROP TABLE b');\n"
	  "await sql`DROP TABLE c`;\n"
	  "db.query({ text: 'DELETE FROM f WHERE g = $1', values: [1] });\n"
	  "log.write({ text: 'DROP TABLE h' });\n"
	  "const rows = await pool.query('DELETE FROM d');\n"
	  "const later = { down: sql('DROP TABLE e') };",
	  "DROP TABLE b\nDROP TABLE c\nDELETE FROM f WHERE g = $1\n"
	  "DELETE FROM d\n" },
	{ "handwritten-code", "a.js",
	  "const q = `DROP TABLE a`;\nawait client.query(q);\n"
	  "const m = /x/.exec(text);",
	  "DROP TABLE a\n" },
	{ "handwritten-code", "a.py",
	  "KEPT = dedent(\"DROP TABLE a\")\n"
	  "cur = con.execute(\"DELETE FROM b\")",
	  "DELETE FROM b\n" },
	{ "handwritten-code", "a.php",
	  "<?php\n$kept = sprintf('DROP TABLE a');\n"
	  "$pdo->exec('DROP TABLE b');",
	  "DROP TABLE b\n" },
	{ "handwritten-code", "a.go",
	  "func drop(tx *sql.Tx, table string) error {\n"
	  "\t_, err := tx.Exec(fmt.Sprintf(\"DROP TABLE `%s`\", table))\n"
	  "\treturn err\n}",
	  "DROP TABLE \"table\" ?\n" },
	{ "goose", "a.go",
	  "func Up1(tx *sql.Tx) error {\n"
	  "\treturn run(`\n\tupdate a\n\t\tset b = c;`)\n}",
	  "UPDATE a SET b = c\n" },
	{ "goose", "a.go",
	  "func Up1(tx *sql.Tx) error {\n"
	  "\tquery := \"DELETE FROM a\"\n"
	  "\treturn m.Run(query)\n}",
	  "DELETE FROM a\n" },
};

/* SQL that no call runs here: a runner of the author's own does. */
static const struct piece kept[] = {
	{ "handwritten-code", "a.js",
	  "const sql = `DROP TABLE a;`;\nmodule.exports = { sql };",
	  "DROP TABLE a\n" },
	{ "handwritten-code", "a.ts",
	  "export const description = 'Drop table zero';\n"
	  "export const up: string = 'DROP TABLE a';\n"
	  "export const down: string = 'DROP TABLE b';",
	  "DROP TABLE a\ndown: DROP TABLE b\n" },
	{ "handwritten-code", "a.ts",
	  "export default { name: 'Drop table a', up: ['DROP TABLE a', \n"
	  "'DROP TABLE b'], down: { sql: 'DROP TABLE c' } };",
	  "DROP TABLE a\nDROP TABLE b\ndown: DROP TABLE c\n" },
	{ "handwritten-code", "a.js",
	  "const steps = [{ id: 1, sql: 'DROP TABLE a' }];\n"
	  "const undoSql = 'DROP TABLE b';\nconst old = 'DROP TABLE c';\n"
	  "exports.down = (db) => apply(db, old);",
	  "DROP TABLE a\ndown: DROP TABLE b\ndown: DROP TABLE c\n" },
	{ "handwritten-code", "a.go",
	  "var M8 = Migration{ Up: `DROP TABLE a`, Down: `DROP TABLE b` }",
	  "DROP TABLE a\ndown: DROP TABLE b\n" },
	{ "handwritten-code", "a.js",
	  "const sql = 'DROP TABLE a';\n"
	  "exports.up = (db) => db.query(sql);\n"
	  "log('DELETE FROM b'); const tag = text('DROP TABLE c');",
	  "DROP TABLE a\n" },
	{ "handwritten-list", "a.rs",
	  "fn current() -> Vec<&'static str> {\n    vec![\n"
	  "        \"DROP TABLE a\",\n"
	  "        Migration { description: \"Drop table b\", "
	  "sql: \"DROP TABLE c\" },\n"
	  "        Migration { sql: \"DROP TABLE g\", "
	  "kind: MigrationKind::Down },\n    ]\n}\n"
	  "fn rollback() -> Vec<&str> { vec![\"DROP TABLE d\"] }\n"
	  "fn show(c: &C) { let s = \"DROP TABLE e\"; list(&[\"f\"]); }",
	  "DROP TABLE a\nDROP TABLE c\ndown: DROP TABLE g\n"
	  "down: DROP TABLE d\n" },
	/* a loop over pairs */
	{ "handwritten-code", "a.js",
	  "for (const p of [['a', 'b'], ['c', 'd']])\n"
	  "  db.query(`ALTER TABLE ${p[0]} DROP COLUMN ${p[1]}`);",
	  "ALTER TABLE a DROP COLUMN b\nALTER TABLE c DROP COLUMN d\n" },
	{ "handwritten-code", "a.go",
	  "func Up(tx *sql.Tx) {\n\tpairs := [][2]string{{\"a\", \"b\"}}\n"
	  "\tfor _, p := range pairs {\n\t\ttx.Exec(fmt.Sprintf("
	  "\"ALTER TABLE %s DROP COLUMN %s\", p[0], p[1]))\n\t}\n}",
	  "ALTER TABLE a DROP COLUMN b\n" },
	/* a framework that names its functions runs those alone */
	{ "knex", "a.js", "exports.sql = 'DROP TABLE a';", "" },
	/* no call is in it at all */
	{ "handwritten-code", "a.js",
	  "const t = 'a';\nexports.up = `DROP TABLE ${t}`;\n"
	  "exports.also = `DELETE FROM ${t.b} WHERE c = ':d'`;",
	  "DROP TABLE a\nDELETE FROM b WHERE c = '' ?\n" },
};

START_TEST(what_a_constant_keeps_is_run)
{
	becomes(&kept[_i]);
}
END_TEST

START_TEST(a_script_runs_what_it_hands_over)
{
	becomes(&scripts[_i]);
}
END_TEST

/* Helpers that stand elsewhere and say what they do only by their name. */
static const struct piece helpers[] = {
	{ "knex", "a.js",
	  "exports.up = async (knex) => { await dropOldTables(knex, 'a') };\n"
	  "exports.down = async (knex) => { await helpers.removeColumn"
	  "IfExists(knex) };",
	  "EXECUTE DYNAMIC ?\ndown: EXECUTE DYNAMIC ?\n" },
	{ "alembic", "a.py",
	  "def upgrade():\n    purge_rows(op)\n    drop_it(op)\n"
	  "    remove_spaces(x)",
	  "EXECUTE DYNAMIC ?\n" },
	{ "knex", "a.js",
	  "const dropOldTables = async (k) => { await k.schema.dropTable('a') "
	  "};\nexports.up = async (knex) => { await dropOldTables(knex) };",
	  "DROP TABLE a\n" },
	{ "knex", "a.js",
	  "exports.up = async (k) => { await deleteRows(k, `DELETE FROM a`) "
	  "};",
	  "DELETE FROM a\n" },
	/* what it is handed are names */
	{ "sequelize", "a.js",
	  "exports.up = async (q) => {\n"
	  "  await removeColumnIfExists(q, 'a', 'b');\n"
	  "  await dropTableSafe(q, 'c');\n"
	  "  await dropColumn(q, 'a', name);\n};",
	  "ALTER TABLE a DROP COLUMN b\nDROP TABLE c\nEXECUTE DYNAMIC ?\n" },
	{ "knex", "a.js",
	  "module.exports = createDropColumnMigration('a', 'b', {});\n"
	  "module.exports.more = create_drop_table_migration('c');",
	  "ALTER TABLE a DROP COLUMN b\nDROP TABLE c\n" },
	/* it is a part of the table that goes */
	{ "handwritten-code", "a.js",
	  "await dropTableRls(db, 'a'); await removeColumnComment('a', 'b');\n"
	  "await dropTableIfExists2(db, 'c'); await dropTableV2(db, 'd');",
	  "DROP TABLE c\n" },
};

START_TEST(a_helper_that_says_it_destroys_is_not_silence)
{
	becomes(&helpers[_i]);
}
END_TEST

/* Functions of functions, in the order in which they run. */
static const struct piece orders[] = {
	{ "goose", "a.go",
	  "func init() { goose.AddMigrationContext(up, nil) }\n"
	  "func up(ctx context.Context, tx *sql.Tx) error {\n"
	  "\tif err := fill(ctx, tx); err != nil {\n\t\treturn err\n\t}\n"
	  "\t_, err := tx.Exec(\"DROP TABLE a\")\n\treturn err\n}\n"
	  "func fill(ctx context.Context, tx *sql.Tx) error {\n"
	  "\t_, err := tx.Exec(\"CREATE TABLE a (b int)\")\n"
	  "\treturn err\n}",
	  "CREATE TABLE a (b int)\nDROP TABLE a\n" },
};

START_TEST(what_a_function_calls_runs_where_it_calls_it)
{
	becomes(&orders[_i]);
}
END_TEST

/* What a helper is given, and which way it goes, its callers say. */
static const struct piece runs[] = {
	{ "sequelize", "a.js",
	  "async function drop(qi, table, column) {\n"
	  "  await qi.removeColumn(table, column);\n}\n"
	  "async function add(qi, table, column, type) {\n"
	  "  await qi.addColumn(table, column, { type });\n}\n"
	  "module.exports = {\n"
	  "  async up(qi, S) {\n"
	  "    await add(qi, 'a', 'b', S.DATE);\n"
	  "    await drop(qi, 'a', 'c');\n  },\n"
	  "  async down(qi) { await drop(qi, 'a', 'b'); },\n};",
	  "ALTER TABLE a ADD COLUMN b timestamptz\n"
	  "ALTER TABLE a DROP COLUMN c\ndown: ALTER TABLE a DROP COLUMN b\n" },
	{ "typeorm", "a.ts",
	  "class A { async up(q: QueryRunner) { await this.two(q, 'a', 'b'); }\n"
	  "async two(q: QueryRunner, x: string, y = 'c') {\n"
	  "  await this.one(q, x); await this.one(q, y); }\n"
	  "async one(q: QueryRunner, t: string) { await q.dropTable(t); } }",
	  "DROP TABLE a\nDROP TABLE b\n" },
	{ "flyway", "V1__a.java",
	  "class V1__a extends BaseJavaMigration {\n"
	  "  public void migrate(Context c) { clear(c, \"a\"); }\n"
	  "  void clear(Context c, String name) {\n"
	  "    statement.execute(\"DELETE FROM \" + name);\n  }\n}",
	  "DELETE FROM a\n" },
	{ "django", "a.py",
	  "def clear(model, pks):\n    model.objects.filter(pk__in=pks).delete()\n"
	  "def forward(apps, editor):\n"
	  "    clear(apps.get_model('shop', 'A'), pks=[1])\n"
	  "Migration.operations = [RunPython(forward)]",
	  "DELETE FROM shop_a WHERE filtered\n" },
	{ "sequelize", "a.js",
	  "async function one(q, { table, column: c }) {\n"
	  "  await q.removeColumn(table, c);\n}\n"
	  "async function two(q, options) {\n"
	  "  const { table } = options;\n  await q.dropTable(table);\n}\n"
	  "exports.up = async (q) => {\n"
	  "  await one(q, { table: 'a', column: 'b' });\n"
	  "  await two(q, { table: 'c' });\n};",
	  "ALTER TABLE a DROP COLUMN b\nDROP TABLE c\n" },
	{ "knex", "a.ts",
	  "const clear = async (knex: Knex, name: string, where = '') => {\n"
	  "  await knex.raw(`DELETE FROM ${name} ${where}`);\n};\n"
	  "export const up = (knex: Knex) => clear(knex, 'a', 'WHERE b = 1');",
	  "DELETE FROM a WHERE b = 1\n" },
	{ "sequelize", "a.js",
	  "exports.up = async (q) => {\n"
	  "  const one = async (t, c) => { await q.addColumn(t, c, {}); };\n"
	  "  const two = async (t, c) => { await q.removeColumn(t, c); };\n"
	  "  await one('a', 'b');\n  await two('a', 'c');\n};\n"
	  "exports.down = async (q) => {\n"
	  "  const two = async (t, c) => { await q.removeColumn(t, c); };\n"
	  "  await two('a', 'b');\n};",
	  "ALTER TABLE a ADD COLUMN b\nALTER TABLE a DROP COLUMN c\n"
	  "down: ALTER TABLE a DROP COLUMN b\n" },
	/* also run by others, with who knows what */
	{ "alembic", "a.py",
	  "def clear(table):\n    op.drop_table(table)\n"
	  "def upgrade():\n    clear('a')\n    each(clear)\n",
	  "DROP TABLE table ?\nDROP TABLE a\n" },
};

START_TEST(a_helper_is_read_for_each_call_that_runs_it)
{
	becomes(&runs[_i]);
}
END_TEST

/* Names, each nine times the one before it: a text of millions of words is not
 * put together, and that is said. */
START_TEST(texts_that_grow_without_end_are_a_gap)
{
	struct strbuf b = STRBUF(&arena);
	struct source src = { .path = "a.py" };
	struct reading r;

	strbuf_puts(&b, "a0 = 'DELETE FROM t; '\n");
	for (int i = 1; i <= 7; i++) {
		strbuf_printf(&b, "a%d = a%d", i, i - 1);
		for (int n = 1; n < 9; n++)
			strbuf_printf(&b, " + a%d", i - 1);
		strbuf_puts(&b, "\n");
	}
	strbuf_puts(&b, "op.execute(a7)\n");
	src.text = strbuf_str(&b);
	read_piece(&r, "alembic", &src);
	ck_assert_uint_eq(r.gaps.count, 1);
	ck_assert_str_eq(r.gaps.item[0].reason,
			 "its texts take too long to put together");
	ck_assert_uint_le(r.forms.count, 100000);
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	Suite *s = suite_create("dynamic code");
	TCase *tc = tcase_create("pieces");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_loop_test(tc, what_cannot_be_known_is_said, 0,
			    (int)ARRAY_LEN(unknown));
	tcase_add_loop_test(tc, a_name_that_stands_there_is_shown, 0,
			    (int)ARRAY_LEN(named));
	tcase_add_loop_test(tc, lists_that_stand_there_are_gone_through, 0,
			    (int)ARRAY_LEN(loops));
	tcase_add_test(tc,
		       a_statement_reaches_from_its_first_to_its_last_own_byte);
	tcase_add_test(tc, only_what_runs_forward_has_gaps);
	tcase_add_test(tc, texts_that_grow_without_end_are_a_gap);
	tcase_add_test(tc, tsql_in_a_string_is_known_by_its_words);
	tcase_add_loop_test(tc, a_script_runs_what_it_hands_over, 0,
			    (int)ARRAY_LEN(scripts));
	tcase_add_loop_test(tc, what_a_constant_keeps_is_run, 0,
			    ARRAY_LEN(kept));
	tcase_add_loop_test(tc, a_helper_that_says_it_destroys_is_not_silence,
			    0, (int)ARRAY_LEN(helpers));
	tcase_add_loop_test(tc, what_a_function_calls_runs_where_it_calls_it, 0,
			    (int)ARRAY_LEN(orders));
	tcase_add_loop_test(tc, a_helper_is_read_for_each_call_that_runs_it, 0,
			    (int)ARRAY_LEN(runs));
	return suite_status(s, tc);
}
