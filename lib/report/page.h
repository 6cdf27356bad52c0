#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report.h"

/*
 * Text on its way to a terminal. Whatever comes from files or names passes
 * page_put() or page_label(), so that no control character of it gets out.
 */
struct page {
	FILE *out;
	const struct report_style *style;
	struct arena *arena;
};

/* One line of text, as it is to be seen: controls and stray bytes become
 * "\x1b" and "\u{202e}". It is `text` itself where nothing has to change. */
struct str page_escaped(struct arena *a, struct str text);

/* The columns that shown text fills. */
size_t page_width(struct str text);

void page_put(const struct page *p, const char *text);

/* So many blanks. */
void page_blanks(const struct page *p, size_t count);

/* A number, with blanks before it up to that width. printf costs more than the
 * rest of a line that has one. */
void page_number(const struct page *p, unsigned n, size_t width);

/* In the colour of a level. */
void page_level(const struct page *p, enum level level, const char *text);

/* A path, as a hyperlink where the terminal knows them. */
void page_path(const struct page *p, const char *path);

/* "  why:      text", wrapped to the width of the page behind the label. The
 * text is prose (prose.h): items of a list keep their indentation. */
void page_label(const struct page *p, const char *label, const char *text);

#endif
