#ifndef SETTINGS_VALUE_WORDS_H
#define SETTINGS_VALUE_WORDS_H

#include "value.h"

/*
 * The words by which keys and values are told apart. All lists are searched
 * by halves: short words first, words of one length by their upper-case bytes.
 */
struct value_word {
	struct str word;
	unsigned bits;
};

/* That order: <0, 0, >0. */
static inline int value_word_cmp(struct str a, struct str b)
{
	size_t i = 0;

	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	while (i < a.len && upper(a.ptr[i]) == upper(b.ptr[i]))
		i++;
	return i == a.len ? 0
			  : (unsigned char)upper(a.ptr[i]) -
				    (unsigned char)upper(b.ptr[i]);
}

/* The row of the word in any case, or NULL. */
static inline const struct value_word *value_word_find(
	const struct value_word *list, size_t count, struct str s)
{
	size_t from = 0, to = count;

	while (from < to) {
		const size_t at = (from + to) / 2;
		const int c = value_word_cmp(s, list[at].word);

		if (!c)
			return &list[at];
		if (c < 0)
			to = at;
		else
			from = at + 1;
	}
	return NULL;
}

/* What the words of a key say, as bits: of any of them, and of the last. */
enum {
	KEY_DATABASE = 1u << 0, /* the key is of a database … */
	KEY_SKIPPED = 1u << 1,	/* … unless what is there may be lost */
	KEY_SECRET = 1u << 2,
	LAST_SELECTS = 1u << 3, /* its value says which kind of database */
	LAST_URL = 1u << 4,
	LAST_KEY = 1u << 5,
	LAST_ANY = LAST_SELECTS | LAST_URL | LAST_KEY,
};

static const struct value_word key_words[] = {
	{ STR_INIT("DB"), KEY_DATABASE | LAST_SELECTS },
	{ STR_INIT("PG"), KEY_DATABASE },
	{ STR_INIT("DEV"), KEY_SKIPPED },
	{ STR_INIT("DSN"), KEY_DATABASE | LAST_URL },
	{ STR_INIT("KEY"), LAST_KEY },
	{ STR_INIT("LOG"), KEY_SKIPPED },
	{ STR_INIT("SQL"), KEY_DATABASE },
	{ STR_INIT("URI"), LAST_URL },
	{ STR_INIT("URL"), LAST_URL },
	{ STR_INIT("JDBC"), KEY_DATABASE },
	{ STR_INIT("KNEX"), KEY_DATABASE },
	{ STR_INIT("LOGS"), KEY_SKIPPED },
	{ STR_INIT("PASS"), KEY_SECRET },
	{ STR_INIT("TEST"), KEY_SKIPPED },
	{ STR_INIT("TYPE"), LAST_SELECTS },
	{ STR_INIT("CABLE"), KEY_SKIPPED },
	{ STR_INIT("CACHE"), KEY_SKIPPED },
	{ STR_INIT("LOCAL"), KEY_SKIPPED },
	{ STR_INIT("MONGO"), KEY_DATABASE },
	{ STR_INIT("MYSQL"), KEY_DATABASE },
	{ STR_INIT("QUEUE"), KEY_SKIPPED },
	{ STR_INIT("TOKEN"), KEY_SECRET },
	{ STR_INIT("TURSO"), KEY_DATABASE },
	{ STR_INIT("APIKEY"), KEY_SECRET },
	{ STR_INIT("CACHES"), KEY_SKIPPED },
	{ STR_INIT("CLIENT"), LAST_SELECTS },
	{ STR_INIT("DRIVER"), LAST_SELECTS },
	{ STR_INIT("ENGINE"), LAST_SELECTS },
	{ STR_INIT("LIBSQL"), KEY_DATABASE },
	{ STR_INIT("PASSWD"), KEY_SECRET },
	{ STR_INIT("PRISMA"), KEY_DATABASE },
	{ STR_INIT("SECRET"), KEY_SECRET },
	{ STR_INIT("SENTRY"), KEY_SKIPPED },
	{ STR_INIT("SHADOW"), KEY_SKIPPED },
	{ STR_INIT("SQLITE"), KEY_DATABASE },
	{ STR_INIT("TMPDIR"), KEY_SKIPPED },
	{ STR_INIT("VENDOR"), LAST_SELECTS },
	{ STR_INIT("ADAPTER"), LAST_SELECTS },
	{ STR_INIT("BACKEND"), LAST_SELECTS },
	{ STR_INIT("DIALECT"), LAST_SELECTS },
	{ STR_INIT("DRIZZLE"), KEY_DATABASE },
	{ STR_INIT("MARIADB"), KEY_DATABASE },
	{ STR_INIT("MONGODB"), KEY_DATABASE },
	{ STR_INIT("PRIVATE"), KEY_SECRET },
	{ STR_INIT("SESSION"), KEY_SKIPPED },
	{ STR_INIT("TYPEORM"), KEY_DATABASE },
	{ STR_INIT("DATABASE"), KEY_DATABASE | LAST_SELECTS },
	{ STR_INIT("PASSWORD"), KEY_SECRET },
	{ STR_INIT("POSTGRES"), KEY_DATABASE },
	{ STR_INIT("PROVIDER"), LAST_SELECTS },
	{ STR_INIT("BROADCAST"), KEY_SKIPPED },
	{ STR_INIT("DATABASES"), KEY_DATABASE },
	{ STR_INIT("SEQUELIZE"), KEY_DATABASE },
	{ STR_INIT("CONNECTION"), KEY_DATABASE | LAST_SELECTS },
	{ STR_INIT("CREDENTIAL"), KEY_SECRET },
	{ STR_INIT("DATASOURCE"), KEY_DATABASE },
	{ STR_INIT("POSTGRESQL"), KEY_DATABASE },
	{ STR_INIT("SQLALCHEMY"), KEY_DATABASE },
	{ STR_INIT("CREDENTIALS"), KEY_SECRET },
	{ STR_INIT("DEVELOPMENT"), KEY_SKIPPED },
	{ STR_INIT("CONNECTIONSTRING"), KEY_DATABASE | LAST_URL },
	{ STR_INIT("CONNECTIONSTRINGS"), KEY_DATABASE },
};

/* What a value is that is nothing but one word. */
enum {
	WORD_HARMLESS = 1u << 0,    /* settings turn on it; nobody's secret: a
				  * rule that matches another one wants it
				  * here */
	WORD_PLACEHOLDER = 1u << 1, /* a value has still to be filled in */
	WORD_SQLITE = 1u << 2,	    /* the name of an embedded database */
};

static const struct value_word value_words[] = {
	{ STR_INIT("0"), WORD_HARMLESS },
	{ STR_INIT("1"), WORD_HARMLESS },
	{ STR_INIT("d1"), WORD_HARMLESS },
	{ STR_INIT("fs"), WORD_HARMLESS },
	{ STR_INIT("h2"), WORD_SQLITE },
	{ STR_INIT("no"), WORD_HARMLESS },
	{ STR_INIT("on"), WORD_HARMLESS },
	{ STR_INIT("pg"), WORD_HARMLESS },
	{ STR_INIT("s3"), WORD_HARMLESS },
	{ STR_INIT("dev"), WORD_HARMLESS },
	{ STR_INIT("gcs"), WORD_HARMLESS },
	{ STR_INIT("off"), WORD_HARMLESS },
	{ STR_INIT("tbd"), WORD_PLACEHOLDER },
	{ STR_INIT("yes"), WORD_HARMLESS },
	{ STR_INIT("blob"), WORD_HARMLESS },
	{ STR_INIT("disk"), WORD_HARMLESS },
	{ STR_INIT("drop"), WORD_HARMLESS },
	{ STR_INIT("file"), WORD_HARMLESS },
	{ STR_INIT("none"), WORD_HARMLESS },
	{ STR_INIT("null"), WORD_PLACEHOLDER },
	{ STR_INIT("prod"), WORD_HARMLESS },
	{ STR_INIT("safe"), WORD_HARMLESS },
	{ STR_INIT("test"), WORD_HARMLESS },
	{ STR_INIT("todo"), WORD_PLACEHOLDER },
	{ STR_INIT("true"), WORD_HARMLESS },
	{ STR_INIT("alter"), WORD_HARMLESS },
	{ STR_INIT("azure"), WORD_HARMLESS },
	{ STR_INIT("dummy"), WORD_PLACEHOLDER },
	{ STR_INIT("false"), WORD_HARMLESS },
	{ STR_INIT("fixme"), WORD_PLACEHOLDER },
	{ STR_INIT("local"), WORD_HARMLESS },
	{ STR_INIT("mssql"), WORD_HARMLESS },
	{ STR_INIT("mysql"), WORD_HARMLESS },
	{ STR_INIT("never"), WORD_HARMLESS },
	{ STR_INIT("pgsql"), WORD_HARMLESS },
	{ STR_INIT("redis"), WORD_HARMLESS },
	{ STR_INIT("setme"), WORD_PLACEHOLDER },
	{ STR_INIT("sqljs"), WORD_SQLITE },
	{ STR_INIT("turso"), WORD_HARMLESS },
	{ STR_INIT("always"), WORD_HARMLESS },
	{ STR_INIT("create"), WORD_HARMLESS },
	{ STR_INIT("libsql"), WORD_HARMLESS },
	{ STR_INIT("memory"), WORD_HARMLESS },
	{ STR_INIT("mysql2"), WORD_HARMLESS },
	{ STR_INIT("pglite"), WORD_SQLITE },
	{ STR_INIT("public"), WORD_HARMLESS },
	{ STR_INIT("set me"), WORD_PLACEHOLDER },
	{ STR_INIT("set-me"), WORD_PLACEHOLDER },
	{ STR_INIT("set_me"), WORD_PLACEHOLDER },
	{ STR_INIT("sql.js"), WORD_SQLITE },
	{ STR_INIT("sqlite"), WORD_HARMLESS | WORD_SQLITE },
	{ STR_INIT("update"), WORD_HARMLESS },
	{ STR_INIT("mariadb"), WORD_HARMLESS },
	{ STR_INIT("migrate"), WORD_HARMLESS },
	{ STR_INIT("mongodb"), WORD_HARMLESS },
	{ STR_INIT("sqlite3"), WORD_HARMLESS | WORD_SQLITE },
	{ STR_INIT("staging"), WORD_HARMLESS },
	{ STR_INIT("changeme"), WORD_PLACEHOLDER },
	{ STR_INIT("embedded"), WORD_HARMLESS },
	{ STR_INIT("postgres"), WORD_HARMLESS },
	{ STR_INIT("redacted"), WORD_PLACEHOLDER },
	{ STR_INIT("sqlitedb"), WORD_SQLITE },
	{ STR_INIT("validate"), WORD_HARMLESS },
	{ STR_INIT("replaceme"), WORD_PLACEHOLDER },
	{ STR_INIT("sqlserver"), WORD_HARMLESS },
	{ STR_INIT("undefined"), WORD_PLACEHOLDER },
	{ STR_INIT("filesystem"), WORD_HARMLESS },
	{ STR_INIT("fill_me_in"), WORD_PLACEHOLDER },
	{ STR_INIT("pdo_sqlite"), WORD_SQLITE },
	{ STR_INIT("postgresql"), WORD_HARMLESS },
	{ STR_INIT("production"), WORD_HARMLESS },
	{ STR_INIT("spatialite"), WORD_SQLITE },
	{ STR_INIT("cockroachdb"), WORD_HARMLESS },
	{ STR_INIT("create-drop"), WORD_HARMLESS },
	{ STR_INIT("create-only"), WORD_HARMLESS },
	{ STR_INIT("development"), WORD_HARMLESS },
	{ STR_INIT("expo-sqlite"), WORD_SQLITE },
	{ STR_INIT("placeholder"), WORD_PLACEHOLDER },
	{ STR_INIT("org.h2.Driver"), WORD_SQLITE },
	{ STR_INIT("better-sqlite3"), WORD_SQLITE },
	{ STR_INIT("better_sqlite3"), WORD_SQLITE },
	{ STR_INIT("drop-and-create"), WORD_HARMLESS },
	{ STR_INIT("org.sqlite.JDBC"), WORD_SQLITE },
	{ STR_INIT("node-sqlite3-wasm"), WORD_SQLITE },
};

/* What a URL of a database begins with; a driver may follow after `+`. */
static const struct value_word database_schemes[] = {
	{ STR_INIT("amqp"), 0 },	{ STR_INIT("bolt"), 0 },
	{ STR_INIT("ecto"), 0 },	{ STR_INIT("amqps"), 0 },
	{ STR_INIT("mssql"), 0 },	{ STR_INIT("mysql"), 0 },
	{ STR_INIT("neo4j"), 0 },	{ STR_INIT("pgsql"), 0 },
	{ STR_INIT("redis"), 0 },	{ STR_INIT("libsql"), 0 },
	{ STR_INIT("mysql2"), 0 },	{ STR_INIT("mysqlx"), 0 },
	{ STR_INIT("oracle"), 0 },	{ STR_INIT("prisma"), 0 },
	{ STR_INIT("rediss"), 0 },	{ STR_INIT("mariadb"), 0 },
	{ STR_INIT("mongodb"), 0 },	{ STR_INIT("postgis"), 0 },
	{ STR_INIT("postgres"), 0 },	{ STR_INIT("cassandra"), 0 },
	{ STR_INIT("cockroach"), 0 },	{ STR_INIT("sqlserver"), 0 },
	{ STR_INIT("clickhouse"), 0 },	{ STR_INIT("postgresql"), 0 },
	{ STR_INIT("cockroachdb"), 0 },
};

#endif
