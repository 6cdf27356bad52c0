#ifndef READ_SQL_READER_H
#define READ_SQL_READER_H

#include "read.h"
#include "sql_words.h"

/*
 * The inside of the SQL reader. One statement goes through three steps:
 * sql.c cuts the text into statements (struct words), sql_body.c cuts the
 * bodies of DO blocks, routines and T-SQL batches into theirs, and
 * sql_statement.c writes each as plain forms with the help of sql_alter.c
 * and sql_dml.c.
 */

/* A routine the text defines: what a later CALL runs. */
struct routine {
	struct str name; /* without quotes and schema */
	struct span body;
	bool running; /* its body is being read: it calls itself */
};

struct routines VEC(struct routine);

/* SQL that stands in an expression, to be run by and by. */
struct waiting {
	struct str text;
	struct span span;
	bool computed; /* joined from parts */
	bool defaults; /* with names from sys.default_constraints */
};

struct waitings VEC(struct waiting);

struct variable {
	struct str name;
	struct waitings texts; /* it holds one of these */
	bool ran;	       /* since it was last given a value */
	bool running;
	bool prepared; /* it is the name of a prepared statement */
	bool defaults; /* it holds a name from sys.default_constraints */
};

struct variables VEC(struct variable);

struct sql_reader {
	struct reading *out;
	struct str text;
	enum dialect dialect;
	enum direction direction;
	unsigned flags;	       /* for every form */
	struct span whole;     /* the statement in work */
	const struct span *at; /* every form stands here; NULL: in the text */
	struct routines routines;
	struct variables variables;
	unsigned runs;	     /* texts of variables read so far */
	bool reads_defaults; /* the query in work asks for such names */
	bool defaults;	     /* the text in work names default constraints */
	unsigned depth;	     /* of SQL inside SQL */
	unsigned calls;	     /* bodies of routines read so far */
	bool in_transaction;
	uint32_t transaction_at;
};

/* How deep SQL inside SQL inside SQL is followed. */
enum { SQL_DEPTH_MAX = 12 };

/* How many calls of routines are followed in one file. */
enum { SQL_CALLS_MAX = 64 };

/* One more statement form; `span` is the part of the text it stands in. */
void sql_emit(struct sql_reader *r, struct strbuf *text, struct span span,
	      unsigned flags);

/* The forms of one statement. `w->at` is 0. */
void sql_statement(struct sql_reader *r, struct words *w, unsigned flags);

/* ALTER TABLE, from behind these two words. */
void sql_alter_table(struct sql_reader *r, struct words *w, unsigned flags);

/* DELETE, UPDATE, INSERT, MERGE, WITH, COPY, TRUNCATE. */
void sql_delete(struct sql_reader *r, struct words *w, unsigned flags);
void sql_update(struct sql_reader *r, struct words *w, unsigned flags);
void sql_insert(struct sql_reader *r, struct words *w, unsigned flags);
void sql_with(struct sql_reader *r, struct words *w, unsigned flags);
void sql_truncate(struct sql_reader *r, struct words *w, unsigned flags);

/* DROP, from behind this word. */
void sql_drop(struct sql_reader *r, struct words *w, unsigned flags);

/* The statements of a body: PL/pgSQL, a MySQL routine, a T-SQL batch. */
void sql_body(struct sql_reader *r, const struct words *w, unsigned flags);

/* SQL in the string token `i` of `w`, or in text computed there. */
void sql_inner(struct sql_reader *r, const struct words *w, size_t i,
	       unsigned flags);

/* A statement that cannot be read: what it does is known only when it runs. */
void sql_dynamic(struct sql_reader *r, struct span span, unsigned flags);

/* EXECUTE, EXEC, PREPARE: from behind the word to `to`. */
void sql_execute(struct sql_reader *r, struct words *w, unsigned flags);

/* Reads `text`, whose statements all stand at `span`. */
void sql_read_text(struct sql_reader *r, struct str text, struct span span,
		   unsigned flags);

/* The text that an expression of literals, "||", "+", format() and concat()
 * makes, as far as it stands there; what does not is "{name}". */
struct str sql_joined_text(const struct words *w, size_t from, size_t to,
			   struct arena *a);

/* The text of format(…) of PostgreSQL, whose parenthesis opens at `open`. */
struct str sql_format_text(const struct words *w, size_t open, size_t end,
			   struct arena *a);

/* One part of a name, with quotes where it needs them. */
void sql_put_name(struct strbuf *b, struct str name);

/* SET @x = …, SELECT @x = …, SELECT … INTO x, x := …, DECLARE @x … = …:
 * remembers the SQL that the variable then holds. */
void sql_assign(struct sql_reader *r, const struct words *w, unsigned flags);

/* The same of a section of declarations (PL/pgSQL) or of one (MySQL). */
void sql_declare(struct sql_reader *r, const struct words *w, size_t from,
		 size_t to);

/* FOR x IN query LOOP: x holds what the query puts together. */
void sql_loop_variable(struct sql_reader *r, const struct words *w, size_t name,
		       size_t from, size_t to);

/* PREPARE x: from here on EXECUTE x runs nothing that is not read yet. */
void sql_prepared(struct sql_reader *r, struct str name);
bool sql_is_prepared(struct sql_reader *r, struct str name);

/* Reads the SQL that a variable holds, or that stands in an expression.
 * False: none is known. */
bool sql_run_variable(struct sql_reader *r, struct str name, unsigned flags);
bool sql_run_texts(struct sql_reader *r, const struct words *w, size_t from,
		   size_t to, unsigned flags);

/* Is `name`, which stands in computed text, that of a default (T-SQL: those
 * are constraints)? */
bool sql_names_default(struct sql_reader *r, struct str name);

/* CREATE FUNCTION, PROCEDURE, TRIGGER: remembers the body. */
void sql_routine(struct sql_reader *r, struct words *w, unsigned flags);

/* Runs the body of routine `name`, if the text defined it. */
void sql_call(struct sql_reader *r, const struct words *w, size_t name,
	      unsigned flags);

/* The tokens of `text` from `from` to `to` that count: no blanks, comments
 * and the like. */
struct words sql_lex(struct sql_reader *r, size_t from, size_t to);

#endif
