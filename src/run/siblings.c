#include "siblings.h"

#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
	const struct sibling *x = a, *y = b;
	int c = version_cmp(&x->version, &y->version);

	if (!c)
		c = str_cmp(x->version.name, y->version.name);
	return c ? c : strcmp(x->path, y->path);
}

struct str siblings_ending(const char *path)
{
	const struct str s = str_of(path);
	const size_t sql = str_ifind(s, STR(".sql."));
	size_t i = s.len;

	if (sql < s.len)
		return str_slice(s, sql, sql + 4);
	while (i && s.ptr[i - 1] != '.' && s.ptr[i - 1] != '/')
		i--;
	return str_slice(s, i ? i - 1 : 0, s.len);
}

void siblings_list(struct siblings *out, const struct snapshot *tree,
		   const char *like, bool by_folder, struct arena *a)
{
	const struct version own = version_of(str_of(like), by_folder);
	const struct str end = siblings_ending(like);
	struct paths paths;

	*out = (struct siblings){ 0 };
	snapshot_list(tree, a, str_dup(a, own.dir), by_folder, &paths);
	for (size_t i = 0; i < paths.count; i++) {
		const struct sibling one = {
			paths.item[i],
			version_of(str_of(paths.item[i]), by_folder),
		};

		if (one.version.number.len &&
		    str_eq(one.version.dir, own.dir) &&
		    str_ieq(siblings_ending(one.path), end))
			vec_push(out, a, one);
	}
	if (out->count)
		qsort(out->item, out->count, sizeof(*out->item), by_number);
}

bool siblings_share_numbers(const struct siblings *s)
{
	for (size_t i = 1; i < s->count; i++) {
		const struct version *x = &s->item[i - 1].version;
		const struct version *y = &s->item[i].version;

		if (!version_cmp(x, y) && !version_same_unit(x, y))
			return true;
	}
	return false;
}
