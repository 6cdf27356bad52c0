#ifndef READ_MARKUP_H
#define READ_MARKUP_H

#include "calls.h"

/*
 * A YAML or JSON file as the tree of calls that the same content makes in XML
 * (xml.h): an entry of a map is a call of its key; the scalars in its value
 * are arguments with names, and calls as well, as an attribute and an element
 * mean the same; maps and lists are what its block holds. Comments and gaps
 * go to `r`.
 */
void code_read_markup(struct code *out, struct arena *a,
		      const struct source *src, struct reading *r);

/* Is it a file of such a kind, by its name? */
bool code_is_markup(const char *path);

#endif
