#ifndef READ_XML_H
#define READ_XML_H

#include "calls.h"

/*
 * A markup file as a tree of calls: an element is a call of its name, its
 * attributes are the arguments with names, its text the one without, and the
 * elements in it are calls in its block. The text is UTF-8, whatever its
 * declaration says. What is not well-formed ends the tree there, with a gap
 * in `r`.
 */
void code_read_xml(struct code *out, struct arena *a, struct str text,
		   struct reading *r);

#endif
