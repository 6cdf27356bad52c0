/* SQL inside SQL: literals that are executed, routines that are called. */
#include "sql_reader.h"

void sql_dynamic(struct sql_reader *r, struct span span, unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);

	strbuf_puts(&b, "EXECUTE DYNAMIC");
	sql_emit(r, &b, span, flags | FORM_DYNAMIC);
}

void sql_read_text(struct sql_reader *r, struct str text, struct span span,
		   unsigned flags)
{
	const struct str outer = r->text;
	const struct span *at = r->at;
	const struct span here = at ? *at : span;

	r->text = text;
	r->at = &here;
	struct words w = sql_lex(r, 0, text.len);

	sql_body(r, &w, flags);
	r->text = outer;
	r->at = at;
}

void sql_inner(struct sql_reader *r, const struct words *w, size_t i,
	       unsigned flags)
{
	bool plain;
	const struct sql_token token = w->token[i];
	const struct span body = sql_string_body(r->text, token, &plain);

	if (r->depth >= SQL_DEPTH_MAX) {
		sql_dynamic(r, token.span, flags);
		return;
	}
	r->depth++;
	if (plain) {
		struct words inner = sql_lex(r, body.off, span_end(body));

		sql_body(r, &inner, flags);
	} else {
		sql_read_text(r,
			      sql_string_value(r->text, token, r->out->arena),
			      token.span, flags);
	}
	r->depth--;
}

/* "{name}" of a computed name, or more of one: a.b is "{a.b}". */
static void put_computed(const struct words *w, size_t i, struct strbuf *text)
{
	const struct str name = words_raw(w, i);
	const bool more = words_is(w, i - 1, ".") && text->len &&
			  text->ptr[text->len - 1] == '}';

	if (more)
		text->ptr[text->len - 1] = '.';
	else if (text->len && text->ptr[text->len - 1] == '[')
		text->ptr[text->len - 1] = '{'; /* '[' + name + ']' */
	else
		strbuf_byte(text, '{');
	strbuf_add(text, str_slice(name, name.ptr[0] == '@', name.len));
	strbuf_byte(text, '}');
}

struct str sql_joined_text(const struct words *w, size_t from, size_t to,
			   struct arena *a)
{
	struct strbuf text = STRBUF(a);

	if (words_is(w, from, "FORMAT") && words_is(w, from + 1, "("))
		return sql_format_text(w, from + 1, to, a);
	for (size_t i = from; i < to; i++) {
		const struct sql_token *t = &w->token[i];

		if (t->kind == SQL_STRING || t->kind == SQL_DOLLAR) {
			struct str s = sql_string_value(w->text, *t, a);

			if (s.len && s.ptr[0] == ']' && text.len &&
			    text.ptr[text.len - 1] == '}')
				s = str_slice(s, 1, s.len);
			strbuf_add(&text, s);
		} else if (t->kind == SQL_WORD && !words_is(w, i + 1, "(")) {
			put_computed(w, i, &text);
		}
	}
	return strbuf_str(&text);
}

/* The expression in tokens `from` to `to` is run as SQL. */
static void run_expression(struct sql_reader *r, const struct words *w,
			   size_t from, size_t to, unsigned flags)
{
	const struct span span = words_span(w, 0, w->count);

	if (to == from + 1 && (w->token[from].kind == SQL_STRING ||
			       w->token[from].kind == SQL_DOLLAR)) {
		sql_inner(r, w, from, flags);
		return;
	}
	if ((to == from + 1 || words_is(w, from + 1, ".")) &&
	    sql_run_variable(r, words_raw(w, from), flags))
		return;
	const struct str text =
		str_trim(sql_joined_text(w, from, to, r->out->arena));

	if (r->depth >= SQL_DEPTH_MAX || !text.len || text.ptr[0] == '{') {
		if (!sql_run_texts(r, w, from, to, flags))
			sql_dynamic(r, span, flags);
		return;
	}
	r->depth++;
	sql_read_text(r, text, span, flags | FORM_DYNAMIC);
	r->depth--;
}

/* The literal's value. */
static struct str literal(const struct words *w, size_t i, struct arena *a)
{
	if (i >= w->count || w->token[i].kind != SQL_STRING)
		return (struct str){ "", 0 };
	return sql_string_value(w->text, w->token[i], a);
}

/* One part of the name in a literal, to the dot: "a" of 'a.b' or '[a].b'. */
static struct str name_part(struct str s, size_t *at)
{
	const char open = *at < s.len ? s.ptr[*at] : '\0';
	const char close = open == '[' ? ']' : open == '"' ? '"' : '.';
	size_t from = *at + (close != '.'), to = from;

	while (to < s.len && s.ptr[to] != close)
		to++;
	*at = to + (close != '.') + 1;
	return str_slice(s, from, to);
}

static bool is_bare(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!is_alpha(name.ptr[i]) && !is_digit(name.ptr[i]) &&
		    name.ptr[i] != '_' && (unsigned char)name.ptr[i] < 0x80)
			return false;
	return name.len && !sql_is_keyword(name);
}

void sql_put_name(struct strbuf *b, struct str name)
{
	const bool bare = is_bare(name);

	if (!bare)
		strbuf_byte(b, '"');
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '"')
			strbuf_byte(b, '"');
		strbuf_byte(b, is_blank(name.ptr[i]) ? ' ' : name.ptr[i]);
	}
	if (!bare)
		strbuf_byte(b, '"');
}

/* 'dbo.t.c' as the plain forms of "dbo.t" and "c". */
static void put_literal_name(struct str s, struct strbuf *owner,
			     struct strbuf *last)
{
	size_t at = 0;

	last->len = 0;
	while (at < s.len) {
		const struct str part = name_part(s, &at);

		if (last->len) {
			if (owner->len)
				strbuf_byte(owner, '.');
			strbuf_add(owner, strbuf_str(last));
		}
		last->len = 0;
		sql_put_name(last, part);
	}
}

/* The next string token from `i`; `count` if there is none. */
static size_t next_string(const struct words *w, size_t i)
{
	while (i < w->count && w->token[i].kind != SQL_STRING)
		i++;
	return i;
}

/* sp_rename 'table.column', 'new', 'COLUMN' (T-SQL). */
static void sp_rename(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct arena *a = r->out->arena;
	const size_t old = next_string(w, w->at);
	const size_t new = next_string(w, old + 1);
	const struct str from = literal(w, old, a), to = literal(w, new, a);
	const struct str what = literal(w, next_string(w, new + 1), a);
	struct strbuf b = STRBUF(a), owner = STRBUF(a), name = STRBUF(a);

	if (!from.len || !to.len) {
		sql_dynamic(r, words_span(w, 0, w->count), flags);
		return;
	}
	put_literal_name(from, &owner, &name);
	if (str_ieq(what, STR("INDEX"))) {
		strbuf_puts(&b, "ALTER INDEX ");
		strbuf_add(&b, strbuf_str(&name));
		strbuf_puts(&b, " RENAME TO ");
	} else if (str_ieq(what, STR("COLUMN")) && owner.len) {
		strbuf_puts(&b, "ALTER TABLE ");
		strbuf_add(&b, strbuf_str(&owner));
		strbuf_puts(&b, " RENAME COLUMN ");
		strbuf_add(&b, strbuf_str(&name));
		strbuf_puts(&b, " TO ");
	} else {
		strbuf_puts(&b, "ALTER TABLE ");
		strbuf_add(&b, strbuf_str(&owner));
		strbuf_puts(&b, owner.len ? "." : "");
		strbuf_add(&b, strbuf_str(&name));
		strbuf_puts(&b, " RENAME TO ");
	}
	/* the new name is one name: dots and brackets are part of it */
	sql_put_name(&b, to);
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
}

/* Where the expression of EXECUTE ends: INTO and USING are not part of it. */
static size_t expression_end(const struct words *w, size_t from)
{
	const size_t into = words_find(w, from, w->count, "INTO");

	return words_find(w, from, into, "USING") < into
		       ? words_find(w, from, into, "USING")
		       : into;
}

/* The last part of the name at `i`, and how many tokens the name takes. */
static struct str last_part(const struct words *w, size_t i)
{
	const size_t n = words_name_len(w, i);
	struct str raw = words_raw(w, i + (n ? n - 1 : 0));

	if (raw.len >= 2 &&
	    (raw.ptr[0] == '"' || raw.ptr[0] == '`' || raw.ptr[0] == '['))
		raw = str_slice(raw, 1, raw.len - 1);
	return raw;
}

/* EXEC dbo.p 1, 2: CALL dbo.p. */
static void emit_procedure(struct sql_reader *r, const struct words *w,
			   unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);
	const size_t n = words_name_len(w, w->at);

	if (!n)
		return;
	strbuf_puts(&b, "CALL ");
	words_put(w, w->at, w->at + n, &b);
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
}

void sql_execute(struct sql_reader *r, struct words *w, unsigned flags)
{
	if (words_is(w, 0, "PREPARE")) {
		const size_t from = words_find(w, 1, w->count, "FROM");

		if (from < w->count) {
			run_expression(r, w, from + 1, w->count, flags);
			sql_prepared(r, words_raw(w, 1));
		}
		return;
	}
	words_accept(w, "IMMEDIATE");
	if (words_is(w, w->at, "(")) {
		const size_t close = words_close(w, w->at);

		run_expression(r, w, w->at + 1, close, flags);
		return;
	}
	const struct str name = last_part(w, w->at);

	if (str_ieq(name, STR("sp_rename"))) {
		sp_rename(r, w, flags);
	} else if (str_ieq(name, STR("sp_executesql")) ||
		   str_ieq(name, STR("sp_MSforeachtable"))) {
		size_t from = w->at + words_name_len(w, w->at);
		const size_t to = words_find(w, from, w->count, ",");

		while (words_is(w, from + 1, "=")) /* @stmt = N'…' */
			from += 2;
		run_expression(r, w, from, to, flags);
	} else if (r->dialect == DIALECT_SQLSERVER) {
		emit_procedure(r, w, flags);
		sql_call(r, w, w->at, flags);
	} else if (sql_is_prepared(r, words_raw(w, w->at)) ||
		   (w->at < w->count && w->token[w->at].kind == SQL_WORD &&
		    r->depth < 2)) {
		/* a prepared statement; outside a body there is no variable */
		sql_call(r, w, w->at, flags);
	} else {
		run_expression(r, w, w->at, expression_end(w, w->at), flags);
	}
}

/* CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t …: it runs by itself
 * from here on. */
static void event_body(struct sql_reader *r, const struct words *w, size_t from,
		       unsigned flags)
{
	const size_t begin = words_find(w, from, w->count, "DO") + 1;
	struct words body = *w;

	if (begin >= w->count)
		return;
	body.token += begin;
	body.count -= begin;
	body.at = 0;
	sql_body(r, &body, flags | FORM_ROUTINE);
}

/* From the kind of routine: its name, and the body that a call would run. */
void sql_routine(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);
	const bool callable = !words_in(w, w->at, "|TRIGGER|EVENT|AGGREGATE|");
	size_t i = w->at + 1;

	if (words_match(w, i, "IF NOT EXISTS"))
		i += 3;
	const struct str name = last_part(w, i);
	size_t head = i + words_name_len(w, i);

	if (words_is(w, head, "("))
		head = words_close(w, head) + 1;
	if (!callable) {
		const size_t on = words_find(w, head, w->count, "ON");

		head = on < w->count ? on + 1 + words_name_len(w, on + 1)
				     : head;
	}
	words_put(w, 0, head, &b);
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
	if (words_is(w, w->at, "EVENT"))
		event_body(r, w, head, flags);
	size_t body = head;

	while (body < w->count && w->token[body].kind != SQL_DOLLAR &&
	       !words_is(w, body, "BEGIN") &&
	       !(words_is(w, body, "AS") && r->dialect == DIALECT_SQLSERVER) &&
	       !(w->token[body].kind == SQL_STRING &&
		 words_is(w, body - 1, "AS")))
		body++;
	if (!callable || body >= w->count)
		return;
	struct routine one = { .name = name };
	bool plain = true;

	if (words_is(w, body, "BEGIN") || words_is(w, body, "AS"))
		one.body =
			words_span(w, body + words_is(w, body, "AS"), w->count);
	else
		one.body = sql_string_body(r->text, w->token[body], &plain);
	if (plain && !r->at)
		vec_push(&r->routines, r->out->arena, one);
}

void sql_call(struct sql_reader *r, const struct words *w, size_t name,
	      unsigned flags)
{
	const struct str wanted = last_part(w, name);

	if (r->at || r->depth >= SQL_DEPTH_MAX || r->calls == SQL_CALLS_MAX)
		return;
	for (size_t i = r->routines.count; i-- > 0;) {
		const struct routine one = r->routines.item[i];

		if (!str_ieq(one.name, wanted))
			continue;
		if (one.running)
			return;
		r->depth++;
		r->calls++;
		r->routines.item[i].running = true;
		struct words body =
			sql_lex(r, one.body.off, span_end(one.body));

		sql_body(r, &body, flags | FORM_ROUTINE);
		r->routines.item[i].running = false;
		r->depth--;
		return;
	}
}
