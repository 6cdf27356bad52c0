#ifndef READ_DOTENV_VALUE_H
#define READ_DOTENV_VALUE_H

#include "dotenv.h"

/*
 * The values that loaders make of the text after `KEY=`. `rest` begins right
 * after the separator and ends with the text; `line` is how much of it is the
 * first line. Sets kind, candidates and flags of the entry, and returns how
 * many bytes of `rest` the value takes: `line`, or more for a value of
 * several lines.
 */
size_t dotenv_value(struct dotenv_entry *e, struct arena *a, struct str rest,
		    size_t line);

/* Space, tab, vertical tab, form feed. */
static inline bool dotenv_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/* How many bytes of blanks (with no-break spaces) `s` begins with. */
size_t dotenv_indent(struct str s);

#endif
