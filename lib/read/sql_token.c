#include "sql_token.h"

#include "bytes.h"
#include "strbuf.h"

/* Bytes past the end read as NUL, so no scanner below checks for it twice. */
static char at(struct str s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

/* PLAIN: begins nothing longer, in any dialect. */
enum { WORD_START = 1, WORD = 2, BLANK = 4, DIGIT = 8, PLAIN = 16 };

/* Every byte from 0x80 on is a letter. */
#define CLASS(c)                                                     \
	((c) >= 0x80 || (c) == '_' || ((c) >= 'A' && (c) <= 'Z') ||  \
			 ((c) >= 'a' && (c) <= 'z')                  \
		 ? WORD_START | WORD                                 \
	 : (c) >= '0' && (c) <= '9'		      ? WORD | DIGIT \
	 : (c) == '$'				      ? WORD         \
	 : (c) == ' ' || ((c) >= '\t' && (c) <= '\r') ? BLANK        \
	 : (c) == '(' || (c) == ')' || (c) == ','     ? PLAIN        \
	 : (c) == '.' || (c) == '='		      ? PLAIN        \
						      : 0)
static const unsigned char class_of[256] = { EACH_BYTE(CLASS) };

static bool is(char c, unsigned char classes)
{
	return (class_of[(unsigned char)c] & classes) != 0;
}

static size_t skip_class(struct str s, size_t i, unsigned char classes)
{
	while (i < s.len && is(s.ptr[i], classes))
		i++;
	return i;
}

static size_t skip_line(struct str s, size_t i)
{
	const char *p = memchr(s.ptr + i, '\n', s.len - i);

	return p ? (size_t)(p - s.ptr) : s.len;
}

static bool nests(enum dialect d)
{
	return d == DIALECT_POSTGRES || d == DIALECT_SQLSERVER;
}

static bool escapes(enum dialect d)
{
	return d == DIALECT_MYSQL || d == DIALECT_CLICKHOUSE;
}

/* A count instead of recursion bounds the stack whatever the input. */
static size_t skip_block_comment(struct str s, size_t i, bool nested,
				 bool *open)
{
	size_t depth = 1;

	for (i += 2; i < s.len && depth; i++) {
		if (s.ptr[i] == '*' && at(s, i + 1) == '/') {
			depth--;
			i++;
		} else if (nested && s.ptr[i] == '/' && at(s, i + 1) == '*') {
			depth++;
			i++;
		}
	}
	*open = depth != 0;
	return i < s.len ? i : s.len;
}

/* From the opening quote to behind the closing one. A doubled quote stays
 * inside. */
static size_t skip_quoted(struct str s, size_t i, char quote, bool escape,
			  bool *open)
{
	for (i++; i < s.len; i++) {
		if (escape && s.ptr[i] == '\\') {
			i++;
		} else if (s.ptr[i] == quote) {
			if (at(s, i + 1) != quote)
				return i + 1;
			i++;
		}
	}
	*open = true;
	return s.len;
}

/* The end of the opening $tag$ at `i`, or `i` where there is none. */
static size_t dollar_tag_end(struct str s, size_t i)
{
	size_t j = i + 1;

	if (is_digit(at(s, j)))
		return i;
	while (j < s.len && s.ptr[j] != '$' && is(s.ptr[j], WORD))
		j++;
	return at(s, j) == '$' ? j + 1 : i;
}

static size_t skip_dollar_quoted(struct str s, size_t i, bool *open)
{
	const size_t body = dollar_tag_end(s, i);

	if (body == i)
		return i;
	const struct str tag = str_slice(s, i, body);
	const size_t close = str_find(str_slice(s, body, s.len), tag);

	*open = close == SIZE_MAX;
	return *open ? s.len : body + close + tag.len;
}

static bool is_erb_value(struct str s, size_t i)
{
	return at(s, i) == '<' && at(s, i + 1) == '%' && at(s, i + 2) == '=';
}

/* How far the end of a template is looked for: without a limit a text of
 * nothing but beginnings would be read again from each of them. */
enum { TEMPLATE_MAX = 1024 };

/* The end of a template that stands for a value ({{x}}, ${x}, #{x}, {x},
 * <%= x %>), or `i` where none begins. */
static size_t skip_template(struct str s, size_t i)
{
	struct str close = STR("}");
	size_t from = i + 1;

	if (at(s, i) == '{' && at(s, i + 1) == '{')
		close = STR("}}");
	else if ((at(s, i) == '$' || at(s, i) == '#') && at(s, i + 1) == '{')
		from = i + 2;
	else if (is_erb_value(s, i))
		close = STR("%>");
	else if (at(s, i) != '{' || !is(at(s, i + 1), WORD_START))
		return i;
	const size_t end =
		str_find(str_slice(s, from, from + TEMPLATE_MAX), close);

	if (end == SIZE_MAX)
		return i;
	const struct str inside = str_slice(s, from, from + end);

	if (str_find_byte(inside, '\n') != SIZE_MAX ||
	    str_find_byte(inside, '\r') != SIZE_MAX ||
	    str_find_byte(inside, ';') != SIZE_MAX)
		return i;
	return from + end + close.len;
}

/* Does what stands between "{{" and "}}" stand for no text: {{if x}},
 * {{- end -}}, {{#each x}}, {{ $x := 1 }}, and comments? */
static bool is_control(struct str inside)
{
	static const struct str words[] = {
		STR_INIT("if"),	   STR_INIT("else"),	 STR_INIT("end"),
		STR_INIT("range"), STR_INIT("with"),	 STR_INIT("define"),
		STR_INIT("block"), STR_INIT("template"),
	};

	while (inside.len && (*inside.ptr == '-' || is_blank(*inside.ptr)))
		inside = str_slice(inside, 1, inside.len);
	if (inside.len && strchr("#/!", *inside.ptr))
		return true;
	if (inside.len && *inside.ptr == '$' &&
	    str_find(inside, STR("=")) < inside.len)
		return true;
	for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++)
		if (str_starts(inside, words[w]) &&
		    !is(at(inside, words[w].len), WORD))
			return true;
	return false;
}

/* The end of a template that controls ({% if %}, {# x #}, <% x %>, {{if x}}),
 * or `i`. */
static size_t skip_control(struct str s, size_t i)
{
	struct str close = STR("}}");

	if (at(s, i) == '<' && at(s, i + 1) == '%' && !is_erb_value(s, i))
		close = STR("%>");
	else if (at(s, i) == '{' && at(s, i + 1) == '%')
		close = STR("%}");
	else if (at(s, i) == '{' && at(s, i + 1) == '#')
		close = STR("#}");
	else if (at(s, i) != '{' || at(s, i + 1) != '{')
		return i;
	const size_t end =
		str_find(str_slice(s, i + 2, i + TEMPLATE_MAX), close);

	if (end == SIZE_MAX || (str_eq(close, STR("}}")) &&
				!is_control(str_slice(s, i + 2, i + 2 + end))))
		return i;
	return i + 2 + end + close.len;
}

/* Nearly every word is over where something else begins. */
static bool may_go_on(char c)
{
	return c == '{' || c == '$' || c == '#' || c == '<';
}

static size_t skip_word(struct str s, size_t i, enum dialect d)
{
	for (;;) {
		const size_t from = i;

		i = skip_class(s, i, WORD);
		if (!may_go_on(at(s, i)))
			return i;
		if ((at(s, i) == '{' && skip_control(s, i) == i) ||
		    at(s, i) == '$' || at(s, i) == '#' || is_erb_value(s, i))
			i = skip_template(s, i);
		if (at(s, i) == '#' && d == DIALECT_SQLSERVER)
			i++;
		if (i == from)
			return i;
	}
}

static struct sql_token token(enum sql_kind kind, size_t from, size_t to,
			      bool open)
{
	return (struct sql_token){ kind,
				   open,
				   { (uint32_t)from, (uint32_t)(to - from) } };
}

/* Comments, "/" and "-": what begins with one of them and is no operator. */
static struct sql_token comment_at(struct str s, size_t i, enum dialect d)
{
	bool open = false;

	if (s.ptr[i] == '*')
		return token(SQL_HINT, i, i + 2, false);
	if (s.ptr[i] != '/' || at(s, i + 1) == '/')
		return token(SQL_COMMENT, i, skip_line(s, i), false);
	const size_t bang = i + 2 + (at(s, i + 2) == 'M');

	if (at(s, bang) == '!')
		return token(SQL_HINT, i, skip_class(s, bang + 1, DIGIT),
			     false);
	const size_t end = skip_block_comment(s, i, nests(d), &open);

	return token(SQL_COMMENT, i, end, open);
}

static bool ends_no_statement(struct str s, size_t i)
{
	const struct str rest = str_slice(s, i, s.len);
	const struct str line = str_slice(rest, 0, str_find_byte(rest, '\n'));

	return str_find_byte(line, ';') == SIZE_MAX;
}

/* A line of "# words" is a comment to some runners, whatever the database; an
 * operator of PostgreSQL that begins a line and ends no statement on it would
 * be lost with its operand, and no more. */
static bool is_hash_line(struct str s, size_t i)
{
	const char next = at(s, i + 1);

	return (!i || s.ptr[i - 1] == '\n') &&
	       (is(next, BLANK) || next == '#' || next == '-' || !next) &&
	       ends_no_statement(s, i);
}

/* How far the end of a line is looked for from within it. */
enum { COMMENT_NEAR = 1024 };

/* "// words", a comment of Cassandra and Snowflake: nothing else goes on so at
 * the beginning of a line, save for MySQL's clients, which like it as a
 * delimiter. DuckDB divides by it. */
static bool is_slash_comment(struct str s, size_t i, enum dialect d)
{
	if (d == DIALECT_MYSQL || (i && !is(s.ptr[i - 1], BLANK)))
		return false;
	if (d == DIALECT_UNKNOWN &&
	    ends_no_statement(str_slice(s, 0, i + COMMENT_NEAR), i))
		return true;
	while (i && s.ptr[i - 1] != '\n' && is(s.ptr[i - 1], BLANK))
		i--;
	return !i || s.ptr[i - 1] == '\n';
}

static bool starts_comment(struct str s, size_t i, enum dialect d)
{
	const char c = s.ptr[i], next = at(s, i + 1);

	return (c == '-' && next == '-') || (c == '/' && next == '*') ||
	       (c == '/' && next == '/' && is_slash_comment(s, i, d)) ||
	       (c == '*' && next == '/') ||
	       (c == '#' && d == DIALECT_MYSQL && next != '{') ||
	       (c == '#' && is_hash_line(s, i));
}

/* A string prefix: E'', N'', B'', X'', U&''; 0 where none begins. */
static size_t prefix_len(struct str s, size_t i)
{
	const char next = at(s, i + 1);

	if ((next != '\'' && next != '&') || !strchr("eEnNbBxXuU", s.ptr[i]))
		return 0;
	if (next == '\'')
		return 1;
	return at(s, i + 2) == '\'' ? 2 : 0;
}

static struct sql_token string_at(struct str s, size_t i, size_t prefix,
				  enum dialect d)
{
	bool open = false;
	const bool escape = escapes(d) || (prefix && lower(s.ptr[i]) == 'e');
	const size_t end =
		skip_quoted(s, i + prefix, s.ptr[i + prefix], escape, &open);

	return token(SQL_STRING, i, end, open);
}

/* [name] where the dialect is not known: no subscript, and no list. */
static bool is_bare_bracket(struct str s, size_t i)
{
	const char before = i ? s.ptr[i - 1] : ' ';
	size_t end = i + 1;

	if (!is(before, BLANK) && !strchr(".(,=", before))
		return false;
	while (is(at(s, end), WORD) || at(s, end) == ' ')
		end++;
	return is(at(s, i + 1), WORD_START) && at(s, end) == ']';
}

static bool is_bracket_name(struct str s, size_t i, enum dialect d)
{
	if (d == DIALECT_UNKNOWN)
		return is_bare_bracket(s, i);
	if (d != DIALECT_SQLSERVER && d != DIALECT_SQLITE)
		return false;
	return is(at(s, i + 1), WORD_START) || at(s, i + 1) == '#' ||
	       at(s, i + 1) == '[' || at(s, i + 1) == '$';
}

static struct sql_token quoted_at(struct str s, size_t i, char close)
{
	bool open = false;
	const size_t end = skip_quoted(s, i, close, false, &open);

	return token(SQL_QUOTED, i, end, open);
}

/* "@name", "@@name", "#temp", ":name" is left to the symbols. */
static bool starts_sigil_word(struct str s, size_t i, enum dialect d)
{
	const char c = s.ptr[i];

	if (c == '@')
		return is(at(s, i + 1), WORD_START) || at(s, i + 1) == '@';
	return c == '#' && d == DIALECT_SQLSERVER &&
	       (is(at(s, i + 1), WORD_START) || at(s, i + 1) == '#');
}

/* A command of psql or mysql: at the start of a line, or behind a statement
 * (SELECT 1 \gset). MySQL's \N is a value. */
static bool is_meta(struct str s, size_t i)
{
	const char next = at(s, i + 1);

	if (s.ptr[i] != '\\')
		return false;
	return !i || s.ptr[i - 1] == '\n' ||
	       (is_blank(s.ptr[i - 1]) &&
		(next == 'G' || (is_alpha(next) && next != upper(next))));
}

static struct sql_token symbol_at(struct str s, size_t i, enum dialect d)
{
	const char c = s.ptr[i];
	bool open = false;
	size_t end;

	if (starts_sigil_word(s, i, d))
		return token(SQL_WORD, i, skip_word(s, i + 2, d), false);
	if ((end = skip_control(s, i)) > i)
		return token(SQL_CONTROL, i, end, false);
	if ((end = skip_template(s, i)) > i)
		return token(SQL_WORD, i, skip_word(s, end, d), false);
	if (c == '$') {
		if (d != DIALECT_MYSQL && d != DIALECT_SQLSERVER &&
		    (end = skip_dollar_quoted(s, i, &open)) > i)
			return token(SQL_DOLLAR, i, end, open);
		end = skip_word(s, i + 1, d);
		return token(end > i + 1 ? SQL_WORD : SQL_SYMBOL, i, end,
			     false);
	}
	if (is_meta(s, i))
		return token(SQL_META, i, skip_line(s, i), false);
	return token(SQL_SYMBOL, i, i + 1, false);
}

struct sql_token sql_token_at(struct str s, uint32_t off, enum dialect d)
{
	const size_t i = off;
	size_t prefix;

	if (i >= s.len)
		return token(SQL_END, s.len, s.len, false);
	const char c = s.ptr[i];

	if (is(c, BLANK))
		return token(SQL_SPACE, i, skip_class(s, i, BLANK), false);
	if (is(c, WORD_START)) {
		const char next = at(s, i + 1);

		if ((next == '\'' || next == '&') &&
		    (prefix = prefix_len(s, i)) > 0)
			return string_at(s, i, prefix, d);
		return token(SQL_WORD, i, skip_word(s, i + 1, d), false);
	}
	if (is(c, PLAIN))
		return token(SQL_SYMBOL, i, i + 1, false);
	if (is(c, DIGIT))
		return token(SQL_NUMBER, i, skip_class(s, i, WORD), false);
	if (c == '\'' || (c == '"' && d == DIALECT_MYSQL))
		return string_at(s, i, 0, d);
	if (c == '"' || c == '`')
		return quoted_at(s, i, c);
	if (c == '[' && is_bracket_name(s, i, d))
		return quoted_at(s, i, ']');
	if (c == ';')
		return token(SQL_SEMICOLON, i, i + 1, false);
	if (starts_comment(s, i, d))
		return comment_at(s, i, d);
	return symbol_at(s, i, d);
}

struct span sql_string_body(struct str s, struct sql_token t, bool *plain)
{
	size_t from = t.span.off, to = span_end(t.span);

	if (t.kind == SQL_DOLLAR) {
		const size_t body = dollar_tag_end(s, from);

		to -= t.open ? 0 : body - from;
		*plain = true;
		return (struct span){ (uint32_t)body, (uint32_t)(to - body) };
	}
	from += prefix_len(s, from) + 1;
	to -= !t.open;
	const struct str body = str_slice(s, from, to);

	*plain = str_find_byte(body, '\'') == SIZE_MAX &&
		 str_find_byte(body, '\\') == SIZE_MAX &&
		 str_find_byte(body, '"') == SIZE_MAX;
	return (struct span){ (uint32_t)from, (uint32_t)body.len };
}

struct str sql_string_value(struct str s, struct sql_token t, struct arena *a)
{
	bool plain;
	const struct span where = sql_string_body(s, t, &plain);
	const struct str body = str_slice(s, where.off, span_end(where));
	struct strbuf out = STRBUF(a);

	if (plain)
		return body;
	for (size_t i = 0; i < body.len; i++) {
		const char c = body.ptr[i], next = at(body, i + 1);

		if ((c == '\'' || c == '"') && next == c)
			i++;
		else if (c == '\\' &&
			 (next == '\'' || next == '\\' || next == '"'))
			i++;
		else if (c == '\\' && next == 'n') {
			strbuf_byte(&out, '\n');
			i++;
			continue;
		}
		strbuf_byte(&out, body.ptr[i]);
	}
	return strbuf_str(&out);
}
