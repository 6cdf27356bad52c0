#include "strbuf.h"

#include <stdarg.h>
#include <stdio.h>

#include "arena.h"

enum { STRBUF_FIRST = 64 };

void strbuf_reserve(struct strbuf *b, size_t more)
{
	if (b->size - b->len > more)
		return;
	size_t size = b->size ? b->size * 2 : STRBUF_FIRST;

	while (size - b->len <= more)
		size *= 2;
	b->ptr = arena_grow(b->arena, b->ptr, b->size, size);
	b->size = size;
}

void strbuf_puts(struct strbuf *b, const char *s)
{
	strbuf_add(b, str_of(s));
}

/* What fits is formatted once. */
void strbuf_printf(struct strbuf *b, const char *fmt, ...)
{
	const size_t room = b->size - b->len;
	va_list ap;

	va_start(ap, fmt);
	const int n = vsnprintf(room ? b->ptr + b->len : NULL, room, fmt, ap);
	va_end(ap);
	if (n <= 0)
		return;
	if ((size_t)n >= room) {
		strbuf_reserve(b, (size_t)n + 1);
		va_start(ap, fmt);
		vsnprintf(b->ptr + b->len, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	b->len += (size_t)n;
}

const char *strbuf_cstr(struct strbuf *b)
{
	strbuf_reserve(b, 1);
	b->ptr[b->len] = '\0';
	return b->ptr;
}
