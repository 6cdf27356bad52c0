#include "calls_interpolate.h"

#include "calls_marks.h"

/* @name, $name too */
static bool is_sigil_byte(char c)
{
	return code_is_name_byte(c) || c == '@' || c == '$';
}

/* Between the names of a path: a.b, a->b, a?.b, a::b, &.b */
static bool is_path_byte(char c)
{
	return c == '.' || c == '-' || c == '>' || c == '?' || c == ':';
}

/* The first literal or symbol that is a name, "" where there is none. */
static struct str literal_name(struct str s, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++) {
		const char c = s.ptr[i];
		size_t stop = i + 1;

		if (c != '"' && c != '\'' &&
		    !(c == ':' && i > from &&
		      !code_is_name_byte(s.ptr[i - 1]) && i + 1 < end &&
		      is_alpha(s.ptr[i + 1])))
			continue;
		while (stop < end && code_is_name_byte(s.ptr[stop]))
			stop++;
		if (stop > i + 1)
			return str_slice(s, i + 1, stop);
	}
	return STR("");
}

/* A path of names: its last one and the one before it. */
struct path {
	struct str last, before;
	size_t end; /* one past it */
};

static struct path first_path(struct str s, size_t from, size_t end)
{
	struct path p = { .end = end };
	size_t stop;

	for (size_t i = from; i < end; i = stop) {
		for (stop = i; stop < end && is_sigil_byte(s.ptr[stop]);)
			stop++;
		if (stop > i) {
			p.before = p.last;
			p.last = str_slice(s, i, stop);
			p.end = stop;
		}
		if (stop > i && stop < end && !is_path_byte(s.ptr[stop]))
			break;
		stop += stop == i;
		while (stop < end && is_path_byte(s.ptr[stop]))
			stop++;
	}
	return p;
}

/* One past the bracket that opens at `open` is closed, at most `end`. */
static size_t group_end(struct str s, size_t open, size_t end)
{
	size_t depth = 0;

	for (size_t i = open; i < end; i++) {
		depth += s.ptr[i] == '(';
		if (s.ptr[i] == ')' && !--depth)
			return i + 1;
	}
	return end;
}

static bool has_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (is_alpha(s.ptr[i]) || s.ptr[i] == '_')
			return true;
	return false;
}

static bool is_itself(struct str name)
{
	return !name.len || str_eq(name, STR("this")) ||
	       str_eq(name, STR("$this")) || str_eq(name, STR("self"));
}

/* What a literal is an entry of: row in row["name"] and row[:name]. */
static struct str holder_of(struct str s, size_t from, struct str literal)
{
	const size_t at = (size_t)(literal.ptr - s.ptr);
	const struct path p = first_path(s, from, at);

	return p.end + 2 == at && s.ptr[p.end] == '[' && !p.before.len
		       ? p.last
		       : STR("");
}

struct code_expression code_expression_name(struct str s, size_t from,
					    size_t end)
{
	enum { CALLS_MAX = 8 };
	struct path p = { 0 };
	const struct str literal = literal_name(s, from, end);

	if (literal.len)
		return (struct code_expression){
			.name = literal,
			.before = holder_of(s, from, literal),
			.literal = true,
		};
	/* quote(name) is about what it is handed, names.join() and
	 * names.map(n => …) about what they are called on. */
	for (int n = 0; n < CALLS_MAX; n++) {
		p = first_path(s, from, end);
		if (p.end >= end || s.ptr[p.end] != '(')
			break;
		const size_t close = group_end(s, p.end, end);
		const struct str inner = str_slice(s, p.end + 1, close - 1);

		if (!has_name(inner) ||
		    str_find(inner, STR("=>")) != SIZE_MAX) {
			if (!is_itself(p.before))
				p = (struct path){ .last = p.before };
			break;
		}
		from = p.end + 1;
		end = close - 1;
	}
	return (struct code_expression){
		.name = p.last.len ? p.last : STR("expression"),
		.before = p.before,
		.member = p.before.len > 0,
	};
}
