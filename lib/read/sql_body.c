/*
 * Bodies: what stands inside DO $$…$$, a routine that is called, a T-SQL
 * batch. PL/pgSQL and MySQL end every statement with ";"; T-SQL does not, so
 * there a statement ends where the next one can only begin.
 */
#include "sql_reader.h"

/* A walk over one body. */
struct body {
	struct sql_reader *r;
	const struct words *w;
	size_t i;
	unsigned flags;
	unsigned ifs;	     /* IF … THEN open */
	unsigned begins;     /* BEGIN … END open (T-SQL) */
	unsigned guarded_to; /* T-SQL: guarded while begins > this … */
	bool in_guard;	     /* … and this */
	bool guard_next;     /* T-SQL: the IF covers the next statement only */
	bool tsql;
	/* What was found out behind `i`, so that it is looked for once: the
	 * next ";", and up to where there is no THEN, LOOP or BEGIN. */
	size_t semicolon, no_then, no_loop, no_begin;
};

static const char *const statement_words =
	"|CREATE|ALTER|DROP|TRUNCATE|DELETE|UPDATE|INSERT|MERGE|EXEC|EXECUTE|"
	"PREPARE|CALL|PERFORM|SELECT|WITH|COMMIT|ROLLBACK|RENAME|REPLACE|DO|"
	"REINDEX|CLUSTER|LOCK|SET|GRANT|REVOKE|REFRESH|COMMENT|COPY|DISABLE|"
	"BEGIN|DBCC|RESTORE|";

static const char *const object_kinds =
	"|TABLE|INDEX|VIEW|PROCEDURE|PROC|FUNCTION|TRIGGER|SCHEMA|DATABASE|"
	"TYPE|SEQUENCE|ROLE|USER|LOGIN|SYNONYM|STATISTICS|MATERIALIZED|UNIQUE|"
	"FULLTEXT|CLUSTERED|NONCLUSTERED|OR|PARTITION|ASSEMBLY|QUEUE|RULE|"
	"SERVICE|DEFAULT|COLUMNSTORE|EXTERNAL|SECURITY|CERTIFICATE|LOGIN|";

/* Words that in T-SQL stand first in a statement and nowhere else at the top
 * level of one, given the few exceptions of starts_statement(). */
static const char *const tsql_starts[SQL_LETTERS] = {
	['A' - 'A'] = "|ALTER|",
	['B' - 'A'] = "|BEGIN|BREAK|BULK|",
	['C' - 'A'] = "|CLOSE|COMMIT|CONTINUE|CREATE|",
	['D' - 'A'] = "|DBCC|DEALLOCATE|DECLARE|DELETE|DENY|DISABLE|DROP|",
	['E' - 'A'] = "|ELSE|ENABLE|END|EXEC|EXECUTE|",
	['F' - 'A'] = "|FETCH|",
	['G' - 'A'] = "|GO|GOTO|GRANT|",
	['I' - 'A'] = "|IF|INSERT|",
	['M' - 'A'] = "|MERGE|",
	['O' - 'A'] = "|OPEN|",
	['P' - 'A'] = "|PRINT|",
	['R' - 'A'] = "|RAISERROR|RECONFIGURE|RESTORE|RETURN|REVOKE|ROLLBACK|",
	['S' - 'A'] = "|SAVE|SELECT|SET|",
	['T' - 'A'] = "|THROW|TRUNCATE|",
	['U' - 'A'] = "|UPDATE|USE|",
	['W' - 'A'] = "|WAITFOR|WHILE|",
};

/* Is the word at `j` a start, or does it belong to the statement that began
 * at `s`? */
static bool starts_statement(const struct words *w, size_t s, size_t j)
{
	if (words_is(w, j, "WITH"))
		return words_first_on_line(w, j) && words_name_len(w, j + 1) &&
		       (words_is(w, j + 2, "AS") || words_is(w, j + 2, "(")) &&
		       !words_in(w, j + 1, "|CHECK|NOCHECK|");
	if (!words_in_letters(w, j, tsql_starts))
		return false;
	if (words_in(w, j, "|DISABLE|ENABLE|"))
		return words_is(w, j + 1, "TRIGGER") &&
		       !(words_is(w, s, "ALTER") &&
			 words_find(w, s, j, "TRIGGER") == w->count);
	if (words_is(w, j, "RESTORE"))
		return words_in(w, j + 1, "|DATABASE|LOG|");
	if (words_in(w, j, "|CREATE|ALTER|DROP|"))
		return words_in(w, j + 1, object_kinds) &&
		       !words_is(w, j - 1, "OR");
	if (words_in(w, j, "|DELETE|UPDATE|INSERT|"))
		return !words_in(w, j - 1,
				 "|ON|FOR|AFTER|OF|THEN|INSTEAD|GRANT|REVOKE|"
				 "DENY|") &&
		       !words_is(w, j - 1, ",");
	if (words_is(w, j, "SET"))
		return !words_in(w, s, "|UPDATE|MERGE|") &&
		       !words_in(w, j - 1, "|DELETE|UPDATE|") &&
		       !(words_is(w, s, "ALTER") &&
			 (words_is(w, j + 1, "(") ||
			  words_is(w, s + 1, "DATABASE")));
	if (words_is(w, j, "SELECT"))
		return !words_in(w, j - 1,
				 "|UNION|ALL|EXCEPT|INTERSECT|AS|FOR|"
				 "GRANT|DENY|REVOKE|") &&
		       !(words_in(w, s, "|INSERT|WITH|") &&
			 words_find(w, s + 1, j, "SELECT") == w->count &&
			 words_find(w, s + 1, j, "VALUES") == w->count);
	if (words_in(w, j, "|EXEC|EXECUTE|"))
		return !words_is(w, s, "INSERT") && !words_is(w, j - 1, "AS");
	if (words_is(w, j, "IF"))
		return !words_in(w, j - 1, object_kinds) &&
		       !words_in(w, j - 1, "|COLUMN|CONSTRAINT|");
	return true;
}

/* Where the T-SQL statement that begins at `s` ends. */
static size_t tsql_end(const struct words *w, size_t s)
{
	size_t parens = 0, cases = 0;

	for (size_t j = s; j < w->count; j++) {
		if (words_is(w, j, ";")) {
			return j;
		} else if (words_is(w, j, "(")) {
			parens++;
		} else if (words_is(w, j, ")")) {
			parens -= parens > 0;
		} else if (parens) {
			continue;
		} else if (words_is(w, j, "CASE")) {
			cases++;
		} else if (cases && words_is(w, j, "END")) {
			cases--;
		} else if (!cases && j > s && starts_statement(w, s, j)) {
			return j;
		}
	}
	return w->count;
}

static size_t statement_end(const struct body *b, size_t s)
{
	return b->tsql ? tsql_end(b->w, s)
		       : words_find(b->w, s, b->w->count, ";");
}

/* One statement of the body: tokens `from` to `to`. */
static void body_statement(struct body *b, size_t from, size_t to)
{
	struct words one = *b->w;
	const struct span whole = b->r->whole;
	const bool guarded = b->ifs || b->in_guard || b->guard_next;

	one.token += from;
	one.count = to - from;
	one.at = 0;
	const unsigned flags = b->flags | (guarded ? FORM_CONDITIONAL : 0);

	if (words_is(&one, 1, ":") || words_is(&one, 1, "=") ||
	    words_is(&one, 0, "DECLARE"))
		sql_assign(b->r, &one, flags);
	if (!words_in(&one, 0, statement_words))
		return;
	b->r->whole = words_span(&one, 0, one.count);
	sql_statement(b->r, &one, flags);
	b->r->whole = whole;
}

/* The next `word` before the statement ends; 0 where there is none. */
static size_t control_end(struct body *b, const char *word, size_t *none)
{
	if (b->i < *none)
		return 0;
	if (b->semicolon <= b->i)
		b->semicolon = words_find(b->w, b->i, b->w->count, ";");
	const size_t at = words_find(b->w, b->i, b->semicolon, word);

	if (at < b->semicolon)
		return at + 1;
	*none = b->semicolon;
	return 0;
}

static size_t then_end(struct body *b)
{
	return b->tsql ? 0 : control_end(b, "THEN", &b->no_then);
}

static size_t loop_end(struct body *b)
{
	return b->tsql ? 0 : control_end(b, "LOOP", &b->no_loop);
}

/* IF and WHILE: steps behind the condition. */
static void condition(struct body *b, size_t then)
{
	if (then) {
		b->ifs += words_is(b->w, b->i, "IF");
		b->i = then;
	} else if (b->tsql) {
		b->i = tsql_end(b->w, b->i + 1);
		b->guard_next = true;
	} else {
		b->i++;
	}
}

/* FOR x IN query LOOP: the query may change rows. */
static void for_loop(struct body *b)
{
	const size_t loop = loop_end(b);
	const size_t in = words_find(b->w, b->i, loop ? loop : b->i, "IN");

	if (loop && in < loop) {
		sql_loop_variable(b->r, b->w, b->i + 1, in + 1, loop - 1);
		body_statement(b, in + 1, loop - 1);
	}
	b->i = loop ? loop : b->i + 1;
}

static void begin_word(struct body *b)
{
	if (words_in(b->w, b->i + 1, "|TRAN|TRANSACTION|")) {
		const size_t end = statement_end(b, b->i + 1);

		body_statement(b, b->i, end);
		b->guard_next = false;
		b->i = end;
		return;
	}
	if (b->guard_next && !b->in_guard) {
		b->in_guard = true;
		b->guarded_to = b->begins;
	}
	b->guard_next = false;
	b->begins++;
	b->i += words_in(b->w, b->i + 1, "|TRY|CATCH|ATOMIC|") ? 2 : 1;
}

static void end_word(struct body *b)
{
	const bool closes_if = words_is(b->w, b->i + 1, "IF");
	const bool closes_loop =
		words_in(b->w, b->i + 1, "|LOOP|CASE|WHILE|REPEAT|FOR|");

	if (closes_if)
		b->ifs -= b->ifs > 0;
	else if (!closes_loop)
		b->begins -= b->begins > 0;
	if (b->in_guard && b->begins <= b->guarded_to)
		b->in_guard = false;
	b->i += closes_if || closes_loop ||
				words_in(b->w, b->i + 1, "|TRY|CATCH|")
			? 2
			: 1;
}

static void declare_word(struct body *b)
{
	size_t begin = b->w->count;

	if (b->i >= b->no_begin) {
		begin = words_find(b->w, b->i, b->w->count, "BEGIN");
		if (begin == b->w->count)
			b->no_begin = begin;
	}
	/* PL/pgSQL: a section of declarations up to BEGIN */
	if (!b->tsql && b->r->dialect != DIALECT_MYSQL && !b->begins &&
	    begin < b->w->count) {
		sql_declare(b->r, b->w, b->i + 1, begin);
		b->i = begin;
	} else if (!b->tsql &&
		   words_in(b->w, b->i + 1, "|EXIT|CONTINUE|UNDO|")) {
		b->i = begin;
	} else {
		const size_t end = statement_end(b, b->i + 1);

		if (b->tsql)
			body_statement(b, b->i, end);
		else
			sql_declare(b->r, b->w, b->i + 1, end);
		b->i = end;
	}
}

/* Words that steer the body. False: a statement stands here. */
static bool control_word(struct body *b)
{
	const struct words *w = b->w;

	if (words_is(w, b->i, ";")) {
		b->i++;
	} else if (words_is(w, b->i, "IF")) {
		condition(b, then_end(b));
	} else if (words_in(w, b->i, "|ELSIF|ELSEIF|WHEN|")) {
		const size_t then = then_end(b);

		b->i = then ? then : b->i + 1;
	} else if (words_is(w, b->i, "ELSE")) {
		b->guard_next = b->tsql;
		b->i++;
	} else if (words_is(w, b->i, "WHILE")) {
		const size_t loop = loop_end(b);

		if (!b->tsql)
			b->i = loop ? loop : b->i + 1;
		else
			condition(b, 0);
	} else if (words_in(w, b->i, "|FOR|FOREACH|")) {
		for_loop(b);
	} else if (words_is(w, b->i, "BEGIN")) {
		begin_word(b);
	} else if (words_is(w, b->i, "END")) {
		end_word(b);
	} else if (words_is(w, b->i, "DECLARE")) {
		declare_word(b);
	} else if (words_in(w, b->i, "|LOOP|REPEAT|EXCEPTION|CASE|GO|")) {
		b->i++;
	} else if (words_match(w, b->i, "RETURN QUERY")) {
		b->i += 2;
	} else if (words_match(w, b->i, "< <")) {
		b->i += 5;
	} else if (words_is(w, b->i + 1, ":") &&
		   words_in(w, b->i + 2, "|BEGIN|LOOP|WHILE|REPEAT|")) {
		b->i += 2;
	} else {
		return false;
	}
	return true;
}

void sql_body(struct sql_reader *r, const struct words *w, unsigned flags)
{
	struct body b = {
		.r = r,
		.w = w,
		.flags = flags,
		.tsql = r->dialect == DIALECT_SQLSERVER,
	};

	while (b.i < w->count) {
		if (control_word(&b))
			continue;
		size_t end = statement_end(&b, b.i);

		if (end <= b.i)
			end = b.i + 1;
		body_statement(&b, b.i, end);
		b.guard_next = false;
		b.i = end;
	}
}
