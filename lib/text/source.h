#ifndef TEXT_SOURCE_H
#define TEXT_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "str.h"

struct arena;

/* A half-open byte range of one source. Everything that points at user text
 * is a span; lines and columns exist only in reporters. */
struct span {
	uint32_t off;
	uint32_t len;
};

static inline uint32_t span_end(struct span s)
{
	return s.off + s.len;
}

/* The shortest span that holds both. */
static inline struct span span_joined(struct span a, struct span b)
{
	const uint32_t off = a.off < b.off ? a.off : b.off;
	const uint32_t end =
		span_end(a) > span_end(b) ? span_end(a) : span_end(b);

	return (struct span){ off, end - off };
}

static inline bool span_holds(struct span outer, struct span inner)
{
	return inner.off >= outer.off && span_end(inner) <= span_end(outer);
}

struct place {
	uint32_t line; /* from 1 */
	uint32_t col;  /* in bytes, from 1 */
};

/* The largest text that is judged, in bytes. A larger file is reported as
 * unread; the limit also keeps every offset in a uint32_t. */
enum { SOURCE_MAX = 64 * 1024 * 1024 };

/*
 * One text and where it lies. `text` is UTF-8 (or whatever 8-bit bytes the
 * file holds): decode_text() has removed a byte order mark and decoded
 * UTF-16. The line index is built when a place is first asked for.
 */
struct source {
	const char *path;
	struct str text;
	bool marked; /* the file has a byte order mark */
	bool hidden; /* it may hold secrets: nobody is shown its text */
	const uint32_t *line_start;
	uint32_t line_count;
};

/* Line and column of an offset. `a` holds the line index. */
struct place source_place(struct source *src, struct arena *a, uint32_t off);

/* The whole line that holds `off`, without its line end. */
struct str source_line(struct source *src, struct arena *a, uint32_t off);

static inline struct str source_slice(const struct source *src, struct span s)
{
	return str_slice(src->text, s.off, span_end(s));
}

/*
 * What the bytes of a file are as text. On success returns NULL and sets
 * `*out`, which borrows `bytes` or lies in `a`. Otherwise returns why they
 * cannot be read, as the end of the sentence "was not read: …" (binary, over
 * SOURCE_MAX, broken UTF-16, a Git LFS pointer).
 */
const char *decode_text(struct arena *a, struct str bytes, struct str *out);

/* Do the bytes begin with a byte order mark, of UTF-8 or UTF-16? */
bool text_is_marked(struct str bytes);

#endif
