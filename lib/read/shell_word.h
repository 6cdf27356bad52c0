#ifndef READ_SHELL_WORD_H
#define READ_SHELL_WORD_H

#include "shell.h"

struct shell_spans VEC(struct span);

/* What shell.c and shell_word.c share: where the lexer stands. */
struct shell_lexer {
	struct arena *arena;
	struct str text;
	size_t at;
	size_t end;
	enum shell_host host;
	struct shell_spans
		*nested; /* the insides of $( … ), ` … ` and <( … ) */
	struct comments *comments;
};

/* Blanks, continued lines and comments; not line ends. */
void shell_skip_blanks(struct shell_lexer *l);

/* The word at the lexer; one that is empty at the end or at an operator. */
struct shell_word shell_word_next(struct shell_lexer *l);

/* From the byte behind an opening parenthesis to its closing one. */
size_t shell_closing(struct str s, size_t from, size_t end);

static inline char shell_peek(const struct shell_lexer *l, size_t ahead)
{
	return l->at + ahead < l->end ? l->text.ptr[l->at + ahead] : '\0';
}

static inline bool shell_is_operator(char c)
{
	return c == ';' || c == '&' || c == '|' || c == '(' || c == ')' ||
	       c == '<' || c == '>' || c == '\n';
}

#endif
