#ifndef READ_SQL_TOKEN_H
#define READ_SQL_TOKEN_H

#include "form.h"

enum sql_kind {
	SQL_END,
	SQL_SPACE,
	SQL_COMMENT, /* -- line, # line (MySQL), block */
	SQL_HINT,    /* the marks of an executable comment: "/" "*!50000" and
			* its end */
	SQL_META,    /* a psql line: \connect x */
	SQL_CONTROL, /* a template's own statement: {{if x}}, {% end %} */
	SQL_WORD,    /* keyword, bare name, parameter; may hold templates */
	SQL_QUOTED,  /* "name", `name` or [name] */
	SQL_STRING,  /* 'text', E'text', MySQL "text" */
	SQL_DOLLAR,  /* $tag$text$tag$ */
	SQL_NUMBER,
	SQL_SEMICOLON,
	SQL_SYMBOL, /* any other single byte */
};

struct sql_token {
	enum sql_kind kind;
	bool open; /* a quote or comment that reaches the end of the text */
	struct span span;
};

/*
 * The token that starts at `off`. It never fails and has no state: the tokens
 * of a text, laid end to end, are the text. What is left open at its end (a
 * quote, a comment) simply reaches the end and says so.
 *
 * Lexical rules: PostgreSQL 15 section 4.1, MySQL 8.0 section 9, SQLite
 * "Tokens", T-SQL "Identifiers". Block comments nest where the dialect nests
 * them (PostgreSQL, SQL Server); "#" begins a comment in MySQL only; a
 * backslash escapes in MySQL and ClickHouse strings and in E'' strings.
 */
struct sql_token sql_token_at(struct str s, uint32_t off, enum dialect d);

/* The text between the quotes of a SQL_STRING or SQL_DOLLAR, as a span;
 * `*plain` says that it holds no escapes or doubled quotes. */
struct span sql_string_body(struct str s, struct sql_token t, bool *plain);

/* The value of a string token, unescaped, in `a`. */
struct str sql_string_value(struct str s, struct sql_token t, struct arena *a);

#endif
