#ifndef JUDGE_ASK_H
#define JUDGE_ASK_H

#include "question.h"

/*
 * One function for each row of lib/match/predicate.h: ask_ROW. A predicate
 * that cannot know answers false. The rest is what several of them share.
 */
#define ROW(name) bool ask_##name(const struct question *q);
PREDICATES(ROW)
#undef ROW

/* What the statement is about as the replay knows it; NULL where it does
 * not. */
const struct table *question_table(const struct question *q);
const struct column *question_column(const struct question *q);

/* Is `change` the one that is judged? */
bool question_is_new(const struct question *q, unsigned change);

/* The name of the object that the statement is about, whatever its kind. */
struct str question_object(const struct question *q);

/* Was a table or view of that name made by this change, or for one session
 * only? */
bool question_made_here(const struct question *q, struct str name);

#endif
