/*
 * Programs, as far as they hold settings and commands: the objects that
 * configure a database, variables with a default, commands that are run, and
 * what a seed deletes. Works on tokens; what they mean to the language is
 * left to the reader of calls.
 */
#include <stdint.h>

#include "code_walk.h"
#include "compiler.h"
#include "lang.h"
#include "strbuf.h"

static bool is_key(const struct code_token *t)
{
	return t->kind == CODE_WORD || t->kind == CODE_STRING ||
	       t->kind == CODE_SYMBOL;
}

static struct str key_text(const struct code_walk *w, uint32_t i)
{
	const struct code_token *t = walk_token(w, i);

	return t->kind == CODE_STRING || t->kind == CODE_SYMBOL
		       ? code_body(&w->code, i)
		       : code_text(&w->code, i);
}

static bool is_setter(const struct code_walk *w, uint32_t i)
{
	return walk_token(w, i)->kind == CODE_OPERATOR &&
	       (walk_is(w, i, ":") || walk_is(w, i, "=>") ||
		walk_is(w, i, "=") || walk_is(w, i, ":=") ||
		walk_is(w, i, "||="));
}

/* The key that the value at token `i` is set to; CODE_NONE if to none. */
static uint32_t key_of(const struct code_walk *w, uint32_t i)
{
	uint32_t key;

	if (i < 2 || !is_setter(w, i - 1) || !is_key(walk_token(w, i - 2)))
		return CODE_NONE;
	key = i - 2;
	/* name: Type = value */
	if (walk_is(w, i - 1, "=") && key >= 2 && walk_is(w, key - 1, ":") &&
	    is_key(walk_token(w, key - 2)))
		key -= 2;
	return key;
}

/* `a.b.key` as far as it goes back from token `i`. */
static void add_chain(const struct code_walk *w, struct strbuf *b, uint32_t i)
{
	uint32_t start = i;

	while (start >= 2 && walk_token(w, start - 1)->flags & CODE_MEMBER &&
	       walk_token(w, start - 2)->kind == CODE_WORD)
		start -= 2;
	for (; start <= i; start += 2) {
		if (b->len)
			strbuf_byte(b, '.');
		strbuf_add(b, key_text(w, start));
	}
}

static struct str path_of(const struct code_walk *w, uint32_t key)
{
	struct strbuf b = STRBUF(w->c->arena);

	for (size_t i = 0; i < w->levels; i++) {
		if (!w->level[i].label.len)
			continue;
		if (b.len)
			strbuf_byte(&b, '.');
		strbuf_add(&b, w->level[i].label);
	}
	add_chain(w, &b, key);
	return strbuf_str(&b);
}

/* A level that is called production, or env_production. */
static enum environment labelled(const struct code_walk *w)
{
	for (size_t i = w->levels; i--;) {
		const unsigned marks = name_marks(w->level[i].label);

		if (!w->level[i].label.len || w->level[i].label.len > 16)
			continue;
		if (marks & NAME_PRODUCTION)
			return ENV_PRODUCTION;
		if (marks & NAME_TEST)
			return ENV_TEST;
		if (marks & NAME_DEVELOPMENT)
			return ENV_DEVELOPMENT;
		if (marks & NAME_STAGING)
			return ENV_STAGING;
	}
	return ENV_UNKNOWN;
}

static struct span span_of(const struct code_walk *w, uint32_t i)
{
	return (struct span){ walk_token(w, i)->off, walk_token(w, i)->len };
}

/* Settings of the ORM that are no database but decide over one. */
static bool decides(struct str key)
{
	static const struct str names[] = {
		STR_INIT("synchronize"),
		STR_INIT("dropSchema"),
		STR_INIT("dropschema"),
		STR_INIT("allowDrops"),
		STR_INIT("sqlite3_production_warning"),
		STR_INIT("active_storage.service"),
		STR_INIT("DEFAULT_FILE_STORAGE"),
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_ends(key, names[i]))
			return true;
	return false;
}

/* One of a table of connections, which holds where it is chosen:
 * `connections: { mysql: …, sqlite: … }`. */
static bool is_choice(const struct code_walk *w)
{
	for (size_t i = 0; i < w->levels; i++)
		if (str_iends(w->level[i].label, STR("sqlite")) ||
		    str_iends(w->level[i].label, STR("sqlite3")))
			return true;
	return false;
}

/* Is the database that the settings are of one that lives in memory? */
static bool is_in_memory(const struct code_walk *w)
{
	const uint32_t end = w->levels ? w->level[w->levels - 1].end : 0;
	const uint32_t open = end ? walk_token(w, end)->match : 0;

	if (!walk_is(w, end, "}") || open >= end)
		return false;
	for (uint32_t i = open; i < end; i++)
		if (walk_token(w, i)->kind == CODE_STRING &&
		    str_eq(code_body(&w->code, i), STR(":memory:")))
			return true;
	return false;
}

static void add_setting(struct code_walk *w, struct str key, struct str value,
			uint32_t at, uint32_t key_at)
{
	const struct scope *outer = w->c->scope;
	struct scope scope = walk_scope(w);
	const struct value v = value_of(key, value);

	if (!decides(key) && (v.class != CLASS_SQLITE || is_choice(w)))
		return;
	if (decides(key) && is_in_memory(w))
		return;
	if (scope.environment == ENV_UNKNOWN || labelled(w) != ENV_UNKNOWN)
		scope.environment = labelled(w) != ENV_UNKNOWN
					    ? labelled(w)
					    : scope.environment;
	w->c->scope = &scope;
	if (str_starts(key, STR("DATABASES")))
		vec_push(&w->databases, w->c->arena,
			 w->c->reading->forms.count);
	setting(w->c, key, value, span_of(w, key_at), span_of(w, at));
	w->c->scope = outer;
}

/* `name: type = "value"` of pydantic: the value where the variable of that
 * name is not set. */
static bool is_field(const struct code_walk *w, uint32_t key, uint32_t i)
{
	return i - key > 2 &&
	       str_find(w->code.text, STR("BaseSettings")) != SIZE_MAX;
}

/* Keys of a process manager's file that hold what it runs on deploy. */
static bool is_deploy_hook(struct str key)
{
	static const struct str keys[] = {
		STR_INIT("post-deploy"),
		STR_INIT("pre-deploy"),
		STR_INIT("post-setup"),
		STR_INIT("pre-deploy-local"),
	};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (str_eq(key, keys[i]))
			return true;
	return false;
}

static void run_hook(struct code_walk *w, uint32_t i)
{
	const struct scope *outer = w->c->scope;
	const struct span body = { walk_token(w, i)->body,
				   walk_token(w, i)->body_len };
	const struct piece p = piece_of(code_body(&w->code, i), body);
	struct scope scope = walk_scope(w);

	scope.environment = labelled(w);
	scope.deploy = scope.environment != ENV_TEST &&
		       scope.environment != ENV_DEVELOPMENT;
	w->c->scope = &scope;
	script(w->c, &p, SHELL_SCRIPT);
	w->c->scope = outer;
}

/* A literal that is all of a value. */
static void take_value(struct code_walk *w, uint32_t i)
{
	const struct code_token *t = walk_token(w, i);
	const struct code_token *next = walk_token(w, i + 1);
	const uint32_t key = key_of(w, i);
	const bool literal = t->kind == CODE_STRING || t->kind == CODE_SYMBOL ||
			     t->kind == CODE_WORD;

	if (key == CODE_NONE || !literal ||
	    (next->kind == CODE_OPERATOR && !(next->flags & CODE_FIRST)) ||
	    (next->kind == CODE_OPEN && !(next->flags & CODE_FIRST)))
		return;
	if (t->kind == CODE_STRING && is_deploy_hook(key_text(w, key)))
		run_hook(w, i);
	else if (t->kind == CODE_STRING && is_field(w, key, i))
		code_add_default(w, key_text(w, key), i, key);
	else
		add_setting(w, path_of(w, key), key_text(w, i), i, key);
}

/* `DATABASES = …` or `DATABASES["default"] = …` on the top level of a Django
 * settings file: what was set before is not what counts. */
static void replace_databases(struct code_walk *w, uint32_t i)
{
	uint32_t at = i + 1;

	if (w->levels || !walk_is(w, i, "DATABASES"))
		return;
	if (walk_is(w, at, "["))
		at = walk_token(w, at)->match + 1;
	if (!walk_is(w, at, "="))
		return;
	for (size_t k = 0; k < w->databases.count; k++)
		w->c->reading->forms.item[w->databases.item[k]].text = STR("");
	w->databases.count = 0;
}

/* The part of a program that is for SQLite, where others are for servers. */
static bool is_for_sqlite(const struct code_walk *w)
{
	return str_ifind(str_of(w->c->src->path), STR("sqlite")) != SIZE_MAX;
}

void code_add_default(struct code_walk *w, struct str key, uint32_t i,
		      uint32_t from)
{
	const struct scope *outer = w->c->scope;
	struct scope scope = walk_scope(w);
	const struct value v = value_of(key, code_body(&w->code, i));
	struct strbuf b = STRBUF(w->c->arena);

	if (v.class != CLASS_SQLITE || walk_is_talk(w) || is_choice(w))
		return;
	if (scope.environment == ENV_UNKNOWN && !is_for_sqlite(w))
		scope.environment = ENV_PRODUCTION;
	strbuf_puts(&b, "fallback ");
	strbuf_add(&b, value_text(w->c->arena, &v));
	w->c->scope = &scope;
	setting_form(w->c, key, strbuf_cstr(&b),
		     code_span(&w->code, from, i + 1), span_of(w, i));
	w->c->scope = outer;
}

static bool is_or(const struct code_walk *w, uint32_t i)
{
	static const char *const operators[] = { "||", "??", "?:", "or" };

	for (size_t k = 0; k < ARRAY_LEN(operators); k++)
		if (walk_is(w, i, operators[k]))
			return true;
	return i && walk_is(w, i, ":") && walk_is(w, i - 1, "?");
}

/* `X || 'file:./dev.db'`: the value where X is not set. */
static void take_default(struct code_walk *w, uint32_t i)
{
	struct str key = STR("");

	if (!is_or(w, i - 1))
		return;
	for (uint32_t at = i - 1; at-- && at + 8 > i;) {
		if (!is_key(walk_token(w, at)))
			continue;
		if (!key.len || names_database(key_text(w, at)))
			key = key_text(w, at);
		if (names_database(key))
			break;
	}
	code_add_default(w, key, i, i);
}

struct str code_label_at(const struct code_walk *w, uint32_t i)
{
	const uint32_t key = key_of(w, i);
	struct strbuf b = STRBUF(w->c->arena);

	if (key == CODE_NONE)
		return STR("");
	add_chain(w, &b, key);
	if (str_eq(strbuf_str(&b), STR("module.exports")))
		return STR("");
	return strbuf_str(&b);
}

static void take_token(struct code_walk *w, uint32_t i)
{
	const struct code_token *t = walk_token(w, i);

	code_close_levels(w, i);
	if (t->kind == CODE_WORD) {
		code_flip_branch(w, i);
		replace_databases(w, i);
		code_note_single(w, i);
		code_note_exit(w, i);
	}
	if (i && t->kind == CODE_STRING)
		take_default(w, i);
	take_value(w, i);
	if (t->kind == CODE_WORD) {
		code_note_call(w, i);
		code_take_call(w, i);
	}
	if (w->c->kind->role == SETTINGS_SEED)
		code_take_seed(w, i);
	if (t->kind == CODE_OPEN)
		code_open_level(w, i);
}

/* Is there anything in the text that this file looks for? */
static bool is_worth_it(struct str s)
{
	static const struct str words[] = {
		STR_INIT("sqlite"),
		STR_INIT("file:"),
		STR_INIT("exec"),
		STR_INIT("spawn"),
		STR_INIT("subprocess"),
		STR_INIT("system"),
		STR_INIT("synchronize"),
		STR_INIT("dropSchema"),
		STR_INIT("EnsureDeleted"),
		STR_INIT("drop_all"),
		STR_INIT(".sync("),
		STR_INIT(":memory:"),
		STR_INIT("Artisan"),
		STR_INIT("call_command"),
		STR_INIT("Process"),
		STR_INIT("passthru"),
		STR_INIT("popen"),
		STR_INIT("Rake::Task"),
		STR_INIT("Mix.Task"),
		STR_INIT("active_storage"),
		STR_INIT("zx"),
		STR_INIT("dropDatabase"),
		STR_INIT("jdbc:"),
		STR_INIT("Deployer"),
		STR_INIT("fabric"),
		STR_INIT("invoke"),
		STR_INIT("on roles"),
		STR_INIT("on primary"),
		STR_INIT("post-deploy"),
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_find(s, words[i]) != SIZE_MAX)
			return true;
	return false;
}

/* Frameworks ship this file with a default for every kind of database. */
static bool is_shipped(const struct source *src)
{
	const struct str path = str_of(src->path);

	if (str_ends(path, STR("config/database.php")))
		return true;
	return (str_ends(path, STR("config/database.js")) ||
		str_ends(path, STR("config/database.ts"))) &&
	       str_find(src->text, STR("env('DATABASE_CLIENT'")) != SIZE_MAX;
}

/* Programs that take in what only tests need, wherever they lie. */
static bool is_test(struct str text)
{
	static const struct str marks[] = {
		STR_INIT("import pytest"),    STR_INIT("import unittest"),
		STR_INIT("from unittest"),    STR_INIT("import TestCase"),
		STR_INIT("from 'vitest'"),    STR_INIT("from \"vitest\""),
		STR_INIT("@jest/globals"),    STR_INIT("'supertest'"),
		STR_INIT("\"supertest\""),    STR_INIT("using Xunit"),
		STR_INIT("using NUnit"),      STR_INIT("UnitTesting;"),
		STR_INIT("import org.junit"),
	};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_find(text, marks[i]) != SIZE_MAX)
			return true;
	return false;
}

static void walk_all(struct code_walk *w)
{
	const struct scope *outer = w->c->scope;
	struct scope scope = *outer;

	if (scope.environment == ENV_UNKNOWN && is_test(w->code.text))
		scope.environment = ENV_TEST;
	w->c->scope = &scope;
	for (uint32_t i = 0; i < w->code.tokens.count; i++)
		take_token(w, i);
	w->c->scope = outer;
}

void collect_code(struct collector *c)
{
	const struct language *lang = language_named(str_of(c->kind->language));
	struct code_walk *w;

	if (!lang || is_shipped(c->src) ||
	    (c->kind->role != SETTINGS_SEED && !is_worth_it(c->src->text) &&
	     strcmp(c->kind->language, "groovy") != 0))
		return;
	w = arena_new(c->arena, struct code_walk);
	w->c = c;
	code_read(&w->code, c->arena, c->src->text, lang);
	vec_each(const struct comment, one, &w->code.comments)
		vec_push(&c->reading->comments, c->arena, *one);
	walk_all(w);
	code_guard_forms(w);
}
