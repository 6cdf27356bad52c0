#ifndef SETTINGS_SIBLING_H
#define SETTINGS_SIBLING_H

#include "collect.h"
#include "settings.h"

/* The files beside the one that is judged. */

struct sibling {
	const char *path;
	struct settings_kind kind;
	struct source source;
	struct collector read; /* its forms are in `read.reading` */
};

/* The file of that path, read once and kept; NULL where there is none, it is
 * of no interest, or it is too large. */
const struct sibling *sibling_at(struct settings_run *run, const char *path);

/* `name` in the folder of `path` or in one above it, the nearest first. */
const struct sibling *sibling_above(struct settings_run *run, const char *path,
				    const char *name);

/* Its text, for files that are only searched. Empty where there is none. */
struct str sibling_text(struct settings_run *run, const char *path,
			const char *name);

/* The folder of a path with its '/'; empty at the root. */
struct str path_folder(struct str path);

#endif
