/* lib/read/sql*.c where golden files do not reach: texts made by a program. */
#include <time.h>

#include "arena.h"
#include "read.h"
#include "strbuf.h"
#include "suite.h"

static struct arena arena;

static struct reading read_as(struct str text, enum dialect d)
{
	struct reading r = { .arena = &arena };
	const struct source src = { .path = "a.sql", .text = text };
	const struct read_options opt = { .dialect = d };

	read_sql(&r, &src, (struct span){ 0, (uint32_t)text.len }, &opt, 0);
	return r;
}

static struct str repeated(const char *part, size_t times, const char *end)
{
	struct strbuf b = STRBUF(&arena);

	for (size_t i = 0; i < times; i++)
		strbuf_puts(&b, part);
	strbuf_puts(&b, end);
	strbuf_cstr(&b);
	return strbuf_str(&b);
}

static bool has_form(const struct reading *r, const char *text)
{
	for (size_t i = 0; i < r->forms.count; i++)
		if (str_eq(r->forms.item[i].text, str_of(text)))
			return true;
	return false;
}

START_TEST(a_hundred_thousand_nested_comments_are_one)
{
	struct strbuf b = STRBUF(&arena);

	strbuf_add(&b, repeated("/* ", 100 * 1000, "DROP TABLE a;"));
	strbuf_add(&b, repeated(" */", 100 * 1000, "DROP TABLE b;"));
	const struct reading r = read_as(strbuf_str(&b), DIALECT_POSTGRES);

	ck_assert_uint_eq(r.forms.count, 1);
	str_is(r.forms.item[0].text, "DROP TABLE b");
	ck_assert_uint_eq(r.comments.count, 1);
	ck_assert_uint_eq(r.gaps.count, 0);
}
END_TEST

START_TEST(a_line_of_ten_megabytes_is_read)
{
	struct strbuf b = STRBUF(&arena);

	strbuf_reserve(&b, 11 * 1000 * 1000);
	strbuf_puts(&b, "INSERT INTO t (a) VALUES ");
	while (b.len < 10 * 1000 * 1000)
		strbuf_puts(&b, "(1, 'some text; DROP TABLE no', NULL), ");
	strbuf_puts(&b, "(0, '', 1); DROP TABLE a;");
	const struct reading r = read_as(strbuf_str(&b), DIALECT_POSTGRES);

	ck_assert_uint_eq(r.forms.count, 2);
	str_is(r.forms.item[0].text, "INSERT INTO t (a) VALUES");
	str_is(r.forms.item[1].text, "DROP TABLE a");
	ck_assert_uint_eq(r.gaps.count, 0);
}
END_TEST

START_TEST(a_mark_down_alone_ends_the_way_forward)
{
	struct reading r = { .arena = &arena };
	const struct source src = {
		.path = "1.sql",
		.text = STR("DROP TABLE a;\n---- below ----\nDROP TABLE b;\n"),
	};
	const struct read_options opt = { .mark_down = "-- below ----" };

	read_sql(&r, &src, (struct span){ 0, (uint32_t)src.text.len }, &opt, 0);
	ck_assert_uint_eq(r.forms.count, 2);
	ck_assert_int_eq(r.forms.item[0].direction, DIRECTION_FORWARD);
	ck_assert_int_eq(r.forms.item[1].direction, DIRECTION_BACKWARD);
}
END_TEST

START_TEST(a_statement_of_too_many_words_is_a_gap)
{
	struct strbuf b = STRBUF(&arena);

	strbuf_add(&b, repeated("a ", 500 * 1000, "; DROP TABLE a;"));
	const struct reading r = read_as(strbuf_str(&b), DIALECT_POSTGRES);

	ck_assert_uint_eq(r.gaps.count, 1);
	ck_assert(strstr(r.gaps.item[0].reason, "400000 words") != NULL);
	ck_assert(has_form(&r, "DROP TABLE a"));
}
END_TEST

START_TEST(sql_inside_sql_is_followed_to_a_depth)
{
	struct str text = STR("DROP TABLE deep");

	for (int depth = 0; depth < 30; depth++) {
		const struct reading r = read_as(text, DIALECT_POSTGRES);
		const char *tag = arena_format(&arena, "$q%d$", depth);

		/* what is too deep is said to be unknown, never left out */
		ck_assert_uint_eq(r.forms.count, 1);
		ck_assert(has_form(&r, depth < 6 ? "DROP TABLE deep"
						 : "EXECUTE DYNAMIC"));
		text = str_of(arena_format(&arena,
					   "DO %sBEGIN " STR_FMT "; END%s", tag,
					   STR_ARG(text), tag));
	}
}
END_TEST

START_TEST(routines_that_call_each_other_come_to_an_end)
{
	struct strbuf b = STRBUF(&arena);

	for (int i = 0; i < 8; i++)
		strbuf_printf(&b,
			      "CREATE FUNCTION f%d() RETURNS void AS $$BEGIN "
			      "PERFORM f%d(); PERFORM f%d(); DELETE FROM t%d; "
			      "END$$ LANGUAGE plpgsql;\n",
			      i, (i + 1) % 8, (i + 3) % 8, i);
	strbuf_puts(&b, "SELECT f0(), f1(), f2();");
	const struct reading r = read_as(strbuf_str(&b), DIALECT_POSTGRES);

	ck_assert(has_form(&r, "DELETE FROM t0"));
	ck_assert_uint_lt(r.forms.count, 1000);
}
END_TEST

/* Beginnings without an end, and lists: whatever is looked for behind each of
 * them must not be looked for to the end of the text. */
static const char *const patterns[] = {
	"(",
	"[",
	"{a",
	"EXECUTE format('%1$s%1$s%L', ",
	"%1$s%1$s",
	"{{",
	"{%",
	"<%",
	"<%=",
	"{#",
	"$a$",
	"$a",
	"${",
	"#{",
	"'",
	"\"",
	"`",
	"/*",
	"*/",
	"/*!",
	"--\n",
	"#",
	";",
	"@",
	"a.",
	"a,",
	"a ",
	"\\",
	"\\g\n",
	":",
	"::",
	"%I",
	"BEGIN ",
	"END ",
	"CASE ",
	"IF ",
	"ELSE ",
	"DO $$",
	"DECLARE ",
	"WHILE ",
	"FOR ",
	"LOOP ",
	"WHEN ",
	"THEN ",
	"GO\n",
	"GO 1 a\n",
	"DROP ",
	"CREATE ",
	"ALTER ",
	"SELECT ",
	"INSERT ",
	"VALUES ",
	"VALUES (",
	"WITH ",
	"WITH a AS (",
	"EXEC ",
	"EXECUTE ",
	"PREPARE ",
	"UNION SELECT ",
	"JOIN ",
	"CREATE FUNCTION f() AS $$ ",
	"CREATE TRIGGER a BEGIN ",
	"CREATE PROCEDURE p() BEGIN CALL p(); END;\n",
	"CALL p();",
	"DROP TABLE a; ",
	"ALTER TABLE t ADD a int; ",
	"BEGIN; ",
	"COMMIT; ",
	"DELIMITER $$\n",
	"COPY t FROM stdin;\n",
	"INSERT INTO t SELECT ",
	"-- +goose Up\n",
	"-- +goose Down\n",
	"\r\n",
	"\xc3",
	"E'\\",
	"U&'",
	"EXPLAIN ANALYZE ",
	"DELETE x FROM a, b x; ",
	"SELECT f(1); ",
	"sp_rename ",
	"EXEC sp_rename 'a', 'b'; ",
	"MERGE ",
	"IF a; ",
	"WHEN a; ",
	"FOR a; ",
	"WHILE a; ",
	"DECLARE a; ",
	"IF a THEN ",
	"END IF; ",
	"EXCEPTION ",
	"RETURN QUERY ",
	"<<a>> ",
	"a // ",
	"SET @a = 1; ",
};

/* Reads the text in no more than so many seconds of work. */
static void is_quick(const char *part, struct str text, enum dialect d)
{
	const clock_t before = clock();

	read_as(text, d);
	ck_assert_msg(clock() - before < 2 * CLOCKS_PER_SEC, "%s in %s", part,
		      dialect_name(d));
}

START_TEST(the_time_grows_with_the_text)
{
	static const enum dialect dialects[] = { DIALECT_POSTGRES,
						 DIALECT_MYSQL,
						 DIALECT_SQLSERVER };
	const char *part = patterns[_i];
	const size_t times = 100 * 1000 / strlen(part);

	for (size_t i = 0; i < ARRAY_LEN(dialects); i++) {
		is_quick(part, repeated(part, times, ""), dialects[i]);
		is_quick(
			part,
			str_of(arena_format(&arena, "DO $body$ BEGIN %s$body$",
					    repeated(part, times / 4, "").ptr)),
			dialects[i]);
		is_quick(
			part,
			str_of(arena_format(&arena, "ALTER TABLE t ADD %s",
					    repeated(part, times / 4, "").ptr)),
			dialects[i]);
		arena_free(&arena);
	}
}
END_TEST

START_TEST(a_list_of_actions_is_as_many_forms)
{
	struct strbuf b = STRBUF(&arena);

	strbuf_puts(&b, "ALTER TABLE t DROP a");
	strbuf_add(&b, repeated(", DROP b", 20 * 1000, ";"));
	ck_assert_uint_eq(read_as(strbuf_str(&b), DIALECT_POSTGRES).forms.count,
			  20 * 1000 + 1);
	b = STRBUF(&arena);
	strbuf_puts(&b, "DROP TABLE a");
	strbuf_add(&b, repeated(", b", 20 * 1000, ";"));
	ck_assert_uint_eq(read_as(strbuf_str(&b), DIALECT_POSTGRES).forms.count,
			  20 * 1000 + 1);
}
END_TEST

START_TEST(a_part_of_a_source_is_read_in_its_place)
{
	struct reading r = { .arena = &arena };
	const struct str text =
		STR("DROP TABLE a; DROP TABLE b; DROP TABLE c;");
	const struct source src = { .path = "a.sql", .text = text };
	const struct read_options opt = { .dialect = DIALECT_POSTGRES,
					  .direction = DIRECTION_BACKWARD };

	read_sql(&r, &src, (struct span){ 14, 13 }, &opt, FORM_EMBEDDED);
	ck_assert_uint_eq(r.forms.count, 1);
	const struct form *f = &r.forms.item[0];

	str_is(f->text, "DROP TABLE b");
	ck_assert_uint_eq(f->span.off, 14);
	ck_assert_uint_eq(f->span.len, 12);
	ck_assert_int_eq(f->direction, DIRECTION_BACKWARD);
	ck_assert_uint_eq(f->flags, FORM_EMBEDDED);
}
END_TEST

/* A text, and which way its statements go. */
static const struct {
	const char *text, *ways;
} headed[] = {
	{ "-- UP\nDROP TABLE a;\n-- DOWN\nDROP TABLE b;", "><" },
	{ "-- === Up migration ===\nDROP TABLE a;\n"
	  "-- === Down migration ===\nDROP TABLE b;",
	  "><" },
	{ "/* Up */ DROP TABLE a; /* Rollback */ DROP TABLE b;", "><" },
	{ "-- UP\nDROP TABLE a;\n-- +migrate Down (rollback)\nDROP TABLE b\n"
	  "-- [UP]\n;DROP TABLE c;",
	  "><>" },
	/* who heads nothing with UP may have a runner that runs all of it */
	{ "-- Down\nDROP TABLE a;", ">" },
	{ "DROP TABLE a;\n---- DOWN\nDROP TABLE b;", ">>" },
	{ "DROP TABLE a;\n-- Rollback\nDROP TABLE b;", ">>" },
	{ "-- DOWN\nDROP TABLE a;\n-- UP\nDROP TABLE b;", ">>" },
	/* prose */
	{ "-- Down with it\nDROP TABLE a;", ">" },
	{ "-- down 2\nDROP TABLE a;", ">" },
	{ "-- update\nDROP TABLE a;\n-- ----\nDROP TABLE b;", ">>" },
	{ "CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN\n-- down\n"
	  "DELETE FROM t; END $$ LANGUAGE plpgsql; DROP TABLE a;",
	  ">>" },
};

START_TEST(a_comment_that_says_up_or_down_is_a_heading)
{
	struct reading r = { .arena = &arena };
	struct strbuf got = STRBUF(&arena);
	const struct source src = { .path = "a.sql",
				    .text = str_of(headed[_i].text) };
	const struct read_options opt = { .dialect = DIALECT_POSTGRES,
					  .headings = true };

	read_sql(&r, &src, (struct span){ 0, (uint32_t)src.text.len }, &opt, 0);
	vec_each(struct form, f, &r.forms)
		if (!(f->flags & FORM_EMBEDDED))
			strbuf_byte(&got, f->direction == DIRECTION_BACKWARD
						  ? '<'
						  : '>');
	ck_assert_msg(!strcmp(strbuf_cstr(&got), headed[_i].ways),
		      "%s: %s is not %s", headed[_i].text, strbuf_cstr(&got),
		      headed[_i].ways);
}
END_TEST

START_TEST(a_text_that_is_nowhere_in_the_source_stands_at_one_place)
{
	struct reading r = { .arena = &arena };
	const struct span at = { 40, 2 };
	const struct read_options opt = { .dialect = DIALECT_POSTGRES };

	read_sql_text(&r,
		      STR("DROP TABLE a; -- b\nALTER TABLE c DROP d, DROP e"),
		      at, &opt, 0);
	ck_assert_uint_eq(r.forms.count, 3);
	vec_each(struct form, f, &r.forms) {
		ck_assert_uint_eq(f->span.off, at.off);
		ck_assert_uint_eq(f->span.len, at.len);
		ck_assert_uint_eq(f->whole.off, at.off);
	}
	ck_assert_uint_eq(r.comments.count, 0);
}
END_TEST

/* Up to a point: the first of these has no doubt at the beginning. */
START_TEST(a_text_is_of_the_dialect_that_most_of_its_words_are_of)
{
	const struct str postgres =
		repeated("a jsonb, b timestamptz,\n", 40, "");
	const struct str weak = repeated(
		"a uuid, b text, c text, d text, e text, f text, g text, "
		"h text, i text, j text, k text, l text, m text, n text,\n",
		6, "");
	const struct str mysql = repeated(") ENGINE=InnoDB;\n", 400, "");
	const struct str both[] = { postgres, mysql },
			 doubt[] = { weak, mysql };

	ck_assert_int_eq(dialect_of_text(str_join(&arena, both, 2)),
			 DIALECT_POSTGRES);
	ck_assert_int_eq(dialect_of_text(str_join(&arena, doubt, 2)),
			 DIALECT_MYSQL);
	ck_assert_int_eq(dialect_of_text(weak), DIALECT_POSTGRES);
	ck_assert_int_eq(dialect_of_text(STR("SELECT 1")), DIALECT_UNKNOWN);
	ck_assert_int_eq(dialect_of_text(STR("-- do not modify: InnoDB\n"
					     "/* a jsonb */ SELECT 1")),
			 DIALECT_UNKNOWN);
	ck_assert_int_eq(
		dialect_of_text(repeated("CREATE TABLE [a] ([b] INTEGER "
					 "PRIMARY KEY AUTOINCREMENT, [c] "
					 "TEXT, [d] TEXT, [e] TEXT);\n",
					 9, "")),
		DIALECT_SQLITE);
	ck_assert_int_eq(dialect_of_text(STR("SELECT 1 FROM public.a")),
			 DIALECT_POSTGRES);
	ck_assert_int_eq(dialect_of_text(STR("-- General Public License")),
			 DIALECT_UNKNOWN);
	ck_assert_int_eq(dialect_of_text(STR("a jsonb, b text COLLATE NOCASE")),
			 DIALECT_SQLITE);
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	TCase *tc = tcase_create("read");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_set_timeout(tc, 300);
	tcase_add_test(tc, a_hundred_thousand_nested_comments_are_one);
	tcase_add_test(tc, a_line_of_ten_megabytes_is_read);
	tcase_add_test(tc, a_mark_down_alone_ends_the_way_forward);
	tcase_add_test(tc, a_statement_of_too_many_words_is_a_gap);
	tcase_add_test(tc, sql_inside_sql_is_followed_to_a_depth);
	tcase_add_test(tc, routines_that_call_each_other_come_to_an_end);
	tcase_add_loop_test(tc, the_time_grows_with_the_text, 0,
			    (int)ARRAY_LEN(patterns));
	tcase_add_test(tc, a_list_of_actions_is_as_many_forms);
	tcase_add_test(tc, a_part_of_a_source_is_read_in_its_place);
	tcase_add_test(
		tc, a_text_that_is_nowhere_in_the_source_stands_at_one_place);
	tcase_add_loop_test(tc, a_comment_that_says_up_or_down_is_a_heading, 0,
			    (int)ARRAY_LEN(headed));
	tcase_add_test(tc,
		       a_text_is_of_the_dialect_that_most_of_its_words_are_of);
	return suite_status(suite_create("sql reader"), tc);
}
