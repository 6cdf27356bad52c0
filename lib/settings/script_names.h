#ifndef SETTINGS_SCRIPT_NAMES_H
#define SETTINGS_SCRIPT_NAMES_H

#include "map.h"
#include "shell.h"

/*
 * The variables of a script, as far as it sets them to plain text itself:
 * `DC="docker compose"`, so that `$DC down -v` is known for what it is.
 */
struct script_names {
	struct arena *arena;
	struct map values; /* name → struct str; NULL: not known */
};

/* The name of `$NAME` or `${NAME}`; empty for anything else. */
struct str script_variable_name(struct str word);

/* Takes note of what the command sets: `A=b` alone, or behind `export`. */
void script_names_note(struct script_names *n, const struct shell_command *c);

/* Where the program of the command is a variable that is known, its words in
 * the place of it. The rest of the command is as it was. */
struct shell_command script_names_fill(const struct script_names *n,
				       const struct shell_command *c);

#endif
