#ifndef REPORT_ADVICE_H
#define REPORT_ADVICE_H

#include "finding.h"

/* How a blocked finding is let through: what to write, and where. */
struct advice {
	const char *lines; /* each ends in "\n" */
	const char *where; /* "this directly above the statement on line 3" */
};

struct advice advice_of(const struct finding *f, struct arena *a);

#endif
