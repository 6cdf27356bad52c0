#include <stdint.h>

#include "collect.h"

/*
 * The datasource of a schema.prisma: its provider, and its url where that is
 * written out. All else in the file is of the schema replay.
 */
struct prisma {
	struct str text;
	size_t at;
};

static struct str next_line(struct prisma *p, size_t *start)
{
	const struct str rest = str_slice(p->text, p->at, p->text.len);
	const size_t end = str_find_byte(rest, '\n');
	const struct str line = str_slice(rest, 0, end);

	*start = p->at;
	p->at = end == SIZE_MAX ? p->text.len : p->at + end + 1;
	return line;
}

static void read_comment(struct collector *c, struct str line, size_t start)
{
	const size_t at = str_find(line, STR("//"));
	const size_t scheme = str_find(line, STR("://"));
	struct str text;

	if (at == SIZE_MAX || scheme + 1 == at)
		return;
	text = str_slice(line, at, line.len);
	while (text.len && text.ptr[0] == '/')
		text = str_slice(text, 1, text.len);
	vec_push(&c->reading->comments, c->arena,
		 (struct comment){
			 { (uint32_t)(start + at), (uint32_t)(line.len - at) },
			 str_trim(text) });
}

/* `name = "value"`; false where the value is no literal. */
static bool read_pair(struct str line, struct str *key, struct str *value)
{
	const size_t eq = str_find_byte(line, '=');
	size_t open, close;

	if (eq == SIZE_MAX)
		return false;
	*key = str_trim(str_slice(line, 0, eq));
	open = str_find_byte(str_slice(line, eq, line.len), '"');
	if (open == SIZE_MAX ||
	    str_trim(str_slice(line, eq + 1, eq + open)).len)
		return false;
	*value = str_slice(line, eq + open + 1, line.len);
	close = str_find_byte(*value, '"');
	*value = str_slice(*value, 0, close);
	return close != SIZE_MAX;
}

void collect_prisma(struct collector *c)
{
	struct prisma p = { .text = c->src->text };
	bool inside = false;

	while (p.at < p.text.len) {
		size_t start;
		const struct str line = next_line(&p, &start);
		const struct str body = str_trim(line);
		struct str key, value;

		read_comment(c, line, start);
		if (str_starts(body, STR("datasource ")))
			inside = true;
		else if (str_starts(body, STR("}")))
			inside = false;
		if (!inside || !read_pair(line, &key, &value))
			continue;
		const struct span span = {
			(uint32_t)(value.ptr - p.text.ptr),
			(uint32_t)value.len,
		};
		const struct span name = { (uint32_t)(key.ptr - p.text.ptr),
					   (uint32_t)key.len };

		if (str_eq(key, STR("provider")))
			setting(c, STR("datasource.provider"), value, name,
				span);
		else if (str_eq(key, STR("url")))
			setting(c, STR("datasource.url"), value, name, span);
	}
}
