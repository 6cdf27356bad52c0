#ifndef TEXT_SNAPSHOT_H
#define TEXT_SNAPSHOT_H

#include "str.h"
#include "vec.h"

struct paths VEC(const char *);

/*
 * The whole tree that is being judged: the index, a commit, a folder on disk.
 * Readers and judge ask it for the files beside a changed one (siblings,
 * earlier migrations, `.env.example`); they never look at the work tree.
 * Paths are relative to its root, with '/', as git has them.
 */
struct snapshot {
	void *payload;

	/* The bytes of a regular file, in `a`. False where there is none or
	 * it cannot be read. */
	bool (*read)(void *payload, struct arena *a, const char *path,
		     struct str *out);

	/* Every file below folder `dir` ("" is the root), sorted by bytes: at
	 * any depth, or where not `deep` at least those in the folder. */
	void (*list)(void *payload, struct arena *a, const char *dir, bool deep,
		     struct paths *out);

	/* Is there anything of that path: a file, a link, a folder? */
	bool (*has)(void *payload, const char *path);
};

/* The three calls, for a snapshot that may be NULL or all zero (then: nothing
 * there). */
bool snapshot_read(const struct snapshot *s, struct arena *a, const char *path,
		   struct str *out);
/* Where not `deep`, the files in the folder itself and no others. */
void snapshot_list(const struct snapshot *s, struct arena *a, const char *dir,
		   bool deep, struct paths *out);
bool snapshot_has(const struct snapshot *s, const char *path);

#endif
