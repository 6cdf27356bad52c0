#include "disk.h"

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
#include "walk.h"

enum { CWD_MAX = 4096 };

struct disk {
	const char *policy; /* the folder of the policy */
	struct walks VEC(struct walk) walks;
};

static bool read_fd(int fd, struct arena *a, struct str *out)
{
	struct stat st;
	size_t used = 0;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	/* one byte more than the limit: the decoder then says why */
	const size_t size = st.st_size > SOURCE_MAX ? (size_t)SOURCE_MAX + 1
						    : (size_t)st.st_size;
	char *bytes = arena_bytes(a, size + 1);

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
	/* nobody may ever write to a named pipe: it is refused, not waited for */
	const int fd =
		open(*path ? path : ".", O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	(void)payload;
	if (fd < 0)
		return false;
	const bool ok = read_fd(fd, a, out);
	const int saved = errno;

	close(fd);
	errno = saved;
	return ok;
}

static struct walk *walk_of(struct disk *disk, const char *path)
{
	for (size_t i = 0; disk && i < disk->walks.count; i++)
		if (walk_is_below(disk->walks.item[i].dir, path))
			return &disk->walks.item[i];
	return NULL;
}

static bool has_path(void *payload, const char *path)
{
	struct walk *w = walk_of(payload, path);

	return w ? walk_has(w, path) : access(path, F_OK) == 0;
}

/* What nobody named is not gone through to its last folder for nothing: that
 * may be all of a disk. */
static void list_path(void *payload, struct arena *a, const char *dir,
		      bool deep, struct paths *out)
{
	const struct walk *w = walk_of(payload, dir);

	if (w)
		walk_list(w, dir, a, out);
	else
		walk_disk(out, dir, deep, a);
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

/* The policy is that of the whole repository. */
static bool read_policy(void *payload, struct arena *a, const char *path,
			struct str *out)
{
	const struct disk *disk = payload;

	return read_path(NULL, a, arena_format(a, "%s/%s", disk->policy, path),
			 out);
}

/* A link that leads nowhere is there, too. */
static bool has_policy(void *payload, const char *path)
{
	const struct disk *disk = payload;
	char whole[CWD_MAX];
	struct stat st;

	snprintf(whole, sizeof(whole), "%s/%s", disk->policy, path);
	return lstat(whole, &st) == 0;
}

int disk_changes(struct changes *out, char *const *paths, size_t count,
		 struct arena *a, struct err *err)
{
	char *cwd = arena_alloc(a, CWD_MAX);

	if (!getcwd(cwd, CWD_MAX))
		return err_set(err, "the current folder is gone");
	const size_t root = repository_len(cwd, a);
	struct disk *disk = arena_new(a, struct disk);

	disk->policy = root ? arena_copy(a, cwd, root) : cwd;
	*out = (struct changes){
		.prefix = find_prefix(cwd, root, a),
		.read = read_change,
		.now = { disk, read_path, list_path, has_path },
		.policy = { disk, read_policy, list_path, has_policy },
	};
	for (size_t i = 0; i < count; i++) {
		const char *path = tidy(paths[i], a);

		if (walk_is_folder(path)) {
			const struct walk w =
				walk_folder(strcmp(path, ".") ? path : "", a);

			vec_push(&disk->walks, a, w);
			for (size_t n = 0; n < w.files.count; n++)
				add_file(out, w.files.item[n], false, a);
		} else if (access(path, F_OK) < 0) {
			return err_set(err, "%s: no such file or folder", path);
		} else {
			add_file(out, path, true, a);
		}
	}
	return 0;
}
