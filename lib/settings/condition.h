#ifndef SETTINGS_CONDITION_H
#define SETTINGS_CONDITION_H

#include "environment.h"

/*
 * What the condition of a branch says about where the branch runs, as NAME_*
 * marks: `NODE_ENV === 'production'` is production, its opposite is not.
 * `inverted`: the branch runs where the condition does not hold.
 */
unsigned condition_marks(struct str condition, bool inverted);

/* Does it ask for the environment at all? */
bool condition_asks(struct str condition);

#endif
