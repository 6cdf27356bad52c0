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

struct places VEC(const struct folders *);

struct claims {
	struct map places;  /* by their globs */
	struct map by_last; /* struct places, by the name of the last folder */
	struct places wild; /* those whose last folder may have any name */
	struct places deep; /* those that hold what is below them, too */
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

/* What stands between the last two slashes; `path` ends in one, or is "". */
static struct str last_folder(struct str path)
{
	const size_t end = path.len ? path.len - 1 : 0;
	size_t from = end;

	while (from && path.ptr[from - 1] != '/')
		from--;
	return str_slice(path, from, end);
}

static bool is_literal(struct str glob)
{
	for (size_t i = 0; i < glob.len; i++)
		if (strchr("*?[{}", glob.ptr[i]))
			return false;
	return true;
}

/* The places that a folder of that name may be. */
static struct places *places_named(struct claims *c, struct str name,
				   struct arena *a)
{
	struct places *found = map_get(&c->by_last, name);

	if (!found) {
		found = arena_new(a, struct places);
		map_put(&c->by_last, a, name, found);
	}
	return found;
}

/* By the name that its last folder has. */
static void file_place(struct claims *c, const struct folders *p,
		       struct arena *a)
{
	const struct str last =
		last_folder(str_of(p->here ? p->here : p->glob));

	if (p->here)
		vec_push(&c->deep, a, p);
	vec_push(last.len && is_literal(last) ? places_named(c, last, a)
					      : &c->wild,
		 a, p);
}

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
	file_place(c, p, a);
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

static void mark_places(bool *is_place, const struct places *asked,
			struct str dir)
{
	for (size_t i = 0; i < asked->count; i++) {
		const struct folders *p = asked->item[i];

		if (!is_place[p->number])
			is_place[p->number] =
				glob_match(p->here ? p->here : p->glob, dir);
	}
}

/* Which places a folder is. What lies below a place of a deep glob is one, too:
 * then only its last parts are news, where what is above has been asked. */
static void find_places(const struct claims *c, bool *is_place, struct str dir,
			const struct claims_folder *up)
{
	const struct places *named = map_get(&c->by_last, last_folder(dir));

	for (size_t i = 0; i < c->deep.count; i++) {
		const struct folders *p = c->deep.item[i];

		is_place[p->number] =
			up ? up->is_place[p->number] : glob_match(p->glob, dir);
	}
	mark_places(is_place, &c->wild, dir);
	if (named)
		mark_places(is_place, named, dir);
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

	find_places(c, places, dir, up);
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
	const char first = n->glob.len ? n->glob.ptr[0] : '*';

	/* most globs begin with a letter, and most names with another */
	if (is_alpha(first) && name.len && name.ptr[0] != first)
		return false;
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
