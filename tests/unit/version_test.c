#include <check.h>
#include <stdlib.h>

#include "version.h"

struct sample {
	const char *path;
	const char *dir, *name, *number, *stem;
	bool day, dotted;
};

static const struct sample samples[] = {
	{ "db/0005_add_users.up.sql", "db", "0005_add_users.up.sql", "0005",
	  "_add_users", false, false },
	{ "m/2026-01-01-120000_x/up.sql", "m", "2026-01-01-120000_x",
	  "2026-01-01-120000", "_x", false, false },
	{ "V1_2__add_it.sql", "", "V1_2__add_it.sql", "1_2", "__add_it", false,
	  false },
	{ "V1.2__a.sql", "", "V1.2__a.sql", "1.2", "__a", false, false },
	{ "R__views.sql", "", "R__views.sql", "", "R__views", false, false },
	{ "V2_of_it.sql", "", "V2_of_it.sql", "", "V2_of_it", false, false },
	{ "m/1.4.2.sql", "m", "1.4.2.sql", "1.4.2", "", false, true },
	{ "m/20260131_x.sql", "m", "20260131_x.sql", "20260131", "_x", true,
	  false },
	{ "m/2026-01-31-x.sql", "m", "2026-01-31-x.sql", "2026-01-31", "-x",
	  true, false },
	{ "m/001_2fa.sql", "m", "001_2fa.sql", "001", "_2fa", false, false },
	{ "m/2fa.sql", "m", "2fa.sql", "", "2fa", false, false },
	{ "m/007_x_rollback.sql", "m", "007_x_rollback.sql", "007", "_x", false,
	  false },
	{ "m/001_setup.sql", "m", "001_setup.sql", "001", "_setup", false,
	  false },
	{ "up.sql", "", "up.sql", "", "up", false, false },
	{ "", "", "", "", "", false, false },
};

static void want(const char *path, const char *what, struct str got,
		 const char *wanted)
{
	if (!str_eq(got, str_of(wanted)))
		ck_abort_msg("%s: %s is \"" STR_FMT "\", not \"%s\"", path,
			     what, STR_ARG(got), wanted);
}

START_TEST(every_path)
{
	const struct sample *s = &samples[_i];
	const struct version v = version_of(str_of(s->path), false);

	want(s->path, "dir", v.dir, s->dir);
	want(s->path, "name", v.name, s->name);
	want(s->path, "number", v.number, s->number);
	want(s->path, "stem", v.stem, s->stem);
	ck_assert_msg(v.day == s->day, "%s: day", s->path);
	ck_assert_msg(v.dotted == s->dotted, "%s: dotted", s->path);
}
END_TEST

START_TEST(a_folder_that_is_named)
{
	const struct version v =
		version_of(STR("p/migrations/20260101120000_a/x.sql"), true);

	want("folder", "dir", v.dir, "p/migrations");
	want("folder", "name", v.name, "20260101120000_a");
}
END_TEST

static int compare(const char *a, const char *b)
{
	const struct version x = version_of(str_of(a), false);
	const struct version y = version_of(str_of(b), false);
	const int c = version_cmp(&x, &y);

	ck_assert_int_eq(c<0, version_cmp(&y, &x)> 0);
	return (c > 0) - (c < 0);
}

START_TEST(numbers_by_value)
{
	ck_assert_int_eq(compare("2_a.sql", "10_a.sql"), -1);
	ck_assert_int_eq(compare("002_a.sql", "2_b.sql"), 0);
	ck_assert_int_eq(compare("V2__b.sql", "V2_1__a.sql"), -1);
	ck_assert_int_eq(compare("V1.0__b.sql", "V1__a.sql"), 0);
	ck_assert_int_eq(compare("V1_10__b.sql", "V1_9__a.sql"), 1);
	ck_assert_int_eq(compare("99999999999999999999_a.sql",
				 "100000000000000000000_a.sql"),
			 -1);
}
END_TEST

static bool same_unit(const char *a, const char *b)
{
	const struct version x = version_of(str_of(a), false);
	const struct version y = version_of(str_of(b), false);

	return version_same_unit(&x, &y);
}

START_TEST(both_ways_and_dialects_are_one)
{
	ck_assert(same_unit("1_a.up.sql", "1_a.down.sql"));
	ck_assert(same_unit("1_a_up.sql", "1_a_down.sql"));
	ck_assert(same_unit("1_a.sql.postgres", "1_a.sql.sqlite"));
	ck_assert(same_unit("m/1_a/up.sql", "m/1_a/down.sql"));
	ck_assert(!same_unit("1_a.sql", "1_b.sql"));
	ck_assert(!same_unit("1_a.sql", "2_a.sql"));
	ck_assert(!same_unit("x/1_a.sql", "y/1_a.sql"));
	ck_assert(!same_unit("a.sql", "a.sql"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("version");
	TCase *tc = tcase_create("version");
	SRunner *runner = srunner_create(s);

	tcase_add_loop_test(tc, every_path, 0,
			    (int)(sizeof(samples) / sizeof(*samples)));
	tcase_add_test(tc, a_folder_that_is_named);
	tcase_add_test(tc, numbers_by_value);
	tcase_add_test(tc, both_ways_and_dialects_are_one);
	suite_add_tcase(s, tc);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
