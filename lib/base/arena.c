#include "arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t dirty; /* bytes from here on are still zero from calloc */
	size_t size;
	alignas(max_align_t) char bytes[];
};

static NORETURN void out_of_memory(void)
{
	fputs("holdfast: out of memory\n", stderr);
	exit(3);
}

static struct arena_block *block_new(size_t size, struct arena_block *next)
{
	struct arena_block *b = NULL;

	if (size < SIZE_MAX - sizeof(*b))
		b = calloc(1, sizeof(*b) + size);
	if (!b)
		out_of_memory();
	b->size = size;
	b->next = next;
	return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);

	if (size > SIZE_MAX / 2)
		out_of_memory();
	size = (size + align - 1) & ~(align - 1);
	if (!a->head || a->head->size - a->head->used < size)
		a->head = block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE,
				    a->head);
	struct arena_block *b = a->head;
	char *p = b->bytes + b->used;

	if (b->used < b->dirty) {
		const size_t stale = b->dirty - b->used;

		memset(p, 0, stale < size ? stale : size);
	}
	b->used += size;
	if (b->used > b->dirty)
		b->dirty = b->used;
	return p;
}

char *arena_copy(struct arena *a, const char *bytes, size_t len)
{
	char *p = arena_alloc(a, len + 1);

	if (len)
		memcpy(p, bytes, len);
	return p;
}

char *arena_format(struct arena *a, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	const int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	char *p = arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);

	va_start(ap, fmt);
	vsnprintf(p, (size_t)(n < 0 ? 0 : n) + 1, fmt, ap);
	va_end(ap);
	return p;
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->head, a->head ? a->head->used : 0 };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	while (a->head && a->head != mark.block) {
		struct arena_block *b = a->head;

		if (!mark.block && !b->next && b->size == BLOCK_SIZE) {
			b->used = 0;
			return;
		}
		a->head = b->next;
		free(b);
	}
	if (a->head)
		a->head->used = mark.used;
}

void arena_free(struct arena *a)
{
	for (struct arena_block *b = a->head, *next; b; b = next) {
		next = b->next;
		free(b);
	}
	a->head = NULL;
}
