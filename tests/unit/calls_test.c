/*
 * lib/read/calls*: the calls of a program text, language by language. A call
 * is written back as "function: name(argument | key=argument)", two blanks
 * deeper for each call that holds it; "a().b()" names the call it is made on.
 */
#include "calls.h"
#include "lang.h"
#include "strbuf.h"
#include "suite.h"

static struct arena arena;

static void read_text(struct code *c, const char *language, const char *text)
{
	const struct language *lang = language_named(str_of(language));

	ck_assert_ptr_nonnull(lang);
	code_read(c, &arena, str_of(text), lang);
}

/* The function that a scope stands in. */
static struct str function_of(const struct code *c, uint32_t scope)
{
	while (scope && c->scopes.item[scope].kind != SCOPE_FUNCTION)
		scope = c->scopes.item[scope].parent;
	return scope ? c->scopes.item[scope].name : STR("");
}

static void put_argument(struct strbuf *b, const struct code *c,
			 const struct code_arg *a)
{
	if (a->key != CODE_NONE) {
		strbuf_add(b, code_text(c, a->key));
		strbuf_byte(b, '=');
	}
	for (uint32_t i = a->first; i < a->end; i++)
		strbuf_add(b, code_text(c, i));
}

static void put_call(struct strbuf *b, const struct code *c, uint32_t index)
{
	const struct code_call *k = &c->calls.item[index];
	const struct str function = function_of(c, k->scope);

	for (uint32_t in = k->in; in != CODE_NONE; in = c->calls.item[in].in)
		strbuf_puts(b, "  ");
	if (function.len) {
		strbuf_add(b, function);
		strbuf_puts(b, ": ");
	}
	if (k->on != CODE_NONE) {
		strbuf_add(b, c->calls.item[k->on].name);
		strbuf_puts(b, "().");
	}
	strbuf_add(b, k->name);
	strbuf_byte(b, '(');
	for (uint32_t i = 0; i < k->args; i++) {
		strbuf_puts(b, i ? " | " : "");
		put_argument(b, c, &c->args.item[k->arg + i]);
	}
	strbuf_puts(b, ")\n");
}

static void has_calls(const char *language, const char *text,
		      const char *wanted)
{
	struct code c;
	struct strbuf b = STRBUF(&arena);

	read_text(&c, language, text);
	for (uint32_t i = 0; i < c.calls.count; i++)
		put_call(&b, &c, i);
	ck_assert_str_eq(strbuf_cstr(&b), wanted);
}

START_TEST(ruby_calls_need_no_parentheses)
{
	has_calls("ruby",
		  "def up\n"
		  "  add_column :users, :age, :integer, null: false\n"
		  "  drop_table :teams if gone?(1)\n"
		  "end\n",
		  "up: add_column(:users | :age | :integer | null=false)\n"
		  "up: drop_table(:teams)\n"
		  "up: gone?(1)\n");
}
END_TEST

START_TEST(a_ruby_block_belongs_to_the_call_that_begins_the_line)
{
	has_calls("ruby",
		  "change_table :users, bulk: true do |t|\n"
		  "  t.remove :age\n"
		  "end\n"
		  "keep(1) { drop_table :a }\n",
		  "change_table(:users | bulk=true)\n"
		  "  t()\n"
		  "  remove(:age)\n"
		  "keep(1)\n"
		  "  drop_table(:a)\n");
}
END_TEST

START_TEST(ruby_modifiers_open_no_block)
{
	has_calls("ruby",
		  "def up\n"
		  "  return if ready?(1)\n"
		  "  x = 1 unless ready?(2)\n"
		  "  while ready?(3) do\n"
		  "    run(4)\n"
		  "  end\n"
		  "end\n"
		  "def down = run(5)\n"
		  "def self.after\n"
		  "  run(6)\n"
		  "end\n",
		  "up: ready?(1)\nup: ready?(2)\nup: ready?(3)\nup: run(4)\n"
		  "down: run(5)\nafter: run(6)\n");
}
END_TEST

START_TEST(a_missed_end_of_ruby_does_not_swallow_the_next_function)
{
	has_calls("ruby",
		  "class A\n"
		  "  def up\n"
		  "    if 1 < 2\n"
		  "      run(1)\n"
		  "  end\n"
		  "  def down\n"
		  "    run(2)\n"
		  "  end\n"
		  "end\n",
		  "up: run(1)\ndown: run(2)\n");
}
END_TEST

START_TEST(the_body_of_a_heredoc_follows_its_line)
{
	struct code c;

	read_text(&c, "ruby",
		  "run <<~A, <<-'B'\n  one #{x}\nA\n  two\nB\nrun(3)\n");
	ck_assert_uint_eq(c.calls.count, 2);
	ck_assert_uint_eq(c.calls.item[0].args, 2);
	str_is(code_body(&c, c.args.item[0].first), "  one #{x}\n");
	str_is(code_body(&c, c.args.item[1].first), "  two\n");
}
END_TEST

START_TEST(python_blocks_are_deeper_lines)
{
	has_calls("python",
		  "def upgrade():\n"
		  "    with op.batch_alter_table('a') as b:\n"
		  "        b.drop_column('c')\n"
		  "    for t in ['x']: op.drop_table(t)\n"
		  "\n"
		  "def downgrade(): op.add(1)\n"
		  "run(2)\n",
		  "upgrade: batch_alter_table('a')\n"
		  "  upgrade: drop_column('c')\n"
		  "upgrade: drop_table(t)\n"
		  "downgrade: add(1)\n"
		  "run(2)\n");
}
END_TEST

START_TEST(a_bracket_left_open_in_python_ends_before_the_next_function)
{
	has_calls("python", "def a():\n    run(1, [2\n\ndef b():\n    run(3)\n",
		  "a: run(1 | [2)\nb: run(3)\n");
}
END_TEST

START_TEST(javascript_functions_have_names_in_many_places)
{
	has_calls("javascript",
		  "exports.up = async function (knex) { run(1) }\n"
		  "exports.down = knex => knex.schema.drop(2);\n"
		  "module.exports = { up: (q) => { run(3) }, async down(q) {\n"
		  "  run(4) } }\n"
		  "export const up: Migration['up'] = async () => run(5)\n"
		  "class A { public async down(q: Runner): Promise<void> {\n"
		  "  await q.query(6) } }\n"
		  "export async function up(db: Kysely<any>) { run(7) }\n",
		  "up: run(1)\ndown: drop(2)\nup: run(3)\ndown: run(4)\n"
		  "up: run(5)\ndown: query(6)\nup: run(7)\n");
}
END_TEST

START_TEST(javascript_calls_make_chains)
{
	has_calls("javascript",
		  "db.alterTable('a')\n"
		  "  .dropColumn('b') // the last one\n"
		  "  .execute()\n"
		  "const r = /'\\/[/']/.test(x)\n"
		  "sql`drop ${ f(`a`) }`.execute(db)\n",
		  "alterTable('a')\n"
		  "alterTable().dropColumn('b')\n"
		  "dropColumn().execute()\n"
		  "test(x)\n"
		  "sql(`drop ${ f(`a`) }`)\n"
		  "sql().execute(db)\n");
}
END_TEST

START_TEST(php_closures_hold_the_calls_on_the_table)
{
	has_calls(
		"php",
		"<p>text(1)</p><?php\n"
		"public function down(): void {\n"
		"  Schema::table('a', function (Blueprint $t) use ($x) {\n"
		"    $t->dropColumn(['b'])->change(); # done(2)\n"
		"  });\n"
		"  Schema::table('c', fn ($t) => $t->drop());\n"
		"}\n",
		"down: table('a' | function(Blueprint$t)use($x){$t->dropColumn"
		"(['b'])->change();})\n"
		"  down: dropColumn(['b'])\n"
		"  down: dropColumn().change()\n"
		"down: table('c' | fn($t)=>$t->drop())\n"
		"  down: drop()\n");
}
END_TEST

START_TEST(elixir_has_do_blocks_and_do_keywords)
{
	has_calls("elixir",
		  "def up do\n"
		  "  alter table(:a) do\n"
		  "    remove :b\n"
		  "  end\n"
		  "end\n"
		  "def down, do: drop(table(:c))\n",
		  "up: alter(table(:a))\n"
		  "  up: table(:a)\n"
		  "  up: remove(:b)\n"
		  "down: drop(table(:c))\n"
		  "  down: table(:c)\n");
}
END_TEST

START_TEST(csharp_calls_have_types_and_names)
{
	has_calls("csharp",
		  "protected override void Down(MigrationBuilder b)\n"
		  "{\n"
		  "  b.AddColumn<List<int>>(name: \"a\", table: @\"b\"\"c\");\n"
		  "}\n"
		  "void Up(MigrationBuilder b) => b.DropTable(\"d\");\n",
		  "Down: AddColumn(name=\"a\" | table=@\"b\"\"c\")\n"
		  "Up: DropTable(\"d\")\n");
}
END_TEST

START_TEST(go_and_rust_and_java_and_kotlin_functions)
{
	has_calls("go",
		  "func (m *M) downA(ctx C, tx *sql.Tx) (int, error) {\n"
		  "\treturn tx.Exec(`drop \"a\"`)\n}\n",
		  "downA: Exec(`drop \"a\"`)\n");
	has_calls("rust",
		  "async fn down(&self, m: &'a M) -> Result<(), E> {\n"
		  "  sqlx::query!(r#\"drop \"a\"\"#).run(m)\n}\n",
		  "down: query(r#\"drop \"a\"\"#)\ndown: query().run(m)\n");
	has_calls("java",
		  "public void migrate(Context c) throws Exception {\n"
		  "  c.run(\"a\" + 'b');\n}\n",
		  "migrate: run(\"a\"+'b')\n");
	has_calls("kotlin",
		  "override fun migrate(c: Context) {\n"
		  "  transaction { run(\"\"\"a \"b\" \"\"\") }\n}\n",
		  "migrate: transaction()\n"
		  "  migrate: run(\"\"\"a \"b\" \"\"\")\n");
}
END_TEST

START_TEST(comments_are_kept_without_their_marks)
{
	struct code c;

	read_text(&c, "javascript", "// one\n/* two\n * three */ run('// no')");
	ck_assert_uint_eq(c.comments.count, 2);
	str_is(c.comments.item[0].text, "one");
	str_is(c.comments.item[1].text, "two\n * three");
}
END_TEST

START_TEST(a_loop_binds_its_variable_to_the_list)
{
	static const struct {
		const char *language, *text;
	} loops[] = {
		{ "ruby", "%w[a b].each { |t| drop t }" },
		{ "python", "for t in ['a', 'b']:\n    drop(t)" },
		{ "javascript", "for (const t of ['a']) { drop(t) }" },
		{ "javascript", "['a'].forEach(t => { drop(t) })" },
		{ "php", "<?php foreach (['a'] as $t) { drop($t); }" },
		{ "elixir", "for t <- [:a] do\n  drop(t)\nend" },
		{ "elixir", "for t <- [:a], do: drop(t)" },
		{ "elixir", "Enum.each([:a], fn t -> drop(t) end)" },
		{ "elixir", "[:a] |> Enum.each(fn t -> drop(t) end)" },
		{ "go", "for _, t := range names { drop(t) }" },
		{ "go", "for _, t := range []string{\"a\"} { drop(t) }" },
		{ "java", "for (String t : names) { drop(t); }" },
	};

	for (size_t i = 0; i < ARRAY_LEN(loops); i++) {
		const struct code_binding *b;
		struct code c;
		uint32_t last;

		read_text(&c, loops[i].language, loops[i].text);
		last = (uint32_t)c.calls.count - 1;
		b = code_bound(&c, STR("t"), c.calls.item[last].token + 1,
			       c.calls.item[last].scope, false);
		ck_assert_msg(b && b->each, "%s", loops[i].text);
	}
}
END_TEST

START_TEST(every_row_has_words_in_order)
{
	const struct language *lang = language_at((size_t)_i);

	for (const struct lang_word *w = lang->words; w->word && w[1].word; w++)
		ck_assert_msg(strcmp(w->word, w[1].word) < 0,
			      "%s: %s stands before %s", lang->name, w->word,
			      w[1].word);
	ck_assert_ptr_eq(language_named(str_of(lang->name)), lang);
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	Suite *s = suite_create("calls");
	TCase *tc = tcase_create("calls");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_test(tc, ruby_calls_need_no_parentheses);
	tcase_add_test(tc,
		       a_ruby_block_belongs_to_the_call_that_begins_the_line);
	tcase_add_test(tc, ruby_modifiers_open_no_block);
	tcase_add_test(tc,
		       a_missed_end_of_ruby_does_not_swallow_the_next_function);
	tcase_add_test(tc, the_body_of_a_heredoc_follows_its_line);
	tcase_add_test(tc, python_blocks_are_deeper_lines);
	tcase_add_test(
		tc,
		a_bracket_left_open_in_python_ends_before_the_next_function);
	tcase_add_test(tc, javascript_functions_have_names_in_many_places);
	tcase_add_test(tc, javascript_calls_make_chains);
	tcase_add_test(tc, php_closures_hold_the_calls_on_the_table);
	tcase_add_test(tc, elixir_has_do_blocks_and_do_keywords);
	tcase_add_test(tc, csharp_calls_have_types_and_names);
	tcase_add_test(tc, go_and_rust_and_java_and_kotlin_functions);
	tcase_add_test(tc, comments_are_kept_without_their_marks);
	tcase_add_test(tc, a_loop_binds_its_variable_to_the_list);
	tcase_add_loop_test(tc, every_row_has_words_in_order, 0,
			    (int)language_count());
	return suite_status(s, tc);
}
