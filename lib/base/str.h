#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

/*
 * A borrowed run of bytes: not NUL-terminated, never freed through. It lives
 * as long as the buffer it points into (a source, an arena, a literal).
 * Print it with printf(STR_FMT, STR_ARG(s)).
 */
struct str {
	const char *ptr;
	size_t len;
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define STR_INIT(literal)                      \
	{                                      \
		(literal), sizeof(literal) - 1 \
	}
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr

static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

/* The view of a C string; an empty view where `s` is NULL. */
static inline struct str str_of(const char *s)
{
	return (struct str){ s ? s : "", s ? strlen(s) : 0 };
}

/* The bytes from `from` up to `to`, both clamped to the text. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return (struct str){ s.ptr ? s.ptr + from : "", to - from };
}

/* ASCII only, whatever the locale. */
extern const char byte_lower[256], byte_upper[256];

static inline char lower(char c)
{
	return byte_lower[(unsigned char)c];
}

static inline char upper(char c)
{
	return byte_upper[(unsigned char)c];
}

/* Writes the text in upper case to as many bytes at `to`. */
void str_upper_to(char *to, struct str s);

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

extern const bool byte_ident[256];

/* A letter, a digit or '_'. */
static inline bool is_ident(char c)
{
	return byte_ident[(unsigned char)c];
}

/* Blank, tab, line feed, vertical tab, form feed, carriage return. */
static inline bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Most texts differ in the first or the last byte: that is told without a
 * call, here and below. */
static inline bool str_starts(struct str s, struct str prefix)
{
	const size_t n = prefix.len;

	if (!n || s.len < n)
		return !n;
	return s.ptr[0] == prefix.ptr[0] && s.ptr[n - 1] == prefix.ptr[n - 1] &&
	       !memcmp(s.ptr, prefix.ptr, n);
}

static inline bool str_ends(struct str s, struct str suffix)
{
	const size_t n = suffix.len;

	if (!n || s.len < n)
		return !n;
	return s.ptr[s.len - n] == suffix.ptr[0] &&
	       s.ptr[s.len - 1] == suffix.ptr[n - 1] &&
	       !memcmp(s.ptr + s.len - n, suffix.ptr, n);
}

bool str_istarts_rest(struct str s, struct str prefix);

static inline bool str_istarts(struct str s, struct str prefix)
{
	const size_t n = prefix.len;

	if (!n || s.len < n)
		return !n;
	return lower(s.ptr[0]) == lower(prefix.ptr[0]) &&
	       lower(s.ptr[n - 1]) == lower(prefix.ptr[n - 1]) &&
	       str_istarts_rest(s, prefix);
}

/* ASCII case ignored. */
static inline bool str_ieq(struct str a, struct str b)
{
	return a.len == b.len && str_istarts(a, b);
}

static inline bool str_iends(struct str s, struct str suffix)
{
	return s.len >= suffix.len &&
	       str_istarts((struct str){ s.ptr + s.len - suffix.len,
					 suffix.len },
			   suffix);
}

/* Without the blanks at both ends. */
struct str str_trim(struct str s);

/* The offset of the first `c` or `needle`, or SIZE_MAX. */
static inline size_t str_find_byte(struct str s, char c)
{
	const char *p = s.len ? memchr(s.ptr, c, s.len) : NULL;

	return p ? (size_t)(p - s.ptr) : SIZE_MAX;
}

size_t str_find(struct str s, struct str needle);
size_t str_ifind(struct str s, struct str needle);

/* Cuts the next line off `rest` (its "\n" or "\r\n" is in neither). False
 * when nothing is left. */
bool str_next_line(struct str *rest, struct str *line);

/* Orders by bytes, a shorter prefix first: <0, 0, >0. */
int str_cmp(struct str a, struct str b);

/* Orders as people number files: runs of digits by value ("2" before "10"). */
int str_natural_cmp(struct str a, struct str b);

/* A number that tells texts apart, the same on every machine; `before`: that of
 * the text before it, or 0. */
uint64_t str_hash(uint64_t before, struct str s);

/* A NUL-terminated copy in the arena, as a C string and as a view. */
const char *str_dup(struct arena *a, struct str s);
struct str str_copy(struct arena *a, struct str s);

/* The parts one behind the other, in the arena. */
struct str str_join(struct arena *a, const struct str *part, size_t count);

/*
 * How many single-byte edits turn `a` into `b` (insert, delete, replace,
 * swap of neighbours), for "did you mean"; at most `limit` + 1 is returned.
 */
size_t str_distance(struct str a, struct str b, size_t limit);

#endif
