#include "framework.h"

const struct framework *framework_named(const struct frameworks *all,
					struct str name)
{
	for (size_t i = 0; i < all->count; i++)
		if (str_eq(name, str_of(all->item[i].name)))
			return &all->item[i];
	return NULL;
}

const char *framework_nearest(const struct frameworks *all, struct str name)
{
	const char *nearest = NULL;
	size_t best = name.len / 3 + 2;

	for (size_t i = 0; i < all->count; i++) {
		const size_t d =
			str_distance(name, str_of(all->item[i].name), best);

		if (d < best) {
			nearest = all->item[i].name;
			best = d;
		}
	}
	return nearest;
}

bool framework_grows(const struct framework *f, const char *path)
{
	for (const char *const *glob = f->grows; glob && *glob; glob++)
		if (glob_match(*glob, str_of(path)))
			return true;
	return false;
}
