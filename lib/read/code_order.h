#ifndef READ_CODE_ORDER_H
#define READ_CODE_ORDER_H

#include "rewrite.h"

/*
 * When calls run: what a function holds runs where the function is called or
 * handed over, RunPython(fill), wherever its text stands.
 */

/* Finds where the functions of the text run, into r->runs. */
void code_order_find(struct rewriter *r);

enum { CODE_HOPS = 4 };

/* When a call runs: the offset of the call that runs the function that runs …
 * the function that it stands in, and so on down to its own; 0 fills up. */
struct code_when {
	uint32_t at[CODE_HOPS + 1];
};

struct code_when code_runs_at(const struct rewriter *r, uint32_t call);

/* As qsort() wants it: the earlier one first. */
int code_when_cmp(const struct code_when *a, const struct code_when *b);

#endif
