#ifndef SETTINGS_DURABLE_H
#define SETTINGS_DURABLE_H

#include "sibling.h"

/*
 * A database in a file is no loss where something keeps the file: a volume
 * that is mounted over its folder, LiteFS, Litestream, Turso, D1. Marks the
 * forms for which a file beside this one proves it.
 */
void durable_mark(struct settings_run *run, struct collector *c);

/* Does the project go to a platform that keeps no files? */
bool durable_never(struct settings_run *run, const char *path);

#endif
