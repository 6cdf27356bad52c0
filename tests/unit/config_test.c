/* lib/load/config.c: every key of .holdfast.yaml, and every mistake. */
#include "arena.h"
#include "builtin_frameworks.h"
#include "builtin_rules.h"
#include "config.h"
#include "err.h"
#include "judged.h"
#include "suite.h"

static struct arena arena;

static struct config loaded(const char *text)
{
	struct config c;
	struct err err;

	if (config_load(&c, CONFIG_NAME, str_of(text), &builtin_rules,
			&builtin_frameworks, &arena, &err) < 0)
		ck_abort_msg("%s", err.text);
	return c;
}

START_TEST(no_configuration_is_the_default_policy)
{
	static const char *const nothings[] = { "", "\n", "# only words\n",
						"---\n", "{}" };

	for (size_t i = 0; i < ARRAY_LEN(nothings); i++) {
		const struct config c = loaded(nothings[i]);

		ck_assert_uint_eq(c.policy.levels.count, 0);
		ck_assert(!c.policy.strict);
		ck_assert_uint_eq(policy_needs(&c.policy, LEVEL_RESTRICTED),
				  NEEDS_OVERRIDE);
		ck_assert_uint_eq(policy_needs(&c.policy, LEVEL_DANGEROUS),
				  NEEDS_OVERRIDE | NEEDS_PLAN);
		ck_assert_uint_eq(policy_needs(&c.policy, LEVEL_CAUTION), 0);
	}
}
END_TEST

START_TEST(a_rule_has_the_level_that_the_team_gives_it)
{
	const struct config c = loaded("rules:\n"
				       "  drop-index: off\n"
				       "  drop-view: dangerous\n"
				       "  prefer-text: restricted\n");
	const struct rule *drop_index =
		rule_named(&builtin_rules, STR("drop-index"));
	const struct rule *drop_view =
		rule_named(&builtin_rules, STR("drop-view"));
	const struct rule *prefer_text =
		rule_named(&builtin_rules, STR("prefer-text"));
	const struct rule *drop_table =
		rule_named(&builtin_rules, STR("drop-table"));

	ck_assert_int_eq(policy_level(&c.policy, drop_index), LEVEL_OFF);
	ck_assert_int_eq(policy_level(&c.policy, drop_view), LEVEL_DANGEROUS);
	ck_assert_int_eq(policy_level(&c.policy, prefer_text),
			 LEVEL_RESTRICTED);
	ck_assert_int_eq(policy_level(&c.policy, drop_table), LEVEL_DANGEROUS);
}
END_TEST

START_TEST(strict_reports_what_is_off_unless_the_team_put_it_off)
{
	const struct config c = loaded("strict: true\n"
				       "rules: { prefer-jsonb: off }\n");

	ck_assert_int_eq(
		policy_level(&c.policy,
			     rule_named(&builtin_rules, STR("prefer-text"))),
		LEVEL_CAUTION);
	ck_assert_int_eq(
		policy_level(&c.policy,
			     rule_named(&builtin_rules, STR("prefer-jsonb"))),
		LEVEL_OFF);
}
END_TEST

START_TEST(exceptions_and_kinds_are_kept_in_their_order)
{
	const struct config c = loaded(
		"allow:\n"
		"  - { path: 'old/**', rule: '*', reason: before us }\n"
		"  - path: a.sql\n"
		"    rule: drop-index\n"
		"    reason: replaced\n"
		"migrations:\n"
		"  - { path: 'db/**', framework: flyway, dialect: mysql }\n"
		"  - { path: 'x/*.sql', dialect: postgresql }\n"
		"  - path: 'y/*.sql'\n");

	ck_assert_uint_eq(c.policy.allows.count, 2);
	ck_assert_str_eq(c.policy.allows.item[0].path, "old/**");
	ck_assert_str_eq(c.policy.allows.item[0].rule, "*");
	ck_assert_str_eq(c.policy.allows.item[1].reason, "replaced");
	ck_assert_uint_eq(c.kinds.count, 3);
	ck_assert_str_eq(c.kinds.item[0].framework->name, "flyway");
	ck_assert_int_eq(c.kinds.item[0].dialect, DIALECT_MYSQL);
	ck_assert_ptr_null(c.kinds.item[1].framework);
	ck_assert_int_eq(c.kinds.item[1].dialect, DIALECT_POSTGRES);
	ck_assert_int_eq(c.kinds.item[2].dialect, DIALECT_UNKNOWN);
}
END_TEST

START_TEST(overrides_can_be_asked_for_more_and_for_less)
{
	const struct config c =
		loaded("overrides:\n"
		       "  restricted: [override, reason]\n"
		       "  dangerous: [override, rollback-plan, backup, "
		       "approved-by]\n"
		       "  annotations: [dba-approved]\n"
		       "  approvers: [lee, kim]\n");

	ck_assert_uint_eq(policy_needs(&c.policy, LEVEL_RESTRICTED),
			  NEEDS_OVERRIDE | NEEDS_REASON);
	ck_assert_uint_eq(policy_needs(&c.policy, LEVEL_DANGEROUS),
			  NEEDS_OVERRIDE | NEEDS_PLAN | NEEDS_BACKUP |
				  NEEDS_APPROVAL);
	ck_assert_str_eq(c.policy.annotations[0], "dba-approved");
	ck_assert_ptr_null(c.policy.annotations[1]);
	ck_assert_str_eq(c.policy.approvers[1], "kim");
	const struct config less = loaded("overrides: { dangerous: override }");

	ck_assert_uint_eq(policy_needs(&less.policy, LEVEL_DANGEROUS),
			  NEEDS_OVERRIDE);
}
END_TEST

START_TEST(variables_can_be_required_by_name_and_by_preset)
{
	const struct config c = loaded("variables:\n"
				       "  required: [DATABASE_URL, APP_KEY]\n"
				       "  preset: safe-updates\n"
				       "  everywhere: true\n");

	ck_assert_str_eq(c.settings.required[1], "APP_KEY");
	ck_assert_ptr_null(c.settings.required[2]);
	ck_assert_ptr_nonnull(c.settings.preset);
	ck_assert(c.settings.required_everywhere);
}
END_TEST

/* A configuration and what is wrong with it. */
static const struct {
	const char *text, *message;
} mistakes[] = {
	{ "ruels: {}", ":1: unknown key \"ruels\"; did you mean rules?" },
	{ "strict: true\nzzzzzzzzzz: 1", ":2: unknown key \"zzzzzzzzzz\"" },
	{ "- a\n- b", ":1: a mapping is expected" },
	{ "word", ":1: a mapping is expected" },
	{ "strict: yes", ":1: " },
	{ "strict: [true]", ":1: " },
	{ "rules: [drop-index]", ":1: rules is a mapping of rule to level" },
	{ "rules:\n  drop-idnex: off",
	  ":2: unknown rule \"drop-idnex\"; did you mean drop-index?" },
	{ "rules:\n  zzzzzzzzzzzz: off", ":2: unknown rule \"zzzzzzzzzzzz\"" },
	{ "rules:\n  drop-index: of",
	  ":2: unknown level \"of\": it is off, caution, restricted or "
	  "dangerous" },
	{ "rules:\n  drop-index: [off]", ":2: " },
	{ "allow: {}", ":1: allow is a list" },
	{ "allow:\n  - a.sql", ":2: a mapping is expected" },
	{ "allow:\n  - { path: a, rule: '*' }",
	  ":2: an allow entry needs path, rule and reason" },
	{ "allow:\n  - { path: a, rule: '*', reason: '' }",
	  ":2: an allow entry needs path, rule and reason" },
	{ "allow:\n  - { path: a, rule: drop-tabel, reason: r }",
	  ":2: unknown rule \"drop-tabel\"; did you mean drop-table?" },
	{ "allow:\n  - { path: a, rules: '*', reason: r }",
	  ":2: unknown key \"rules\"; did you mean rule?" },
	{ "migrations: a.sql", ":1: migrations is a list" },
	{ "migrations:\n  - { framework: flyway }",
	  ":2: a migrations entry needs path" },
	{ "migrations:\n  - { path: a, framework: flywya }",
	  ":2: unknown framework \"flywya\"; did you mean flyway?" },
	{ "migrations:\n  - { path: a, framework: zzzzzzzz }",
	  ":2: unknown framework \"zzzzzzzz\"" },
	{ "migrations:\n  - { path: a, dialect: oracle }",
	  ":2: unknown dialect \"oracle\": it is postgres, mysql, sqlite, "
	  "sqlserver or clickhouse" },
	{ "migrations:\n  - { pth: a }",
	  ":2: unknown key \"pth\"; did you mean path?" },
	{ "overrides:\n  dangerous: [override, backups]",
	  ":2: unknown need \"backups\": it is override, rollback-plan, "
	  "backup, approved-by or reason" },
	{ "overrides:\n  dangerous: []",
	  ":2: an override must bring something" },
	{ "overrides:\n  dangerus: []",
	  ":2: unknown key \"dangerus\"; did you mean dangerous?" },
	{ "variables:\n  preset: s5",
	  ":2: unknown preset \"s5\": it is safe-updates" },
	{ "variables:\n  everywhere: 1", ":2: " },
	{ "variables:\n  require: [A]",
	  ":2: unknown key \"require\"; did you mean required?" },
	{ "rules: {\n  drop-index", ":3: " },
	{ "a: b\n\tc: d", ":2: " },
	{ "strict: true\nstrict: false", ":2: key \"strict\" is there twice" },
	{ "rules:\n  drop-view: off\n  drop-view: caution",
	  ":3: key \"drop-view\" is there twice" },
};

START_TEST(a_mistake_is_told_with_its_line)
{
	struct config c;
	struct err err = { "" };
	const char *wanted =
		arena_format(&arena, "%s%s", CONFIG_NAME, mistakes[_i].message);

	ck_assert_msg(config_load(&c, CONFIG_NAME, str_of(mistakes[_i].text),
				  &builtin_rules, &builtin_frameworks, &arena,
				  &err) < 0,
		      "%s is taken", mistakes[_i].text);
	ck_assert_msg(!strncmp(err.text, wanted, strlen(wanted)),
		      "%s:\n%s\nis not\n%s", mistakes[_i].text, err.text,
		      wanted);
}
END_TEST

static void is_judged(const char *config, const char *text, const char *wanted)
{
	struct judged j;

	judge_text(&j, text, config, NULL);
	const char *got = judged_findings(&j);

	ck_assert_msg(!strcmp(got, wanted), "%s\n%s\n%s\nis not\n%s", config,
		      text, got, wanted);
	arena_free(&j.arena);
}

START_TEST(the_policy_decides_what_blocks)
{
	is_judged("rules: { drop-index: caution }", "DROP INDEX i;",
		  "drop-index noted@1");
	is_judged("rules: { drop-index: off }", "DROP INDEX i;", "");
	is_judged("allow: [{ path: 'migrations/*', rule: drop-index, reason: "
		  "r }]",
		  "DROP INDEX i;\nDROP TABLE t;",
		  "drop-index overridden@1, drop-table blocked@2");
	is_judged("allow: [{ path: 'm*/**', rule: '*', reason: r }]",
		  "DROP INDEX i;\nDROP TABLE t;",
		  "drop-index overridden@1, drop-table overridden@2");
	is_judged("allow: [{ path: 'other/*', rule: '*', reason: r }]",
		  "DROP INDEX i;", "drop-index blocked@1");
	is_judged("overrides: { annotations: [dba-approved] }",
		  "-- @dba-approved\nDROP INDEX i;", "drop-index overridden@2");
	is_judged("overrides: { annotations: [dba-approved] }",
		  "-- @dba-aproved\nDROP INDEX i;",
		  "malformed-override blocked@1, drop-index blocked@2");
	is_judged("overrides: { restricted: [override, reason] }",
		  "-- @override-destructive\nDROP INDEX i;\n"
		  "-- @override-destructive: replaced\nDROP INDEX j;",
		  "drop-index blocked@2, drop-index overridden@4");
	is_judged("overrides: { restricted: [override, approved-by], "
		  "approvers: [lee] }",
		  "-- @override-destructive\n-- @approved-by: kim\n"
		  "DROP INDEX i;\n-- @override-destructive\n"
		  "-- @approved-by: Lee\nDROP INDEX j;",
		  "drop-index blocked@3, drop-index overridden@6");
	is_judged("overrides: { dangerous: [override, backup] }",
		  "-- @override-destructive\n-- @backup: s3://x\nDROP TABLE t;",
		  "drop-table overridden@3");
	is_judged("ruels: {}", "DROP INDEX i;",
		  CONFIG_NAME ":1: unknown key \"ruels\"; did you mean rules?");
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	TCase *tc = tcase_create("configuration");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_test(tc, no_configuration_is_the_default_policy);
	tcase_add_test(tc, a_rule_has_the_level_that_the_team_gives_it);
	tcase_add_test(tc,
		       strict_reports_what_is_off_unless_the_team_put_it_off);
	tcase_add_test(tc, exceptions_and_kinds_are_kept_in_their_order);
	tcase_add_test(tc, overrides_can_be_asked_for_more_and_for_less);
	tcase_add_test(tc, variables_can_be_required_by_name_and_by_preset);
	tcase_add_loop_test(tc, a_mistake_is_told_with_its_line, 0,
			    (int)ARRAY_LEN(mistakes));
	tcase_add_test(tc, the_policy_decides_what_blocks);
	return suite_status(suite_create("configuration"), tc);
}
