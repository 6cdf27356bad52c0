#ifndef READ_CODE_ORDER_H
#define READ_CODE_ORDER_H

#include "rewrite.h"

/*
 * When calls run: what a function holds runs where the function is called or
 * handed over, RunPython(fill), wherever its text stands.
 */

/* Finds where the functions of the text run, into r->runs. */
void code_order_find(struct rewriter *r);

/* The offset at which a call runs: its own, or that of what runs the function
 * that it stands in. */
uint32_t code_runs_at(const struct rewriter *r, uint32_t call);

#endif
