#include "piece.h"

#include <stdint.h>

struct piece piece_of(struct str text, struct span whole)
{
	return (struct piece){
		.text = text,
		.exact = text.len == whole.len,
		.whole = whole,
	};
}

struct span piece_span(const struct piece *p, struct span s)
{
	const uint32_t len = (uint32_t)p->text.len;
	const uint32_t from = s.off < len ? s.off : len;
	const uint32_t to = span_end(s) < len ? span_end(s) : len;

	if (p->place)
		return (struct span){ p->place[from],
				      p->place[to] - p->place[from] };
	if (p->exact)
		return (struct span){ p->whole.off + from, to - from };
	return p->whole;
}

struct piece piece_part(const struct piece *p, struct str text, struct span raw)
{
	const uintptr_t start = (uintptr_t)p->text.ptr;
	const uintptr_t at = (uintptr_t)text.ptr;
	struct piece part = { .text = text, .whole = piece_span(p, raw) };

	if (at < start || at + text.len > start + p->text.len)
		return part;
	if (p->place)
		part.place = p->place + (at - start);
	else if (p->exact)
		part = (struct piece){
			.text = text,
			.exact = true,
			.whole = { p->whole.off + (uint32_t)(at - start),
				   (uint32_t)text.len },
		};
	return part;
}
