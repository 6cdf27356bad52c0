#include "yaml_text.h"

#include <stdint.h>

enum { MARK_EVERY = 64, TEMPLATE_MAX = 4096 };

/* How long the template is that `s` begins with; 0 where none begins. `before`
 * is the byte in front of it: `${{ … }}` is an expression of a CI system, and
 * valid YAML as it stands. */
static size_t template_length(struct str s, char before)
{
	static const struct {
		struct str open, close;
	} marks[] = {
		{ STR_INIT("{{"), STR_INIT("}}") },
		{ STR_INIT("{%"), STR_INIT("%}") },
		{ STR_INIT("{#"), STR_INIT("#}") },
		{ STR_INIT("<%"), STR_INIT("%>") },
	};

	if (before == '$' || s.len < 4 || (s.ptr[0] != '{' && s.ptr[0] != '<'))
		return 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (!str_starts(s, marks[i].open))
			continue;
		const size_t end =
			str_find(str_slice(s, 0, TEMPLATE_MAX), marks[i].close);

		return end == SIZE_MAX ? 0 : end + marks[i].close.len;
	}
	return 0;
}

bool yaml_is_template(struct str text)
{
	return str_find(text, STR("<%")) != SIZE_MAX ||
	       str_find(text, STR("{{")) != SIZE_MAX ||
	       str_find(text, STR("{%")) != SIZE_MAX;
}

static void fill(char *out, size_t from, size_t to, char with)
{
	for (size_t i = from; i < to; i++)
		if (out[i] != '\n' && out[i] != '\r')
			out[i] = with;
}

static bool only_blanks(struct str s)
{
	return !str_trim(s).len;
}

static size_t line_start(struct str s, size_t i)
{
	while (i && s.ptr[i - 1] != '\n')
		i--;
	return i;
}

static size_t line_end(struct str s, size_t i)
{
	while (i < s.len && s.ptr[i] != '\n')
		i++;
	return i;
}

/* Turns the template of `n` bytes at `i` into a word, or into a comment where
 * its lines hold nothing else. */
static void mask(char *out, struct str text, size_t i, size_t n)
{
	const size_t begin = line_start(text, i);
	const size_t stop = line_end(text, i + n);

	fill(out, i, i + n, 'x');
	if (!only_blanks(str_slice(text, begin, i)) ||
	    !only_blanks(str_slice(text, i + n, stop))) {
		/* A word may not go over the end of its line. */
		for (size_t k = i; k < i + n; k++)
			if (text.ptr[k] == '\n' && k + 1 < text.len &&
			    !is_blank(text.ptr[k + 1]))
				out[k + 1] = '#';
		return;
	}
	for (size_t k = i; k < i + n; k++)
		if (k == i || text.ptr[k - 1] == '\n')
			out[k] = text.ptr[k] == '\n' ? '\n' : '#';
}

struct str yaml_without_templates(struct arena *a, struct str text)
{
	char *out = arena_copy(a, text.ptr, text.len);

	for (size_t i = 0; i < text.len;) {
		const size_t n =
			template_length(str_slice(text, i, text.len),
					(char)(i ? text.ptr[i - 1] : '\n'));

		if (n)
			mask(out, text, i, n);
		i += n ? n : 1;
	}
	return (struct str){ out, text.len };
}

static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

struct yaml_offsets yaml_offsets_of(struct arena *a, struct str text)
{
	struct yaml_offsets o = { .text = text };
	uint32_t *mark;
	size_t characters = 0;

	for (size_t i = 0; i < text.len; i++)
		characters += !continues(text.ptr[i]);
	if (characters == text.len)
		return o;
	o.count = characters / MARK_EVERY + 1;
	mark = arena_array(a, uint32_t, o.count);
	characters = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (continues(text.ptr[i]))
			continue;
		if (characters % MARK_EVERY == 0)
			mark[characters / MARK_EVERY] = (uint32_t)i;
		characters++;
	}
	o.mark = mark;
	return o;
}

uint32_t yaml_offset(const struct yaml_offsets *o, size_t character)
{
	size_t at = character;

	if (o->count) {
		size_t left = character % MARK_EVERY;
		const size_t block = character / MARK_EVERY;

		if (block >= o->count)
			return (uint32_t)o->text.len;
		at = o->mark[block];
		while (at < o->text.len && left--)
			do
				at++;
			while (at < o->text.len && continues(o->text.ptr[at]));
	}
	return (uint32_t)(at < o->text.len ? at : o->text.len);
}

/* The comment that begins in `text` at or after `i` and before `end`; SIZE_MAX
 * if none does. */
static size_t next_comment(struct str text, size_t i, size_t end)
{
	for (; i < end; i++)
		if (text.ptr[i] == '#' && (!i || is_blank(text.ptr[i - 1])))
			return i;
	return SIZE_MAX;
}

static size_t add_comment(struct reading *r, struct str text, size_t at)
{
	const size_t end = line_end(text, at);
	struct str body = str_slice(text, at, end);
	const struct span span = { (uint32_t)at, (uint32_t)body.len };

	if (text.ptr[at] != '#')
		return at + 1;
	while (body.len && body.ptr[0] == '#')
		body = str_slice(body, 1, body.len);
	vec_push(&r->comments, r->arena,
		 (struct comment){ span, str_trim(body) });
	return end;
}

void yaml_comments(struct reading *r, struct str text, struct str masked,
		   const struct yaml_spans *scalars)
{
	size_t at = 0;

	for (size_t i = 0; i <= scalars->count; i++) {
		const bool last = i == scalars->count;
		const size_t end = last ? text.len : scalars->item[i].off;
		size_t found = next_comment(masked, at, end);

		while (found != SIZE_MAX) {
			at = add_comment(r, text, found);
			found = next_comment(masked, at, end);
		}
		if (!last && span_end(scalars->item[i]) > at)
			at = span_end(scalars->item[i]);
	}
}
