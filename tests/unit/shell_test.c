#include "docker.h"
#include "recipes.h"
#include "shell.h"
#include "strbuf.h"
#include "suite.h"

static struct arena arena;
static struct shell sh;

static void setup(void)
{
	arena = (struct arena){ 0 };
}

static void teardown(void)
{
	arena_free(&arena);
}

static void read_text(const char *text)
{
	shell_read(&sh, &arena, str_of(text), SHELL_SCRIPT);
}

/* The words of command `i`, "|" between. */
static void runs(size_t i, const char *words)
{
	struct strbuf b = STRBUF(&arena);

	ck_assert_uint_lt(i, sh.commands.count);
	for (size_t n = 0; n < sh.commands.item[i].count; n++) {
		if (n)
			strbuf_byte(&b, '|');
		strbuf_add(&b, sh.commands.item[i].word[n].text);
	}
	str_is(strbuf_str(&b), words);
}

/* What guards command `i`: `!` where it must not hold, "; " between. */
static void guarded(size_t i, const char *guards)
{
	struct strbuf b = STRBUF(&arena);

	for (const struct shell_guard *g = sh.commands.item[i].guard; g;
	     g = g->outer) {
		if (b.len)
			strbuf_puts(&b, "; ");
		if (g->inverted)
			strbuf_byte(&b, '!');
		strbuf_add(&b, g->condition);
	}
	str_is(strbuf_str(&b), guards);
}

START_TEST(quotes_continuations_and_comments)
{
	read_text("A=1 npx 'a b'\\''c' \"d $X\" \\\n  e#f # g\n");
	ck_assert_uint_eq(sh.commands.count, 1);
	runs(0, "A=1|npx|a b'c|d $X|e#f");
	ck_assert_uint_eq(sh.commands.item[0].assigned, 1);
	ck_assert_uint_eq(sh.comments.count, 1);
}
END_TEST

START_TEST(operators_and_groups_part_commands)
{
	read_text("a && b || c; d & e | f\n(g h)\n{ i; }\n");
	ck_assert_uint_eq(sh.commands.count, 8);
	runs(5, "f");
	ck_assert_int_eq(sh.commands.item[5].piped_from, 4);
	runs(6, "g|h");
}
END_TEST

START_TEST(words_of_the_grammar_are_no_commands)
{
	read_text("if a; then b; elif c; then d; else e; fi\n"
		  "for x in 1 2; do f $x; done\nwhile g; do h; done\n"
		  "f() { i; }\nfunction j { k; }\n! l\n");
	ck_assert_uint_eq(sh.commands.count, 11);
	runs(5, "f|$x");
	ck_assert(sh.commands.item[8].function.len);
}
END_TEST

START_TEST(substitutions_run_too)
{
	read_text("echo \"$(a \"$(b)\")\" `c` <(d)\n");
	ck_assert_uint_eq(sh.commands.count, 5);
	runs(1, "a|$(b)");
	runs(2, "c");
	runs(3, "d");
	runs(4, "b");
}
END_TEST

START_TEST(here_documents_are_input)
{
	read_text("psql <<-'EOF' | tee x\n\tDROP TABLE t;\n\tEOF\nnext\n");
	str_is(sh.commands.item[0].input, "\tDROP TABLE t;\n");
	runs(1, "tee|x");
	runs(2, "next");
	read_text("psql <<< 'DROP'\n");
	str_is(sh.commands.item[0].input, "DROP");
}
END_TEST

START_TEST(conditions_guard_what_they_hold)
{
	read_text("if [ $E = test ]; then a; else b; fi\nc\n");
	guarded(1, "[ $E = test ];");
	guarded(2, "![ $E = test ];");
	guarded(3, "");
	read_text("[ $E = p ] && d\ne\ncase $E in\n p|q) f ;;\nesac\n");
	guarded(1, "[ $E = p ]");
	guarded(2, "");
	guarded(3, "p|q; $E");
}
END_TEST

START_TEST(leaving_guards_what_comes_after)
{
	read_text("[ $E = p ] && exit 1\na\n");
	guarded(2, "![ $E = p ]");
	read_text("if [ $E = p ]; then\n echo no\n exit 1\nfi\na\n");
	guarded(3, "![ $E = p ];");
	read_text("[ $E = d ] || { echo no; exit 1; }\na\n");
	guarded(3, "[ $E = d ]");
	read_text("die() { exit 1; }\na\n");
	guarded(1, "");
}
END_TEST

START_TEST(what_does_not_close_ends_with_the_text)
{
	static const char *const texts[] = {
		"a 'b",	    "a \"b", "a $(b",	   "a `b",	"a ${b",
		"a <<E\nb", "(a",    "if a; then", "case a in", "case a in b",
		"f() {",    "a \\",  "a=(b",	   "for",	"\xff\xfe",
		"a <",	    "a <<",
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		read_text(texts[i]);
}
END_TEST

START_TEST(nesting_is_bounded)
{
	struct strbuf b = STRBUF(&arena);

	for (int i = 0; i < 20000; i++)
		strbuf_puts(&b, i % 2 ? "$(" : "(");
	shell_read(&sh, &arena, strbuf_str(&b), SHELL_SCRIPT);
	b = STRBUF(&arena);
	for (int i = 0; i < 20000; i++)
		strbuf_puts(&b, "if ");
	shell_read(&sh, &arena, strbuf_str(&b), SHELL_SCRIPT);
	ck_assert_uint_eq(sh.unread.len, 0);
	b = STRBUF(&arena);
	for (int i = 0; i < 20000; i++)
		strbuf_puts(&b, "$( ");
	shell_read(&sh, &arena, strbuf_str(&b), SHELL_SCRIPT);
	ck_assert_uint_gt(sh.unread.len, 0);
}
END_TEST

static struct reading reading;
static struct source source;

static void open_source(const char *text)
{
	reading = (struct reading){ .arena = &arena };
	source = (struct source){ .path = "x", .text = str_of(text) };
}

START_TEST(the_last_stage_and_what_it_is_made_of_are_used)
{
	struct docker d;

	open_source("FROM node AS base\nENV A=1\nFROM base AS build\n"
		    "RUN x\nFROM base\nCOPY --from=build /a /b\n");
	docker_read(&d, &reading, &source);
	ck_assert_uint_eq(d.stages.count, 3);
	ck_assert(d.stages.item[0].used);
	ck_assert(!d.stages.item[1].used);
	ck_assert(d.stages.item[2].used);
}
END_TEST

START_TEST(instructions_go_on_over_comments)
{
	struct docker d;

	open_source("FROM a\nRUN b && \\\n  # why\n  c\n"
		    "ENV K=v L=\"w x\" \\\n  M='y'\nENV OLD the rest\n"
		    "CMD [\"n\", \"s\"]\nRUN <<EOF\nd\nEOF\n");
	docker_read(&d, &reading, &source);
	ck_assert_uint_eq(d.instructions.count, 6);
	shell_read(&sh, &arena, d.instructions.item[1].text, SHELL_DOCKER);
	runs(1, "c");
	struct docker_variables v = docker_env(&arena, &d.instructions.item[2]);

	ck_assert_uint_eq(v.count, 3);
	str_is(v.item[1].value, "w x");
	str_is(source_slice(&source, v.item[2].key_span), "M");
	v = docker_env(&arena, &d.instructions.item[3]);
	str_is(v.item[0].value, "the rest");
	size_t n;
	const struct shell_word *w =
		docker_words(&arena, &d.instructions.item[4], &n);

	ck_assert_uint_eq(n, 2);
	str_is(w[1].text, "s");
	str_is(d.instructions.item[5].input, "d\n");
}
END_TEST

START_TEST(makefiles_have_targets_and_variables)
{
	struct recipes r;

	open_source("DC = docker compose\nx: y ; first\n\t@$(DC) down -v\n"
		    "# c\ny:\n\t-a \\\n\t  b\n");
	read_makefile(&r, &reading, &source);
	ck_assert_uint_eq(r.count, 4);
	str_is(r.item[0].script, "first");
	str_is(r.item[0].depends, "y");
	str_is(r.item[1].script, "docker compose down -v");
	str_is(r.item[3].name, "y");
	ck_assert_uint_eq(reading.comments.count, 1);
}
END_TEST

START_TEST(justfiles_and_procfiles_have_recipes)
{
	struct recipes r;

	open_source("v := \"1\"\ndeploy env='p': build\n  @a b\n\nsh:\n"
		    "  #!/bin/sh\n  c\n  d\n");
	read_justfile(&r, &reading, &source);
	str_is(r.item[0].name, "deploy");
	str_is(r.item[1].script, "a b");
	ck_assert(str_find(r.item[3].script, STR("  d")) < 100);
	open_source("web: a b\n# c\nrelease: d\n");
	read_procfile(&r, &reading, &source);
	ck_assert_uint_eq(r.count, 2);
	str_is(r.item[1].name, "release");
	str_is(r.item[1].script, "d");
}
END_TEST

START_TEST(tasks_of_envoy_are_recipes_without_their_blade)
{
	struct recipes r;

	open_source("@setup\n  $a = 1;\n@endsetup\n@task('deploy', ['on' => "
		    "'web'])\n  @if ($x)\n  cd {{ $a }}\n  @endif\n@endtask\n"
		    "@story('all')\n  deploy\n@endstory\n@task('open')\n  b\n");
	read_envoy(&r, &reading, &source);
	ck_assert_uint_eq(r.count, 1);
	str_is(r.item[0].name, "'deploy', ['on' => 'web']");
	str_is(str_trim(r.item[0].script), "cd $___a___");
	ck_assert_uint_eq(r.item[0].script.len, r.item[0].span.len);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("shell");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, quotes_continuations_and_comments);
	tcase_add_test(tc, operators_and_groups_part_commands);
	tcase_add_test(tc, words_of_the_grammar_are_no_commands);
	tcase_add_test(tc, substitutions_run_too);
	tcase_add_test(tc, here_documents_are_input);
	tcase_add_test(tc, conditions_guard_what_they_hold);
	tcase_add_test(tc, leaving_guards_what_comes_after);
	tcase_add_test(tc, what_does_not_close_ends_with_the_text);
	tcase_add_test(tc, nesting_is_bounded);
	tcase_add_test(tc, the_last_stage_and_what_it_is_made_of_are_used);
	tcase_add_test(tc, instructions_go_on_over_comments);
	tcase_add_test(tc, makefiles_have_targets_and_variables);
	tcase_add_test(tc, justfiles_and_procfiles_have_recipes);
	tcase_add_test(tc, tasks_of_envoy_are_recipes_without_their_blade);
	return suite_status(suite_create("shell"), tc);
}
