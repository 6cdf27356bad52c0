#ifndef REPORT_UTF8_H
#define REPORT_UTF8_H

#include <stdint.h>

#include "str.h"

struct arena;

/* What reporters know of UTF-8. Text from files may hold any bytes: each byte
 * that is not part of a character counts as one, U+FFFD. */
enum { UTF8_REPLACEMENT = 0xFFFD };

struct utf8_char {
	uint32_t code;
	uint32_t len; /* in bytes, never 0 */
	bool valid;   /* false: one byte, shown as U+FFFD */
};

/* The first character of `s`, which is not empty. */
struct utf8_char utf8_first(struct str s);

/* How many characters begin in `s`. A line may be as long as a file, so this
 * only looks at each byte, not at what is valid. */
uint32_t utf8_count(struct str s);

/* The columns of a terminal that a character fills: 0, 1 or 2. */
unsigned utf8_width(uint32_t code);

/* False for what a terminal acts on instead of showing it: controls, and the
 * marks that reorder text, with which a name can be made to look like
 * another. */
bool utf8_shows(uint32_t code);

/* How many bytes `s` begins with that are printed ASCII: one column each, and
 * nearly all there is. */
size_t utf8_plain(struct str s);

/* A copy that is valid UTF-8 without NUL; each offending byte is U+FFFD. */
const char *utf8_valid(struct arena *a, struct str s);

#endif
