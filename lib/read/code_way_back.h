#ifndef READ_CODE_WAY_BACK_H
#define READ_CODE_WAY_BACK_H

#include "code_direction.h"

/*
 * Sets `out->no_way_back` where the text has no way back: none is written and
 * the framework makes none, or it is empty, or it refuses to run.
 */
void code_way_back(struct reading *out, struct rewriter *r,
		   const uint8_t *ways);

#endif
