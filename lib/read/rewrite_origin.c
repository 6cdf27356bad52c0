#include "lang.h"
#include "rewrite.h"

/*
 * Where a chain comes from. `users.each { |u| u.destroy }` is made on `u`,
 * that takes each of `users`, that is set to User.where(…): the calls of all
 * these chains count, and the class that the last one begins with.
 */
enum { HOPS_MAX = 8, CHAIN_MAX = 64, BINDINGS_MAX = 256 };

struct walk {
	const struct env *env;
	struct str name; /* what is looked for */
	struct found *out;
	uint32_t call; /* the chain that is walked ends with it */
	bool each;     /* some name on the way takes each of a list */
};

static bool is_capital(struct str s)
{
	return s.len && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z';
}

/* How much of a word is its namespace: App\Models\ in App\Models\User. */
static size_t namespace_of(struct str word)
{
	for (size_t i = word.len; i-- > 0;)
		if (word.ptr[i] == '\\')
			return i + 1;
	return 0;
}

/* The constants that a path begins with: Spree::Order in Spree::Order.all */
static struct str constants(const struct code *c, uint32_t first, uint32_t end)
{
	const struct str word = code_text(c, first);
	const size_t skip = namespace_of(word);
	uint32_t last = first;

	if (c->tokens.item[first].kind != CODE_WORD ||
	    !is_capital(str_slice(word, skip, word.len)))
		return STR("");
	while (last + 2 < end && code_is(c, last + 1, "::") &&
	       is_capital(code_text(c, last + 2)))
		last += 2;
	return str_slice(c->text, c->tokens.item[first].off + skip,
			 c->tokens.item[last].off + c->tokens.item[last].len);
}

static bool take_class(struct walk *w, uint32_t first, uint32_t end)
{
	const struct str path = constants(w->env->r->c, first, end);

	*w->out = (struct found){ .value = { .kind = VALUE_TEXT },
				  .text = path,
				  .has_text = true };
	return path.len > 0;
}

/* where(name: nil), filter(name=None), filter(name__isnull=True) and no other
 * condition: the rows that have no value yet. */
static bool take_nulls(struct walk *w, const struct code_call *k)
{
	static const char suffix[] = "__isnull";
	const struct code *c = w->env->r->c;
	const struct code_arg *a = code_args_of(c, k);
	struct code_value v;
	struct str name;

	if ((!str_eq(k->name, STR("where")) &&
	     !str_eq(k->name, STR("filter"))) ||
	    k->args != 1 || a->key == CODE_NONE)
		return false;
	name = code_key_text(c, a->key);
	v = code_value(c, a->first, a->end, k->scope);
	if (v.kind == VALUE_TRUE && str_ends(name, str_of(suffix)))
		name.len -= sizeof(suffix) - 1;
	else if (v.kind != VALUE_NULL)
		return false;
	*w->out = (struct found){
		.value = { .kind = VALUE_TEXT },
		.text = str_of(arena_format(w->env->r->arena,
					    STR_FMT " IS NULL", STR_ARG(name))),
		.has_text = true,
	};
	return true;
}

/* The name of a call, or what it begins with: `where*`. */
static bool is_called(const struct code_call *k, struct str name)
{
	return str_ends(name, STR("*"))
		       ? str_starts(k->name, str_slice(name, 0, name.len - 1))
		       : str_eq(k->name, name);
}

/* One of the calls of the chain that ends with w->call; goes down to the one
 * that it begins with. */
static bool in_chain(struct walk *w)
{
	const struct code *c = w->env->r->c;

	for (int n = 0; n < CHAIN_MAX; n++) {
		const struct code_call *k = &c->calls.item[w->call];

		if (w->call != w->env->call && is_called(k, w->name))
			return rewrite_take_call(w->env, w->call, w->out);
		if (str_eq(w->name, STR("nulls")) && take_nulls(w, k))
			return true;
		if (k->on == CODE_NONE)
			break;
		w->call = k->on;
	}
	return false;
}

/* self[:users], tables["users"]: what stands in the brackets at its end. */
static bool take_subscript(struct walk *w, uint32_t end, uint32_t scope)
{
	const struct code *c = w->env->r->c;
	const struct code_token *t = c->tokens.item;

	if (end < 4 || !code_is(c, end - 1, "]") ||
	    t[end - 1].match != end - 3 || t[end - 4].kind != CODE_WORD ||
	    (t[end - 3].flags & CODE_SPACED))
		return false;
	*w->out = (struct found){ .value = code_value(c, end - 2, end - 1,
						      scope) };
	return w->out->value.kind == VALUE_TEXT || w->out->value.each;
}

/* Class.new(Base) do self.table_name = "users" end: what it says. */
static bool take_anonymous(struct walk *w, const struct code_call *k)
{
	const struct code *c = w->env->r->c;
	const struct code_binding *b = code_newest(c, STR("table_name"));

	if (k->block == CODE_NONE || !str_eq(k->name, STR("new")) ||
	    !code_is(c, k->first, "Class"))
		return false;
	while (b && b->scope != k->block)
		b = code_older(c, b);
	if (!b)
		return false;
	*w->out = (struct found){ .value = code_value(c, b->first, b->end,
						      b->scope) };
	return w->out->value.kind == VALUE_TEXT;
}

/* What the chain is made on; true where that is the answer. Without another
 * chain to go on with, w->call is CODE_NONE. */
static bool at_head(struct walk *w)
{
	const struct code *c = w->env->r->c;
	const struct code_call *k = &c->calls.item[w->call];
	const bool class_wanted = str_eq(w->name, STR("class"));
	struct code_value v;

	w->call = CODE_NONE;
	if (k->first == k->token)
		return false;
	if (class_wanted && take_anonymous(w, k))
		return true;
	v = code_value(c, k->first, k->first + 1, k->scope);
	if (str_eq(w->name, STR("subscript")) &&
	    (take_subscript(w, k->token - 1, k->scope) ||
	     take_subscript(w, v.end, v.scope)))
		return true;
	w->each |= v.each && v.kind != VALUE_LIST;
	if (w->each && str_eq(w->name, STR("each"))) {
		w->out->value.kind = VALUE_TRUE;
		return true;
	}
	if (v.kind == VALUE_CALL)
		w->call = v.call;
	if (v.kind == VALUE_LIST && v.each && class_wanted &&
	    constants(c, v.first, v.end).len) {
		*w->out = (struct found){ .value = v };
		return true;
	}
	if (v.kind != VALUE_NAME || !class_wanted)
		return false;
	/* Order of Spree::Order is a call, too */
	return v.first == k->first ? take_class(w, k->first, k->token + 1)
				   : take_class(w, v.first, v.end);
}

bool rewrite_find_origin(const struct env *env, struct str name,
			 struct found *out)
{
	struct walk w = {
		.env = env, .name = name, .out = out, .call = env->call
	};

	*out = (struct found){ .value = { .kind = VALUE_NONE } };
	for (int n = 0; w.call != CODE_NONE && n < HOPS_MAX; n++)
		if (in_chain(&w) || at_head(&w))
			return true;
	return false;
}

/* Does the binding set a member of what the call is made on, before it? */
static bool sets_member(const struct code *c, const struct code_binding *set,
			const struct code_call *k)
{
	return set->at >= 2 && set->at < k->token &&
	       c->tokens.item[set->at - 2].kind == CODE_WORD &&
	       (c->tokens.item[set->at - 1].flags & CODE_MEMBER) &&
	       str_eq(code_text(c, set->at - 2), code_text(c, k->first)) &&
	       code_function_of(c, set->scope) == code_function_of(c, k->scope);
}

bool rewrite_find_member(const struct env *env, struct str name,
			 struct found *out)
{
	const struct code *c = env->r->c;
	const struct code_call *k = &c->calls.item[env->call];

	if (k->first + 2 != k->token)
		return false;
	size_t i = code_bindings_before(c, k->token);

	for (int n = 0; i-- > 0 && n < BINDINGS_MAX; n++) {
		const struct code_binding *set = &c->bindings.item[i];

		if (!str_eq(set->name, name) || !sets_member(c, set, k))
			continue;
		*out = (struct found){
			.value = code_value(c, set->first, set->end, set->scope)
		};
		/* A call that makes the text is read by itself. */
		return c->tokens.item[out->value.first].kind == CODE_STRING;
	}
	return false;
}

/* u.name = x, u.rank = y before u.save(): what the call writes. */
bool rewrite_find_assigned(const struct env *env, struct found *out)
{
	const struct code *c = env->r->c;
	const struct code_call *k = &c->calls.item[env->call];
	struct strbuf b = STRBUF(env->r->arena);

	if (k->first + 2 != k->token)
		return false;
	const size_t end = code_bindings_before(c, k->token);

	for (size_t i = end > BINDINGS_MAX ? end - BINDINGS_MAX : 0; i < end;
	     i++) {
		const struct code_binding *set = &c->bindings.item[i];

		if (!sets_member(c, set, k))
			continue;
		const char *one = arena_format(env->r->arena, STR_FMT " = ''",
					       STR_ARG(set->name));

		if (str_find(strbuf_str(&b), str_of(one)) != SIZE_MAX)
			continue;
		strbuf_puts(&b, b.len ? ", " : "");
		strbuf_puts(&b, one);
	}
	*out = (struct found){ .value = { .kind = VALUE_TEXT },
			       .text = strbuf_str(&b),
			       .has_text = true };
	return b.len > 0;
}
