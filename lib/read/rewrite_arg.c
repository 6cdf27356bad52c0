/* The arguments of a call: by their places, by their names, and by the names
 * that a rewrite gives them. */
#include "rewrite_arg.h"

bool rewrite_range(const struct env *env, uint32_t first, uint32_t end,
		   uint32_t scope, struct found *out)
{
	*out = (struct found){
		.value = code_value(env->r->c, first, end, scope),
	};
	return out->value.kind != VALUE_NONE;
}

bool rewrite_entry(const struct env *env, const struct code_value *map,
		   struct str key, struct found *out)
{
	struct code_arg e;

	return code_entry_of(env->r->c, map, key, &e) &&
	       rewrite_range(env, e.first, e.end, map->scope, out);
}

bool rewrite_find_name(const struct env *env, const struct code_value *map,
		       struct found *out)
{
	static const char *const keys[] = { "tableName", "table_name", "table",
					    "name",	 "fromTable",  "from" };

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (rewrite_entry(env, map, str_of(keys[i]), out))
			return true;
	return false;
}

const struct code_arg *rewrite_arg(const struct code *c,
				   const struct code_call *call, uint32_t n)
{
	return n < call->args ? code_args_of(c, call) + n : NULL;
}

bool rewrite_keyword(const struct env *env, const struct code_call *call,
		     struct str name, struct found *out)
{
	const struct code *c = env->r->c;

	for (uint32_t n = 0; n < call->args; n++) {
		const struct code_arg *a = rewrite_arg(c, call, n);

		if (a->key == CODE_NONE ||
		    !str_eq(code_key_text(c, a->key), name))
			continue;
		/* Ruby's `name:` is `name: name` */
		return a->first < a->end
			       ? rewrite_range(env, a->first, a->end,
					       call->scope, out)
			       : rewrite_range(env, a->key, a->key + 1,
					       call->scope, out);
	}
	/* … or in a map of options */
	for (uint32_t n = call->args; n-- > 0;) {
		const struct code_arg *a = rewrite_arg(c, call, n);
		struct found map;

		if (!a || a->key != CODE_NONE || a->first >= a->end)
			continue;
		if (rewrite_range(env, a->first, a->end, call->scope, &map) &&
		    map.value.kind == VALUE_MAP &&
		    rewrite_entry(env, &map.value, name, out))
			return true;
	}
	return false;
}

const struct code_arg *rewrite_positional(const struct code *c,
					  const struct code_call *call,
					  uint32_t n)
{
	for (uint32_t i = 0; i < call->args; i++) {
		const struct code_arg *a = rewrite_arg(c, call, i);

		if (a->key == CODE_NONE && !n--)
			return a;
	}
	return NULL;
}

/* All arguments from the n-th on: one list is that list. */
static bool rest(const struct env *env, const struct code_call *call,
		 uint32_t n, struct found *out)
{
	const struct code *c = env->r->c;
	const struct code_arg *first = rewrite_positional(c, call, n);
	const struct code_arg *last = first;

	if (!first)
		return false;
	for (uint32_t i = n + 1; rewrite_positional(c, call, i); i++)
		last = rewrite_positional(c, call, i);
	if (first == last)
		return rewrite_range(env, first->first, first->end, call->scope,
				     out);
	*out = (struct found){ .value = { .kind = VALUE_LIST,
					  .first = first->first,
					  .end = last->end,
					  .scope = call->scope } };
	return true;
}

/* `name=other=third`: is it called so? What a call holds knows only the
 * first of its names. */
static bool arg_is_called(struct str spec, struct str name, bool from_inside)
{
	while (spec.len) {
		size_t n = str_find_byte(spec, '=');

		n = n == SIZE_MAX ? spec.len : n;
		if (str_eq(str_slice(spec, 0, n), name))
			return true;
		if (from_inside)
			break;
		spec = str_slice(spec, n + 1, spec.len);
	}
	return false;
}

bool rewrite_declared(const struct env *env, struct str name, bool from_inside,
		      struct found *out)
{
	const struct code *c = env->r->c;
	const struct code_call *call = env_call(env);
	const char *const *arg = env->rewrite ? env->rewrite->args : NULL;

	for (uint32_t n = 0; arg && arg[n]; n++) {
		struct str spec = str_of(arg[n]);
		const bool all = str_ends(spec, STR("*"));
		const struct code_arg *a = rewrite_positional(c, call, n);

		if (all)
			spec = str_slice(spec, 0, spec.len - 1);
		if (!arg_is_called(spec, name, from_inside))
			continue;
		while (spec.len) {
			size_t k = str_find_byte(spec, '=');

			k = k == SIZE_MAX ? spec.len : k;
			if (rewrite_keyword(env, call, str_slice(spec, 0, k),
					    out))
				return true;
			spec = str_slice(spec, k + 1, spec.len);
		}
		if (all)
			return rest(env, call, n, out);
		return a &&
		       rewrite_range(env, a->first, a->end, call->scope, out);
	}
	return false;
}
