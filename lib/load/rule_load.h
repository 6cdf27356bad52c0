#ifndef LOAD_RULE_LOAD_H
#define LOAD_RULE_LOAD_H

#include "compiler.h"
#include "rule.h"

struct arena;
struct err;

/*
 * Reads one rule file (docs/writing-rules.md) into `*out`, all of it in the
 * arena. An unknown or missing key, an unknown predicate or level, a bad
 * regex or a rule without examples is an error "file:line: what".
 */
MUST_USE int rule_load(struct rule *out, const char *path, struct str text,
		       struct arena *a, struct err *err);

#endif
