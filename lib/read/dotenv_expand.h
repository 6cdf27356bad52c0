#ifndef READ_DOTENV_EXPAND_H
#define READ_DOTENV_EXPAND_H

#include "dotenv.h"

/*
 * Readings that need more than the entry's own line; both add candidates at
 * the end, because most loaders do not read so.
 */

/* `$NAME`, `${NAME}` and `${NAME:-word}` filled from the other entries. A
 * name that the file does not set is empty. */
void dotenv_expand(struct dotenv *env, struct arena *a);

/* `KEY= ` (a blank, then the line end): Node, Vite and Deno take the next
 * line as the value and lose the key that stands there. */
void dotenv_swallow(struct dotenv *env, struct arena *a);

#endif
