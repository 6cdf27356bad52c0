#include "same.h"

#include "sql_token.h"
#include "strbuf.h"

bool same_lines(const struct source *a, const struct source *b)
{
	struct str x = a->text, y = b->text, m, n;

	for (;;) {
		const bool more = str_next_line(&x, &m);

		if (more != str_next_line(&y, &n))
			return false;
		if (!more)
			return true;
		if (!str_eq(m, n))
			return false;
	}
}

/* The tokens of a range that mean something, one to a line. A semicolon counts
 * where something follows. */
static void add_tokens(struct strbuf *b, struct str s, enum dialect d)
{
	struct sql_token t = sql_token_at(s, 0, d);
	bool ended = b->len > 0;

	for (; t.kind != SQL_END; t = sql_token_at(s, span_end(t.span), d)) {
		const struct str text =
			str_slice(s, t.span.off, span_end(t.span));

		if (t.kind == SQL_SPACE || t.kind == SQL_COMMENT)
			continue;
		if (t.kind == SQL_SEMICOLON) {
			ended = b->len > 0;
			continue;
		}
		strbuf_puts(b, ended ? "\n;\n" : "\n");
		ended = false;
		for (size_t i = 0; i < text.len; i++)
			strbuf_byte(b, t.kind == SQL_WORD ? upper(text.ptr[i])
							  : text.ptr[i]);
	}
}

/* Of a file that is divided by marks, only what goes forward. */
static struct str in_short(const struct source *src, const struct reading *r,
			   const struct kind *kind, struct arena *a)
{
	const bool sql = !strcmp(kind->framework->reader, "sql");
	struct strbuf b = STRBUF(a);
	struct span last = { 0, 0 };

	strbuf_reserve(&b, src->text.len);
	if (sql && !kind->framework->mark_down) {
		add_tokens(&b, src->text, kind->dialect);
		return strbuf_str(&b);
	}
	for (size_t i = 0; i < r->forms.count; i++) {
		const struct form *f = &r->forms.item[i];
		const bool first = !last.len || f->whole.off != last.off;

		if (f->direction == DIRECTION_BACKWARD)
			continue;
		if (!sql || !f->whole.len) {
			strbuf_add(&b, f->text);
			strbuf_byte(&b, '\n');
		} else if (first) {
			add_tokens(&b, source_slice(src, f->whole),
				   kind->dialect);
		}
		last = f->whole;
	}
	return strbuf_str(&b);
}

bool same_statements(const struct source *a, const struct reading *ra,
		     const struct source *b, const struct reading *rb,
		     const struct kind *kind, struct arena *scratch)
{
	return str_eq(in_short(a, ra, kind, scratch),
		      in_short(b, rb, kind, scratch));
}
