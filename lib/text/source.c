#include "source.h"

#include "vec.h"

static void index_lines(struct source *src, struct arena *a)
{
	struct lines VEC(uint32_t) starts = { 0 };
	size_t at = 0, next = 0;

	while (next != SIZE_MAX) {
		vec_push(&starts, a, (uint32_t)at);
		next = str_find_byte(str_slice(src->text, at, src->text.len),
				     '\n');
		at += next + 1;
	}
	src->line_start = starts.item;
	src->line_count = (uint32_t)starts.count;
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
