#ifndef READ_LANG_H
#define READ_LANG_H

#include <stdint.h>

#include "str.h"

/*
 * What the call lexer must know of a programming language: one row of the
 * table in calls_lang.c. A language whose comments, strings and blocks look
 * like those of a row that is there needs no new row: name that one in the
 * framework's file.
 */

/* How a string is written. `open` and `close` are its quotes. */
struct lang_string {
	const char *open;
	const char *close;
	unsigned flags;
};

enum {
	STRING_ESCAPES = 1u << 0,  /* \n, \', … */
	STRING_DOUBLED = 1u << 1,  /* the quote twice is the quote */
	STRING_ONE_LINE = 1u << 2, /* does not reach over the line end */
	STRING_HASH = 1u << 3,	   /* #{expression} */
	STRING_DOLLAR = 1u << 4,   /* ${expression} */
	STRING_NAME = 1u << 5,	   /* $name, and {$expression} */
	STRING_BRACE = 1u << 6,	   /* {expression} */
	STRING_TAG = 1u << 7,	   /* may stand right after a name: a call */
	STRING_QUIET = 1u << 8,	   /* only \quote and \\ are escapes */
	STRING_NESTS = 1u << 9,	   /* its brackets nest: %w[a [b]] */
	STRING_WORDS = 1u << 10,   /* a list of words: %w[a b] */
	STRING_HEREDOC = 1u << 11,
	STRING_ENTITIES = 1u << 12, /* &lt; */
};

#define STRING_INTERPOLATES \
	(STRING_HASH | STRING_DOLLAR | STRING_NAME | STRING_BRACE)

/* What makes a block. */
enum lang_blocks {
	BLOCKS_BRACES, /* { … } */
	BLOCKS_END,    /* do … end, def … end */
	BLOCKS_INDENT, /* a colon and a deeper line */
};

enum {
	LANG_SYMBOLS = 1u << 0,	 /* :name */
	LANG_COMMANDS = 1u << 1, /* calls without parentheses */
	LANG_NEWLINES = 1u << 2, /* a line end ends a statement */
	LANG_LEADING = 1u << 3,	 /* … unless the next begins with a dot */
	LANG_HEREDOC_RUBY = 1u << 4,
	LANG_HEREDOC_PHP = 1u << 5, /* and text outside <?php … ?> */
	LANG_REGEX = 1u << 6,	    /* /…/ */
	LANG_PERCENT = 1u << 7,	    /* %w[…], %q(…) */
	LANG_SIGILS = 1u << 8,	    /* ~s(…), ~w[…] */
	LANG_GENERICS = 1u << 9,    /* name<Type>(…) */
	LANG_METHODS = 1u << 10,    /* name(…) { without a keyword */
	LANG_TRAILING = 1u << 11,   /* name(…) { is a call with a block */
	LANG_LIFETIMES = 1u << 12,  /* 'a without a second quote */
	LANG_NESTED_COMMENTS = 1u << 13,
	LANG_DECLARED = 1u << 14,  /* a method's name follows its type */
	LANG_BANG = 1u << 15,	   /* names may end in ? or ! */
	LANG_MACROS = 1u << 16,	   /* name!(…) is a call */
	LANG_RECEIVERS = 1u << 17, /* func (x T) name(…) */
	LANG_FIELDS = 1u << 18,	   /* fields only through this.name */
};

/* What a word is to the call tree. */
enum lang_role {
	ROLE_NAME,
	ROLE_FUNCTION,	/* def, function, func, fn, fun */
	ROLE_CLASS,	/* class, module, struct … */
	ROLE_BRANCH,	/* if, unless, case, switch … */
	ROLE_LOOP,	/* for, foreach, while, until */
	ROLE_BLOCK,	/* begin, try, with, else: what follows is a block */
	ROLE_DO,	/* do: a block of what stands before */
	ROLE_END,	/* end */
	ROLE_MODIFIER,	/* then, and, or, rescue: ends what stands before */
	ROLE_PREFIX,	/* return, await, new, not: an expression follows */
	ROLE_QUALIFIER, /* public, static, async: a declaration follows */
	ROLE_CONSTANT,	/* true, nil: no call */
};

struct lang_word {
	const char *word;
	enum lang_role role;
};

struct language {
	const char *name;
	const char *suffixes; /* of its files, "|" between */
	const char *line_comment[2];
	const char *comment_open;
	const char *comment_close;
	struct lang_string string[7]; /* longer quotes first */
	const char *prefixes; /* letters that may stand before a quote */
	const char *in_word;  /* besides letters, digits, '_', bytes > 127 */
	const char *member;   /* the operators that reach a member, "|" between,
				 longer ones first */
	enum lang_blocks blocks;
	unsigned flags;
	const struct lang_word *words; /* up to one whose word is NULL */
};

/* The row of that name, or NULL. */
const struct language *language_named(struct str name);

/* The row for files of that suffix, or NULL. */
const struct language *language_of_path(const char *path);

/* All rows, for tests and messages. */
size_t language_count(void);
const struct language *language_at(size_t i);

enum lang_role language_role(const struct language *lang, struct str word);

#endif
