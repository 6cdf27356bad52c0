#include "page.h"

#include "prose.h"
#include "strbuf.h"
#include "utf8.h"

enum { LABEL_INDENT = 2, LABEL_WIDTH = 12 };

static void put_escaped(struct strbuf *b, struct str s, struct utf8_char c)
{
	if (c.valid && utf8_shows(c.code))
		strbuf_add(b, str_slice(s, 0, c.len));
	else if (c.code == '\n' || c.code == '\t' || c.code == '\r')
		strbuf_printf(b, "\\%c",
			      c.code == '\n'   ? 'n'
			      : c.code == '\t' ? 't'
					       : 'r');
	else if (c.len == 1)
		strbuf_printf(b, "\\x%02x", (unsigned)(unsigned char)s.ptr[0]);
	else
		strbuf_printf(b, "\\u{%x}", (unsigned)c.code);
}

struct str page_escaped(struct arena *a, struct str text)
{
	struct strbuf b = STRBUF(a);
	size_t i = utf8_plain(text);

	if (i == text.len)
		return text;
	strbuf_add(&b, str_slice(text, 0, i));
	while (i < text.len) {
		const struct str rest = str_slice(text, i, text.len);
		const struct utf8_char c = utf8_first(rest);

		put_escaped(&b, rest, c);
		i += c.len;
	}
	return strbuf_str(&b);
}

size_t page_width(struct str text)
{
	size_t i = utf8_plain(text), width = i;

	while (i < text.len) {
		const struct utf8_char c =
			utf8_first(str_slice(text, i, text.len));

		width += utf8_width(c.code);
		i += c.len;
	}
	return width;
}

static void put(const struct page *p, struct str s)
{
	fwrite(s.ptr, 1, s.len, p->out);
}

void page_put(const struct page *p, const char *text)
{
	put(p, page_escaped(p->arena, str_of(text)));
}

void page_blanks(const struct page *p, size_t count)
{
	static const struct str blanks = STR_INIT("                ");

	for (; count > blanks.len; count -= blanks.len)
		put(p, blanks);
	put(p, str_slice(blanks, 0, count));
}

void page_number(const struct page *p, unsigned n, size_t width)
{
	char digits[sizeof(n) * 3];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	const size_t len = sizeof(digits) - at;

	page_blanks(p, width > len ? width - len : 0);
	put(p, (struct str){ digits + at, len });
}

void page_level(const struct page *p, enum level level, const char *text)
{
	static const char *const colours[] = {
		[LEVEL_OFF] = "\033[36m",
		[LEVEL_CAUTION] = "\033[36m",
		[LEVEL_RESTRICTED] = "\033[1;33m",
		[LEVEL_DANGEROUS] = "\033[1;31m",
	};

	if (p->style->colour)
		fputs(colours[level], p->out);
	fputs(text, p->out);
	if (p->style->colour)
		fputs("\033[0m", p->out);
}

/* A path as part of a file: URL. */
static void put_url_path(const struct page *p, const char *path)
{
	for (; *path; path++) {
		const char c = *path;

		if (is_alpha(c) || is_digit(c) || strchr("/._-~", c))
			fputc(c, p->out);
		else
			fprintf(p->out, "%%%02X", (unsigned)(unsigned char)c);
	}
}

void page_path(const struct page *p, const char *path)
{
	const bool link = p->style->links && p->style->root;

	if (link) {
		fputs("\033]8;;file://", p->out);
		put_url_path(p, p->style->root);
		put_url_path(p, path);
		fputs("\033\\", p->out);
	}
	page_put(p, path);
	if (link)
		fputs("\033]8;;\033\\", p->out);
}

/* The next word of a line, cut off from it. */
static bool next_word(struct str *line, struct str *word)
{
	size_t i = 0, end;

	while (i < line->len && is_blank(line->ptr[i]))
		i++;
	for (end = i; end < line->len && !is_blank(line->ptr[end]);)
		end++;
	*word = str_slice(*line, i, end);
	*line = str_slice(*line, end, line->len);
	return word->len > 0;
}

/* One line of prose, wrapped, from column `indent` on. */
static void put_wrapped(const struct page *p, struct str line, size_t indent)
{
	const struct arena_mark mark = arena_mark(p->arena);
	/* then each byte takes a column, and is shown as it is */
	const bool plain = utf8_plain(line) == line.len;
	const size_t hanging = indent + prose_mark(line);
	struct strbuf out = STRBUF(p->arena);
	size_t column = indent;
	struct str word;

	while (next_word(&line, &word)) {
		if (!plain)
			word = page_escaped(p->arena, word);
		const size_t width = plain ? word.len : page_width(word);

		if (out.len && p->style->width &&
		    column + 1 + width > p->style->width) {
			strbuf_printf(&out, "\n%*s", (int)hanging, "");
			column = hanging;
		} else if (out.len) {
			strbuf_byte(&out, ' ');
			column++;
		}
		strbuf_add(&out, word);
		column += width;
	}
	strbuf_byte(&out, '\n');
	put(p, strbuf_str(&out));
	arena_rewind(p->arena, mark);
}

void page_label(const struct page *p, const char *label, const char *text)
{
	const size_t used = LABEL_INDENT + strlen(label) + 1;
	struct str rest = str_of(text), line;
	bool first = true;

	page_blanks(p, LABEL_INDENT);
	fputs(label, p->out);
	fputc(':', p->out);
	page_blanks(p, LABEL_WIDTH - used);
	while (str_next_line(&rest, &line)) {
		if (!first && line.len)
			page_blanks(p, LABEL_WIDTH);
		put_wrapped(p, line, LABEL_WIDTH);
		first = false;
	}
	if (first)
		fputc('\n', p->out);
}
