#ifndef READ_CODE_SQL_H
#define READ_CODE_SQL_H

#include "rewrite.h"

/*
 * SQL in the strings of a program. A string that stands in the source as the
 * database gets it is read where it stands; another is put together, read,
 * and every form led back to where its text comes from.
 */
struct code_sql {
	struct rewriter *r;
	struct reading *out;
	const struct source *src;
	struct read_options opt; /* `direction` as where the string stands */
	unsigned flags;
};

void code_read_sql(const struct code_sql *sql, const struct env *env,
		   const struct found *value);

/* Does the text begin as a statement does that changes something? */
bool code_looks_like_sql(struct str text);

#endif
