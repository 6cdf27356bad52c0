#include "plain.h"

#include "arena.h"

static bool ends_word(struct str s, size_t i)
{
	return i >= s.len || s.ptr[i] == ' ' || s.ptr[i] == '(' ||
	       s.ptr[i] == ')' || s.ptr[i] == ',';
}

size_t plain_match_rest(const struct plain *p, const char *words)
{
	const struct str want = str_of(words);
	const struct str here = str_slice(p->s, p->at, p->s.len);

	return str_istarts(here, want) && ends_word(here, want.len) ? want.len
								    : 0;
}

static void skip_blank(struct plain *p)
{
	while (p->at < p->s.len && p->s.ptr[p->at] == ' ')
		p->at++;
}

/* Behind the quote that opens at `i`. */
static size_t skip_quote(struct str s, size_t i)
{
	const char quote = s.ptr[i++];

	while (i < s.len && s.ptr[i] != quote)
		i++;
	return i < s.len ? i + 1 : s.len;
}

struct str plain_name(struct plain *p)
{
	const size_t from = p->at;
	size_t i = from;

	while (!ends_word(p->s, i))
		i = p->s.ptr[i] == '"' ? skip_quote(p->s, i) : i + 1;
	p->at = i;
	skip_blank(p);
	return str_slice(p->s, from, i);
}

struct str plain_parens(struct plain *p)
{
	size_t depth = 0, i = p->at;
	const struct str s = p->s;

	if (i >= s.len || s.ptr[i] != '(')
		return (struct str){ "", 0 };
	for (; i < s.len; i++) {
		if (s.ptr[i] == '"' || s.ptr[i] == '\'') {
			i = skip_quote(s, i) - 1;
		} else if (s.ptr[i] == '(') {
			depth++;
		} else if (s.ptr[i] == ')' && !--depth) {
			break;
		}
	}
	const struct str inside = str_slice(s, p->at + 1, i);

	p->at = i < s.len ? i + 1 : s.len;
	skip_blank(p);
	return inside;
}

struct str plain_label(struct plain *p)
{
	const size_t from = p->at;

	if (from >= p->s.len || p->s.ptr[from] != '\'')
		return (struct str){ "", 0 };
	size_t to = skip_quote(p->s, from);

	while (to < p->s.len && p->s.ptr[to] == '\'') /* a doubled quote */
		to = skip_quote(p->s, to);
	p->at = to;
	skip_blank(p);
	return str_slice(p->s, from, to);
}

void plain_step(struct plain *p)
{
	const size_t from = p->at;

	if (p->at < p->s.len && p->s.ptr[p->at] == '(')
		plain_parens(p);
	else
		plain_name(p);
	if (p->at == from) /* a stray ")" or "," */
		p->at++;
}

struct str plain_rest(const struct plain *p)
{
	return str_slice(p->s, p->at, p->s.len);
}

void plain_split(struct words_list *out, struct str list, struct arena *a)
{
	size_t depth = 0, from = 0;

	for (size_t i = 0; i <= list.len; i++) {
		if (i == list.len || (!depth && list.ptr[i] == ',')) {
			const struct str one =
				str_trim(str_slice(list, from, i));

			if (one.len)
				vec_push(out, a, one);
			from = i + 1;
		} else if (list.ptr[i] == '"' || list.ptr[i] == '\'') {
			i = skip_quote(list, i) - 1;
		} else if (list.ptr[i] == '(' || list.ptr[i] == '[') {
			depth++;
		} else if ((list.ptr[i] == ')' || list.ptr[i] == ']') &&
			   depth) {
			depth--;
		}
	}
}

bool words_list_has(const struct words_list *l, struct str word)
{
	for (size_t i = 0; i < l->count; i++)
		if (str_eq(l->item[i], word))
			return true;
	return false;
}

static bool is_default_schema(struct str part)
{
	return str_ieq(part, STR("public")) || str_ieq(part, STR("dbo")) ||
	       str_ieq(part, STR("main")) || str_ieq(part, STR("\"public\"")) ||
	       str_ieq(part, STR("\"dbo\"")) || str_ieq(part, STR("\"main\""));
}

/* Where the first part of a dotted name ends: at the dot, or the length. */
static size_t first_part_end(struct str name)
{
	size_t i = 0;

	while (i < name.len && name.ptr[i] != '.')
		i = name.ptr[i] == '"' ? skip_quote(name, i) : i + 1;
	return i;
}

struct str plain_fold(struct str name, enum dialect d, struct arena *a)
{
	const size_t dot = first_part_end(name);
	bool changed = false;

	if (dot < name.len && is_default_schema(str_slice(name, 0, dot)))
		name = str_slice(name, dot + 1, name.len);
	for (size_t i = 0; i < name.len && !changed; i++)
		changed =
			name.ptr[i] == '"' || lower(name.ptr[i]) != name.ptr[i];
	if (!changed)
		return name;
	char *to = arena_bytes(a, name.len);
	size_t n = 0;
	bool quoted = false;

	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '"')
			quoted = !quoted;
		else
			to[n++] = quoted && d == DIALECT_POSTGRES
					  ? name.ptr[i]
					  : lower(name.ptr[i]);
	}
	return (struct str){ to, n };
}

struct str plain_last_part(struct str name)
{
	for (;;) {
		const size_t dot = first_part_end(name);

		if (dot + 1 >= name.len)
			return name;
		name = str_slice(name, dot + 1, name.len);
	}
}

static bool is_name_byte(char c)
{
	return is_ident(c) || c == '$' || (unsigned char)c >= 0x80;
}

bool plain_mentions(struct str text, struct str word)
{
	if (!word.len)
		return false;
	for (size_t i = 0;;) {
		const size_t at = str_ifind(str_slice(text, i, text.len), word);

		if (at == SIZE_MAX)
			return false;
		i += at;
		if (!(i && is_name_byte(text.ptr[i - 1])) &&
		    (i + word.len == text.len ||
		     !is_name_byte(text.ptr[i + word.len])))
			return true;
		i++;
	}
}

struct str plain_show(struct str name, struct arena *a)
{
	if (str_find_byte(name, '"') == (size_t)-1)
		return name;
	char *to = arena_bytes(a, name.len);
	size_t n = 0;

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] != '"')
			to[n++] = name.ptr[i];
		else if (i + 1 < name.len && name.ptr[i + 1] == '"' && i)
			to[n++] = name.ptr[i++];
	return (struct str){ to, n };
}
