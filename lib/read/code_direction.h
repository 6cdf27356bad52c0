#ifndef READ_CODE_DIRECTION_H
#define READ_CODE_DIRECTION_H

#include "rewrite.h"

/* Which way a migration goes where a call stands. */
enum way { WAY_UNKNOWN, WAY_FORWARD, WAY_BACKWARD };

/* What is true where a call stands. */
struct code_place {
	bool backward;
	bool inverse;	/* it is undone */
	unsigned flags; /* of form.h */
};

/* Is it one of the names, or does it begin as one that ends in `*`, or end as
 * one that begins so? */
bool code_name_matches(const char *const *patterns, struct str name);

/* The way of each scope: by the name of the function, by who calls it. */
const uint8_t *code_ways(struct rewriter *r);

struct code_place code_place_of(struct rewriter *r, const uint8_t *ways,
				uint32_t call);

#endif
