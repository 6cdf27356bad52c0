#include "calls_build.h"

/*
 * The second half of reading code: one walk over the matched tokens. A word
 * may begin a definition, a control structure or a call; each says up to
 * which token it holds, and a stack of such ends (not the C stack) says where
 * the walk stands.
 */

uint32_t code_after(const struct code *c, uint32_t i)
{
	const struct code_token *tokens = c->tokens.item;
	const uint32_t end = tokens[i].match;

	if (tokens[i].kind != CODE_OPEN)
		return i + 1;
	return tokens[end].kind == CODE_CLOSE && tokens[end].match == i
		       ? end + 1
		       : end;
}

/* `statement if condition`: Ruby's words that end what stands before. */
static bool is_modifier(const struct code *c, uint32_t i)
{
	const struct code_token *t = &c->tokens.item[i];
	enum lang_role role;

	if (c->lang->blocks != BLOCKS_END || t->kind != CODE_WORD || !i)
		return false;
	if (is_member(t - 1) ||
	    (code_is(c, i + 1, ":") && !(t[1].flags & CODE_SPACED)))
		return false;
	role = language_role(c->lang, code_text(c, i));
	if (role == ROLE_MODIFIER)
		return true;
	return (c->lang->flags & LANG_TRAILING) &&
	       (role == ROLE_BRANCH || role == ROLE_LOOP);
}

static bool ends_statement(const struct code *c, uint32_t i)
{
	const struct code_token *t = &c->tokens.item[i];

	switch ((enum code_kind)t->kind) {
	case CODE_END:
	case CODE_CLOSE: return true;
	case CODE_OPEN:
		return (t->flags & CODE_BLOCK) &&
		       (!t->len || code_is(c, i, "do"));
	case CODE_WORD: return is_modifier(c, i);
	case CODE_NUMBER:
	case CODE_STRING:
	case CODE_SYMBOL:
	case CODE_COMMA:
	case CODE_OPERATOR: return false;
	}
	return false;
}

/* One pass from the back, so that no question about an end walks there. */
static void find_ends(struct code *c)
{
	const size_t n = c->tokens.count;
	uint32_t *statement = arena_array(c->arena, uint32_t, n);
	uint32_t *element = arena_array(c->arena, uint32_t, n);

	for (uint32_t i = (uint32_t)n; i-- > 0;) {
		const struct code_token *t = &c->tokens.item[i];
		const uint32_t next = code_after(c, i);

		if (i == n - 1 || ends_statement(c, i)) {
			statement[i] = element[i] = i;
		} else {
			statement[i] = statement[next];
			element[i] = t->kind == CODE_COMMA ? i : element[next];
		}
	}
	c->statement_end = statement;
	c->element_end = element;
}

bool code_begins(const struct builder *b, uint32_t i)
{
	const struct code_token *p;

	if (!i)
		return true;
	p = code_at(b, i - 1);
	switch ((enum code_kind)p->kind) {
	case CODE_END:
	case CODE_OPEN:
	case CODE_CLOSE:
		return p->kind != CODE_CLOSE || p->len != 1 ||
		       !code_is(b->c, i - 1, ")");
	case CODE_OPERATOR:
		return code_is(b->c, i - 1, "->") || code_is(b->c, i - 1, ":");
	case CODE_WORD: {
		const enum lang_role role =
			language_role(b->c->lang, code_text(b->c, i - 1));

		return role == ROLE_PREFIX || role == ROLE_MODIFIER ||
		       role == ROLE_QUALIFIER;
	}
	case CODE_NUMBER:
	case CODE_STRING:
	case CODE_SYMBOL:
	case CODE_COMMA: return false;
	}
	return false;
}

void code_enter(struct builder *b, uint32_t i, uint32_t end, uint32_t scope,
		uint32_t call)
{
	if (end <= i)
		return;
	vec_push(&b->frames, b->c->arena,
		 (struct code_frame){
			 .end = end,
			 .scope = b->scope,
			 .call = b->call,
			 .commands = b->commands,
			 .args = b->args,
		 });
	b->scope = scope;
	b->call = call;
	b->args = false;
}

static void leave(struct builder *b, uint32_t i)
{
	while (b->frames.count && vec_last(&b->frames)->end <= i) {
		const struct code_frame *f = vec_last(&b->frames);

		b->scope = f->scope;
		b->call = f->call;
		b->commands = f->commands;
		b->args = f->args;
		b->frames.count--;
	}
}

uint32_t code_new_scope(struct builder *b, enum scope_kind kind,
			struct str name, uint32_t first, uint32_t end)
{
	vec_push(&b->c->scopes, b->c->arena,
		 (struct code_scope){
			 .name = name,
			 .first = first,
			 .end = end,
			 .parent = b->scope,
			 .call = b->call,
			 .kind = kind,
		 });
	return (uint32_t)b->c->scopes.count - 1;
}

/* Go's []string{…} and T{…} touch their brace, a body does not. */
static bool is_literal(const struct builder *b, uint32_t i)
{
	return (b->c->lang->flags & LANG_RECEIVERS) &&
	       !(code_at(b, i)->flags & CODE_SPACED) && i &&
	       code_at(b, i - 1)->kind == CODE_WORD;
}

uint32_t code_body_brace(const struct builder *b, uint32_t i)
{
	enum { HEADER_MAX = 96 };
	const uint32_t limit = i + HEADER_MAX;

	while (i < limit && i < b->c->tokens.count) {
		const struct code_token *t = code_at(b, i);

		if (t->kind == CODE_END || t->kind == CODE_CLOSE)
			break;
		if (t->kind != CODE_OPEN)
			i++;
		else if (code_is(b->c, i, "{") && !is_literal(b, i))
			return i;
		else
			i = code_after(b->c, i);
	}
	return CODE_NONE;
}

/* A word that names what stands behind its colon is no keyword. */
static bool is_label(const struct builder *b, uint32_t i)
{
	const struct code_token *t = code_at(b, i + 1);

	return b->c->lang->blocks != BLOCKS_INDENT &&
	       t->kind == CODE_OPERATOR && !(t->flags & CODE_SPACED) &&
	       code_is(b->c, i + 1, ":");
}

static void walk_word(struct builder *b, uint32_t i)
{
	const enum lang_role role =
		(i && is_member(code_at(b, i - 1))) || is_label(b, i)
			? ROLE_NAME
			: language_role(b->c->lang, code_text(b->c, i));

	if (role != ROLE_NAME)
		code_scope_word(b, i, role);
	else if (i == b->not_call)
		return;
	else if (code_text(b->c, i).ptr[0] == '@' &&
		 b->c->lang->blocks == BLOCKS_END && code_begins(b, i))
		code_attribute(b, i);
	else if (!code_method(b, i))
		code_call_at(b, i);
}

static void walk_operator(struct builder *b, uint32_t i)
{
	const struct str op = code_text(b->c, i);
	const unsigned flags = b->c->lang->flags;

	if (str_eq(op, STR("=")) || str_eq(op, STR(":=")) ||
	    str_eq(op, STR("||=")))
		code_assignment(b, i);
	else if ((flags & LANG_METHODS) &&
		 (str_eq(op, STR("=>")) || str_eq(op, STR("->"))))
		code_arrow(b, i);
	else if ((flags & LANG_SIGILS) && str_eq(op, STR("&")))
		code_capture(b, i);
}

void code_read(struct code *out, struct arena *a, struct str text,
	       const struct language *lang)
{
	struct builder b = { .c = out,
			     .call = CODE_NONE,
			     .not_call = CODE_NONE };

	*out = (struct code){ .arena = a, .text = text, .lang = lang };
	code_lex(out);
	find_ends(out);
	code_new_scope(&b, SCOPE_FILE, STR(""), 0, (uint32_t)out->tokens.count);
	for (uint32_t i = 0; i < out->tokens.count; i++) {
		leave(&b, i);
		switch ((enum code_kind)out->tokens.item[i].kind) {
		case CODE_OPEN: code_open_group(&b, i); break;
		case CODE_WORD: walk_word(&b, i); break;
		case CODE_OPERATOR: walk_operator(&b, i); break;
		case CODE_NUMBER:
		case CODE_STRING:
		case CODE_SYMBOL:
		case CODE_CLOSE:
		case CODE_COMMA:
		case CODE_END: break;
		}
	}
}

size_t code_bindings_before(const struct code *c, uint32_t token)
{
	size_t lo = 0, hi = c->bindings.count;

	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;

		if (c->bindings.item[mid].at < token)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

uint32_t code_scope_at(const struct code *c, uint32_t token)
{
	size_t lo = 0, hi = c->scopes.count;

	while (hi - lo > 1) {
		const size_t mid = lo + (hi - lo) / 2;

		if (c->scopes.item[mid].first <= token)
			lo = mid;
		else
			hi = mid;
	}
	while (lo && token >= c->scopes.item[lo].end)
		lo = c->scopes.item[lo].parent;
	return (uint32_t)lo;
}

uint32_t code_function_of(const struct code *c, uint32_t scope)
{
	enum { DEPTH_MAX = 64 };

	for (int n = 0; scope && n < DEPTH_MAX; n++) {
		if (c->scopes.item[scope].kind == SCOPE_FUNCTION)
			return scope;
		scope = c->scopes.item[scope].parent;
	}
	return 0;
}

struct span code_span(const struct code *c, uint32_t first, uint32_t end)
{
	const struct code_token *from = &c->tokens.item[first];
	const struct code_token *last =
		&c->tokens.item[end > first ? end - 1 : first];

	return (struct span){ from->off, last->off + last->len - from->off };
}
