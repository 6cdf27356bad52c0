#include "value.h"

#include <stdint.h>

#include "compiler.h"
#include "strbuf.h"
#include "value_shape.h"

/* A setting of a database has one of these words in its name … */
static const struct str database_words[] = {
	STR_INIT("DATABASE"),
	STR_INIT("DATABASES"),
	STR_INIT("DB"),
	STR_INIT("SQLITE"),
	STR_INIT("SQL"),
	STR_INIT("DATASOURCE"),
	STR_INIT("TURSO"),
	STR_INIT("LIBSQL"),
	STR_INIT("POSTGRES"),
	STR_INIT("POSTGRESQL"),
	STR_INIT("PG"),
	STR_INIT("MYSQL"),
	STR_INIT("MARIADB"),
	STR_INIT("PRISMA"),
	STR_INIT("CONNECTION"),
	STR_INIT("CONNECTIONSTRING"),
	STR_INIT("CONNECTIONSTRINGS"),
	STR_INIT("DSN"),
	STR_INIT("SQLALCHEMY"),
	STR_INIT("MONGO"),
	STR_INIT("MONGODB"),
	STR_INIT("KNEX"),
	STR_INIT("TYPEORM"),
	STR_INIT("SEQUELIZE"),
	STR_INIT("DRIZZLE"),
	STR_INIT("JDBC"),
};

/* … and none of these: what they hold may be lost. */
static const struct str skipped_words[] = {
	STR_INIT("CACHE"),  STR_INIT("QUEUE"),	     STR_INIT("CABLE"),
	STR_INIT("CACHES"), STR_INIT("SESSION"),     STR_INIT("LOG"),
	STR_INIT("LOGS"),   STR_INIT("TMPDIR"),	     STR_INIT("TEST"),
	STR_INIT("DEV"),    STR_INIT("DEVELOPMENT"), STR_INIT("LOCAL"),
	STR_INIT("SHADOW"), STR_INIT("BROADCAST"),   STR_INIT("SENTRY"),
};

/* Names whose value says which kind of database it is. */
static const struct str selectors[] = {
	STR_INIT("CONNECTION"), STR_INIT("CLIENT"),   STR_INIT("DRIVER"),
	STR_INIT("DIALECT"),	STR_INIT("ENGINE"),   STR_INIT("ADAPTER"),
	STR_INIT("TYPE"),	STR_INIT("PROVIDER"), STR_INIT("DATABASE"),
	STR_INIT("DB"),		STR_INIT("BACKEND"),  STR_INIT("VENDOR"),
};

static bool one_of(const struct str *list, size_t count, struct str word)
{
	for (size_t i = 0; i < count; i++)
		if (str_ieq(list[i], word))
			return true;
	return false;
}

/* The next word of a name: `databaseUrl`, `DB_URL` and `db.url` have two. */
static bool next_word(struct str *rest, struct str *word)
{
	size_t i = 0, start;

	while (i < rest->len && !is_alpha(rest->ptr[i]) &&
	       !is_digit(rest->ptr[i]))
		i++;
	start = i;
	while (i < rest->len &&
	       (is_alpha(rest->ptr[i]) || is_digit(rest->ptr[i]))) {
		const char c = rest->ptr[i];
		const char before = i > start ? rest->ptr[i - 1] : 'A';

		if (c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z')
			break;
		i++;
	}
	*word = str_slice(*rest, start, i);
	*rest = str_slice(*rest, i, rest->len);
	return word->len > 0;
}

static bool has_word(struct str name, const struct str *list, size_t count)
{
	struct str word;

	while (next_word(&name, &word))
		if (one_of(list, count, word))
			return true;
	return false;
}

static struct str last_word(struct str name)
{
	struct str last = STR(""), word;

	while (next_word(&name, &word))
		last = word;
	return last;
}

bool names_database(struct str key)
{
	return has_word(key, database_words, ARRAY_LEN(database_words)) &&
	       !has_word(key, skipped_words, ARRAY_LEN(skipped_words));
}

bool names_database_url(struct str key)
{
	static const struct str ends[] = {
		STR_INIT("URL"),
		STR_INIT("URI"),
		STR_INIT("DSN"),
		STR_INIT("CONNECTIONSTRING"),
	};
	const struct str last = last_word(key);

	return names_database(key) && one_of(ends, ARRAY_LEN(ends), last);
}

bool names_secret(struct str key)
{
	static const struct str secret[] = {
		STR_INIT("SECRET"),	STR_INIT("PRIVATE"),
		STR_INIT("PASSWORD"),	STR_INIT("PASSWD"),
		STR_INIT("PASS"),	STR_INIT("TOKEN"),
		STR_INIT("CREDENTIAL"), STR_INIT("CREDENTIALS"),
		STR_INIT("APIKEY"),
	};
	static const struct str keys[] = { STR_INIT("KEY") };

	return has_word(key, secret, ARRAY_LEN(secret)) ||
	       one_of(keys, ARRAY_LEN(keys), last_word(key));
}

/* Is what the setting holds of no matter: a cache, a log, a test? */
static bool is_skipped(struct str key)
{
	return has_word(key, skipped_words, ARRAY_LEN(skipped_words));
}

static bool selects(struct str key)
{
	return one_of(selectors, ARRAY_LEN(selectors), last_word(key)) &&
	       !is_skipped(key);
}

/* The scheme of a URL with its `://`, or the `file:` of one without. */
static struct str scheme_of(struct str s)
{
	size_t i = 0;

	while (i < s.len && i < 40 &&
	       (is_alpha(s.ptr[i]) || is_digit(s.ptr[i]) || s.ptr[i] == '+' ||
		s.ptr[i] == '-' || s.ptr[i] == '.' || s.ptr[i] == ':')) {
		if (s.ptr[i] == ':' && !str_istarts(s, STR("jdbc:")))
			break;
		if (str_starts(str_slice(s, i, s.len), STR("://")))
			break;
		i++;
	}
	if (!i || !is_alpha(s.ptr[0]))
		return STR("");
	if (str_starts(str_slice(s, i, s.len), STR("://")))
		return str_slice(s, 0, i + 3);
	return i < s.len && s.ptr[i] == ':' ? str_slice(s, 0, i + 1) : STR("");
}

static struct value classified(enum value_class class, struct str detail)
{
	return (struct value){ class, detail, STR("") };
}

/* What is lost with it can be made again. */
static bool is_queue(struct str scheme)
{
	return str_istarts(scheme, STR("redis")) ||
	       str_istarts(scheme, STR("amqp"));
}

static struct value of_url(struct str key, struct str s)
{
	const struct str scheme = scheme_of(s);

	if (!shape_is_database_scheme(scheme) &&
	    !(names_database(key) && str_ends(scheme, STR("://")) &&
	      !str_istarts(scheme, STR("http"))))
		return classified(CLASS_URL, scheme);
	return classified(shape_is_local_host(s) && !is_queue(scheme)
				  ? CLASS_LOCAL
				  : CLASS_DATABASE,
			  scheme);
}

static bool is_number(struct str s)
{
	size_t i = s.len && s.ptr[0] == '-';

	if (i == s.len)
		return false;
	for (; i < s.len; i++)
		if (!is_digit(s.ptr[i]) && s.ptr[i] != '.')
			return false;
	return true;
}

/* What the rest of value_of() does not depend on. */
static struct value of_text(struct str s)
{
	const struct str secret = shape_secret(s);
	const struct str word = shape_word(s);

	if (secret.len)
		return classified(CLASS_SECRET, secret);
	if (word.len)
		return classified(CLASS_WORD, word);
	if (is_number(s))
		return classified(CLASS_NUMBER, STR(""));
	if (s.ptr[0] == '{' || s.ptr[0] == '[')
		return classified(is_json(s, false) ? CLASS_JSON : CLASS_TEXT,
				  STR(""));
	if (s.ptr[0] == '/' || str_starts(s, STR("./")) ||
	    str_starts(s, STR("../")))
		return classified(CLASS_PATH, STR(""));
	return classified(CLASS_TEXT, STR(""));
}

struct value value_of(struct str key, struct str value)
{
	const struct str s = str_trim(value);
	const bool database = names_database(key);
	struct value v;

	if (!s.len)
		return classified(CLASS_EMPTY, STR(""));
	if (shape_is_placeholder(s))
		return classified(CLASS_PLACEHOLDER, STR(""));
	if ((!is_skipped(key) && shape_sqlite_url(&v, s, database)) ||
	    (selects(key) && shape_sqlite_name(&v, s, database)) ||
	    (database && shape_sqlite_file(&v, s)))
		return v;
	if (shape_is_computed(s))
		return classified(CLASS_COMPUTED, STR(""));
	if (scheme_of(s).len && str_find(s, STR("://")) != SIZE_MAX)
		return of_url(key, s);
	if (database && shape_is_local_string(s))
		return classified(CLASS_LOCAL, STR(""));
	return of_text(s);
}

struct str value_text(struct arena *a, const struct value *v)
{
	static const char *const names[] = {
		[CLASS_TEXT] = "text",
		[CLASS_EMPTY] = "empty",
		[CLASS_PLACEHOLDER] = "placeholder",
		[CLASS_COMPUTED] = "computed",
		[CLASS_WORD] = "",
		[CLASS_NUMBER] = "number",
		[CLASS_SQLITE] = "sqlite",
		[CLASS_LOCAL] = "local database",
		[CLASS_DATABASE] = "database",
		[CLASS_URL] = "url",
		[CLASS_SECRET] = "secret",
		[CLASS_PATH] = "path",
		[CLASS_JSON] = "json",
	};
	struct strbuf b = STRBUF(a);

	if (v->class == CLASS_WORD)
		return v->detail;
	strbuf_puts(&b, names[v->class]);
	if (v->detail.len)
		strbuf_printf(&b, " (" STR_FMT ")", STR_ARG(v->detail));
	return strbuf_str(&b);
}

/* A token or a line of a key file that stands where a name should. */
static bool looks_random(struct str key)
{
	size_t digits = 0, lowers = 0, uppers = 0;

	for (size_t i = 0; i < key.len; i++) {
		digits += is_digit(key.ptr[i]);
		lowers += key.ptr[i] >= 'a' && key.ptr[i] <= 'z';
		uppers += key.ptr[i] >= 'A' && key.ptr[i] <= 'Z';
	}
	return key.len > 20 && digits && lowers > 3 && uppers > 3 &&
	       str_find_byte(key, '.') == SIZE_MAX &&
	       str_find_byte(key, '_') == SIZE_MAX;
}

bool key_is_printable(struct str key)
{
	if (!key.len || key.len > 200 || is_digit(key.ptr[0]))
		return false;
	for (size_t i = 0, run = 0; i < key.len; i++) {
		const char c = key.ptr[i];

		run = c == '.' ? 0 : run + 1;
		if ((!is_alpha(c) && !is_digit(c) && !strchr("_.-", c)) ||
		    run > 64)
			return false;
	}
	return !looks_random(key) && !shape_secret(key).len;
}
