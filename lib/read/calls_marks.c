#include "calls_marks.h"

#include "calls_string.h"
#include "compiler.h"
#include "lang.h"

struct str code_escaped(struct str s, size_t i, unsigned flags, size_t *len)
{
	const char c = i + 1 < s.len ? s.ptr[i + 1] : '\\';

	*len = 2;
	if ((flags & STRING_QUIET) && c != '\'' && c != '"' && c != '\\') {
		*len = 1;
		return str_slice(s, i, i + 1);
	}
	switch (c) {
	case 'n': return STR("\n");
	case 't': return STR("\t");
	case 'r': return STR("\r");
	case '0': return STR("");
	case '\n': return STR("");
	default: return str_slice(s, i + 1, i + 2);
	}
}

struct str code_entity(struct str s, size_t i, size_t *len)
{
	static const struct {
		const char *name, *text;
	} entities[] = {
		{ "&lt;", "<" },    { "&gt;", ">" },   { "&amp;", "&" },
		{ "&quot;", "\"" }, { "&apos;", "'" }, { "&#39;", "'" },
		{ "&#10;", "\n" },  { "&#13;", " " },
	};
	const size_t end = str_find_byte(str_slice(s, i, i + 12), ';');

	*len = end == SIZE_MAX ? 1 : end + 1;
	for (size_t k = 0; k < ARRAY_LEN(entities); k++)
		if (str_eq(str_slice(s, i, i + *len), str_of(entities[k].name)))
			return str_of(entities[k].text);
	return STR(" ");
}

size_t code_expression_at(struct str s, size_t i, unsigned flags, size_t *end)
{
	const char c = s.ptr[i];
	const char next = i + 1 < s.len ? s.ptr[i + 1] : '\0';
	size_t open = 0;

	if ((c == '#' && next == '{' && (flags & STRING_HASH)) ||
	    (c == '$' && next == '{' &&
	     (flags & (STRING_DOLLAR | STRING_NAME))))
		open = i + 2;
	else if ((c == '{' && next == '$' && (flags & STRING_NAME)) ||
		 (c == '{' && next != '{' && (flags & STRING_BRACE)))
		open = i + 1;
	if (open) {
		*end = code_interpolation_end(s, open);
		return open;
	}
	if (c != '$' || !(flags & STRING_NAME) || !code_is_name_byte(next) ||
	    is_digit(next))
		return 0;
	*end = i + 1;
	while (*end < s.len && code_is_name_byte(s.ptr[*end]))
		++*end;
	return i;
}

/* ??, ? and :name: */
static size_t bound_mark_at(struct str s, size_t i)
{
	size_t end = i + 1;

	if (s.ptr[i] == '?')
		return end < s.len && s.ptr[end] == '?' ? 2 : 1;
	if (s.ptr[i] != ':' || end >= s.len || is_digit(s.ptr[end]))
		return 0;
	while (end < s.len && code_is_name_byte(s.ptr[end]))
		end++;
	return end > i + 1 && end < s.len && s.ptr[end] == ':' ? end + 1 - i
							       : 0;
}

size_t code_mark_at(struct str s, size_t i, enum mark_kind marks)
{
	const bool percent = marks == MARKS_PERCENT;
	const bool brace = s.ptr[i] == '{';
	size_t end = i + 1;

	if (marks == MARKS_BOUND)
		return bound_mark_at(s, i);
	if (s.ptr[i] != '{' && (s.ptr[i] != '%' || !percent))
		return 0;
	while (end < s.len && end < i + 32 &&
	       (is_digit(s.ptr[end]) ||
		(!brace && strchr("$[]", s.ptr[end]) && s.ptr[end]) ||
		(!percent && code_is_name_byte(s.ptr[end]))))
		end++;
	if (end >= s.len)
		return 0;
	if (brace) /* C# numbers its marks: {0} */
		return s.ptr[end] == '}' && (!percent || end > i + 1)
			       ? end + 1 - i
			       : 0;
	return strchr("svdqIL", s.ptr[end]) && s.ptr[end] ? end + 1 - i : 0;
}

uint32_t code_mark_place(struct str mark, uint32_t next)
{
	uint32_t n = 0;
	size_t i = 1;

	if (mark.len > 2 && mark.ptr[1] == '[')
		i++;
	const size_t first = i;

	for (; i < mark.len && is_digit(mark.ptr[i]) && n < 1000; i++)
		n = n * 10 + (uint32_t)(mark.ptr[i] - '0');
	if (i == first || i >= mark.len)
		return next;
	if (mark.ptr[i] == '}')
		return n;
	return n && (mark.ptr[i] == '$' || mark.ptr[i] == ']') ? n - 1 : next;
}
