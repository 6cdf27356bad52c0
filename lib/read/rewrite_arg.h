#ifndef READ_REWRITE_ARG_H
#define READ_REWRITE_ARG_H

#include "rewrite.h"

static inline const struct code_call *env_call(const struct env *env)
{
	return &env->r->c->calls.item[env->call];
}

/* The value of the tokens from `first` to `end`. */
bool rewrite_range(const struct env *env, uint32_t first, uint32_t end,
		   uint32_t scope, struct found *out);

/* The entry `key` of a map. */
bool rewrite_entry(const struct env *env, const struct code_value *map,
		   struct str key, struct found *out);

/* The n-th argument of a call, from 0, and the n-th that has no name; NULL
 * where there are not so many. */
const struct code_arg *rewrite_arg(const struct code *c,
				   const struct code_call *call, uint32_t n);
const struct code_arg *rewrite_positional(const struct code *c,
					  const struct code_call *call,
					  uint32_t n);

/* The argument of that name, or an option of it in a map. */
bool rewrite_keyword(const struct env *env, const struct code_call *call,
		     struct str name, struct found *out);

/* A name that the rewrite gives to a positional argument; `from_inside`: asked
 * by what the call holds, which knows only the first of its names. */
bool rewrite_declared(const struct env *env, struct str name, bool from_inside,
		      struct found *out);

#endif
