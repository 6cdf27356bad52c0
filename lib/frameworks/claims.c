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
	struct map folders; /* by what they are the places of */
	uint64_t excluding; /* the frameworks that exclude files */
};

/* The globs of one end that count in a folder. */
struct names {
	struct str end;
	struct name_list VEC(const struct name_glob *) globs;
};

struct claims_folder {
	const bool *is_place; /* by number */
	struct all_names VEC(struct names) names;
	uint64_t excluding;
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
		if (all->item[i].exclude && *all->item[i].exclude)
			c->excluding |= (uint64_t)1 << i;
		add_globs(c, all->item[i].paths, i, false, a);
		add_globs(c, all->item[i].exclude, i, true, a);
	}
	return c;
}

/* What lies below a place of a deep glob is one, too: then only the last parts
 * of the path are news. */
static bool is_place(const struct folders *p, struct str dir, const bool *above)
{
	if (above && p->here)
		return *above || glob_match(p->here, dir);
	return glob_match(p->glob, dir);
}

static struct claims_folder *folder_new(const struct claims *c,
					const bool *is_place, struct arena *a)
{
	struct claims_folder *f = arena_new(a, struct claims_folder);

	f->is_place = is_place;
	f->excluding = c->excluding;
	for (size_t i = 0; i < c->endings.count; i++) {
		const struct ending *e = c->endings.slot[i].value;
		struct names here = { .end = c->endings.slot[i].key };

		vec_each(const struct name_glob, n, &e->globs)
			if (is_place[n->place])
				vec_push(&here.globs, a, n);
		if (here.globs.count)
			vec_push(&f->names, a, here);
	}
	return f;
}

/* Of many folders there are few kinds: each is made once. */
const struct claims_folder *claims_folder(struct claims *c, struct str dir,
					  const struct claims_folder *up,
					  struct arena *a)
{
	const struct arena_mark mark = arena_mark(a);
	const size_t count = c->places.count;
	bool *places = arena_array(a, bool, count);
	const struct str key = { (const char *)places, count };

	for (size_t i = 0; i < count; i++)
		places[i] = is_place(c->places.slot[i].value, dir,
				     up ? &up->is_place[i] : NULL);
	struct claims_folder *f = map_get(&c->folders, key);

	if (f) {
		arena_rewind(a, mark);
		return f;
	}
	f = folder_new(c, places, a);
	map_put(&c->folders, a, key, f);
	return f;
}

static bool matches(const struct name_glob *n, struct str name)
{
	return !n->glob.len || glob_match_plain(n->glob, name);
}

uint64_t claims_of(const struct claims_folder *f, struct str name)
{
	uint64_t claims = 0, excluded = 0;

	vec_each(const struct names, e, &f->names) {
		if (!str_ends(name, e->end))
			continue;
		for (size_t i = 0; i < e->globs.count; i++) {
			const struct name_glob *n = e->globs.item[i];
			uint64_t *to = n->exclude ? &excluded : &claims;

			if (!(*to & n->framework) && matches(n, name))
				*to |= n->framework;
		}
	}
	return claims & ~excluded;
}

/* Most files are claimed by a framework that excludes none. */
bool claims_any(const struct claims_folder *f, struct str name)
{
	vec_each(const struct names, e, &f->names) {
		if (!str_ends(name, e->end))
			continue;
		for (size_t i = 0; i < e->globs.count; i++) {
			const struct name_glob *n = e->globs.item[i];

			if (!(f->excluding & n->framework) && matches(n, name))
				return true;
		}
	}
	return claims_of(f, name) != 0;
}
