#ifndef SETTINGS_ENVIRONMENT_H
#define SETTINGS_ENVIRONMENT_H

#include "form.h"

/*
 * Which environment a name speaks of: the path of a file, the key of a
 * script, the id of a job, a word of a command. Names are taken apart at
 * everything that is no letter or digit, so "product" is not "prod".
 */
enum {
	NAME_PRODUCTION = 1u << 0,
	NAME_STAGING = 1u << 1,
	NAME_PREVIEW = 1u << 2, /* a throw-away copy: preview, pr, review */
	NAME_TEST = 1u << 3,
	NAME_DEVELOPMENT = 1u << 4,
	NAME_EXAMPLE = 1u << 5,
	NAME_DEPLOY = 1u << 6, /* deploy, release, entrypoint, start, … */
	NAME_LIVE = 1u << 7,   /* "live": production only in names of files
				* that say nothing but where they hold */
	NAME_CI = 1u << 8,
	NAME_BACKUP = 1u << 9,
	NAME_SEED = 1u << 10,
};

/* All that the words of `name` say. */
unsigned name_marks(struct str name);

/* The same for the part of a path behind its last '/', and for all of it. */
unsigned base_marks(struct str path);
unsigned path_marks(struct str path);

/*
 * Of a file by its path: a template is never production, and production wins
 * over all the rest (`.env.production.local` is loaded first in production).
 */
enum environment environment_of_path(struct str path);

/* What NODE_ENV, RAILS_ENV or APP_ENV is set to; ENV_UNKNOWN for others. */
enum environment environment_of_value(struct str value);

/* Is it one of those variables? */
bool names_environment(struct str key);

#endif
