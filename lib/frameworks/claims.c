#include "claims.h"

#include "map.h"
#include "vec.h"

/* What stands before the last slash of a glob, and the slash. */
struct folders {
	const char *glob;
	const char *here; /* without the two stars at its end; NULL: none */
	size_t number;
};

/* What stands behind it. */
struct name_glob {
	struct str glob; /* empty: any name with that end */
	size_t place;
	uint64_t framework; /* its bit */
	bool exclude;
};

/* Those of one literal end: most names are told apart by it. */
struct ending {
	struct name_globs VEC(struct name_glob) globs;
};

struct claims {
	struct map places;  /* by their globs */
	struct map endings; /* by their ends */
};

static const struct folders *folders_of(struct claims *c, struct str glob,
					struct arena *a)
{
	struct folders *p = map_get(&c->places, glob);

	if (p)
		return p;
	p = arena_new(a, struct folders);
	p->glob = str_dup(a, glob);
	if (str_ends(glob, STR("/**/")))
		p->here = arena_copy(a, glob.ptr, glob.len - 3);
	p->number = c->places.count;
	map_put(&c->places, a, glob, p);
	return p;
}

static struct ending *ending_of(struct claims *c, struct str end,
				struct arena *a)
{
	struct ending *e = map_get(&c->endings, end);

	if (!e) {
		e = arena_new(a, struct ending);
		map_put(&c->endings, a, end, e);
	}
	return e;
}

static struct str literal_end(struct str glob)
{
	size_t i = glob.len;

	while (i && !strchr("*?]", glob.ptr[i - 1]))
		i--;
	return str_slice(glob, i, glob.len);
}

static void add_globs(struct claims *c, const char *const *globs,
		      size_t framework, bool exclude, struct arena *a)
{
	for (; globs && *globs; globs++) {
		const char *slash = strrchr(*globs, '/');
		const char *name = slash ? slash + 1 : *globs;
		const bool deep = !strcmp(name, "**");
		/* all that is below a folder is all names of all folders */
		const struct str place =
			deep ? str_of(arena_format(a, "%s/", *globs))
			     : (struct str){ *globs, (size_t)(name - *globs) };
		const struct str end = literal_end(str_of(name));
		const bool any = *name == '*' && end.ptr <= name + 1;
		const struct name_glob n = {
			.glob = str_of(any ? NULL : name),
			.place = folders_of(c, place, a)->number,
			.framework = (uint64_t)1 << framework,
			.exclude = exclude
		};

		vec_push(&ending_of(c, end, a)->globs, a, n);
	}
}

struct claims *claims_new(const struct frameworks *all, struct arena *a)
{
	struct claims *c = arena_new(a, struct claims);

	for (size_t i = 0; i < all->count && i < FRAMEWORKS_MAX; i++) {
		add_globs(c, all->item[i].paths, i, false, a);
		add_globs(c, all->item[i].exclude, i, true, a);
	}
	return c;
}

/* What lies below a place of a deep glob is one, too: then only the last parts
 * of the path are news. */
const bool *claims_places(const struct claims *c, struct str dir,
			  const bool *up, struct arena *a)
{
	bool *places = arena_array(a, bool, c->places.count);

	for (size_t i = 0; i < c->places.count; i++) {
		const struct folders *p = c->places.slot[i].value;

		if (up && p->here)
			places[i] = up[i] || glob_match(p->here, dir);
		else
			places[i] = glob_match(p->glob, dir);
	}
	return places;
}

uint64_t claims_of(const struct claims *c, const bool *places, struct str name)
{
	uint64_t claims = 0, excluded = 0;

	for (size_t i = 0; i < c->endings.count; i++) {
		const struct ending *e = c->endings.slot[i].value;

		if (!str_ends(name, c->endings.slot[i].key))
			continue;
		vec_each(const struct name_glob, n, &e->globs) {
			uint64_t *to = n->exclude ? &excluded : &claims;

			if (places[n->place] && !(*to & n->framework) &&
			    (!n->glob.len || glob_match_plain(n->glob, name)))
				*to |= n->framework;
		}
	}
	return claims & ~excluded;
}
