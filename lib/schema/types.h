#ifndef SCHEMA_TYPES_H
#define SCHEMA_TYPES_H

#include "catalog.h"

/*
 * What a change of a column's type does to the values that are there. `from`
 * and `to` are types as plain form has them ("varchar(50)", "numeric(10, 2)",
 * "timestamp with time zone", "text[]"). The answers are those of PostgreSQL
 * 15 and MySQL 8.0; where nothing is known for sure they are false.
 */

/* The same type under another spelling. */
bool types_equal(struct str from, struct str to, enum dialect d);

/* Does the type hold whatever is written out as text, without a limit? */
bool type_holds_any_text(struct str type, enum dialect d);

/* Every value of `from` is a value of `to` with the same meaning. `c` knows
 * the enums; it may be NULL. */
bool types_lossless(struct str from, struct str to, enum dialect d,
		    const struct catalog *c);

/* PostgreSQL changes the catalog only: no rewrite, no scan. */
bool types_in_place(struct str from, struct str to);

/* Does an index on values of the one type hold for the other, too? */
bool types_sort_alike(struct str from, struct str to);

/* Does the new enum lack a label of the old one? */
bool enum_loses_label(const struct words_list *old,
		      const struct words_list *new);

/* The labels of "ENUM ('a', 'b')" (MySQL), in `a`; empty for other types. */
struct words_list enum_labels_of(struct str type, struct arena *a);

#endif
