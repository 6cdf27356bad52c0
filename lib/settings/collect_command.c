#include <stdint.h>

#include "collect.h"
#include "condition.h"
#include "program.h"
#include "read.h"
#include "strbuf.h"

/* What the conditions round a command say about where it runs. */
static unsigned guard_marks(const struct shell_guard *g)
{
	unsigned marks = 0;

	for (unsigned depth = 0; g && depth < 16; g = g->outer, depth++)
		marks |= condition_marks(g->condition, g->inverted);
	return marks;
}

enum environment environment_of_command(const struct scope *scope,
					unsigned marks, bool remote,
					const struct shell_guard *guard)
{
	marks |= guard_marks(guard);
	if (marks & NAME_PRODUCTION)
		return ENV_PRODUCTION;
	if (marks & NAME_TEST)
		return ENV_TEST;
	if (marks & (NAME_DEVELOPMENT | NAME_PREVIEW))
		return ENV_DEVELOPMENT;
	if (marks & NAME_STAGING)
		return ENV_STAGING;
	if (remote && !scope->local)
		return ENV_PRODUCTION;
	return scope->environment;
}

/* Is the file a list of commands for people to type, not a program? */
static bool is_list_of_commands(const struct settings_kind *k)
{
	return k->role == SETTINGS_PACKAGE || k->role == SETTINGS_COMPOSER ||
	       k->role == SETTINGS_TASKFILE || k->format == FORMAT_MAKEFILE ||
	       k->format == FORMAT_JUSTFILE;
}

/* Does a client of a database say which server it wants? */
static bool names_server(const struct command *cmd)
{
	for (size_t i = 1; i < cmd->count; i++) {
		const struct str s = cmd->word[i].text;

		if (str_starts(s, STR("-h")) || str_starts(s, STR("--host")) ||
		    str_find_byte(s, '$') != SIZE_MAX ||
		    str_find(s, STR("://")) != SIZE_MAX ||
		    str_find(s, STR("host=")) != SIZE_MAX ||
		    str_find(s, STR("service=")) != SIZE_MAX)
			return true;
	}
	return false;
}

/* A client of a database on this very machine: in a container of it, or by
 * its socket where people type commands. On a server that deploys it is
 * production for all that. */
static bool is_at_hand(const struct collector *c, const struct command *cmd)
{
	const struct str name = command_word(cmd, 0);

	if (c->scope->deploy || cmd->remote ||
	    !(program_is_sql_client(name) || str_eq(name, STR("mongosh"))))
		return false;
	return cmd->contained ||
	       (is_list_of_commands(c->kind) && !names_server(cmd));
}

/* Infrastructure that is taken down where that is the name of the target, the
 * script or the stage: who starts it means it. */
static bool is_teardown(const struct collector *c, const struct command *cmd)
{
	static const struct str programs[] = {
		STR_INIT("terraform"), STR_INIT("pulumi"),
		STR_INIT("cdk"),       STR_INIT("kubectl"),
		STR_INIT("helm"),      STR_INIT("serverless"),
		STR_INIT("sls"),       STR_INIT("sst"),
	};
	const struct str name = command_word(cmd, 0);
	bool found = false;

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		found = found || str_eq(name, programs[i]);
	if (!found || c->scope->deploy)
		return false;
	return c->scope->asked ||
	       (is_list_of_commands(c->kind) && names_reset(c->scope->unit)) ||
	       (c->kind->format == FORMAT_SHELL &&
		names_reset(path_base(str_of(c->src->path))));
}

/* Containers of a machine that is there for one build only. */
static bool is_of_build(const struct collector *c, const struct command *cmd)
{
	const struct str file = path_base(str_of(c->src->path));

	return !cmd->remote && str_eq(command_word(cmd, 0), STR("docker")) &&
	       (str_starts(file, STR("cloudbuild")) ||
		str_starts(file, STR("buildspec")));
}

static void place_command(struct form *f, const struct scope *scope,
			  const struct command *cmd)
{
	const unsigned nearby = NAME_TEST | NAME_DEVELOPMENT | NAME_PREVIEW;
	const unsigned marks = cmd->marks | guard_marks(cmd->guard);

	f->environment = environment_of_command(scope, cmd->marks, cmd->remote,
						cmd->guard);
	if (scope->deploy && !(marks & nearby && !(marks & NAME_PRODUCTION)))
		f->flags |= FORM_DEPLOY;
	if (marks & (nearby | NAME_PRODUCTION | NAME_STAGING))
		f->flags |= FORM_TARGETED;
	if (scope->local)
		f->flags |= FORM_LOCAL;
	if (cmd->asked && f->environment == ENV_UNKNOWN) {
		f->environment = ENV_DEVELOPMENT;
		f->flags |= FORM_TARGETED;
		f->flags &= ~(unsigned)FORM_DEPLOY;
	}
}

static struct form *command_form(struct collector *c, const struct command *cmd,
				 struct str text)
{
	struct form *f = reading_add(c->reading, FORM_COMMAND, text, cmd->span);
	const struct owner owner = { c->reading->forms.count - 1,
				     c->scope->unit };

	place_command(f, c->scope, cmd);
	if (f->environment == ENV_UNKNOWN &&
	    (is_at_hand(c, cmd) || is_teardown(c, cmd)))
		f->environment = ENV_DEVELOPMENT;
	if (is_of_build(c, cmd)) {
		f->environment = ENV_DEVELOPMENT;
		f->flags &= ~(unsigned)FORM_DEPLOY;
	}
	vec_push(&c->owners, c->arena, owner);
	return f;
}

enum dialect dialect_of_client(struct str name)
{
	static const struct {
		struct str name;
		enum dialect dialect;
	} clients[] = {
		{ STR_INIT("psql"), DIALECT_POSTGRES },
		{ STR_INIT("pgcli"), DIALECT_POSTGRES },
		{ STR_INIT("cockroach"), DIALECT_POSTGRES },
		{ STR_INIT("supabase"), DIALECT_POSTGRES },
		{ STR_INIT("mysql"), DIALECT_MYSQL },
		{ STR_INIT("mycli"), DIALECT_MYSQL },
		{ STR_INIT("pscale"), DIALECT_MYSQL },
		{ STR_INIT("sqlite3"), DIALECT_SQLITE },
		{ STR_INIT("litecli"), DIALECT_SQLITE },
		{ STR_INIT("wrangler"), DIALECT_SQLITE },
		{ STR_INIT("turso"), DIALECT_SQLITE },
		{ STR_INIT("sqlcmd"), DIALECT_SQLSERVER },
		{ STR_INIT("clickhouse"), DIALECT_CLICKHOUSE },
	};

	for (size_t i = 0; i < sizeof(clients) / sizeof(*clients); i++)
		if (str_eq(name, clients[i].name))
			return clients[i].dialect;
	return DIALECT_UNKNOWN;
}

/* Only those are worth a second finding under their own rule. */
bool destroys(struct str s)
{
	static const struct str starts[] = {
		STR_INIT("DROP TABLE"),	   STR_INIT("DROP SCHEMA"),
		STR_INIT("DROP DATABASE"), STR_INIT("TRUNCATE"),
		STR_INIT("DROP OWNED"),
	};

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (str_istarts(s, starts[i]))
			return true;
	if (str_istarts(s, STR("ALTER TABLE")))
		return str_ifind(s, STR(" DROP COLUMN ")) != SIZE_MAX;
	return str_istarts(s, STR("DELETE FROM")) &&
	       str_ifind(s, STR(" WHERE ")) == SIZE_MAX;
}

/* A name in quotes may hold a line end; a form is one line. */
static struct str on_one_line(struct arena *a, struct str text)
{
	char *copy;

	if (str_find_byte(text, '\n') == SIZE_MAX &&
	    str_find_byte(text, '\r') == SIZE_MAX)
		return text;
	copy = arena_copy(a, text.ptr, text.len);
	for (size_t i = 0; i < text.len; i++)
		if (copy[i] == '\n' || copy[i] == '\r')
			copy[i] = ' ';
	return (struct str){ copy, text.len };
}

/* What every new server of MySQL is freed from: its database for trying it out
 * and users without a name. */
static bool is_hardening(struct str s)
{
	return str_ieq(s, STR("DROP DATABASE test")) ||
	       str_ieq(s, STR("DROP DATABASE IF EXISTS test")) ||
	       str_istarts(s, STR("DELETE FROM mysql."));
}

/* The statements that a client is given: one form each, `psql -c STATEMENT`,
 * and where they destroy something the statement itself. */
static void add_sql(struct collector *c, const struct command *cmd,
		    struct str sql)
{
	const struct str client = command_word(cmd, 0);
	struct reading inner = { .arena = c->arena };
	const struct read_options opt = { .dialect =
						  dialect_of_client(client) };

	read_sql_text(&inner, sql, cmd->span, &opt, FORM_EMBEDDED);
	vec_each(struct form, s, &inner.forms) {
		struct strbuf b = STRBUF(c->arena);
		struct form at;

		s->text = on_one_line(c->arena, s->text);
		if (is_hardening(s->text))
			continue;
		strbuf_add(&b, client);
		strbuf_puts(&b, " -c ");
		strbuf_add(&b, s->text);
		at = *command_form(c, cmd, strbuf_str(&b));
		if (!destroys(s->text) || at.flags & FORM_LOCAL ||
		    at.environment > ENV_STAGING)
			continue;
		s->environment = at.environment;
		s->whole = cmd->span;
		vec_push(&c->reading->forms, c->arena, *s);
	}
}

/* Is the option one whose value is SQL: -c, -tAc, --command, -e, -Q? */
static bool is_sql_option(struct str client, struct str option)
{
	static const struct str names[] = {
		STR_INIT("--command"),
		STR_INIT("--execute"),
		STR_INIT("--query"),
		STR_INIT("--sql"),
	};
	const bool c =
		str_eq(client, STR("psql")) || str_eq(client, STR("heroku"));
	const char letter = c ? 'c' : str_eq(client, STR("sqlcmd")) ? 'Q' : 'e';
	const char last = option.len ? option.ptr[option.len - 1] : '\0';

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(option, names[i]))
			return true;
	if (option.len < 2 || option.ptr[0] != '-' || option.ptr[1] == '-')
		return false;
	return last == letter ||
	       (str_eq(client, STR("sqlcmd")) && last == 'q') ||
	       (str_eq(client, STR("clickhouse")) && last == 'q');
}

/* A free word that is SQL: `sqlite3 app.db "DROP TABLE t"`. */
static bool looks_like_sql(struct str s)
{
	static const struct str starts[] = {
		STR_INIT("DROP "),   STR_INIT("TRUNCATE "), STR_INIT("DELETE "),
		STR_INIT("UPDATE "), STR_INIT("ALTER "),    STR_INIT("CREATE "),
		STR_INIT("BEGIN"),   STR_INIT("PRAGMA "),   STR_INIT("DO "),
		STR_INIT("WITH "),   STR_INIT("SET "),
	};

	s = str_trim(s);
	if (str_find_byte(s, ' ') == SIZE_MAX)
		return false;
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (str_istarts(s, starts[i]))
			return true;
	return false;
}

static bool takes_sql(const struct command *cmd)
{
	return program_is_sql_client(command_word(cmd, 0)) ||
	       (command_is(cmd, 0, "heroku") &&
		command_is(cmd, 1, "pg:psql")) ||
	       (command_is(cmd, 0, "wrangler") && command_is(cmd, 1, "d1")) ||
	       (command_is(cmd, 0, "prisma") && command_is(cmd, 1, "db") &&
		command_is(cmd, 2, "execute")) ||
	       (command_is(cmd, 0, "turso") && command_is(cmd, 1, "db")) ||
	       (command_is(cmd, 0, "supabase") && command_is(cmd, 1, "db"));
}

static void take_sql(struct collector *c, const struct command *cmd)
{
	const struct str client = command_word(cmd, 0);

	if (!takes_sql(cmd))
		return;
	for (size_t i = 1; i < cmd->count; i++) {
		const struct str s = cmd->word[i].text;
		const size_t eq = str_find_byte(s, '=');

		if (eq != SIZE_MAX &&
		    is_sql_option(client, str_slice(s, 0, eq)))
			add_sql(c, cmd, str_slice(s, eq + 1, s.len));
		else if (i + 1 < cmd->count && is_sql_option(client, s))
			add_sql(c, cmd, cmd->word[++i].text);
		else if (looks_like_sql(s))
			add_sql(c, cmd, s);
	}
	if (cmd->input.len)
		add_sql(c, cmd, cmd->input);
}

/* Redis takes its commands from standard input as well. */
static void take_redis(struct collector *c, const struct command *cmd)
{
	static const struct str words[] = { STR_INIT("FLUSHALL"),
					    STR_INIT("FLUSHDB") };

	if (!command_is(cmd, 0, "redis-cli"))
		return;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct strbuf b = STRBUF(c->arena);

		if (str_ifind(cmd->input, words[i]) == SIZE_MAX)
			continue;
		strbuf_puts(&b, "redis-cli ");
		strbuf_add(&b, words[i]);
		command_form(c, cmd, strbuf_str(&b));
	}
}

/* A JavaScript text for mongosh: the calls in it that destroy, by name. */
static void take_mongo(struct collector *c, const struct command *cmd)
{
	static const struct str calls[] = {
		STR_INIT("dropDatabase()"),   STR_INIT(".drop()"),
		STR_INIT(".deleteMany({})"),  STR_INIT(".remove({})"),
		STR_INIT(".deleteMany({ })"),
	};

	if (!command_is(cmd, 0, "mongosh"))
		return;
	for (size_t i = 1; i <= cmd->count; i++) {
		const struct str s =
			i < cmd->count ? cmd->word[i].text : cmd->input;

		for (size_t k = 0; k < sizeof(calls) / sizeof(*calls); k++) {
			struct strbuf b = STRBUF(c->arena);

			if (str_find(s, calls[k]) == SIZE_MAX)
				continue;
			strbuf_puts(&b, "mongosh --eval ");
			strbuf_add(&b, calls[k]);
			command_form(c, cmd, strbuf_str(&b));
		}
	}
}

static void add_call(struct collector *c, const struct command *cmd,
		     enum call_kind kind, struct str name, size_t form)
{
	static const struct str options[] = {
		STR_INIT("--prefix"), STR_INIT("--filter"),  STR_INIT("-w"),
		STR_INIT("--cwd"),    STR_INIT("-C"),	     STR_INIT("-F"),
		STR_INIT("--dir"),    STR_INIT("workspace"),
	};
	const struct form *f = &c->reading->forms.item[form];
	const struct str all = source_slice(c->src, cmd->span);
	struct call call = {
		.kind = kind,
		.name = name,
		.unit = c->scope->unit,
		.deploy = f->flags & FORM_DEPLOY ||
			  f->environment == ENV_PRODUCTION,
		.span = f->span,
		.text = f->text,
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		call.inside =
			call.inside || str_find(all, options[i]) != SIZE_MAX;
	call.inside = call.inside || c->moved;
	vec_push(&c->calls, c->arena, call);
}

/* The files that an interpreter or a shell runs. */
static bool runs_file(struct str name)
{
	static const struct str words[] = {
		STR_INIT("bash"),	STR_INIT("sh"),
		STR_INIT("zsh"),	STR_INIT("dash"),
		STR_INIT("source"),	STR_INIT("."),
		STR_INIT("node"),	STR_INIT("tsx"),
		STR_INIT("ts-node"),	STR_INIT("bun"),
		STR_INIT("python"),	STR_INIT("python3"),
		STR_INIT("ruby"),	STR_INIT("php"),
		STR_INIT("deno"),	STR_INIT("esno"),
		STR_INIT("vite-node"),	STR_INIT("jiti"),
		STR_INIT("babel-node"), STR_INIT("swc-node"),
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(name, words[i]))
			return true;
	return false;
}

static void take_file_call(struct collector *c, const struct command *cmd,
			   size_t form)
{
	size_t i = 1;

	if (!runs_file(command_word(cmd, 0))) {
		if (str_find_byte(cmd->path, '/') != SIZE_MAX ||
		    str_ends(cmd->path, STR(".sh")))
			add_call(c, cmd, CALL_FILE, cmd->path, form);
		return;
	}
	while (i < cmd->count && cmd->word[i].text.len &&
	       cmd->word[i].text.ptr[0] == '-')
		i++;
	if (i < cmd->count && command_is(cmd, i, "run"))
		i++;
	if (i < cmd->count)
		add_call(c, cmd, CALL_FILE, cmd->word[i].text, form);
}

/* Words behind the program that are no options, as targets to call. */
static void take_targets(struct collector *c, const struct command *cmd,
			 enum call_kind kind, size_t form)
{
	for (size_t i = 1; i < cmd->count; i++) {
		const struct str s = cmd->word[i].text;

		if (str_eq(s, STR("-C")) || str_eq(s, STR("-f")))
			i++;
		else if (s.len && s.ptr[0] != '-' &&
			 str_find_byte(s, '=') == SIZE_MAX)
			add_call(c, cmd, kind, s, form);
	}
}

static bool runs_seeds(const struct command *cmd)
{
	for (size_t i = 1; i < cmd->count; i++) {
		const struct str s = cmd->word[i].text;

		if (str_eq(s, STR("db:seed")) || str_eq(s, STR("seed:run")) ||
		    str_eq(s, STR("--seed")) || str_eq(s, STR("db:setup")) ||
		    str_eq(s, STR("db:seed:all")) ||
		    str_eq(s, STR("db:seed:replant")))
			return true;
		if (str_eq(s, STR("seed")) && command_is(cmd, 0, "prisma"))
			return true;
	}
	return command_is(cmd, 0, "prisma") && command_is(cmd, 1, "migrate") &&
	       (command_is(cmd, 2, "reset") || command_is(cmd, 2, "dev"));
}

/* `psql -f schema.sql`, `wrangler d1 execute --file=schema.sql`. */
static void take_sql_files(struct collector *c, const struct command *cmd,
			   size_t form)
{
	if (!takes_sql(cmd))
		return;
	for (size_t i = 1; i < cmd->count; i++) {
		const struct str s = cmd->word[i].text;

		if (str_starts(s, STR("--file=")))
			add_call(c, cmd, CALL_SQL, str_slice(s, 7, s.len),
				 form);
		else if (i + 1 < cmd->count &&
			 (str_eq(s, STR("-f")) || str_eq(s, STR("--file"))))
			add_call(c, cmd, CALL_SQL, cmd->word[++i].text, form);
	}
}

static void take_calls(struct collector *c, const struct command *cmd,
		       size_t form)
{
	static const struct {
		struct str program;
		enum call_kind kind;
	} callers[] = {
		{ STR_INIT("make"), CALL_TARGET },
		{ STR_INIT("gmake"), CALL_TARGET },
		{ STR_INIT("just"), CALL_RECIPE },
		{ STR_INIT("task"), CALL_TASK },
		{ STR_INIT("npm-run-all"), CALL_SCRIPT },
		{ STR_INIT("run-s"), CALL_SCRIPT },
		{ STR_INIT("run-p"), CALL_SCRIPT },
	};

	take_sql_files(c, cmd, form);
	if (runs_seeds(cmd))
		add_call(c, cmd, CALL_SEED, STR(""), form);
	if (cmd->script)
		add_call(c, cmd, CALL_SCRIPT, command_word(cmd, 0), form);
	for (size_t i = 0; i < sizeof(callers) / sizeof(*callers); i++)
		if (str_eq(command_word(cmd, 0), callers[i].program)) {
			take_targets(c, cmd, callers[i].kind, form);
			return;
		}
	if (!cmd->script)
		take_file_call(c, cmd, form);
}

/* Does the command put the data somewhere safe? */
static bool is_backup(struct str text)
{
	static const struct str words[] = {
		STR_INIT("backup"),	  STR_INIT("pg_dump"),
		STR_INIT("mysqldump"),	  STR_INIT("mongodump"),
		STR_INIT("snapshot"),	  STR_INIT("pg:backups:capture"),
		STR_INIT("mariadb-dump"), STR_INIT("litestream replicate"),
		STR_INIT("db:dump"),	  STR_INIT("wal-g"),
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_ifind(text, words[i]) != SIZE_MAX &&
		    str_ifind(text, STR("skip-final-snapshot")) == SIZE_MAX &&
		    str_ifind(text, STR("railway db")) == SIZE_MAX)
			return true;
	return false;
}

/* `cd packages/db`: scripts and targets behind it are those of that folder. */
static bool goes_below(const struct command *cmd)
{
	const struct str to = command_word(cmd, 1);

	return command_is(cmd, 0, "cd") && to.len && !strchr("/~-$", *to.ptr) &&
	       !str_starts(to, STR(".."));
}

/* `npm run db -- migrate reset`, where db is `dotenv -- prisma`. */
static void take_arguments(struct collector *c, const struct command *cmd)
{
	const char *name = str_dup(c->arena, command_word(cmd, 0));
	const struct node *body =
		cmd->script ? node_child(c->scripts, name) : NULL;
	struct strbuf b = STRBUF(c->arena);
	size_t i = command_is(cmd, 1, "--") ? 2 : 1;

	if (!body || body->kind != NODE_SCALAR || i >= cmd->count ||
	    c->expanding)
		return;
	strbuf_add(&b, body->value);
	for (; i < cmd->count; i++) {
		const bool plain =
			str_find_byte(cmd->word[i].text, ' ') == SIZE_MAX;

		strbuf_puts(&b, plain ? " " : " '");
		strbuf_add(&b, cmd->word[i].text);
		strbuf_puts(&b, plain ? "" : "'");
	}
	const bool moved = c->moved;

	c->expanding = true;
	script(c, &(struct piece){ .text = strbuf_str(&b), .whole = cmd->span },
	       SHELL_SCRIPT);
	c->expanding = false;
	c->moved = moved;
}

bool command_is_dev_server(const struct command *cmd)
{
	const struct str name = command_word(cmd, 0);

	return cmd->script ? script_is_dev_server(name)
			   : program_is_dev_server(name, command_word(cmd, 1));
}

/* What a package brought, which is deleted while the image is built: there are
 * no data in it yet. */
static bool is_of_image(const struct collector *c, const struct command *cmd)
{
	if (!c->scope->building || !command_is(cmd, 0, "rm"))
		return false;
	for (size_t i = 1; i < cmd->count; i++)
		if (str_starts(cmd->word[i].text, STR("/var/lib/")))
			return true;
	return false;
}

/* Is it about the programs that a rented machine keeps running? */
static bool runs_services(const struct command *cmd)
{
	static const struct str managers[] = {
		STR_INIT("pm2"),
		STR_INIT("systemctl"),
		STR_INIT("supervisorctl"),
	};

	for (size_t i = 0; i < sizeof(managers) / sizeof(*managers); i++)
		if (str_eq(command_word(cmd, 0), managers[i]))
			return true;
	return false;
}

void collect_command(struct collector *c, const struct command *cmd)
{
	const struct str name = command_word(cmd, 0);
	struct str text = command_text(c->arena, cmd);
	const size_t form = c->reading->forms.count;

	if (is_of_image(c, cmd))
		return;
	if (program_is_sql_client(cmd->feeds)) {
		struct strbuf b = STRBUF(c->arena);

		strbuf_add(&b, text);
		strbuf_puts(&b, " | ");
		strbuf_add(&b, cmd->feeds);
		text = strbuf_str(&b);
	}
	if (str_eq(name, STR("litestream")) || str_eq(name, STR("litefs")))
		c->replicated = true;
	if (c->backed_up)
		command_form(c, cmd, text)->flags |= FORM_AFTER_BACKUP;
	else
		command_form(c, cmd, text);
	c->backed_up = c->backed_up || is_backup(text);
	if (!cmd->guard)
		c->develops = c->develops || command_is_dev_server(cmd);
	c->serves = !cmd->guard && program_is_server(cmd->word, cmd->count);
	c->machine = c->machine || runs_services(cmd);
	c->moved = c->moved || goes_below(cmd);
	take_calls(c, cmd, form);
	take_arguments(c, cmd);
	take_sql(c, cmd);
	take_mongo(c, cmd);
	take_redis(c, cmd);
}
