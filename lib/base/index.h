#ifndef BASE_INDEX_H
#define BASE_INDEX_H

#include <stddef.h>

#include "str.h"

struct arena;

/*
 * Finds an item of an array by the name it has, in one step whatever their
 * number. It holds no names itself: `names` is that of the first item, and
 * the next one's lies `each` bytes further on.
 */
struct index {
	unsigned *place; /* 1 + number of an item by its hash, 0 where free */
	size_t size;	 /* a power of two */
	const struct str *names;
	size_t each;
};

/* An empty one with room for `count` items. */
struct index index_new(struct arena *a, size_t count, const struct str *names,
		       size_t each);

/* Where 1 + the number of the item of that name stands, or the 0 where it
 * would. */
unsigned *index_place(const struct index *x, struct str name);

#endif
