#include <stdint.h>

#include "code_walk.h"
#include "compiler.h"
#include "strbuf.h"

enum { WORDS_MAX = 64 };

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
	return str_starts(name, STR("./")) || str_starts(name, STR("{{bin/"));
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
	if (w->c->kind->role != SETTINGS_SEED)
		code_take_dropper(w, i);
}
