#ifndef READ_CALLS_STRING_H
#define READ_CALLS_STRING_H

#include <stdint.h>

#include "str.h"

struct language;

/* A string literal that was found. */
struct code_string {
	uint32_t len;		 /* quotes and prefix included */
	uint32_t body, body_len; /* offset in the text */
	unsigned flags;		 /* lang.h */
	struct str heredoc;	 /* a heredoc that begins after this line */
	bool symbol;		 /* :"a b", %i[…] */
};

/* Is a string literal at `off`? `value_before`: what stands before it could
 * be the left side of an operator. */
bool code_string_at(struct code_string *out, struct str text, size_t off,
		    const struct language *lang, bool value_before);

/* The body of a heredoc whose first line begins at `off`; returns where the
 * line after its end mark begins, or `off` where there is no such mark. */
size_t code_heredoc(uint32_t *body, uint32_t *body_len, struct str text,
		    size_t off, struct str mark);

/* One past the `}` of an interpolated expression that begins at `i`. */
size_t code_interpolation_end(struct str s, size_t i);

#endif
