#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "compiler.h"

/*
 * An arena hands out memory that is all released at once. It never returns
 * NULL: running out of memory ends the program (exit status 3), so nothing
 * above this file has an out-of-memory path.
 *
 * Memory is zeroed. A pointer from an arena lives until arena_free(), or
 * until arena_rewind() to a mark taken before it was handed out.
 */
struct arena {
	struct arena_block *head;
};

struct arena_mark {
	struct arena_block *block;
	size_t used;
	struct arena_block *behind; /* that block */
};

void *arena_alloc(struct arena *a, size_t size);

/* The same, not zeroed: for bytes that are written at once. */
void *arena_bytes(struct arena *a, size_t size);

/*
 * Makes room for `size` bytes where `old` (NULL at first) had `old_size`,
 * which are kept: in place where nothing was handed out since, else as a copy.
 * What is new is not zeroed. `size` is no less than `old_size`.
 */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size);
void arena_free(struct arena *a);

/* Where the arena stands now; rewinding to it releases all that came after.
 * One block is kept, so that a loop that rewinds each time does not call
 * malloc each time. */
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

/* Copies `len` bytes and adds a NUL, so the result is also a C string. */
char *arena_copy(struct arena *a, const char *bytes, size_t len);

/* The text of a printf format. */
char *arena_format(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

#endif
