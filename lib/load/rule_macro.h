#ifndef LOAD_RULE_MACRO_H
#define LOAD_RULE_MACRO_H

#include "rule.h"

struct arena;

/*
 * A regex as a rule file has it, made ready: macros expanded (docs/
 * writing-rules.md), and the words it begins with found.
 */
struct rule_pattern rule_pattern_of(const char *raw, struct arena *a);

#endif
