#define _DEFAULT_SOURCE /* d_type */
#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "err.h"
#include "source.h"
#include "strbuf.h"

enum { CWD_MAX = 4096 };

static bool read_fd(int fd, struct arena *a, struct str *out)
{
	struct stat st;
	size_t used = 0;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	/* one byte more than the limit: the decoder then says why */
	const size_t size = st.st_size > SOURCE_MAX ? (size_t)SOURCE_MAX + 1
						    : (size_t)st.st_size;
	char *bytes = arena_alloc(a, size + 1);

	while (used < size) {
		const ssize_t n = read(fd, bytes + used, size - used);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (!n)
			break;
		used += (size_t)n;
	}
	*out = (struct str){ bytes, used };
	return true;
}

static bool read_path(void *payload, struct arena *a, const char *path,
		      struct str *out)
{
	const int fd = open(*path ? path : ".", O_RDONLY | O_CLOEXEC);

	(void)payload;
	if (fd < 0)
		return false;
	const bool ok = read_fd(fd, a, out);
	const int saved = errno;

	close(fd);
	errno = saved;
	return ok;
}

static bool has_path(void *payload, const char *path)
{
	(void)payload;
	return access(path, F_OK) == 0;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The entries of a folder, "." and ".." left out, as whole paths. */
static void list_folder(struct paths *out, const char *dir, struct arena *a)
{
	DIR *d = opendir(*dir ? dir : ".");
	const size_t len = strlen(dir);
	const bool slash = len && dir[len - 1] != '/';
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d))) {
		struct strbuf b = STRBUF(a);

		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") ||
		    !strcmp(e->d_name, ".git") ||
		    !strcmp(e->d_name, "node_modules"))
			continue;
		strbuf_reserve(&b, len + strlen(e->d_name) + 3);
		strbuf_puts(&b, dir);
		if (slash)
			strbuf_byte(&b, '/');
		strbuf_puts(&b, e->d_name);
		if (e->d_type == DT_DIR ||
		    (e->d_type == DT_UNKNOWN && is_folder(strbuf_cstr(&b))))
			strbuf_byte(&b, '/');
		vec_push(out, a, strbuf_cstr(&b));
	}
	closedir(d);
}

static int path_cmp(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* All files below `dir`, by a list of folders still to be read. */
static void walk(struct paths *out, const char *dir, struct arena *a)
{
	struct paths todo = { 0 };

	vec_push(&todo, a, dir);
	while (todo.count) {
		const char *one = todo.item[--todo.count];
		struct paths entries = { 0 };

		list_folder(&entries, one, a);
		for (size_t i = 0; i < entries.count; i++) {
			const char *path = entries.item[i];
			const size_t len = strlen(path);

			if (path[len - 1] == '/')
				vec_push(&todo, a,
					 arena_copy(a, path, len - 1));
			else
				vec_push(out, a, path);
		}
	}
	if (out->count)
		qsort(out->item, out->count, sizeof(*out->item), path_cmp);
}

static void list_path(void *payload, struct arena *a, const char *dir,
		      struct paths *out)
{
	(void)payload;
	walk(out, dir, a);
}

static const char *read_change(void *payload, struct arena *a,
			       const struct change *c, enum change_side side,
			       struct str *out)
{
	*out = (struct str){ "", 0 };
	if (side == SIDE_OLD)
		return NULL;
	errno = 0;
	if (read_path(payload, a, c->path, out))
		return NULL;
	return errno == EACCES || errno == EPERM ? "permission denied"
						 : "it cannot be opened";
}

static void add_file(struct changes *out, const char *path, bool named,
		     struct arena *a)
{
	vec_push(&out->list, a,
		 (struct change){ .path = path,
				  .status = CHANGE_ADDED,
				  .named = named });
}

/* "./a" and "a//" are "a" in reports. */
static const char *tidy(const char *path, struct arena *a)
{
	size_t len = strlen(path);

	while (path[0] == '.' && path[1] == '/' && path[2]) {
		path += 2;
		len -= 2;
	}
	while (len > 1 && path[len - 1] == '/')
		len--;
	return arena_copy(a, path, len);
}

/* The last parts of a path, with a '/' at the end. */
static const char *last_parts(const char *path, unsigned parts, struct arena *a)
{
	size_t i = strlen(path);

	while (i && parts) {
		i--;
		parts -= path[i] == '/';
	}
	return arena_format(a, "%s/", path + i + (path[i] == '/'));
}

/* The length of the part of `cwd` that is the root of its repository; 0 where
 * it lies in none. */
static size_t repository_len(const char *cwd, struct arena *a)
{
	size_t end = strlen(cwd);

	while (end > 1) {
		if (access(arena_format(a, "%.*s/.git", (int)end, cwd), F_OK) ==
		    0)
			return end;
		while (end && cwd[end - 1] != '/')
			end--;
		end -= end > 0;
	}
	return 0;
}

/* Where the current folder lies in its repository; outside of one, the names
 * of the folder and the one above tell enough. */
static const char *find_prefix(const char *cwd, size_t root, struct arena *a)
{
	if (!root)
		return last_parts(cwd, 2, a);
	return cwd[root] ? arena_format(a, "%s/", cwd + root + 1) : "";
}

/* The policy is that of the whole repository; `payload` is its root. */
static bool read_policy(void *payload, struct arena *a, const char *path,
			struct str *out)
{
	const char *root = payload;

	return read_path(NULL, a, arena_format(a, "%s/%s", root, path), out);
}

/* A link that leads nowhere is there, too. */
static bool has_policy(void *payload, const char *path)
{
	const char *root = payload;
	char whole[CWD_MAX];
	struct stat st;

	snprintf(whole, sizeof(whole), "%s/%s", root, path);
	return lstat(whole, &st) == 0;
}

int disk_changes(struct changes *out, char *const *paths, size_t count,
		 struct arena *a, struct err *err)
{
	char *cwd = arena_alloc(a, CWD_MAX);

	if (!getcwd(cwd, CWD_MAX))
		return err_set(err, "the current folder is gone");
	const size_t root = repository_len(cwd, a);

	*out = (struct changes){
		.prefix = find_prefix(cwd, root, a),
		.read = read_change,
		.now = { NULL, read_path, list_path, has_path },
		.policy = { root ? arena_copy(a, cwd, root) : cwd, read_policy,
			    list_path, has_policy },
	};
	for (size_t i = 0; i < count; i++) {
		const char *path = tidy(paths[i], a);

		if (is_folder(path)) {
			struct paths files = { 0 };

			walk(&files, strcmp(path, ".") ? path : "", a);
			for (size_t n = 0; n < files.count; n++)
				add_file(out, files.item[n], false, a);
		} else if (access(path, F_OK) < 0) {
			return err_set(err, "%s: no such file or folder", path);
		} else {
			add_file(out, path, true, a);
		}
	}
	return 0;
}
