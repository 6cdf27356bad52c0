#include "code_runs.h"

#include "lang.h"

enum {
	CALLS_MAX = 96,	  /* of one helper; with more it is read once */
	LEAVES_MAX = 256, /* runs of one call */
	HOLDERS_MAX = 16,
};

struct run_calls VEC(uint32_t);

/* A function that calls of the text run. */
struct code_helper {
	uint32_t scope;
	struct run_calls calls;
	bool many;   /* another one has its name and stands beside it */
	bool handed; /* its name is handed over: others run it as well */
	struct code_helper *other; /* of the same name, before it */
};

static bool is_framework_name(const struct code_rules *rules, struct str name)
{
	const char *const *lists[] = { rules->forward, rules->backward,
				       rules->reversible };

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (code_name_matches(lists[i], name))
			return true;
	return false;
}

/* this.drop(x), self.drop(x) and drop(x), not queryRunner.drop(x) */
static bool is_own(const struct code *c, const struct code_call *k)
{
	static const char *const own[] = { "this", "$this", "self", "static" };

	if (k->first == k->token)
		return true;
	for (size_t i = 0; k->first + 2 == k->token && i < ARRAY_LEN(own); i++)
		if (code_is(c, k->first, own[i]))
			return true;
	return false;
}

static uint32_t parent_of(const struct code_runs *s,
			  const struct code_helper *h)
{
	return s->c->scopes.item[h->scope].parent;
}

static void find_helpers(struct code_runs *s)
{
	const struct code_scopes *scopes = &s->c->scopes;

	for (uint32_t i = 1; i < scopes->count; i++) {
		const struct code_scope *f = &scopes->item[i];
		struct code_helper *h;

		if (f->kind != SCOPE_FUNCTION || !f->name.len ||
		    f->params >= f->params_end ||
		    is_framework_name(s->r->rules, f->name))
			continue;
		h = arena_new(s->r->arena, struct code_helper);
		h->scope = i;
		h->other = map_get(&s->helpers, f->name);
		h->many = h->other && parent_of(s, h) == parent_of(s, h->other);
		if (h->many)
			h->other->many = true;
		map_put(&s->helpers, s->r->arena, f->name, h);
	}
}

/* Does `outer` hold `scope`? */
static bool holds(const struct code_runs *s, uint32_t outer, uint32_t scope)
{
	enum { DEPTH_MAX = 64 };

	for (int n = 0; n < DEPTH_MAX && scope != outer; n++) {
		if (!scope)
			return false;
		scope = s->c->scopes.item[scope].parent;
	}
	return scope == outer;
}

/* The helper of that name that is seen from a scope, the nearest one. */
static struct code_helper *seen_from(const struct code_runs *s, struct str name,
				     uint32_t scope)
{
	struct code_helper *h = map_get(&s->helpers, name);
	struct code_helper *found = NULL;

	for (; h; h = h->other)
		if (holds(s, parent_of(s, h), scope) &&
		    (!found || parent_of(s, h) > parent_of(s, found)))
			found = h;
	return found;
}

static void find_calls(struct code_runs *s)
{
	for (uint32_t i = 0; i < s->c->calls.count; i++) {
		const struct code_call *k = &s->c->calls.item[i];
		struct code_helper *h = seen_from(s, k->name, k->scope);

		if (!h || s->r->of[i] || !is_own(s->c, k))
			continue;
		const struct code_scope *f = &s->c->scopes.item[h->scope];

		/* one that calls itself says nothing new */
		if (k->token < f->first || k->token >= f->end)
			vec_push(&h->calls, s->r->arena, i);
	}
}

/* RunPython(fill, clear), exports.up = move */
static void find_handed(struct code_runs *s)
{
	const struct code *c = s->c;

	for (uint32_t i = 1; i + 1 < c->tokens.count; i++) {
		struct code_helper *h;

		/* … not `drop = (table) =>`, `drop: function (table)` */
		if (c->tokens.item[i].kind != CODE_WORD ||
		    c->tokens.item[i].match != CODE_NONE ||
		    code_is(c, i + 1, "=") || code_is(c, i + 1, ":"))
			continue;
		h = map_get(&s->helpers, code_text(c, i));
		if (h)
			h = seen_from(s, code_text(c, i), code_scope_at(c, i));
		if (h && (i + 1 < c->scopes.item[h->scope].first ||
			  i >= c->scopes.item[h->scope].params))
			h->handed = true;
	}
}

void code_runs_find(struct code_runs *out, struct rewriter *r, struct code *c,
		    const uint8_t *ways)
{
	*out = (struct code_runs){ .r = r, .c = c, .ways = ways };
	find_helpers(out);
	if (out->helpers.count) {
		find_calls(out);
		find_handed(out);
	}
}

/* The name of the parameter between two tokens: `table: string`, `String
 * table`, `table = 1`; CODE_NONE where it has none. */
static uint32_t parameter(const struct code *c, uint32_t first, uint32_t end)
{
	uint32_t name = CODE_NONE;

	for (uint32_t i = first; i < end; i++) {
		const struct code_token *t = &c->tokens.item[i];

		if (t->kind == CODE_OPEN)
			return name;
		if (t->kind == CODE_OPERATOR && !(t->flags & CODE_MEMBER) &&
		    name != CODE_NONE &&
		    (code_is(c, i, "=") || code_is(c, i, ":")))
			return name;
		if (t->kind != CODE_WORD)
			continue;
		if (name == CODE_NONE || (c->lang->flags & LANG_DECLARED) ||
		    code_text(c, i).ptr[0] == '$')
			name = i;
	}
	return name;
}

/* Names of what a call gives to a function. */
struct gifts {
	const struct code *c;
	const struct code_call *call;
	struct code_binding *item;
	size_t count;
};

static void give(struct gifts *g, struct str name, const struct code_arg *arg,
		 uint32_t scope)
{
	while (name.len && code_is_sigil(name.ptr[0]))
		name = str_slice(name, 1, name.len);
	if (!name.len || !arg || arg->first >= arg->end)
		return;
	g->item[g->count++] = (struct code_binding){
		.name = name,
		.first = arg->first,
		.end = arg->end,
		.scope = scope,
		.at = g->call->token,
		.older = CODE_NONE,
	};
}

/* function drop({ table, column: name }), drop({ table: "a", column: "b" }) */
static void give_entries(struct gifts *g, uint32_t open,
			 const struct code_arg *arg)
{
	const struct code *c = g->c;
	const uint32_t close = c->tokens.item[open].match;
	struct code_value map;
	struct code_arg e;

	if (!arg)
		return;
	map = code_value(c, arg->first, arg->end, g->call->scope);
	for (uint32_t i = open + 1; map.kind == VALUE_MAP && i < close;
	     i = c->element_end[i] + 1) {
		const uint32_t name = code_is(c, i + 1, ":") ? i + 2 : i;

		if (c->tokens.item[i].kind == CODE_WORD &&
		    code_entry_of(c, &map, code_text(c, i), &e))
			give(g, code_text(c, name), &e, map.scope);
	}
}

/* The n-th argument without a name, or the one of that name. */
static const struct code_arg *argument(const struct code *c,
				       const struct code_call *k,
				       struct str name, uint32_t n)
{
	const struct code_arg *arg = code_args_of(c, k);

	for (uint32_t i = 0; i < k->args; i++)
		if (arg[i].key != CODE_NONE &&
		    str_eq(code_key_text(c, arg[i].key), name))
			return &arg[i];
	return n < k->args && arg[n].key == CODE_NONE ? &arg[n] : NULL;
}

/* *names, ...names, string ...$names: it takes all that are left. */
static bool takes_rest(const struct code *c, uint32_t first, uint32_t name)
{
	for (; name != CODE_NONE && first < name; first++)
		if (code_is(c, first, "*") || code_is(c, first, "..."))
			return true;
	return false;
}

/* The arguments from the n-th up to the first with a name, as one value. */
static void give_rest(struct gifts *g, struct str name, uint32_t n)
{
	const struct code_arg *arg = code_args_of(g->c, g->call);
	uint32_t end = n;

	while (end < g->call->args && arg[end].key == CODE_NONE)
		end++;
	if (end > n)
		give(g, name,
		     &(struct code_arg){ CODE_NONE, arg[n].first,
					 arg[end - 1].end },
		     g->call->scope);
}

/* What a call gives to the parameters of the function that it runs. */
static struct code_run run_of(const struct code_runs *s,
			      const struct code_helper *h, uint32_t call)
{
	const struct code *c = s->c;
	const struct code_scope *f = &c->scopes.item[h->scope];
	const struct code_call *k = &c->calls.item[call];
	struct gifts g = { .c = c,
			   .call = k,
			   .item = arena_array(s->r->arena, struct code_binding,
					       f->params_end - f->params) };
	uint32_t n = 0;

	for (uint32_t i = f->params, end; i < f->params_end; i = end + 1) {
		end = c->element_end[i];
		if (end > f->params_end)
			end = f->params_end;
		const uint32_t name = parameter(c, i, end);

		if (name != CODE_NONE &&
		    (code_is(c, name, "self") || code_is(c, name, "cls")))
			continue;
		const struct str word =
			name == CODE_NONE ? STR("") : code_text(c, name);
		const struct code_arg *arg = argument(c, k, word, n++);

		if (takes_rest(c, i, name))
			give_rest(&g, word, n - 1);
		else if (code_is(c, i, "{"))
			give_entries(&g, i, arg);
		else
			give(&g, word, arg, k->scope);
	}
	return (struct code_run){ .scope = h->scope,
				  .call = call,
				  .given = g.item,
				  .count = g.count };
}

/* The helper around a scope that calls of the text run, or NULL. */
static const struct code_helper *helper_around(const struct code_runs *s,
					       uint32_t scope)
{
	for (int n = 0; scope && n < HOLDERS_MAX; n++) {
		const struct code_scope *f = &s->c->scopes.item[scope];
		const struct code_helper *h =
			f->kind == SCOPE_FUNCTION
				? map_get(&s->helpers, f->name)
				: NULL;

		while (h && h->scope != scope)
			h = h->other;
		if (h && !h->many && h->calls.count &&
		    h->calls.count <= CALLS_MAX)
			return h;
		scope = f->parent;
	}
	return NULL;
}

static bool runs_already(const struct code_runs *s, uint32_t scope)
{
	for (size_t i = 0; i < s->depth; i++)
		if (s->run[i].scope == scope)
			return true;
	return false;
}

/* Reads the call as the runs are now. */
static void read_now(struct code_runs *s, uint32_t call, code_runs_fn *read,
		     void *with)
{
	for (size_t i = 0; i < s->depth; i++)
		s->run[i].by = i + 1 < s->depth ? &s->run[i + 1] : NULL;
	s->c->run = s->depth ? s->run : NULL;
	read(with, call);
	s->c->run = NULL;
}

/* Every way from the scope to calls that no helper holds. */
static void each_run(struct code_runs *s, uint32_t scope, uint32_t call,
		     code_runs_fn *read, void *with, size_t *leaves)
{
	const struct code_helper *h = helper_around(s, scope);

	if (!h || h->handed || s->depth == RUNS_DEEP ||
	    runs_already(s, h->scope)) {
		read_now(s, call, read, with);
		++*leaves;
	}
	if (!h || s->depth == RUNS_DEEP || runs_already(s, h->scope))
		return;
	for (size_t i = 0; i < h->calls.count && *leaves < LEAVES_MAX; i++) {
		const uint32_t by = h->calls.item[i];

		s->run[s->depth++] = run_of(s, h, by);
		each_run(s, s->c->calls.item[by].scope, call, read, with,
			 leaves);
		s->depth--;
	}
}

void code_runs_each(struct code_runs *s, uint32_t call, code_runs_fn *read,
		    void *with)
{
	size_t leaves = 0;

	if (s->helpers.count)
		each_run(s, s->c->calls.item[call].scope, call, read, with,
			 &leaves);
	else
		read(with, call);
}

struct code_place code_runs_place(const struct code_runs *s, uint32_t call)
{
	struct code_place p = code_place_of(s->r, s->ways, call);

	for (const struct code_run *run = s->c->run; run; run = run->by) {
		const struct code_place q =
			code_place_of(s->r, s->ways, run->call);

		p.flags |= q.flags;
		if (s->ways[s->c->calls.item[run->call].scope] != WAY_UNKNOWN)
			p.backward = q.backward;
	}
	return p;
}
