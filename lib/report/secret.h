#ifndef REPORT_SECRET_H
#define REPORT_SECRET_H

#include "source.h"

struct arena;

/*
 * What may be a secret in text that a reporter wants to quote: all of a URL
 * behind its scheme; literals given to a name like a password; in commands
 * also the value of every NAME=value, of options like --password and of -p.
 * It would rather hide too much than too little. The value of a setting is
 * not quoted at all, so this is only for code and commands.
 */
enum secret_in { SECRET_IN_CODE, SECRET_IN_COMMAND };

/* What stands in the place of a secret. */
#define SECRET_MASK "***"

/* The next such part that ends behind `from`; empty, at the end of the text,
 * where there is none. Parts do not overlap. */
struct span secret_next(struct str text, uint32_t from, enum secret_in in);

/* The text with every such part masked. */
struct str secret_masked(struct arena *a, struct str text, enum secret_in in);

#endif
