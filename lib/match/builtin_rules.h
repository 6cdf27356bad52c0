#ifndef MATCH_BUILTIN_RULES_H
#define MATCH_BUILTIN_RULES_H

#include "rule.h"

/* The rules of lib/rules, compiled in by mkdata. */
extern const struct rules builtin_rules;

#endif
