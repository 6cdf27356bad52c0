#ifndef UNIT_REPORT_CASES_H
#define UNIT_REPORT_CASES_H

#include <check.h>
#include <stdint.h>
#include <stdlib.h>

#include "export.h"
#include "policy.h"
#include "strbuf.h"

/*
 * The outcomes that the tests of report and export print. A new case is a
 * function and a row of `cases`.
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
		.missing = NEEDS_OVERRIDE,
	};

	if (rule->level == LEVEL_DANGEROUS)
		f.missing |= NEEDS_PLAN;
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
	f->missing = NEEDS_APPROVAL;
	f->note = "what stands there is not enough: an approval is missing";
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
	f = found(r, &forbidden_command,
		  file(r, "package.json", "prisma migrate reset"),
		  "prisma migrate reset");
	f->status = STATUS_OVERRIDDEN;
	f->override = (struct override_used){
		.annotation = "allow:",
		.reason = "a demo that is made anew each night",
	};
	capture(r, f, "command", "prisma migrate reset");
	vec_push(&r->outcome.unread, &r->arena,
		 (struct unread_file){ "db/dump.sql", "binary" });
	r->outcome.blocked = false;
}

/* A literal that begins far out of sight of what stands behind it. */
static const char *long_secret(struct run *r)
{
	struct strbuf b = STRBUF(&r->arena);

	strbuf_puts(&b, "ALTER ROLE app PASSWORD '");
	for (int i = 0; i < 500; i++)
		strbuf_puts(&b, SECRET);
	strbuf_puts(&b, "'; DROP INDEX i;\n");
	return strbuf_cstr(&b);
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
	f = found(r, &drop_index, file(r, "db/roles.sql", long_secret(r)),
		  "DROP INDEX i");
	capture(r, f, "index", "i");
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

/* The outcome of a run in one format; the bytes lie in its arena. */
static struct str printed(struct run *r, const char *format)
{
	const struct reporter *reporter = reporter_named(format);
	char *bytes = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&bytes, &len);

	ck_assert_ptr_nonnull(out);
	ck_assert_ptr_nonnull(reporter);
	reporter->print(&r->outcome, &r->style, &r->arena, out);
	fclose(out);
	const struct str copy = { arena_copy(&r->arena, bytes, len), len };

	free(bytes);
	return copy;
}

static struct str output_of(struct run *r, size_t which, const char *format)
{
	*r = (struct run){ .style.width = 80 };
	cases[which].make(r);
	return printed(r, format);
}

#endif
