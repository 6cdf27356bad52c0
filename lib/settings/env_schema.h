#ifndef SETTINGS_ENV_SCHEMA_H
#define SETTINGS_ENV_SCHEMA_H

#include "collect.h"

/*
 * The variables that a program checks at its start: `KEY: z.string()` of zod
 * and t3-env, `KEY: str()` of envalid, with no default and not optional. Views
 * of `text`.
 */
struct strs env_schema_keys(struct arena *a, struct str text);

#endif
