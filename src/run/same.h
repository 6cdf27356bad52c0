#ifndef RUN_SAME_H
#define RUN_SAME_H

#include "form.h"
#include "kind.h"

struct arena;

/* The same text, line by line: how it was checked out does not count. */
bool same_lines(const struct source *a, const struct source *b);

/* The same forward statements in the same order: comments, white space, the
 * case of bare words and what goes back do not count. Other than the plain
 * forms, this sees the text of strings. */
bool same_statements(const struct source *a, const struct reading *ra,
		     const struct source *b, const struct reading *rb,
		     const struct kind *kind, struct arena *scratch);

#endif
