#include <stdint.h>

#include "code_walk.h"
#include "compiler.h"
#include "read.h"
#include "strbuf.h"

enum { CALL_TEXT_MAX = 200, WORDS_MAX = 64 };

/* How a function is given the command it runs. */
enum runs {
	RUNS_SHELL,   /* one text */
	RUNS_WORDS,   /* a list, or each argument a word */
	RUNS_ARTISAN, /* words of Laravel's console */
	RUNS_MANAGE,  /* … of Django's */
	RUNS_RAKE,
	RUNS_MIX,
};

/* Functions that run a command. `on`: what they have to be called on, if not
 * anything. A new one is a new row. */
static const struct {
	const char *name;
	const char *on;
	enum runs runs;
} runners[] = {
	{ "execSync", NULL, RUNS_SHELL },
	{ "exec", NULL, RUNS_SHELL },
	{ "execAsync", NULL, RUNS_SHELL },
	{ "execPromise", NULL, RUNS_SHELL },
	{ "execaCommand", NULL, RUNS_SHELL },
	{ "execaCommandSync", NULL, RUNS_SHELL },
	{ "system", NULL, RUNS_SHELL },
	{ "popen", NULL, RUNS_SHELL },
	{ "shell_exec", NULL, RUNS_SHELL },
	{ "passthru", NULL, RUNS_SHELL },
	{ "capture3", NULL, RUNS_SHELL },
	{ "capture2e", NULL, RUNS_SHELL },
	{ "sh", NULL, RUNS_SHELL },
	{ "execFileSync", NULL, RUNS_WORDS },
	{ "execFile", NULL, RUNS_WORDS },
	{ "spawn", NULL, RUNS_WORDS },
	{ "spawnSync", NULL, RUNS_WORDS },
	{ "execa", NULL, RUNS_WORDS },
	{ "execaSync", NULL, RUNS_WORDS },
	{ "run", "subprocess", RUNS_WORDS },
	{ "call", "subprocess", RUNS_WORDS },
	{ "check_call", NULL, RUNS_WORDS },
	{ "check_output", NULL, RUNS_WORDS },
	{ "Popen", NULL, RUNS_WORDS },
	{ "Command", "exec", RUNS_WORDS },
	{ "cmd", "System", RUNS_WORDS },
	{ "call", "Artisan", RUNS_ARTISAN },
	{ "queue", "Artisan", RUNS_ARTISAN },
	{ "call_command", NULL, RUNS_MANAGE },
	{ "invoke", NULL, RUNS_RAKE },
	{ "run", "Task", RUNS_MIX },
	{ "Process", NULL, RUNS_WORDS },
};

/* Names that programs give to functions of their own, or of a tool that logs
 * in to a server, which run a command. They mean much else, so what they are
 * given has to be a command that is known. */
static bool may_run(struct str name)
{
	static const struct str names[] = {
		STR_INIT("run"),	 STR_INIT("runCommand"),
		STR_INIT("run_command"), STR_INIT("runCmd"),
		STR_INIT("run_cmd"),	 STR_INIT("shell"),
		STR_INIT("cmd"),	 STR_INIT("command"),
		STR_INIT("execute"),	 STR_INIT("exec_command"),
		STR_INIT("execCommand"), STR_INIT("sudo"),
		STR_INIT("local"),	 STR_INIT("bash"),
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

/* Programs that such a command begins with. */
static bool is_program(struct str name)
{
	static const struct str names[] = {
		STR_INIT("npx"),	 STR_INIT("npm"),
		STR_INIT("pnpm"),	 STR_INIT("yarn"),
		STR_INIT("bun"),	 STR_INIT("bunx"),
		STR_INIT("prisma"),	 STR_INIT("php"),
		STR_INIT("python"),	 STR_INIT("python3"),
		STR_INIT("rake"),	 STR_INIT("rails"),
		STR_INIT("bundle"),	 STR_INIT("bin/rails"),
		STR_INIT("docker"),	 STR_INIT("docker-compose"),
		STR_INIT("psql"),	 STR_INIT("mysql"),
		STR_INIT("dropdb"),	 STR_INIT("mongosh"),
		STR_INIT("mongo"),	 STR_INIT("redis-cli"),
		STR_INIT("kubectl"),	 STR_INIT("helm"),
		STR_INIT("terraform"),	 STR_INIT("aws"),
		STR_INIT("gcloud"),	 STR_INIT("supabase"),
		STR_INIT("wrangler"),	 STR_INIT("cd"),
		STR_INIT("mix"),	 STR_INIT("flask"),
		STR_INIT("alembic"),	 STR_INIT("dotnet"),
		STR_INIT("poetry"),	 STR_INIT("uv"),
		STR_INIT("pipenv"),	 STR_INIT("sudo"),
		STR_INIT("ssh"),	 STR_INIT("export"),
		STR_INIT("drizzle-kit"), STR_INIT("typeorm"),
		STR_INIT("sequelize"),	 STR_INIT("knex"),
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, names[i]))
			return true;
	return str_starts(name, STR("./"));
}

static bool is_string(const struct code_walk *w, uint32_t i)
{
	return walk_token(w, i)->kind == CODE_STRING;
}

static bool is_word(const struct code_walk *w, uint32_t i)
{
	return is_string(w, i) || walk_token(w, i)->kind == CODE_SYMBOL;
}

static struct shell_word word_at(const struct code_walk *w, uint32_t i)
{
	const struct code_token *t = walk_token(w, i);

	return (struct shell_word){
		.text = code_body(&w->code, i),
		.span = { t->body, t->body_len },
		.quoted = true,
	};
}

/* All strings between two tokens, lists inside too, as words. */
static size_t words_between(const struct code_walk *w, uint32_t from,
			    uint32_t to, struct shell_word *words)
{
	size_t count = 0;

	for (uint32_t i = from; i < to && count < WORDS_MAX; i++) {
		if (walk_is(w, i, "{"))
			i = walk_token(w, i)->match;
		else if (is_string(w, i))
			words[count++] = word_at(w, i);
	}
	return count;
}

static struct str first_word(enum runs runs)
{
	if (runs == RUNS_ARTISAN)
		return STR("artisan");
	if (runs == RUNS_MANAGE)
		return STR("manage.py");
	return runs == RUNS_RAKE ? STR("rails") : STR("mix");
}

static void run_words(struct code_walk *w, enum runs runs, uint32_t from,
		      uint32_t to)
{
	struct shell_word *words =
		arena_array(w->c->arena, struct shell_word, WORDS_MAX + 1);
	const size_t count = words_between(w, from, to, words + 1);

	if (!count)
		return;
	if (runs == RUNS_WORDS) {
		script_words(w->c, words + 1, count);
		return;
	}
	words[0] = words[1];
	words[0].text = first_word(runs);
	script_words(w->c, words, count + 1);
}

/* `#{x}` of Ruby is what `${x}` is to a shell, where it would be a comment. */
static struct str as_shell(struct arena *a, struct str text)
{
	char *copy;

	if (str_find(text, STR("#{")) == SIZE_MAX)
		return text;
	copy = arena_copy(a, text.ptr, text.len);
	for (size_t i = 0; i + 1 < text.len; i++)
		if (copy[i] == '#' && copy[i + 1] == '{')
			copy[i] = '$';
	return (struct str){ copy, text.len };
}

static void run_shell(struct code_walk *w, uint32_t i)
{
	const struct shell_word word = word_at(w, i);
	const struct piece p =
		piece_of(as_shell(w->c->arena, word.text), word.span);

	script(w->c, &p, SHELL_SCRIPT);
}

/* `execute :rake, 'db:migrate'`: all words, put together, are one command. */
static void run_joined(struct code_walk *w, uint32_t from, uint32_t to)
{
	struct strbuf b = STRBUF(w->c->arena);

	for (uint32_t i = from; i < to; i++) {
		if (!is_word(w, i))
			continue;
		strbuf_puts(&b, b.len ? " " : "");
		strbuf_add(&b, as_shell(w->c->arena, code_body(&w->code, i)));
	}
	script(w->c,
	       &(struct piece){ .text = strbuf_str(&b),
				.whole = code_span(&w->code, from, to) },
	       SHELL_SCRIPT);
}

/* The value that the variable at `i` was set to last before: the token behind
 * the `=`. `i` itself where there is none. */
static uint32_t value_of_name(const struct code_walk *w, uint32_t i)
{
	const struct str name = code_text(&w->code, i);

	if (walk_token(w, i)->kind != CODE_WORD ||
	    walk_token(w, i + 1)->flags & CODE_MEMBER)
		return i;
	for (uint32_t at = i; at-- > 1;) {
		uint32_t key = at - 1;

		if (!walk_is(w, at, "="))
			continue;
		if (key >= 2 && walk_is(w, key - 1, ":"))
			key -= 2;
		if (str_eq(code_text(&w->code, key), name))
			return at + 1;
	}
	return i;
}

/* What the call at `i` is made on: `subprocess` of `subprocess.run`. */
static struct str receiver(const struct code_walk *w, uint32_t i)
{
	if (i < 2 || !(walk_token(w, i - 1)->flags & CODE_MEMBER))
		return STR("");
	if (walk_token(w, i - 2)->kind == CODE_WORD)
		return code_text(&w->code, i - 2);
	return STR("");
}

/* The arguments of a call: the tokens between its parentheses, or what stands
 * behind the name in languages that need none. */
static bool arguments(const struct code_walk *w, uint32_t i, uint32_t *from,
		      uint32_t *to)
{
	if (walk_is(w, i + 1, "(")) {
		*from = i + 2;
		*to = walk_token(w, i + 1)->match;
		return true;
	}
	*from = i + 1;
	*to = w->code.statement_end[i];
	return is_word(w, i + 1);
}

/* What is run: in the arguments, or in the variable that stands there. */
static void find_command(const struct code_walk *w, enum runs runs,
			 uint32_t *from, uint32_t *to)
{
	uint32_t at;

	if (runs > RUNS_WORDS)
		return;
	/* sh(script: 'x') */
	if (walk_is(w, *from, "script") && walk_is(w, *from + 1, ":"))
		*from += 2;
	at = value_of_name(w, *from);
	if (at == *from || !(is_string(w, at) || walk_is(w, at, "[")))
		return;
	*from = at;
	*to = is_string(w, at) ? at + 1 : walk_token(w, at)->match;
}

/* One string with all words of a command: subprocess.run("a b", shell=True). */
static bool is_whole_command(const struct code_walk *w, uint32_t from,
			     uint32_t to)
{
	const struct str text = code_body(&w->code, from);

	for (uint32_t i = from + 1; i < to; i++)
		if (is_string(w, i) && !walk_is(w, i - 1, "="))
			return false;
	return str_find_byte(text, ' ') != SIZE_MAX;
}

static void run_call(struct code_walk *w, uint32_t i, enum runs runs)
{
	const struct scope *outer = w->c->scope;
	struct scope scope = walk_scope(w);
	uint32_t from, to;

	if (!arguments(w, i, &from, &to) && !(runs == RUNS_RAKE && i > 3))
		return;
	if (runs == RUNS_RAKE) {
		/* Rake::Task['db:drop'].invoke */
		from = i > 5 ? i - 5 : 0;
		to = i;
	}
	find_command(w, runs, &from, &to);
	w->c->scope = &scope;
	if (runs <= RUNS_WORDS && is_string(w, from) &&
	    (runs == RUNS_SHELL || is_whole_command(w, from, to)))
		run_shell(w, from);
	else
		run_words(w, runs, from, to);
	w->c->scope = outer;
}

/* A call of a function that may run what it is given. */
static void try_run(struct code_walk *w, uint32_t i)
{
	const struct scope *outer = w->c->scope;
	struct scope scope = walk_scope(w);
	uint32_t from, to;
	struct str first;

	if (!arguments(w, i, &from, &to) || !is_word(w, from))
		return;
	first = code_body(&w->code, from);
	if (!is_program(str_slice(first, 0, str_find_byte(first, ' '))))
		return;
	w->c->scope = &scope;
	run_joined(w, from, to);
	w->c->scope = outer;
}

/* getenv("DATABASE_URL", "sqlite:///app.db"), whatever it is called; and
 * config(default="sqlite://…") of dj_database_url. */
static void read_variable(struct code_walk *w, uint32_t i)
{
	static const struct str readers[] = {
		STR_INIT("config"), STR_INIT("env"), STR_INIT("db"),
		STR_INIT("parse"),  STR_INIT("url"), STR_INIT("Field"),
	};
	const struct str name = code_text(&w->code, i);
	uint32_t from, to;
	bool reads = false;

	if (!walk_is(w, i + 1, "(") || !arguments(w, i, &from, &to))
		return;
	for (size_t k = 0; k < ARRAY_LEN(readers); k++)
		reads = reads || str_eq(name, readers[k]);
	if (is_string(w, from) && walk_token(w, from + 1)->kind == CODE_COMMA) {
		const struct str key = code_body(&w->code, from);
		const uint32_t at =
			walk_is(w, from + 2, "default") ? from + 4 : from + 2;

		if (at < to && is_string(w, at) && names_database(key))
			code_add_default(w, key, at, i);
	} else if (reads && walk_is(w, from, "default") &&
		   is_string(w, from + 2)) {
		code_add_default(w, STR("DATABASE_URL"), from + 2, i);
	}
}

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
		STR_INIT(".cli.command"),
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

void code_take_call(struct code_walk *w, uint32_t i)
{
	const struct str name = code_text(&w->code, i);
	const struct str on = receiver(w, i);

	for (size_t k = 0; k < ARRAY_LEN(runners); k++)
		if (str_eq(name, str_of(runners[k].name)) &&
		    (!runners[k].on || str_eq(on, str_of(runners[k].on)))) {
			if (!walk_is_talk(w))
				run_call(w, i, runners[k].runs);
			return;
		}
	if (may_run(name) && !walk_is_talk(w))
		try_run(w, i);
	read_variable(w, i);
	if (w->c->kind->role != SETTINGS_SEED && is_dropper(name) &&
	    walk_is(w, i + 1, "(") &&
	    str_find(w->code.text, STR("UseInMemoryDatabase")) == SIZE_MAX)
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
	    (member || walk_is(w, i + 1, "(")))
		take_chain(w, i);
}
