#include "prose.h"

#include "strbuf.h"

size_t prose_mark(struct str line)
{
	size_t i = 0;

	while (i < line.len && is_digit(line.ptr[i]))
		i++;
	if (i ? i < line.len && line.ptr[i] == '.'
	      : line.len && line.ptr[0] == '-')
		i++;
	else
		return 0;
	return i < line.len && line.ptr[i] == ' ' ? i + 1 : 0;
}

/* The words of a line, one blank between them. */
static void put_words(struct strbuf *b, struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		if (!is_blank(line.ptr[i]))
			strbuf_byte(b, line.ptr[i]);
		else if (i && !is_blank(line.ptr[i - 1]))
			strbuf_byte(b, ' ');
	}
}

const char *prose_of(struct arena *a, const char *text)
{
	struct str rest = str_trim(str_of(text)), line;
	struct strbuf b = STRBUF(a);
	bool item = false, gap = false;

	while (str_next_line(&rest, &line)) {
		const struct str words = str_trim(line);
		const bool indented = line.len && is_blank(line.ptr[0]);
		const bool mark = prose_mark(words) > 0;
		const bool leaves = item && !indented;

		if (!words.len) {
			gap = true;
			continue;
		}
		if (b.len && gap)
			strbuf_puts(&b, "\n\n");
		else if (b.len)
			strbuf_byte(&b, mark || leaves ? '\n' : ' ');
		put_words(&b, words);
		item = mark || (item && !leaves && !gap);
		gap = false;
	}
	return strbuf_cstr(&b);
}
