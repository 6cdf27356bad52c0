#ifndef LOAD_CONFIG_H
#define LOAD_CONFIG_H

#include "compiler.h"
#include "kind.h"
#include "policy.h"
#include "settings.h"

struct arena;
struct err;

/* The name of the file at the root of a repository. */
#define CONFIG_NAME ".holdfast.yaml"

/*
 * What .holdfast.yaml says (docs/configuration.md). Every key is optional; all
 * zero is the configuration of a team that has none.
 */
struct config {
	struct policy policy;
	struct kind_rules kinds;
	struct settings_policy settings;
};

/*
 * Reads the text of a configuration into `*out`, all of it in the arena. An
 * unknown key, rule, framework or level is an error "file:line: what", with
 * the nearest known name.
 */
MUST_USE int config_load(struct config *out, const char *path, struct str text,
			 const struct rules *rules,
			 const struct frameworks *frameworks, struct arena *a,
			 struct err *err);

#endif
