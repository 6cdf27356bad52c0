#include "calls_build.h"

/* Where the group that opens at i is over. */
static uint32_t group_end(const struct builder *b, uint32_t i)
{
	const struct code_token *t = code_at(b, i);

	return t->match == CODE_NONE ? i : t->match;
}

static void claim(struct builder *b, uint32_t i, uint32_t scope)
{
	struct code_token *t = &b->c->tokens.item[i];

	t->opens = OPENS_SCOPE;
	t->owner = scope;
}

static bool is_indent(const struct builder *b, uint32_t i)
{
	const struct code_token *t = code_at(b, i);

	return t->kind == CODE_OPEN && (t->flags & CODE_BLOCK) && !t->len;
}

/* The indented block after the line that token i stands in, or CODE_NONE. */
static uint32_t indented_block(const struct builder *b, uint32_t i)
{
	const uint32_t end = statement_end(b, i);

	if (is_indent(b, end))
		return end;
	return code_at(b, end)->kind == CODE_END && is_indent(b, end + 1)
		       ? end + 1
		       : CODE_NONE;
}

/* The name that a function without one is given: `exports.up = function`,
 * `up: async () =>`. `i` is where the function begins. */
static struct str assigned_name(const struct builder *b, uint32_t i)
{
	enum { TYPE_MAX = 16 };
	uint32_t p = i - 1;

	if (!i)
		return STR("");
	if (p && code_has(b, p, CODE_WORD, "async"))
		p--;
	if (code_at(b, p)->kind != CODE_OPERATOR || !p)
		return STR("");
	if (code_is(b->c, p, ":") && code_at(b, p - 1)->kind == CODE_STRING)
		return code_body(b->c, p - 1);
	if (!code_is(b->c, p, ":") && !code_is(b->c, p, "="))
		return STR("");
	uint32_t name = p - 1;

	/* const up: Migration = … */
	for (uint32_t n = 1; code_is(b->c, p, "=") && n < TYPE_MAX && n + 1 < p;
	     n++) {
		const struct code_token *t = code_at(b, p - n);

		if (t->kind == CODE_END || t->kind == CODE_COMMA)
			break;
		if (t->kind == CODE_OPERATOR && code_is(b->c, p - n, ":")) {
			name = p - n - 1;
			break;
		}
	}
	return code_at(b, name)->kind == CODE_WORD ? code_text(b->c, name)
						   : STR("");
}

/* A function from token `first` up to `end`; its parameters in the group that
 * opens at `params` (or is the one word there). */
static void function_scope(struct builder *b, struct str name, uint32_t first,
			   uint32_t params, uint32_t end)
{
	const uint32_t s = code_new_scope(
		b, name.len ? SCOPE_FUNCTION : SCOPE_BLOCK, name, first, end);
	struct code_scope *scope = &b->c->scopes.item[s];

	if (params != CODE_NONE) {
		const bool group = code_at(b, params)->kind == CODE_OPEN;

		scope->params = group ? params + 1 : params;
		scope->params_end = group ? group_end(b, params) : params + 1;
		code_bind_each(b, s);
	}
	code_enter(b, first, end, s, b->call);
}

/* The end of what follows the header of a definition in braces. */
static uint32_t body_end(const struct builder *b, uint32_t header)
{
	enum { TYPE_MAX = 16 };
	const uint32_t brace = code_body_brace(b, header);

	/* an expression, behind a type perhaps: `=> x`, `: Type = x` */
	for (uint32_t i = header; i < brace && i < header + TYPE_MAX;) {
		const struct code_token *t = code_at(b, i);

		if (t->kind == CODE_OPERATOR &&
		    (code_is(b->c, i, "=>") || code_is(b->c, i, "=")) &&
		    i + 1 != brace)
			return element_end(b, i + 1);
		if (t->kind == CODE_END || t->kind == CODE_CLOSE)
			return statement_end(b, i);
		i = t->kind == CODE_OPEN ? group_end(b, i) + 1 : i + 1;
	}
	return brace == CODE_NONE ? statement_end(b, header)
				  : group_end(b, brace);
}

static void function_in_braces(struct builder *b, uint32_t i)
{
	enum { NAME_MAX_TOKENS = 8 };
	uint32_t j = i + 1;
	uint32_t name = CODE_NONE;

	/* Go's receiver stands before the name. */
	if ((b->c->lang->flags & LANG_RECEIVERS) &&
	    code_has(b, j, CODE_OPEN, "(") &&
	    code_at(b, group_end(b, j) + 1)->kind == CODE_WORD &&
	    code_has(b, group_end(b, j) + 2, CODE_OPEN, "("))
		j = group_end(b, j) + 1;
	for (uint32_t n = 0; n < NAME_MAX_TOKENS; n++, j++) {
		if (code_at(b, j)->kind == CODE_WORD)
			name = j;
		else if (code_at(b, j)->kind != CODE_OPERATOR)
			break;
	}
	if (!code_has(b, j, CODE_OPEN, "("))
		return;
	b->not_call = name;
	function_scope(b,
		       name == CODE_NONE ? assigned_name(b, i)
					 : code_text(b->c, name),
		       i, j, body_end(b, group_end(b, j) + 1));
}

/* def up … end, def self.up, def up do … end, def upgrade(): */
static void function_named(struct builder *b, uint32_t i)
{
	const enum lang_blocks blocks = b->c->lang->blocks;
	uint32_t name = i + 1;
	uint32_t end = statement_end(b, name);
	const uint32_t block = indented_block(b, name);

	if (code_at(b, i)->kind == CODE_OPEN)
		end = group_end(b, i);
	else if (blocks == BLOCKS_INDENT && block != CODE_NONE)
		end = group_end(b, block);
	else if (code_has(b, end, CODE_OPEN, "do"))
		end = group_end(b, end);
	while (is_member(code_at(b, name + 1)) &&
	       code_at(b, name + 2)->kind == CODE_WORD)
		name += 2;
	b->not_call = name;
	function_scope(
		b,
		code_at(b, name)->kind == CODE_WORD ? code_text(b->c, name)
						    : STR(""),
		i, code_has(b, name + 1, CODE_OPEN, "(") ? name + 1 : CODE_NONE,
		end);
}

/* Order of class Spree::Order */
static struct str class_name(const struct builder *b, uint32_t i)
{
	while (code_has(b, i + 1, CODE_OPERATOR, "::") &&
	       code_at(b, i + 2)->kind == CODE_WORD)
		i += 2;
	return code_text(b->c, i);
}

static void class_scope(struct builder *b, uint32_t i)
{
	uint32_t end = statement_end(b, i + 1);
	const uint32_t block = indented_block(b, i + 1);
	struct str name = STR("");

	if (code_at(b, i)->kind == CODE_OPEN)
		end = group_end(b, i);
	else if (b->c->lang->blocks == BLOCKS_INDENT && block != CODE_NONE)
		end = group_end(b, block);
	else if (b->c->lang->blocks == BLOCKS_BRACES) {
		const uint32_t brace = code_body_brace(b, i + 1);

		end = brace == CODE_NONE ? i : group_end(b, brace);
	} else if (code_has(b, end, CODE_OPEN, "do")) {
		end = group_end(b, end);
	}
	if (code_at(b, i + 1)->kind == CODE_WORD) {
		name = class_name(b, i + 1);
		b->not_call = i + 1;
	}
	code_enter(b, i, end, code_new_scope(b, SCOPE_CLASS, name, i, end),
		   b->call);
}

/* The end of the one statement that a control structure without braces holds,
 * perhaps on the next line, perhaps another such structure. */
static uint32_t unbraced_end(const struct builder *b, uint32_t i)
{
	enum { NESTED_MAX = 8 };

	for (int n = 0; n < NESTED_MAX; n++) {
		const bool line_end =
			code_at(b, i)->kind == CODE_END && !code_at(b, i)->len;
		enum lang_role role;

		i += line_end;
		if (code_has(b, i, CODE_OPEN, "{"))
			return group_end(b, i);
		if (code_at(b, i)->kind != CODE_WORD ||
		    !code_has(b, i + 1, CODE_OPEN, "("))
			break;
		role = language_role(b->c->lang, code_text(b->c, i));
		if (role != ROLE_LOOP && role != ROLE_BRANCH)
			break;
		i = group_end(b, i + 1) + 1;
	}
	return statement_end(b, i);
}

/* Where a control structure in braces ends; `*header` is where its header
 * does. */
static uint32_t control_end(const struct builder *b, uint32_t i,
			    uint32_t *header)
{
	uint32_t brace;

	*header = i + 1;
	if (code_has(b, i + 1, CODE_OPEN, "(")) {
		*header = group_end(b, i + 1);
		return unbraced_end(b, *header + 1);
	}
	brace = code_body_brace(b, i + 1);
	if (brace == CODE_NONE)
		return i;
	*header = brace;
	return group_end(b, brace);
}

static void control(struct builder *b, uint32_t i, enum lang_role role)
{
	const enum scope_kind kind = role == ROLE_BRANCH ? SCOPE_BRANCH
				     : role == ROLE_LOOP ? SCOPE_LOOP
							 : SCOPE_BLOCK;
	uint32_t header = statement_end(b, i + 1);
	uint32_t end = header;

	if (b->c->lang->blocks == BLOCKS_BRACES) {
		end = control_end(b, i, &header);
	} else if (code_at(b, i)->kind == CODE_OPEN) {
		end = group_end(b, i);
	} else if (b->c->lang->blocks == BLOCKS_INDENT) {
		const uint32_t block = indented_block(b, i + 1);

		if (block != CODE_NONE)
			end = group_end(b, block);
		if (role == ROLE_BLOCK && block != CODE_NONE) {
			/* What a `with` calls holds what is in its block. */
			claim(b, block,
			      code_new_scope(b, kind, STR(""), i, end));
			return;
		}
	} else if (code_has(b, end, CODE_OPEN, "do")) {
		end = group_end(b, end);
	}
	const uint32_t s = code_new_scope(b, kind, STR(""), i, end);

	if (role == ROLE_LOOP)
		code_bind_loop(b, i, header, s);
	code_enter(b, i, end, s, b->call);
}

void code_scope_word(struct builder *b, uint32_t i, enum lang_role role)
{
	switch (role) {
	case ROLE_FUNCTION:
		if (b->c->lang->blocks == BLOCKS_BRACES)
			function_in_braces(b, i);
		else
			function_named(b, i);
		break;
	case ROLE_CLASS: class_scope(b, i); break;
	case ROLE_LOOP:
	case ROLE_BRANCH:
	case ROLE_BLOCK:
		if (code_begins(b, i))
			control(b, i, role);
		else if (role == ROLE_LOOP &&
			 b->c->lang->blocks == BLOCKS_INDENT)
			code_bind_loop(b, i, statement_end(b, i), b->scope);
		break;
	case ROLE_NAME:
	case ROLE_DO:
	case ROLE_END:
	case ROLE_MODIFIER:
	case ROLE_PREFIX:
	case ROLE_QUALIFIER:
	case ROLE_CONSTANT: break;
	}
}

/* The last call of the line that `with` begins. */
static uint32_t header_call(const struct builder *b, uint32_t from)
{
	for (size_t i = b->c->calls.count; i-- > 0;) {
		const struct code_call *call = &b->c->calls.item[i];

		if (call->token < from)
			break;
		if (call->in == b->call)
			return (uint32_t)i;
	}
	return b->call;
}

/* fn x, y -> … end */
static void anonymous_function(struct builder *b, uint32_t i, uint32_t end)
{
	enum { PARAMS_MAX = 24 };
	const uint32_t s = code_new_scope(b, SCOPE_BLOCK, STR(""), i, end);
	struct code_scope *scope = &b->c->scopes.item[s];
	uint32_t arrow = i + 1;

	while (arrow < end && arrow < i + PARAMS_MAX &&
	       !code_has(b, arrow, CODE_OPERATOR, "->"))
		arrow++;
	scope->params = i + 1;
	scope->params_end = arrow;
	code_bind_each(b, s);
	code_enter(b, i, end, s, b->call);
}

void code_open_group(struct builder *b, uint32_t i)
{
	const struct code_token t = *code_at(b, i);
	const uint32_t end = group_end(b, i);
	uint32_t call = b->call;

	if (t.opens == OPENS_ARGUMENTS) {
		code_enter(b, i, end, b->scope, t.owner);
		b->args = true;
	} else if (t.opens == OPENS_SCOPE) {
		struct code_scope *s = &b->c->scopes.item[t.owner];

		if (is_indent(b, i))
			s->call = header_call(b, s->first);
		if (s->call != CODE_NONE)
			call = s->call;
		code_enter(b, i, end, t.owner, call);
	} else if (t.flags & CODE_BLOCK) {
		const enum lang_role role =
			language_role(b->c->lang, code_text(b->c, i));

		if (code_is(b->c, i, "fn"))
			anonymous_function(b, i, end);
		else if (role == ROLE_DO || !t.len)
			code_enter(b, i, end,
				   code_new_scope(b, SCOPE_BLOCK, STR(""), i,
						  end),
				   b->call);
		else if (role == ROLE_BRANCH || role == ROLE_LOOP ||
			 role == ROLE_BLOCK)
			control(b, i, role);
		else
			code_scope_word(b, i, role);
	}
}

/* A method without a keyword: what stands before its name is a type, a
 * qualifier or the end of another member; a body follows. */
bool code_method(struct builder *b, uint32_t i)
{
	const unsigned flags = b->c->lang->flags;
	const struct code_token *before = code_at(b, i - 1);
	const uint32_t params = i + 1;

	if (!(flags & LANG_METHODS) || !i ||
	    !code_has(b, params, CODE_OPEN, "("))
		return false;
	const uint32_t after = group_end(b, params) + 1;
	const uint32_t brace = code_body_brace(b, after);

	if ((flags & LANG_DECLARED) && before->kind == CODE_WORD &&
	    code_has(b, after, CODE_OPERATOR, "=>")) {
		function_scope(b, code_text(b->c, i), i, params,
			       element_end(b, after + 1));
		return true;
	}
	if (brace == CODE_NONE)
		return false;
	if (brace != after) {
		/* a return type, `throws`, `=>` of an expression body */
		const struct code_token *t = code_at(b, after);

		if (!(flags & LANG_DECLARED) &&
		    !(t->kind == CODE_OPERATOR && code_is(b->c, after, ":")))
			return false;
		if ((flags & LANG_DECLARED) && t->kind != CODE_WORD)
			return false;
	}
	if (flags & LANG_DECLARED) {
		if (before->kind == CODE_WORD
			    ? language_role(b->c->lang,
					    code_text(b->c, i - 1)) ==
				      ROLE_PREFIX
			    : !code_is(b->c, i - 1, ">") &&
				      !code_is(b->c, i - 1, "]"))
			return false;
	} else if (before->kind == CODE_OPERATOR || !code_begins(b, i)) {
		if (before->kind != CODE_COMMA)
			return false;
	}
	function_scope(b, code_text(b->c, i), i, params, group_end(b, brace));
	return true;
}

/* x => …, (x) => …, Type Name(args) => … */
void code_arrow(struct builder *b, uint32_t i)
{
	const struct code_token *before = code_at(b, i - 1);
	uint32_t params = i - 1;
	struct str name;

	if (!i || i + 1 >= b->c->tokens.count)
		return;
	if (before->kind == CODE_CLOSE && code_is(b->c, params, ")"))
		params = before->match;
	else if (before->kind != CODE_WORD)
		params = CODE_NONE;
	const uint32_t first = params == CODE_NONE ? i : params;

	name = assigned_name(b, first);
	if (first && (b->c->lang->flags & LANG_DECLARED) &&
	    params != CODE_NONE && before->kind == CODE_CLOSE &&
	    code_at(b, first - 1)->kind == CODE_WORD)
		name = code_text(b->c, first - 1);
	const uint32_t end = code_has(b, i + 1, CODE_OPEN, "{")
				     ? group_end(b, i + 1)
				     : element_end(b, i + 1);

	function_scope(b, name, i, params, end);
}
