/* What clients of databases are told on a command line, as statements and
 * commands of their own. */
#include "collect.h"
#include "program.h"
#include "read.h"
#include "strbuf.h"

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

bool client_takes_sql(const struct command *cmd)
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

	if (!client_takes_sql(cmd))
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

void collect_client(struct collector *c, const struct command *cmd)
{
	take_sql(c, cmd);
	take_mongo(c, cmd);
	take_redis(c, cmd);
}
