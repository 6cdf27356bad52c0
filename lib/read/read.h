#ifndef READ_READ_H
#define READ_READ_H

#include "form.h"

/*
 * A reader turns one source into plain forms. It cannot fail: what it does
 * not understand it leaves out, and what it cannot read it leaves as a gap.
 * `out->arena` is set by the caller; the rest starts empty.
 */
struct read_options {
	enum dialect dialect;
	enum environment environment; /* of the whole file, where known */
	enum direction direction;     /* of the whole file */
	/* The comments that divide one file into the way forward and the way
	 * back (goose, dbmate): NULL for none. They begin a line, white space
	 * folded, caseless. */
	const char *mark_up;
	const char *mark_down;
	bool headings; /* … or whatever heading_of() takes for one */
};

/*
 * What the text of a comment says as a heading of the statements below it,
 * where it says nothing else: "UP", "=== Down migration ===".
 */
enum heading { HEADING_NONE, HEADING_UP, HEADING_DOWN };

enum heading heading_of(struct str comment);

/*
 * SQL (docs/plain-form.md). `where` is the part of the source to read; forms
 * have their spans in the source. `flags` are added to every form.
 */
void read_sql(struct reading *out, const struct source *src, struct span where,
	      const struct read_options *opt, unsigned flags);

/* SQL that does not stand literally in the source (a joined or unescaped
 * string of another language): every form gets the span `at`. */
void read_sql_text(struct reading *out, struct str text, struct span at,
		   const struct read_options *opt, unsigned flags);

/* The dialect that the words of an SQL text betray. */
enum dialect dialect_of_text(struct str text);

/* The same for several texts of one database: what the words of each weigh is
 * added up. Clear: what was read leaves no doubt, and the rest need not be. */
void dialect_weigh(struct str text, int score[DIALECT_COUNT]);
bool dialect_is_clear(const int score[DIALECT_COUNT]);
enum dialect dialect_of_weights(const int score[DIALECT_COUNT]);

#endif
