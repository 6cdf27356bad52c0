#include "sql_words.h"

#include "compiler.h"

bool words_is_rest(const struct words *w, size_t i, const char *word)
{
	const struct sql_token *t = &w->token[i];
	const char *p = w->text.ptr + t->span.off;

	if (t->kind != SQL_WORD && t->kind != SQL_SYMBOL &&
	    t->kind != SQL_SEMICOLON)
		return false;
	for (size_t n = 0; n < t->span.len; n++)
		if (upper(p[n]) != word[n])
			return false;
	return !word[t->span.len];
}

size_t words_match(const struct words *w, size_t i, const char *phrase)
{
	char one[32];
	size_t n = 0;

	if (i >= w->count ||
	    upper(w->text.ptr[w->token[i].span.off]) != *phrase)
		return 0;
	while (*phrase) {
		size_t len = 0;

		while (*phrase && *phrase != ' ' && len + 1 < sizeof(one))
			one[len++] = *phrase++;
		one[len] = '\0';
		if (!words_is(w, i + n, one))
			return 0;
		n++;
		while (*phrase == ' ')
			phrase++;
	}
	return n;
}

bool words_accept(struct words *w, const char *phrase)
{
	const size_t n = words_match(w, w->at, phrase);

	w->at += n;
	return n > 0;
}

/* Does the list go on with this word and a bar? */
static bool list_begins(const char *list, struct str raw)
{
	size_t n = 0;

	while (n < raw.len && upper(raw.ptr[n]) == list[n])
		n++;
	return n == raw.len && list[n] == '|';
}

bool words_in(const struct words *w, size_t i, const char *list)
{
	const struct str raw = words_raw(w, i);

	if (!raw.len || w->token[i].kind != SQL_WORD)
		return false;
	const char first = upper(raw.ptr[0]);

	for (list++; *list; list++) {
		if (*list == first && list_begins(list, raw))
			return true;
		while (*list != '|') /* which ends the list, too */
			list++;
	}
	return false;
}

bool words_in_letters(const struct words *w, size_t i,
		      const char *const lists[SQL_LETTERS])
{
	const char first = upper(*words_raw(w, i).ptr);
	const char *list = is_alpha(first) ? lists[first - 'A'] : NULL;

	return list && words_in(w, i, list);
}

size_t words_close(const struct words *w, size_t i)
{
	size_t depth = 0;

	for (; i < w->count; i++) {
		if (words_is(w, i, "("))
			depth++;
		else if (words_is(w, i, ")") && (!depth || !--depth))
			return i;
	}
	return w->count;
}

size_t words_find(const struct words *w, size_t i, size_t to, const char *word)
{
	size_t depth = 0;

	for (; i < to && i < w->count; i++) {
		/* no parenthesis that is open goes on behind a ";" */
		if ((!depth || *word == ';') && words_is(w, i, word))
			return i;
		if (words_is(w, i, "("))
			depth++;
		else if (depth && words_is(w, i, ")"))
			depth--;
	}
	return w->count;
}

struct span words_span(const struct words *w, size_t from, size_t to)
{
	if (to > w->count)
		to = w->count;
	if (from >= to)
		return from < w->count ? w->token[from].span
				       : (struct span){ 0, 0 };
	const uint32_t off = w->token[from].span.off;

	return (struct span){ off, span_end(w->token[to - 1].span) - off };
}

bool words_first_on_line(const struct words *w, size_t i)
{
	if (!i)
		return true;
	const struct str gap = str_slice(
		w->text, span_end(w->token[i - 1].span), w->token[i].span.off);

	return str_find_byte(gap, '\n') != SIZE_MAX;
}

/* MySQL names may begin with a digit: 2fa_codes. */
static bool is_digit_name(struct str raw)
{
	for (size_t i = 1; i < raw.len; i++)
		if (raw.ptr[i] == '_' ||
		    (is_alpha(raw.ptr[i]) && lower(raw.ptr[i]) != 'x' &&
		     lower(raw.ptr[i]) != 'e'))
			return true;
	return false;
}

static bool is_name_token(const struct words *w, size_t i)
{
	if (i >= w->count)
		return false;
	switch (w->token[i].kind) {
	case SQL_WORD:
	case SQL_QUOTED: return true;
	case SQL_NUMBER: return is_digit_name(words_raw(w, i));
	case SQL_STRING:
		return w->dialect == DIALECT_MYSQL &&
		       words_raw(w, i).ptr[0] == '"';
	case SQL_END:
	case SQL_SPACE:
	case SQL_COMMENT:
	case SQL_HINT:
	case SQL_META:
	case SQL_CONTROL:
	case SQL_DOLLAR:
	case SQL_SEMICOLON:
	case SQL_SYMBOL: return false;
	}
	return false;
}

static bool adjoins(const struct words *w, size_t i)
{
	return i && i < w->count &&
	       span_end(w->token[i - 1].span) == w->token[i].span.off;
}

/* Does token `i` go on with the name whose last token is `i` - 1? Pieces
 * without a blank between them do: "%I" of format(), "pre" before "{{x}}". */
static bool goes_on(const struct words *w, size_t i)
{
	if (!adjoins(w, i))
		return false;
	if (words_is(w, i, "%"))
		return true;
	if (w->token[i].kind != SQL_WORD)
		return false;
	return words_is(w, i - 1, "%") || w->token[i - 1].kind == SQL_WORD;
}

/* One part: a word, a quoted name, %I of format(), :name of a driver. */
static size_t part_len(const struct words *w, size_t i)
{
	size_t n = is_name_token(w, i);

	if (!n && (words_is(w, i, "%") || words_is(w, i, ":")) &&
	    adjoins(w, i + 1) && is_name_token(w, i + 1))
		n = 2;
	while (n && goes_on(w, i + n))
		n++;
	return n;
}

size_t words_name_len(const struct words *w, size_t i)
{
	size_t n = part_len(w, i);

	if (!n)
		return 0;
	while (words_is(w, i + n, ".")) {
		/* SQL Server leaves the middle out: db..table */
		const size_t dots = words_is(w, i + n + 1, ".") ? 2 : 1;
		const size_t part = part_len(w, i + n + dots);

		if (!part)
			break;
		n += dots + part;
	}
	return n;
}

static bool is_ident_only(struct str s)
{
	size_t i = 0;

	while (i < s.len && is_ident(s.ptr[i]))
		i++;
	return i == s.len;
}

/* A quoted name with its quotes made double; doubled quotes inside stay. */
static void put_quoted(struct str raw, struct strbuf *out)
{
	const char close = raw.ptr[0] == '[' ? ']' : raw.ptr[0];
	const bool open = raw.len < 2 || raw.ptr[raw.len - 1] != close;
	const struct str body = str_slice(raw, 1, raw.len - !open);

	strbuf_byte(out, '"');
	if (is_ident_only(body)) {
		strbuf_add(out, body);
		strbuf_byte(out, '"');
		return;
	}
	for (size_t i = 0; i < body.len; i++) {
		if (body.ptr[i] == '"') {
			strbuf_puts(out, "\"\"");
			i += close == '"';
		} else {
			const bool line =
				body.ptr[i] == '\n' || body.ptr[i] == '\r';

			strbuf_byte(out, line ? ' ' : body.ptr[i]);
			i += body.ptr[i] == close && close != '"';
		}
	}
	strbuf_byte(out, '"');
}

static void put_name_token(const struct words *w, size_t i, struct strbuf *out)
{
	const struct sql_token *t = &w->token[i];

	if (t->kind == SQL_QUOTED || t->kind == SQL_STRING)
		put_quoted(words_raw(w, i), out);
	else
		strbuf_add(out, words_raw(w, i));
}

bool words_name(struct words *w, struct strbuf *out)
{
	const size_t n = words_name_len(w, w->at);

	for (size_t i = 0; i < n; i++)
		put_name_token(w, w->at + i, out);
	w->at += n;
	return n > 0;
}

enum { OF_ONE_LETTER = 16 };

/* By their first letters. Words that are keywords wherever they stand bare;
 * names that many people use for columns (type, name, value, key, date …) are
 * left out. */
static const char *const keywords[26][OF_ONE_LETTER] = {
	['A' - 'A'] = { "ADD", "ALL", "ALTER", "ALWAYS", "AND", "ANY", "ARRAY",
			"AS", "ASC", "ATTACH", "AUTHORIZATION" },
	['B' - 'A'] = { "BEGIN", "BETWEEN", "BY" },
	['C' - 'A'] = { "CASCADE", "CASE", "CHECK", "COLLATE", "COLUMN",
			"COMMIT", "CONCURRENTLY", "CONFLICT", "CONSTRAINT",
			"COPY", "CREATE", "CROSS", "CURRENT_TIMESTAMP" },
	['D' - 'A'] = { "DEFAULT", "DEFERRABLE", "DELETE", "DESC", "DETACH",
			"DISABLE", "DISTINCT", "DO", "DROP" },
	['E' - 'A'] = { "ELSE", "ENABLE", "END", "ENUM", "EXCEPT", "EXCLUDE",
			"EXECUTE", "EXISTS" },
	['F' - 'A'] = { "FALSE", "FOR", "FOREIGN", "FROM", "FULL" },
	['G' - 'A'] = { "GENERATED", "GRANT", "GROUP" },
	['H' - 'A'] = { "HAVING" },
	['I' - 'A'] = { "IDENTITY", "IF", "IN", "INCLUDE", "INDEX", "INNER",
			"INSERT", "INTERSECT", "INTO", "IS" },
	['J' - 'A'] = { "JOIN" },
	['L' - 'A'] = { "LEFT", "LIKE", "LIMIT", "LOCK" },
	['M' - 'A'] = { "MATCHED", "MATERIALIZED", "MERGE" },
	['N' - 'A'] = { "NOT", "NULL", "NULLS" },
	['O' - 'A'] = { "ON", "ONLY", "OR", "ORDER", "OUTER" },
	['P' - 'A'] = { "PARTITION", "PRIMARY", "PUBLIC" },
	['R' - 'A'] = { "REFERENCES", "RENAME", "RESTRICT", "RETURNING",
			"REVOKE", "RIGHT", "ROLLBACK" },
	['S' - 'A'] = { "SELECT", "SEQUENCE", "SET", "STORED" },
	['T' - 'A'] = { "TABLE", "TEMPORARY", "THEN", "TO", "TRIGGER", "TRUE",
			"TRUNCATE" },
	['U' - 'A'] = { "UNION", "UNIQUE", "UNLOGGED", "UPDATE", "USING" },
	['V' - 'A'] = { "VACUUM", "VALID", "VALIDATE", "VALUES", "VIEW" },
	['W' - 'A'] = { "WHEN", "WHERE", "WITH", "WITHOUT" },
};

/* The first two letters are known to be those of the word. */
static bool is_word(struct str s, const char *word)
{
	for (size_t i = 2; i < s.len; i++)
		if (!word[i] || upper(s.ptr[i]) != word[i])
			return false;
	return !word[s.len];
}

bool sql_is_keyword(struct str word)
{
	if (word.len < 2 || !is_alpha(word.ptr[0]))
		return false;
	const char *const *one = keywords[upper(word.ptr[0]) - 'A'];
	const char second = upper(word.ptr[1]);

	for (size_t i = 0; i < OF_ONE_LETTER && one[i]; i++)
		if (one[i][1] == second && is_word(word, one[i]))
			return true;
	return false;
}

/* After these a parenthesis opens a list, with a blank before it. */
static bool wants_blank(const struct words *w, size_t i)
{
	static const char *const by_letter[SQL_LETTERS] = {
		['A' - 'A'] = "|ALL|ALWAYS|AND|AS|",
		['B' - 'A'] = "|BRIN|BTREE|BY|",
		['C' - 'A'] = "|CHECK|COLUMNS|",
		['D' - 'A'] = "|DEFAULT|",
		['E' - 'A'] = "|ELSE|ENUM|EXCEPT|EXCLUDE|EXISTS|",
		['F' - 'A'] = "|FROM|",
		['G' - 'A'] = "|GENERATED|GIN|GIST|",
		['H' - 'A'] = "|HASH|",
		['I' - 'A'] = "|IDENTITY|IN|INCLUDE|INTERSECT|INTO|IS|",
		['J' - 'A'] = "|JOIN|",
		['K' - 'A'] = "|KEY|",
		['L' - 'A'] = "|LIST|",
		['N' - 'A'] = "|NOT|",
		['O' - 'A'] = "|ON|OPTIONS|OR|",
		['R' - 'A'] = "|RANGE|REFERENCES|RETURNING|",
		['S' - 'A'] = "|SELECT|SET|",
		['T' - 'A'] = "|TABLE|THEN|TO|",
		['U' - 'A'] = "|UNION|UNIQUE|USING|",
		['V' - 'A'] = "|VALUES|",
		['W' - 'A'] = "|WHEN|WHERE|WITH|",
	};

	return words_in_letters(w, i, by_letter);
}

/* Is token `i` the end of a name that INTO, ON, TABLE … introduces? */
static bool ends_object_name(const struct words *w, size_t i)
{
	while (i >= 2 && words_is(w, i - 1, "."))
		i -= 2;
	if (!i || !is_name_token(w, i))
		return false;
	return words_in(w, i - 1, "|INTO|TABLE|REFERENCES|ON|EXISTS|");
}

static bool blank_before(const struct words *w, size_t i)
{
	const struct sql_token *t = &w->token[i], *p = &w->token[i - 1];
	const bool adjacent = span_end(p->span) == t->span.off;
	const char c = w->text.ptr[t->span.off];
	const char before = w->text.ptr[p->span.off];

	if (t->kind == SQL_SYMBOL) {
		if (c == ',' || c == ')' || c == '.' || c == ']')
			return false;
		if (c == '(') {
			if (p->kind == SQL_SYMBOL)
				return before != '(' && before != '.';
			return wants_blank(w, i - 1) ||
			       ends_object_name(w, i - 1);
		}
		if (c == '=' && p->kind != SQL_SYMBOL)
			return true;
		if (c == ':' || c == '[')
			return false;
	}
	if (p->kind == SQL_SYMBOL) {
		if (before == '(' || before == '.' || before == '[')
			return false;
		if (before == ',')
			return true;
		if (before == '=' && t->kind != SQL_SYMBOL)
			return true;
		if (before == ':')
			return false;
	}
	return !adjacent || p->kind == SQL_QUOTED || t->kind == SQL_QUOTED ||
	       before == ')';
}

static void put_value(const struct words *w, size_t i, struct strbuf *out)
{
	const struct str v = sql_string_value(w->text, w->token[i], out->arena);

	for (size_t n = 0; n < v.len; n++) {
		const bool line = v.ptr[n] == '\n' || v.ptr[n] == '\r';

		if (v.ptr[n] == '\'')
			strbuf_byte(out, '\'');
		strbuf_byte(out, line ? ' ' : v.ptr[n]);
	}
}

static void put_bare(const struct words *w, size_t i, struct strbuf *out)
{
	const struct str raw = words_raw(w, i);

	if (w->token[i].kind != SQL_WORD) {
		strbuf_add(out, raw);
		return;
	}
	const bool keyword = raw.len < 20 && !(i && words_is(w, i - 1, ".")) &&
			     !words_is(w, i + 1, ".") && sql_is_keyword(raw);

	strbuf_add(out, raw);
	char *p = out->ptr + out->len - raw.len, *const end = p + raw.len;

	if (keyword)
		for (; p < end; p++)
			*p = upper(*p);
	else
		for (; p < end; p++)
			if (is_blank(*p))
				*p = ' ';
}

static void put_token(const struct words *w, size_t i, bool label,
		      struct strbuf *out)
{
	const enum sql_kind kind = w->token[i].kind;

	if (kind == SQL_STRING || kind == SQL_DOLLAR) {
		strbuf_byte(out, '\'');
		if (label)
			put_value(w, i, out);
		strbuf_byte(out, '\'');
	} else if (kind == SQL_QUOTED) {
		put_quoted(words_raw(w, i), out);
	} else {
		put_bare(w, i, out);
	}
}

static void put(const struct words *w, size_t from, size_t to, bool labels,
		struct strbuf *out)
{
	size_t enum_end = 0;

	if (to > w->count)
		to = w->count;
	for (size_t i = from; i < to; i++) {
		const char last = out->len ? out->ptr[out->len - 1] : ' ';
		const bool joined = last == ' ' || (i == from && last == '(');

		if (!joined && (i == from || blank_before(w, i)))
			strbuf_byte(out, ' ');
		if (words_is(w, i, "(") && i && words_in(w, i - 1, "|ENUM|"))
			enum_end = words_close(w, i);
		put_token(w, i, labels || i < enum_end, out);
	}
}

void words_put(const struct words *w, size_t from, size_t to,
	       struct strbuf *out)
{
	put(w, from, to, false, out);
}

void words_put_labels(const struct words *w, size_t from, size_t to,
		      struct strbuf *out)
{
	put(w, from, to, true, out);
}
