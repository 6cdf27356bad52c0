#define _DEFAULT_SOURCE /* d_type */
#include "walk.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "arena.h"

bool walk_is_folder(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_skipped(const char *name)
{
	return !strcmp(name, ".") || !strcmp(name, "..") ||
	       !strcmp(name, ".git") || !strcmp(name, "node_modules");
}

static const char *joined(struct arena *a, const char *dir, const char *name)
{
	const size_t len = strlen(dir), more = strlen(name) + 1;
	const bool slash = len && dir[len - 1] != '/';
	char *path = arena_bytes(a, len + slash + more);

	memcpy(path, dir, len);
	if (slash)
		path[len] = '/';
	memcpy(path + len + slash, name, more);
	return path;
}

/* What a folder holds, as whole paths. */
static void list_folder(struct paths *files, struct paths *folders,
			const char *dir, struct arena *a)
{
	DIR *d = opendir(*dir ? dir : ".");
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d))) {
		if (is_skipped(e->d_name))
			continue;
		const char *path = joined(a, dir, e->d_name);

		if (e->d_type == DT_DIR ||
		    (e->d_type == DT_UNKNOWN && walk_is_folder(path)))
			vec_push(folders, a, path);
		else
			vec_push(files, a, path);
	}
	closedir(d);
}

static int path_cmp(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

void walk_disk(struct paths *out, const char *dir, bool deep, struct arena *a)
{
	struct paths todo = { 0 }; /* folders still to be read */

	vec_push(&todo, a, dir);
	do {
		const char *one = todo.item[--todo.count];

		list_folder(out, &todo, one, a);
	} while (deep && todo.count);
	if (out->count)
		qsort(out->item, out->count, sizeof(*out->item), path_cmp);
}

/* Of all bits few are set, where a folder is not huge. */
enum { NAME_BITS = 1 << 16 };

static size_t bit_of(const char *name, size_t len)
{
	return (size_t)str_hash(0, (struct str){ name, len }) % NAME_BITS;
}

/* The names of a path that its predecessor does not have at the same place. */
static void note_names(struct walk *w, const char *path, const char *before)
{
	size_t from = 0;

	for (size_t i = 0; path[i] && path[i] == before[i]; i++)
		if (path[i] == '/')
			from = i + 1;
	while (path[from]) {
		const size_t len = strcspn(path + from, "/");
		const size_t bit = bit_of(path + from, len);

		w->names[bit / 64] |= (uint64_t)1 << bit % 64;
		from += len + (path[from + len] == '/');
	}
}

struct walk walk_folder(const char *dir, struct arena *a)
{
	struct walk w = { .dir = dir };
	const char *before = "";

	walk_disk(&w.files, dir, true, a);
	w.names = arena_array(a, uint64_t, NAME_BITS / 64);
	for (size_t i = 0; i < w.files.count; i++) {
		note_names(&w, w.files.item[i], before);
		before = w.files.item[i];
	}
	return w;
}

bool walk_is_below(const char *dir, const char *path)
{
	const size_t len = strlen(dir);

	if (!len)
		return *path != '/' && strncmp(path, "../", 3) != 0;
	return !strncmp(path, dir, len) && (!path[len] || path[len] == '/');
}

/* Of the files from number `lo` to `hi`, the first that does not stand before
 * `path` and what is put behind it. */
static size_t first_from(const struct paths *files, size_t lo, size_t hi,
			 struct str path, const char *end)
{
	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;
		int c = strncmp(files->item[mid], path.ptr, path.len);

		if (!c)
			c = strcmp(files->item[mid] + path.len, end);
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Narrows the search to the files of one folder. */
static void ask_about(struct walk *w, struct str dir)
{
	const size_t count = w->files.count;

	if (w->from < w->to && w->asked == dir.len &&
	    !strncmp(w->files.item[w->from], dir.ptr, dir.len))
		return;
	w->asked = dir.len;
	w->from = dir.len ? first_from(&w->files, 0, count, dir, "/") : 0;
	w->to = dir.len ? first_from(&w->files, w->from, count, dir, "0")
			: count; /* '0' is behind '/' */
}

bool walk_has(struct walk *w, const char *path)
{
	const struct str p = str_of(path);
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const size_t bit = bit_of(name, strlen(name));

	if (!(w->names[bit / 64] >> bit % 64 & 1))
		return false;
	ask_about(w, str_slice(p, 0, slash ? (size_t)(slash - path) : 0));
	size_t i = first_from(&w->files, w->from, w->to, p, "");

	if (i == w->to || strncmp(w->files.item[i], path, p.len) != 0)
		return false;
	if (!w->files.item[i][p.len])
		return true;
	i = first_from(&w->files, i, w->to, p, "/");
	return i < w->to && walk_is_below(path, w->files.item[i]);
}

void walk_list(const struct walk *w, const char *dir, struct arena *a,
	       struct paths *out)
{
	size_t i = 0;

	if (*dir)
		i = first_from(&w->files, 0, w->files.count, str_of(dir), "/");
	for (; i < w->files.count && walk_is_below(dir, w->files.item[i]); i++)
		vec_push(out, a, w->files.item[i]);
}
