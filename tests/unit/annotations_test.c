/* lib/judge/annotation.c: what comments allow, where, and what is missing. */
#include "annotation.h"
#include "judged.h"
#include "suite.h"

#define OVERRIDE "-- @override-destructive\n"
#define PLAN "-- @rollback-plan: restore t from the backup\n"

/* A file and its findings. */
static const struct {
	const char *text, *findings;
} rows[] = {
	/* without any */
	{ "DROP TABLE t;", "drop-table blocked@1" },
	{ "DROP INDEX i;", "drop-index blocked@1" },
	/* what a level needs */
	{ OVERRIDE "DROP INDEX i;", "drop-index overridden@2" },
	{ OVERRIDE "DROP TABLE t;", "drop-table blocked@2" },
	{ PLAN "DROP TABLE t;", "drop-table blocked@2" },
	{ OVERRIDE PLAN "DROP TABLE t;", "drop-table overridden@3" },
	{ PLAN OVERRIDE "DROP TABLE t;", "drop-table overridden@3" },
	/* every name of it */
	{ "-- @migration-override\n" PLAN "DROP TABLE t;",
	  "drop-table overridden@3" },
	{ "-- @allow-destructive: nobody reads it\n" PLAN "DROP TABLE t;",
	  "drop-table overridden@3" },
	/* one rule only */
	{ "-- @allow drop-index: replaced in 0042\nDROP INDEX i;",
	  "drop-index overridden@2" },
	{ "-- @allow drop-table: nobody reads it\n" PLAN "DROP TABLE t;",
	  "drop-table overridden@3" },
	{ "-- @allow drop-table: nobody reads it\nDROP TABLE t;",
	  "drop-table blocked@2" },
	{ "-- @allow drop-table: nobody reads it\nDROP INDEX i;",
	  "unused-override noted@1, drop-index blocked@2" },
	/* a caution has been seen where its rule is named, no more */
	{ "-- @allow drop-not-null: optional from now on\n"
	  "ALTER TABLE t ALTER a DROP NOT NULL;",
	  "drop-not-null overridden@2" },
	{ OVERRIDE "ALTER TABLE t ALTER a DROP NOT NULL;",
	  "unused-override noted@1, drop-not-null noted@2" },
	/* scope: a statement */
	{ OVERRIDE "DROP INDEX i;\nDROP INDEX j;",
	  "drop-index overridden@2, drop-index blocked@3" },
	{ OVERRIDE "DROP INDEX i,\n  j;",
	  "drop-index overridden@2, drop-index overridden@3" },
	{ "DROP INDEX i; " OVERRIDE, "drop-index overridden@1" },
	{ "DROP INDEX i; " OVERRIDE "DROP INDEX j;",
	  "drop-index overridden@1, drop-index blocked@2" },
	{ "DROP INDEX\n  i; " OVERRIDE, "drop-index overridden@1" },
	{ "DROP INDEX\n" OVERRIDE "  i;\nDROP INDEX j;",
	  "drop-index overridden@1, drop-index blocked@4" },
	{ "ALTER TABLE t ADD a int;\n" OVERRIDE "DROP INDEX i;",
	  "drop-index overridden@3" },
	{ "DROP INDEX i;\n" OVERRIDE "DROP INDEX j;",
	  "drop-index blocked@1, drop-index overridden@3" },
	{ "/* @override-destructive */ DROP INDEX i;\nDROP INDEX j;",
	  "drop-index overridden@1, drop-index blocked@2" },
	{ "/*\n * @override-destructive\n * @rollback-plan: restore it\n */\n"
	  "DROP TABLE t;",
	  "drop-table overridden@5" },
	/* … a block */
	{ OVERRIDE "BEGIN;\nDROP INDEX i;\nDROP INDEX j;\nCOMMIT;\n"
		   "DROP INDEX k;",
	  "drop-index overridden@3, drop-index overridden@4, "
	  "drop-index blocked@6" },
	{ OVERRIDE "DO $$ BEGIN\nDROP INDEX i;\nDROP INDEX j;\nEND $$;\n"
		   "DROP INDEX k;",
	  "drop-index overridden@3, drop-index overridden@4, "
	  "drop-index blocked@6" },
	{ "BEGIN;\n" OVERRIDE "DROP INDEX i;\nDROP INDEX j;\nCOMMIT;",
	  "drop-index overridden@3, drop-index blocked@4" },
	/* … the file */
	{ OVERRIDE "\nDROP INDEX i;\nDROP INDEX j;",
	  "drop-index overridden@3, drop-index overridden@4" },
	{ OVERRIDE PLAN "\n\nDROP TABLE t;\nDROP TABLE u;",
	  "drop-table overridden@5, drop-table overridden@6" },
	{ "-- The story of this migration.\n" OVERRIDE "\nDROP INDEX i;",
	  "drop-index overridden@4" },
	{ "DROP INDEX i;\n" OVERRIDE, "drop-index overridden@1" },
	/* a plan for the file, an override for each */
	{ PLAN "\n" OVERRIDE "DROP TABLE t;\nDROP TABLE u;",
	  "drop-table overridden@4, drop-table blocked@5" },
	/* plans */
	{ OVERRIDE "-- @rollback-plan: restore it\n--   from the backup of "
		   "noon\nDROP TABLE t;",
	  "drop-table overridden@4" },
	{ OVERRIDE "-- @rollback-plan:\n--   from the backup\nDROP TABLE t;",
	  "drop-table overridden@4" },
	{ OVERRIDE "-- @rollback-plan: TODO\nDROP TABLE t;",
	  "drop-table blocked@3" },
	{ OVERRIDE "-- @rollback-plan\nDROP TABLE t;", "drop-table blocked@3" },
	/* malformed and unused */
	{ "-- @override-destructve\nDROP INDEX i;",
	  "malformed-override blocked@1, drop-index blocked@2" },
	{ "-- @override_destructive\nDROP INDEX i;",
	  "malformed-override blocked@1, drop-index blocked@2" },
	{ "-- @Override-Destructive\nDROP INDEX i;",
	  "malformed-override blocked@1, drop-index blocked@2" },
	{ "-- @allow drop-idnex: replaced\nDROP INDEX i;",
	  "malformed-override blocked@1, drop-index blocked@2" },
	{ "-- @allow drop-index\nDROP INDEX i;",
	  "malformed-override blocked@1, drop-index blocked@2" },
	{ "-- @allow drop-index: todo\nDROP INDEX i;",
	  "malformed-override blocked@1, drop-index blocked@2" },
	{ "-- @allow *: all\nDROP INDEX i;",
	  "malformed-override blocked@1, drop-index blocked@2" },
	{ "-- @rollback_plan: restore\nSELECT 1;",
	  "malformed-override blocked@1" },
	{ "-- @phase: expnd\nSELECT 1;", "malformed-override blocked@1" },
	{ OVERRIDE "ALTER TABLE t ADD a int;", "unused-override noted@1" },
	{ OVERRIDE "\nALTER TABLE t ADD a int;", "unused-override noted@1" },
	/* not annotations at all */
	{ "-- ask @override-destructive about it\nDROP INDEX i;",
	  "drop-index blocked@2" },
	{ "-- @param x @type y @author joe\nSELECT 1;", "" },
	{ "SELECT '-- @override-destructive';\nDROP INDEX i;",
	  "drop-index blocked@2" },
	{ "-- override-destructive\nDROP INDEX i;", "drop-index blocked@2" },
	/* phases */
	{ "-- @phase: expand\nALTER TABLE t ADD a int;", "" },
	{ "-- @phase: expand\n" OVERRIDE PLAN "DROP TABLE t;",
	  "phase-mismatch overridden@1, drop-table overridden@4" },
	{ "-- @phase: backfill\n\nALTER TABLE t DROP a;",
	  "phase-mismatch blocked@1, drop-column blocked@3" },
	{ "-- @phase: contract\n" OVERRIDE PLAN "DROP TABLE t;",
	  "drop-table overridden@4" },
};

START_TEST(comments_allow_what_they_stand_above)
{
	struct judged j;

	judge_text(&j, rows[_i].text, NULL, NULL);
	const char *got = judged_findings(&j);

	ck_assert_msg(!strcmp(got, rows[_i].findings), "%s\n%s\nis not\n%s",
		      rows[_i].text, got, rows[_i].findings);
	arena_free(&j.arena);
}
END_TEST

/* The first blocked finding of a file. */
static const struct finding *blocked_in(struct judged *j)
{
	vec_each(struct finding, f, &j->outcome.findings)
		if (f->status == STATUS_BLOCKED)
			return f;
	ck_abort_msg("nothing is blocked");
}

static void says(const char *text, unsigned missing, const char *note)
{
	struct judged j;

	judge_text(&j, text, NULL, NULL);
	const struct finding *f = blocked_in(&j);

	ck_assert_uint_eq(f->missing, missing);
	if (note)
		ck_assert_msg(f->note && strstr(f->note, note), "%s: %s", text,
			      f->note ? f->note : "(nothing)");
	else
		ck_assert_msg(!f->note, "%s: %s", text, f->note);
	arena_free(&j.arena);
}

START_TEST(a_blocked_finding_says_what_is_missing)
{
	says("DROP INDEX i;", NEEDS_OVERRIDE, NULL);
	says("DROP TABLE t;", NEEDS_OVERRIDE | NEEDS_PLAN, NULL);
	says(OVERRIDE "DROP TABLE t;", NEEDS_PLAN, "rollback plan");
	says(PLAN "DROP TABLE t;", NEEDS_OVERRIDE, "an override");
	says(OVERRIDE "-- @rollback-plan: n/a\nDROP TABLE t;", NEEDS_PLAN,
	     "says nothing");
	says(OVERRIDE "SELECT 1;\nDROP INDEX i;", NEEDS_OVERRIDE,
	     "does not reach");
}
END_TEST

START_TEST(an_override_leaves_its_words_in_the_finding)
{
	struct judged j;

	judge_text(&j,
		   "-- @override-destructive: nobody reads it\n"
		   "-- @rollback-plan: restore t\n--   by hand\n"
		   "-- @backup: s3://b\n-- @approved-by: lee\nDROP TABLE t;",
		   NULL, NULL);
	const struct override_used *o = &j.outcome.findings.item[0].override;

	ck_assert_str_eq(o->annotation, "@override-destructive");
	ck_assert_str_eq(o->reason, "nobody reads it");
	ck_assert_str_eq(o->rollback_plan, "restore t by hand");
	ck_assert_str_eq(o->backup, "s3://b");
	ck_assert_str_eq(o->approved_by, "lee");
	ck_assert(!j.outcome.blocked);
	arena_free(&j.arena);
}
END_TEST

START_TEST(a_plan_that_says_nothing_is_known)
{
	static const char *const nothings[] = {
		"",    "-",    "--",   "TODO",	 "todo!",   "t.b.d.",
		"n/a", "N/A.", "none", "None.",	 "nothing", "no",
		"...", "x",    "xxx",  "(none)", "<how>",   "FIXME",
		"ok",  "yes",  "null", "later",	 "?",	    "no plan",
	};
	static const char *const plans[] = {
		"restore from the backup",
		"git revert and redeploy",
		"re-run 0041",
		"die Sicherung einspielen",
		"\xe6\x81\xa2\xe5\xa4\x8d\xe5\xa4\x87\xe4\xbb\xbd",
		"none needed: the table was never used in production",
	};

	for (size_t i = 0; i < ARRAY_LEN(nothings); i++)
		ck_assert_msg(plan_says_nothing(str_of(nothings[i])), "%s",
			      nothings[i]);
	for (size_t i = 0; i < ARRAY_LEN(plans); i++)
		ck_assert_msg(!plan_says_nothing(str_of(plans[i])), "%s",
			      plans[i]);
}
END_TEST

START_TEST(a_comment_that_was_there_is_not_told_again)
{
	struct judged j;

	judge_text(&j, OVERRIDE "SELECT 1;\nALTER TABLE t ADD a int;", NULL,
		   OVERRIDE "SELECT 1;\n");
	ck_assert_str_eq(judged_findings(&j), "");
	arena_free(&j.arena);
}
END_TEST

START_TEST(only_what_is_new_in_a_file_is_judged)
{
	struct judged j;

	judge_text(&j, "DROP TABLE a;\nDROP TABLE b;\nDROP TABLE a;", NULL,
		   "drop  table a; -- the first\n");
	ck_assert_str_eq(judged_findings(&j),
			 "drop-table blocked@2, drop-table blocked@3");
	arena_free(&j.arena);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("annotations");

	tcase_add_loop_test(tc, comments_allow_what_they_stand_above, 0,
			    (int)ARRAY_LEN(rows));
	tcase_add_test(tc, a_blocked_finding_says_what_is_missing);
	tcase_add_test(tc, an_override_leaves_its_words_in_the_finding);
	tcase_add_test(tc, a_plan_that_says_nothing_is_known);
	tcase_add_test(tc, a_comment_that_was_there_is_not_told_again);
	tcase_add_test(tc, only_what_is_new_in_a_file_is_judged);
	return suite_status(suite_create("annotations"), tc);
}
