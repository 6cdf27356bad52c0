#ifndef READ_CALLS_BUILD_H
#define READ_CALLS_BUILD_H

#include "calls.h"
#include "lang.h"

/* What the files that build the call tree share; nothing else includes it. */

/* What holds from one token up to another. */
struct code_frame {
	uint32_t end;
	/* what held before it, and holds again after */
	uint32_t scope, call, commands;
	bool args;
};

struct code_frames VEC(struct code_frame);

struct builder {
	struct code *c;
	struct code_frames frames;
	uint32_t scope;	   /* the innermost one */
	uint32_t call;	   /* whose arguments or block this is, or CODE_NONE */
	uint32_t commands; /* calls without parentheses around, on this line */
	uint32_t not_call; /* the name in a definition */
	bool args;	   /* directly between the parentheses of a call */
};

static inline const struct code_token *code_at(const struct builder *b,
					       uint32_t i)
{
	static const struct code_token none = { .kind = CODE_END,
						.match = CODE_NONE };

	return i < b->c->tokens.count ? &b->c->tokens.item[i] : &none;
}

static inline bool code_has(const struct builder *b, uint32_t i,
			    enum code_kind kind, const char *text)
{
	return code_at(b, i)->kind == kind && code_is(b->c, i, text);
}

static inline uint32_t statement_end(const struct builder *b, uint32_t i)
{
	return i < b->c->tokens.count ? b->c->statement_end[i]
				      : (uint32_t)b->c->tokens.count - 1;
}

static inline uint32_t element_end(const struct builder *b, uint32_t i)
{
	return i < b->c->tokens.count ? b->c->element_end[i]
				      : (uint32_t)b->c->tokens.count - 1;
}

static inline bool is_member(const struct code_token *t)
{
	return t->kind == CODE_OPERATOR && (t->flags & CODE_MEMBER);
}

/* Does a statement begin at token i? */
bool code_begins(const struct builder *b, uint32_t i);

/* From here up to `end`: another scope, another call. */
void code_enter(struct builder *b, uint32_t i, uint32_t end, uint32_t scope,
		uint32_t call);

uint32_t code_new_scope(struct builder *b, enum scope_kind kind,
			struct str name, uint32_t first, uint32_t end);

/* The `{` that opens the body of what begins at i, or CODE_NONE. */
uint32_t code_body_brace(const struct builder *b, uint32_t i);

/* calls_scope.c: definitions and control words. `role` is of the word i. */
void code_scope_word(struct builder *b, uint32_t i, enum lang_role role);
void code_open_group(struct builder *b, uint32_t i);
bool code_method(struct builder *b, uint32_t i);
void code_arrow(struct builder *b, uint32_t i);

/* calls_call.c: a call at the name i, if it is one. */
void code_call_at(struct builder *b, uint32_t i);

/* calls_bind.c */
void code_assignment(struct builder *b, uint32_t i);
void code_attribute(struct builder *b, uint32_t i);
/* The first parameter of `scope` takes each element of what the call that
 * it is a callback of was made on. */
void code_bind_each(struct builder *b, uint32_t scope);
/* Elixir's `&` at i: in it `&1` is each element of the call's first argument. */
void code_capture(struct builder *b, uint32_t i);
/* `for x in y` from token i up to `end`. */
void code_bind_loop(struct builder *b, uint32_t i, uint32_t end,
		    uint32_t scope);

#endif
