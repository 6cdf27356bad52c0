#ifndef LOAD_FRAMEWORK_LOAD_H
#define LOAD_FRAMEWORK_LOAD_H

#include "compiler.h"
#include "framework.h"

struct arena;
struct err;

/*
 * Reads one framework file (docs/writing-frameworks.md) into `*out`, all of it
 * in the arena. Errors are "file:line: what".
 */
MUST_USE int framework_load(struct framework *out, const char *path,
			    struct str text, struct arena *a, struct err *err);

#endif
