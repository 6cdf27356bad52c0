#ifndef JUDGE_FINDING_MAKE_H
#define JUDGE_FINDING_MAKE_H

#include "finding.h"
#include "matcher.h"
#include "question.h"

struct arena;

/* The text with each {name} replaced by the capture of that name; one that
 * was not captured keeps its bare word. */
const char *finding_expand(const char *text, const struct captures *captures,
			   struct arena *a);

/* The groups of a regex as captures, quotes of names removed. */
void finding_captures(struct captures *out, const struct groups *groups,
		      struct arena *a);

/* Fills title, why (with what `also` adds) and instead from the rule. `q` may
 * be NULL: then nothing is added. */
void finding_texts(struct finding *f, const struct question *q,
		   struct arena *a);

/* Rule, path and form, hashed. */
void finding_fingerprint(struct finding *f);

/* Orders findings as they are reported. */
int finding_cmp(const void *a, const void *b);

#endif
