#include "report_cases.h"
#include "utf8.h"

/*
 * Every case in every format, compared byte by byte with
 * tests/report/CASE.FORMAT. UPDATE=1 writes the files anew; the change is
 * then reviewed like any other.
 */

static const char *golden_path(struct arena *a, size_t which,
			       const char *format)
{
	const struct str here = STR(__FILE__);
	const struct str name = STR("unit/report_test.c");

	ck_assert(str_ends(here, name));
	return arena_format(a, STR_FMT "report/%s.%s",
			    STR_ARG(str_slice(here, 0, here.len - name.len)),
			    cases[which].name, format);
}

static void golden_write(const char *path, struct str bytes)
{
	FILE *f = fopen(path, "wb");

	ck_assert_msg(f, "cannot write %s", path);
	fwrite(bytes.ptr, 1, bytes.len, f);
	fclose(f);
}

static struct str golden_read(struct arena *a, const char *path)
{
	enum { GOLDEN_MAX = 1024 * 1024 };
	FILE *f = fopen(path, "rb");
	char *bytes = arena_alloc(a, GOLDEN_MAX);

	ck_assert_msg(f, "%s is missing: UPDATE=1 makes it", path);
	const size_t len = fread(bytes, 1, GOLDEN_MAX, f);

	fclose(f);
	return (struct str){ bytes, len };
}

/* The first line in which two texts differ, of the one that is wanted. */
static struct str first_difference(struct str want, struct str got)
{
	struct str a = { "", 0 }, b = { "", 0 };

	while (str_next_line(&want, &a) && str_next_line(&got, &b) &&
	       str_eq(a, b))
		;
	return str_slice(a, 0, 400);
}

START_TEST(every_case_is_as_its_file_says)
{
	const size_t which = (size_t)_i / ARRAY_LEN(formats);
	const char *format = formats[(size_t)_i % ARRAY_LEN(formats)];
	struct run r;
	const struct str got = output_of(&r, which, format);
	const char *path = golden_path(&r.arena, which, format);

	if (getenv("UPDATE"))
		golden_write(path, got);
	const struct str want = golden_read(&r.arena, path);

	ck_assert_msg(str_eq(got, want),
		      "%s differs where it has:\n" STR_FMT
		      "\nUPDATE=1 writes what is printed now",
		      path, STR_ARG(first_difference(want, got)));
	arena_free(&r.arena);
}
END_TEST

START_TEST(no_format_shows_a_secret_or_a_control_character)
{
	const size_t which = (size_t)_i / ARRAY_LEN(formats);
	const char *format = formats[(size_t)_i % ARRAY_LEN(formats)];
	struct run r;
	const struct str got = output_of(&r, which, format);
	const bool colour = r.style.colour && !strcmp(format, "text");

	ck_assert(str_find(got, STR(SECRET)) == SIZE_MAX);
	for (size_t i = 0; i < got.len;) {
		const struct utf8_char c =
			utf8_first(str_slice(got, i, got.len));

		ck_assert_msg(c.valid, "byte %zu of %s is no UTF-8", i,
			      cases[which].name);
		ck_assert_msg(c.code >= ' ' || c.code == '\n' ||
				      (c.code == '\033' && colour),
			      "byte %zu of %s is a control character", i,
			      cases[which].name);
		i += c.len;
	}
	arena_free(&r.arena);
}
END_TEST

START_TEST(every_format_has_a_name_and_a_test)
{
	struct arena a = { 0 };
	const struct str names = str_of(reporter_names(&a));
	size_t count = 1;

	for (size_t i = 0; i < names.len; i++)
		count += names.ptr[i] == '|';
	ck_assert_uint_eq(count, ARRAY_LEN(formats));
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		ck_assert(str_find(names, str_of(formats[i])) != SIZE_MAX);
	ck_assert_ptr_null(reporter_named("tex"));
	ck_assert_ptr_null(reporter_named(""));
	arena_free(&a);
}
END_TEST

int main(void)
{
	const int all = (int)(ARRAY_LEN(cases) * ARRAY_LEN(formats));
	Suite *s = suite_create("report");
	TCase *tc = tcase_create("formats");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, every_case_is_as_its_file_says, 0, all);
	tcase_add_loop_test(tc, no_format_shows_a_secret_or_a_control_character,
			    0, all);
	tcase_add_test(tc, every_format_has_a_name_and_a_test);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_ENV);
	const int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
