#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "map.h"
#include "settings_kind.h"
#include "snapshot.h"

/*
 * Settings and commands: what an environment file, a deploy configuration or
 * a script would do to the production database. One file becomes forms
 * (docs/plain-form.md, "Settings and commands") that say where each holds;
 * the rules in lib/rules/settings and lib/rules/commands judge them.
 *
 * What only other files can tell (a script that a deploy reaches, a disk that
 * is kept, a key that the example asks for) is asked of the snapshot of the
 * tree as it will be, never of the work tree.
 */

/* What the team says in its configuration. All zero: nothing. */
struct settings_policy {
	/* Variables that production needs, `A|B` for either; lists that end
	 * at NULL, or NULL. */
	const char *const *required;
	const char *const *preset;
	bool required_everywhere; /* also where a production file keeps to
				   * public variables */
};

struct settings_run {
	struct arena *arena; /* outlives every file of the run */
	const struct snapshot *now;
	/* Is the file of that path part of the change as well? */
	bool (*is_changed)(void *payload, const char *path);
	void *payload;
	const struct settings_policy *policy;
	struct map
		others; /* of sibling files, by path: what was read of them */
	/* The folder whose files may run each other; NULL: the whole tree. */
	const char *root;
	const struct paths
		*callers; /* files that may run others, once listed */
};

/*
 * Reads `src` into `out`, whose arena is set. `old` is the text before the
 * change, NULL for a new file. The bytes of `src` may lie in any arena that
 * lives as long as `out`.
 */
void settings_read(struct reading *out, const struct source *src,
		   const struct settings_kind *kind, struct settings_run *run,
		   const struct str *old);

/* The variables that a policy may ask for by one name, NULL-terminated; NULL
 * for a name that is none. */
const char *const *settings_preset(struct str name);

#endif
