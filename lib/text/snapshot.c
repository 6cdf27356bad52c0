#include "snapshot.h"

bool snapshot_read(const struct snapshot *s, struct arena *a, const char *path,
		   struct str *out)
{
	*out = (struct str){ "", 0 };
	return s && s->read && s->read(s->payload, a, path, out);
}

/* Is nothing but a name behind the folder? */
static bool is_in_folder(const char *path, const char *dir)
{
	const size_t len = strlen(dir);
	const char *name = path + len;

	return !strchr(name + (len && *name == '/'), '/');
}

void snapshot_list(const struct snapshot *s, struct arena *a, const char *dir,
		   bool deep, struct paths *out)
{
	size_t kept = 0;

	*out = (struct paths){ 0 };
	if (s && s->list)
		s->list(s->payload, a, dir, deep, out);
	for (size_t i = 0; i < out->count && !deep; i++)
		if (is_in_folder(out->item[i], dir))
			out->item[kept++] = out->item[i];
	out->count = deep ? out->count : kept;
}

bool snapshot_has(const struct snapshot *s, const char *path)
{
	return s && s->has && s->has(s->payload, path);
}
