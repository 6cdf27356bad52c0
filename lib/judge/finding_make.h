#ifndef JUDGE_FINDING_MAKE_H
#define JUDGE_FINDING_MAKE_H

#include "finding.h"
#include "matcher.h"
#include "question.h"

struct arena;
struct map;

/* The groups of a regex as captures, quotes of names removed. */
void finding_captures(struct captures *out, const struct groups *groups,
		      struct arena *a);

/* Sets title, why (with what `also` adds) and instead from the rule. `whys`
 * begins empty and lives with the findings: equal texts are one text. */
void finding_texts(struct finding *f, const struct question *q,
		   struct map *whys, struct arena *a);

/* Rule, path and form, hashed. */
void finding_fingerprint(struct finding *f);

/* Orders findings as they are reported. */
int finding_cmp(const void *a, const void *b);

#endif
