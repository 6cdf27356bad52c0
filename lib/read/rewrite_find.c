#include "lang.h"
#include "rewrite_arg.h"

enum {
	CHAIN_MAX = 64,
	NESTED_MAX = 64,
	OUTER_MAX = 64,
};

static bool take_text(struct str text, struct found *out)
{
	*out = (struct found){ .value = { .kind = VALUE_TEXT },
			       .text = text,
			       .has_text = true };
	return text.len > 0;
}

static bool take_true(struct found *out)
{
	*out = (struct found){ .value = { .kind = VALUE_TRUE },
			       .text = STR("true"),
			       .has_text = true };
	return true;
}

bool rewrite_take_call(const struct env *env, uint32_t index, struct found *out)
{
	const struct code *c = env->r->c;
	const struct code_call *call = &c->calls.item[index];
	const struct code_arg *first = rewrite_arg(c, call, 0);

	if (!first)
		return take_true(out);
	if (first->key != CODE_NONE) {
		*out = (struct found){ .value = { .kind = VALUE_CALL,
						  .first = first->first,
						  .end = first->end,
						  .scope = call->scope,
						  .call = index } };
		return true;
	}
	if (call->args == 1)
		return rewrite_range(env, first->first, first->end, call->scope,
				     out);
	*out = (struct found){
		.value = { .kind = VALUE_LIST,
			   .first = first->first,
			   .end = rewrite_arg(c, call, call->args - 1)->end,
			   .scope = call->scope },
	};
	return true;
}

/* t = a(…); t.name(…): a call on the name that it is set to. */
static bool made_on_it(const struct env *env, struct str name,
		       struct found *out)
{
	const struct rewriter *r = env->r;

	for (uint32_t i = r->last_made[env->call]; i > env->call; i--) {
		uint32_t maker = i;

		if (!str_eq(r->c->calls.item[i].name, name))
			continue;
		for (int n = 0;
		     maker > env->call && maker != CODE_NONE && n < CHAIN_MAX;
		     n++)
			maker = call_maker(r, maker);
		if (maker == env->call)
			return rewrite_take_call(env, i, out);
	}
	return false;
}

/* a().name(…).b(): a call before or behind it in the chain. */
static bool chained(const struct env *env, struct str name, struct found *out)
{
	const struct code *c = env->r->c;
	uint32_t i = env_call(env)->next;

	for (int n = 0; i != CODE_NONE && n < CHAIN_MAX; n++) {
		if (str_eq(c->calls.item[i].name, name))
			return rewrite_take_call(env, i, out);
		i = c->calls.item[i].next;
	}
	i = env_call(env)->on;
	for (int n = 0; i != CODE_NONE && n < CHAIN_MAX; n++) {
		if (str_eq(c->calls.item[i].name, name))
			return rewrite_take_call(env, i, out);
		i = c->calls.item[i].on;
	}
	return false;
}

/* A call of that name among its arguments, or in a callback there. */
static bool nested(const struct env *env, struct str name, struct found *out)
{
	const struct code *c = env->r->c;
	const uint32_t end = env_call(env)->end;
	const uint32_t block = env_call(env)->block;
	uint32_t last = end;

	if (block != CODE_NONE)
		last = c->scopes.item[block].end;
	for (uint32_t i = env->call + 1, n = 0;
	     i < c->calls.count && n < NESTED_MAX; i++, n++) {
		const struct code_call *call = &c->calls.item[i];

		if (call->token >= last)
			break;
		if (call->in == env->call && str_eq(call->name, name))
			return rewrite_take_call(env, i, out);
	}
	return false;
}

/* The name of an entry; of { name } that of its value. */
static bool key_of_entry(const struct env *env, struct found *out)
{
	const struct code *c = env->r->c;
	const struct code_arg *e = &env->entry;

	if (e->key != CODE_NONE && code_is(c, e->key + 1, "]"))
		return rewrite_range(env, c->tokens.item[e->key + 1].match + 1,
				     e->key + 1, env_call(env)->scope, out);
	if (e->key != CODE_NONE)
		return take_text(code_key_text(c, e->key), out);
	return e->first + 1 == e->end &&
	       c->tokens.item[e->first].kind == CODE_WORD &&
	       take_text(code_text(c, e->first), out);
}

/* { name: call }, name = call, ("name", call): what it is called there. */
static bool key_before(const struct env *env, struct found *out)
{
	const struct code *c = env->r->c;
	const uint32_t first = env_call(env)->first;
	const struct code_token *t = c->tokens.item;

	if (env->has_entry)
		return key_of_entry(env, out);
	if (first < 2)
		return false;
	if (t[first - 1].kind == CODE_COMMA)
		return t[first - 2].kind == CODE_STRING &&
		       take_text(code_body(c, first - 2), out);
	if (t[first - 1].kind != CODE_OPERATOR ||
	    (t[first - 1].flags & CODE_MEMBER))
		return false;
	return take_text(code_key_text(c, first - 2), out);
}

/* What the chain begins with: User in User.where(…).delete_all; a name that
 * is set to a call is that call. */
static bool root(const struct env *env, struct found *out)
{
	const struct code *c = env->r->c;
	const struct code_call *call = env_call(env);

	for (int n = 0; call->on != CODE_NONE && n < CHAIN_MAX; n++)
		call = &c->calls.item[call->on];
	return call->first + 1 < call->token &&
	       rewrite_range(env, call->first, call->token - 1, call->scope,
			     out);
}

/* All arguments that have names, as a map. */
static bool named(const struct env *env, struct found *out)
{
	const struct code *c = env->r->c;
	const struct code_call *call = env_call(env);
	uint32_t first = CODE_NONE, end = 0;

	for (uint32_t n = 0; n < call->args; n++) {
		const struct code_arg *a = &c->args.item[call->arg + n];

		if (a->key == CODE_NONE)
			continue;
		if (first == CODE_NONE)
			first = a->key;
		end = a->end;
	}
	*out = (struct found){ .value = { .kind = VALUE_MAP,
					  .first = first,
					  .end = end,
					  .scope = call->scope } };
	return first != CODE_NONE;
}

/* posts in user.posts.delete_all, whether that is a call or not */
static bool relation(const struct env *env, struct found *out)
{
	const struct code *c = env->r->c;
	const struct code_call *k = env_call(env);

	if (k->on == CODE_NONE)
		return k->first + 4 == k->token &&
		       take_text(code_text(c, k->first + 2), out);
	const struct code_call *on = &c->calls.item[k->on];

	return !on->args && on->on == CODE_NONE && on->first + 2 == on->token &&
	       take_text(on->name, out);
}

static bool builtin(const struct env *env, struct str name, struct found *out)
{
	const struct code_call *call = env_call(env);

	if (str_eq(name, STR("call")))
		return take_text(call->name, out);
	if (str_eq(name, STR("self"))) {
		*out = (struct found){ .value = { .kind = VALUE_CALL,
						  .first = call->first,
						  .end = call->end,
						  .scope = call->scope,
						  .call = env->call } };
		return true;
	}
	if (str_eq(name, STR("known")))
		return rewrite_type(env->r->rules, call->name) &&
		       take_true(out);
	if (str_eq(name, STR("key")))
		return key_before(env, out);
	if (str_eq(name, STR("block")))
		return call->block != CODE_NONE && take_true(out);
	if (str_eq(name, STR("dialect")))
		return take_text(str_of(dialect_name(env->r->dialect)), out);
	if (str_eq(name, STR("app")))
		return take_text(env->r->app, out);
	if (str_eq(name, STR("root")))
		return root(env, out);
	if (str_eq(name, STR("head")))
		return call->first != call->token &&
		       rewrite_range(env, call->first, call->first + 1,
				     call->scope, out);
	if (str_eq(name, STR("relation")))
		return relation(env, out);
	if (str_eq(name, STR("receiver")))
		return call->first != call->token &&
		       take_text(code_text(env->r->c, call->first), out);
	if (str_eq(name, STR("named")))
		return named(env, out);
	if (str_eq(name, STR("assigned")))
		return rewrite_find_assigned(env, out);
	if (str_eq(name, STR("generic")))
		return rewrite_range(env, call->type, call->type_end,
				     call->scope, out);
	if (str_eq(name, STR("value")) && env->has_entry)
		return rewrite_range(env, env->entry.first, env->entry.end,
				     call->scope, out);
	return false;
}

static bool is_number(struct str s, uint32_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (!is_digit(s.ptr[i]) || i > 2)
			return false;
		*n = *n * 10 + (uint32_t)(s.ptr[i] - '0');
	}
	return s.len > 0;
}

static bool aliased(const struct env *env, struct str name, struct found *out)
{
	const char *const *set = env->rewrite ? env->rewrite->set : NULL;
	struct env plain = *env;

	/* What it stands for is no such name itself. */
	plain.aliased = true;
	for (; set && set[0] && !env->aliased; set += 2)
		if (str_eq(name, str_of(set[0])))
			return rewrite_find(&plain, str_of(set[1]), out);
	return false;
}

static bool own(const struct env *env, struct str name, struct found *out)
{
	const struct code_call *call = env_call(env);
	const struct code_arg *a;
	uint32_t n;

	if (is_number(name, &n)) {
		a = n ? rewrite_positional(env->r->c, call, n - 1) : NULL;
		return a &&
		       rewrite_range(env, a->first, a->end, call->scope, out);
	}
	return aliased(env, name, out) ||
	       rewrite_declared(env, name, false, out) ||
	       rewrite_keyword(env, call, name, out) ||
	       chained(env, name, out) || made_on_it(env, name, out) ||
	       nested(env, name, out) || builtin(env, name, out);
}

bool rewrite_find_own(const struct env *env, struct str name, struct found *out)
{
	return own(env, name, out);
}

static bool from_entry(const struct env *env, struct str name,
		       struct found *out)
{
	struct found value;

	if (str_eq(name, STR("key")) || str_eq(name, STR("value")))
		return builtin(env, name, out);
	if (!rewrite_range(env, env->entry.first, env->entry.end,
			   env_call(env)->scope, &value))
		return false;
	if (value.value.kind == VALUE_MAP)
		return rewrite_entry(env, &value.value, name, out);
	if (value.value.kind != VALUE_CALL)
		return false;
	const struct env inner = { .r = env->r, .call = value.value.call };

	return rewrite_keyword(&inner, env_call(&inner), name, out);
}

static bool from_holders(const struct env *env, struct str name,
			 call_holder_fn *holder_of, struct found *out)
{
	uint32_t call = holder_of(env->r, env->call);

	for (int n = 0; call != CODE_NONE && n < OUTER_MAX; n++) {
		const struct env outer = {
			.r = env->r,
			.call = call,
			.rewrite = env->r->of[call],
		};

		if (outer.rewrite &&
		    (aliased(&outer, name, out) ||
		     rewrite_declared(&outer, name, true, out)))
			return true;
		call = holder_of(env->r, call);
	}
	return false;
}

static bool find_name(const struct env *env, struct str name, struct found *out)
{
	uint32_t n;

	if (is_number(name, &n))
		return own(env, name, out);
	for (const struct env *e = env;; e = e->outer) {
		if ((e->has_entry && from_entry(e, name, out)) ||
		    (!e->has_entry && own(e, name, out)))
			return true;
		/* What `set` says a name stands for is no holder's: so a
		 * holder asks no holder, however deep they nest. */
		if (!e->outer)
			return !e->aliased &&
			       (from_holders(e, name, call_holder, out) ||
				from_holders(e, name, call_maker, out));
	}
}

/* One step into a value: `.type`, `.1`, `.call` */
static bool member(const struct env *env, struct str name, struct found *f)
{
	const struct code_value v = f->value;
	uint32_t n, at = v.first;
	struct code_arg entry;

	if (f->has_text)
		return false;
	if (v.kind == VALUE_MAP)
		return rewrite_entry(env, &v, name, f);
	if (v.kind == VALUE_LIST) {
		/* {:string, size: 50} */
		if (!is_number(name, &n) || !n)
			return rewrite_entry(env, &v, name, f);
		while (code_next_element(env->r->c, &v, &at, &entry))
			if (!--n)
				return rewrite_range(env, entry.first,
						     entry.end, v.scope, f);
		return false;
	}
	if (v.kind != VALUE_CALL)
		return false;
	const struct env inner = { .r = env->r, .call = v.call };

	return own(&inner, name, f) || (str_eq(env_call(&inner)->name, name) &&
					rewrite_take_call(&inner, v.call, f));
}

static bool listed(const char *const *list, struct str name)
{
	for (; list && *list; list++)
		if (str_eq(name, str_of(*list)))
			return true;
	return false;
}

/* A call behind it in its chain, before the next of its own name or of one of
 * its `in`: an option of this column, not of the one that comes after it. */
static bool behind(const struct env *env, struct str name, struct found *out)
{
	const struct code *c = env->r->c;
	const char *const *in = env->rewrite ? env->rewrite->in : NULL;
	uint32_t i = env_call(env)->next;

	for (int n = 0; i != CODE_NONE && n < CHAIN_MAX; n++) {
		const struct str other = c->calls.item[i].name;

		if (str_eq(other, name))
			return rewrite_take_call(env, i, out);
		if (str_eq(other, env_call(env)->name) || listed(in, other))
			return false;
		i = c->calls.item[i].next;
	}
	return false;
}

/* What a path begins with, by the sign before its name. */
static bool find_first(const struct env *env, char sign, struct str name,
		       struct found *out)
{
	switch (sign) {
	case '.': return rewrite_find_own(env, name, out);
	case '^': return rewrite_find_origin(env, name, out);
	case '+': return behind(env, name, out);
	case '=': return rewrite_find_member(env, name, out);
	default: return find_name(env, name, out);
	}
}

static bool find_path(const struct env *env, struct str path, struct found *out)
{
	const char sign = path.len ? path.ptr[0] : '\0';
	const bool has_sign = sign && strchr(".^+=", sign);
	struct str first;
	size_t dot;

	path = str_slice(path, has_sign, path.len);
	dot = str_find_byte(path, '.');
	dot = dot == SIZE_MAX ? path.len : dot;
	first = str_slice(path, 0, dot);
	if (!find_first(env, sign, first, out))
		return false;
	for (struct str tail = str_slice(path, dot + 1, path.len); tail.len;) {
		dot = str_find_byte(tail, '.');
		dot = dot == SIZE_MAX ? tail.len : dot;
		if (!member(env, str_slice(tail, 0, dot), out))
			return false;
		tail = str_slice(tail, dot + 1, tail.len);
	}
	return true;
}

bool rewrite_find(const struct env *env, struct str path, struct found *out)
{
	while (path.len) {
		size_t slash = str_find_byte(path, '/');

		slash = slash == SIZE_MAX ? path.len : slash;
		if (find_path(env, str_slice(path, 0, slash), out))
			return true;
		path = str_slice(path, slash + 1, path.len);
	}
	return false;
}
