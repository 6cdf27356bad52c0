#ifndef REPORT_COMMENT_H
#define REPORT_COMMENT_H

#include "source.h"

/* How a file writes a comment of one line. */
struct comment_syntax {
	const char *open;
	const char *close; /* "" where the line ends it */
	bool settings;	   /* such files hold settings, and so secrets */
};

/* By name, and by a "#!" where the name says nothing. NULL for a file that
 * has no comments, or none that we know. */
const struct comment_syntax *comment_syntax_of(const struct source *src);

#endif
