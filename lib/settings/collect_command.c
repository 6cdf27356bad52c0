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

struct form *command_form(struct collector *c, const struct command *cmd,
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
	if (!client_takes_sql(cmd))
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
	collect_client(c, cmd);
}
