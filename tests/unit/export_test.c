#include <jansson.h>

#include "report_cases.h"

/* What the readers of JSON formats rely on. */

/* The value at a path of keys and indexes: "runs.0.tool". */
static json_t *at(json_t *value, const char *path)
{
	struct arena a = { 0 };
	char *rest = NULL;
	char *key = strtok_r(arena_copy(&a, path, strlen(path)), ".", &rest);

	for (; key; key = strtok_r(NULL, ".", &rest)) {
		value = is_digit(*key)
				? json_array_get(value, strtoul(key, NULL, 10))
				: json_object_get(value, key);
		ck_assert_msg(value, "%s: no %s", path, key);
	}
	arena_free(&a);
	return value;
}

static json_t *parsed(struct run *r, size_t which, const char *format)
{
	const struct str got = output_of(r, which, format);
	json_error_t err;
	json_t *root = json_loadb(got.ptr, got.len, 0, &err);

	ck_assert_msg(root, "%s.%s: %s", cases[which].name, format, err.text);
	return root;
}

static void text_is(json_t *value, const char *path, const char *want)
{
	ck_assert_str_eq(json_string_value(at(value, path)), want);
}

static void number_is(json_t *value, const char *path, size_t want)
{
	ck_assert_int_eq(json_integer_value(at(value, path)), (json_int_t)want);
}

static void length_is(json_t *value, const char *path, size_t want)
{
	ck_assert_uint_eq(json_array_size(at(value, path)), want);
}

START_TEST(json_has_one_entry_for_each_finding)
{
	struct run r;
	json_t *root = parsed(&r, (size_t)_i, "json");

	number_is(root, "version", 1);
	text_is(root, "verdict", r.outcome.blocked ? "blocked" : "clean");
	length_is(root, "findings", r.outcome.findings.count);
	length_is(root, "unread", r.outcome.unread.count);
	number_is(root, "read.statements", r.outcome.statements);
	json_decref(root);
	arena_free(&r.arena);
}
END_TEST

static void has_texts(json_t *value, const char *const *path, size_t count)
{
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(json_is_string(at(value, path[i])), "%s",
			      path[i]);
}

static void sarif_result_is_complete(json_t *rules, json_t *result)
{
	static const char *const of_rule[] = {
		"shortDescription.text",
		"fullDescription.text",
		"help.text",
		"defaultConfiguration.level",
	};
	static const char *const of_result[] = {
		"message.text",
		"level",
		"partialFingerprints.primaryLocationLineHash",
		"locations.0.physicalLocation.artifactLocation.uri",
	};
	const json_int_t index = json_integer_value(at(result, "ruleIndex"));
	json_t *rule = json_array_get(rules, (size_t)index);

	text_is(rule, "id", json_string_value(at(result, "ruleId")));
	has_texts(rule, of_rule, ARRAY_LEN(of_rule));
	has_texts(result, of_result, ARRAY_LEN(of_result));
	result = at(result, "locations.0.physicalLocation.region.startLine");
	ck_assert_int_ge(json_integer_value(result), 1);
}

START_TEST(sarif_has_what_the_standard_requires)
{
	struct run r;
	json_t *root = parsed(&r, (size_t)_i, "sarif");
	json_t *rules = at(root, "runs.0.tool.driver.rules");
	json_t *results = at(root, "runs.0.results");

	text_is(root, "version", "2.1.0");
	text_is(root, "runs.0.tool.driver.name", "holdfast");
	length_is(root, "runs.0.results", r.outcome.findings.count);
	for (size_t i = 0; i < json_array_size(results); i++)
		sarif_result_is_complete(rules, json_array_get(results, i));
	json_decref(root);
	arena_free(&r.arena);
}
END_TEST

START_TEST(a_fingerprint_is_unique_in_its_report)
{
	struct run r = { 0 };
	struct source *sql = file(&r, "a.sql", "DROP INDEX i;\n");
	struct str out;
	json_t *root;

	for (int i = 0; i < 3; i++)
		memset(found(&r, &drop_index, sql, "DROP INDEX i")->fingerprint,
		       'a', 16);
	out = printed(&r, "gitlab");
	root = json_loadb(out.ptr, out.len, 0, NULL);
	text_is(root, "0.fingerprint", "aaaaaaaaaaaaaaaa");
	text_is(root, "1.fingerprint", "aaaaaaaaaaaaaaaa-2");
	text_is(root, "2.fingerprint", "aaaaaaaaaaaaaaaa-3");
	json_decref(root);
	arena_free(&r.arena);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("export");
	TCase *tc = tcase_create("json");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, json_has_one_entry_for_each_finding, 0,
			    (int)ARRAY_LEN(cases));
	tcase_add_loop_test(tc, sarif_has_what_the_standard_requires, 0,
			    (int)ARRAY_LEN(cases));
	tcase_add_test(tc, a_fingerprint_is_unique_in_its_report);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_ENV);
	const int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
