#include <stdint.h>
#include <stdio.h>

#include "dotenv.h"
#include "suite.h"

static struct arena arena;
static struct reading reading;
static struct source source;
static struct dotenv env;

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
	reading = (struct reading){ .arena = &arena };
	source = (struct source){ .path = ".env", .text = str_of(text) };
	dotenv_read(&env, &reading, &source);
}

/* Entry `i` has these candidates, in this order. */
static void has(size_t i, const char *key, const char *const *values)
{
	ck_assert_uint_lt(i, env.entries.count);
	const struct dotenv_entry *e = &env.entries.item[i];
	size_t n = 0;

	str_is(e->key, key);
	for (; values[n]; n++) {
		ck_assert_uint_lt(n, e->candidate_count);
		str_is(e->candidate[n], values[n]);
	}
	ck_assert_uint_eq(n, e->candidate_count);
}

#define HAS(i, key, ...) has(i, key, (const char *const[]){ __VA_ARGS__, NULL })
#define FLAGGED(i, name) ck_assert(env.entries.item[i].flags &DOTENV_BIT(name))
#define UNFLAGGED(i) ck_assert_uint_eq(env.entries.item[i].flags, 0)

START_TEST(a_plain_line_has_one_reading)
{
	read_text("# first\nKEY=value\n\nOTHER=a=b\n");
	ck_assert_uint_eq(env.entries.count, 2);
	HAS(0, "KEY", "value");
	UNFLAGGED(0);
	HAS(1, "OTHER", "a=b");
	ck_assert_uint_eq(reading.comments.count, 1);
	str_is(reading.comments.item[0].text, "first");
}
END_TEST

START_TEST(a_glued_hash_cuts_the_value_for_most)
{
	read_text("URL=postgres://u:p#x@h/d\n");
	HAS(0, "URL", "postgres://u:p", "postgres://u:p#x@h/d");
	FLAGGED(0, HASH_AMBIGUOUS);
}
END_TEST

START_TEST(a_hash_behind_a_blank_begins_a_comment)
{
	read_text("A=b # say\nC=# d\n");
	HAS(0, "A", "b", "b # say", "b ");
	FLAGGED(0, INLINE_COMMENT);
	HAS(1, "C", "", "# d");
}
END_TEST

START_TEST(quotes_keep_a_hash)
{
	read_text("A=\"b#c\" # d\n");
	HAS(0, "A", "b#c", "\"b#c\"", "\"b#c\" # d", "b#c# d", "\"b");
	ck_assert_uint_eq(env.entries.item[0].common_count, 3);
	FLAGGED(0, HASH_IN_QUOTES);
}
END_TEST

START_TEST(a_blank_alone_lets_some_swallow_the_next_line)
{
	read_text("A= \nB=2\n");
	HAS(0, "A", "", " ", "B=2");
	FLAGGED(0, BLANK_VALUE_WS);
	HAS(1, "B", "2");
}
END_TEST

START_TEST(an_open_quote_ends_with_its_line)
{
	read_text("A=\"b\nB=2\n");
	HAS(0, "A", "\"b", "b");
	FLAGGED(0, UNTERMINATED);
	HAS(1, "B", "2");
}
END_TEST

START_TEST(a_value_of_several_lines_hides_keys_from_some)
{
	read_text("A='x\nKEY=y\n'\nB=2\n");
	HAS(0, "A", "x\nKEY=y\n", "'x");
	FLAGGED(0, MULTILINE);
	HAS(1, "KEY", "y");
	ck_assert(env.entries.item[1].inner);
	HAS(2, "B", "2");
}
END_TEST

START_TEST(escaped_quotes_end_the_value_for_some)
{
	read_text("A=\"{\\\"k\\\": 1}\"\n");
	HAS(0, "A", "{\\", "{\\\"k\\\": 1}", "{\"k\": 1}",
	    "\"{\\\"k\\\": 1}\"");
	FLAGGED(0, ESCAPED_QUOTE);
}
END_TEST

START_TEST(text_behind_a_quote_is_read_in_many_ways)
{
	read_text("A=\"b\"c\n");
	HAS(0, "A", "b", "\"b\"c", "bc", "\"b\"");
	FLAGGED(0, TEXT_AFTER_QUOTE);
}
END_TEST

START_TEST(export_and_colon_are_read_and_flagged)
{
	read_text("export A=b\nC: d\nset E=f\n");
	HAS(0, "A", "b");
	FLAGGED(0, EXPORT);
	HAS(1, "C", "d", " d");
	FLAGGED(1, COLON_SEP);
	HAS(2, "E", "f");
	FLAGGED(2, PREFIX);
	str_is(dotenv_long_key(&env, &env.entries.item[0]), "export A");
	str_is(dotenv_long_key(&env, &env.entries.item[1]), "C");
}
END_TEST

START_TEST(the_last_of_two_keys_counts)
{
	read_text("A=1\nA=2\n");
	FLAGGED(0, SHADOWED);
	FLAGGED(1, DUPLICATE);
	str_is(dotenv_get(&env, STR("A"))->candidate[0], "2");
	ck_assert_ptr_null(dotenv_get(&env, STR("B")));
}
END_TEST

START_TEST(names_are_filled_from_the_entries_above_and_below)
{
	read_text("X=1\nA=${X}/$Y\nY=2\nD=${NO:-def}\n");
	HAS(1, "A", "${X}/$Y", "1/", "1/2");
	FLAGGED(1, INTERPOLATION);
	HAS(3, "D", "${NO:-def}", "def", "");
}
END_TEST

START_TEST(a_value_cannot_grow_without_end)
{
	char text[64 * 40];
	size_t n = (size_t)snprintf(text, sizeof(text), "A0=xxxxxxxx\n");

	for (int i = 1; i < 40; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
				      "A%d=$A%d$A%d\n", i, i - 1, i - 1);
	read_text(text);
	vec_each(const struct dotenv_entry, e, &env.entries)
		for (size_t i = 0; i < e->candidate_count; i++)
			ck_assert_uint_le(e->candidate[i].len, 4096);
}
END_TEST

START_TEST(commands_are_flagged_whatever_the_quotes)
{
	read_text("A=$(id)\nB='$(id)'\nC=`id`\n");
	FLAGGED(0, COMMAND_SUBST);
	FLAGGED(1, COMMAND_SUBST);
	FLAGGED(2, COMMAND_SUBST);
	FLAGGED(2, BACKTICK);
}
END_TEST

START_TEST(line_ends_and_marks_of_the_file_are_seen)
{
	read_text("\xef\xbb\xbf"
		  "A=b\r\nB=\"c\r\nd\"\r\n");
	ck_assert(env.flags & DOTENV_BIT(BOM));
	ck_assert(env.flags & DOTENV_BIT(CRLF));
	HAS(0, "A", "b");
	HAS(1, "B", "c\nd", "\"c", "c\r\nd");
}
END_TEST

START_TEST(what_is_no_entry_is_kept_as_none)
{
	read_text("; A=b\nBARE\n=x\n");
	ck_assert_int_eq(env.entries.item[0].kind, DOTENV_JUNK);
	ck_assert_int_eq(env.entries.item[1].kind, DOTENV_BARE);
	ck_assert_int_eq(env.entries.item[2].kind, DOTENV_JUNK);
}
END_TEST

START_TEST(spans_point_at_key_and_value)
{
	read_text("X=1\n  KEY = 'a b' # c\n");
	const struct dotenv_entry *e = &env.entries.item[1];

	str_is(source_slice(&source, dotenv_key_span(&env, e)), "KEY");
	str_is(source_slice(&source, dotenv_whole(&env, e)), "KEY = 'a b' # c");
}
END_TEST

START_TEST(every_flag_has_a_name)
{
	for (int i = 0; i < DOTENV_FLAG_COUNT; i++)
		ck_assert(*dotenv_flag_name((enum dotenv_flag_number)i));
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("dotenv");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_plain_line_has_one_reading);
	tcase_add_test(tc, a_glued_hash_cuts_the_value_for_most);
	tcase_add_test(tc, a_hash_behind_a_blank_begins_a_comment);
	tcase_add_test(tc, quotes_keep_a_hash);
	tcase_add_test(tc, a_blank_alone_lets_some_swallow_the_next_line);
	tcase_add_test(tc, an_open_quote_ends_with_its_line);
	tcase_add_test(tc, a_value_of_several_lines_hides_keys_from_some);
	tcase_add_test(tc, escaped_quotes_end_the_value_for_some);
	tcase_add_test(tc, text_behind_a_quote_is_read_in_many_ways);
	tcase_add_test(tc, export_and_colon_are_read_and_flagged);
	tcase_add_test(tc, the_last_of_two_keys_counts);
	tcase_add_test(tc, names_are_filled_from_the_entries_above_and_below);
	tcase_add_test(tc, a_value_cannot_grow_without_end);
	tcase_add_test(tc, commands_are_flagged_whatever_the_quotes);
	tcase_add_test(tc, line_ends_and_marks_of_the_file_are_seen);
	tcase_add_test(tc, what_is_no_entry_is_kept_as_none);
	tcase_add_test(tc, spans_point_at_key_and_value);
	tcase_add_test(tc, every_flag_has_a_name);
	return suite_status(suite_create("dotenv"), tc);
}
