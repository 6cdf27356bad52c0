#ifndef READ_CODE_RUNS_H
#define READ_CODE_RUNS_H

#include "code_direction.h"

/*
 * Helpers: what a function of the author's own does is read once for each
 * call that runs it, with what that call gives to its parameters.
 */
enum { RUNS_DEEP = 3 }; /* helpers that call helpers */

struct code_runs {
	struct rewriter *r;
	struct code *c;
	const uint8_t *ways;
	struct map helpers; /* name → struct code_helper */
	struct code_run run[RUNS_DEEP];
	size_t depth; /* runs in `run`, the innermost first */
};

/* Finds the helpers of the text. */
void code_runs_find(struct code_runs *out, struct rewriter *r, struct code *c,
		    const uint8_t *ways);

typedef void code_runs_fn(void *with, uint32_t call);

/* Calls `read` for each run of what holds the call, with c->run set; once,
 * and without, where nothing is known to run it. */
void code_runs_each(struct code_runs *s, uint32_t call, code_runs_fn *read,
		    void *with);

/* The place of a call in the run that is read now. */
struct code_place code_runs_place(const struct code_runs *s, uint32_t call);

/* The calls that run what is read now, the innermost first. */
static inline const struct code_run *code_runs_now(const struct code_runs *s)
{
	return s->c->run;
}

#endif
