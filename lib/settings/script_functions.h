#ifndef SETTINGS_SCRIPT_FUNCTIONS_H
#define SETTINGS_SCRIPT_FUNCTIONS_H

#include "shell.h"

/*
 * Functions of a script that run what they are given: `run() { "$@"; }`,
 * `remote() { ssh deploy@host "$1"; }`, `dc() { docker compose -f x "$@"; }`.
 */
struct script_function {
	struct str name;
	const struct shell_command *runs; /* whose last word is what is given */
	bool first_only;		  /* of what is given: `"$1"` */
};

struct script_functions VEC(struct script_function);

void script_functions_find(struct script_functions *out, struct arena *a,
			   const struct shell *sh);

/* Where the command calls one of them, what that runs: its words with those of
 * the call in the place of the last. Else, and where it is not known what is
 * given, the command as it is. */
struct shell_command script_functions_fill(const struct script_functions *f,
					   struct arena *a,
					   const struct shell_command *c);

#endif
