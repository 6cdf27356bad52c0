#include "map.h"

#include <stdint.h>

#include "arena.h"

enum { MAP_FIRST = 16 };

/* A step of the finalizer of MurmurHash3 (https://github.com/aappleby/smhasher):
 * names that differ in their last digit only must not end up beside each
 * other. */
static uint64_t stirred(uint64_t h)
{
	h *= 0xff51afd7ed558ccdu;
	return h ^ h >> 33;
}

/* Eight bytes at a time. */
static size_t hash_of(struct str key)
{
	uint64_t h = 14695981039346656037u + key.len, bytes = 0;
	size_t i = 0;

	for (; i + 8 <= key.len; i += 8) {
		memcpy(&bytes, key.ptr + i, 8);
		h = stirred(h ^ bytes);
	}
	if (i == key.len)
		return (size_t)h;
	bytes = 0;
	memcpy(&bytes, key.ptr + i, key.len - i);
	return (size_t)stirred(h ^ bytes);
}

/* Where `key` is in the index, or the free place where it would go. */
static size_t place_of(const struct map *m, struct str key)
{
	size_t i = hash_of(key) & (m->index_size - 1);

	while (m->index[i] && !str_eq(m->slot[m->index[i] - 1].key, key))
		i = (i + 1) & (m->index_size - 1);
	return i;
}

static void grow(struct map *m, struct arena *a, size_t size)
{
	struct map_slot *slot = arena_array(a, struct map_slot, size);

	if (m->count)
		memcpy(slot, m->slot, m->count * sizeof(*slot));
	m->slot = slot;
	m->size = size;
	m->index_size = size * 2;
	m->index = arena_array(a, unsigned, m->index_size);
	for (size_t i = 0; i < m->count; i++)
		m->index[place_of(m, slot[i].key)] = (unsigned)i + 1;
}

void map_reserve(struct map *m, struct arena *a, size_t n)
{
	size_t size = m->size ? m->size : MAP_FIRST;

	while (size < n)
		size *= 2;
	if (size > m->size)
		grow(m, a, size);
}

void *map_get(const struct map *m, struct str key)
{
	if (!m->count)
		return NULL;
	const unsigned at = m->index[place_of(m, key)];

	return at ? m->slot[at - 1].value : NULL;
}

void map_put(struct map *m, struct arena *a, struct str key, void *value)
{
	if (m->count == m->size)
		grow(m, a, m->size ? m->size * 2 : MAP_FIRST);
	const size_t i = place_of(m, key);

	if (!m->index[i]) {
		m->slot[m->count++].key = key;
		m->index[i] = (unsigned)m->count;
	}
	m->slot[m->index[i] - 1].value = value;
}

void map_remove(struct map *m, struct str key)
{
	if (!m->count)
		return;
	const unsigned at = m->index[place_of(m, key)];

	if (at)
		m->slot[at - 1].value = NULL;
}
