#ifndef READ_CALLS_LEXER_H
#define READ_CALLS_LEXER_H

#include "calls.h"
#include "lang.h"

/* What the files of the lexer share; nothing else includes it. */

enum {
	HEREDOCS_A_LINE = 8, /* more are read as code */
	HEREDOCS_OPEN = 16,  /* so many without an end: none is one */
};

/* One opened bracket or block. */
struct open {
	uint32_t token;
	uint32_t column;
	uint32_t def; /* the enclosing `def` in the stack, or CODE_NONE */
	char kind;    /* ( [ { | or e: ended by `end`, i: by an indent */
};

struct opens VEC(struct open);

struct lexer {
	struct code *code;
	const struct language *lang;
	struct str s;
	size_t i;
	size_t line_start;
	struct opens open;
	uint32_t count[128];		   /* of each kind in `open` */
	uint32_t def;			   /* the innermost `def` in `open` */
	uint32_t heredoc[HEREDOCS_A_LINE]; /* tokens whose body comes next */
	struct str mark[HEREDOCS_A_LINE];
	size_t heredocs, lost_heredocs;
	bool newline, spaced;
	bool first; /* the token to come is the first of its line */
	bool loop;  /* the `do` of this line belongs to a loop */
};

static inline char lexer_at(const struct lexer *lx, size_t i)
{
	return i < lx->s.len ? lx->s.ptr[i] : '\0';
}

static inline bool lexer_stands(const struct lexer *lx, size_t i,
				const char *what)
{
	return str_starts(str_slice(lx->s, i, lx->s.len), str_of(what));
}

static inline const struct code_token *lexer_last(const struct lexer *lx)
{
	const struct code_tokens *t = &lx->code->tokens;

	return t->count ? &t->item[t->count - 1] : NULL;
}

/* calls_open.c: brackets, blocks and the ends of statements. */
struct code_token *lexer_push(struct lexer *lx, enum code_kind kind, size_t off,
			      size_t len);
void lexer_open(struct lexer *lx, char kind, size_t off, size_t len,
		uint32_t column);
/* `do`, `def` …; `function`: a `def`. */
void lexer_open_block(struct lexer *lx, size_t len, bool function);
/* Closes the innermost of a kind, and what was left open inside it; false
 * where none is open. */
bool lexer_close(struct lexer *lx, char kind, size_t off, size_t len);
/* Takes the innermost open one off; the token to come ends it. */
uint32_t lexer_pop(struct lexer *lx);
char lexer_innermost(const struct lexer *lx);
void lexer_end_statement(struct lexer *lx);
/* Before the first token of a line. */
void lexer_line_begins(struct lexer *lx);

/* calls_skip.c: what is no token, and text around code. */
bool lexer_skip(struct lexer *lx);
void lexer_skip_template(struct lexer *lx);

#endif
