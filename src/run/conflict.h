#ifndef RUN_CONFLICT_H
#define RUN_CONFLICT_H

#include "form.h"

/* Markers that a merge leaves behind make a gap: the file is half of two
 * files. */
void find_conflict(struct reading *r, struct str text);

#endif
