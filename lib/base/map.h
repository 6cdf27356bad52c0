#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>

#include "index.h"

struct arena;

/*
 * Names to pointers, in the order they were added. Keys are borrowed and
 * compared byte by byte. The values belong to whoever put them there. A value
 * of NULL means "not there": map_remove() leaves the slot and sets it so.
 */
struct map {
	struct map_slot {
		struct str key;
		void *value;
	} * slot;
	struct index index;
	size_t count; /* slots used, removed ones too */
	size_t size;
};

void *map_get(const struct map *m, struct str key);
void map_put(struct map *m, struct arena *a, struct str key, void *value);
void map_remove(struct map *m, struct str key);

/* Room for `n` names in all, where that is known before. */
void map_reserve(struct map *m, struct arena *a, size_t n);

#endif
