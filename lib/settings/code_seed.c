/* Calls and SQL in a program that empty or drop what they are made on. */
#include <stdint.h>

#include "code_walk.h"
#include "compiler.h"
#include "read.h"
#include "strbuf.h"

enum { CALL_TEXT_MAX = 200 };

/* Names of calls that empty or drop what they are made on. */
static bool is_destroyer(struct str s)
{
	static const struct str names[] = {
		STR_INIT("deleteMany"),
		STR_INIT("delete"),
		STR_INIT("destroy"),
		STR_INIT("destroy_all"),
		STR_INIT("delete_all"),
		STR_INIT("truncate"),
		STR_INIT("del"),
		STR_INIT("drop"),
		STR_INIT("dropDatabase"),
		STR_INIT("remove"),
		STR_INIT("clear"),
		STR_INIT("reset"),
		STR_INIT("drop_all"),
		STR_INIT("EnsureDeleted"),
		STR_INIT("EnsureDeletedAsync"),
		STR_INIT("sync"),
		STR_INIT("synchronize"),
		STR_INIT("delete_many"),
		STR_INIT("dropSchema"),
		STR_INIT("truncateAll"),
		STR_INIT("raw_delete"),
		STR_INIT("drop_tables"),
		STR_INIT("delete_all!"),
		STR_INIT("destroy_all!"),
		STR_INIT("RemoveRange"),
		STR_INIT("ExecuteDelete"),
		STR_INIT("truncate_tables"),
		STR_INIT("cleanDatabase"),
		STR_INIT("dropTables"),
		STR_INIT("dropAllTables"),
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(s, names[i]))
			return true;
	return false;
}

/* Those that any program should not hold, seed or not. */
static bool is_dropper(struct str s)
{
	static const struct str names[] = {
		STR_INIT("EnsureDeleted"), STR_INIT("EnsureDeletedAsync"),
		STR_INIT("drop_all"),	   STR_INIT("sync"),
		STR_INIT("dropDatabase"),
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(s, names[i]))
			return true;
	return false;
}

/* Where the expression begins that the name at `i` ends: `a.b(c).name`. */
static uint32_t chain_start(const struct code_walk *w, uint32_t i)
{
	for (;;) {
		uint32_t at = i - 2;

		if (i < 2 || !(walk_token(w, i - 1)->flags & CODE_MEMBER))
			return i;
		if (walk_token(w, at)->kind == CODE_CLOSE &&
		    walk_token(w, at)->match < at) {
			at = walk_token(w, at)->match;
			if (at && walk_token(w, at - 1)->kind == CODE_WORD)
				at--;
		} else if (walk_token(w, at)->kind != CODE_WORD) {
			return i;
		}
		i = at;
	}
}

static uint32_t chain_end(const struct code_walk *w, uint32_t i)
{
	for (unsigned n = 0; n < 8; n++) {
		i++;
		if (walk_is(w, i, "(") && walk_token(w, i)->match > i)
			i = walk_token(w, i)->match + 1;
		if (!(walk_token(w, i)->flags & CODE_MEMBER) ||
		    walk_token(w, i)->kind != CODE_OPERATOR ||
		    walk_token(w, i + 1)->kind != CODE_WORD)
			return i;
		i++;
	}
	return i;
}

/* The tokens as one text, without blanks but after commas and round words,
 * strings masked. */
static struct str call_text(const struct code_walk *w, uint32_t from,
			    uint32_t to, uint32_t name)
{
	struct strbuf b = STRBUF(w->c->arena);
	bool word = false;

	strbuf_puts(&b,
		    w->c->kind->role == SETTINGS_SEED ? "call " : "program ");
	for (uint32_t i = from; i < to && b.len < CALL_TEXT_MAX; i++) {
		const struct code_token *t = walk_token(w, i);
		const bool is_word =
			t->kind == CODE_WORD || t->kind == CODE_NUMBER;

		if (t->flags & CODE_BLOCK || t->kind == CODE_END)
			continue;
		if (is_word && word)
			strbuf_byte(&b, ' ');
		if (t->kind == CODE_STRING)
			strbuf_puts(&b, "''");
		else
			strbuf_add(&b, code_text(&w->code, i));
		if (t->kind == CODE_COMMA || walk_is(w, i, ":"))
			strbuf_byte(&b, ' ');
		if (i == name && !walk_is(w, i + 1, "("))
			strbuf_puts(&b, "()");
		word = is_word;
	}
	return strbuf_str(&b);
}

/* Does the text make commands that somebody types? */
static bool makes_commands(struct str text)
{
	static const struct str marks[] = {
		STR_INIT("cli.command"),
		STR_INIT("click.command"),
		STR_INIT("manager.command"),
		STR_INIT("BaseCommand"),
	};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_find(text, marks[i]) != SIZE_MAX)
			return true;
	return false;
}

/* A program that somebody runs by hand, as far as folder and text say. */
static bool is_tool(const struct collector *c)
{
	static const struct str folders[] = { STR_INIT("scripts/"),
					      STR_INIT("script/"),
					      STR_INIT("tools/"),
					      STR_INIT("bin/") };
	const struct str path = str_of(c->src->path);

	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		const size_t at = str_find(path, folders[i]);

		if (at != SIZE_MAX && (!at || path.ptr[at - 1] == '/'))
			return c->kind->role != SETTINGS_SEED;
	}
	return makes_commands(c->src->text);
}

static struct form *call_form(struct code_walk *w, struct str text,
			      struct span span)
{
	const struct scope scope = walk_scope(w);
	struct collector *c = w->c;
	const struct owner owner = { c->reading->forms.count, STR("") };
	struct form *f = reading_add(c->reading, FORM_COMMAND, text, span);

	f->environment = scope.environment;
	if (scope.deploy)
		f->flags |= FORM_DEPLOY;
	else if (f->environment == ENV_UNKNOWN && is_tool(c))
		f->environment = ENV_DEVELOPMENT;
	if (walk_is_guarded(w))
		f->flags |= FORM_GUARDED;
	else
		code_note_form(w, owner.form);
	vec_push(&c->owners, c->arena, owner);
	return f;
}

static void take_chain(struct code_walk *w, uint32_t i)
{
	const uint32_t from = chain_start(w, i);
	const uint32_t to = chain_end(w, i);

	call_form(w, call_text(w, from, to, i), code_span(&w->code, from, to));
}

/* Is the database of the program one that lives in memory, come what may? */
static bool is_in_memory(struct str text)
{
	static const struct str marks[] = {
		STR_INIT("UseInMemoryDatabase"),
		STR_INIT("Sequelize('sqlite::memory:"),
		STR_INIT("Sequelize(\"sqlite::memory:"),
	};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_find(text, marks[i]) != SIZE_MAX)
			return true;
	return false;
}

void code_take_dropper(struct code_walk *w, uint32_t i)
{
	if (is_dropper(code_text(&w->code, i)) && walk_is(w, i + 1, "(") &&
	    !is_in_memory(w->code.text))
		take_chain(w, i);
}

static bool looks_like_sql(struct str s)
{
	static const struct str starts[] = {
		STR_INIT("TRUNCATE"),
		STR_INIT("DELETE FROM"),
		STR_INIT("DROP "),
	};

	s = str_trim(s);
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_istarts(s, starts[i]))
			return true;
	return false;
}

/* SQL in a string of the program: `call sql TRUNCATE users`. */
static void take_sql(struct code_walk *w, uint32_t i)
{
	const struct code_token *t = walk_token(w, i);
	const struct span span = { t->off, t->len };
	const struct read_options opt = { .dialect = DIALECT_UNKNOWN };
	struct reading inner = { .arena = w->c->arena };

	if (!looks_like_sql(code_body(&w->code, i)))
		return;
	read_sql_text(&inner, code_body(&w->code, i), span, &opt,
		      FORM_EMBEDDED);
	vec_each(const struct form, f, &inner.forms) {
		struct strbuf b = STRBUF(w->c->arena);

		strbuf_puts(&b, "call sql ");
		strbuf_add(&b, f->text);
		call_form(w, strbuf_str(&b), span);
	}
}

void code_take_seed(struct code_walk *w, uint32_t i)
{
	const struct code_token *t = walk_token(w, i);
	const bool member = i && walk_token(w, i - 1)->flags & CODE_MEMBER;

	if (t->kind == CODE_STRING && !walk_is_talk(w))
		take_sql(w, i);
	if (t->kind == CODE_SYMBOL && i && walk_is(w, i - 1, "&") &&
	    is_destroyer(code_body(&w->code, i)))
		call_form(w, call_text(w, i - 1, i + 1, CODE_NONE),
			  (struct span){ t->off, t->len });
	if (t->kind == CODE_WORD && is_destroyer(code_text(&w->code, i)) &&
	    (member || (walk_is(w, i + 1, "(") && !code_is_definition(w, i))))
		take_chain(w, i);
}
