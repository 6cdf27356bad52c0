#ifndef READ_CODE_KEPT_H
#define READ_CODE_KEPT_H

#include "rewrite.h"

/*
 * SQL that no call here runs: it is kept for a runner of the author's own,
 * `module.exports = { sql: "…" }`, `export const down = "…"`, a list of
 * migrations.
 */

/*
 * The next string behind `*token` that looks like SQL and is the value of a
 * constant, or of an entry or an element of one; false where there is none.
 * `*token` becomes its token.
 */
bool code_next_kept(const struct rewriter *r, uint32_t *token,
		    struct found *sql);

/* Does one of the names that it is kept under say that it goes back, or only
 * a function that does name it? `ways` has the way of each scope. */
bool code_kept_goes_back(const struct rewriter *r, uint32_t token,
			 const uint8_t *ways);

#endif
