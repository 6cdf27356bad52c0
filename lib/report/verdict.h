#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include "report.h"

/*
 * The first and the last line of a report. Programs around git show only one
 * of them, so each says by itself how the run ended. Both are one line
 * without a line end, with control characters escaped.
 */
struct verdict {
	const char *first, *last;
};

struct verdict verdict_of(const struct outcome *o,
			  const struct report_style *style, struct arena *a);

/* "12 files, 40 statements, 3 settings, 7 commands read" */
const char *verdict_read(const struct outcome *o, struct arena *a);

/* "1 finding", "2 findings" */
const char *verdict_count(struct arena *a, size_t n, const char *thing);

size_t verdict_with_status(const struct outcome *o, enum status s);

/* Does a finding of unread-file speak of this file already? */
bool verdict_names(const struct outcome *o, const struct unread_file *u);

#endif
