#ifndef REPORT_ADVICE_H
#define REPORT_ADVICE_H

#include "finding.h"

/* How a blocked finding is let through: what to write, and where. */
struct advice {
	const char *lines; /* each ends in "\n"; "" where nothing helps that
			    * a comment could say: see the finding's note */
	const char *where; /* ends the sentence "put these lines …" */
	uint32_t line;	   /* where the lines go above; 0: elsewhere */
};

struct advice advice_of(const struct finding *f, struct arena *a);

#endif
