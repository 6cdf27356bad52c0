#include "calls_build.h"

/* PHP's `$table` is set, `$this->table` read: one name. */
static struct str bare_name(struct str name)
{
	while (name.len && code_is_sigil(name.ptr[0]))
		name = str_slice(name, 1, name.len);
	return name;
}

/* What a name is set to. */
struct bound {
	uint32_t first, end;
	uint32_t scope;
	bool each;
	uint8_t part;
	struct str entry;
	uint32_t from, until;
};

static void bind_name(struct builder *b, struct str name, uint32_t at,
		      struct bound v)
{
	struct code *c = b->c;
	const size_t older = (size_t)(uintptr_t)map_get(&c->newest, name);

	if (!name.len || v.end <= v.first)
		return;
	vec_push(&c->bindings, c->arena,
		 (struct code_binding){
			 .name = name,
			 .first = v.first,
			 .end = v.end,
			 .scope = v.scope,
			 .at = at,
			 .older = older ? (uint32_t)older - 1 : CODE_NONE,
			 .each = v.each,
			 .part = v.part,
			 .entry = v.entry,
			 .from = v.from,
			 .until = v.until,
		 });
	map_put(&c->newest, c->arena, name,
		(void *)(uintptr_t)c->bindings.count);
}

static void bind(struct builder *b, uint32_t at, struct bound v)
{
	bind_name(b, bare_name(code_text(b->c, at)), at, v);
}

/* In a language where only a line end or `;` ends a statement, a list may be
 * written without brackets. */
static uint32_t value_end(const struct builder *b, uint32_t i)
{
	return b->c->lang->blocks == BLOCKS_BRACES ? element_end(b, i)
						   : statement_end(b, i);
}

/* Go's `const name type = value` */
static bool is_typed(const struct builder *b, uint32_t i)
{
	const struct code_token *before = code_at(b, i - 2);

	return (b->c->lang->flags & LANG_RECEIVERS) && i > 1 &&
	       code_at(b, i - 1)->kind == CODE_WORD &&
	       !code_is(b->c, i - 1, "const") && !code_is(b->c, i - 1, "var") &&
	       (before->kind == CODE_END || before->kind == CODE_OPEN ||
		code_is(b->c, i - 2, "const") || code_is(b->c, i - 2, "var"));
}

/* `name: type = value`: the name is the word before the colon. */
static uint32_t declared_name(const struct builder *b, uint32_t i)
{
	enum { TYPE_MAX = 12 };

	if (is_typed(b, i))
		return i - 1;

	for (uint32_t n = 0; n < TYPE_MAX && n + 1 < i; n++) {
		const struct code_token *t = code_at(b, i - n);

		if (t->kind == CODE_END || t->kind == CODE_COMMA ||
		    t->kind == CODE_OPEN || t->kind == CODE_CLOSE)
			break;
		if (t->kind == CODE_OPERATOR && code_is(b->c, i - n, ":") &&
		    code_at(b, i - n - 1)->kind == CODE_WORD)
			return i - n - 1;
	}
	return i;
}

/* Go's `value, err := call()` */
static bool is_beside_error(const struct builder *b, uint32_t i)
{
	return (b->c->lang->flags & LANG_RECEIVERS) && i > 2 &&
	       code_at(b, i - 2)->kind == CODE_COMMA &&
	       code_at(b, i - 3)->kind == CODE_WORD;
}

/* { table, column: name }: entries of an element, or of a value. */
static void bind_entries(struct builder *b, uint32_t open, struct bound v)
{
	const uint32_t close = code_at(b, open)->match;

	for (uint32_t i = open + 1; i < close; i = element_end(b, i) + 1) {
		if (code_at(b, i)->kind != CODE_WORD)
			continue;
		v.entry = code_text(b->c, i);
		bind(b, code_has(b, i + 1, CODE_OPERATOR, ":") ? i + 2 : i, v);
	}
}

/* const { table, column: name } = … */
static bool is_taken_apart(const struct builder *b, uint32_t i)
{
	const struct code_token *t = code_at(b, i - 1);

	return b->c->lang->blocks == BLOCKS_BRACES && t->kind == CODE_CLOSE &&
	       code_is(b->c, i - 1, "}") && t->match < i && t->match &&
	       code_at(b, t->match - 1)->kind == CODE_WORD &&
	       language_role(b->c->lang, code_text(b->c, t->match - 1)) ==
		       ROLE_QUALIFIER;
}

/* old, new = "a", "b": each of the names up to `name` its own value. */
static bool bind_parallel(struct builder *b, uint32_t name, uint32_t value)
{
	const uint32_t end = statement_end(b, value);
	uint32_t first = name, at = value;

	if (b->c->lang->blocks == BLOCKS_BRACES || element_end(b, value) >= end)
		return false;
	while (first >= 2 && code_at(b, first - 1)->kind == CODE_COMMA &&
	       code_at(b, first - 2)->kind == CODE_WORD)
		first -= 2;
	if (first == name || !code_begins(b, first))
		return false;
	for (uint32_t i = first; i <= name && at < end; i += 2) {
		const uint32_t stop = element_end(b, at);

		bind(b, i,
		     (struct bound){ .first = at,
				     .end = stop < end ? stop : end,
				     .scope = b->scope });
		at = stop + 1;
	}
	return true;
}

void code_assignment(struct builder *b, uint32_t i)
{
	const uint32_t value = i + 1;

	if (!i || b->args || value >= b->c->tokens.count ||
	    code_is(b->c, value, "range"))
		return;
	const struct bound v = { .first = value,
				 .end = value_end(b, value),
				 .scope = b->scope };

	if (is_taken_apart(b, i))
		bind_entries(b, code_at(b, i - 1)->match, v);
	if (code_at(b, i - 1)->kind != CODE_WORD)
		return;
	if (bind_parallel(b, i - 1, value))
		return;
	if (is_beside_error(b, i))
		bind(b, i - 3, v);
	bind(b, declared_name(b, i - 1), v);
}

void code_attribute(struct builder *b, uint32_t i)
{
	const uint32_t value = i + 1;

	/* Ruby's @name is set with `=`. */
	if (code_at(b, value)->kind == CODE_OPERATOR)
		return;
	bind(b, i,
	     (struct bound){ .first = value,
			     .end = value_end(b, value),
			     .scope = b->scope });
}

static bool listed(const char *const *names, struct str name)
{
	for (; *names; names++)
		if (str_eq(name, str_of(*names)))
			return true;
	return false;
}

static bool is_each(struct str name)
{
	static const char *const names[] = {
		"each",		"each_with_index", "map",
		"flat_map",	"forEach",	   "flatMap",
		"for_each",	"filter",	   "select",
		"find_each",	"each_pair",	   "reject",
		"in_batches",	"find_in_batches", "each_record",
		"each_batch",	"each_key",	   "each_value",
		"reverse_each", "array_walk",	   "array_map",
		NULL,
	};

	return listed(names, name);
}

/* users.chunk(100, callback): the list is not an argument. */
static bool is_chunked(struct str name)
{
	static const char *const names[] = { "chunk", "chunkById",
					     "chunkByIdDesc", "eachById",
					     NULL };

	return listed(names, name);
}

void code_capture(struct builder *b, uint32_t i)
{
	const struct code_call *call;

	if (b->call == CODE_NONE || !b->args)
		return;
	call = &b->c->calls.item[b->call];
	const struct code_arg *arg = code_args_of(b->c, call);

	if (call->args > 1 && i >= arg[1].first && is_each(call->name))
		bind_name(b, STR("&1"), i,
			  (struct bound){ .first = arg->first,
					  .end = arg->end,
					  .scope = b->scope,
					  .each = true });
}

/* The second parameter is a number or a result, no part of the element. */
static bool counts(struct str name)
{
	static const char *const names[] = { "each_with_index", "with_index",
					     "each_with_object", NULL };

	return listed(names, name);
}

/* The names in the brackets that open at `open`: the parts of an element. */
static void bind_parts(struct builder *b, uint32_t open, struct bound v)
{
	const uint32_t close = code_at(b, open)->match;

	if (b->c->lang->blocks == BLOCKS_BRACES && code_is(b->c, open, "{")) {
		bind_entries(b, open, v);
		return;
	}

	v.part = 1;
	for (uint32_t i = open + 1; i < close && v.part < UINT8_MAX; i++) {
		if (code_at(b, i)->kind == CODE_WORD)
			bind(b, i, v);
		else if (code_at(b, i)->kind == CODE_COMMA)
			v.part++;
	}
}

/* The name of a parameter: behind its type in PHP, (User $user). */
static uint32_t behind_type(const struct builder *b, uint32_t i, uint32_t end)
{
	for (uint32_t n = i; (b->c->lang->flags & LANG_HEREDOC_PHP) &&
			     n < end && code_at(b, n)->kind != CODE_COMMA;
	     n++)
		if (code_at(b, n)->kind == CODE_WORD &&
		    code_text(b->c, n).ptr[0] == '$')
			return n;
	return i;
}

/* |x| · |x, y| · |(x, y), i| · ([x, y]) => · {x, y} -> */
static void bind_params(struct builder *b, const struct code_scope *s,
			struct str call, struct bound v)
{
	const bool spreads =
		(b->c->lang->flags & LANG_SYMBOLS) && !counts(call);
	uint32_t i = s->params, second;

	while (i < s->params_end && code_at(b, i)->kind != CODE_WORD &&
	       code_at(b, i)->kind != CODE_OPEN)
		i++;
	if (i >= s->params_end)
		return;
	if (code_at(b, i)->kind == CODE_OPEN) {
		bind_parts(b, i, v);
		return;
	}
	i = behind_type(b, i, s->params_end);
	second = i + 1;
	if (!spreads || code_at(b, second)->kind != CODE_COMMA) {
		bind(b, i, v);
		return;
	}
	for (v.part = 1; i < s->params_end && v.part < UINT8_MAX; i++) {
		if (code_at(b, i)->kind == CODE_WORD)
			bind(b, i, v);
		else if (code_at(b, i)->kind == CODE_COMMA)
			v.part++;
	}
}

void code_bind_each(struct builder *b, uint32_t scope)
{
	const struct code_scope *s = &b->c->scopes.item[scope];
	struct bound v = { .scope = scope };

	if (s->call == CODE_NONE)
		return;
	const struct code_call *call = &b->c->calls.item[s->call];
	const struct code_arg *arg = code_args_of(b->c, call);

	const bool chunked = is_chunked(call->name);

	if (!chunked && !is_each(call->name))
		return;
	/* a chunk is some of the list, and no element of it */
	v.each = !chunked;
	v.part = str_eq(call->name, STR("each_key"))	 ? 1
		 : str_eq(call->name, STR("each_value")) ? 2
							 : 0;
	/* array_map(fn, list) */
	if (str_eq(call->name, STR("array_map")) && call->args > 1) {
		v.first = arg[1].first;
		v.end = arg[1].end;
		bind_params(b, s, call->name, v);
		return;
	}
	/* Enum.each(list, fn x -> …): the list is an argument. */
	if (!chunked && call->args > 1 && s->first >= arg[1].first) {
		v.first = arg->first;
		v.end = arg->end;
	} else if (call->token > call->first + 1) {
		v.first = call->first;
		v.end = call->token - 1;
	}
	bind_params(b, s, call->name, v);
}

static bool joins_loop(struct str word)
{
	static const char *const words[] = { "in", "of",    "<-",
					     ":",  "range", "as" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

/* The colon that ends the header of a block, or `end`. */
static uint32_t colon_before(const struct builder *b, uint32_t i, uint32_t end)
{
	while (i < end && !code_has(b, i, CODE_OPERATOR, ":"))
		i = code_at(b, i)->kind == CODE_OPEN ? code_at(b, i)->match
						     : i + 1;
	return i < end ? i : end;
}

/* The names of a loop from `first` to `last`: for a, b in pairs. */
static void bind_targets(struct builder *b, uint32_t first, uint32_t last,
			 struct bound v)
{
	uint32_t from = last;

	while (from > first && (code_at(b, from - 1)->kind == CODE_COMMA ||
				(code_at(b, from - 1)->kind == CODE_WORD &&
				 code_at(b, from)->kind == CODE_COMMA)))
		from--;
	v.part = from < last;
	for (uint32_t i = from; i <= last && v.part < UINT8_MAX; i++) {
		if (code_at(b, i)->kind == CODE_WORD)
			bind(b, i, v);
		else if (code_at(b, i)->kind == CODE_COMMA)
			v.part++;
	}
}

/* PHP's `as $value`, `as $key => $value`, `as [$one, $other]` */
static void bind_as(struct builder *b, uint32_t i, uint32_t end, struct bound v)
{
	struct bound key = v;

	if (code_has(b, i, CODE_OPEN, "[")) {
		bind_parts(b, i, v);
		return;
	}
	key.part = 1;
	if (i + 1 < end && code_has(b, i + 1, CODE_OPERATOR, "=>"))
		bind(b, i, key);
	bind(b, end - 1, v);
}

/* [ … for x in y ]: the bracket around the token, or CODE_NONE. */
static uint32_t bracket_around(const struct builder *b, uint32_t i)
{
	enum { TOKENS_MAX = 4096 };

	for (uint32_t n = 0; i-- > 0 && n < TOKENS_MAX; n++) {
		const struct code_token *t = code_at(b, i);

		if (t->kind == CODE_OPEN)
			return i;
		if (t->kind == CODE_CLOSE && t->match < i)
			i = t->match;
	}
	return CODE_NONE;
}

/* A comprehension uses its names before it binds them, and nobody else knows
 * them. */
static void bound_in_brackets(const struct builder *b, uint32_t i,
			      struct bound *v)
{
	const uint32_t open =
		b->c->lang->blocks == BLOCKS_INDENT && !code_begins(b, i)
			? bracket_around(b, i)
			: CODE_NONE;

	if (open == CODE_NONE || (code_at(b, open)->flags & CODE_BLOCK))
		return;
	v->from = open;
	v->until = code_at(b, open)->match;
}

/*
 * for x in y · for (const x of y) · foreach ($y as $x) · for (T x : y) ·
 * for _, x := range y · for x <- y: two sides and a word between them.
 */
void code_bind_loop(struct builder *b, uint32_t i, uint32_t end, uint32_t scope)
{
	if (code_has(b, i + 1, CODE_OPEN, "("))
		i++;
	for (uint32_t k = i + 1; k + 1 < end; k++) {
		const struct code_token *t = code_at(b, k);
		uint32_t name = k - 1;

		if (t->kind == CODE_OPEN && t->match < end)
			k = t->match;
		if ((t->kind != CODE_WORD && t->kind != CODE_OPERATOR) ||
		    !joins_loop(code_text(b->c, k)))
			continue;
		if (code_is(b->c, k, "as")) {
			bind_as(b, k + 1, end,
				(struct bound){ .first = i + 1,
						.end = k,
						.scope = scope,
						.each = true });
			return;
		}
		if (code_is(b->c, k, "range") && k >= i + 2)
			name = k - 2;
		if (b->c->lang->blocks == BLOCKS_INDENT)
			end = colon_before(b, k + 1, end);
		/* for x <- list, x > 1, do: … */
		if (b->c->lang->blocks == BLOCKS_END &&
		    element_end(b, k + 1) < end)
			end = element_end(b, k + 1);
		struct bound v = {
			.first = k + 1, .end = end, .scope = scope, .each = true
		};

		bound_in_brackets(b, i, &v);
		/* _, x := range y: the number of the element, and the element */
		if (code_at(b, name)->kind == CODE_CLOSE)
			bind_parts(b, code_at(b, name)->match, v);
		else
			bind_targets(b,
				     code_is(b->c, k, "range") ? name : i + 1,
				     name, v);
		return;
	}
}

/* Does `outer` hold `scope`? Fields that are only reached through an object
 * hold no more in the functions of their class. */
static bool holds(const struct code *c, uint32_t outer, uint32_t scope,
		  bool member)
{
	enum { DEPTH_MAX = 64 };
	const bool hidden = !member && (c->lang->flags & LANG_FIELDS) &&
			    c->scopes.item[outer].kind == SCOPE_CLASS;

	for (int n = 0; n < DEPTH_MAX; n++) {
		if (scope == outer)
			return true;
		if (!scope ||
		    (hidden && c->scopes.item[scope].kind == SCOPE_FUNCTION))
			return false;
		scope = c->scopes.item[scope].parent;
	}
	return false;
}

/* What the call that runs the function around `scope` gives to a name. */
static const struct code_binding *given(const struct code *c, struct str name,
					uint32_t scope)
{
	for (const struct code_run *run = c->run; run; run = run->by) {
		if (!holds(c, run->scope, scope, true))
			continue;
		for (size_t i = 0; i < run->count; i++)
			if (str_eq(run->given[i].name, name))
				return &run->given[i];
	}
	return NULL;
}

/* The nearer one of what a name is set to and of what a call gives to it,
 * which counts before the default of a parameter. */
static const struct code_binding *nearer(const struct code *c,
					 const struct code_binding *set,
					 struct str name, uint32_t scope)
{
	const struct code_binding *arg =
		c->run ? given(c, bare_name(name), scope) : NULL;

	if (!arg)
		return set;
	for (const struct code_run *run = c->run; set && run; run = run->by)
		if (holds(c, run->scope, scope, true) &&
		    holds(c, run->scope, set->scope, true) &&
		    set->at >= c->scopes.item[run->scope].params_end)
			return set;
	return arg;
}

const struct code_binding *code_newest(const struct code *c, struct str name)
{
	const size_t i = (size_t)(uintptr_t)map_get(&c->newest, name);

	return i ? &c->bindings.item[i - 1] : NULL;
}

const struct code_binding *code_older(const struct code *c,
				      const struct code_binding *b)
{
	return b->older == CODE_NONE ? NULL : &c->bindings.item[b->older];
}

const struct code_binding *code_bound(const struct code *c, struct str name,
				      uint32_t at, uint32_t scope, bool member)
{
	enum { TRIES = 64 };
	const struct code_binding *later = NULL;
	const struct code_binding *found = code_newest(c, bare_name(name));

	for (int n = 0; found && n < TRIES; n++) {
		if (found->until && (at < found->from || at >= found->until)) {
			found = code_older(c, found);
			continue;
		}
		if (found->until && found->at != at)
			return nearer(c, found, name, scope);
		/* A class holds its constants after their use, too. */
		if (found->at != at && holds(c, found->scope, scope, member)) {
			if (found->at < at)
				return nearer(c, found, name, scope);
			later = found;
		}
		found = code_older(c, found);
	}
	return nearer(c, later, name, scope);
}
