#include "excerpt.h"

#include "secret.h"
#include "shown.h"
#include "utf8.h"

enum {
	LINES_MAX = 6,	  /* of a long statement */
	UNWRAPPED = 200,  /* columns where the page has no width */
	NARROWEST = 24,	  /* columns that any page has */
	TAB = 4,	  /* columns */
	CONTEXT = 12,	  /* columns kept before the place in a cut line */
	REACH = 1024,	  /* bytes laid out before and behind the place */
	LOOK_BACK = 8192, /* bytes before those in which a secret may begin */
};

#define CUT "..."

/* One thing on the screen and the bytes it stands for: a character, a tab, a
 * control character as "\x1b", a whole secret. In a line that is shown as it
 * is and as a whole, all that is marked or all that is not. */
struct cell {
	struct span from;
	struct str text;
	size_t width;
};

struct cells VEC(struct cell);

/* The part of a source that is shown, and how far it was searched. */
struct quote {
	const struct page *page;
	const struct source *source;
	enum level level;
	enum secret_in secrets;
	struct str text;    /* up to the end of what is shown */
	struct span marked; /* without the blanks around it */
	struct span secret; /* the next one */
	size_t columns;	    /* for the text of a line */
	int digits;	    /* of a line number */
};

/* A line with a window of its cells. */
struct row {
	struct cells cells;
	size_t first, last; /* cells shown, half-open */
	bool cut_left, cut_right;
};

static bool overlaps(struct span a, struct span b)
{
	return a.off < span_end(b) && b.off < span_end(a);
}

static struct span trimmed(const struct source *src, struct span s)
{
	uint32_t off = s.off, end = span_end(s);

	if (end > src->text.len)
		end = (uint32_t)src->text.len;
	while (off < end && is_blank(src->text.ptr[off]))
		off++;
	while (end > off && is_blank(src->text.ptr[end - 1]))
		end--;
	return off < end ? (struct span){ off, end - off }
			 : (struct span){ s.off < end ? s.off : end, 0 };
}

static struct cell cell_at(struct quote *q, uint32_t off, uint32_t end,
			   size_t column)
{
	const struct str rest = str_slice(q->text, off, end);
	const struct utf8_char first = utf8_first(rest);
	struct cell c = { { off, first.len },
			  str_slice(rest, 0, first.len),
			  0 };

	while (q->secret.len && span_end(q->secret) <= off)
		q->secret =
			secret_next(q->text, span_end(q->secret), q->secrets);
	if (q->secret.len && q->secret.off <= off) {
		const uint32_t hidden = span_end(q->secret);

		c.from.len = (hidden < end ? hidden : end) - off;
		c.text = STR(SECRET_MASK);
	} else if (utf8_plain(c.text)) {
		c.width = 1;
		return c;
	} else if (rest.ptr[0] == '\t') {
		c.text = str_slice(STR("    "), column % TAB, TAB);
	} else if (!first.valid || !utf8_shows(first.code)) {
		c.text = page_escaped(q->page->arena, c.text);
	}
	c.width = page_width(c.text);
	return c;
}

/* Is the text shown as it is, each byte of it in a column? */
static bool is_plain(const struct quote *q, uint32_t off, uint32_t end)
{
	const struct str text = str_slice(q->text, off, end);

	return utf8_plain(text) == text.len &&
	       (!q->secret.len || q->secret.off >= end);
}

/* All up to where the mark begins or ends, or one byte of a row that may be
 * cut anywhere. */
static struct cell plain_cell_at(const struct quote *q, uint32_t off,
				 uint32_t end, bool cut)
{
	if (cut)
		end = off + 1;
	if (off < q->marked.off && q->marked.off < end)
		end = q->marked.off;
	else if (off < span_end(q->marked) && span_end(q->marked) < end)
		end = span_end(q->marked);
	return (struct cell){ { off, end - off },
			      str_slice(q->text, off, end),
			      end - off };
}

static struct row row_of(struct quote *q, struct span part, bool cut)
{
	const uint32_t end = span_end(part);
	const bool plain = is_plain(q, part.off, end);
	struct row r = { 0 };
	uint32_t off = part.off;

	cut = cut || part.len > q->columns;
	for (size_t column = 0; off < end;) {
		const struct cell c = plain ? plain_cell_at(q, off, end, cut)
					    : cell_at(q, off, end, column);

		vec_push(&r.cells, q->page->arena, c);
		off += c.from.len;
		column += c.width;
	}
	r.last = r.cells.count;
	return r;
}

static size_t width_of(const struct row *r, size_t from, size_t to)
{
	size_t width = 0;

	for (size_t i = from; i < to; i++)
		width += r->cells.item[i].width;
	return width;
}

/* Keeps the marked cells, what stands before them as far as there is room,
 * and what still fits behind. */
static void cut_row(const struct quote *q, struct row *r)
{
	const size_t room = q->columns - 2 * (sizeof(CUT) - 1);
	const size_t count = r->cells.count;
	size_t mark = 0, context = 0, end, width;

	if (!r->cut_left && !r->cut_right &&
	    width_of(r, 0, count) <= q->columns)
		return;
	while (mark < count &&
	       span_end(r->cells.item[mark].from) <= q->marked.off)
		mark++;
	for (end = mark;
	     end < count && overlaps(r->cells.item[end].from, q->marked);)
		end++;
	width = width_of(r, mark, end);
	for (r->first = mark; r->first > 0; r->first--) {
		context += r->cells.item[r->first - 1].width;
		if (width + context > room &&
		    !(width > room && context <= CONTEXT))
			break;
	}
	width = 0;
	for (r->last = r->first; r->last < count; r->last++) {
		width += r->cells.item[r->last].width;
		if (width > room)
			break;
	}
	r->cut_left = r->cut_left || r->first > 0;
	r->cut_right = r->cut_right || r->last < count;
}

static void put_row(const struct quote *q, const struct row *r, uint32_t line,
		    bool flag)
{
	FILE *out = q->page->out;

	fputs(flag ? "  " : "   ", out);
	if (flag)
		page_level(q->page, q->level, ">");
	fputc(' ', out);
	page_number(q->page, line, (size_t)q->digits);
	fputs(r->last > r->first ? " | " : " |", out);
	if (r->cut_left)
		fputs(CUT, out);
	for (size_t i = r->first; i < r->last;) {
		struct str text = r->cells.item[i].text;

		/* most cells are the next bytes of the same line */
		while (++i < r->last &&
		       r->cells.item[i].text.ptr == text.ptr + text.len)
			text.len += r->cells.item[i].text.len;
		fwrite(text.ptr, 1, text.len, out);
	}
	if (r->cut_right)
		fputs(CUT, out);
	fputc('\n', out);
}

static void put_carets(const struct quote *q, const struct row *r)
{
	size_t before = r->cut_left ? sizeof(CUT) - 1 : 0, width = 0;
	FILE *out = q->page->out;

	for (size_t i = r->first; i < r->last; i++) {
		const struct cell *c = &r->cells.item[i];

		if (overlaps(c->from, q->marked))
			width += c->width;
		else if (c->from.off < q->marked.off)
			before += c->width;
	}
	char *carets = arena_alloc(q->page->arena, width + 2);

	memset(carets, '^', width ? width : 1);
	page_blanks(q->page, 4 + (size_t)q->digits);
	fputs(" | ", out);
	page_blanks(q->page, before);
	page_level(q->page, q->level, carets);
	fputc('\n', out);
}

/* Where a line ends, without its line end. */
static uint32_t line_end(const struct source *src, uint32_t line)
{
	uint32_t end = (uint32_t)src->text.len;

	if (line < src->line_count)
		end = src->line_start[line] - 1;
	if (end > src->line_start[line - 1] && src->text.ptr[end - 1] == '\r')
		end--;
	return end;
}

/* The part of a line that is read: all of it, or what is in reach. */
static struct span line_part(const struct quote *q, uint32_t line)
{
	const struct source *src = q->source;
	const uint32_t begin = src->line_start[line - 1];
	const uint32_t end = line_end(src, line);
	uint32_t near = q->marked.off > begin ? q->marked.off : begin;

	if (near > end)
		near = end;
	uint32_t from = near - begin > REACH ? near - REACH : begin;
	const uint32_t to = end - near > REACH ? near + REACH : end;

	while (from > begin && from < to &&
	       ((unsigned char)src->text.ptr[from] & 0xC0) == 0x80)
		from++;
	return (struct span){ from, to - from };
}

static void put_line(struct quote *q, uint32_t line, bool several)
{
	const struct source *src = q->source;
	const struct span part = line_part(q, line);
	const bool left = part.off > src->line_start[line - 1];
	const bool right = span_end(part) < line_end(src, line);
	struct row r = row_of(q, part, left || right);

	r.cut_left = left;
	r.cut_right = right;
	cut_row(q, &r);
	put_row(q, &r, line, several);
	if (!several)
		put_carets(q, &r);
}

static int digits_of(uint32_t n)
{
	int digits = 1;

	for (; n > 9; n /= 10)
		digits++;
	return digits;
}

/* The columns that the text of a line may take, behind its number. */
static size_t columns_of(const struct quote *q)
{
	const size_t number = 7 + (size_t)q->digits;
	const size_t width = q->page->style->width;

	if (!width)
		return UNWRAPPED;
	return width > number + NARROWEST ? width - number : NARROWEST;
}

static void put_lines(struct quote *q, uint32_t first, uint32_t last)
{
	const uint32_t shown =
		last - first < LINES_MAX ? last : first + LINES_MAX - 2;
	const uint32_t begin = q->source->line_start[first - 1];
	const uint32_t read = line_part(q, first).off;
	const uint32_t search =
		read - begin > LOOK_BACK ? read - LOOK_BACK : begin;

	q->digits = digits_of(shown);
	q->columns = columns_of(q);
	q->text = str_slice(q->source->text, 0, span_end(line_part(q, shown)));
	q->secret = secret_next(q->text, search, q->secrets);
	for (uint32_t line = first; line <= shown; line++)
		put_line(q, line, last > first);
	if (shown < last)
		fprintf(q->page->out, "    %*s | ... %u more lines\n",
			q->digits, "", last - shown);
}

bool excerpt_print(const struct page *p, const struct finding *f)
{
	const bool whole_file = !f->span.off && !f->span.len;
	struct source *src = f->source;

	if (whole_file || !src->text.len || !shown_source(f))
		return false;
	const struct span m = trimmed(src, f->span);
	const uint32_t end = m.len ? span_end(m) - 1 : m.off;
	const uint32_t first = source_place(src, p->arena, m.off).line;
	const uint32_t last = source_place(src, p->arena, end).line;
	/* The line index is made by now: what follows is scratch. */
	const struct arena_mark mark = arena_mark(p->arena);
	struct quote q = {
		.page = p,
		.source = src,
		.level = f->level,
		.secrets = shown_secrets(f),
		.marked = m,
	};

	put_lines(&q, first, last);
	arena_rewind(p->arena, mark);
	return true;
}
