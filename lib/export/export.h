#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "report.h"

/*
 * The output formats for machines, one file each, and the list of all formats
 * (`text` too), which CMake makes from the names of the files: a new format
 * is a new report_NAME.c here and nothing else.
 */

/* NULL where there is no format of that name. */
const struct reporter *reporter_named(const char *name);

/* The names of all formats, "|" between, for help and errors. */
const char *reporter_names(struct arena *a);

#endif
