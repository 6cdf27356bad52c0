#include "types.h"

#include <stdlib.h>

#include "compiler.h"

/* Types that are one another's superset along a line, and what compares. */
enum family {
	FAMILY_OTHER,
	FAMILY_INTEGER,	  /* size: bytes */
	FAMILY_FLOAT,	  /* size: bytes */
	FAMILY_NUMERIC,	  /* size: precision, scale; 0: unlimited */
	FAMILY_TEXT,	  /* size: characters; 0: unlimited */
	FAMILY_CHAR,	  /* padded */
	FAMILY_TIMESTAMP, /* size: precision */
	FAMILY_TIMESTAMPTZ,
	FAMILY_DATE,
	FAMILY_TIME,
	FAMILY_INTERVAL, /* size: precision */
	FAMILY_BOOL,
	FAMILY_UUID,
	FAMILY_JSON,
	FAMILY_JSONB,
	FAMILY_NETWORK,
	FAMILY_BYTES, /* size: bytes; 0: unlimited */
	FAMILY_ENUM,  /* MySQL ENUM (…) */
};

struct type {
	enum family family;
	struct str whole; /* without what ClickHouse wraps it in */
	struct str base;  /* the words, without arguments */
	long size, scale;
	bool array, is_unsigned;
	bool folds;    /* citext: compares without regard to case */
	bool narrow;   /* T-SQL: one byte a character, of one code page */
	bool nullable; /* ClickHouse: a part of the type */
};

/* Spellings, longest first where one begins another. A new one is a row. */
static const struct {
	const char *words;
	enum family family;
	long size;
} spellings[] = {
	{ "tinyint", FAMILY_INTEGER, 1 },
	{ "smallint", FAMILY_INTEGER, 2 },
	{ "int2", FAMILY_INTEGER, 2 },
	{ "smallserial", FAMILY_INTEGER, 2 },
	{ "mediumint", FAMILY_INTEGER, 3 },
	{ "integer", FAMILY_INTEGER, 4 },
	{ "int", FAMILY_INTEGER, 4 },
	{ "int4", FAMILY_INTEGER, 4 },
	{ "serial", FAMILY_INTEGER, 4 },
	{ "serial4", FAMILY_INTEGER, 4 },
	{ "bigint", FAMILY_INTEGER, 8 },
	{ "int8", FAMILY_INTEGER, 8 },
	{ "bigserial", FAMILY_INTEGER, 8 },
	{ "serial8", FAMILY_INTEGER, 8 },
	{ "real", FAMILY_FLOAT, 4 },
	{ "float4", FAMILY_FLOAT, 4 },
	{ "double precision", FAMILY_FLOAT, 8 },
	{ "double", FAMILY_FLOAT, 8 },
	{ "float8", FAMILY_FLOAT, 8 },
	{ "float", FAMILY_FLOAT, 8 },
	{ "numeric", FAMILY_NUMERIC, 0 },
	{ "decimal", FAMILY_NUMERIC, 0 },
	{ "character varying", FAMILY_TEXT, 0 },
	{ "varchar", FAMILY_TEXT, 0 },
	{ "nvarchar", FAMILY_TEXT, 0 },
	{ "tinytext", FAMILY_TEXT, 255 },
	{ "mediumtext", FAMILY_TEXT, 16777215 },
	{ "longtext", FAMILY_TEXT, 0 },
	{ "text", FAMILY_TEXT, 0 },
	{ "ntext", FAMILY_TEXT, 0 },
	{ "citext", FAMILY_TEXT, 0 },
	{ "string", FAMILY_TEXT, 0 },
	{ "character", FAMILY_CHAR, 1 },
	{ "char", FAMILY_CHAR, 1 },
	{ "nchar", FAMILY_CHAR, 1 },
	{ "bpchar", FAMILY_CHAR, 0 },
	{ "timestamp with time zone", FAMILY_TIMESTAMPTZ, 6 },
	{ "timestamptz", FAMILY_TIMESTAMPTZ, 6 },
	{ "timestamp without time zone", FAMILY_TIMESTAMP, 6 },
	{ "timestamp", FAMILY_TIMESTAMP, 6 },
	{ "datetime", FAMILY_TIMESTAMP, 0 },
	{ "datetime2", FAMILY_TIMESTAMP, 7 },
	{ "date", FAMILY_DATE, 0 },
	{ "time", FAMILY_TIME, 6 },
	{ "interval", FAMILY_INTERVAL, 6 },
	{ "boolean", FAMILY_BOOL, 0 },
	{ "bool", FAMILY_BOOL, 0 },
	{ "uuid", FAMILY_UUID, 0 },
	{ "json", FAMILY_JSON, 0 },
	{ "jsonb", FAMILY_JSONB, 0 },
	{ "inet", FAMILY_NETWORK, 1 }, /* every cidr is an inet */
	{ "cidr", FAMILY_NETWORK, 0 },
	{ "bytea", FAMILY_BYTES, 0 },
	{ "varbinary", FAMILY_BYTES, 0 },
	{ "tinyblob", FAMILY_BYTES, 255 },
	{ "mediumblob", FAMILY_BYTES, 16777215 },
	{ "longblob", FAMILY_BYTES, 0 },
	{ "blob", FAMILY_BYTES, 0 },
	{ "enum", FAMILY_ENUM, 0 },
};

/* The first argument and, behind a comma, the second. */
static void read_arguments(struct type *t, struct str inside)
{
	const size_t comma = str_find_byte(inside, ',');
	const struct str first = str_trim(str_slice(inside, 0, comma));

	if (!first.len || !is_digit(first.ptr[0]))
		return; /* varchar(max) */
	t->size = 0;
	for (size_t i = 0; i < first.len && is_digit(first.ptr[i]); i++)
		if (t->size < 1000 * 1000 * 1000)
			t->size = t->size * 10 + (first.ptr[i] - '0');
	if (comma < inside.len) {
		const struct str second =
			str_trim(str_slice(inside, comma + 1, inside.len));

		for (size_t i = 0; i < second.len && is_digit(second.ptr[i]);
		     i++)
			if (t->scale < 1000)
				t->scale =
					t->scale * 10 + (second.ptr[i] - '0');
	}
}

/* UInt8 to Int256, DateTime64 and FixedString(16) mean something else there or
 * nothing elsewhere. */
static void apply_clickhouse(struct type *t)
{
	const bool is_unsigned = str_istarts(t->base, STR("uint"));
	const struct str bits =
		str_slice(t->base, is_unsigned ? 4 : 3, t->base.len);
	long n = 0;

	if (str_ieq(t->base, STR("DateTime64")))
		t->family = FAMILY_TIMESTAMP;
	if (str_ieq(t->base, STR("FixedString")))
		t->family = FAMILY_TEXT;
	if (!is_unsigned && !str_istarts(t->base, STR("int")))
		return;
	for (size_t i = 0; i < bits.len && n < 1000; i++)
		n = is_digit(bits.ptr[i]) ? n * 10 + (bits.ptr[i] - '0') : 1000;
	if (n < 8 || n > 256)
		return;
	t->family = FAMILY_INTEGER;
	t->size = n / 8;
	t->is_unsigned = is_unsigned;
}

/* What a type without arguments means is for the dialect to say. */
static void apply_dialect(struct type *t, enum dialect d)
{
	const bool tsql = d == DIALECT_SQLSERVER;

	if (d == DIALECT_CLICKHOUSE)
		apply_clickhouse(t);
	if (d == DIALECT_MYSQL &&
	    (str_ieq(t->base, STR("text")) || str_ieq(t->base, STR("blob"))))
		t->size = 65535;
	if (d == DIALECT_SQLITE && t->family == FAMILY_FLOAT)
		t->size = 8;
	/* MySQL keeps no fractions of a second unless asked to */
	if (d == DIALECT_MYSQL &&
	    (t->family == FAMILY_TIMESTAMP || t->family == FAMILY_TIME))
		t->size = 0;
	if (d == DIALECT_MYSQL && t->family == FAMILY_BOOL)
		*t = (struct type){ .family = FAMILY_INTEGER,
				    .base = t->base,
				    .size = 1 };
	if (t->family == FAMILY_NUMERIC && (d == DIALECT_MYSQL || tsql))
		t->size = tsql ? 18 : 10;
	/* … in steps of 1/300 second */
	if (tsql && str_ieq(t->base, STR("datetime"))) {
		t->size = 3;
		t->scale = 1;
	}
	t->narrow = tsql && lower(t->base.len ? t->base.ptr[0] : 'n') != 'n' &&
		    (t->family == FAMILY_TEXT || t->family == FAMILY_CHAR);
}

/* T of word(T), alone. */
static bool unwrap(struct str *s, struct str word)
{
	if (!str_istarts(*s, word) || !str_ends(*s, STR(")")))
		return false;
	*s = str_trim(str_slice(*s, word.len, s->len - 1));
	return true;
}

static struct type type_of(struct str s, enum dialect d)
{
	struct type t = { 0 };

	/* how it is kept is not what it holds */
	unwrap(&s, STR("LowCardinality("));
	t.nullable = unwrap(&s, STR("Nullable("));
	t.whole = s;

	if (str_starts(s, STR("\"pg_catalog\".")) ||
	    str_istarts(s, STR("pg_catalog.")))
		s = plain_last_part(s);
	const size_t open = str_find_byte(s, '(');
	const size_t unsigned_at = str_ifind(s, STR(" unsigned"));

	t.array = str_ends(s, STR("[]")) || str_iends(s, STR(" ARRAY"));
	t.is_unsigned = unsigned_at < s.len;
	const struct str head = str_trim(
		str_slice(s, 0, open < unsigned_at ? open : unsigned_at));
	const size_t close = str_find_byte(s, ')');
	struct str words = head;

	if (t.array && open >= s.len)
		words = str_slice(head, 0, str_find_byte(head, '['));
	t.base = words;
	for (size_t i = 0; i < ARRAY_LEN(spellings); i++)
		if (str_ieq(words, str_of(spellings[i].words))) {
			t.family = spellings[i].family;
			t.size = spellings[i].size;
			break;
		}
	/* "timestamp(3) with time zone" */
	if (t.family == FAMILY_TIMESTAMP && close < s.len &&
	    str_ifind(s, STR(") with time zone")) < s.len)
		t.family = FAMILY_TIMESTAMPTZ;
	t.folds = str_ieq(words, STR("citext"));
	apply_dialect(&t, d);
	/* int(11) is a display width, not a size */
	if (open < close && close < s.len && t.family != FAMILY_INTEGER &&
	    t.family != FAMILY_ENUM)
		read_arguments(&t, str_slice(s, open + 1, close));
	/* float(p) counts bits */
	if (t.family == FAMILY_FLOAT && t.size > 8)
		t.size = t.size <= 24 ? 4 : 8;
	return t;
}

static bool same_name(struct str a, struct str b)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.len && a.ptr[i] == '"')
			i++;
		while (j < b.len && b.ptr[j] == '"')
			j++;
		if (i == a.len || j == b.len)
			return i == a.len && j == b.len;
		if (lower(a.ptr[i++]) != lower(b.ptr[j++]))
			return false;
	}
}

bool types_equal(struct str from, struct str to, enum dialect d)
{
	const struct type a = type_of(from, d);
	const struct type b = type_of(to, d);

	if (same_name(from, to))
		return true;
	if (a.family == FAMILY_OTHER || a.family == FAMILY_ENUM ||
	    a.family != b.family)
		return false;
	return a.array == b.array && a.size == b.size && a.scale == b.scale &&
	       a.is_unsigned == b.is_unsigned && a.folds == b.folds &&
	       a.narrow == b.narrow && a.nullable == b.nullable;
}

/* Digits before the point that every integer of that size fits in. */
static long integer_digits(long bytes)
{
	return bytes <= 1 ? 3 : bytes == 2 ? 5 : bytes <= 4 ? 10 : 19;
}

static bool numeric_holds(const struct type *to, long whole, long scale)
{
	if (!to->size)
		return true;
	return to->scale >= scale && to->size - to->scale >= whole;
}

static bool integer_fits(const struct type *a, const struct type *b)
{
	if (b->family == FAMILY_INTEGER)
		return a->is_unsigned == b->is_unsigned
			       ? b->size >= a->size
			       : a->is_unsigned && b->size > a->size;
	if (b->family == FAMILY_NUMERIC)
		return numeric_holds(b, integer_digits(a->size), 0);
	return b->family == FAMILY_FLOAT && a->size <= b->size / 2;
}

static bool text_fits(const struct type *a, const struct type *b)
{
	if (b->narrow && !a->narrow)
		return false;
	if (b->family != FAMILY_TEXT)
		return b->family == FAMILY_CHAR && a->family == FAMILY_CHAR &&
		       b->size >= a->size;
	return !b->size || (a->size && b->size >= a->size);
}

/* The most characters that a value takes as text; 0: nobody knows. */
static long longest_text(const struct type *t)
{
	switch (t->family) {
	case FAMILY_INTEGER:
		/* … and the sign */
		return integer_digits(t->size) + 1;
	case FAMILY_NUMERIC: return t->size ? t->size + 2 : 0;
	case FAMILY_BOOL: return 5;
	case FAMILY_DATE: return 10;
	case FAMILY_UUID: return 36;
	case FAMILY_OTHER:
	case FAMILY_FLOAT:
	case FAMILY_TEXT:
	case FAMILY_CHAR:
	case FAMILY_TIMESTAMP:
	case FAMILY_TIMESTAMPTZ:
	case FAMILY_TIME:
	case FAMILY_INTERVAL:
	case FAMILY_JSON:
	case FAMILY_JSONB:
	case FAMILY_NETWORK:
	case FAMILY_BYTES:
	case FAMILY_ENUM: return 0;
	}
	return 0;
}

static bool family_fits(const struct type *a, const struct type *b)
{
	const long length = longest_text(a);

	/* everything has one way to be written as unlimited text */
	if (b->family == FAMILY_TEXT && !b->size && a->family != FAMILY_BYTES &&
	    !(b->narrow && !a->narrow &&
	      (a->family == FAMILY_TEXT || a->family == FAMILY_CHAR)))
		return true;
	if (b->family == FAMILY_TEXT && length && b->size >= length)
		return true;
	switch (a->family) {
	case FAMILY_INTEGER: return integer_fits(a, b);
	case FAMILY_FLOAT:
		return b->family == FAMILY_FLOAT && b->size >= a->size;
	case FAMILY_NUMERIC:
		if (b->family != FAMILY_NUMERIC)
			return false;
		return a->size ? numeric_holds(b, a->size - a->scale, a->scale)
			       : !b->size;
	case FAMILY_TEXT:
	case FAMILY_CHAR: return text_fits(a, b);
	case FAMILY_DATE:
		return b->family == FAMILY_TIMESTAMP ||
		       b->family == FAMILY_TIMESTAMPTZ;
	case FAMILY_TIMESTAMP:
	case FAMILY_TIMESTAMPTZ:
		return (b->family == FAMILY_TIMESTAMP ||
			b->family == FAMILY_TIMESTAMPTZ) &&
		       b->size >= a->size && b->scale <= a->scale;
	case FAMILY_TIME:
	case FAMILY_INTERVAL:
		return b->family == a->family && b->size >= a->size;
	case FAMILY_BOOL:
		return b->family == FAMILY_BOOL || b->family == FAMILY_INTEGER;
	case FAMILY_JSON: return b->family == FAMILY_JSONB;
	case FAMILY_JSONB: return b->family == FAMILY_JSON;
	case FAMILY_NETWORK:
		return b->family == FAMILY_NETWORK && b->size >= a->size;
	case FAMILY_BYTES:
		return b->family == FAMILY_BYTES &&
		       (!b->size || (a->size && b->size >= a->size));
	case FAMILY_UUID:
	case FAMILY_ENUM:
	case FAMILY_OTHER: return false;
	}
	return false;
}

bool enum_loses_label(const struct words_list *old,
		      const struct words_list *new)
{
	for (size_t i = 0; i < old->count; i++)
		if (!words_list_has(new, old->item[i]))
			return true;
	return false;
}

struct words_list enum_labels_of(struct str type, struct arena *a)
{
	struct words_list labels = { 0 };
	struct plain p = { type, 0 };

	if (plain_accept(&p, "ENUM"))
		plain_split(&labels, plain_parens(&p), a);
	return labels;
}

bool type_holds_any_text(struct str type, enum dialect d)
{
	const struct type t = type_of(type, d);

	return t.family == FAMILY_TEXT && !t.size && !t.array;
}

/* A user's enum: "Role" to "Role_new" keeps every value it has a label for;
 * a label that is gone stops the statement, and is another rule's matter. */
static bool enums_fit(struct str from, struct str to, enum dialect d,
		      const struct catalog *c)
{
	if (!c)
		return false;
	const struct str a = plain_fold(from, d, c->arena);
	const struct str b = plain_fold(to, d, c->arena);
	const struct type_info *x = catalog_type(c, a);
	const struct type_info *y = catalog_type(c, b);

	return y && y->is_enum && x && x->is_enum;
}

bool types_lossless(struct str from, struct str to, enum dialect d,
		    const struct catalog *c)
{
	const struct type a = type_of(from, d), b = type_of(to, d);

	if (types_equal(from, to, d))
		return true;
	if (a.nullable && !b.nullable)
		return false;
	if (same_name(a.whole, b.whole))
		return true;
	if (c && a.family == FAMILY_ENUM && b.family == FAMILY_ENUM) {
		const struct words_list x = enum_labels_of(from, c->arena);
		const struct words_list y = enum_labels_of(to, c->arena);

		return !enum_loses_label(&x, &y);
	}
	if (a.family == FAMILY_OTHER && b.family == FAMILY_OTHER)
		return enums_fit(from, to, d, c);
	if (a.array != b.array)
		return b.family == FAMILY_TEXT && !b.size && !b.array;
	return family_fits(&a, &b);
}

static bool is_timestamp(const struct type *t)
{
	return t->family == FAMILY_TIMESTAMP || t->family == FAMILY_TIMESTAMPTZ;
}

bool types_in_place(struct str from, struct str to)
{
	const struct type a = type_of(from, DIALECT_POSTGRES);
	const struct type b = type_of(to, DIALECT_POSTGRES);

	if (types_equal(from, to, DIALECT_POSTGRES))
		return true;
	if (a.array != b.array || a.family == FAMILY_OTHER)
		return false;
	/* … where the time zone is UTC */
	if (is_timestamp(&a) && is_timestamp(&b))
		return b.size >= a.size;
	if (a.family != b.family)
		return false;
	if (a.family == FAMILY_TEXT)
		return text_fits(&a, &b);
	if (a.family == FAMILY_NUMERIC)
		return !b.size ||
		       (a.size && b.scale == a.scale && b.size >= a.size);
	return (a.family == FAMILY_TIME || a.family == FAMILY_INTERVAL ||
		a.family == FAMILY_NETWORK) &&
	       b.size >= a.size;
}

bool types_sort_alike(struct str from, struct str to)
{
	return type_of(from, DIALECT_POSTGRES).folds ==
	       type_of(to, DIALECT_POSTGRES).folds;
}
