#include "map.h"

#include "arena.h"

enum { MAP_FIRST = 16 };

static void grow(struct map *m, struct arena *a, size_t size)
{
	struct map_slot *slot = arena_array(a, struct map_slot, size);

	if (m->count)
		memcpy(slot, m->slot, m->count * sizeof(*slot));
	m->slot = slot;
	m->size = size;
	m->index = index_new(a, size, &slot->key, sizeof(*slot));
	for (size_t i = 0; i < m->count; i++)
		*index_place(&m->index, slot[i].key) = (unsigned)i + 1;
}

void map_reserve(struct map *m, struct arena *a, size_t n)
{
	if (n > m->size)
		grow(m, a, n);
}

void *map_get(const struct map *m, struct str key)
{
	if (!m->count)
		return NULL;
	const unsigned at = *index_place(&m->index, key);

	return at ? m->slot[at - 1].value : NULL;
}

void map_put(struct map *m, struct arena *a, struct str key, void *value)
{
	if (m->count == m->size)
		grow(m, a, m->size ? m->size * 2 : MAP_FIRST);
	unsigned *place = index_place(&m->index, key);

	if (!*place) {
		m->slot[m->count++].key = key;
		*place = (unsigned)m->count;
	}
	m->slot[*place - 1].value = value;
}

void map_remove(struct map *m, struct str key)
{
	if (!m->count)
		return;
	const unsigned at = *index_place(&m->index, key);

	if (at)
		m->slot[at - 1].value = NULL;
}
