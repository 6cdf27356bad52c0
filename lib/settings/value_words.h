#ifndef SETTINGS_VALUE_WORDS_H
#define SETTINGS_VALUE_WORDS_H

#include "value.h"

/*
 * The words by which keys and values are told apart. All lists are searched
 * by halves: in upper case they are in the order of their bytes.
 */
struct value_word {
	struct str word;
	unsigned bits;
};

/* Orders by upper-case bytes, a shorter prefix first: <0, 0, >0. */
static inline int value_word_cmp(struct str a, struct str b)
{
	size_t i = 0;

	while (i < a.len && i < b.len && upper(a.ptr[i]) == upper(b.ptr[i]))
		i++;
	if (i < a.len && i < b.len)
		return (unsigned char)upper(a.ptr[i]) -
		       (unsigned char)upper(b.ptr[i]);
	return (a.len > b.len) - (a.len < b.len);
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
	{ STR_INIT("ADAPTER"), LAST_SELECTS },
	{ STR_INIT("APIKEY"), KEY_SECRET },
	{ STR_INIT("BACKEND"), LAST_SELECTS },
	{ STR_INIT("BROADCAST"), KEY_SKIPPED },
	{ STR_INIT("CABLE"), KEY_SKIPPED },
	{ STR_INIT("CACHE"), KEY_SKIPPED },
	{ STR_INIT("CACHES"), KEY_SKIPPED },
	{ STR_INIT("CLIENT"), LAST_SELECTS },
	{ STR_INIT("CONNECTION"), KEY_DATABASE | LAST_SELECTS },
	{ STR_INIT("CONNECTIONSTRING"), KEY_DATABASE | LAST_URL },
	{ STR_INIT("CONNECTIONSTRINGS"), KEY_DATABASE },
	{ STR_INIT("CREDENTIAL"), KEY_SECRET },
	{ STR_INIT("CREDENTIALS"), KEY_SECRET },
	{ STR_INIT("DATABASE"), KEY_DATABASE | LAST_SELECTS },
	{ STR_INIT("DATABASES"), KEY_DATABASE },
	{ STR_INIT("DATASOURCE"), KEY_DATABASE },
	{ STR_INIT("DB"), KEY_DATABASE | LAST_SELECTS },
	{ STR_INIT("DEV"), KEY_SKIPPED },
	{ STR_INIT("DEVELOPMENT"), KEY_SKIPPED },
	{ STR_INIT("DIALECT"), LAST_SELECTS },
	{ STR_INIT("DRIVER"), LAST_SELECTS },
	{ STR_INIT("DRIZZLE"), KEY_DATABASE },
	{ STR_INIT("DSN"), KEY_DATABASE | LAST_URL },
	{ STR_INIT("ENGINE"), LAST_SELECTS },
	{ STR_INIT("JDBC"), KEY_DATABASE },
	{ STR_INIT("KEY"), LAST_KEY },
	{ STR_INIT("KNEX"), KEY_DATABASE },
	{ STR_INIT("LIBSQL"), KEY_DATABASE },
	{ STR_INIT("LOCAL"), KEY_SKIPPED },
	{ STR_INIT("LOG"), KEY_SKIPPED },
	{ STR_INIT("LOGS"), KEY_SKIPPED },
	{ STR_INIT("MARIADB"), KEY_DATABASE },
	{ STR_INIT("MONGO"), KEY_DATABASE },
	{ STR_INIT("MONGODB"), KEY_DATABASE },
	{ STR_INIT("MYSQL"), KEY_DATABASE },
	{ STR_INIT("PASS"), KEY_SECRET },
	{ STR_INIT("PASSWD"), KEY_SECRET },
	{ STR_INIT("PASSWORD"), KEY_SECRET },
	{ STR_INIT("PG"), KEY_DATABASE },
	{ STR_INIT("POSTGRES"), KEY_DATABASE },
	{ STR_INIT("POSTGRESQL"), KEY_DATABASE },
	{ STR_INIT("PRISMA"), KEY_DATABASE },
	{ STR_INIT("PRIVATE"), KEY_SECRET },
	{ STR_INIT("PROVIDER"), LAST_SELECTS },
	{ STR_INIT("QUEUE"), KEY_SKIPPED },
	{ STR_INIT("SECRET"), KEY_SECRET },
	{ STR_INIT("SENTRY"), KEY_SKIPPED },
	{ STR_INIT("SEQUELIZE"), KEY_DATABASE },
	{ STR_INIT("SESSION"), KEY_SKIPPED },
	{ STR_INIT("SHADOW"), KEY_SKIPPED },
	{ STR_INIT("SQL"), KEY_DATABASE },
	{ STR_INIT("SQLALCHEMY"), KEY_DATABASE },
	{ STR_INIT("SQLITE"), KEY_DATABASE },
	{ STR_INIT("TEST"), KEY_SKIPPED },
	{ STR_INIT("TMPDIR"), KEY_SKIPPED },
	{ STR_INIT("TOKEN"), KEY_SECRET },
	{ STR_INIT("TURSO"), KEY_DATABASE },
	{ STR_INIT("TYPE"), LAST_SELECTS },
	{ STR_INIT("TYPEORM"), KEY_DATABASE },
	{ STR_INIT("URI"), LAST_URL },
	{ STR_INIT("URL"), LAST_URL },
	{ STR_INIT("VENDOR"), LAST_SELECTS },
};

/* Words that settings turn on and that nobody uses as a secret. A rule that
 * matches another word wants it here. */
static const struct value_word harmless_words[] = {
	{ STR_INIT("0"), 0 },		{ STR_INIT("1"), 0 },
	{ STR_INIT("alter"), 0 },	{ STR_INIT("always"), 0 },
	{ STR_INIT("azure"), 0 },	{ STR_INIT("blob"), 0 },
	{ STR_INIT("cockroachdb"), 0 }, { STR_INIT("create"), 0 },
	{ STR_INIT("create-drop"), 0 }, { STR_INIT("create-only"), 0 },
	{ STR_INIT("d1"), 0 },		{ STR_INIT("dev"), 0 },
	{ STR_INIT("development"), 0 }, { STR_INIT("disk"), 0 },
	{ STR_INIT("drop"), 0 },	{ STR_INIT("drop-and-create"), 0 },
	{ STR_INIT("embedded"), 0 },	{ STR_INIT("false"), 0 },
	{ STR_INIT("file"), 0 },	{ STR_INIT("filesystem"), 0 },
	{ STR_INIT("fs"), 0 },		{ STR_INIT("gcs"), 0 },
	{ STR_INIT("libsql"), 0 },	{ STR_INIT("local"), 0 },
	{ STR_INIT("mariadb"), 0 },	{ STR_INIT("memory"), 0 },
	{ STR_INIT("migrate"), 0 },	{ STR_INIT("mongodb"), 0 },
	{ STR_INIT("mssql"), 0 },	{ STR_INIT("mysql"), 0 },
	{ STR_INIT("mysql2"), 0 },	{ STR_INIT("never"), 0 },
	{ STR_INIT("no"), 0 },		{ STR_INIT("none"), 0 },
	{ STR_INIT("off"), 0 },		{ STR_INIT("on"), 0 },
	{ STR_INIT("pg"), 0 },		{ STR_INIT("pgsql"), 0 },
	{ STR_INIT("postgres"), 0 },	{ STR_INIT("postgresql"), 0 },
	{ STR_INIT("prod"), 0 },	{ STR_INIT("production"), 0 },
	{ STR_INIT("public"), 0 },	{ STR_INIT("redis"), 0 },
	{ STR_INIT("s3"), 0 },		{ STR_INIT("safe"), 0 },
	{ STR_INIT("sqlite"), 0 },	{ STR_INIT("sqlite3"), 0 },
	{ STR_INIT("sqlserver"), 0 },	{ STR_INIT("staging"), 0 },
	{ STR_INIT("test"), 0 },	{ STR_INIT("true"), 0 },
	{ STR_INIT("turso"), 0 },	{ STR_INIT("update"), 0 },
	{ STR_INIT("validate"), 0 },	{ STR_INIT("yes"), 0 },
};

/* What stands where a value has still to be filled in. */
static const struct value_word placeholder_words[] = {
	{ STR_INIT("changeme"), 0 },   { STR_INIT("dummy"), 0 },
	{ STR_INIT("fill_me_in"), 0 }, { STR_INIT("fixme"), 0 },
	{ STR_INIT("null"), 0 },       { STR_INIT("placeholder"), 0 },
	{ STR_INIT("redacted"), 0 },   { STR_INIT("replaceme"), 0 },
	{ STR_INIT("set me"), 0 },     { STR_INIT("set-me"), 0 },
	{ STR_INIT("setme"), 0 },      { STR_INIT("set_me"), 0 },
	{ STR_INIT("tbd"), 0 },	       { STR_INIT("todo"), 0 },
	{ STR_INIT("undefined"), 0 },
};

#endif
