#ifndef SCHEMA_PLAIN_H
#define SCHEMA_PLAIN_H

#include "form.h"

struct arena;

/*
 * A walk over one plain statement (docs/plain-form.md). White space is single
 * blanks and keywords are spelt one way, so this is all it takes. Every call
 * is safe at the end, where nothing matches.
 */
struct plain {
	struct str s;
	size_t at;
};

struct words_list VEC(struct str);

/* Do these words (upper case) begin here, as whole words? Their length, or 0.
 * Most do not, which the first byte tells. */
size_t plain_match_rest(const struct plain *p, const char *words);

static inline size_t plain_match(const struct plain *p, const char *words)
{
	return p->at < p->s.len && upper(p->s.ptr[p->at]) == *words
		       ? plain_match_rest(p, words)
		       : 0;
}

/* Do they stand here? */
static inline bool plain_is(const struct plain *p, const char *words)
{
	return plain_match(p, words) > 0;
}

/* Steps over these words if they stand here. */
static inline bool plain_accept(struct plain *p, const char *words)
{
	const size_t n = plain_match(p, words);

	p->at += n;
	while (n && p->at < p->s.len && p->s.ptr[p->at] == ' ')
		p->at++;
	return n > 0;
}

/* Steps over a name and gives it as written, quotes and dots included; empty
 * where none stands. */
struct str plain_name(struct plain *p);

/* Steps over "(…)" and gives what is inside; empty where none opens. */
struct str plain_parens(struct plain *p);

/* Steps over a label 'x' and gives it with its quotes. */
struct str plain_label(struct plain *p);

/* What is left. */
struct str plain_rest(const struct plain *p);

/* Steps over one word or one parenthesis, whatever it is. */
void plain_step(struct plain *p);

/* The parts of a list between commas that stand outside parentheses and
 * quotes. */
void plain_split(struct words_list *out, struct str list, struct arena *a);

/* Is `word` one of them, byte for byte? */
bool words_list_has(const struct words_list *l, struct str word);

/*
 * A name made comparable: quotes and the default schema (public, dbo, main)
 * removed, case folded as the dialect folds it. In `a` where it had to be
 * changed.
 */
struct str plain_fold(struct str name, enum dialect d, struct arena *a);

/* The last part of a dotted name. */
struct str plain_last_part(struct str name);

/* Is the word (as a whole word, caseless, quoted or not) in the text? */
bool plain_mentions(struct str text, struct str word);

/* A name without its quotes, for people. */
struct str plain_show(struct str name, struct arena *a);

#endif
