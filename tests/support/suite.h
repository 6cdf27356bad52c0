#ifndef TESTS_SUITE_H
#define TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

#include "compiler.h"
#include "str.h"

/* Runs a suite of one case as CK_VERBOSITY says: main()'s exit status. */
static inline int suite_status(Suite *s, TCase *tc)
{
	SRunner *sr = srunner_create(s);

	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_ENV);
	const int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* The view reads like the C string. */
static inline void str_is(struct str got, const char *wanted)
{
	if (!str_eq(got, str_of(wanted)))
		ck_abort_msg("\"" STR_FMT "\" is not \"%s\"", STR_ARG(got),
			     wanted);
}

#endif
