#ifndef READ_DOTENV_H
#define READ_DOTENV_H

#include "form.h"
#include "index.h"

/*
 * One .env text has as many meanings as it has readers: Node, Vite, Ruby,
 * Python, PHP, Go, Docker, systemd and the shells disagree about `#`, quotes,
 * backslashes, blanks and line ends. This reader does not pick one of them.
 * It keeps, for every key, each value that some loader reads (the first is
 * what most of them read) and flags that say why loaders may disagree.
 */

/* Why loaders read an entry, or the whole file, in different ways. */
#define DOTENV_FLAGS(ROW)                                                     \
	ROW(BOM, "bom")		/* file: byte order mark */                   \
	ROW(CRLF, "crlf")	/* file: \r\n line ends */                    \
	ROW(BARE_CR, "bare-cr") /* file: \r alone ends a line */              \
	ROW(INDENT, "indent")	/* blanks before the key */                   \
	ROW(EXPORT, "export")	/* export KEY=value */                        \
	ROW(PREFIX, "prefix")	/* set KEY=, declare -x KEY= */               \
	ROW(QUOTED_KEY, "quoted-key")                                         \
	ROW(SPACE_BEFORE_EQ, "space-before-eq")                               \
	ROW(COLON_SEP, "colon-sep") /* KEY: value */                          \
	ROW(UNPARSED, "unparsed")   /* no key could be made out */            \
	ROW(JUNK_BEFORE_EQ, "junk-before-eq")                                 \
	ROW(BARE_KEY, "bare-key") /* a key without `=` */                     \
	ROW(NONPORTABLE_KEY, "nonportable-key")                               \
	ROW(SPACE_AFTER_EQ, "space-after-eq")                                 \
	ROW(BLANK_VALUE_WS, "blank-value-ws") /* next line swallowed */       \
	ROW(MULTILINE, "multiline")                                           \
	ROW(UNTERMINATED, "unterminated-quote")                               \
	ROW(BACKTICK, "backtick")                                             \
	ROW(ESCAPED_QUOTE, "escaped-quote")                                   \
	ROW(ESCAPE, "escape") /* a backslash in the value */                  \
	ROW(INLINE_COMMENT, "inline-comment")                                 \
	ROW(HASH_GLUED, "hash-glued")	      /* "value"#comment */           \
	ROW(HASH_AMBIGUOUS, "hash-ambiguous") /* value#rest */                \
	ROW(HASH_IN_QUOTES, "hash-in-quotes")                                 \
	ROW(TEXT_AFTER_QUOTE, "text-after-quote")                             \
	ROW(QUOTE_IN_UNQUOTED, "quote-in-unquoted")                           \
	ROW(SHELL_UNSAFE, "shell-unsafe")                                     \
	ROW(TRAILING_WS, "trailing-ws")                                       \
	ROW(CONTROL_CHAR, "control-char")                                     \
	ROW(COMMAND_SUBST, "command-subst") /* $(…): some loaders run it */ \
	ROW(INTERPOLATION, "interpolation") /* $NAME: some loaders expand */  \
	ROW(DUPLICATE, "duplicate")	    /* the key stands above, too */   \
	ROW(SHADOWED, "shadowed")	    /* the key stands below again */

enum dotenv_flag_number {
#define ROW(name, text) DOTENV_NUMBER_##name,
	DOTENV_FLAGS(ROW)
#undef ROW
		DOTENV_FLAG_COUNT
};

#define DOTENV_BIT(name) (1ull << DOTENV_NUMBER_##name)

enum dotenv_kind {
	DOTENV_UNQUOTED,
	DOTENV_SINGLE,
	DOTENV_DOUBLE,
	DOTENV_BACKTICK,
	DOTENV_UNTERMINATED,
	DOTENV_BARE, /* a key alone: no candidates */
	DOTENV_JUNK, /* no key */
};

struct dotenv_entry {
	struct str key; /* as written: may hold anything, even a secret */
	struct str *candidate; /* [0] is the commonest reading */
	unsigned long long flags;
	struct span span; /* the value as written, quotes included */
	uint32_t start;	  /* where what stands in front of the key begins */
	unsigned char candidate_count;
	/* How many of them are read by the loaders of programs; the rest by
	 * what only hands variables on: make, systemd, docker run. */
	unsigned char common_count;
	enum dotenv_kind kind : 8;
	/* Stands inside a value of several lines: an entry only for loaders
	 * that do not read those. */
	bool inner;
};

struct dotenv_entries VEC(struct dotenv_entry);

struct dotenv {
	struct str text;
	struct dotenv_entries entries; /* in the order of the text */
	struct index by_key;	       /* of entries with a value, the last */
	unsigned long long flags;      /* of the file */
};

/* Reads all of `src`. Comments go to `r->comments`; all memory is of
 * `r->arena`. Cannot fail: a line that is no entry is one of kind JUNK. */
void dotenv_read(struct dotenv *out, struct reading *r,
		 const struct source *src);

/* The entry of that key that most loaders use (the last), or NULL. */
const struct dotenv_entry *dotenv_get(const struct dotenv *env, struct str key);

/* Is it what its key stands for: with a value, not inside of another one, and
 * not hidden by an entry below? */
static inline bool dotenv_counts(const struct dotenv_entry *e)
{
	return e->candidate_count && !e->inner &&
	       !(e->flags & DOTENV_BIT(SHADOWED));
}

/* Where the key stands, and where all of the entry does from the key to the
 * end of the value. */
struct span dotenv_key_span(const struct dotenv *env,
			    const struct dotenv_entry *e);
struct span dotenv_whole(const struct dotenv *env,
			 const struct dotenv_entry *e);

/* What loaders call the key that know no byte order mark, no `export` in front
 * of it and no quotes round it; most often the same. */
struct str dotenv_long_key(const struct dotenv *env,
			   const struct dotenv_entry *e);

const char *dotenv_flag_name(enum dotenv_flag_number n);

#endif
