#ifndef REPORT_PROSE_H
#define REPORT_PROSE_H

#include "str.h"

struct arena;

/*
 * A text of a rule file with its line ends made sense of: the lines of a
 * paragraph are joined; an empty line between paragraphs stays, and so does
 * the line end before and behind each item of a list ("1. " or "- ", its
 * further lines indented).
 */
const char *prose_of(struct arena *a, const char *text);

/* The bytes of the mark that begins an item of a list; 0 for other lines. */
size_t prose_mark(struct str line);

#endif
