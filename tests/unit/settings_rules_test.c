/*
 * Every example of a rule about settings or commands, judged by the whole
 * pipeline: a bad one is reported by that very rule, a good one is not.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "arena.h"
#include "builtin_rules.h"
#include "err.h"
#include "run.h"

/* An example as a tree: the file, and those beside it. */
struct tree {
	const struct rule *rule;
	const struct rule_example *example;
};

static const char *path_of(const struct tree *t)
{
	if (t->example->path)
		return t->example->path;
	return t->rule->on == ON_COMMAND ? "deploy.sh" : ".env.production";
}

static const char *text_at(const struct tree *t, const char *path)
{
	if (!strcmp(path, path_of(t)))
		return t->example->text;
	for (size_t i = 0; i < t->example->sibling_count; i++)
		if (!strcmp(path, t->example->siblings[i].path))
			return t->example->siblings[i].text;
	return NULL;
}

static const char *read_side(void *payload, struct arena *a,
			     const struct change *c, enum change_side side,
			     struct str *out)
{
	const struct tree *t = payload;

	(void)a;
	*out = str_of(side == SIDE_OLD ? t->example->before
				       : text_at(t, c->path));
	return NULL;
}

static bool snapshot_file(void *payload, struct arena *a, const char *path,
			  struct str *out)
{
	const char *text = text_at(payload, path);

	(void)a;
	*out = str_of(text);
	return text != NULL;
}

static void snapshot_files(void *payload, struct arena *a, const char *dir,
			   struct paths *out)
{
	const struct tree *t = payload;

	*out = (struct paths){ 0 };
	vec_push(out, a, path_of(t));
	for (size_t i = 0; i < t->example->sibling_count; i++)
		if (!strncmp(dir, t->example->siblings[i].path, strlen(dir)))
			vec_push(out, a, t->example->siblings[i].path);
}

static bool snapshot_there(void *payload, const char *path)
{
	return text_at(payload, path) != NULL;
}

static bool fires(struct tree *t)
{
	struct arena a = { 0 };
	struct changes changes = {
		.payload = t,
		.read = read_side,
		.now = { t, snapshot_file, snapshot_files, snapshot_there },
		.has_base = true,
	};
	const struct run_options options = { .command = "check" };
	struct outcome outcome;
	struct err err;
	bool found = false;

	vec_push(&changes.list, &a,
		 (struct change){
			 .path = path_of(t),
			 .status = t->example->before ? CHANGE_MODIFIED
						      : CHANGE_ADDED,
		 });
	ck_assert_int_eq(run_changes(&outcome, &changes, &options, &a, &err),
			 0);
	vec_each(const struct finding, f, &outcome.findings)
		found = found || f->rule == t->rule;
	arena_free(&a);
	return found;
}

static int check_rule(const struct rule *r)
{
	int wrong = 0;

	for (size_t i = 0; i < r->example_count; i++) {
		struct tree t = { r, &r->examples[i] };

		if (fires(&t) == t.example->bad)
			continue;
		fprintf(stderr, "%s:%d: %s example of %s %s\n", r->file,
			t.example->line, t.example->bad ? "bad" : "good",
			r->entry ? r->entry : r->id,
			t.example->bad ? "is not reported" : "is reported");
		wrong++;
	}
	return wrong;
}

START_TEST(every_example_is_judged_as_its_rule_says)
{
	int wrong = 0, rules = 0;

	for (size_t i = 0; i < builtin_rules.count; i++) {
		const struct rule *r = &builtin_rules.item[i];

		if (r->on != ON_SETTING && r->on != ON_COMMAND)
			continue;
		wrong += check_rule(r);
		rules++;
	}
	ck_assert_int_gt(rules, 80);
	ck_assert_int_eq(wrong, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rules on settings and commands");
	TCase *tc = tcase_create("examples");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, every_example_is_judged_as_its_rule_says);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
