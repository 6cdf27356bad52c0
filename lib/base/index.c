#include "index.h"

#include <stdint.h>

#include "arena.h"

/* A step of the finalizer of MurmurHash3 (https://github.com/aappleby/smhasher):
 * names that differ in their last digit only must not end up beside each
 * other. */
static uint64_t stirred(uint64_t h)
{
	h *= 0xff51afd7ed558ccdu;
	return h ^ h >> 33;
}

/* Eight bytes at a time. */
static size_t hash_of(struct str name)
{
	uint64_t h = 14695981039346656037u + name.len, bytes = 0;
	size_t i = 0;

	for (; i + 8 <= name.len; i += 8) {
		memcpy(&bytes, name.ptr + i, 8);
		h = stirred(h ^ bytes);
	}
	if (i == name.len)
		return (size_t)h;
	bytes = 0;
	memcpy(&bytes, name.ptr + i, name.len - i);
	return (size_t)stirred(h ^ bytes);
}

struct index index_new(struct arena *a, size_t count, const struct str *names,
		       size_t each)
{
	size_t size = 2;

	/* a third to two thirds of it are used */
	while (size < count + count / 2)
		size *= 2;
	return (struct index){ arena_array(a, unsigned, size), size, names,
			       each };
}

static struct str name_of(const struct index *x, unsigned place)
{
	const char *first = (const char *)x->names;

	return *(const struct str *)(const void *)(first +
						   x->each * (place - 1));
}

unsigned *index_place(const struct index *x, struct str name)
{
	size_t i = hash_of(name) & (x->size - 1);

	while (x->place[i] && !str_eq(name_of(x, x->place[i]), name))
		i = (i + 1) & (x->size - 1);
	return &x->place[i];
}
