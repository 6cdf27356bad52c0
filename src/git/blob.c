#include "blob.h"

#include <stdlib.h>

#include "arena.h"
#include "err.h"
#include "source.h"

static const char too_large[] = "it is larger than 64 MiB";

/* "<id> blob <size>", "<id> missing", …, without the line end. */
static bool header_read(struct dialogue *cat, char *line, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (!dialogue_read(cat, &line[i], 1))
			return false;
		if (line[i] == '\n') {
			line[i] = '\0';
			return true;
		}
	}
	return false;
}

/* The size that a header gives a blob; false where it is none. */
static bool header_size(const char *line, size_t *size)
{
	static const struct str kind = STR_INIT(" blob ");
	const struct str s = str_of(line);
	const size_t at = str_find(s, kind);
	char *end;

	if (at == SIZE_MAX)
		return false;
	*size = strtoull(s.ptr + at + kind.len, &end, 10);
	return !*end && end > s.ptr + at + kind.len;
}

static bool content_read(struct dialogue *cat, struct arena *a, size_t size,
			 struct str *out)
{
	char *bytes = arena_alloc(a, size + 1);
	char line_end;

	if (!dialogue_read(cat, bytes, size) ||
	    !dialogue_read(cat, &line_end, 1) || line_end != '\n')
		return false;
	bytes[size] = '\0';
	*out = (struct str){ bytes, size };
	return true;
}

static bool cat_open(struct git *git)
{
	const char *in_path[] = { "git",      "-C",	 git->path,
				  "cat-file", "--batch", NULL };
	const char *here[] = { "git", "cat-file", "--batch", NULL };
	struct err unused;

	return git->cat.pid ||
	       dialogue_open(&git->cat, git->path ? in_path : here, &unused) ==
		       0;
}

static const char *cannot_read(const struct git *git, struct arena *a,
			       const struct oid *oid)
{
	return arena_format(a,
			    "git cannot read its content (object %.12s is "
			    "missing or damaged)",
			    oid_hex(git, oid, a));
}

static const char *read_by_git(struct git *git, struct arena *a,
			       const struct oid *oid, struct str *out)
{
	const char *ask = arena_format(a, "%s\n", oid_hex(git, oid, a));
	char line[256];
	size_t size;

	if (!cat_open(git))
		return "git cannot be run";
	if (!dialogue_write(&git->cat, str_of(ask)) ||
	    !header_read(&git->cat, line, sizeof(line))) {
		dialogue_close(&git->cat);
		return cannot_read(git, a, oid);
	}
	if (!header_size(line, &size))
		return cannot_read(git, a, oid);
	if (size > SOURCE_MAX) {
		/* The content follows; a new process is cheaper. */
		dialogue_close(&git->cat);
		return too_large;
	}
	if (content_read(&git->cat, a, size, out))
		return NULL;
	dialogue_close(&git->cat);
	return cannot_read(git, a, oid);
}

const char *blob_read(struct git *git, struct arena *a, const struct oid *oid,
		      struct str *out)
{
	const git_oid id = oid_to_lib(oid);
	git_odb_object *object = NULL;
	git_object_t type;
	size_t size;

	*out = (struct str){ "", 0 };
	if (!git->odb || git_odb_read_header(&size, &type, git->odb, &id) < 0)
		return read_by_git(git, a, oid, out);
	if (size > SOURCE_MAX)
		return too_large;
	if (type != GIT_OBJECT_BLOB || git_odb_read(&object, git->odb, &id) < 0)
		return read_by_git(git, a, oid, out);
	out->len = git_odb_object_size(object);
	out->ptr = arena_copy(a, git_odb_object_data(object), out->len);
	git_odb_object_free(object);
	return NULL;
}
