#include <check.h>
#include <stdlib.h>

#include "advice.h"
#include "policy.h"
#include "verdict.h"

static const struct rule dangerous = { .id = "drop-table",
				       .level = LEVEL_DANGEROUS,
				       .title = "drops it" };

/* The first line to paste above something on line 2 of a file of this name. */
static const struct {
	const char *path, *line;
} files[] = {
	{ "a/V1__x.sql", "-- @override-destructive\n" },
	{ "a/V1__x.SQL", "-- @override-destructive\n" },
	{ "a/x.sql.erb", "-- @override-destructive\n" },
	{ "db/migrate/1_x.rb", "# @override-destructive\n" },
	{ "m/0001_x.py", "# @override-destructive\n" },
	{ "m/1.exs", "# @override-destructive\n" },
	{ "m/1.ts", "// @override-destructive\n" },
	{ "m/1.mjs", "// @override-destructive\n" },
	{ "m/1.php", "// @override-destructive\n" },
	{ "m/1.cs", "// @override-destructive\n" },
	{ "m/1.go", "// @override-destructive\n" },
	{ "m/V1.kt", "// @override-destructive\n" },
	{ "m/V1.java", "// @override-destructive\n" },
	{ "m/1.rs", "// @override-destructive\n" },
	{ "prisma/schema.prisma", "// @override-destructive\n" },
	{ "changes.xml", "<!-- @override-destructive -->\n" },
	{ "fly.toml", "# @override-destructive\n" },
	{ "ci.yml", "# @override-destructive\n" },
	{ ".env", "# @override-destructive\n" },
	{ "web/.env.production", "# @override-destructive\n" },
	{ "Dockerfile", "# @override-destructive\n" },
	{ "Dockerfile.release", "# @override-destructive\n" },
	{ "php.ini", "; @override-destructive\n" },
	{ "package.json", "allow:\n" },
	{ "x.unheard-of", "allow:\n" },
	{ "Procfile", "allow:\n" },
	{ "xsql", "allow:\n" },
};

static struct finding on_line_two(struct source *src)
{
	return (struct finding){
		.rule = &dangerous,
		.level = dangerous.level,
		.status = STATUS_BLOCKED,
		.source = src,
		.span = { 2, 1 },
		.title = "drops it",
		.why = "",
		.instead = "",
		.missing = NEEDS_OVERRIDE | NEEDS_PLAN,
	};
}

START_TEST(lines_to_paste_are_comments_of_the_file)
{
	struct arena a = { 0 };
	struct source src = { .path = files[_i].path, .text = STR("\n\nx\n") };
	const struct finding f = on_line_two(&src);
	const struct advice to = advice_of(&f, &a);

	ck_assert_msg(str_starts(str_of(to.lines), str_of(files[_i].line)),
		      "%s: %s", src.path, to.lines);
	arena_free(&a);
}
END_TEST

START_TEST(a_script_without_a_suffix_is_known_by_its_first_line)
{
	struct arena a = { 0 };
	struct source src = { .path = "bin/x", .text = STR("#!/bin/sh\nx\n") };
	const struct finding f = on_line_two(&src);

	ck_assert_int_eq(*advice_of(&f, &a).lines, '#');
	arena_free(&a);
}
END_TEST

START_TEST(lines_go_above_the_whole_statement)
{
	struct arena a = { 0 };
	struct source src = { .path = "x.sql", .text = STR("a\nb\nc\nd\n") };
	struct finding f = on_line_two(&src);

	ck_assert_str_eq(advice_of(&f, &a).where,
			 "this directly above the statement on line 2");
	f.span = (struct span){ 6, 1 };
	f.whole = (struct span){ 4, 3 };
	ck_assert_str_eq(advice_of(&f, &a).where,
			 "this directly above the statement on line 3");
	f.span = f.whole = (struct span){ 0, 0 };
	ck_assert_str_eq(
		advice_of(&f, &a).where,
		"this at the top of the file, with an empty line below it");
	arena_free(&a);
}
END_TEST

START_TEST(only_what_is_missing_is_asked_for)
{
	struct arena a = { 0 };
	struct source src = { .path = "x.sql", .text = STR("a\nb\n") };
	struct finding f = on_line_two(&src);

	f.missing = NEEDS_PLAN | NEEDS_BACKUP;
	ck_assert_str_eq(advice_of(&f, &a).lines,
			 "-- @rollback-plan: <how you would get the data "
			 "back>\n-- @backup: <which backup, taken when>\n");
	f.missing = NEEDS_APPROVAL | NEEDS_REASON;
	ck_assert_str_eq(advice_of(&f, &a).lines,
			 "-- @approved-by: <one of the approvers>\n"
			 "-- @reason: <why this is right>\n");
	arena_free(&a);
}
END_TEST

START_TEST(where_comments_do_not_count_the_configuration_does)
{
	struct arena a = { 0 };
	struct source src = { .path = "x.sql", .text = STR("a\nb\n") };
	struct finding f = on_line_two(&src);

	f.missing = 0;
	ck_assert_str_eq(advice_of(&f, &a).lines,
			 "allow:\n  - path: x.sql\n    rule: drop-table\n"
			 "    reason: <why this is right>\n");
	ck_assert_str_eq(advice_of(&f, &a).where, "this into .holdfast.yaml");
	arena_free(&a);
}
END_TEST

START_TEST(a_first_line_that_must_be_first_stays_first)
{
	struct arena a = { 0 };
	struct source src = { .path = "x.php", .text = STR("<?php\nb\n") };
	struct finding f = on_line_two(&src);

	f.span = (struct span){ 0, 0 };
	ck_assert_str_eq(
		advice_of(&f, &a).where,
		"this below the first line, with an empty line below it");
	arena_free(&a);
}
END_TEST

START_TEST(an_odd_path_is_quoted_for_yaml_and_as_a_glob)
{
	struct arena a = { 0 };
	struct source src = { .path = "a \"b\\[c].json",
			      .text = STR("{}\n\n") };
	const struct finding f = on_line_two(&src);

	ck_assert_ptr_nonnull(strstr(advice_of(&f, &a).lines,
				     "  - path: \"a \\\"b\\\\?c].json\"\n"));
	arena_free(&a);
}
END_TEST

static const struct {
	const char *command, *first, *last;
} hooks[] = {
	{ "pre-commit", "commit blocked", "nothing was committed" },
	{ "pre-merge-commit", "merge blocked", "git merge --abort" },
	{ "pre-applypatch", "patch blocked", "git am --continue" },
	{ "pre-push", "push blocked", "nothing was pushed" },
	{ "pre-receive", "push refused", "nothing was accepted" },
	{ "check", "blocked", "blocked by 1 finding. Explain" },
	{ NULL, "blocked", "blocked by 1 finding. Explain" },
};

START_TEST(first_and_last_line_each_say_the_verdict)
{
	struct arena a = { 0 };
	struct source src = { .path = "x.sql", .text = STR("a\nb\n") };
	struct finding f = on_line_two(&src);
	const struct outcome o = { .findings = { &f, 1, 1 }, .blocked = true };
	const struct report_style style = { .command = hooks[_i].command };
	const struct verdict v = verdict_of(&o, &style, &a);

	ck_assert_str_eq(v.first,
			 arena_format(&a, "holdfast: %s: drops it (x.sql:2)",
				      hooks[_i].first));
	ck_assert_msg(strstr(v.last, hooks[_i].last), "%s", v.last);
	ck_assert_msg(strstr(v.last, "holdfast explain drop-table"), "%s",
		      v.last);
	arena_free(&a);
}
END_TEST

START_TEST(a_block_without_a_finding_still_says_why)
{
	struct arena a = { 0 };
	struct unread_file unread = { "a.sql", "binary" };
	const struct outcome o = { .unread = { &unread, 1, 1 },
				   .blocked = true };
	const struct report_style style = { .command = "pre-push" };
	const struct verdict v = verdict_of(&o, &style, &a);

	ck_assert_str_eq(v.first,
			 "holdfast: push blocked: 1 file could not be read");
	ck_assert_str_eq(
		v.last,
		"holdfast: blocked: 1 file not read; nothing was pushed");
	arena_free(&a);
}
END_TEST

START_TEST(a_long_path_keeps_its_ends)
{
	struct arena a = { 0 };
	struct source src = {
		.path = "services/billing/database/migrations/20240301101500_x/"
			"migration.sql",
		.text = STR("a\nb\n"),
	};
	struct finding f = on_line_two(&src);
	const struct outcome o = { .findings = { &f, 1, 1 }, .blocked = true };
	const struct report_style style = { .command = "check" };

	ck_assert_str_eq(
		verdict_of(&o, &style, &a).first,
		"holdfast: blocked: drops it "
		"(services/.../migrations/20240301101500_x/migration.sql:2)");
	arena_free(&a);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("advice");
	TCase *tc = tcase_create("advice");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, lines_to_paste_are_comments_of_the_file, 0,
			    (int)ARRAY_LEN(files));
	tcase_add_test(tc,
		       a_script_without_a_suffix_is_known_by_its_first_line);
	tcase_add_test(tc, lines_go_above_the_whole_statement);
	tcase_add_test(tc, only_what_is_missing_is_asked_for);
	tcase_add_test(tc, where_comments_do_not_count_the_configuration_does);
	tcase_add_test(tc, a_first_line_that_must_be_first_stays_first);
	tcase_add_test(tc, an_odd_path_is_quoted_for_yaml_and_as_a_glob);
	tcase_add_loop_test(tc, first_and_last_line_each_say_the_verdict, 0,
			    (int)ARRAY_LEN(hooks));
	tcase_add_test(tc, a_block_without_a_finding_still_says_why);
	tcase_add_test(tc, a_long_path_keeps_its_ends);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_ENV);
	const int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
