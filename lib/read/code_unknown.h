#ifndef READ_CODE_UNKNOWN_H
#define READ_CODE_UNKNOWN_H

#include "rewrite.h"

/*
 * What no rewrite knows: helpers of the author's own. What they do is
 * known as far as the SQL that they are handed says it, or else their name.
 */

/* The words of dropOldTables, drop_old_tables, DropOldTables: at most `max`;
 * returns how many. */
size_t code_words_of(struct str name, struct str *words, size_t max);

/*
 * Does the call run the SQL of its i-th argument? What another call turns
 * into statements is not run again, nor is what is only kept in a constant.
 */
bool code_runs_argument(const struct rewriter *r, uint32_t call, uint32_t i,
			struct found *sql);

/*
 * The next string behind `*token` that looks like SQL and is what a function
 * returns; false where there is none. `*token` becomes its token, and the
 * value's scope is the innermost one that holds it.
 */
bool code_next_returned(const struct rewriter *r, uint32_t *token,
			struct found *sql);

/*
 * Does its name say that it drops or empties tables, columns or rows, and
 * stands what it does in another file?
 */
bool code_says_it_destroys(const struct rewriter *r, uint32_t call);

/*
 * What such a call says by its name and its names, dropColumnIfExists(db,
 * "users", "email"), as a statement; "" where it says no more.
 */
struct str code_destroyed(const struct rewriter *r, uint32_t call);

#endif
