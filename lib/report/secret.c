#include "secret.h"

#include "compiler.h"
#include "strbuf.h"

/* A name with one of these in it names a secret. */
static const char *const secret_parts[] = {
	"password",    "passwd",	"passphrase",	"secret",
	"token",       "apikey",	"api_key",	"api-key",
	"accesskey",   "access_key",	"access-key",	"privatekey",
	"private_key", "private-key",	"credential",	"dsn",
	"pwd",	       "authorization", "from-literal",
};

/* … and so does a name that is one of these, or has it between "_" or "-". */
static const char *const secret_words[] = { "pass", "auth", "pin" };

static char at(struct str s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

static bool is_quote(char c)
{
	return c == '\'' || c == '"' || c == '`';
}

static bool is_name(char c)
{
	return is_ident(c) || c == '-';
}

static bool is_word_end(char c)
{
	return !c || is_blank(c) || strchr(";|&)]},", c);
}

static size_t skip_blanks(struct str s, size_t i)
{
	while (i < s.len && is_blank(s.ptr[i]) && s.ptr[i] != '\n')
		i++;
	return i;
}

static bool part_is(struct str name, const char *word)
{
	size_t from = 0;

	for (size_t i = 0; i <= name.len; i++) {
		if (i < name.len && name.ptr[i] != '_' && name.ptr[i] != '-')
			continue;
		if (str_ieq(str_slice(name, from, i), str_of(word)))
			return true;
		from = i + 1;
	}
	return false;
}

static bool names_secret(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(secret_parts); i++)
		if (str_ifind(name, str_of(secret_parts[i])) != SIZE_MAX)
			return true;
	for (size_t i = 0; i < ARRAY_LEN(secret_words); i++)
		if (part_is(name, secret_words[i]))
			return true;
	return false;
}

/* The end of the literal that opens at `i`: its closing quote, or the end of
 * the text. A doubled or escaped quote does not close it. */
static size_t literal_end(struct str s, size_t i)
{
	const char quote = s.ptr[i];

	for (i++; i < s.len; i++) {
		const bool doubled = s.ptr[i] == quote && at(s, i + 1) == quote;

		if (s.ptr[i] == '\\' || doubled)
			i++;
		else if (s.ptr[i] == quote)
			return i;
	}
	return s.len;
}

/* The end of the shell word at `i`. A quote in its middle opens a quoted part,
 * unless it closes the string of another language that the command is in. */
static size_t word_end(struct str s, size_t i)
{
	for (; i < s.len && !is_blank(s.ptr[i]); i++) {
		if (strchr(";|&", s.ptr[i]))
			break;
		if (!is_quote(s.ptr[i]))
			continue;
		if (is_word_end(at(s, i + 1)))
			break;
		const size_t close =
			str_find_byte(str_slice(s, i + 1, s.len), s.ptr[i]);

		if (close == SIZE_MAX)
			return s.len;
		i += close + 1;
	}
	return i;
}

static struct span part(size_t from, size_t to)
{
	return (struct span){ (uint32_t)from,
			      (uint32_t)(to > from ? to - from : 0) };
}

/* The inside of the literal at `i`; empty where none opens there. */
static struct span literal_at(struct str s, size_t i)
{
	if (str_starts(str_slice(s, i, s.len), STR("$$"))) {
		const size_t close =
			str_find(str_slice(s, i + 2, s.len), STR("$$"));

		return part(i + 2, close == SIZE_MAX ? s.len : i + 2 + close);
	}
	if (!is_quote(at(s, i)))
		return part(i, i);
	return part(i + 1, literal_end(s, i));
}

/* A word of a command; what only names a variable tells nothing. */
static struct span word_at(struct str s, size_t i)
{
	const size_t end = word_end(s, i);
	size_t j = i;

	if (at(s, i) == '$') {
		j += at(s, i + 1) == '{' ? 2 : 1;
		while (j < end && (is_name(s.ptr[j]) && s.ptr[j] != '-'))
			j++;
		if (at(s, i + 1) == '{')
			j += at(s, j) == '}';
	}
	return part(j < end ? i : end, end);
}

/* `Authorization: Bearer …` ends with the literal or line it stands in. */
static struct span rest_at(struct str s, size_t i)
{
	size_t end = i;

	while (end < s.len && !is_quote(s.ptr[end]) && s.ptr[end] != '\n')
		end++;
	return part(i, end);
}

/* The value of the name that ends at `i`, which names a secret. */
static struct span value_behind(struct str s, struct str name, size_t i,
				enum secret_in in)
{
	const bool flag = name.ptr[0] == '-';
	const bool quoted = is_quote(at(s, i));
	size_t j = skip_blanks(s, i + quoted);
	const char sep = at(s, j);
	struct span lit;

	if (sep == '=' || sep == ':') {
		while (at(s, j) == ':' || at(s, j) == '=' || at(s, j) == '>')
			j++;
		j = skip_blanks(s, j);
	} else if (quoted || j == i) {
		return part(i, i);
	}
	lit = literal_at(s, j);
	if (lit.len || in == SECRET_IN_CODE)
		return lit;
	if (sep == '=' || (flag && sep != ':' && at(s, j) != '-'))
		return word_at(s, j);
	return sep == ':' ? rest_at(s, j) : lit;
}

/* IDENTIFIED BY '…', IDENTIFIED WITH plugin AS '…' */
static struct span identified_by(struct str s, size_t i)
{
	enum { NEAR = 64 };

	for (size_t j = i; j < s.len && j < i + NEAR && s.ptr[j] != ';'; j++)
		if (is_quote(s.ptr[j]))
			return literal_at(s, j);
	return part(i, i);
}

/* -p…, -P …, -u user:password */
static struct span short_flag_at(struct str s, struct str name, size_t from)
{
	const char c = name.len > 1 ? name.ptr[1] : '\0';
	const size_t next = skip_blanks(s, from + 2);

	if (name.ptr[0] != '-' || (c != 'p' && c != 'P' && c != 'u'))
		return part(from, from);
	if (c != 'u' && !is_word_end(at(s, from + 2)))
		return part(from + 2, word_end(s, from + 2));
	if (!is_blank(at(s, from + 2)) || at(s, next) == '-')
		return part(from, from);
	const struct span word = part(next, word_end(s, next));
	const struct str text = str_slice(s, word.off, span_end(word));

	if (c == 'u' && str_find_byte(text, ':') == SIZE_MAX)
		return part(from, from);
	return word;
}

/* NAME=value of an environment; which environment is no secret. */
static struct span assignment_at(struct str s, struct str name, size_t end)
{
	if (at(s, end) != '=' || at(s, end + 1) == '=' || name.ptr[0] == '-' ||
	    is_digit(name.ptr[0]) || str_iends(name, STR("ENV")))
		return part(end, end);
	const struct span lit = literal_at(s, end + 1);

	return lit.len ? lit : word_at(s, end + 1);
}

/* The secret that the name at [from, end) leads to. */
static struct span secret_of(struct str s, size_t from, size_t end,
			     enum secret_in in)
{
	const struct str name = str_slice(s, from, end);
	struct span found = part(end, end);

	if (str_ieq(name, STR("identified")))
		return identified_by(s, end);
	/* few names have a value: that is found out first */
	found = value_behind(s, name, end, in);
	if (found.len && !names_secret(name))
		found = part(end, end);
	if (!found.len && in == SECRET_IN_COMMAND)
		found = assignment_at(s, name, end);
	if (!found.len && in == SECRET_IN_COMMAND)
		found = short_flag_at(s, name, from);
	return found;
}

struct span secret_next(struct str text, uint32_t from, enum secret_in in)
{
	size_t i = from;

	while (i < text.len) {
		size_t end = i;
		struct span found = { 0 };

		while (end < text.len && is_name(text.ptr[end]))
			end++;
		if (end > i)
			found = secret_of(text, i, end, in);
		else if (str_starts(str_slice(text, i, text.len), STR("://"))) {
			end = i + 3;
			while (end < text.len && !is_blank(text.ptr[end]) &&
			       !is_quote(text.ptr[end]))
				end++;
			found = part(i + 3, end);
		}
		if (found.len)
			return found;
		i = end > i ? end : i + 1;
	}
	return part(text.len, text.len);
}

struct str secret_masked(struct arena *a, struct str text, enum secret_in in)
{
	struct strbuf b = STRBUF(a);
	uint32_t from = 0;

	for (;;) {
		const struct span s = secret_next(text, from, in);

		strbuf_add(&b, str_slice(text, from, s.off));
		if (!s.len)
			return strbuf_str(&b);
		strbuf_puts(&b, SECRET_MASK);
		from = span_end(s);
	}
}
