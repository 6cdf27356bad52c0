#ifndef READ_CALLS_H
#define READ_CALLS_H

#include "form.h"
#include "map.h"

struct language;

/*
 * The calls of a program text: what is called, with which arguments, inside
 * which other call and which function. One lexer reads every language (a
 * language is a row, lang.h); nothing here knows a framework.
 *
 * All of it is flat arrays that point into each other by index; CODE_NONE is
 * no index. Building never fails and never recurses: what is left open at the
 * end of the text reaches the end, what closes nothing is an operator.
 */
#define CODE_NONE UINT32_MAX

enum code_kind {
	CODE_WORD,
	CODE_NUMBER,
	CODE_STRING,
	CODE_SYMBOL, /* :name; its body is the name */
	CODE_OPEN,   /* ( [ {, do, an indented block, … */
	CODE_CLOSE,
	CODE_COMMA,
	CODE_OPERATOR,
	CODE_END, /* of a statement; the last token is one, at the end */
};

enum {
	CODE_SPACED = 1u << 0, /* a blank stands before it */
	CODE_FIRST = 1u << 1,  /* the first on its line */
	CODE_MEMBER = 1u << 2, /* an operator that reaches a member */
	CODE_BLOCK = 1u << 3,  /* do, def …, an indent: no bracket */
};

/* What an opening bracket opens. */
enum code_opens { OPENS_GROUP, OPENS_ARGUMENTS, OPENS_SCOPE };

struct code_token {
	uint32_t off, len;
	/* OPEN and CLOSE: the partner (for an OPEN that nothing closes, what
	 * ends it). WORD: the call of that name, or CODE_NONE. */
	uint32_t match;
	uint32_t body, body_len; /* STRING: without its quotes. The body of a
				  * heredoc lies further below */
	uint32_t owner;		 /* OPEN: the call or scope that it opens */
	uint16_t string;	 /* STRING: flags of lang.h */
	uint8_t kind;
	uint8_t flags : 5;
	uint8_t opens : 3;
};

/* Where names are known and a direction holds. Scope 0 is the file. */
enum scope_kind {
	SCOPE_FILE,
	SCOPE_CLASS,
	SCOPE_FUNCTION, /* named */
	SCOPE_BRANCH,
	SCOPE_LOOP,
	SCOPE_BLOCK, /* a callback, a block of a call, braces */
};

struct code_scope {
	struct str name;     /* of a function or class; else "" */
	uint32_t first, end; /* tokens: the header and what it holds */
	uint32_t parent;
	uint32_t call; /* the call whose block or argument it is */
	uint32_t params, params_end; /* tokens; empty if equal */
	enum scope_kind kind;
};

struct code_arg {
	uint32_t key;	     /* the token of its name, or CODE_NONE */
	uint32_t first, end; /* tokens of its value; may be empty */
};

struct code_call {
	struct str name;
	uint32_t token; /* its name */
	uint32_t first; /* where the whole expression begins: receiver */
	uint32_t end;	/* one past its last token, without its block */
	uint32_t on;	/* the call it is made on: a().b() */
	uint32_t next;	/* the call made on it, first one only */
	uint32_t in;	/* the call that holds it, as argument or in a block */
	uint32_t scope; /* the innermost one that holds it */
	uint32_t block; /* the scope of its trailing block, or CODE_NONE */
	uint32_t arg;	/* its first argument in `args` … */
	uint32_t args;	/* … and how many */
	uint32_t type, type_end; /* tokens of <Type> before the arguments */
};

/* A name that is set: `name = value`, a field, a loop's variable. */
struct code_binding {
	struct str name;
	uint32_t first, end; /* tokens of the value */
	uint32_t scope;
	uint32_t at;	      /* the token of the name */
	uint32_t older;	      /* the binding of the same name before it */
	uint32_t from, until; /* the tokens that know it; 0: all of its scope */
	bool each;	  /* it takes each element of the value in turn … */
	uint8_t part;	  /* … or the n-th part of it, from 1; 0: all of it */
	struct str entry; /* … or the entry of that name; "": all of it */
};

/* A function that one call of the text runs: its parameters are what that
 * call gives. `by`: the run of the function that the call stands in. */
struct code_run {
	uint32_t scope, call;
	const struct code_binding *given;
	size_t count;
	const struct code_run *by;
};

struct code_tokens VEC(struct code_token);
struct code_scopes VEC(struct code_scope);
struct code_args VEC(struct code_arg);
struct code_call_list VEC(struct code_call);
struct code_bindings VEC(struct code_binding);

struct code {
	struct arena *arena;
	struct str text;
	const struct language *lang;
	struct code_tokens tokens;
	struct comments comments;
	struct code_scopes scopes;
	struct code_call_list calls;
	struct code_args args;
	struct code_bindings bindings;
	struct map newest;	    /* name → its newest binding */
	const struct code_run *run; /* what is read now, or NULL */
	/* Where the statement, and the element of a list, that a token stands
	 * in ends: the index of the token after it. */
	const uint32_t *statement_end;
	const uint32_t *element_end;
};

/* Reads a program text. `lang` is a row of calls_lang.c. */
void code_read(struct code *out, struct arena *a, struct str text,
	       const struct language *lang);

/* The first half: tokens, matched, and comments. */
void code_lex(struct code *out);

/* Appends a token that pairs with none and belongs to no call yet. */
struct code_token *code_push(struct code *c, enum code_kind kind, size_t off,
			     size_t len);

static inline struct str code_text(const struct code *c, uint32_t token)
{
	const struct code_token *t = &c->tokens.item[token];

	return str_slice(c->text, t->off, t->off + t->len);
}

static inline struct str code_body(const struct code *c, uint32_t token)
{
	const struct code_token *t = &c->tokens.item[token];

	return str_slice(c->text, t->body, t->body + t->body_len);
}

/* How many names are set before the token. Bindings, as scopes, stand in the
 * order of the text. */
size_t code_bindings_before(const struct code *c, uint32_t token);

/* The innermost scope that holds the token. */
uint32_t code_scope_at(const struct code *c, uint32_t token);

/* The function that holds the scope; 0 where none does. */
uint32_t code_function_of(const struct code *c, uint32_t scope);

/* The first of the call's arguments, which lie one after the other; NULL
 * where it has none. */
static inline const struct code_arg *code_args_of(const struct code *c,
						  const struct code_call *call)
{
	return call->args ? &c->args.item[call->arg] : NULL;
}

/* The name of an argument or of an entry, without its quotes. */
static inline struct str code_key_text(const struct code *c, uint32_t key)
{
	const struct code_token *t = &c->tokens.item[key];

	return t->kind == CODE_STRING || t->kind == CODE_SYMBOL
		       ? code_body(c, key)
		       : code_text(c, key);
}

/* What names begin with in some languages: $name, @name, #name. */
static inline bool code_is_sigil(char c)
{
	return c == '$' || c == '@' || c == '#';
}

/* Is the token exactly this text? */
static inline bool code_is(const struct code *c, uint32_t token,
			   const char *text)
{
	return str_eq(code_text(c, token), str_of(text));
}

/* The token behind token `i`, or behind the brackets that it opens; where they
 * are never closed, the one that ends the text. */
uint32_t code_after(const struct code *c, uint32_t i);

/* The bytes of the tokens from `first` up to `end`. */
struct span code_span(const struct code *c, uint32_t first, uint32_t end);

/* One element of a list or of arguments: `name: value`, `name = value`,
 * `:name => value`, or only a value. */
struct code_arg code_element(const struct code *c, uint32_t first,
			     uint32_t end);

/* The newest binding of that name, and the one of its name before one; NULL
 * where there is none. */
const struct code_binding *code_newest(const struct code *c, struct str name);
const struct code_binding *code_older(const struct code *c,
				      const struct code_binding *b);

/* The value a name has where token `at` uses it, or NULL. `member`: it is
 * reached through an object, this.name. */
const struct code_binding *code_bound(const struct code *c, struct str name,
				      uint32_t at, uint32_t scope, bool member);

#endif
