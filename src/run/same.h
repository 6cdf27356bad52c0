#ifndef RUN_SAME_H
#define RUN_SAME_H

#include "form.h"
#include "kind.h"

struct arena;

/* The same text, line by line: how it was checked out does not count. */
bool same_lines(const struct source *a, const struct source *b);

/*
 * The statements of a file that go one way, as text to be compared: without
 * comments, white space and the case of bare words. Other than the plain
 * forms, it has the text of strings and the statements that no rule is about.
 * Of a program it has the plain forms. Empty where there is no statement.
 */
struct str essence_of(const struct source *src, const struct reading *r,
		      const struct kind *kind, enum direction way,
		      struct arena *a);

#endif
