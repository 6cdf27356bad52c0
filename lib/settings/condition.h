#ifndef SETTINGS_CONDITION_H
#define SETTINGS_CONDITION_H

#include "environment.h"
#include "shell.h"

/*
 * What the condition of a branch says about where the branch runs, as NAME_*
 * marks: `NODE_ENV === 'production'` is production, its opposite is not.
 * `inverted`: the branch runs where the condition does not hold.
 */
unsigned condition_marks(struct str condition, bool inverted);

/* Does it ask for the environment at all? */
bool condition_asks(struct str condition);

/* Does the text hold a word for what destroys: reset, clean, down? */
bool names_reset(struct str text);

/* Does a command under this guard run only for who calls the script with a
 * word that says so: `case "$1" in clean) …`? */
bool guard_is_asked_for(const struct shell_guard *guard);

/* Does `outer` hold wherever `guard` does? */
bool guard_is_inside(const struct shell_guard *guard,
		     const struct shell_guard *outer);

#endif
