#include <check.h>
#include <stdlib.h>

#include "builtin_frameworks.h"
#include "builtin_rules.h"
#include "config.h"
#include "err.h"
#include "policy_loosened.h"

/* Two configurations, and what the second lets pass; NULL: nothing. */
static const struct {
	const char *old, *now, *reason;
} samples[] = {
	{ "", "", NULL },
	{ "", "rules: { drop-table: restricted }",
	  "The level of drop-table goes from dangerous to restricted" },
	{ "rules: { drop-view: dangerous }", "",
	  "The level of drop-view goes from dangerous to caution" },
	{ "", "rules: { drop-table: dangerous, drop-view: restricted }", NULL },
	/* its level is caution, but restricted where the runner refuses */
	{ "", "rules: { migration-edited: caution }",
	  "The level of migration-edited goes from restricted to caution" },
	{ "strict: true", "", "Strict is no longer set" },
	{ "", "strict: true", NULL },
	{ "", "allow: [{ path: a, rule: drop-table, reason: r }]",
	  "Allow lets drop-table pass in a" },
	{ "allow: [{ path: a, rule: '*', reason: r }]",
	  "allow: [{ path: a, rule: drop-table, reason: r }]", NULL },
	{ "allow: [{ path: a, rule: drop-table, reason: r }]",
	  "allow: [{ path: a, rule: '*', reason: r }]",
	  "Allow lets every rule pass in a" },
	{ "allow: [{ path: a, rule: drop-table, reason: r }]",
	  "allow: [{ path: a, rule: drop-table, reason: better }]", NULL },
	{ "", "overrides: { dangerous: [override] }",
	  "An override of what is dangerous no longer needs a rollback plan" },
	{ "overrides: { restricted: [override, backup] }", "",
	  "An override of what is restricted no longer needs a backup" },
	{ "", "overrides: { dangerous: [override, rollback-plan, backup] }",
	  NULL },
	{ "overrides: { approvers: [ada] }",
	  "overrides: { approvers: [ada, bob] }", "bob may approve" },
	{ "overrides: { approvers: [ada] }", "", "Anybody may approve" },
	{ "", "overrides: { approvers: [ada] }", NULL },
	{ "", "overrides: { annotations: [yolo] }",
	  "@yolo counts as an override" },
	{ "strict: true", "rules: { drop-table: off }",
	  "The level of drop-table goes from dangerous to off; Strict is no "
	  "longer set" },
};

static struct policy policy_from(const char *text, struct arena *a)
{
	struct config config;
	struct err err;

	if (config_load(&config, "test", str_of(text), &builtin_rules,
			&builtin_frameworks, a, &err) < 0)
		ck_abort_msg("%s", err.text);
	return config.policy;
}

START_TEST(every_change)
{
	struct arena a = { 0 };
	const struct policy old = policy_from(samples[_i].old, &a);
	const struct policy now = policy_from(samples[_i].now, &a);

	ck_assert_pstr_eq(policy_loosened(&old, &now, &builtin_rules, &a),
			  samples[_i].reason);
	arena_free(&a);
}
END_TEST

START_TEST(no_more_than_five_are_told)
{
	struct arena a = { 0 };
	const struct policy old = policy_from("", &a);
	const struct policy now = policy_from(
		"overrides: { annotations: [a, b, c, d, e, f, g] }", &a);

	ck_assert_str_eq(policy_loosened(&old, &now, &builtin_rules, &a),
			 "@a counts as an override; @b counts as an override; "
			 "@c counts as an override; @d counts as an override; "
			 "@e counts as an override; and 2 more");
	arena_free(&a);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("policy_loosened");
	TCase *tc = tcase_create("policy_loosened");
	SRunner *runner = srunner_create(s);

	tcase_add_loop_test(tc, every_change, 0,
			    (int)(sizeof(samples) / sizeof(*samples)));
	tcase_add_test(tc, no_more_than_five_are_told);
	suite_add_tcase(s, tc);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
