#include <limits.h>
#include <stdint.h>

#include "bytes.h"
#include "compiler.h"
#include "read.h"

/*
 * Words and marks that only one dialect has, with how much each proves, and
 * those of databases that speak none of ours. No more than the first 16 KiB are
 * read, and less where they leave no doubt. Strings count too, which costs
 * nothing: a wrong word there is outweighed by the rest. Comments do not: one
 * that heads every file of a history would outweigh all else.
 */
static const struct {
	struct str word; /* lower case, less than 32 bytes; in order */
	enum dialect dialect;
	int weight;
} words[] = {
	{ STR_INIT("aggregatingmergetree"), DIALECT_CLICKHOUSE, 6 },
	{ STR_INIT("auto_increment"), DIALECT_MYSQL, 3 },
	{ STR_INIT("autoincrement"), DIALECT_SQLITE, 8 },
	{ STR_INIT("bigserial"), DIALECT_POSTGRES, 3 },
	{ STR_INIT("bpchar"), DIALECT_POSTGRES, 4 },
	{ STR_INIT("bytea"), DIALECT_POSTGRES, 3 },
	{ STR_INIT("charset"), DIALECT_MYSQL, 2 },
	{ STR_INIT("citext"), DIALECT_POSTGRES, 4 },
	{ STR_INIT("clustered"), DIALECT_SQLSERVER, 3 },
	{ STR_INIT("clustering"), DIALECT_UNKNOWN, 3 }, /* Cassandra's */
	{ STR_INIT("concurrently"), DIALECT_POSTGRES, 3 },
	{ STR_INIT("datetime2"), DIALECT_SQLSERVER, 3 },
	{ STR_INIT("datetime64"), DIALECT_CLICKHOUSE, 4 },
	{ STR_INIT("datetimeoffset"), DIALECT_SQLSERVER, 3 },
	{ STR_INIT("dbo"), DIALECT_SQLSERVER, 3 },
	{ STR_INIT("delimiter"), DIALECT_MYSQL, 3 },
	{ STR_INIT("engine"), DIALECT_MYSQL, 1 },
	{ STR_INIT("foreign_keys"), DIALECT_SQLITE, 2 },
	{ STR_INIT("frozen"), DIALECT_UNKNOWN, 3 },
	{ STR_INIT("fts5"), DIALECT_SQLITE, 4 },
	{ STR_INIT("gen_random_uuid"), DIALECT_POSTGRES, 3 },
	{ STR_INIT("getdate"), DIALECT_SQLSERVER, 3 },
	{ STR_INIT("go"), DIALECT_SQLSERVER, 1 },
	{ STR_INIT("ilike"), DIALECT_POSTGRES, 3 },
	{ STR_INIT("inet"), DIALECT_POSTGRES, 2 },
	{ STR_INIT("innodb"), DIALECT_MYSQL, 4 },
	{ STR_INIT("jsonb"), DIALECT_POSTGRES, 3 },
	{ STR_INIT("julianday"), DIALECT_SQLITE, 4 },
	{ STR_INIT("keyspace"), DIALECT_UNKNOWN, 6 },
	{ STR_INIT("longblob"), DIALECT_MYSQL, 3 },
	{ STR_INIT("longtext"), DIALECT_MYSQL, 3 },
	{ STR_INIT("lowcardinality"), DIALECT_CLICKHOUSE, 4 },
	{ STR_INIT("mediumint"), DIALECT_MYSQL, 3 },
	{ STR_INIT("mediumtext"), DIALECT_MYSQL, 3 },
	{ STR_INIT("mergetree"), DIALECT_CLICKHOUSE, 6 },
	{ STR_INIT("modify"), DIALECT_MYSQL, 2 },
	{ STR_INIT("nextval"), DIALECT_POSTGRES, 4 },
	{ STR_INIT("nocase"), DIALECT_SQLITE, 4 },
	{ STR_INIT("nolock"), DIALECT_SQLSERVER, 3 },
	{ STR_INIT("nvarchar"), DIALECT_SQLSERVER, 4 },
	{ STR_INIT("plpgsql"), DIALECT_POSTGRES, 5 },
	{ STR_INIT("pragma"), DIALECT_SQLITE, 8 },
	{ STR_INIT("regclass"), DIALECT_POSTGRES, 4 },
	{ STR_INIT("replacingmergetree"), DIALECT_CLICKHOUSE, 6 },
	{ STR_INIT("replicatedmergetree"), DIALECT_CLICKHOUSE, 6 },
	{ STR_INIT("rowid"), DIALECT_SQLITE, 2 },
	{ STR_INIT("serial"), DIALECT_POSTGRES, 2 },
	{ STR_INIT("smallserial"), DIALECT_POSTGRES, 3 },
	{ STR_INIT("sp_rename"), DIALECT_SQLSERVER, 5 },
	{ STR_INIT("sqlite_master"), DIALECT_SQLITE, 5 },
	{ STR_INIT("sqlite_sequence"), DIALECT_SQLITE, 5 },
	{ STR_INIT("strftime"), DIALECT_SQLITE, 4 },
	{ STR_INIT("summingmergetree"), DIALECT_CLICKHOUSE, 6 },
	{ STR_INIT("sysdatetime"), DIALECT_SQLSERVER, 3 },
	{ STR_INIT("timestamptz"), DIALECT_POSTGRES, 4 },
	{ STR_INIT("timeuuid"), DIALECT_UNKNOWN, 6 },
	{ STR_INIT("tinyint"), DIALECT_MYSQL, 1 },
	{ STR_INIT("tsvector"), DIALECT_POSTGRES, 3 },
	{ STR_INIT("uint32"), DIALECT_CLICKHOUSE, 3 },
	{ STR_INIT("uint64"), DIALECT_CLICKHOUSE, 3 },
	{ STR_INIT("uint8"), DIALECT_CLICKHOUSE, 3 },
	{ STR_INIT("uniqueidentifier"), DIALECT_SQLSERVER, 4 },
	{ STR_INIT("unsigned"), DIALECT_MYSQL, 2 },
	{ STR_INIT("utf8mb4"), DIALECT_MYSQL, 4 },
	{ STR_INIT("uuid"), DIALECT_POSTGRES, 1 },
	{ STR_INIT("uuid_generate_v4"), DIALECT_POSTGRES, 4 },
	{ STR_INIT("varying"), DIALECT_POSTGRES, 1 },
	{ STR_INIT("zerofill"), DIALECT_MYSQL, 3 },
};

enum { SNIFF_MAX = 16 * 1024 };

/* For each first letter, a bit for each length of a word: nearly all words of
 * a text are told apart by that. And where in the list its words begin. */
struct letters {
	uint32_t lengths[26];
	uint8_t first[26];
};

static struct letters letters_of_words(void)
{
	struct letters l = { 0 };

	for (size_t i = ARRAY_LEN(words); i-- > 0;) {
		const int letter = words[i].word.ptr[0] - 'a';

		l.lengths[letter] |= 1u << words[i].word.len;
		l.first[letter] = (uint8_t)i;
	}
	return l;
}

/* What proves little proves no more by being said often. */
enum { LITTLE = 4, SOME = 6 };

static void add(int *score, int weight, int most)
{
	if (*score < most)
		*score += weight;
}

static void weigh_word(struct str word, const struct letters *letters,
		       int score[DIALECT_COUNT])
{
	const char c = lower(word.ptr[0]);

	if (word.len >= 32 || !is_alpha(c) ||
	    !(letters->lengths[c - 'a'] >> word.len & 1))
		return;
	for (size_t i = letters->first[c - 'a'];
	     i < ARRAY_LEN(words) && words[i].word.ptr[0] == c; i++)
		if (str_ieq(word, words[i].word))
			add(&score[words[i].dialect], words[i].weight,
			    words[i].weight > 1 ? INT_MAX : LITTLE);
}

/* public.x; a column may be called so, too. */
static void weigh_schema(struct str word, char next, int score[DIALECT_COUNT])
{
	if (next == '.' && str_ieq(word, STR("public")))
		score[DIALECT_POSTGRES] += 2;
}

/* Marks that are no words: `x`, [x], ::type, $$. */
static void weigh_mark(char c, char next, int score[DIALECT_COUNT])
{
	switch (c) {
	case '`':
		if (score[DIALECT_SQLITE] < LITTLE)
			score[DIALECT_MYSQL]++;
		add(&score[DIALECT_SQLITE], 1, LITTLE);
		break;
	case ':':
	case '$':
		if (next == c)
			score[DIALECT_POSTGRES] += 3;
		break;
	case '[':
		if (is_alpha(next))
			add(&score[DIALECT_SQLSERVER], 2, SOME);
		break;
	}
}

/* What a byte begins. */
enum { NOTHING, WORD, MARK };

#define CLASS(c)                                                  \
	((c) >= '0' && (c) <= '9') || (c) == '_' ||               \
			((c) >= 'A' && (c) <= 'Z') ||             \
			((c) >= 'a' && (c) <= 'z')                \
		? WORD                                            \
	: (c) == '`' || (c) == ':' || (c) == '$' || (c) == '[' || \
			(c) == '-' || (c) == '/'                  \
		? MARK                                            \
		: NOTHING
static const unsigned char class_of[256] = { EACH_BYTE(CLASS) };

static unsigned char class_at(const char *p)
{
	return class_of[(unsigned char)*p];
}

/* The dialect of most weight. */
static enum dialect best_of(const int score[DIALECT_COUNT])
{
	enum dialect best = DIALECT_UNKNOWN;

	for (int d = 1; d < DIALECT_COUNT; d++)
		if (score[d] > score[best])
			best = (enum dialect)d;
	return best;
}

enum { STEP = 512, NO_DOUBT = 12 };

bool dialect_is_clear(const int score[DIALECT_COUNT])
{
	const enum dialect best = best_of(score);

	for (int d = 1; d < DIALECT_COUNT; d++)
		if (d != (int)best && score[best] < NO_DOUBT + 4 * score[d])
			return false;
	return true;
}

/* Behind the comment at the beginning of the text; 0 where none is. What only
 * MySQL reads is none. */
static size_t comment_len(struct str s)
{
	size_t close = 0;

	if (str_starts(s, STR("--")))
		close = str_find_byte(s, '\n');
	else if (str_starts(s, STR("/*")) && !str_starts(s, STR("/*!")))
		close = str_find(s, STR("*/"));
	return close < s.len ? close : s.len;
}

void dialect_weigh(struct str text, int score[DIALECT_COUNT])
{
	const struct letters letters = letters_of_words();
	const struct str s = str_slice(text, 0, SNIFF_MAX);
	const char *const end = s.ptr + s.len, *step = s.ptr;

	for (const char *p = s.ptr; p < end; p++) {
		const char *const from = p;

		if (p - step > STEP) {
			if (dialect_is_clear(score))
				break;
			step = p;
		}
		while (p < end && class_at(p) == WORD)
			p++;
		const struct str word = { from, (size_t)(p - from) };

		if (word.len) {
			weigh_word(word, &letters, score);
			weigh_schema(word, p < end ? p[0] : '\0', score);
		}
		if (p == end || class_at(p) != MARK)
			continue;
		weigh_mark(p[0], p + 1 < end ? p[1] : '\0', score);
		p += comment_len((struct str){ p, (size_t)(end - p) });
	}
}

enum dialect dialect_of_weights(const int score[DIALECT_COUNT])
{
	const enum dialect best = best_of(score);

	/* backticks alone: MySQL and SQLite both have them */
	if (score[best] < 2 || (best == DIALECT_MYSQL &&
				score[DIALECT_SQLITE] == score[DIALECT_MYSQL]))
		return DIALECT_UNKNOWN;
	return best;
}

enum dialect dialect_of_text(struct str text)
{
	int score[DIALECT_COUNT] = { 0 };

	dialect_weigh(text, score);
	return dialect_of_weights(score);
}
