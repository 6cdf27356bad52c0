#define _DEFAULT_SOURCE /* madvise */
#include "arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Of a block, its head included: what an arena begins with, and what it grows
 * by in the end. */
enum { FIRST_BLOCK = 64 * 1024, HUGE_PAGE = 2 * 1024 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t size;
	alignas(max_align_t) char bytes[];
};

static NORETURN void out_of_memory(void)
{
	fputs("holdfast: out of memory\n", stderr);
	exit(3);
}

/* One huge page, where the system has them: to get so many small ones, each
 * when it is first written to, takes as long as to fill them. */
static void *huge_page(void)
{
	void *p = aligned_alloc(HUGE_PAGE, HUGE_PAGE);

#ifdef MADV_HUGEPAGE
	if (p)
		madvise(p, HUGE_PAGE, MADV_HUGEPAGE);
#endif
	return p;
}

/* Of `all` bytes, its head included. */
static struct arena_block *block_new(size_t all, struct arena_block *next)
{
	struct arena_block *b = all == HUGE_PAGE ? huge_page() : malloc(all);

	if (!b)
		out_of_memory();
	*b = (struct arena_block){ .size = all - sizeof(*b), .next = next };
	return b;
}

/* Room for `size` bytes in a block of its own, behind the one in use: what is
 * left in that is not lost. */
static void *bytes_beside(struct arena_block *head, size_t size)
{
	head->next = block_new(sizeof(*head) + size, head->next);
	head->next->used = size;
	return head->next->bytes;
}

/* Twice as large as the one before it. */
static size_t next_size(const struct arena_block *b)
{
	const size_t twice = b ? 2 * (sizeof(*b) + b->size) : FIRST_BLOCK;

	return twice < HUGE_PAGE ? twice : HUGE_PAGE;
}

static size_t aligned(size_t size)
{
	const size_t align = alignof(max_align_t);

	if (size > SIZE_MAX / 2)
		out_of_memory();
	return (size + align - 1) & ~(align - 1);
}

void *arena_bytes(struct arena *a, size_t size)
{
	size = aligned(size);
	if (!a->head || a->head->size - a->head->used < size) {
		size_t all = next_size(a->head);

		if (size > SIZE_MAX - sizeof(*a->head))
			out_of_memory();
		if (all < sizeof(*a->head) + size) {
			if (a->head)
				return bytes_beside(a->head, size);
			all = sizeof(*a->head) + size;
		}
		a->head = block_new(all, a->head);
	}
	char *p = a->head->bytes + a->head->used;

	a->head->used += size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_bytes(a, size), 0, size);
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size)
{
	struct arena_block *b = a->head;
	const size_t had = aligned(old_size);

	if (old && b && had <= b->used &&
	    (char *)old == b->bytes + b->used - had &&
	    aligned(size) - had <= b->size - b->used) {
		b->used += aligned(size) - had;
		return old;
	}
	void *p = arena_bytes(a, size);

	return old ? memcpy(p, old, old_size) : p;
}

char *arena_copy(struct arena *a, const char *bytes, size_t len)
{
	char *p = arena_bytes(a, len + 1);

	if (len)
		memcpy(p, bytes, len);
	p[len] = '\0';
	return p;
}

/* Most texts fit where the arena stands: then they are formatted once. */
char *arena_format(struct arena *a, const char *fmt, ...)
{
	struct arena_block *b = a->head;
	const size_t room = b ? b->size - b->used : 0;
	char *p = b ? b->bytes + b->used : NULL;
	va_list ap;

	va_start(ap, fmt);
	const int n = vsnprintf(p, room, fmt, ap);
	va_end(ap);
	const size_t size = (size_t)(n < 0 ? 0 : n) + 1;

	p = arena_bytes(a, size);
	if (size <= room)
		return p;
	va_start(ap, fmt);
	vsnprintf(p, size, fmt, ap);
	va_end(ap);
	return p;
}

struct arena_mark arena_mark(const struct arena *a)
{
	const struct arena_block *b = a->head;

	return (struct arena_mark){ a->head, b ? b->used : 0,
				    b ? b->next : NULL };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	while (a->head && a->head != mark.block) {
		struct arena_block *b = a->head;

		if (!mark.block && !b->next &&
		    b->size == FIRST_BLOCK - sizeof(*b)) {
			b->used = 0;
			return;
		}
		a->head = b->next;
		free(b);
	}
	if (!a->head)
		return;
	while (a->head->next != mark.behind) {
		struct arena_block *b = a->head->next;

		a->head->next = b->next;
		free(b);
	}
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
