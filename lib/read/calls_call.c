#include "calls_build.h"

enum {
	COMMANDS_MAX = 4, /* calls without parentheses inside each other */
	GENERICS_MAX = 24,
	RECEIVER_MAX = 12,
};

/* name<Type, Other<T>>(…): where the `(` stands, or CODE_NONE. */
static uint32_t generics_end(const struct builder *b, uint32_t i)
{
	int depth = 0;

	for (uint32_t n = 0; n < GENERICS_MAX; n++, i++) {
		const struct code_token *t = code_at(b, i);
		const struct str s = code_text(b->c, i);

		if (t->kind == CODE_OPERATOR && str_eq(s, STR("<")))
			depth++;
		else if (t->kind == CODE_OPERATOR && str_eq(s, STR(">")))
			depth--;
		else if (t->kind == CODE_OPERATOR && str_eq(s, STR(">>")))
			depth -= 2;
		else if (t->kind == CODE_OPERATOR && !is_member(t) &&
			 !str_eq(s, STR("?")) && !str_eq(s, STR("|")))
			return CODE_NONE;
		else if (t->kind != CODE_WORD && t->kind != CODE_COMMA &&
			 t->kind != CODE_OPERATOR && t->kind != CODE_STRING &&
			 !str_eq(s, STR("[")) && !str_eq(s, STR("]")))
			return CODE_NONE;
		if (depth < 0)
			return CODE_NONE;
		if (!depth)
			return code_has(b, i + 1, CODE_OPEN, "(") ? i + 1
								  : CODE_NONE;
	}
	return CODE_NONE;
}

/* Can an argument of a call without parentheses begin at j? */
static bool begins_argument(const struct builder *b, uint32_t j)
{
	const struct code_token *t = code_at(b, j);
	const bool tight = !(code_at(b, j + 1)->flags & CODE_SPACED);
	enum lang_role role;

	if (!(t->flags & CODE_SPACED))
		return false;
	switch ((enum code_kind)t->kind) {
	case CODE_STRING:
	case CODE_SYMBOL:
	case CODE_NUMBER: return true;
	case CODE_OPEN:
		return !(t->flags & CODE_BLOCK) && !code_is(b->c, j, "{");
	case CODE_WORD:
		role = language_role(b->c->lang, code_text(b->c, j));
		return statement_end(b, j) != j &&
		       (role == ROLE_NAME || role == ROLE_CONSTANT ||
			role == ROLE_PREFIX);
	case CODE_OPERATOR:
		return code_is(b->c, j, "->") || code_is(b->c, j, "%") ||
		       (tight &&
			(code_is(b->c, j, "*") || code_is(b->c, j, "&") ||
			 code_is(b->c, j, "-") || code_is(b->c, j, "**") ||
			 code_is(b->c, j, ":")));
	case CODE_CLOSE:
	case CODE_COMMA:
	case CODE_END: return false;
	}
	return false;
}

/* Elixir's `list |> name(…)`: what is piped into a call is its first
 * argument. */
static void add_piped(struct builder *b, struct code_call *call, uint32_t after)
{
	uint32_t i = call->token;

	if (!(b->c->lang->flags & LANG_SIGILS) ||
	    (is_member(code_at(b, after)) && !code_is(b->c, after, "|>")))
		return;
	for (int n = 0; n < RECEIVER_MAX && i > call->first + 1; n++) {
		if (code_has(b, i - 1, CODE_OPERATOR, "|>")) {
			vec_push(&b->c->args, b->c->arena,
				 (struct code_arg){ CODE_NONE, call->first,
						    i - 1 });
			call->args++;
			return;
		}
		if (!is_member(code_at(b, i - 1)))
			return;
		i -= 2;
		if (code_at(b, i)->kind == CODE_CLOSE &&
		    code_at(b, i)->match < i)
			i = code_at(b, i)->match - 1;
	}
}

static void add_args(struct builder *b, struct code_call *call, uint32_t i,
		     uint32_t end)
{
	while (i < end) {
		uint32_t stop = element_end(b, i);
		struct code_arg arg;

		/* A line end inside braces ends no argument. */
		while (stop < end && code_at(b, stop)->kind == CODE_END)
			stop = element_end(b, stop + 1);
		if (stop > end)
			stop = end;
		arg = code_element(b->c, i, stop);
		if (arg.first < arg.end || arg.key != CODE_NONE) {
			vec_push(&b->c->args, b->c->arena, arg);
			call->args++;
		}
		i = stop + 1;
	}
}

/* The call whose last token is i, or CODE_NONE. */
static uint32_t call_ending_at(const struct builder *b, uint32_t i)
{
	const struct code_token *t = code_at(b, i);

	if (t->kind == CODE_STRING && (t->string & STRING_TAG) && i)
		t = code_at(b, i - 1);
	if (t->kind == CODE_WORD)
		return t->match;
	if (t->kind != CODE_CLOSE)
		return CODE_NONE;
	const struct code_token *open = code_at(b, t->match);

	if (open->opens == OPENS_ARGUMENTS)
		return open->owner;
	if (open->opens == OPENS_SCOPE &&
	    b->c->scopes.item[open->owner].kind == SCOPE_BLOCK)
		return b->c->scopes.item[open->owner].call;
	return CODE_NONE;
}

/* What it is called on: a call, or names with dots between. */
static void find_receiver(const struct builder *b, struct code_call *call)
{
	uint32_t i = call->token;

	for (int n = 0; n < RECEIVER_MAX && i >= 2; n++) {
		uint32_t on;

		if (!is_member(code_at(b, i - 1)))
			break;
		on = call_ending_at(b, i - 2);
		if (on != CODE_NONE) {
			call->on = on;
			call->first = b->c->calls.item[on].first;
			return;
		}
		i -= 2;
		if (code_at(b, i)->kind == CODE_CLOSE &&
		    code_at(b, i)->match < i)
			i = code_at(b, i)->match;
		call->first = i;
	}
}

static void add_block(struct builder *b, uint32_t call, uint32_t i)
{
	struct code_token *t = &b->c->tokens.item[i];
	const uint32_t s = code_new_scope(b, SCOPE_BLOCK, STR(""), i, t->match);
	struct code_scope *scope = &b->c->scopes.item[s];

	t->opens = OPENS_SCOPE;
	t->owner = s;
	scope->call = call;
	b->c->calls.item[call].block = s;
	if (code_has(b, i + 1, CODE_OPEN, "|")) {
		scope->params = i + 2;
		scope->params_end = code_at(b, i + 1)->match;
		code_bind_each(b, s);
	}
}

static bool is_free_block(const struct builder *b, uint32_t i, bool braces)
{
	const struct code_token *t = code_at(b, i);

	if (t->kind != CODE_OPEN || t->opens != OPENS_GROUP)
		return false;
	if (code_is(b->c, i, "do"))
		return true;
	return braces && (b->c->lang->flags & LANG_TRAILING) &&
	       code_is(b->c, i, "{");
}

/* What follows a name makes it a call. */
struct shape {
	uint32_t open;	     /* its `(`, or CODE_NONE */
	uint32_t first, end; /* its arguments */
	uint32_t after;	     /* the token after the call */
	uint32_t type, type_end;
	bool command; /* arguments without parentheses */
};

static bool parenthesised(const struct builder *b, uint32_t i,
			  struct shape *out)
{
	const unsigned flags = b->c->lang->flags;
	uint32_t j = i + 1;

	if ((flags & LANG_GENERICS) && code_has(b, j, CODE_OPERATOR, "<")) {
		const uint32_t open = generics_end(b, j);

		if (open == CODE_NONE)
			return false;
		out->type = j + 1;
		out->type_end = open - 1;
		j = open;
	} else if ((flags & LANG_GENERICS) && is_member(code_at(b, j)) &&
		   code_has(b, j + 1, CODE_OPERATOR, "<")) {
		const uint32_t open = generics_end(b, j + 1);

		if (open == CODE_NONE)
			return false;
		j = open;
	}
	if (!code_has(b, j, CODE_OPEN, "("))
		return false;
	if ((flags & LANG_COMMANDS) && (code_at(b, j)->flags & CODE_SPACED))
		return false;
	out->open = j;
	out->first = j + 1;
	out->end = code_at(b, j)->match;
	out->after = code_at(b, out->end)->kind == CODE_CLOSE ? out->end + 1
							      : out->end;
	return true;
}

/* sql`…` */
static bool tagged(const struct builder *b, uint32_t i, struct shape *out)
{
	const struct code_token *t = code_at(b, i + 1);

	if (t->kind != CODE_STRING || !(t->string & STRING_TAG) ||
	    (t->flags & CODE_SPACED))
		return false;
	out->first = i + 1;
	out->end = out->after = i + 2;
	return true;
}

static bool command(const struct builder *b, uint32_t i, struct shape *out)
{
	const uint32_t j = i + 1;
	const bool member = i && is_member(code_at(b, i - 1));
	const bool starts = member || code_begins(b, i) ||
			    code_at(b, i - 1)->kind == CODE_OPERATOR ||
			    b->commands;

	if (!(b->c->lang->flags & LANG_COMMANDS) || !starts)
		return false;
	if (begins_argument(b, j) && b->commands < COMMANDS_MAX) {
		out->first = j;
		out->end = out->after = statement_end(b, j);
		out->command = true;
		return true;
	}
	out->first = out->end = out->after = j;
	return member || statement_end(b, j) == j || is_free_block(b, j, true);
}

static bool shape_at(const struct builder *b, uint32_t i, struct shape *out)
{
	*out = (struct shape){ .open = CODE_NONE };
	if (parenthesised(b, i, out) || tagged(b, i, out) || command(b, i, out))
		return true;
	out->first = out->end = out->after = i + 1;
	return is_free_block(b, i + 1, true) && code_begins(b, i);
}

/* db.dropTable.bind(db, "t") calls dropTable when it is called. */
static void take_bound(const struct builder *b, struct code_call *call)
{
	const uint32_t name = call->token - 2;

	if (!(b->c->lang->flags & LANG_METHODS) || !call->args ||
	    call->on != CODE_NONE || call->first + 2 > call->token ||
	    !str_eq(call->name, STR("bind")) ||
	    code_at(b, name)->kind != CODE_WORD)
		return;
	call->name = code_text(b->c, name);
	call->token = name;
	call->arg++;
	call->args--;
}

void code_call_at(struct builder *b, uint32_t i)
{
	struct code *c = b->c;
	struct shape shape;

	if (!shape_at(b, i, &shape))
		return;
	const uint32_t index = (uint32_t)c->calls.count;
	struct code_call call = {
		.name = code_text(c, i),
		.token = i,
		.first = i,
		.end = shape.after,
		.on = CODE_NONE,
		.next = CODE_NONE,
		.in = b->call,
		.scope = b->scope,
		.block = CODE_NONE,
		.arg = (uint32_t)c->args.count,
		.type = shape.type,
		.type_end = shape.type_end,
	};

	find_receiver(b, &call);
	add_piped(b, &call, shape.after);
	add_args(b, &call, shape.first, shape.end);
	take_bound(b, &call);
	vec_push(&c->calls, c->arena, call);
	c->tokens.item[i].match = index;
	if (call.on != CODE_NONE && c->calls.item[call.on].next == CODE_NONE)
		c->calls.item[call.on].next = index;
	if (shape.open != CODE_NONE) {
		c->tokens.item[shape.open].opens = OPENS_ARGUMENTS;
		c->tokens.item[shape.open].owner = index;
	}
	if (is_free_block(b, shape.after, !shape.command))
		add_block(b, index, shape.after);
	if (shape.command) {
		code_enter(b, i, shape.end, b->scope, index);
		b->commands++;
	}
}
