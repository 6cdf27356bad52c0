#include "source.h"

#include "arena.h"

static void index_lines(struct source *src, struct arena *a)
{
	uint32_t n = 1;

	for (size_t i = 0; i < src->text.len; i++)
		n += src->text.ptr[i] == '\n';

	uint32_t *start = arena_array(a, uint32_t, n);
	uint32_t line = 0;

	for (size_t i = 0; i < src->text.len; i++)
		if (src->text.ptr[i] == '\n')
			start[++line] = (uint32_t)i + 1;
	src->line_start = start;
	src->line_count = n;
}

struct place source_place(struct source *src, struct arena *a, uint32_t off)
{
	if (!src->line_start)
		index_lines(src, a);
	uint32_t lo = 0, hi = src->line_count;

	while (hi - lo > 1) {
		const uint32_t mid = lo + (hi - lo) / 2;

		if (src->line_start[mid] <= off)
			lo = mid;
		else
			hi = mid;
	}
	return (struct place){ lo + 1, off - src->line_start[lo] + 1 };
}

struct str source_line(struct source *src, struct arena *a, uint32_t off)
{
	const struct place p = source_place(src, a, off);
	struct str rest = str_slice(src->text, src->line_start[p.line - 1],
				    src->text.len);
	struct str line = { "", 0 };

	if (!str_next_line(&rest, &line))
		return (struct str){ "", 0 };
	return line;
}
