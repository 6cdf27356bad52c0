#ifndef FRAMEWORKS_BUILTIN_FRAMEWORKS_H
#define FRAMEWORKS_BUILTIN_FRAMEWORKS_H

#include "framework.h"

/* The frameworks of lib/frameworks, compiled in by mkdata. */
extern const struct frameworks builtin_frameworks;

#endif
