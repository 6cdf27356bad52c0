#ifndef READ_CALLS_MARKS_H
#define READ_CALLS_MARKS_H

#include <stdint.h>

#include "str.h"

/* What stands in a string for something else. Offsets are into `s`, which
 * ends where the string does; flags are those of lang.h. */

static inline bool code_is_name_byte(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' || (unsigned char)c > 127;
}

/* What an escape at i stands for; *len bytes are used. */
struct str code_escaped(struct str s, size_t i, unsigned flags, size_t *len);

/* What the entity at i stands for; a blank where that is no ASCII. */
struct str code_entity(struct str s, size_t i, size_t *len);

/* Where an expression in a string begins, or 0; *end is one past its close. */
size_t code_expression_at(struct str s, size_t i, unsigned flags, size_t *end);

/* Marks that a value is put in place of. */
enum mark_kind {
	MARKS_BRACES,  /* {}, {0}, {name} */
	MARKS_PERCENT, /* %s, %1$s, %[1]s, {0} */
	MARKS_BOUND,   /* names that are bound: ??, :name:, and ? between */
};

/* The length of the mark at i, or 0. */
size_t code_mark_at(struct str s, size_t i, enum mark_kind marks);

/* Which value the mark stands for; `next` where it does not say. */
uint32_t code_mark_place(struct str mark, uint32_t next);

#endif
