#include "compiler.h"
#include "kind.h"

/*
 * Words and marks that only one dialect has, with how much each proves. The
 * first 16 KiB are read; comments and strings count too, which costs nothing:
 * a wrong word there is outweighed by the rest.
 */
static const struct {
	const char *word; /* lower case */
	enum dialect dialect;
	int weight;
} words[] = {
	{ "auto_increment", DIALECT_MYSQL, 3 },
	{ "autoincrement", DIALECT_SQLITE, 3 },
	{ "bigserial", DIALECT_POSTGRES, 3 },
	{ "bytea", DIALECT_POSTGRES, 3 },
	{ "concurrently", DIALECT_POSTGRES, 3 },
	{ "datetime2", DIALECT_SQLSERVER, 3 },
	{ "datetimeoffset", DIALECT_SQLSERVER, 3 },
	{ "dbo", DIALECT_SQLSERVER, 3 },
	{ "engine", DIALECT_MYSQL, 1 },
	{ "foreign_keys", DIALECT_SQLITE, 2 },
	{ "gen_random_uuid", DIALECT_POSTGRES, 3 },
	{ "go", DIALECT_SQLSERVER, 1 },
	{ "innodb", DIALECT_MYSQL, 4 },
	{ "jsonb", DIALECT_POSTGRES, 3 },
	{ "longtext", DIALECT_MYSQL, 3 },
	{ "lowcardinality", DIALECT_CLICKHOUSE, 4 },
	{ "mergetree", DIALECT_CLICKHOUSE, 6 },
	{ "replicatedmergetree", DIALECT_CLICKHOUSE, 6 },
	{ "replacingmergetree", DIALECT_CLICKHOUSE, 6 },
	{ "mediumtext", DIALECT_MYSQL, 3 },
	{ "modify", DIALECT_MYSQL, 2 },
	{ "nvarchar", DIALECT_SQLSERVER, 4 },
	{ "plpgsql", DIALECT_POSTGRES, 5 },
	{ "pragma", DIALECT_SQLITE, 4 },
	{ "serial", DIALECT_POSTGRES, 2 },
	{ "timestamptz", DIALECT_POSTGRES, 4 },
	{ "tinyint", DIALECT_MYSQL, 1 },
	{ "unsigned", DIALECT_MYSQL, 2 },
	{ "utf8mb4", DIALECT_MYSQL, 4 },
	{ "uuid_generate_v4", DIALECT_POSTGRES, 4 },
	{ "uniqueidentifier", DIALECT_SQLSERVER, 4 },
	{ "sp_rename", DIALECT_SQLSERVER, 5 },
	{ "nolock", DIALECT_SQLSERVER, 3 },
	{ "uuid", DIALECT_POSTGRES, 1 },
	{ "public", DIALECT_POSTGRES, 2 },
	{ "inet", DIALECT_POSTGRES, 2 },
	{ "delimiter", DIALECT_MYSQL, 3 },
	{ "rowid", DIALECT_SQLITE, 2 },
	{ "ilike", DIALECT_POSTGRES, 3 },
	{ "tsvector", DIALECT_POSTGRES, 3 },
};

enum { SNIFF_MAX = 16 * 1024 };

static bool is_word(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_';
}

static void weigh_word(struct str word, int score[DIALECT_COUNT])
{
	if (word.len < 2 || word.len > 20)
		return;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words[i].word[0] == lower(word.ptr[0]) &&
		    str_ieq(word, str_of(words[i].word)))
			score[words[i].dialect] += words[i].weight;
}

/* Marks that are no words: `x`, [x], ::type, $$, ALTER COLUMN c TYPE. */
static void weigh_mark(struct str s, size_t i, int score[DIALECT_COUNT])
{
	const char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : '\0';

	if (c == '`') {
		score[DIALECT_MYSQL] += 1;
		score[DIALECT_SQLITE] += 1;
	} else if (c == ':' && next == ':') {
		score[DIALECT_POSTGRES] += 3;
	} else if (c == '$' && next == '$') {
		score[DIALECT_POSTGRES] += 3;
	} else if (c == '[' && is_alpha(next)) {
		score[DIALECT_SQLSERVER] += 2;
	}
}

enum dialect dialect_of_text(struct str text)
{
	int score[DIALECT_COUNT] = { 0 };
	enum dialect best = DIALECT_UNKNOWN;
	const struct str s = str_slice(text, 0, SNIFF_MAX);

	for (size_t i = 0; i < s.len;) {
		const size_t from = i;

		while (i < s.len && is_word(s.ptr[i]))
			i++;
		if (i > from) {
			weigh_word(str_slice(s, from, i), score);
			continue;
		}
		weigh_mark(s, i, score);
		i++;
	}
	score[DIALECT_UNKNOWN] = 1;
	for (int d = 1; d < DIALECT_COUNT; d++)
		if (score[d] > score[best])
			best = (enum dialect)d;
	/* backticks alone: MySQL and SQLite both have them */
	if (best == DIALECT_MYSQL &&
	    score[DIALECT_SQLITE] == score[DIALECT_MYSQL])
		return DIALECT_UNKNOWN;
	return best;
}
