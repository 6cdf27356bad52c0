#include "code_blocks.h"

#include "lang.h"

enum { LINE_TOKENS = 64 };

struct span code_extent(const struct code *c, const struct code_call *k)
{
	struct span s = code_span(c, k->first, k->end);

	for (uint32_t i = k->token; i < k->end; i++) {
		const struct code_token *t = &c->tokens.item[i];

		if (t->kind == CODE_STRING && (t->string & STRING_HEREDOC) &&
		    t->body + t->body_len > span_end(s))
			s.len = t->body + t->body_len - s.off;
	}
	if (k->block != CODE_NONE) {
		const uint32_t last = c->scopes.item[k->block].end;
		const struct code_token *t = &c->tokens.item[last];

		if (t->off + t->len > span_end(s))
			s.len = t->off + t->len - s.off;
	}
	return s;
}

/* Where the line of a token begins, without its indentation. */
static uint32_t line_first(const struct code *c, uint32_t i)
{
	for (int n = 0; n < LINE_TOKENS && i; n++) {
		if (c->tokens.item[i].flags & CODE_FIRST)
			break;
		i--;
	}
	return i;
}

/* @Override, @decorator(x): lines that belong to what stands below. */
static uint32_t with_decorators(const struct code *c, uint32_t i)
{
	enum { DECORATORS_MAX = 8 };

	for (int n = 0; n < DECORATORS_MAX && i; n++) {
		const uint32_t above = line_first(c, i - 1);

		if (!str_starts(code_text(c, above), STR("@")))
			break;
		i = above;
	}
	return i;
}

/* The token before i and what it closes; CODE_NONE where a statement or a
 * block begins. */
static uint32_t step_back(const struct code *c, uint32_t i)
{
	const struct code_token *t = &c->tokens.item[i - 1];

	switch ((enum code_kind)t->kind) {
	case CODE_END: return CODE_NONE;
	case CODE_OPEN:
		return (t->flags & CODE_BLOCK) || code_is(c, i - 1, "{")
			       ? CODE_NONE
			       : i - 1;
	case CODE_CLOSE:
		return code_is(c, i - 1, "}") || t->match >= i ||
				       (t->flags & CODE_BLOCK)
			       ? CODE_NONE
			       : t->match;
	case CODE_WORD:
	case CODE_NUMBER:
	case CODE_STRING:
	case CODE_SYMBOL:
	case CODE_COMMA:
	case CODE_OPERATOR: return i - 1;
	}
	return CODE_NONE;
}

/* Where the statement begins that a call stands in: `await`, `return`,
 * `_, err :=`. Of several elements in brackets only the first stands there. */
static uint32_t statement_first(const struct code *c, uint32_t call)
{
	const uint32_t first = c->calls.item[call].first;
	uint32_t i = first;
	bool comma = false;

	for (int n = 0; n < LINE_TOKENS && i; n++) {
		const uint32_t back = step_back(c, i);

		if (back == CODE_NONE)
			return i;
		i = back;
		if (c->tokens.item[i].kind == CODE_COMMA)
			comma = true;
		else if (c->tokens.item[i].kind == CODE_OPEN && comma &&
			 c->tokens.item[i].match > first)
			return first;
	}
	return i ? first : 0;
}

static void add_block(struct reading *out, struct span s)
{
	vec_push(&out->blocks, out->arena, (struct block){ s });
}

/* What a comment directly above a call, its statement or its SQL covers. */
static void add_call_blocks(struct reading *out, const struct code *c,
			    uint32_t call)
{
	const struct code_call *k = &c->calls.item[call];
	const struct span whole = code_extent(c, k);
	const uint32_t first = statement_first(c, call);

	add_block(out, whole);
	if (first < k->first)
		add_block(out,
			  span_joined(code_span(c, first, first + 1), whole));
	for (uint32_t i = 0; i < k->args; i++) {
		const struct code_arg *a = &c->args.item[k->arg + i];

		if (a->first < a->end &&
		    c->tokens.item[a->first].kind == CODE_STRING)
			add_block(out, code_span(c, a->first, a->end));
	}
}

/* A block that a word opens: `with`, `try`. */
static bool has_word(const struct code *c, const struct code_scope *s)
{
	return c->tokens.item[s->first].kind == CODE_WORD &&
	       language_role(c->lang, code_text(c, s->first)) == ROLE_BLOCK;
}

/* Only what a comment may say something about is worth its blocks. */
static bool has_annotation(const struct reading *r)
{
	for (size_t i = 0; i < r->comments.count; i++)
		if (str_find_byte(r->comments.item[i].text, '@') != SIZE_MAX)
			return true;
	return false;
}

void code_add_blocks(struct reading *out, const struct rewriter *r,
		     const bool *handed)
{
	const struct code *c = r->c;

	if (!has_annotation(out))
		return;
	for (size_t i = 1; i < c->scopes.count; i++) {
		const struct code_scope *s = &c->scopes.item[i];
		const uint32_t line = line_first(c, s->first);
		const uint32_t first = with_decorators(c, line);

		if ((s->kind == SCOPE_BLOCK && !has_word(c, s)) ||
		    s->end <= line)
			continue;
		add_block(out, code_span(c, line, s->end + 1));
		if (first < line)
			add_block(out, code_span(c, first, s->end + 1));
	}
	for (uint32_t i = 0; i < c->calls.count; i++) {
		const struct code_call *k = &c->calls.item[i];

		if (r->of[i] || handed[i])
			add_call_blocks(out, c, i);
		else if (k->block != CODE_NONE)
			add_block(out, code_extent(c, k));
	}
}

void code_add_marks(struct reading *out, const struct rewriter *r)
{
	const struct code *c = r->c;

	for (uint32_t i = 0; i < c->calls.count; i++) {
		const struct code_call *k = &c->calls.item[i];
		const unsigned flags = r->of[i] ? r->of[i]->flags : 0;
		struct mark mark = {
			.span = code_span(c, k->token, k->token + 1),
			.name = k->name,
		};

		if (!(flags & (REWRITE_ALLOWS | REWRITE_ALLOWS_FILE)))
			continue;
		if (k->block != CODE_NONE)
			mark.covers =
				code_span(c, c->scopes.item[k->block].first,
					  c->scopes.item[k->block].end + 1);
		else if (flags & REWRITE_ALLOWS)
			mark.covers = code_extent(c, k);
		vec_push(&out->marks, out->arena, mark);
	}
}
