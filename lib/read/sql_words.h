#ifndef READ_SQL_WORDS_H
#define READ_SQL_WORDS_H

#include "sql_token.h"
#include "strbuf.h"

/*
 * A walk over the words of one statement: its tokens without blanks and
 * comments. Every call is safe past the end, where nothing matches.
 */
struct words {
	struct str text;
	const struct sql_token *token;
	size_t count;
	size_t at;
	enum dialect dialect;
};

/* The source text of token `i`; empty past the end. */
static inline struct str words_raw(const struct words *w, size_t i)
{
	if (i >= w->count)
		return (struct str){ "", 0 };
	return (struct str){ w->text.ptr + w->token[i].span.off,
			     w->token[i].span.len };
}

/* Is token `i` this bare word (upper case), or this symbol? */
bool words_is_rest(const struct words *w, size_t i, const char *word);

/* Most are not, which the first byte tells. */
static inline bool words_is(const struct words *w, size_t i, const char *word)
{
	return i < w->count &&
	       upper(w->text.ptr[w->token[i].span.off]) == *word &&
	       words_is_rest(w, i, word);
}

/* Do the tokens from `i` read these words, blanks between? How many tokens
 * that is; 0 where they do not. */
size_t words_match(const struct words *w, size_t i, const char *phrase);

/* The same at the current place, stepping over them. */
bool words_accept(struct words *w, const char *phrase);

/* Is token `i` one of the words of a "|A|B|" list? */
bool words_in(const struct words *w, size_t i, const char *list);

/* The same for a long list: one for each letter that words begin with, NULL
 * where none does. */
enum { SQL_LETTERS = 'Z' - 'A' + 1 };

bool words_in_letters(const struct words *w, size_t i,
		      const char *const lists[SQL_LETTERS]);

/* Where the parenthesis that opens at `i` closes; `count` where it does not.*/
size_t words_close(const struct words *w, size_t i);

/* The next token from `i` that is `word` outside parentheses; `count` if
 * none is before `to`. */
size_t words_find(const struct words *w, size_t i, size_t to, const char *word);

/* Steps over a name, dotted or not, and writes it as plain form has it. */
bool words_name(struct words *w, struct strbuf *out);

/* How many tokens the name at `i` takes; 0 where none begins. */
size_t words_name_len(const struct words *w, size_t i);

/* Writes tokens `from` to `to` in plain form: keywords upper case, strings
 * masked, blanks as docs/plain-form.md says. */
void words_put(const struct words *w, size_t from, size_t to,
	       struct strbuf *out);

/* The same with the labels of strings kept, for enums. */
void words_put_labels(const struct words *w, size_t from, size_t to,
		      struct strbuf *out);

/* The bytes from the start of token `from` to the end of token `to` - 1. */
struct span words_span(const struct words *w, size_t from, size_t to);

/* Does token `i` stand first on its line? */
bool words_first_on_line(const struct words *w, size_t i);

/* Is this (caseless) a word that SQL reserves? */
bool sql_is_keyword(struct str word);

#endif
