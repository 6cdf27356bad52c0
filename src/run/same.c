#include "same.h"

#include "read.h"
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

/* A comment of one line that is the mark, whatever stands behind it. */
static bool is_mark(struct str comment, const char *mark)
{
	while (comment.len &&
	       (comment.ptr[0] == '-' || is_blank(comment.ptr[0])))
		comment = str_slice(comment, 1, comment.len);
	return mark && str_istarts(comment, str_of(mark));
}

static void add_token(struct strbuf *b, struct str text, enum sql_kind kind)
{
	strbuf_byte(b, '\n');
	for (size_t i = 0; i < text.len; i++)
		strbuf_byte(b, kind == SQL_WORD ? upper(text.ptr[i])
						: text.ptr[i]);
}

/* Which way the statements below a comment go. */
static enum direction below(struct str comment, const struct framework *f,
			    enum direction now)
{
	const enum heading h = f->headings ? heading_of(comment) : HEADING_NONE;

	if (h == HEADING_UP || is_mark(comment, f->mark_up))
		return DIRECTION_FORWARD;
	if (h == HEADING_DOWN || is_mark(comment, f->mark_down))
		return DIRECTION_BACKWARD;
	return now;
}

/* The tokens that mean something, one to a line. A semicolon counts where
 * something follows. */
static void add_tokens(struct strbuf *b, struct str s, const struct kind *kind,
		       enum direction way)
{
	enum direction now =
		kind->backward ? DIRECTION_BACKWARD : DIRECTION_FORWARD;
	struct sql_token t = sql_token_at(s, 0, kind->dialect);
	bool ended = false;

	for (; t.kind != SQL_END;
	     t = sql_token_at(s, span_end(t.span), kind->dialect)) {
		const struct str text =
			str_slice(s, t.span.off, span_end(t.span));

		if (t.kind == SQL_COMMENT)
			now = below(text, kind->framework, now);
		if (now != way || t.kind == SQL_SPACE || t.kind == SQL_COMMENT)
			continue;
		if (t.kind == SQL_SEMICOLON) {
			ended = b->len > 0;
			continue;
		}
		if (ended)
			strbuf_puts(b, "\n;");
		ended = false;
		add_token(b, text, t.kind);
	}
}

struct str essence_of(const struct source *src, const struct reading *r,
		      const struct kind *kind, enum direction way,
		      struct arena *a)
{
	struct strbuf b = STRBUF(a);

	strbuf_reserve(&b, src->text.len + 1);
	if (!kind->framework->code ||
	    str_iends(str_of(src->path), STR(".sql"))) {
		add_tokens(&b, src->text, kind, way);
		return strbuf_str(&b);
	}
	vec_each(const struct form, f, &r->forms) {
		if (f->direction != way)
			continue;
		strbuf_byte(&b, '\n');
		strbuf_add(&b, f->text);
	}
	return strbuf_str(&b);
}
