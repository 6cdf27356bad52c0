/* lib/match: regexes and their limits; the heads that let rules be passed
 * over; lib/load/rule_macro.c and rule_load.c: a rule as people write it. */
#include "arena.h"
#include "builtin_rules.h"
#include "err.h"
#include "judged.h"
#include "matcher.h"
#include "rule_load.h"
#include "rule_macro.h"
#include "suite.h"

static struct arena arena;

static const char *group(const struct groups *groups, const char *name)
{
	vec_each(const struct group, g, groups)
		if (!strcmp(g->name, name))
			return str_dup(&arena, g->value);
	return NULL;
}

START_TEST(a_regex_matches_in_any_case_and_across_lines)
{
	struct matcher *m = matcher_new(&arena);

	ck_assert(
		matcher_match(m, "^drop .*x", STR("DROP a\nX"), &arena, NULL));
	ck_assert(!matcher_match(m, "^drop x", STR("a DROP x"), &arena, NULL));
	ck_assert(!matcher_match(m, "^a$", STR(""), &arena, NULL));
	ck_assert(matcher_match(m, "^$", STR(""), &arena, NULL));
	ck_assert(!matcher_gave_up(m));
	matcher_free(m);
}
END_TEST

START_TEST(groups_that_took_part_are_captured_by_name)
{
	struct matcher *m = matcher_new(&arena);
	struct groups groups = { 0 };

	ck_assert(matcher_match(m, "^(?<a>x+)(?<b>y)?(?<c>z*)$", STR("xx"),
				&arena, &groups));
	ck_assert_str_eq(group(&groups, "a"), "xx");
	ck_assert_ptr_null(group(&groups, "b"));
	ck_assert_str_eq(group(&groups, "c"), "");
	matcher_free(m);
}
END_TEST

START_TEST(a_regex_used_often_says_the_same_as_before)
{
	static const char pattern[] = "^(?<a>[a-z]+) (?<b>\\d+)$";
	struct matcher *m = matcher_new(&arena);

	for (int i = 0; i < 200; i++) {
		struct groups groups = { 0 };

		ck_assert(matcher_match(m, pattern, STR("ab 12"), &arena,
					&groups));
		ck_assert_str_eq(group(&groups, "b"), "12");
		ck_assert(!matcher_match(m, pattern, STR("ab"), &arena, NULL));
	}
	matcher_free(m);
}
END_TEST

/* "aaaa…b" for a regex that tries every way to cut it. */
static struct str hard_text(void)
{
	char *text = arena_alloc(&arena, 64);

	memset(text, 'a', 60);
	text[60] = 'b';
	return (struct str){ text, 61 };
}

START_TEST(a_regex_beyond_its_limits_gives_up_and_says_so_once)
{
	static const char hard[] = "^(?:a+)+$";
	struct matcher *m = matcher_new(&arena);

	for (int i = 0; i < 100; i++) {
		ck_assert(!matcher_match(m, hard, hard_text(), &arena, NULL));
		ck_assert(matcher_gave_up(m));
		ck_assert(!matcher_gave_up(m));
	}
	ck_assert(matcher_match(m, hard, STR("aaa"), &arena, NULL));
	ck_assert(!matcher_gave_up(m));
	matcher_free(m);
}
END_TEST

START_TEST(a_bad_regex_is_told_with_its_place)
{
	struct err err;

	ck_assert_int_eq(matcher_check("^(a|b)$", &err), 0);
	ck_assert_int_lt(matcher_check("^(a", &err), 0);
	ck_assert_msg(strstr(err.text, "at byte 3") != NULL, "%s", err.text);
}
END_TEST

START_TEST(a_rule_that_gave_up_leaves_the_file_unread)
{
	static const struct rule_pattern hard = { "^SET (?:a+)+$", "SET ", "",
						  "" };
	struct rule *rules =
		arena_array(&arena, struct rule, builtin_rules.count + 1);
	const struct memory_file file = {
		.path = "migrations/1.sql",
		.text = str_of(arena_format(&arena, "SET " STR_FMT ";",
					    STR_ARG(hard_text()))),
		.status = MEMORY_ADDED,
	};
	struct memory_tree tree = { &file, 1 };
	const struct changes changes = memory_changes(&tree, &arena);
	struct outcome outcome;
	struct err err;

	memcpy(rules, builtin_rules.item, builtin_rules.count * sizeof(*rules));
	rules[builtin_rules.count] = (struct rule){ .id = "zz-hard",
						    .level = LEVEL_CAUTION,
						    .match = &hard,
						    .match_count = 1,
						    .title = "t",
						    .why = "w",
						    .instead = "i" };
	const struct rules all = { rules, builtin_rules.count + 1 };
	const struct run_options options = { .dialect = DIALECT_POSTGRES,
					     .rules = &all };

	ck_assert_int_eq(
		run_changes(&outcome, &changes, &options, &arena, &err), 0);
	ck_assert_uint_eq(outcome.findings.count, 1);
	ck_assert_str_eq(outcome.findings.item[0].rule->id, "unread-file");
	ck_assert_uint_eq(outcome.unread.count, 1);
	ck_assert(outcome.blocked);
}
END_TEST

/* A regex as a rule has it, what its forms begin with, what stands behind the
 * name, and what must stand behind that. */
static const struct {
	const char *raw, *head, *tail, *need;
} heads[] = {
	{ "^DROP TABLE {table}", "DROP TABLE ", "", "" },
	{ "^ALTER TABLE {table} DROP COLUMN {column}", "ALTER TABLE ",
	  " DROP COLUMN ", "" },
	{ "^drop view", "DROP VIEW", "", "" },
	{ "^ALTER TABLE {table} (?:ADD|DROP)", "ALTER TABLE ", " ADD| DROP",
	  "ADD|DROP" },
	{ "^ALTER (?:ROLE|USER) .*SUPER", "ALTER ROLE|ALTER USER", "",
	  "SUPER" },
	{ "^CREATE (?:UNIQUE )?INDEX", "CREATE ", "", "INDEX" },
	{ "^VACUUM\\b", "VACUUM", "", "" },
	{ "^SETS? x", "SET", "", " X" },
	{ "^a|^b", "", "", "" },
	{ "(?:a|b)", "", "", "" },
	{ "DROP", "", "", "" },
	{ "^ALTER TABLE {table} ADD {constraint?}CHECK", "ALTER TABLE ",
	  " ADD ", "CHECK" },
	{ "^[A-Z]x", "", "", "X" },
	{ "^x{2,3}", "", "", "" },
	{ "^A {table} B .*[(|]a{2}bc+ (?:long words|d) e?f\\b", "A ", " B ",
	  "B" },
	{ "^A .* ab\\x41 long words", "A ", "", "" },
	{ "^A (?:b|c) d[)(] ef{table}", "A B|A C", "", " EF" },
	{ "^(?:ab|cd) x", "AB|CD", "", "AB|CD" },
	{ "^(?<key>(?:A|B)_\\w*(?:LONG|LONGER)) = [x]", "A|B", "",
	  "LONG|LONGER" },
	{ "^(?<key>(?:\\S+[._])?(?:first|second)) = (?!x)", "", "",
	  "FIRST|SECOND" },
	{ "^(?:ab|cd)?(?:ef|gh)*(?:ij|kl){0,2}m", "", "", "M" },
	{ "^(?:ab|cd){table} (?:ef|(?:gh|ij) k)", "AB|CD", "", "AB|CD" },
	{ "^(?:ab|\\w) (?=look)(?!away)(?<=a)(?>atom)(?i)", "", "", " " },
	{ "^(a|b|c|d|e|f|g) ", "A|B|C|D|E|F|G", "", " " },
	{ "^(?:a|) x", "", "", " X" },
};

START_TEST(a_pattern_says_what_its_forms_begin_with)
{
	const struct rule_pattern p = rule_pattern_of(heads[_i].raw, &arena);
	struct err err;

	ck_assert_str_eq(p.head, heads[_i].head);
	ck_assert_str_eq(p.tail, heads[_i].tail);
	ck_assert_str_eq(p.need, heads[_i].need);
	ck_assert_int_eq(matcher_check(p.regex, &err), 0);
}
END_TEST

/* A pattern, a form, and the groups "name=value …" it captures; NULL: it does
 * not match. */
static const struct {
	const char *raw, *form, *captured;
} macros[] = {
	{ "^DROP TABLE {table}$", "DROP TABLE users", "table=users" },
	{ "^DROP TABLE {table}$", "drop table IF EXISTS s.\"U x\"",
	  "table=s.\"U x\"" },
	{ "^DROP TABLE {table}$", "DROP TABLE users CASCADE", NULL },
	{ "^DROP TABLE {table}", "DROP TABLE \"a\"\"b\" CASCADE",
	  "table=\"a\"\"b\"" },
	{ "^ALTER TABLE {table} DROP COLUMN {column}$",
	  "ALTER TABLE t DROP COLUMN IF EXISTS \"c\"", "column=\"c\" table=t" },
	{ "^ALTER TABLE {table} ADD {constraint?}CHECK",
	  "ALTER TABLE t ADD CHECK (a)", "table=t" },
	{ "^ALTER TABLE {table} ADD {constraint?}CHECK",
	  "ALTER TABLE t ADD CONSTRAINT k CHECK (a)", "constraint=k table=t" },
	{ "^ALTER TABLE {NAME} ADD (?<what>\\w+)$", "ALTER TABLE t ADD x",
	  "what=x" },
	{ "^DROP INDEX {index} ON {table}$", "DROP INDEX i ON t",
	  "index=i table=t" },
};

START_TEST(a_macro_captures_a_name_as_it_is_written)
{
	const struct rule_pattern p = rule_pattern_of(macros[_i].raw, &arena);
	struct matcher *m = matcher_new(&arena);
	struct strbuf got = STRBUF(&arena);
	struct groups groups = { 0 };
	const bool matched = matcher_match(m, p.regex, str_of(macros[_i].form),
					   &arena, &groups);

	ck_assert_int_eq(matched, macros[_i].captured != NULL);
	vec_each(struct group, g, &groups)
		strbuf_printf(&got, "%s%s=" STR_FMT, got.len ? " " : "",
			      g->name, STR_ARG(g->value));
	str_is(strbuf_str(&got), matched ? macros[_i].captured : "");
	matcher_free(m);
}
END_TEST

#define HEAD "id: a-rule\nlevel: caution\non: statement\nmatch: ^DROP\n"
#define TEXTS "title: t\nwhy: w\ninstead: i\n"
#define EXAMPLES "examples:\n  - bad: DROP\n  - good: SELECT\n"

/* A rule file, and what is wrong with it; NULL: nothing. */
static const struct {
	const char *text, *message;
} files[] = {
	{ HEAD TEXTS EXAMPLES, NULL },
	{ "", ":1: a rule is a mapping" },
	{ "[]", ":1: a rule is a mapping" },
	{ HEAD TEXTS, ":1: a bad and a good example are needed" },
	{ HEAD EXAMPLES, ":1: missing key title" },
	{ HEAD TEXTS "examples:\n  - bad: DROP\n",
	  ":1: a bad and a good example are needed" },
	{ "id: b-rule\nmatch: ^a\n" TEXTS EXAMPLES,
	  ":1: id b-rule is not the file's name" },
	{ "id: a-rule\n" TEXTS EXAMPLES, ":1: missing key match" },
	{ HEAD TEXTS EXAMPLES "severty: x\n", ":11: unknown key severty" },
	{ "id: a-rule\nlevel: high\n", ":2: unknown level high" },
	{ "id: a-rule\non: table\n", ":2: a rule is not on table" },
	{ "id: a-rule\ndialects: [oracle]\n", ":2: unknown dialect oracle" },
	{ "id: a-rule\nmatch: ['^a', '^(b']\n", ":2: bad regex" },
	{ "id: a-rule\nexcept: '(b'\n", ":2: bad regex" },
	{ "id: a-rule\nwhen: [table_know]\n",
	  ":2: unknown predicate table_know" },
	{ "id: a-rule\nunless: [x]\n", ":2: unknown predicate x" },
	{ "id: a-rule\nlevel_when: [x]\n", ":2: level_when is a mapping" },
	{ "id: a-rule\nlevel_when: { high: [in_transaction] }\n",
	  ":2: unknown level" },
	{ "id: a-rule\nalso: { x: y }\n", ":2: unknown predicate x" },
	{ "id: a-rule\nexamples:\n  - ugly: a\n",
	  ":3: an example is bad: or good:" },
	{ "id: a-rule\nexamples:\n  - bad: { mysql: a, sqlite: b }\n",
	  ":3: one dialect or framework" },
	{ "id: [a-rule]\n", ":1: text expected" },
};

START_TEST(a_rule_file_is_refused_with_the_line_of_its_mistake)
{
	struct rule r;
	struct err err = { "" };
	const int rc = rule_load(&r, "x/a-rule.yaml", str_of(files[_i].text),
				 &arena, &err);
	const char *wanted =
		arena_format(&arena, "x/a-rule.yaml%s",
			     files[_i].message ? files[_i].message : "");

	if (!files[_i].message)
		ck_assert_msg(rc == 0, "%s", err.text);
	else
		ck_assert_msg(
			rc < 0 && !strncmp(err.text, wanted, strlen(wanted)),
			"%s\n%s\nis not\n%s", files[_i].text, err.text, wanted);
}
END_TEST

START_TEST(a_misspelt_rule_has_a_nearest_one)
{
	ck_assert_str_eq(rule_nearest(&builtin_rules, STR("drop-tabel")),
			 "drop-table");
	ck_assert_str_eq(rule_nearest(&builtin_rules, STR("dropindex")),
			 "drop-index");
	ck_assert_ptr_null(rule_nearest(&builtin_rules, STR("zzzzzzzzzzz")));
	ck_assert_ptr_null(rule_named(&builtin_rules, STR("drop-tabel")));
	ck_assert_ptr_null(rule_named(&builtin_rules, STR("")));
	for (size_t i = 0; i < builtin_rules.count; i++) {
		const char *id = builtin_rules.item[i].id;

		ck_assert_str_eq(rule_named(&builtin_rules, str_of(id))->id,
				 id);
	}
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	TCase *tc = tcase_create("match");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_test(tc, a_regex_matches_in_any_case_and_across_lines);
	tcase_add_test(tc, groups_that_took_part_are_captured_by_name);
	tcase_add_test(tc, a_regex_used_often_says_the_same_as_before);
	tcase_add_test(tc, a_regex_beyond_its_limits_gives_up_and_says_so_once);
	tcase_add_test(tc, a_bad_regex_is_told_with_its_place);
	tcase_add_test(tc, a_rule_that_gave_up_leaves_the_file_unread);
	tcase_add_loop_test(tc, a_pattern_says_what_its_forms_begin_with, 0,
			    (int)ARRAY_LEN(heads));
	tcase_add_loop_test(tc, a_macro_captures_a_name_as_it_is_written, 0,
			    (int)ARRAY_LEN(macros));
	tcase_add_loop_test(tc,
			    a_rule_file_is_refused_with_the_line_of_its_mistake,
			    0, (int)ARRAY_LEN(files));
	tcase_add_test(tc, a_misspelt_rule_has_a_nearest_one);
	return suite_status(suite_create("match"), tc);
}
