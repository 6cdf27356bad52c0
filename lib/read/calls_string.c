#include "calls_string.h"

#include "lang.h"

/* How one literal is closed. */
struct quote {
	struct str close;
	char open; /* of a bracket that nests, else '\0' */
	unsigned flags;
};

static char at(struct str s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

static bool is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' || (unsigned char)c > 127;
}

static bool stands(struct str s, size_t i, struct str what)
{
	return str_starts(str_slice(s, i, s.len), what);
}

/* Strings and braces nest in an interpolation: a stack of what would close
 * them, deep enough for anything that people write. */
size_t code_interpolation_end(struct str s, size_t i)
{
	char stack[32] = { '}' };
	size_t depth = 1;

	for (; i < s.len && depth; i++) {
		const char c = s.ptr[i];
		const char top = stack[depth - 1];
		char push = '\0';

		if (top == '}' && c == '{')
			push = '}';
		else if (top == '}' && (c == '"' || c == '\'' || c == '`'))
			push = c;
		else if (top != '}' && c == '\\')
			i++;
		else if (c == top || (c == '\n' && top != '}' && top != '`'))
			depth--;
		else if (top != '}' && (c == '$' || c == '#') &&
			 at(s, i + 1) == '{') {
			push = '}';
			i++;
		}
		if (push && depth < sizeof(stack))
			stack[depth++] = push;
	}
	return i < s.len ? i : s.len;
}

/* The length of what opens an expression in a string at `i`, or 0. */
static size_t interpolation_at(struct str s, size_t i, unsigned flags)
{
	const char c = s.ptr[i];
	const char next = at(s, i + 1);

	if (c == '#' && next == '{' && (flags & STRING_HASH))
		return 2;
	if (c == '$' && next == '{' && (flags & (STRING_DOLLAR | STRING_NAME)))
		return 2;
	if (c == '{' && next == '$' && (flags & STRING_NAME))
		return 1;
	if (c == '{' && next != '{' && (flags & STRING_BRACE))
		return 1;
	return 0;
}

/* Where the closing quote of a string begins whose body begins at `i`. */
static size_t body_end(struct str s, size_t i, const struct quote *q)
{
	size_t depth = 0;

	while (i < s.len) {
		const char c = s.ptr[i];
		size_t skip;

		if (c == '\\' && (q->flags & STRING_ESCAPES)) {
			i += 2;
		} else if (c == '\n' && (q->flags & STRING_ONE_LINE)) {
			return i;
		} else if (stands(s, i, q->close) && !depth) {
			if (!(q->flags & STRING_DOUBLED) ||
			    !stands(s, i + q->close.len, q->close))
				return i;
			i += 2 * q->close.len;
		} else if ((skip = interpolation_at(s, i, q->flags)) != 0) {
			i = code_interpolation_end(s, i + skip);
		} else {
			if (c == '{' && at(s, i + 1) == '{' &&
			    (q->flags & STRING_BRACE))
				i++;
			else if (q->open && c == q->open)
				depth++;
			else if (q->open && c == q->close.ptr[0])
				depth--;
			i++;
		}
	}
	return s.len;
}

/* Takes the literal whose quote begins at `quote` and body at `body`. */
static bool take(struct code_string *out, struct str s, size_t off, size_t body,
		 const struct quote *q)
{
	const size_t end = body_end(s, body, q);
	size_t after = end;

	if (stands(s, end, q->close))
		after += q->close.len;
	*out = (struct code_string){
		.len = (uint32_t)(after - off),
		.body = (uint32_t)body,
		.body_len = (uint32_t)(end - body),
		.flags = q->flags,
	};
	return true;
}

/* What closes a literal that `open` opens; empty where it opens none. */
static struct str closing(char open)
{
	switch (open) {
	case '(': return STR(")");
	case '[': return STR("]");
	case '{': return STR("}");
	case '<': return STR(">");
	case '|': return STR("|");
	case '!': return STR("!");
	case '/': return STR("/");
	case '"': return STR("\"");
	case '\'': return STR("'");
	default: return STR("");
	}
}

/* A literal with a bracket or another mark for its quotes, at `open`. */
static bool take_delimited(struct code_string *out, struct str s, size_t off,
			   size_t open, unsigned flags)
{
	const char c = at(s, open);
	const struct str close = closing(c);
	const struct quote q = {
		.close = close,
		.open = close.len && close.ptr[0] != c ? c : '\0',
		.flags = flags,
	};

	return close.len && take(out, s, off, open + 1, &q);
}

/* %w[a b], %i(a b), %q(…), %Q{…}, %(…) */
static bool percent_literal(struct code_string *out, struct str s, size_t off)
{
	const char kind = at(s, off + 1);
	const size_t open = off + (is_alpha(kind) ? 2 : 1);
	unsigned flags = STRING_ESCAPES | STRING_HASH;

	if (is_alpha(kind) && !strchr("wWiIqQsxr", kind))
		return false;
	if (kind == 'q' || kind == 's' || kind == 'w' || kind == 'i')
		flags = STRING_ESCAPES | STRING_QUIET;
	if (lower(kind) == 'w' || lower(kind) == 'i')
		flags |= STRING_WORDS;
	return take_delimited(out, s, off, open, flags);
}

/* ~s(…), ~w[a b], ~S"""…""" */
static bool sigil(struct code_string *out, struct str s, size_t off)
{
	size_t open = off + 1;
	const char kind = at(s, open);
	unsigned flags = 0;

	if (!is_alpha(kind))
		return false;
	while (is_alpha(at(s, open)))
		open++;
	if (kind >= 'a')
		flags = STRING_ESCAPES | STRING_HASH;
	if (lower(kind) == 'w')
		flags |= STRING_WORDS;
	if (!(stands(s, open, STR("\"\"\""))
		      ? take(out, s, off, open + 3,
			     &(struct quote){ STR("\"\"\""), 0, flags })
		      : take_delimited(out, s, off, open, flags)))
		return false;
	/* ~w[a b]a: what the words become */
	while (is_alpha(at(s, off + out->len)))
		out->len++;
	return true;
}

/* <<~MARK, <<-MARK, <<MARK: only the mark; the body follows the line. */
static bool ruby_heredoc(struct code_string *out, struct str s, size_t off)
{
	size_t i = off + 2;
	const bool dashed = at(s, i) == '~' || at(s, i) == '-';
	unsigned flags = STRING_ESCAPES | STRING_HASH;

	i += dashed;
	const char quote = at(s, i);
	const bool quoted = quote == '\'' || quote == '"' || quote == '`';

	i += quoted;
	const size_t name = i;

	while (is_name(at(s, i)))
		i++;
	if (i == name || (!dashed && !quoted && at(s, name) >= 'a'))
		return false;
	if (quote == '\'')
		flags = 0;
	*out = (struct code_string){
		.len = (uint32_t)(i + quoted - off),
		.body = (uint32_t)i,
		.flags = flags | STRING_HEREDOC,
		.heredoc = str_slice(s, name, i),
	};
	return true;
}

size_t code_heredoc(uint32_t *body, uint32_t *body_len, struct str text,
		    size_t off, struct str mark)
{
	struct str rest = str_slice(text, off, text.len);
	struct str line;

	*body = (uint32_t)off;
	*body_len = 0;
	while (str_next_line(&rest, &line))
		if (str_eq(str_trim(line), mark)) {
			*body_len =
				(uint32_t)((size_t)(line.ptr - text.ptr) - off);
			return text.len - rest.len;
		}
	return off;
}

/* <<<MARK … MARK, <<<'MARK': the end mark may be indented and followed by
 * more of the statement. */
static bool php_heredoc(struct code_string *out, struct str s, size_t off)
{
	size_t i = off + 3;
	unsigned flags = STRING_ESCAPES | STRING_NAME | STRING_HEREDOC;

	while (at(s, i) == ' ' || at(s, i) == '\t')
		i++;
	const char quote = at(s, i);

	if (quote == '\'')
		flags = STRING_HEREDOC;
	i += quote == '\'' || quote == '"';
	const size_t name = i;

	while (is_name(at(s, i)))
		i++;
	const struct str mark = str_slice(s, name, i);
	struct str rest = str_slice(s, i, s.len);
	struct str line;

	if (!mark.len || !str_next_line(&rest, &line))
		return false;
	const size_t body = s.len - rest.len;
	size_t end = s.len, after = s.len;

	while (str_next_line(&rest, &line)) {
		const struct str t = str_trim(line);

		if (!str_starts(t, mark) || is_name(at(t, mark.len)))
			continue;
		end = (size_t)(line.ptr - s.ptr);
		after = (size_t)(t.ptr - s.ptr) + mark.len;
		break;
	}
	*out = (struct code_string){
		.len = (uint32_t)(after - off),
		.body = (uint32_t)body,
		.body_len = (uint32_t)(end - body),
		.flags = flags,
	};
	return true;
}

enum { REGEX_MAX = 2048 };

/* /…/ on one line; a slash in [...] does not end it. */
static bool regex(struct code_string *out, struct str s, size_t off)
{
	const size_t end = off + REGEX_MAX < s.len ? off + REGEX_MAX : s.len;
	bool set = false;

	for (size_t i = off + 1; i < end && s.ptr[i] != '\n'; i++) {
		const char c = s.ptr[i];

		if (c == '\\')
			i++;
		else if (c == '[')
			set = true;
		else if (c == ']')
			set = false;
		else if (c == '/' && !set) {
			*out = (struct code_string){
				.len = (uint32_t)(i + 1 - off),
				.body = (uint32_t)off + 1,
				.body_len = (uint32_t)(i - off - 1),
			};
			return true;
		}
	}
	return false;
}

/* r#"…"#: as many marks behind as before. */
static bool rust_raw(struct code_string *out, struct str s, size_t off,
		     size_t marks_at)
{
	size_t body = marks_at;
	size_t marks = 0, n = 0;

	while (at(s, body) == '#')
		body++;
	marks = body - marks_at;
	if (at(s, body++) != '"')
		return false;
	size_t end = body;

	for (; end < s.len && n <= marks; end++)
		n = s.ptr[end] == '"' ? 1 : n && s.ptr[end] == '#' ? n + 1 : 0;
	*out = (struct code_string){
		.len = (uint32_t)(end - off),
		.body = (uint32_t)body,
		.body_len = (uint32_t)(end - body - (n > marks ? n : 0)),
	};
	return true;
}

/* What the letters before a quote make of its flags. */
static unsigned prefixed(const struct language *lang, struct str letters,
			 unsigned flags)
{
	for (size_t i = 0; i < letters.len; i++)
		switch (lower(letters.ptr[i])) {
		case 'r': flags &= ~(unsigned)STRING_ESCAPES; break;
		case 'f':
		case 't':
		case '$': flags |= STRING_BRACE; break;
		case '@':
			flags &= ~(unsigned)(STRING_ESCAPES | STRING_ONE_LINE);
			flags |= STRING_DOUBLED;
			break;
		default: break;
		}
	/* A raw string of Python or Rust still skips \" or reaches further. */
	if (letters.len && lang->blocks == BLOCKS_INDENT)
		flags |= STRING_ESCAPES |
			 (flags & STRING_ESCAPES ? 0 : STRING_QUIET);
	return flags;
}

/* A Rust lifetime, or the `'` of a label: no literal. */
static bool is_lifetime(struct str s, size_t off)
{
	return (is_alpha(at(s, off + 1)) || at(s, off + 1) == '_') &&
	       at(s, off + 2) != '\'';
}

static bool quoted(struct code_string *out, struct str s, size_t off,
		   const struct language *lang)
{
	size_t i = off;

	while (lang->prefixes && i < off + 3 && at(s, i) &&
	       strchr(lang->prefixes, at(s, i)))
		i++;
	const struct str letters = str_slice(s, off, i);

	if (letters.len && (lang->flags & LANG_LIFETIMES) && at(s, i) == '#')
		return rust_raw(out, s, off, i);
	if ((lang->flags & LANG_LIFETIMES) && at(s, i) == '\'' &&
	    is_lifetime(s, i))
		return false;
	for (const struct lang_string *q = lang->string; q->open; q++)
		if (stands(s, i, str_of(q->open)))
			return take(out, s, off, i + strlen(q->open),
				    &(struct quote){ str_of(q->close), '\0',
						     prefixed(lang, letters,
							      q->flags) });
	return false;
}

bool code_string_at(struct code_string *out, struct str s, size_t off,
		    const struct language *lang, bool value_before)
{
	const char c = at(s, off);
	const bool blank_before = off && is_blank(s.ptr[off - 1]);
	const bool operand =
		!value_before || (blank_before && !is_blank(at(s, off + 1)));

	if (c == '%' && (lang->flags & LANG_PERCENT))
		return operand && percent_literal(out, s, off);
	if (c == '~' && (lang->flags & LANG_SIGILS))
		return sigil(out, s, off);
	if (c == '/' && (lang->flags & LANG_REGEX))
		return operand && regex(out, s, off);
	if ((lang->flags & LANG_HEREDOC_RUBY) && stands(s, off, STR("<<")))
		return operand && ruby_heredoc(out, s, off);
	if ((lang->flags & LANG_HEREDOC_PHP) && stands(s, off, STR("<<<")))
		return php_heredoc(out, s, off);
	return quoted(out, s, off, lang);
}
