#include "value_shape.h"

#include <stdint.h>

#include "compiler.h"
#include "value_words.h"

static const unsigned char marks_of[256] = {
	[':'] = BYTE_COLON,    ['='] = BYTE_EQUALS,
	['$'] = BYTE_COMPUTED, ['{'] = BYTE_COMPUTED,
	['`'] = BYTE_COMPUTED, ['<'] = BYTE_COMPUTED | BYTE_BRACKET,
	['['] = BYTE_BRACKET,  ['!'] = BYTE_BRACKET,
	['?'] = BYTE_QUERY,    ['@'] = BYTE_AT,
};

unsigned shape_bytes(struct str s)
{
	unsigned all = 0;

	for (size_t i = 0; i < s.len; i++)
		all |= marks_of[(unsigned char)s.ptr[i]];
	return all;
}

static bool starts_with_any(struct str s, const struct str *list, size_t count,
			    struct str *found)
{
	for (size_t i = 0; i < count; i++)
		if (str_istarts(s, list[i])) {
			*found = list[i];
			return true;
		}
	return false;
}

/* Without the slashes that a URL has in front of its path. `sqlite:////x` is
 * the absolute path /x, `sqlite:///x` the relative one. */
static struct str url_path(struct str s)
{
	if (str_starts(s, STR("////")))
		return str_slice(s, 3, s.len);
	if (str_starts(s, STR("///")))
		return str_slice(s, 3, s.len);
	if (str_starts(s, STR("//")))
		s = str_slice(s, 2, s.len);
	return str_slice(s, 0, str_find_byte(s, '?'));
}

static bool embedded(struct value *out, struct str detail, struct str path)
{
	*out = (struct value){ CLASS_SQLITE, detail, path };
	return true;
}

bool shape_sqlite_url(struct value *out, struct str s, bool database)
{
	static const struct str schemes[] = {
		STR_INIT("sqlite3:"),	  STR_INIT("sqlite:"),
		STR_INIT("sqlite3+"),	  STR_INIT("sqlite+"),
		STR_INIT("jdbc:sqlite:"), STR_INIT("pglite:"),
		STR_INIT("jdbc:derby:"),  STR_INIT("better-sqlite3:"),
		STR_INIT("jdbc:h2:file"), STR_INIT("jdbc:h2:~"),
		STR_INIT("jdbc:h2:."),	  STR_INIT("jdbc:h2:/"),
	};
	static const struct str memory[] = {
		STR_INIT("jdbc:h2:mem"),
		STR_INIT("jdbc:hsqldb:mem"),
		STR_INIT(":memory:"),
		STR_INIT("memory://"),
	};
	struct str found;

	if (str_istarts(s, STR("libsql://")) || str_istarts(s, STR("http")) ||
	    str_istarts(s, STR("ws")))
		return false;
	if (str_ifind(s, STR(":memory:")) != SIZE_MAX)
		return embedded(out, STR("memory"), STR(""));
	if (starts_with_any(s, memory, ARRAY_LEN(memory), &found))
		return (database || found.ptr[0] == 'j') &&
		       embedded(out, STR("memory"), STR(""));
	if (str_istarts(s, STR("jdbc:derby://")) ||
	    str_istarts(s, STR("jdbc:hsqldb:hsql")))
		return false;
	if (str_istarts(s, STR("jdbc:hsqldb:")))
		return embedded(out, STR("jdbc:hsqldb:"), STR(""));
	if (starts_with_any(s, schemes, ARRAY_LEN(schemes), &found)) {
		const size_t colon =
			str_find_byte(str_slice(s, found.len - 1, s.len), ':');
		const size_t from =
			colon == SIZE_MAX ? s.len : found.len + colon;

		return embedded(out, found,
				url_path(str_slice(s, from, s.len)));
	}
	if (database && str_istarts(s, STR("file:")))
		return embedded(out, STR("file:"),
				url_path(str_slice(s, 5, s.len)));
	return false;
}

static bool ends_like_database(struct str path)
{
	static const struct str ends[] = {
		STR_INIT(".db"),      STR_INIT(".db3"),
		STR_INIT(".s3db"),    STR_INIT(".sqlite"),
		STR_INIT(".sqlite3"), STR_INIT(".sqlitedb"),
	};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (path.len > ends[i].len && str_iends(path, ends[i]))
			return true;
	return false;
}

/* One `name=value` of a connection string. */
static bool next_part(struct str *rest, struct str *name, struct str *value)
{
	const size_t end = str_find_byte(*rest, ';');
	const struct str part = str_trim(str_slice(*rest, 0, end));
	const size_t eq = str_find_byte(part, '=');

	if (!rest->len)
		return false;
	*name = str_trim(str_slice(part, 0, eq));
	*value = eq == SIZE_MAX ? STR("")
				: str_trim(str_slice(part, eq + 1, part.len));
	*rest = end == SIZE_MAX ? STR("")
				: str_slice(*rest, end + 1, rest->len);
	return true;
}

/* A path, with parts that a template fills in: `storage/<%= Rails.env %>.db`;
 * `:` only behind the letter of a disk. */
static bool is_path(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const struct str rest = str_slice(s, i, s.len);
		const size_t end = str_starts(rest, STR("<%"))
					   ? str_find(rest, STR("%>"))
					   : SIZE_MAX;

		if (end != SIZE_MAX)
			i += end + 1;
		else if (strchr(":;=", s.ptr[i]) &&
			 !(i == 1 && s.ptr[i] == ':'))
			return false;
	}
	return true;
}

bool shape_sqlite_file(struct value *out, struct str s)
{
	struct str rest = s, name, value;
	const struct str path = str_slice(s, 0, str_find_byte(s, '?'));

	if (ends_like_database(path) && is_path(path))
		return embedded(out, STR("database file"), path);
	while (next_part(&rest, &name, &value)) {
		if (!str_ieq(name, STR("data source")) &&
		    !str_ieq(name, STR("datasource")) &&
		    !str_ieq(name, STR("filename")))
			continue;
		if (str_ieq(value, STR(":memory:")))
			return embedded(out, STR("memory"), STR(""));
		if (ends_like_database(value))
			return embedded(out, STR("data source"), value);
	}
	return false;
}

bool shape_sqlite_name(struct value *out, struct str s,
		       const struct value_word *word, bool database)
{
	static const struct str backends[] = {
		STR_INIT(".sqlite3"),
		STR_INIT(".spatialite"),
		STR_INIT("::Sqlite"),
		STR_INIT(".sqlite"),
	};

	if (word && word->bits & WORD_SQLITE)
		return (database || word->word.len > 2) &&
		       embedded(out, word->word, STR(""));
	for (size_t i = 0; i < ARRAY_LEN(backends); i++)
		if (str_iends(s, backends[i]) &&
		    str_find_byte(s, '/') == SIZE_MAX &&
		    str_ifind(s, STR("backend")) != SIZE_MAX)
			return embedded(out, STR("sqlite3"), STR(""));
	return database &&
	       (str_ieq(s, STR("memory")) || str_ieq(s, STR(":memory:"))) &&
	       embedded(out, STR("memory"), STR(""));
}

static bool is_run_of(struct str s, char c)
{
	for (size_t i = 0; i < s.len; i++)
		if (lower(s.ptr[i]) != c)
			return false;
	return s.len >= 3;
}

static bool is_between(struct str s, const char *open, const char *close)
{
	return str_starts(s, str_of(open)) && str_ends(s, str_of(close));
}

/* Has the URL the user, password or host of a manual? */
static bool is_manual_url(struct str s, unsigned bytes)
{
	static const struct str marks[] = {
		STR_INIT("://user:password@"),
		STR_INIT("://username:password@"),
		STR_INIT("@host:"),
		STR_INIT("@host/"),
		STR_INIT("@hostname"),
		STR_INIT("@your-"),
		STR_INIT("@your_"),
		STR_INIT("://<"),
		STR_INIT("@<"),
		STR_INIT(":<password>@"),
		STR_INIT(":[your"),
		STR_INIT("[your-password]"),
		STR_INIT(":your_password@"),
		STR_INIT(":your-password@"),
		STR_INIT(":yourpassword@"),
		STR_INIT(":changeme@"),
	};
	static const struct str behind_scheme[] = {
		STR_INIT("://johndoe:"),
		STR_INIT("://..."),
	};

	struct str found;
	const size_t scheme = str_find(s, STR("://"));

	if (scheme == SIZE_MAX)
		return false;
	if (starts_with_any(str_slice(s, scheme, s.len), behind_scheme,
			    ARRAY_LEN(behind_scheme), &found))
		return true;
	/* all others hold one of these */
	if (!(bytes & (BYTE_AT | BYTE_BRACKET)))
		return false;
	for (size_t at = 0; at < s.len; at++) {
		const unsigned bits = marks_of[(unsigned char)s.ptr[at]];

		if (bits & (BYTE_COLON | BYTE_AT | BYTE_BRACKET) &&
		    starts_with_any(str_slice(s, at, s.len), marks,
				    ARRAY_LEN(marks), &found))
			return true;
	}
	return false;
}

static bool is_bracketed(struct str s)
{
	return (is_between(s, "<", ">") && !str_starts(s, STR("<%"))) ||
	       (is_between(s, "!!!", "!!!") && s.len > 6) ||
	       (is_between(s, "[", "]") && s.len > 2 && (is_alpha(s.ptr[1])) &&
		str_find_byte(s, ',') == SIZE_MAX &&
		str_find_byte(s, '"') == SIZE_MAX);
}

bool shape_is_placeholder(struct str s, unsigned bytes)
{
	static const struct str starts[] = {
		STR_INIT("change_this"),  STR_INIT("change-this"),
		STR_INIT("change this"),  STR_INIT("changethis"),
		STR_INIT("change_me"),	  STR_INIT("change-me"),
		STR_INIT("replace_me"),	  STR_INIT("replace-me"),
		STR_INIT("replace_with"), STR_INIT("replace-with"),
		STR_INIT("replace with"), STR_INIT("your-"),
		STR_INIT("your_"),	  STR_INIT("your "),
		STR_INIT("example-"),	  STR_INIT("example_"),
		STR_INIT("insert-your"),  STR_INIT("insert_your"),
		STR_INIT("enter-your"),	  STR_INIT("enter_your"),
		STR_INIT("add-your"),	  STR_INIT("add_your"),
		STR_INIT("my-secret-"),	  STR_INIT("put-your"),
		STR_INIT("put_your"),
	};
	struct str found;

	if (strchr("aceimpry", lower(s.ptr[0])) &&
	    starts_with_any(s, starts, ARRAY_LEN(starts), &found))
		return true;
	if (is_run_of(s, 'x') || is_run_of(s, '*') || is_run_of(s, '.'))
		return true;
	return (bytes & BYTE_BRACKET && is_bracketed(s)) ||
	       (bytes & BYTE_COLON && is_manual_url(s, bytes));
}

bool shape_is_computed(struct str s)
{
	for (size_t i = 0; i + 1 < s.len; i++) {
		const char next = s.ptr[i + 1];

		if (s.ptr[i] == '$' && (next == '{' || next == '(' ||
					next == '_' || is_alpha(next)))
			return true;
		if (s.ptr[i] == '<' && next == '%')
			return true;
		if (s.ptr[i] == '{' && next == '{')
			return true;
	}
	return s.ptr[0] == '`';
}

bool shape_is_database_scheme(struct str scheme)
{
	struct str name = scheme;
	size_t end = 0;

	if (str_istarts(name, STR("jdbc:")))
		name = str_slice(name, 5, name.len);
	while (end < name.len && name.ptr[end] != ':' && name.ptr[end] != '+')
		end++;
	return end < name.len &&
	       value_word_find(database_schemes, ARRAY_LEN(database_schemes),
			       str_slice(name, 0, end));
}

static bool is_local_name(struct str host)
{
	static const struct str names[] = {
		STR_INIT("localhost"),
		STR_INIT("0.0.0.0"),
		STR_INIT("[::1]"),
		STR_INIT("::1"),
		STR_INIT("host.docker.internal"),
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_ieq(host, names[i]))
			return true;
	return str_starts(host, STR("127."));
}

bool shape_is_local_host(struct str url)
{
	const size_t scheme = str_find(url, STR("://"));
	struct str host =
		scheme == SIZE_MAX ? url : str_slice(url, scheme + 3, url.len);
	size_t at = 0, end = 0;

	for (size_t i = 0; i < host.len && host.ptr[i] != '/'; i++)
		if (host.ptr[i] == '@')
			at = i + 1;
	host = str_slice(host, at, host.len);
	if (host.len && host.ptr[0] == '[')
		end = str_find_byte(host, ']') + 1;
	while (end < host.len && !strchr(":/?,;", host.ptr[end]))
		end++;
	return is_local_name(str_slice(host, 0, end));
}

bool shape_is_local_string(struct str s)
{
	struct str name, value;

	if (str_find_byte(s, '=') == SIZE_MAX)
		return false;
	while (next_part(&s, &name, &value)) {
		if (!str_ieq(name, STR("server")) &&
		    !str_ieq(name, STR("host")) &&
		    !str_ieq(name, STR("data source")))
			continue;
		value = str_slice(value, 0, str_find_byte(value, ','));
		value = str_slice(value, 0, str_find_byte(value, ' '));
		if (is_local_name(value))
			return true;
	}
	return false;
}

enum { SECRET_MIN = 16 };

/* By its first two bytes: hardly anything that is none does. */
static bool starts_like_secret(struct str s)
{
	static const char *const second[256] = {
		['-'] = "-",  ['S'] = "G", ['g'] = "hil", ['r'] = "ek",
		['s'] = "bk", ['v'] = "e", ['w'] = "h",	  ['x'] = "o",
	};
	const char *bytes = second[(unsigned char)s.ptr[0]];

	return bytes && strchr(bytes, s.ptr[1]);
}

struct str shape_secret(struct str s)
{
	static const struct {
		struct str start;
		struct str kind;
		size_t at_least;
	} kinds[] = {
		{ STR_INIT("sk_live_"), STR_INIT("stripe key"), SECRET_MIN },
		{ STR_INIT("rk_live_"), STR_INIT("stripe key"), SECRET_MIN },
		{ STR_INIT("sk_test_"), STR_INIT("stripe key"), SECRET_MIN },
		{ STR_INIT("whsec_"), STR_INIT("webhook secret"), SECRET_MIN },
		{ STR_INIT("-----BEGIN "), STR_INIT("private key"),
		  SECRET_MIN },
		{ STR_INIT("ghp_"), STR_INIT("github token"), 20 },
		{ STR_INIT("github_pat_"), STR_INIT("github token"), 20 },
		{ STR_INIT("glpat-"), STR_INIT("gitlab token"), SECRET_MIN },
		{ STR_INIT("xoxb-"), STR_INIT("slack token"), SECRET_MIN },
		{ STR_INIT("sk-ant-"), STR_INIT("anthropic key"), SECRET_MIN },
		{ STR_INIT("sk-proj-"), STR_INIT("openai key"), SECRET_MIN },
		{ STR_INIT("vercel_blob_rw_"), STR_INIT("blob token"),
		  SECRET_MIN },
		{ STR_INIT("sb_secret_"), STR_INIT("supabase key"),
		  SECRET_MIN },
		{ STR_INIT("SG."), STR_INIT("sendgrid key"), 40 },
		{ STR_INIT("re_"), STR_INIT("resend key"), 30 },
	};

	if (s.len < SECRET_MIN || !starts_like_secret(s))
		return STR("");
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (s.len >= kinds[i].at_least && str_starts(s, kinds[i].start))
			return kinds[i].kind;
	return STR("");
}

const struct value_word *shape_word(struct str s)
{
	return value_word_find(value_words, ARRAY_LEN(value_words), s);
}
