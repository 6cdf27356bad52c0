#include "index.h"

#include "arena.h"

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
	size_t i = (size_t)str_hash(0, name) & (x->size - 1);

	while (x->place[i] && !str_eq(name_of(x, x->place[i]), name))
		i = (i + 1) & (x->size - 1);
	return &x->place[i];
}
