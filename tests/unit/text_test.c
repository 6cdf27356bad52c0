/* lib/text: bytes to text, places in it, names of dialects. */
#include <stdint.h>

#include "arena.h"
#include "form.h"
#include "suite.h"

static struct arena arena;

static void reads_as(struct str bytes, const char *text)
{
	struct str out;
	const char *why = decode_text(&arena, bytes, &out);

	ck_assert_msg(!why, "%s", why);
	str_is(out, text);
}

static void is_refused(struct str bytes, const char *why_wanted)
{
	struct str out;
	const char *why = decode_text(&arena, bytes, &out);

	ck_assert_ptr_nonnull(why);
	ck_assert_msg(strstr(why, why_wanted) != NULL, "%s", why);
	str_is(out, "");
}

/* Each UTF-16 code unit of ASCII, in that byte order. */
static struct str utf16(const char *ascii, bool big)
{
	const size_t len = strlen(ascii);
	char *to = arena_alloc(&arena, 2 * len + 1);

	for (size_t i = 0; i < len; i++)
		to[2 * i + big] = ascii[i];
	return (struct str){ to, 2 * len };
}

START_TEST(plain_bytes_are_the_text)
{
	reads_as(STR(""), "");
	reads_as(STR("DROP TABLE a;\r\n"), "DROP TABLE a;\r\n");
	reads_as(STR("\xe4\xf6 latin1"), "\xe4\xf6 latin1");
}
END_TEST

START_TEST(a_byte_order_mark_is_no_text)
{
	reads_as(STR("\xef\xbb\xbf"
		     "a"),
		 "a");
	reads_as(STR("\xef\xbb\xbf"), "");
	reads_as(STR("\xff\xfe"), "");
	reads_as(STR("\xef\xbb"), "\xef\xbb");
}
END_TEST

START_TEST(utf16_is_decoded_by_its_mark)
{
	reads_as(STR("\xff\xfe"
		     "D\0\xe4\0\xac\x20\x3d\xd8\x00\xde"),
		 "D\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
	reads_as(STR("\xfe\xff"
		     "\0D\0\xe4\x20\xac\xd8\x3d\xde\x00"),
		 "D\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
}
END_TEST

START_TEST(utf16_without_a_mark_is_known_by_its_zeros)
{
	reads_as(utf16("DROP TABLE a;\r\nGO\r\n", false),
		 "DROP TABLE a;\r\nGO\r\n");
	reads_as(utf16("DROP TABLE a;\r\nGO\r\n", true),
		 "DROP TABLE a;\r\nGO\r\n");
}
END_TEST

START_TEST(utf16_that_is_broken_is_refused)
{
	is_refused(STR("\xff\xfe"
		       "a\0b"),
		   "UTF-16");
	is_refused(STR("\xff\xfe"
		       "\x3d\xd8"
		       "a\0"),
		   "UTF-16"); /* half a pair */
	is_refused(STR("\xff\xfe"
		       "a\0\x3d\xd8"),
		   "UTF-16"); /* … at the end */
	is_refused(STR("\xff\xfe\x00\xde"
		       "a\0"),
		   "UTF-16"); /* the other half */
	is_refused(STR("\xff\xfe"
		       "a\0\0\0"),
		   "UTF-16"); /* NUL */
}
END_TEST

START_TEST(a_nul_byte_makes_a_file_binary)
{
	is_refused(STR("DROP TABLE a;\0 and more text behind it"), "binary");
	is_refused(STR("\0"), "binary");
	is_refused(STR("PK\x03\x04\0\0\0\0\0\0\0\0"), "binary");
}
END_TEST

START_TEST(an_lfs_pointer_is_not_its_content)
{
	is_refused(STR("version https://git-lfs.github.com/spec/v1\n"
		       "oid sha256:4d7a\nsize 12345\n"),
		   "LFS");
}
END_TEST

START_TEST(a_file_over_the_limit_is_refused_unread)
{
	const size_t size = (size_t)SOURCE_MAX + 1;
	char *bytes = malloc(size);

	ck_assert_ptr_nonnull(bytes);
	memset(bytes, ' ', size);
	is_refused((struct str){ bytes, size }, "64 MiB");
	struct str out;

	ck_assert_ptr_null(
		decode_text(&arena, (struct str){ bytes, SOURCE_MAX }, &out));
	ck_assert_uint_eq(out.len, SOURCE_MAX);
	free(bytes);
}
END_TEST

static void is_at(struct source *src, uint32_t off, uint32_t line, uint32_t col)
{
	const struct place p = source_place(src, &arena, off);

	ck_assert_msg(p.line == line && p.col == col, "%u is at %u:%u", off,
		      p.line, p.col);
}

START_TEST(places_count_lines_from_one_and_columns_in_bytes)
{
	struct source src = { .text = STR("a\n\xc3\xa4"
					  "b\r\n\nz") };

	is_at(&src, 0, 1, 1);
	is_at(&src, 1, 1, 2);
	is_at(&src, 2, 2, 1);
	is_at(&src, 4, 2, 3);
	is_at(&src, 7, 3, 1);
	is_at(&src, 8, 4, 1);
	is_at(&src, 9, 4, 2);
	str_is(source_line(&src, &arena, 4), "\xc3\xa4"
					     "b");
	str_is(source_line(&src, &arena, 7), "");
	str_is(source_line(&src, &arena, 9), "z");
}
END_TEST

START_TEST(an_empty_text_has_one_place)
{
	struct source src = { .text = STR("") };

	is_at(&src, 0, 1, 1);
	str_is(source_line(&src, &arena, 0), "");
}
END_TEST

START_TEST(a_dialect_is_known_by_the_names_that_tools_use)
{
	static const struct {
		const char *name;
		enum dialect dialect;
	} rows[] = {
		{ "postgres", DIALECT_POSTGRES },
		{ "PostgreSQL", DIALECT_POSTGRES },
		{ "mysql", DIALECT_MYSQL },
		{ "mariadb", DIALECT_MYSQL },
		{ "sqlite", DIALECT_SQLITE },
		{ "mssql", DIALECT_SQLSERVER },
		{ "sqlserver", DIALECT_SQLSERVER },
		{ "clickhouse", DIALECT_CLICKHOUSE },
	};
	enum dialect d;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		d = DIALECT_UNKNOWN;
		ck_assert(dialect_from_name(&d, str_of(rows[i].name)));
		ck_assert_int_eq(d, rows[i].dialect);
	}
	ck_assert(!dialect_from_name(&d, STR("oracle")));
	ck_assert(!dialect_from_name(&d, STR("")));
	for (int i = 1; i < DIALECT_COUNT; i++) {
		ck_assert(dialect_from_name(
			&d, str_of(dialect_name((enum dialect)i))));
		ck_assert_int_eq(d, i);
	}
	ck_assert_str_eq(dialect_name(DIALECT_UNKNOWN), "");
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	TCase *tc = tcase_create("text");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_test(tc, plain_bytes_are_the_text);
	tcase_add_test(tc, a_byte_order_mark_is_no_text);
	tcase_add_test(tc, utf16_is_decoded_by_its_mark);
	tcase_add_test(tc, utf16_without_a_mark_is_known_by_its_zeros);
	tcase_add_test(tc, utf16_that_is_broken_is_refused);
	tcase_add_test(tc, a_nul_byte_makes_a_file_binary);
	tcase_add_test(tc, an_lfs_pointer_is_not_its_content);
	tcase_add_test(tc, a_file_over_the_limit_is_refused_unread);
	tcase_add_test(tc, places_count_lines_from_one_and_columns_in_bytes);
	tcase_add_test(tc, an_empty_text_has_one_place);
	tcase_add_test(tc, a_dialect_is_known_by_the_names_that_tools_use);
	return suite_status(suite_create("text"), tc);
}
