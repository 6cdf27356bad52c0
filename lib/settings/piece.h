#ifndef SETTINGS_PIECE_H
#define SETTINGS_PIECE_H

#include "form.h"

/*
 * A text that was taken out of a file, and where its bytes stand there: a
 * shell script in a YAML scalar, a command in a JSON string, the word behind
 * `bash -c`.
 */
struct piece {
	struct str text;
	const uint32_t *place; /* of every byte, and of the end; or NULL */
	bool exact;	       /* it stands in the file from `whole.off` on */
	struct span whole;     /* else: all it can be said to lie in */
};

/* The piece that is `text` as it stands at `whole` in the file. */
struct piece piece_of(struct str text, struct span whole);

/* Bytes `s` of the piece, in the file. */
struct span piece_span(const struct piece *p, struct span s);

/* The part `text` of the piece, which was written as bytes `raw` of it. */
struct piece piece_part(const struct piece *p, struct str text,
			struct span raw);

#endif
