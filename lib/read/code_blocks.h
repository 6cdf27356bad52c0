#ifndef READ_CODE_BLOCKS_H
#define READ_CODE_BLOCKS_H

#include "form.h"
#include "rewrite.h"

/*
 * What of a program an override may stand above: functions, classes, `if`,
 * and calls with something in them. Tokens of the program are in `r->c`.
 */

/* The bytes of a call with the bodies of its heredocs and its block. */
struct span code_extent(const struct code *c, const struct code_call *k);

/* Adds the blocks, if there is a comment that may want one. `handed`: the
 * calls that no rewrite knows and that are handed SQL. */
void code_add_blocks(struct reading *out, const struct rewriter *r,
		     const bool *handed);

/* Calls by which users of another tool say that they know what they do: an
 * override, without a plan. */
void code_add_marks(struct reading *out, const struct rewriter *r);

#endif
