#ifndef JUDGE_LOCK_HISTORY_H
#define JUDGE_LOCK_HISTORY_H

#include "question.h"

/*
 * What the statements of a file before the one that is judged have locked of
 * the tables that were there before the file.
 */
struct lock_history {
	bool any;
	bool several;	  /* two of them in one transaction */
	struct str table; /* the last one of this transaction; empty for none */
};

/* Takes what the statement of the question locks, before its effect is in the
 * catalog. */
void lock_history_add(struct lock_history *h, const struct question *q);

#endif
