#include <check.h>
#include <jansson.h>
#include <stdlib.h>

#include "export.h"
#include "strbuf.h"
#include "utf8.h"

/*
 * Every case below in every format, compared byte by byte with
 * tests/report/CASE.FORMAT. UPDATE=1 writes the files anew; the change is
 * then reviewed like any other. A new case is a function and a row.
 */

/* No output of any format may hold this: it stands wherever a file may have
 * a secret. */
#define SECRET "hunter2"

struct run {
	struct arena arena;
	struct outcome outcome;
	struct report_style style;
};

static const struct rule drop_column = {
	.id = "drop-column",
	.level = LEVEL_DANGEROUS,
	.title = "drops column {column} of {table}",
	.why = "Every value in {table}.{column} is gone the moment this runs, "
	       "and code that\nstill reads it fails.\n",
	.instead = "1. Release code that no longer reads or writes {column} "
		   "(an ORM must be told\n   to ignore it).\n"
		   "2. Drop it in a later release, with a backup.\n"
		   "If the values move to another column: add that one,\n"
		   "copy the values, and drop {column} last.\n",
};

static const struct rule drop_index = {
	.id = "drop-index",
	.level = LEVEL_RESTRICTED,
	.title = "drops index {index}",
	.why = "Queries that need {index} scan the whole table from now on.",
	.instead = "Show that nothing uses it (pg_stat_user_indexes).",
};

static const struct rule add_unique = {
	.id = "add-unique",
	.level = LEVEL_CAUTION,
	.title = "adds a unique constraint to {table}, which fails on "
		 "duplicates",
	.why = "The migration stops half-way where two rows are equal.",
	.instead = "Look for duplicates first, and say what becomes of them.",
};

static const struct rule forbidden_command = {
	.id = "forbidden-command",
	.level = LEVEL_DANGEROUS,
	.on = ON_COMMAND,
	.title = "{command} empties the database",
	.why = "It drops every table and makes them again, empty.",
	.instead = "Use prisma migrate deploy.",
};

static const struct rule sqlite_in_production = {
	.id = "sqlite-in-production",
	.level = LEVEL_DANGEROUS,
	.on = ON_SETTING,
	.title = "{key} names a SQLite file in production",
	.why = "The file is gone with the container it lies in.",
	.instead = "Name a database server, or mount a volume.",
};

static const struct rule migration_edited = {
	.id = "migration-edited",
	.level = LEVEL_RESTRICTED,
	.on = ON_FILE,
	.title = "changes a migration that other databases have run",
	.why = "They keep what they have; new ones get something else.",
	.instead = "Undo the change and write a new migration.",
};

static const struct rule unread = {
	.id = "unread-file",
	.level = LEVEL_RESTRICTED,
	.on = ON_FILE,
	.title = "cannot be read: binary",
	.why = "What cannot be read cannot be called safe.",
	.instead = "Store it as text.",
};

static struct source *file(struct run *r, const char *path, const char *text)
{
	struct source *s = arena_new(&r->arena, struct source);

	*s = (struct source){ .path = path, .text = str_of(text) };
	return s;
}

static struct str place(const struct source *src, const char *words)
{
	const size_t at = str_find(src->text, str_of(words));

	ck_assert_msg(at != SIZE_MAX, "%s is not in %s", words, src->path);
	return (struct str){ src->text.ptr + at, strlen(words) };
}

static struct span span_of(const struct source *src, const char *words)
{
	const struct str s = place(src, words);

	return (struct span){ (uint32_t)(s.ptr - src->text.ptr),
			      (uint32_t)s.len };
}

/* Fills one {name} of a text, as the judge does. */
static const char *filled(struct arena *a, const char *text, const char *name,
			  const char *value)
{
	const struct str mark = str_of(arena_format(a, "{%s}", name));
	struct str rest = str_of(text);
	struct strbuf b = STRBUF(a);

	for (size_t at; (at = str_find(rest, mark)) != SIZE_MAX;) {
		strbuf_add(&b, str_slice(rest, 0, at));
		strbuf_puts(&b, value);
		rest = str_slice(rest, at + mark.len, rest.len);
	}
	strbuf_add(&b, rest);
	return strbuf_cstr(&b);
}

/* A blocked finding at `words`, NULL for the whole file. */
static struct finding *found(struct run *r, const struct rule *rule,
			     struct source *src, const char *words)
{
	struct findings *list = &r->outcome.findings;
	struct finding f = {
		.rule = rule,
		.level = rule->level,
		.status = STATUS_BLOCKED,
		.source = src,
		.title = rule->title,
		.why = rule->why,
		.instead = rule->instead,
	};

	if (words)
		f.span = span_of(src, words);
	if (words && rule->on != ON_SETTING)
		f.form = str_copy(&r->arena, place(src, words));
	snprintf(f.fingerprint, sizeof(f.fingerprint), "%016zx",
		 list->count + 1);
	vec_push(list, &r->arena, f);
	r->outcome.blocked = true;
	return vec_last(list);
}

static void capture(struct run *r, struct finding *f, const char *name,
		    const char *value)
{
	vec_push(&f->captures, &r->arena,
		 (struct capture){ name, str_of(value) });
	f->title = filled(&r->arena, f->title, name, value);
	f->why = filled(&r->arena, f->why, name, value);
	f->instead = filled(&r->arena, f->instead, name, value);
}

static void drops_column(struct run *r, struct source *src, const char *words,
			 const char *column)
{
	struct finding *f = found(r, &drop_column, src, words);

	capture(r, f, "column", column);
	capture(r, f, "table", "users");
	f->whole = span_of(src, "ALTER TABLE \"users\"");
}

static void case_blocked(struct run *r)
{
	struct source *sql = file(
		r, "prisma/migrations/20240301101500_drop_email/migration.sql",
		"-- email and phone moved to contacts\n"
		"ALTER TABLE \"users\"\n"
		"\tDROP COLUMN \"email\",\n"
		"\tDROP COLUMN \"phone\";\n"
		"\n"
		"DROP INDEX \"users_name_idx\";\n");
	struct source *ruby = file(r, "db/migrate/20240301_trim.rb",
				   "class Trim < ActiveRecord::Migration[7.1]\n"
				   "  def change\n"
				   "    execute <<~SQL\n"
				   "      DROP INDEX users_name_idx\n"
				   "    SQL\n"
				   "  end\n"
				   "end\n");
	struct finding *f;

	r->outcome.files = 2;
	r->outcome.statements = 4;
	r->style.command = "pre-commit";
	f = found(r, &drop_index, ruby, "DROP INDEX users_name_idx");
	f->whole = span_of(ruby, "execute <<~SQL");
	capture(r, f, "index", "users_name_idx");
	drops_column(r, sql, "DROP COLUMN \"email\"", "email");
	drops_column(r, sql, "DROP COLUMN \"phone\"", "phone");
	f = found(r, &drop_index, sql, "DROP INDEX \"users_name_idx\"");
	capture(r, f, "index", "users_name_idx");
	f = found(r, &migration_edited, sql, NULL);
	f->override.annotation = "@override-destructive";
	f->note = "the policy wants an approver who is not the author";
}

static void case_passed(struct run *r)
{
	struct source *sql =
		file(r, "db/V7__contacts.sql",
		     "-- @override-destructive\n"
		     "-- @rollback-plan: restore the dump of 1 May\n"
		     "ALTER TABLE \"users\" DROP COLUMN \"email\";\n"
		     "ALTER TABLE contacts ADD UNIQUE (email);\n"
		     "ALTER TABLE people ADD UNIQUE (email);\n");
	struct finding *f;

	r->outcome.files = 3;
	r->outcome.statements = 3;
	r->style.command = "pre-push";
	r->style.verbose = true;
	drops_column(r, sql, "DROP COLUMN \"email\"", "email");
	f = vec_last(&r->outcome.findings);
	f->status = STATUS_OVERRIDDEN;
	f->commit = "4f2a9c1e03b7d5f6a8c9e0d1b2a3f4e5d6c7b8a9";
	f->override = (struct override_used){
		.annotation = "@override-destructive",
		.rollback_plan = "restore the dump of 1 May",
		.approved_by = "ana",
	};
	f = found(r, &add_unique, sql,
		  "ALTER TABLE contacts ADD UNIQUE (email)");
	f->status = STATUS_NOTED;
	capture(r, f, "table", "contacts");
	f = found(r, &add_unique, sql, "ALTER TABLE people ADD UNIQUE (email)");
	f->status = STATUS_NOTED;
	capture(r, f, "table", "people");
	vec_push(&r->outcome.unread, &r->arena,
		 (struct unread_file){ "db/dump.sql", "binary" });
	r->outcome.blocked = false;
}

static void case_settings(struct run *r)
{
	struct source *env = file(r, ".env.production",
				  "# was " SECRET "\n"
				  "DATABASE_URL=file:./" SECRET ".db\n");
	struct source *json =
		file(r, "package.json",
		     "{\n"
		     "  \"scripts\": {\n"
		     "    \"reset\": \"PGPASSWORD=" SECRET " DATABASE_URL="
		     "postgres://u:" SECRET
		     "@db/app prisma migrate reset --force "
		     "--password " SECRET "\"\n"
		     "  }\n"
		     "}\n");
	struct source *sh =
		file(r, "bin/release",
		     "#!/bin/sh\n"
		     "\tmysql -u root -p" SECRET " -e 'DROP DATABASE app'\n");
	struct source *xml = file(r, "liquibase/changes.xml",
				  "<dropColumn tableName=\"users\"/>\n");
	struct source *dump = file(r, "db/app.sqlite", "");
	struct finding *f;

	r->style.command = "pre-merge-commit";
	f = found(r, &sqlite_in_production, env,
		  "DATABASE_URL=file:./" SECRET ".db");
	f->form = STR("DATABASE_URL = a SQLite file");
	capture(r, f, "key", "DATABASE_URL");
	capture(r, f, "value", "file:./" SECRET ".db");
	f->rule = &sqlite_in_production;
	f = found(r, &unread, env, "# was " SECRET);
	f->form = STR("");
	f = found(r, &forbidden_command, sh,
		  "mysql -u root -p" SECRET " -e 'DROP DATABASE app'");
	capture(r, f, "command", "mysql -u root -p" SECRET);
	found(r, &unread, dump, NULL);
	vec_push(&r->outcome.unread, &r->arena,
		 (struct unread_file){ "db/app.sqlite", "binary" });
	f = found(r, &drop_index, xml, "<dropColumn tableName=\"users\"/>");
	capture(r, f, "index", "users");
	f = found(r, &forbidden_command, json,
		  "PGPASSWORD=" SECRET " DATABASE_URL=postgres://u:" SECRET
		  "@db/app prisma migrate reset --force --password " SECRET);
	capture(r, f, "command", "prisma migrate reset");
	f->override = (struct override_used){
		.annotation = "allow:",
		.reason = "a demo",
	};
	f->note = "the override has no rollback plan";
}

/* Bytes that a terminal, JSON, XML or a workflow command would act on. */
static void case_hostile(struct run *r)
{
	struct source *wide = file(r, "db/\xE8\xA1\xA8\x1b[31m,:%.sql",
				   "\t/* \xE5\x90\x8D\xE5\x89\x8D\x1b]0;x\x07 "
				   "\xFF */\tALTER TABLE \"users\"\t"
				   "DROP COLUMN \"e\xCC\x81"
				   "a\";\r\n");
	struct source *lines = file(r, "db/many.sql",
				    "DELETE FROM users\nWHERE a\n\n  OR b\n"
				    "  OR c\n  OR d\n  OR e\n  OR f\n"
				    "  OR\tg;");
	struct strbuf b = STRBUF(&r->arena);
	struct finding *f;

	r->style.command = "pre-receive";
	r->style.width = 60;
	for (int i = 0; i < 3000; i++)
		strbuf_printf(&b, "INSERT INTO t VALUES (%d); ", i);
	strbuf_puts(&b, "ALTER TABLE \"users\" DROP COLUMN \"far\"; ");
	for (int i = 0; i < 3000; i++)
		strbuf_printf(&b, "INSERT INTO t VALUES (%d); ", i);
	f = found(r, &drop_column, wide,
		  "DROP COLUMN \"e\xCC\x81"
		  "a\"");
	capture(r, f, "column", "e\x1b[0m]]>&\xE2\x80\xAE\xC0\"<\n::error::a");
	capture(r, f, "table", "users");
	f = found(r, &drop_index, lines,
		  "DELETE FROM users\nWHERE a\n\n  OR b\n  OR c\n  OR d\n"
		  "  OR e\n  OR f\n  OR\tg");
	capture(r, f, "index", "a");
	drops_column(r, file(r, "db/long.sql", strbuf_cstr(&b)),
		     "DROP COLUMN \"far\"", "far");
	vec_push(&r->outcome.unread, &r->arena,
		 (struct unread_file){ "a\x1b"
				       "b\xFF",
				       "it\x07 is \xFF" });
}

static void case_empty(struct run *r)
{
	r->style.command = "pre-commit";
}

static void case_verbose(struct run *r)
{
	case_empty(r);
	r->style.verbose = true;
	r->outcome.files = 12;
	r->outcome.statements = 40;
	r->outcome.settings = 1;
}

/* What a terminal gets that shows colours and links. */
static void case_colour(struct run *r)
{
	case_blocked(r);
	r->outcome.findings.count = 2;
	r->style.colour = true;
	r->style.links = true;
	r->style.root = "/home/ana/my app/";
}

static const struct {
	const char *name;
	void (*make)(struct run *r);
} cases[] = {
	{ "blocked", case_blocked },   { "passed", case_passed },
	{ "settings", case_settings }, { "hostile", case_hostile },
	{ "empty", case_empty },       { "verbose", case_verbose },
	{ "colour", case_colour },
};

static const char *const formats[] = { "text",	 "json",   "sarif",
				       "github", "gitlab", "junit" };

/* The output of one case in one format; all of it lies in the run. */
static struct str output_of(struct run *r, size_t which, const char *format)
{
	const struct reporter *reporter = reporter_named(format);
	char *bytes = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&bytes, &len);

	ck_assert_ptr_nonnull(out);
	ck_assert_ptr_nonnull(reporter);
	*r = (struct run){ .style.width = 80 };
	cases[which].make(r);
	reporter->print(&r->outcome, &r->style, &r->arena, out);
	fclose(out);
	const struct str copy = { arena_copy(&r->arena, bytes, len), len };

	free(bytes);
	return copy;
}

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

START_TEST(json_has_one_entry_for_each_finding)
{
	struct run r;
	json_t *root = parsed(&r, (size_t)_i, "json");

	ck_assert_int_eq(json_integer_value(at(root, "version")), 1);
	ck_assert_str_eq(json_string_value(at(root, "verdict")),
			 r.outcome.blocked ? "blocked" : "clean");
	ck_assert_uint_eq(json_array_size(at(root, "findings")),
			  r.outcome.findings.count);
	ck_assert_uint_eq(json_array_size(at(root, "unread")),
			  r.outcome.unread.count);
	ck_assert_int_eq(json_integer_value(at(root, "read.statements")),
			 (json_int_t)r.outcome.statements);
	json_decref(root);
	arena_free(&r.arena);
}
END_TEST

static void sarif_result_is_complete(json_t *root, json_t *result)
{
	json_t *rules = at(root, "runs.0.tool.driver.rules");
	const json_int_t index = json_integer_value(at(result, "ruleIndex"));
	json_t *rule = json_array_get(rules, (size_t)index);

	ck_assert_str_eq(json_string_value(at(rule, "id")),
			 json_string_value(at(result, "ruleId")));
	ck_assert(json_is_string(at(rule, "shortDescription.text")));
	ck_assert(json_is_string(at(rule, "fullDescription.text")));
	ck_assert(json_is_string(at(rule, "help.text")));
	ck_assert(json_is_string(at(result, "message.text")));
	ck_assert(json_is_string(
		at(result, "partialFingerprints.primaryLocationLineHash")));
	ck_assert_int_ge(
		json_integer_value(
			at(result,
			   "locations.0.physicalLocation.region.startLine")),
		1);
	ck_assert(json_is_string(at(
		result, "locations.0.physicalLocation.artifactLocation.uri")));
}

START_TEST(sarif_has_what_the_standard_requires)
{
	struct run r;
	json_t *root = parsed(&r, (size_t)_i, "sarif");
	json_t *results = at(root, "runs.0.results");

	ck_assert_str_eq(json_string_value(at(root, "version")), "2.1.0");
	ck_assert_str_eq(json_string_value(at(root, "runs.0.tool.driver.name")),
			 "holdfast");
	ck_assert_uint_eq(json_array_size(results), r.outcome.findings.count);
	for (size_t i = 0; i < json_array_size(results); i++)
		sarif_result_is_complete(root, json_array_get(results, i));
	json_decref(root);
	arena_free(&r.arena);
}
END_TEST

START_TEST(a_fingerprint_is_unique_in_its_report)
{
	struct run r = { 0 };
	struct source *sql =
		file(&r, "a.sql", "DROP INDEX i;\nDROP INDEX i;\n");
	char *bytes = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&bytes, &len);
	json_t *root;

	for (int i = 0; i < 3; i++)
		strcpy(found(&r, &drop_index, sql, "DROP INDEX i")->fingerprint,
		       "0123456789abcdef");
	reporter_named("gitlab")->print(&r.outcome, &r.style, &r.arena, out);
	fclose(out);
	root = json_loadb(bytes, len, 0, NULL);
	ck_assert_str_eq(json_string_value(at(root, "0.fingerprint")),
			 "0123456789abcdef");
	ck_assert_str_eq(json_string_value(at(root, "1.fingerprint")),
			 "0123456789abcdef-2");
	ck_assert_str_eq(json_string_value(at(root, "2.fingerprint")),
			 "0123456789abcdef-3");
	json_decref(root);
	free(bytes);
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
	tcase_add_loop_test(tc, json_has_one_entry_for_each_finding, 0,
			    (int)ARRAY_LEN(cases));
	tcase_add_loop_test(tc, sarif_has_what_the_standard_requires, 0,
			    (int)ARRAY_LEN(cases));
	tcase_add_test(tc, a_fingerprint_is_unique_in_its_report);
	tcase_add_test(tc, every_format_has_a_name_and_a_test);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_ENV);
	const int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
