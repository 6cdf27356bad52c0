#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stddef.h>

#include "compiler.h"
#include "str.h"

struct arena;

/*
 * Text that grows, in an arena. `ptr` is NULL until something was added;
 * strbuf_str() is always a valid view. Growing leaves the old bytes behind
 * in the arena, so a buffer that is to become large wants a `strbuf_reserve`.
 */
struct strbuf {
	struct arena *arena;
	char *ptr;
	size_t len;
	size_t size;
};

#define STRBUF(a) ((struct strbuf){ .arena = (a) })

void strbuf_reserve(struct strbuf *b, size_t more);
void strbuf_puts(struct strbuf *b, const char *s);
void strbuf_printf(struct strbuf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);

static inline void strbuf_add(struct strbuf *b, struct str s)
{
	if (!s.len)
		return;
	if (b->size - b->len <= s.len)
		strbuf_reserve(b, s.len);
	memcpy(b->ptr + b->len, s.ptr, s.len);
	b->len += s.len;
}

static inline void strbuf_byte(struct strbuf *b, char c)
{
	if (b->size - b->len <= 1)
		strbuf_reserve(b, 1);
	b->ptr[b->len++] = c;
}

static inline struct str strbuf_str(const struct strbuf *b)
{
	return (struct str){ b->ptr ? b->ptr : "", b->len };
}

/* The text as a C string; it stays in the arena. */
const char *strbuf_cstr(struct strbuf *b);

#endif
