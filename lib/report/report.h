#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdio.h>

#include "finding.h"

/*
 * A reporter turns the outcome of a run into bytes. One file here is one
 * output format: report_NAME.c defines `const struct reporter report_NAME`,
 * and CMake makes the list. Reporters get the same sorted findings, so formats
 * cannot disagree. None of them ever prints the value of a setting.
 */
struct report_style {
	bool colour;	     /* the stream is a terminal that shows colour */
	bool links;	     /* … and follows OSC 8 hyperlinks */
	unsigned width;	     /* columns; 0: do not wrap */
	const char *command; /* "pre-commit", "pre-push", "check", … */
	bool verbose;	     /* also say what was read when all is well */
};

struct reporter {
	const char *name;
	/* `a` is scratch space. */
	void (*print)(const struct outcome *o, const struct report_style *style,
		      struct arena *a, FILE *out);
};

const struct reporter *reporter_named(const char *name);

/* The names of all formats, "|" between, for help and errors. */
const char *reporter_names(struct arena *a);

#endif
