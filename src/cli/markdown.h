#ifndef CLI_MARKDOWN_H
#define CLI_MARKDOWN_H

/*
 * The pieces of the pages that are made from data (docs/rules.md,
 * docs/frameworks.md), on standard output.
 */

/* Text within a line or a cell of a table: what markdown takes for marks is
 * escaped. */
void markdown_text(const char *text);

/* A text of a rule (lib/report/prose.h) as paragraphs and lists. */
void markdown_prose(const char *text);

/* A block of code in a language that highlighters know, and an empty line. */
void markdown_code(const char *language, const char *text);

/* "`a`, `b`" of a list ended by NULL; the rest of a long one is in `file`, a
 * path from the root. */
void markdown_names(const char *const *list, const char *file);

#endif
