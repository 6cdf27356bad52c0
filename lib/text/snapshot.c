#include "snapshot.h"

bool snapshot_read(const struct snapshot *s, struct arena *a, const char *path,
		   struct str *out)
{
	*out = (struct str){ "", 0 };
	return s && s->read && s->read(s->payload, a, path, out);
}

void snapshot_list(const struct snapshot *s, struct arena *a, const char *dir,
		   struct paths *out)
{
	*out = (struct paths){ 0 };
	if (s && s->list)
		s->list(s->payload, a, dir, out);
}

bool snapshot_has(const struct snapshot *s, const char *path)
{
	return s && s->has && s->has(s->payload, path);
}
