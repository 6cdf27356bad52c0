#ifndef MATCH_LEVEL_H
#define MATCH_LEVEL_H

#include "str.h"

/*
 * How much a finding weighs. LEVEL_OFF rules are opt-in: they report, as
 * cautions, only under --strict. A caution is printed and never blocks; a
 * restricted finding passes with an override; a dangerous one needs a
 * rollback plan as well (docs/design.md, section 4).
 */
enum level { LEVEL_OFF, LEVEL_CAUTION, LEVEL_RESTRICTED, LEVEL_DANGEROUS };

const char *level_name(enum level l);

/* False, and `*out` untouched, where `name` is not a level. */
bool level_from_name(enum level *out, struct str name);

#endif
