#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdio.h>

#include "finding.h"

/*
 * A reporter turns the outcome of a run into bytes. One file is one output
 * format: report_NAME.c defines `const struct reporter report_NAME`. Reporters
 * get the same sorted findings, so formats cannot disagree. None of them ever
 * prints the value of a setting.
 *
 * `text`, for people, is all that a hook needs and lies here; the formats for
 * machines, and the list of all formats, are in lib/export.
 */
struct report_style {
	bool colour; /* the stream is a terminal that shows colour */
	bool links;  /* … and follows OSC 8 hyperlinks */
	/* Where paths begin, absolute, with a '/' at its end, for hyperlinks;
	 * NULL: no links. */
	const char *root;
	unsigned width;	     /* columns; 0: do not wrap */
	const char *command; /* "pre-commit", "pre-push", "check", … */
	bool verbose;	     /* also say what was read when all is well */
};

struct reporter {
	const char *name;
	/* `a` also holds the line indexes of the sources, so it must live
	 * as long as they do. */
	void (*print)(const struct outcome *o, const struct report_style *style,
		      struct arena *a, FILE *out);
};

extern const struct reporter report_text;

#endif
