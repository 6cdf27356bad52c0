#include "dotenv_value.h"

#include <stdint.h>

#include "bytes.h"
#include "compiler.h"
#include "strbuf.h"

/* Three cuts, five backslash readings, eight ways round the quotes. */
enum { CANDIDATES_MAX = 16 };

struct candidates {
	struct arena *arena;
	size_t count;
	size_t common; /* 0: all that is there at the end */
	struct str item[CANDIDATES_MAX];
};

static void start(struct candidates *c, struct arena *a)
{
	c->arena = a;
	c->count = 0;
	c->common = 0;
}

static void add(struct candidates *c, struct str s)
{
	for (size_t i = 0; i < c->count; i++)
		if (str_eq(c->item[i], s))
			return;
	if (c->count < CANDIDATES_MAX)
		c->item[c->count++] = s;
}

static void store(struct dotenv_entry *e, const struct candidates *c)
{
	const size_t size = c->count * sizeof(*c->item);

	e->candidate = arena_bytes(c->arena, size);
	memcpy(e->candidate, c->item, size);
	e->candidate_count = (unsigned char)c->count;
	e->common_count = (unsigned char)(c->common ? c->common : c->count);
}

size_t dotenv_indent(struct str s)
{
	size_t i = 0;

	for (;;) {
		if (i < s.len && dotenv_blank(s.ptr[i]))
			i++;
		else if (i + 1 < s.len && !memcmp(s.ptr + i, "\xc2\xa0", 2))
			i += 2;
		else
			return i;
	}
}

static struct str right_trimmed(struct str s)
{
	while (s.len &&
	       (dotenv_blank(s.ptr[s.len - 1]) || s.ptr[s.len - 1] == '\r'))
		s.len--;
	return s;
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'' || c == '`';
}

enum {
	BYTE_QUOTE = 1u << 0,
	BYTE_SHELL = 1u << 1,  /* a shell would act on it */
	BYTE_ACTIVE = 1u << 2, /* flag_bytes() looks at it */
	BYTE_HASH = 1u << 3,
};

#define MARKS(c)                                                               \
	(((c) == '"' || (c) == '\'' ? BYTE_QUOTE : 0) |                        \
	 ((c) == ' ' || (c) == '\t' || (c) == '&' || (c) == ';' ||             \
			  (c) == '|' || (c) == '<' || (c) == '>' ||            \
			  (c) == '(' || (c) == ')' || (c) == '*' || (c) == '?' \
		  ? BYTE_SHELL                                                 \
		  : 0) |                                                       \
	 ((c) == '\\' || (c) == '`' || (c) == '$' ||                           \
			  ((c) < ' ' && (c) != '\t') || (c) == 0x7f ||         \
			  (c) == 0xe2                                          \
		  ? BYTE_ACTIVE                                                \
		  : 0) |                                                       \
	 ((c) == '#' ? BYTE_HASH : 0))
static const unsigned char marks_of[256] = { EACH_BYTE(MARKS) };

/* What is among the bytes: of most values, nothing of it. */
static unsigned byte_marks(struct str s)
{
	unsigned all = 0;

	for (size_t i = 0; i < s.len; i++)
		all |= marks_of[(unsigned char)s.ptr[i]];
	return all;
}

/* What a loader writes for the `c` of `\c`; '\0' to leave both as they are. */
typedef char (*unescaper)(char c);

static char unescape_quotes(char c)
{
	return is_quote(c) || c == '$' ? c : '\0';
}

static char unescape_line_ends(char c)
{
	return (char)(c == 'n' ? '\n' : c == 'r' ? '\r' : '\0');
}

static char unescape_any(char c)
{
	return c;
}

static char unescape_c(char c)
{
	return (char)(c == 'n' ? '\n' : c == 't' ? '\t' : c == '\\' ? c : '\0');
}

static char unescape_unless_c(char c)
{
	return (char)(c == 'n' || c == 't' || c == 'r' ? '\0' : c);
}

static struct str unescaped(struct arena *a, struct str s, unescaper f)
{
	struct strbuf b = STRBUF(a);

	strbuf_reserve(&b, s.len);
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.ptr[i];
		const char to =
			c == '\\' && i + 1 < s.len ? f(s.ptr[i + 1]) : '\0';

		strbuf_byte(&b, to ? to : c);
		i += to ? 1 : 0;
	}
	return strbuf_str(&b);
}

/* A copy in which "\r\n" and "\r" are "\n"; `s` itself where it has none. */
static struct str line_ends_folded(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);

	if (str_find_byte(s, '\r') == SIZE_MAX)
		return s;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '\r')
			strbuf_byte(&b, s.ptr[i]);
		else if (i + 1 == s.len || s.ptr[i + 1] != '\n')
			strbuf_byte(&b, '\n');
	}
	return strbuf_str(&b);
}

static struct str without_quotes(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);

	strbuf_reserve(&b, s.len);
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != '"' && s.ptr[i] != '\'')
			strbuf_byte(&b, s.ptr[i]);
	return strbuf_str(&b);
}

/* Flags that lie in the bytes of the value, however it is quoted. */
static void flag_bytes(struct dotenv_entry *e, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const unsigned char c = (unsigned char)s.ptr[i];

		if (!(marks_of[c] & BYTE_ACTIVE))
			continue;
		const char next = i + 1 < s.len ? s.ptr[i + 1] : '\0';

		if (c == '\\')
			e->flags |= DOTENV_BIT(ESCAPE);
		else if (c == '`' || (c == '$' && next == '('))
			e->flags |= DOTENV_BIT(COMMAND_SUBST);
		else if (c == '$' && (next == '{' || next == '$' ||
				      next == '_' || is_alpha(next)))
			e->flags |= DOTENV_BIT(INTERPOLATION);
		else if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') ||
			 c == 0x7f)
			e->flags |= DOTENV_BIT(CONTROL_CHAR);
		else if (c == 0xe2 && i + 2 < s.len && next == '\x80' &&
			 (s.ptr[i + 2] == '\xa8' || s.ptr[i + 2] == '\xa9'))
			e->flags |= DOTENV_BIT(CONTROL_CHAR);
	}
}

/* Some loaders cut at the first `#`, some only behind a blank. */
static void add_cuts(struct dotenv_entry *e, struct candidates *c,
		     struct str body, size_t hash, size_t lead)
{
	size_t spaced = hash;

	while (spaced < body.len &&
	       !(body.ptr[spaced] == '#' &&
		 (spaced ? dotenv_blank(body.ptr[spaced - 1]) : lead)))
		spaced++;
	if (spaced < body.len)
		e->flags |= DOTENV_BIT(INLINE_COMMENT);
	if (spaced != hash) {
		e->flags |= DOTENV_BIT(HASH_AMBIGUOUS);
		add(c, right_trimmed(str_slice(body, 0, hash)));
	}
	if (spaced < body.len)
		add(c, right_trimmed(str_slice(body, 0, spaced)));
}

static void unquoted(struct dotenv_entry *e, struct arena *a, struct str raw)
{
	struct candidates c;
	const size_t lead = dotenv_indent(raw);
	const struct str body = str_slice(raw, lead, raw.len);
	const struct str whole = right_trimmed(body);
	const unsigned marks = byte_marks(whole);
	const size_t hash =
		marks & BYTE_HASH ? str_find_byte(body, '#') : SIZE_MAX;

	start(&c, a);
	e->kind = DOTENV_UNQUOTED;
	if (marks & BYTE_ACTIVE)
		flag_bytes(e, whole);
	if (lead)
		e->flags |= DOTENV_BIT(SPACE_AFTER_EQ);
	if (hash != SIZE_MAX)
		add_cuts(e, &c, body, hash, lead);
	add(&c, whole);
	if (raw.len != lead + whole.len || (lead && !whole.len))
		e->flags |= DOTENV_BIT(TRAILING_WS);
	if (!whole.len && raw.len)
		e->flags |= DOTENV_BIT(BLANK_VALUE_WS);
	if (raw.len > whole.len)
		add(&c, raw);
	if (marks & BYTE_SHELL)
		e->flags |= DOTENV_BIT(SHELL_UNSAFE);
	if (marks & BYTE_QUOTE) {
		e->flags |= DOTENV_BIT(QUOTE_IN_UNQUOTED);
		add(&c, without_quotes(a, whole));
	}
	if (e->flags & DOTENV_BIT(ESCAPE)) {
		add(&c, unescaped(a, whole, unescape_any));
		add(&c, unescaped(a, whole, unescape_line_ends));
	}
	if (hash != SIZE_MAX) {
		c.common = c.count;
		add(&c, str_slice(body, 0, hash));
		add(&c, str_slice(raw, 0, lead + hash));
	}
	store(e, &c);
}

/* The offset in `s`, before `end`, of the quote that closes the one it begins
 * with; SIZE_MAX if none. */
static size_t closing(struct str s, size_t end, bool escapes)
{
	const struct str inside = str_slice(s, 1, end);
	size_t i = str_find_byte(inside, s.ptr[0]);

	if (escapes && str_find_byte(str_slice(inside, 0, i), '\\') < i) {
		i = 0;
		while (i < inside.len && inside.ptr[i] != s.ptr[0])
			i += inside.ptr[i] == '\\' ? 2 : 1;
	}
	return i < inside.len ? i + 1 : SIZE_MAX;
}

/* Where the line that holds `i` ends. */
static size_t line_end(struct str s, size_t i)
{
	while (i < s.len && s.ptr[i] != '\n' && s.ptr[i] != '\r')
		i++;
	return i;
}

static void add_backslash_readings(struct candidates *c, struct str inside)
{
	static const unescaper readings[] = {
		unescape_quotes, unescape_line_ends, unescape_any,
		unescape_c,	 unescape_unless_c,
	};

	if (str_find_byte(inside, '\\') == SIZE_MAX)
		return;
	for (size_t i = 0; i < ARRAY_LEN(readings); i++)
		add(c, unescaped(c->arena, inside, readings[i]));
}

/* Readings of what stands after the closing quote. `whole` is the line from
 * the opening quote on, `quoted` the part up to the closing one. */
static void add_tail(struct dotenv_entry *e, struct candidates *c,
		     struct str whole, struct str quoted)
{
	const struct str tail = str_slice(whole, quoted.len, whole.len);
	const size_t blanks = dotenv_indent(tail);

	if (blanks == tail.len) {
		add(c, quoted);
		return;
	}
	if (tail.ptr[blanks] == '#') {
		e->flags |= DOTENV_BIT(INLINE_COMMENT);
		if (!blanks)
			e->flags |= DOTENV_BIT(HASH_GLUED);
		add(c, quoted);
		add(c, right_trimmed(whole));
		if (!blanks)
			add(c, without_quotes(c->arena, right_trimmed(whole)));
		return;
	}
	const struct str all = right_trimmed(whole);

	e->flags |= DOTENV_BIT(TEXT_AFTER_QUOTE);
	add(c, all);
	if (all.len > 1 && all.ptr[all.len - 1] == all.ptr[0]) {
		const struct str inside = str_slice(all, 1, all.len - 1);

		add(c, inside);
		if (e->flags & DOTENV_BIT(ESCAPE))
			add(c, unescaped(c->arena, inside, unescape_quotes));
	}
	add(c, without_quotes(c->arena, all));
	add(c, quoted);
}

/* systemd goes on behind the quote with no regard to `#`, and others cut at
 * the first of those, whatever the quotes. `whole` begins with the quote. */
static void add_quoteless(struct candidates *c, struct str whole, size_t end)
{
	struct str tail = str_slice(whole, end + 1, whole.len);
	struct str all = str_slice(whole, 1, end);
	const size_t hash = str_find_byte(whole, '#');

	tail = right_trimmed(str_slice(tail, dotenv_indent(tail), tail.len));
	if (tail.len) {
		struct strbuf b = STRBUF(c->arena);

		strbuf_add(&b, all);
		strbuf_add(&b, tail);
		all = strbuf_str(&b);
	}
	c->common = c->count;
	add(c, all);
	if (hash != SIZE_MAX)
		add(c, str_slice(whole, 0, hash));
}

/* Closes on its own line. `s` begins with the quote; `first` and `end` are the
 * closing quote without and with regard to backslashes. */
static void quoted_line(struct dotenv_entry *e, struct candidates *c,
			struct str s, size_t first, size_t end)
{
	const struct str inside = str_slice(s, 1, end);

	if (first != end) {
		e->flags |= DOTENV_BIT(ESCAPED_QUOTE);
		add(c, str_slice(s, 1, first));
	}
	const unsigned marks = byte_marks(inside);

	add(c, inside);
	if (marks & BYTE_ACTIVE)
		flag_bytes(e, inside);
	if (marks & BYTE_HASH)
		e->flags |= DOTENV_BIT(HASH_IN_QUOTES);
	add_backslash_readings(c, inside);
	add_tail(e, c, s, str_slice(s, 0, end + 1));
	add_quoteless(c, s, s.ptr[0] == '"' ? end : first);
}

/* Closes on a later line, and nothing but a comment follows. Returns the end
 * of the value, or 0 where it does not close like that. */
static size_t quoted_lines(struct dotenv_entry *e, struct candidates *c,
			   struct str s, size_t line)
{
	const size_t end = closing(s, s.len, s.ptr[0] == '"');

	if (end == SIZE_MAX)
		return 0;
	const size_t stop = line_end(s, end);
	const struct str tail = str_slice(s, end + 1, stop);
	const size_t blanks = dotenv_indent(tail);

	if (blanks < tail.len && tail.ptr[blanks] != '#')
		return 0;
	const struct str inside =
		line_ends_folded(c->arena, str_slice(s, 1, end));

	e->flags |= DOTENV_BIT(MULTILINE);
	flag_bytes(e, inside);
	add(c, inside);
	add_backslash_readings(c, inside);
	add(c, right_trimmed(str_slice(s, 0, line)));
	add(c, str_slice(s, 1, end));
	return end + 1;
}

static size_t quoted(struct dotenv_entry *e, struct arena *a, struct str s,
		     size_t line)
{
	struct candidates c;
	const char quote = s.ptr[0];
	const size_t first = closing(s, line, false);
	size_t end = closing(s, line, quote != '\'');
	size_t used = line;

	start(&c, a);
	e->kind = quote == '"'	 ? DOTENV_DOUBLE
		  : quote == '`' ? DOTENV_BACKTICK
				 : DOTENV_SINGLE;
	if (quote == '`')
		e->flags |= DOTENV_BIT(BACKTICK) | DOTENV_BIT(COMMAND_SUBST);
	if (end == SIZE_MAX && first != SIZE_MAX) {
		e->flags |= DOTENV_BIT(ESCAPED_QUOTE);
		end = first;
	}
	if (end != SIZE_MAX) {
		quoted_line(e, &c, str_slice(s, 0, line), first, end);
	} else {
		used = quoted_lines(e, &c, s, line);
		if (!used) {
			const struct str all =
				right_trimmed(str_slice(s, 0, line));

			used = line;
			e->kind = DOTENV_UNTERMINATED;
			e->flags |= DOTENV_BIT(UNTERMINATED);
			flag_bytes(e, all);
			add(&c, all);
			add(&c, str_slice(all, 1, all.len));
		}
	}
	store(e, &c);
	return used;
}

size_t dotenv_value(struct dotenv_entry *e, struct arena *a, struct str rest,
		    size_t line)
{
	const size_t lead = dotenv_indent(str_slice(rest, 0, line));

	if (lead < line && is_quote(rest.ptr[lead])) {
		if (lead)
			e->flags |= DOTENV_BIT(SPACE_AFTER_EQ);
		return lead + quoted(e, a, str_slice(rest, lead, rest.len),
				     line - lead);
	}
	unquoted(e, a, str_slice(rest, 0, line));
	return line;
}
