/*
 * A framework that nobody has: one YAML file makes its calls plain statements,
 * and a mistake in it is told with its line.
 */
#include "code_rules.h"
#include "err.h"
#include "framework_load.h"
#include "strbuf.h"
#include "suite.h"

static struct arena arena;

static const char quill[] =
	"name: quill\n"
	"title: Quill\n"
	"reader: code\n"
	"paths: ['**/quill/*.js']\n"
	"examples:\n"
	"  - up: quill/1.js\n"
	"language: javascript\n"
	"forward: [apply]\n"
	"backward: [revoke]\n"
	"types:\n"
	"  Words: 'varchar[({length/1})]'\n"
	"  Count: integer\n"
	"parts:\n"
	"  column: '{name} {type|type}[ DEFAULT {start|value}][ NOT NULL if must]'\n"
	"rewrites:\n"
	"  - call: makeTable\n"
	"    args: [table]\n"
	"    to: CREATE TABLE {table} ({parts...})\n"
	"    examples:\n"
	"      - quill.makeTable('a'): CREATE TABLE a ()\n"
	"  - call: field\n"
	"    in: makeTable\n"
	"    args: [name, type]\n"
	"    part: '{>column}'\n"
	"    examples:\n"
	"      - code: quill.makeTable('a', t => t.field('b', Count))\n"
	"        becomes: CREATE TABLE a (b integer)\n"
	"  - call: forget\n"
	"    args: [table, column*]\n"
	"    to: ALTER TABLE {table} DROP COLUMN {column}\n"
	"    examples:\n"
	"      - quill.forget('a', 'b'): ALTER TABLE a DROP COLUMN b\n"
	"  - call: sql\n"
	"    on: quill\n"
	"    args: [text, back]\n"
	"    sql: text\n"
	"    undo-sql: back\n"
	"    examples:\n"
	"      - quill.sql('DROP TABLE a'): DROP TABLE a\n"
	"  - call: trusted\n"
	"    is: override\n";

static void load(struct framework *f, const char *text)
{
	struct err err;

	if (framework_load(f, "quill.yaml", str_of(text), &arena, &err) < 0)
		ck_abort_msg("%s", err.text);
	ck_assert_ptr_nonnull(f->code);
}

static void becomes(const struct framework *f, const char *text,
		    const char *wanted)
{
	const struct source src = { .path = "1.js", .text = str_of(text) };
	const struct read_options opt = { .dialect = DIALECT_POSTGRES };
	struct reading r = { .arena = &arena };
	struct strbuf b = STRBUF(&arena);

	read_code(&r, &src, f->code, &opt, STR(""));
	vec_each(struct form, one, &r.forms) {
		if (one->direction == DIRECTION_BACKWARD)
			strbuf_puts(&b, "down: ");
		strbuf_add(&b, one->text);
		strbuf_puts(&b, one->flags & FORM_DYNAMIC ? " ?\n" : "\n");
	}
	ck_assert_str_eq(strbuf_cstr(&b), wanted);
}

START_TEST(one_file_makes_a_framework)
{
	struct framework f;

	load(&f, quill);
	becomes(&f,
		"const OLD = ['x', 'y'];\n"
		"export function apply(quill) {\n"
		"  quill.makeTable('users', t => {\n"
		"    t.field('name', Words(50), { must: true, start: 'none' });\n"
		"    t.field('age', Count);\n"
		"  });\n"
		"  quill.forget('teams', 'a', 'b');\n"
		"  for (const c of OLD) quill.forget('teams', c);\n"
		"  quill.forget(nameOf(team), 'z');\n"
		"  quill.sql(`DELETE FROM ${ table }`, 'TRUNCATE undone');\n"
		"}\n"
		"export function revoke(quill) { quill.sql('DROP TABLE u') }\n",
		"CREATE TABLE users (name varchar(50) DEFAULT '' NOT NULL, "
		"age integer)\n"
		"ALTER TABLE teams DROP COLUMN a\n"
		"ALTER TABLE teams DROP COLUMN b\n"
		"ALTER TABLE teams DROP COLUMN x\n"
		"ALTER TABLE teams DROP COLUMN y\n"
		"ALTER TABLE team DROP COLUMN z ?\n"
		"DELETE FROM table ?\n"
		"down: TRUNCATE undone\n"
		"down: DROP TABLE u\n");
}
END_TEST

START_TEST(helpers_go_the_way_of_their_callers)
{
	struct framework f;

	load(&f, quill);
	becomes(&f,
		"const clean = (q) => { q.sql('DROP TABLE a') };\n"
		"function build(q) { wipe(q) }\n"
		"function wipe(q) { q.forget('b', 'c') }\n"
		"exports.apply = build;\n"
		"exports.revoke = async (quill) => { clean(quill) };\n",
		"ALTER TABLE b DROP COLUMN c\ndown: DROP TABLE a\n");
}
END_TEST

START_TEST(what_a_function_holds_runs_where_it_is_called)
{
	struct framework f;

	load(&f, quill);
	becomes(&f,
		"function fill(q) { q.sql('UPDATE a SET b = 1') }\n"
		"function apply(q) {\n"
		"  q.sql('ALTER TABLE a ADD COLUMN b int');\n"
		"  fill(q);\n"
		"  q.sql('DROP TABLE c');\n"
		"}\n",
		"ALTER TABLE a ADD COLUMN b int\n"
		"UPDATE a SET b = 1\n"
		"DROP TABLE c\n");
}
END_TEST

START_TEST(sql_in_a_call_that_nobody_knows_is_read)
{
	struct framework f;

	load(&f, quill);
	becomes(&f,
		"function apply(q) {\n"
		"  runIt('DROP TABLE a');\n"
		"  console.log('DROP TABLE b');\n"
		"  runIt('Drop tables with care');\n"
		"}\n",
		"DROP TABLE a\n");
}
END_TEST

START_TEST(an_overriding_call_covers_its_arguments)
{
	struct framework f;
	const struct source src = {
		.path = "1.js",
		.text = STR("trusted(() => { quill.forget('a', 'b') })"),
	};
	const struct read_options opt = { .dialect = DIALECT_POSTGRES };
	struct reading r = { .arena = &arena };

	load(&f, quill);
	read_code(&r, &src, f.code, &opt, STR(""));
	ck_assert_uint_eq(r.marks.count, 1);
	ck_assert_uint_eq(r.forms.count, 1);
	ck_assert(span_holds(r.marks.item[0].covers, r.forms.item[0].span));
	str_is(r.marks.item[0].name, "trusted");
}
END_TEST

/* The file with one line replaced does not load, for this reason. */
static void is_refused(const char *line, const char *other, const char *why)
{
	const struct str text = str_of(quill);
	const size_t at = str_find(text, str_of(line));
	struct strbuf b = STRBUF(&arena);
	struct framework f;
	struct err err;

	ck_assert_uint_lt(at, text.len);
	strbuf_add(&b, str_slice(text, 0, at));
	strbuf_puts(&b, other);
	strbuf_add(&b, str_slice(text, at + strlen(line), text.len));
	ck_assert_int_eq(framework_load(&f, "quill.yaml", strbuf_str(&b),
					&arena, &err),
			 -1);
	ck_assert_msg(strstr(err.text, why) != NULL, "%s", err.text);
}

START_TEST(mistakes_are_told_with_their_line)
{
	is_refused("language: javascript", "language: klingon",
		   "language is unknown");
	is_refused("{name} {type|type}", "{name} {type|kind}",
		   "a filter is unknown");
	is_refused("'{>column}'", "'{>colum}'", "names no text of parts");
	is_refused("{table} DROP", "{table DROP", "a { is not closed");
	is_refused("is: override", "is: overide", "unknown mark overide");
	is_refused("    on: quill\n", "    of: quill\n",
		   "quill.yaml:34: unknown key of");
	is_refused("      - quill.sql('DROP TABLE a'): DROP TABLE a\n", "",
		   "examples");
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	Suite *s = suite_create("a made-up framework");
	TCase *tc = tcase_create("quill");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_test(tc, one_file_makes_a_framework);
	tcase_add_test(tc, helpers_go_the_way_of_their_callers);
	tcase_add_test(tc, what_a_function_holds_runs_where_it_is_called);
	tcase_add_test(tc, sql_in_a_call_that_nobody_knows_is_read);
	tcase_add_test(tc, an_overriding_call_covers_its_arguments);
	tcase_add_test(tc, mistakes_are_told_with_their_line);
	return suite_status(s, tc);
}
