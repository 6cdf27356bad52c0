#ifndef TESTS_MEMORY_TREE_H
#define TESTS_MEMORY_TREE_H

#include <stdlib.h>

#include "arena.h"
#include "change.h"

/*
 * Files in memory in place of a repository: a snapshot of the new tree, and
 * the change that brings in those whose `status` is not "there already".
 */
enum memory_status {
	MEMORY_THERE,
	MEMORY_ADDED,
	MEMORY_MODIFIED,
	MEMORY_DELETED, /* its text is the old one; no snapshot has it */
};

struct memory_file {
	const char *path;
	struct str text;
	enum memory_status status;
	struct str old; /* of a modified one */
};

struct memory_tree {
	const struct memory_file *file;
	size_t count;
};

static inline const struct memory_file *memory_find(const struct memory_tree *t,
						    const char *path)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->file[i].status != MEMORY_DELETED &&
		    !strcmp(t->file[i].path, path))
			return &t->file[i];
	return NULL;
}

static inline bool memory_read(void *payload, struct arena *a, const char *path,
			       struct str *out)
{
	const struct memory_file *f = memory_find(payload, path);

	if (f)
		*out = str_copy(a, f->text);
	return f != NULL;
}

static inline bool memory_has(void *payload, const char *path)
{
	return memory_find(payload, path) != NULL;
}

static inline int memory_path_cmp(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static inline void memory_list(void *payload, struct arena *a, const char *dir,
			       bool deep, struct paths *out)
{
	(void)deep;
	const struct memory_tree *t = payload;
	const size_t len = strlen(dir);

	for (size_t i = 0; i < t->count; i++) {
		const char *path = t->file[i].path;

		if (t->file[i].status == MEMORY_DELETED)
			continue;
		if (!len || (!strncmp(path, dir, len) && path[len] == '/'))
			vec_push(out, a, path);
	}
	if (out->count)
		qsort(out->item, out->count, sizeof(*out->item),
		      memory_path_cmp);
}

static inline struct snapshot memory_snapshot(struct memory_tree *t)
{
	return (struct snapshot){ t, memory_read, memory_list, memory_has };
}

static inline const char *memory_side(void *payload, struct arena *a,
				      const struct change *c,
				      enum change_side side, struct str *out)
{
	const struct memory_file *f = c->payload;

	(void)payload;
	*out = str_copy(a, side == SIDE_NEW ? f->text : f->old);
	return NULL;
}

/* `t` must live as long as the changes. */
static inline struct changes memory_changes(struct memory_tree *t,
					    struct arena *a)
{
	struct changes all = {
		.read = memory_side,
		.now = memory_snapshot(t),
		.policy = memory_snapshot(t),
		.has_base = true,
	};

	for (size_t i = 0; i < t->count; i++) {
		const struct memory_file *f = &t->file[i];
		const struct change one = {
			.path = f->path,
			.status = f->status == MEMORY_ADDED ? CHANGE_ADDED
				  : f->status == MEMORY_DELETED
					  ? CHANGE_DELETED
					  : CHANGE_MODIFIED,
			.payload = f,
		};

		if (f->status != MEMORY_THERE)
			vec_push(&all.list, a, one);
	}
	return all;
}

#endif
