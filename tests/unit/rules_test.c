/*
 * Every example of every rule, through the whole engine, as
 * docs/writing-rules.md says; and what else is true of the rules together.
 */
#include "builtin_frameworks.h"
#include "builtin_rules.h"
#include "err.h"
#include "memory_tree.h"
#include "run.h"
#include "strbuf.h"
#include "suite.h"

/* The rule and those it replaces. A rule on files looks at what the others
 * find, so it sees them all. */
static struct rules in_view(const struct rule *r, struct arena *a)
{
	struct rule *item = arena_array(a, struct rule, builtin_rules.count);
	size_t count = 0;

	if (r->on == ON_FILE)
		return builtin_rules;
	for (size_t i = 0; i < builtin_rules.count; i++) {
		const struct rule *one = &builtin_rules.item[i];
		bool wanted = one == r;

		for (size_t n = 0; n < r->replaces_count; n++)
			wanted |= !strcmp(one->id, r->replaces[n]);
		if (wanted)
			item[count++] = *one;
	}
	return (struct rules){ item, count };
}

static enum dialect first_dialect(const struct rule *r)
{
	for (int d = 1; d < DIALECT_COUNT; d++)
		if (r->dialects & 1u << d)
			return (enum dialect)d;
	return DIALECT_POSTGRES;
}

/* What the example is: the file it names, a framework's first migration, else
 * what the rule usually looks at. */
struct as {
	enum dialect dialect;
	const struct framework *framework;
	const char *path;
};

static bool find_as(struct as *out, const struct rule *r,
		    const struct rule_example *e)
{
	static const char *const paths[] = {
		[ON_STATEMENT] = "migrations/0002_example.sql",
		[ON_FILE] = "migrations/0002_example.sql",
		[ON_SETTING] = ".env.production",
		[ON_COMMAND] = "deploy.sh",
	};

	*out = (struct as){ .dialect = first_dialect(r),
			    .path = e->path ? e->path : paths[r->on] };
	if (!e->as || dialect_from_name(&out->dialect, str_of(e->as)))
		return true;
	out->framework = framework_named(&builtin_frameworks, str_of(e->as));
	if (!out->framework)
		return false;
	for (size_t i = 0; i < out->framework->example_count; i++)
		if (!out->framework->examples[i].down) {
			out->path = out->framework->examples[i].path;
			return true;
		}
	return false;
}

/* The path of a migration that runs before that of `path`: its first digit
 * that is not 0 is one less. */
static const char *path_before(const char *path, struct arena *a)
{
	char *before = arena_copy(a, path, strlen(path));
	char *digit = strpbrk(before, "123456789");

	ck_assert_msg(digit != NULL, "%s: no number to go below", path);
	--*digit;
	return before;
}

/* The example among the files beside it. What was there `before` is an earlier
 * migration; of settings and commands, the same file before the change. */
static struct memory_tree files_of(const struct rule *r,
				   const struct rule_example *e,
				   const struct as *as, struct arena *a)
{
	struct memory_file *file =
		arena_array(a, struct memory_file, e->sibling_count + 2);
	const bool migration = r->on == ON_STATEMENT || r->on == ON_FILE;
	size_t count = 1;

	file[0] = (struct memory_file){ .path = as->path,
					.text = str_of(e->text),
					.status = MEMORY_ADDED };
	if (e->before && migration) {
		file[count++] = (struct memory_file){
			.path = path_before(as->path, a),
			.text = str_of(e->before),
		};
	} else if (e->before) {
		file[0].status = MEMORY_MODIFIED;
		file[0].old = str_of(e->before);
	}
	for (size_t i = 0; i < e->sibling_count; i++)
		file[count++] = (struct memory_file){
			.path = e->siblings[i].path,
			.text = str_of(e->siblings[i].text),
		};
	return (struct memory_tree){ file, count };
}

/* Does the rule say something of the example? */
static bool is_reported(const struct rule *r, const struct rule_example *e,
			const struct as *as, struct arena *a)
{
	const struct rules view = in_view(r, a);
	const struct run_options options = {
		.command = "test",
		.dialect = as->dialect,
		.framework = as->framework,
		.rules = &view,
		.strict = true,
	};
	struct memory_tree tree = files_of(r, e, as, a);
	const struct changes changes = memory_changes(&tree, a);
	struct outcome outcome;
	struct err err;

	if (run_changes(&outcome, &changes, &options, a, &err) < 0)
		ck_abort_msg("%s:%d: %s", r->file, e->line, err.text);
	vec_each(struct finding, f, &outcome.findings)
		if (!strcmp(f->rule->id, r->id))
			return true;
	return false;
}

START_TEST(a_rule_reports_its_bad_examples_and_no_good_one)
{
	const struct rule *r = &builtin_rules.item[_i];
	struct arena a = { 0 };
	struct strbuf wrong = STRBUF(&a);

	for (size_t i = 0; i < r->example_count; i++) {
		const struct rule_example *e = &r->examples[i];
		struct as as;

		if (!find_as(&as, r, e))
			strbuf_printf(&wrong,
				      "\n%s:%d: %s is no dialect or framework",
				      r->file, e->line, e->as);
		else if (is_reported(r, e, &as, &a) != e->bad)
			strbuf_printf(&wrong,
				      "\n%s:%d: %s example of %s is %sreported",
				      r->file, e->line, e->bad ? "bad" : "good",
				      r->id, e->bad ? "not " : "");
	}
	if (wrong.len)
		ck_abort_msg("%s", strbuf_cstr(&wrong));
	arena_free(&a);
}
END_TEST

/* The rule of a catalogue comes before its entries. */
static int rule_cmp(const struct rule *a, const struct rule *b)
{
	const int c = strcmp(a->id, b->id);

	if (c)
		return c;
	return strcmp(a->entry ? a->entry : "", b->entry ? b->entry : "");
}

START_TEST(the_rules_are_sorted_by_id)
{
	for (size_t i = 1; i < builtin_rules.count; i++)
		ck_assert_int_lt(rule_cmp(&builtin_rules.item[i - 1],
					  &builtin_rules.item[i]),
				 0);
}
END_TEST

START_TEST(an_entry_belongs_to_a_rule)
{
	const struct rule *r = &builtin_rules.item[_i];
	const struct rule *of = rule_named(&builtin_rules, str_of(r->id));

	ck_assert_msg(of && !of->entry, "%s: there is no rule %s", r->file,
		      r->id);
}
END_TEST

START_TEST(what_a_rule_replaces_is_a_rule)
{
	const struct rule *r = &builtin_rules.item[_i];

	for (size_t i = 0; i < r->replaces_count; i++)
		ck_assert_msg(rule_named(&builtin_rules,
					 str_of(r->replaces[i])) != NULL,
			      "%s replaces %s", r->id, r->replaces[i]);
}
END_TEST

static bool is_among(enum predicate p, const enum predicate *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == p)
			return true;
	return false;
}

static bool asks(const struct rule *r, enum predicate p)
{
	bool found = is_among(p, r->when, r->when_count) ||
		     is_among(p, r->unless, r->unless_count);

	for (size_t i = 0; i < r->level_when_count; i++)
		found |= r->level_when[i].predicate == p;
	for (size_t i = 0; i < r->also_count; i++)
		found |= r->also[i].predicate == p;
	return found;
}

START_TEST(every_predicate_serves_a_rule)
{
	const enum predicate p = (enum predicate)_i;
	bool used = false;

	for (size_t i = 0; i < builtin_rules.count; i++)
		used |= asks(&builtin_rules.item[i], p);
	ck_assert_msg(used, "no rule asks %s", predicate_name(p));
}
END_TEST

/* "{word}" in a text is filled from a group of that name in the regexes, or
 * from what the replay knows. */
static bool is_captured(const struct rule *r, struct str word, struct arena *a)
{
	const char *group = arena_format(a, "(?<" STR_FMT ">", STR_ARG(word));

	if (str_eq(word, STR("columns")) &&
	    asks(r, PREDICATE_rebuild_loses_column))
		return true;

	for (size_t i = 0; i < r->match_count; i++)
		if (strstr(r->match[i].regex, group))
			return true;
	return false;
}

static void every_word_is_captured(const struct rule *r, const char *text)
{
	struct arena a = { 0 };

	while ((text = strchr(text, '{'))) {
		const size_t len =
			strspn(++text, "abcdefghijklmnopqrstuvwxyz_");

		if (len && text[len] == '}' &&
		    !is_captured(r, (struct str){ text, len }, &a))
			ck_abort_msg("%s: nothing captures {%.*s}", r->file,
				     (int)len, text);
	}
	arena_free(&a);
}

START_TEST(every_word_in_braces_is_captured)
{
	const struct rule *r = &builtin_rules.item[_i];

	if (r->on == ON_FILE)
		return;
	every_word_is_captured(r, r->title);
	every_word_is_captured(r, r->why);
	every_word_is_captured(r, r->instead);
	for (size_t i = 0; i < r->also_count; i++)
		every_word_is_captured(r, r->also[i].text);
}
END_TEST

START_TEST(a_title_is_one_short_line_without_a_full_stop)
{
	const struct rule *r = &builtin_rules.item[_i];
	const struct str title = str_of(r->title);

	ck_assert_msg(title.len && title.len <= 80, "%s: %zu bytes", r->file,
		      title.len);
	ck_assert_msg(!strchr(r->title, '\n'), "%s: more lines", r->file);
	ck_assert_msg(title.ptr[title.len - 1] != '.', "%s: full stop",
		      r->file);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("rules");
	const int count = (int)builtin_rules.count;

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, a_rule_reports_its_bad_examples_and_no_good_one,
			    0, count);
	tcase_add_test(tc, the_rules_are_sorted_by_id);
	tcase_add_loop_test(tc, an_entry_belongs_to_a_rule, 0, count);
	tcase_add_loop_test(tc, what_a_rule_replaces_is_a_rule, 0, count);
	tcase_add_loop_test(tc, every_predicate_serves_a_rule, 0,
			    PREDICATE_COUNT);
	tcase_add_loop_test(tc, every_word_in_braces_is_captured, 0, count);
	tcase_add_loop_test(tc, a_title_is_one_short_line_without_a_full_stop,
			    0, count);
	return suite_status(suite_create("rules"), tc);
}
