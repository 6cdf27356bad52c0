#ifndef READ_CALLS_INTERPOLATE_H
#define READ_CALLS_INTERPOLATE_H

#include "str.h"

/* What can be shown of an expression that stands in a string. */
struct code_expression {
	struct str name;   /* "expression" where nothing is */
	struct str before; /* what it is a member or entry of; or "" */
	bool literal;	   /* a string or symbol in it, not a variable */
	bool member;	   /* of an object: this.name */
};

/* A name that is written in the expression between two places of `s`. */
struct code_expression code_expression_name(struct str s, size_t from,
					    size_t end);

#endif
