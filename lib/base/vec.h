#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

#include "arena.h"

/*
 * A typed array that grows in an arena:
 *
 *	struct names VEC(struct str);           the declaration of a type
 *	struct names names = { 0 };             empty
 *	vec_push(&names, arena, name);          one more at the end
 *	vec_each(struct str, n, &names) ...     n points at each in turn
 *
 * Growing moves the items: keep an index, not a pointer, across a push.
 */
#define VEC(type)             \
	{                     \
		type *item;   \
		size_t count; \
		size_t size;  \
	}

#define vec_push(v, a, ...)                                              \
	do {                                                             \
		if ((v)->count == (v)->size)                             \
			(v)->item = vec_grow((a), (v)->item, &(v)->size, \
					     sizeof(*(v)->item));        \
		(v)->item[(v)->count++] = __VA_ARGS__;                   \
	} while (0)

/* Room for `n` items in all, where that is known before. */
#define vec_reserve(v, arena, n)                                               \
	do {                                                                   \
		if ((v)->size < (n)) {                                         \
			(v)->item = arena_grow((arena), (v)->item,             \
					       (v)->size * sizeof(*(v)->item), \
					       (n) * sizeof(*(v)->item));      \
			(v)->size = (n);                                       \
		}                                                              \
	} while (0)

#define vec_last(v) (&(v)->item[(v)->count - 1])

#define vec_each(type, it, v)                                             \
	for (type *it = (v)->item, *it##_end = it ? it + (v)->count : it; \
	     it != it##_end; it++)

static inline void *vec_grow(struct arena *a, void *old, size_t *size,
			     size_t each)
{
	const size_t count = *size;
	const size_t grown = count ? count * 2 : 8;

	*size = grown;
	return arena_grow(a, old, count * each, grown * each);
}

#endif
