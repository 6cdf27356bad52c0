#ifndef MATCH_MATCHER_H
#define MATCH_MATCHER_H

#include "compiler.h"
#include "str.h"
#include "vec.h"

struct arena;
struct err;

/* A named group that took part in a match. The value points into the text
 * that was matched. */
struct group {
	const char *name;
	struct str value;
};

struct groups VEC(struct group);

/*
 * Regexes (PCRE2, caseless, no UTF), compiled when first asked for and kept.
 * One that is used often is compiled to machine code. Matching is bounded: a
 * regex that exceeds its limits on a text counts as matching nothing, and
 * matcher_gave_up() says so when it is next asked.
 */
struct matcher;

/* Lives in the arena; its PCRE2 parts until matcher_free(). */
struct matcher *matcher_new(struct arena *a);
void matcher_free(struct matcher *m);

/* Does `pattern` match in `text`? `groups` may be NULL; otherwise the named
 * groups that matched are added to it, in `a`. `pattern` must be a constant
 * of the program, or live as long as the matcher: it is known by its address. */
bool matcher_match(struct matcher *m, const char *pattern, struct str text,
		   struct arena *a, struct groups *groups);

/* Did any match since the last call exceed its limits? */
bool matcher_gave_up(struct matcher *m);

/* Is it a valid regex? If not, `err` says what is wrong and where. */
MUST_USE int matcher_check(const char *pattern, struct err *err);

#endif
