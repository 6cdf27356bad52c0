/*
 * The SQL reader. It cuts a text into statements and hands each on. A
 * statement ends at ";", at the delimiter that DELIMITER set, at a drizzle
 * breakpoint, at GO (T-SQL), or at the end of the text. Inside CREATE
 * FUNCTION … BEGIN … END a ";" does not end it.
 */
#include <stdlib.h>

#include "sql_reader.h"

enum {
	/* A statement of more words than this is not read: 16 bytes each. */
	WORDS_MAX = 400 * 1000
};

static const char too_long[] = "a statement has more than 400000 words";

struct tokens VEC(struct sql_token);

/* A walk over the whole text, one statement after the other. */
struct splitter {
	struct sql_reader *r;
	const struct read_options *opt;
	uint32_t at;
	uint32_t end;
	struct tokens tokens;
	struct words words;   /* of the statement in work: those tokens */
	struct str delimiter; /* "" until DELIMITER sets one */
	unsigned flags;
	unsigned depth; /* BEGIN … END of a routine */
	unsigned parens;
	bool defines; /* CREATE or ALTER something, maybe a routine */
	bool routine; /* … and that is a FUNCTION, a TRIGGER */
	bool rows;    /* behind INSERT … VALUES: rows are not kept */
	bool too_long;
	bool saw_up;
	bool headed;   /* a heading said that it goes forward */
	bool executes; /* \gexec: what the query returns is run */
};

static void push_token(struct splitter *s, struct sql_token t)
{
	vec_push(&s->tokens, s->r->out->arena, t);
	s->words.token = s->tokens.item;
	s->words.count = s->tokens.count;
}

static void add_gap(struct splitter *s, struct span span, const char *reason)
{
	vec_push(&s->r->out->gaps, s->r->out->arena,
		 (struct gap){ span, reason });
}

/* COPY … FROM STDIN: the lines up to "\." are data. */
static void skip_copy_data(struct splitter *s)
{
	struct str rest = str_slice(s->r->text, s->at, s->end);
	const struct str whole = rest;
	struct str line;

	while (str_next_line(&rest, &line))
		if (str_eq(line, STR("\\."))) {
			s->at += (uint32_t)(whole.len - rest.len);
			return;
		}
	s->at = s->end;
}

static bool is_copy_from_stdin(const struct words *w)
{
	return words_is(w, 0, "COPY") &&
	       words_is(w, words_find(w, 1, w->count, "FROM") + 1, "STDIN");
}

static void finish(struct splitter *s)
{
	struct words w = s->words;

	if (s->too_long)
		add_gap(s, words_span(&w, 0, 1), too_long);
	if (w.count) {
		s->r->whole = words_span(&w, 0, w.count);
		/* a batch, or what DELIMITER holds together, is more than
		 * one statement */
		if (!s->routine &&
		    (s->delimiter.len || s->r->dialect == DIALECT_SQLSERVER))
			sql_body(s->r, &w, s->flags);
		else
			sql_statement(s->r, &w, s->flags);
		if (s->executes &&
		    !sql_run_texts(s->r, &w, 0, w.count, s->flags))
			sql_dynamic(s->r, s->r->whole, s->flags);
		if (is_copy_from_stdin(&w))
			skip_copy_data(s);
	}
	s->tokens.count = 0;
	s->words.count = 0;
	s->depth = 0;
	s->parens = 0;
	s->routine = false;
	s->rows = false;
	s->too_long = false;
	s->executes = false;
}

/* A comment line that says which way the rest of the file goes. */
static bool is_mark(struct str comment, const char *mark)
{
	struct str s = str_trim(comment), m = str_of(mark);

	if (!m.len)
		return false;
	while (s.len && m.len) {
		const bool gap = is_blank(s.ptr[0]);

		if (gap != is_blank(m.ptr[0]) ||
		    (!gap && lower(s.ptr[0]) != lower(m.ptr[0])))
			return false;
		s = gap ? str_trim(s) : str_slice(s, 1, s.len);
		m = gap ? str_trim(m) : str_slice(m, 1, m.len);
	}
	return !m.len && (!s.len || !(is_alpha(s.ptr[0]) || s.ptr[0] == '_'));
}

/* The comment's own text: "--", "#", the block marks and stars removed. */
static struct str comment_text(struct str c)
{
	if (str_starts(c, STR("/*"))) {
		c = str_slice(c, 2, c.len);
		if (str_ends(c, STR("*/")))
			c.len -= 2;
		return str_trim(c);
	}
	return str_trim(str_slice(c, *c.ptr == '#' ? 1 : 2, c.len));
}

/* What runners are told in comments: no transaction around this file. */
static bool asks_no_transaction(struct str text)
{
	return str_istarts(text, STR("no-transaction")) ||
	       str_istarts(text, STR("+goose NO TRANSACTION")) ||
	       str_istarts(text, STR("+migrate notransaction")) ||
	       str_istarts(text, STR("disable-transaction")) ||
	       (str_istarts(text, STR("migrate:")) &&
		str_ifind(text, STR("transaction:false")) != SIZE_MAX);
}

/* Where it ends depends on the database: some nest comments. */
static bool is_ambiguous(const struct splitter *s, struct str comment)
{
	return s->r->dialect == DIALECT_UNKNOWN && comment.len > 2 &&
	       str_starts(comment, STR("/*")) &&
	       str_find(str_slice(comment, 2, comment.len), STR("/*")) !=
		       SIZE_MAX;
}

/* "-- UP", "-- DOWN": what runners written by hand divide a file at. Without
 * the first, all of the file may be run: then the second divides nothing. */
static void take_heading(struct splitter *s, struct str text)
{
	const enum heading h = heading_of(text);

	if (h == HEADING_UP) {
		finish(s);
		s->r->direction = s->opt->direction;
		s->headed = true;
	} else if (h == HEADING_DOWN && s->headed) {
		finish(s);
		s->r->direction = DIRECTION_BACKWARD;
	}
}

static void take_comment(struct splitter *s, struct sql_token t)
{
	const struct str raw =
		str_slice(s->r->text, t.span.off, span_end(t.span));
	const struct str text = comment_text(raw);
	struct reading *out = s->r->out;

	if (t.open)
		add_gap(s, t.span, "a comment is never closed");
	else if (is_ambiguous(s, raw))
		add_gap(s, t.span,
			"a comment within a comment ends elsewhere in each "
			"dialect, and the dialect is not known");
	if (str_starts(text, STR("> statement-breakpoint"))) {
		finish(s);
		return;
	}
	if (is_mark(text, s->opt->mark_up)) {
		finish(s);
		s->r->direction = DIRECTION_FORWARD;
		s->saw_up = true;
	} else if (s->saw_up && is_mark(text, s->opt->mark_down)) {
		finish(s);
		s->r->direction = DIRECTION_BACKWARD;
	}
	if (s->opt->headings && !s->depth)
		take_heading(s, text);
	out->no_transaction |= asks_no_transaction(text);
	if (!s->r->at)
		vec_push(&out->comments, out->arena,
			 (struct comment){ t.span, text });
}

/* DELIMITER $$: the rest of the line is what ends statements from here on. */
static bool take_delimiter(struct splitter *s, struct sql_token t)
{
	const struct str text = s->r->text;
	struct str rest, line;

	if (s->words.count ||
	    !str_ieq(str_slice(text, t.span.off, span_end(t.span)),
		     STR("DELIMITER")))
		return false;
	rest = str_slice(text, span_end(t.span), s->end);
	if (!str_next_line(&rest, &line))
		return false;
	s->delimiter = str_trim(line);
	if (str_eq(s->delimiter, STR(";")))
		s->delimiter = (struct str){ "", 0 };
	s->at = (uint32_t)(line.ptr - text.ptr) + (uint32_t)line.len;
	return true;
}

static size_t line_begin(struct str text, size_t at)
{
	while (at && text.ptr[at - 1] != '\n' && is_blank(text.ptr[at - 1]))
		at--;
	return at;
}

/* Nothing else stands on the line but a count, a comment or a ";". */
static bool is_alone_on_line(const struct splitter *s, struct sql_token t)
{
	const struct str text = s->r->text;
	const size_t from = line_begin(text, t.span.off);
	size_t to = span_end(t.span);

	while (to < s->end && text.ptr[to] != '\n' &&
	       (is_blank(text.ptr[to]) || is_digit(text.ptr[to])))
		to++;
	return (!from || text.ptr[from - 1] == '\n') &&
	       (to >= s->end || strchr("\n-/;", text.ptr[to]));
}

static bool is_go(const struct splitter *s, struct sql_token t)
{
	return s->r->dialect == DIALECT_SQLSERVER && t.span.len == 2 &&
	       str_ieq(str_slice(s->r->text, t.span.off, t.span.off + 2),
		       STR("GO")) &&
	       is_alone_on_line(s, t);
}

/* GO 5: the number is not the beginning of the next statement. */
static void skip_count(struct splitter *s)
{
	const struct str text = s->r->text;

	while (s->at < s->end && text.ptr[s->at] != '\n' &&
	       (is_blank(text.ptr[s->at]) || is_digit(text.ptr[s->at])))
		s->at++;
}

/* Is the VALUES at the end of `w` followed by rows? In an expression it is a
 * function: ON DUPLICATE KEY UPDATE a = VALUES(a). */
static bool begins_rows(const struct words *w)
{
	const size_t i = w->count - 1;

	if (!i ||
	    (w->token[i - 1].kind == SQL_SYMBOL && !words_is(w, i - 1, ")")))
		return false;
	return words_in(w, 0, "|INSERT|REPLACE|") ||
	       w->dialect == DIALECT_SQLSERVER;
}

/* Keeps count of what makes ";" no end: BEGIN … END in a routine. */
static void track_word(struct splitter *s)
{
	const struct words *w = &s->words;
	const size_t i = w->count - 1;

	if (!i)
		s->defines = words_in(w, 0, "|CREATE|ALTER|");
	else if (i == 1 && words_in(w, 1, "|TABLE|INDEX|VIEW|"))
		s->defines = false;
	else if (s->defines && i < 8 &&
		 words_in(w, i,
			  "|FUNCTION|PROCEDURE|PROC|TRIGGER|EVENT|"
			  "PACKAGE|"))
		s->routine = true;
	if (words_is(w, i, "VALUES"))
		s->rows = !s->parens && begins_rows(w);
	else if (!words_is(w, i, "ROW")) /* VALUES ROW(1), ROW(2) */
		s->rows = false;
	if (!s->routine)
		return;
	if (words_is(w, i, "BEGIN") ||
	    (words_is(w, i, "CASE") && !words_is(w, i - 1, "END")))
		s->depth++;
	else if (words_is(w, i, "END"))
		s->depth -= s->depth > 0;
	/* END IF, END LOOP close what was not counted */
	else if (i && words_is(w, i - 1, "END") &&
		 words_in(w, i, "|IF|LOOP|WHILE|REPEAT|FOR|"))
		s->depth++;
}

/* Of rows only the first "(" and the last ")" stay. */
static bool is_dropped(const struct splitter *s, struct sql_token t)
{
	const struct words *w = &s->words;

	if (!s->rows || t.kind == SQL_WORD)
		return s->rows && s->parens;
	if (s->parens || !words_is(w, w->count - 1, ")"))
		return s->parens;
	if (s->r->text.ptr[t.span.off] == ')')
		*vec_last(&s->tokens) = t;
	return true;
}

static void keep(struct splitter *s, struct sql_token t)
{
	const char c = s->r->text.ptr[t.span.off];

	if (t.kind == SQL_SYMBOL && c == ')' && s->parens)
		s->parens--;
	if (!is_dropped(s, t)) {
		if (s->tokens.count < WORDS_MAX)
			push_token(s, t);
		else
			s->too_long = true;
		if (t.kind == SQL_WORD)
			track_word(s);
	}
	if (t.kind == SQL_SYMBOL && c == '(')
		s->parens++;
	if (t.open && t.kind != SQL_WORD)
		add_gap(s, (struct span){ t.span.off, 1 },
			"a quote is never closed");
}

static bool ends_at_semicolon(const struct splitter *s)
{
	if (s->delimiter.len)
		return false;
	if (s->r->dialect == DIALECT_SQLSERVER)
		return false;
	return !s->routine || !s->depth;
}

/* \gexec runs every value of the query's result. */
static bool runs_result(const struct splitter *s, struct sql_token t)
{
	return str_starts(str_slice(s->r->text, t.span.off, span_end(t.span)),
			  STR("\\gexec"));
}

/* Does a psql line end the statement before it? \g and its kin do, and so
 * does whatever stands behind it on its line. */
static bool runs_query(const struct splitter *s, struct sql_token t)
{
	const struct str text = s->r->text;
	const struct str line = str_slice(text, t.span.off, span_end(t.span));
	const size_t from = line_begin(text, t.span.off);

	return str_istarts(line, STR("\\g")) ||
	       str_starts(line, STR("\\crosstabview")) ||
	       str_starts(line, STR("\\watch")) ||
	       (from && text.ptr[from - 1] != '\n');
}

static void take(struct splitter *s, struct sql_token t)
{
	switch (t.kind) {
	case SQL_END:
	case SQL_SPACE:
	case SQL_HINT:
	case SQL_CONTROL: return;
	case SQL_META:
		s->executes = runs_result(s, t);
		if (runs_query(s, t))
			finish(s);
		s->executes = false;
		return;
	case SQL_COMMENT: take_comment(s, t); return;
	case SQL_SEMICOLON:
		if (ends_at_semicolon(s)) {
			finish(s);
			return;
		}
		break;
	case SQL_WORD:
		if (is_go(s, t)) {
			finish(s);
			skip_count(s);
			return;
		}
		if (take_delimiter(s, t))
			return;
		break;
	case SQL_QUOTED:
	case SQL_STRING:
	case SQL_DOLLAR:
	case SQL_NUMBER:
	case SQL_SYMBOL: break;
	}
	keep(s, t);
}

static int comment_cmp(const void *a, const void *b)
{
	const struct comment *x = a, *y = b;

	return (x->span.off > y->span.off) - (x->span.off < y->span.off);
}

/* Comments inside bodies are found after those behind the body, and once
 * more with each call of a routine. */
static void sort_comments(struct comments *c)
{
	size_t kept = 0;

	if (c->count)
		qsort(c->item, c->count, sizeof(*c->item), comment_cmp);
	for (size_t i = 0; i < c->count; i++)
		if (!kept || c->item[kept - 1].span.off != c->item[i].span.off)
			c->item[kept++] = c->item[i];
	c->count = kept;
}

struct words sql_lex(struct sql_reader *r, size_t from, size_t to)
{
	const struct str text = str_slice(r->text, 0, to);
	struct tokens tokens = { 0 };
	struct sql_token t;

	for (size_t at = from; at < to; at = span_end(t.span)) {
		t = sql_token_at(text, (uint32_t)at, r->dialect);
		if (t.kind == SQL_COMMENT && !r->at) {
			const struct str raw =
				str_slice(text, t.span.off, span_end(t.span));

			vec_push(&r->out->comments, r->out->arena,
				 (struct comment){ t.span, comment_text(raw) });
		} else if (t.kind > SQL_CONTROL && tokens.count < WORDS_MAX) {
			vec_push(&tokens, r->out->arena, t);
		}
	}
	if (tokens.count == WORDS_MAX)
		vec_push(&r->out->gaps, r->out->arena,
			 (struct gap){ r->whole, too_long });
	return (struct words){
		.text = text,
		.token = tokens.item,
		.count = tokens.count,
		.dialect = r->dialect,
	};
}

/* In "END$$" the word ends where the delimiter begins. */
static void cut_at_delimiter(const struct splitter *s, struct sql_token *t)
{
	if (!s->delimiter.len || t->kind == SQL_STRING ||
	    t->kind == SQL_QUOTED || t->kind == SQL_COMMENT)
		return;
	const size_t at =
		str_find(str_slice(s->r->text, t->span.off, span_end(t->span)),
			 s->delimiter);

	if (at && at != SIZE_MAX)
		t->span.len = (uint32_t)at;
}

static uint32_t skip_blanks(struct str text, uint32_t at)
{
	while (at < text.len && is_blank(text.ptr[at]))
		at++;
	return at;
}

static void split(struct sql_reader *r, struct span where,
		  const struct read_options *opt, unsigned flags)
{
	struct splitter s = {
		.r = r,
		.opt = opt,
		.at = where.off,
		.end = span_end(where),
		.flags = flags,
		.saw_up = !opt->mark_up, /* it goes forward from its start */
	};
	const struct str text = str_slice(r->text, 0, s.end);

	r->text = text;
	s.words = (struct words){ .text = text, .dialect = r->dialect };
	while (s.at < s.end) {
		s.at = skip_blanks(text, s.at);
		if (s.at == s.end)
			break;
		if (s.delimiter.len &&
		    str_starts(str_slice(text, s.at, s.end), s.delimiter)) {
			finish(&s);
			s.at += (uint32_t)s.delimiter.len;
			continue;
		}
		struct sql_token t = sql_token_at(text, s.at, r->dialect);

		cut_at_delimiter(&s, &t);
		s.at = span_end(t.span);
		take(&s, t);
	}
	if (s.tokens.count && !ends_at_semicolon(&s) && !s.delimiter.len &&
	    r->dialect != DIALECT_SQLSERVER)
		add_gap(&s, words_span(&s.words, 0, 1), "a BEGIN has no END");
	finish(&s);
}

void read_sql(struct reading *out, const struct source *src, struct span where,
	      const struct read_options *opt, unsigned flags)
{
	struct sql_reader r = {
		.out = out,
		.text = src->text,
		.dialect = opt->dialect,
		.direction = opt->direction,
	};
	const struct span whole = { 0, (uint32_t)src->text.len };

	split(&r, span_holds(whole, where) ? where : whole, opt, flags);
	sort_comments(&out->comments);
}

void read_sql_text(struct reading *out, struct str text, struct span at,
		   const struct read_options *opt, unsigned flags)
{
	struct sql_reader r = {
		.out = out,
		.text = text,
		.dialect = opt->dialect,
		.direction = opt->direction,
		.at = &at,
	};

	split(&r, (struct span){ 0, (uint32_t)text.len }, opt, flags);
}
