#include "str.h"

#include "arena.h"
#include "bytes.h"

#define LOWER(c) (char)((c) >= 'A' && (c) <= 'Z' ? (c) + ('a' - 'A') : (c))
#define UPPER(c) (char)((c) >= 'a' && (c) <= 'z' ? (c) - ('a' - 'A') : (c))
#define IDENT(c)                                                              \
	(LOWER(c) >= 'a' && LOWER(c) <= 'z') || ((c) >= '0' && (c) <= '9') || \
		(c) == '_'

const char byte_lower[256] = { EACH_BYTE(LOWER) };
const char byte_upper[256] = { EACH_BYTE(UPPER) };
const bool byte_ident[256] = { EACH_BYTE(IDENT) };

bool str_istarts_rest(struct str s, struct str prefix)
{
	for (size_t i = 0; i < prefix.len; i++)
		if (lower(s.ptr[i]) != lower(prefix.ptr[i]))
			return false;
	return true;
}

/* Eight bytes at once: those from a to z, whose sums with 0x1f reach 0x80 and
 * with 0x05 do not, lose 0x20. */
static uint64_t upper_eight(uint64_t w)
{
	const uint64_t each = 0x0101010101010101;
	const uint64_t low = w & 0x7f * each;
	const uint64_t small =
		(low + 0x1f * each) & ~(low + 0x05 * each) & ~w & 0x80 * each;

	return w - (small >> 2);
}

void str_upper_to(char *to, struct str s)
{
	size_t i = 0;

	for (uint64_t w; s.len - i >= sizeof(w); i += sizeof(w)) {
		memcpy(&w, s.ptr + i, sizeof(w));
		w = upper_eight(w);
		memcpy(to + i, &w, sizeof(w));
	}
	for (; i < s.len; i++)
		to[i] = upper(s.ptr[i]);
}

struct str str_trim(struct str s)
{
	while (s.len && is_blank(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

/* Most places that begin as the needle does end otherwise. */
size_t str_find(struct str s, struct str needle)
{
	const size_t last = needle.len - 1;

	if (!needle.len)
		return 0;
	for (size_t i = 0; i + last < s.len; i++) {
		const char *p =
			memchr(s.ptr + i, needle.ptr[0], s.len - last - i);

		if (!p)
			return SIZE_MAX;
		i = (size_t)(p - s.ptr);
		if (p[last] == needle.ptr[last] &&
		    !memcmp(p, needle.ptr, needle.len))
			return i;
	}
	return SIZE_MAX;
}

/* The next such byte from `p` on; `end` where there is none. */
static const char *next_byte(const char *p, const char *end, char c)
{
	const char *found = p < end ? memchr(p, c, (size_t)(end - p)) : NULL;

	return found ? found : end;
}

/* The first byte of the needle that texts have seldom; 0 where there is none. */
static size_t rare_byte(struct str needle)
{
	for (size_t i = 0; i < needle.len; i++)
		if (!is_ident(needle.ptr[i]) && !is_blank(needle.ptr[i]) &&
		    needle.ptr[i] != '-')
			return i;
	return 0;
}

enum { LONG_TEXT = 256 };

/* Both spellings of one byte are looked for at memchr's speed: of one that
 * hardly stops it, where that is worth a search of its own. */
size_t str_ifind(struct str s, struct str needle)
{
	if (!needle.len || s.len < needle.len)
		return needle.len ? SIZE_MAX : 0;
	const size_t skip = s.len < LONG_TEXT ? 0 : rare_byte(needle);
	const char small = lower(needle.ptr[skip]);
	const char large = upper(needle.ptr[skip]);
	/* the first and the last place the byte may have */
	const char *const from = s.ptr + skip;
	const char *const end = from + (s.len - needle.len) + 1;
	const char *a = next_byte(from, end, small);
	const char *b = small == large ? end : next_byte(from, end, large);

	while (a != b) {
		const char *at = a < b ? a : b;
		const size_t place = (size_t)(at - from);

		if (str_istarts(str_slice(s, place, s.len), needle))
			return place;
		if (a == at)
			a = next_byte(at + 1, end, small);
		else
			b = next_byte(at + 1, end, large);
	}
	return SIZE_MAX;
}

bool str_next_line(struct str *rest, struct str *line)
{
	if (!rest->len)
		return false;
	const size_t at = str_find_byte(*rest, '\n');
	const size_t end = at == SIZE_MAX ? rest->len : at;

	*line = str_slice(*rest, 0, end);
	if (line->len && line->ptr[line->len - 1] == '\r')
		line->len--;
	*rest = str_slice(*rest, end + (at != SIZE_MAX), rest->len);
	return true;
}

int str_cmp(struct str a, struct str b)
{
	const size_t n = a.len < b.len ? a.len : b.len;
	const int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	if (c)
		return c;
	return (a.len > b.len) - (a.len < b.len);
}

/* The digits at `*i`, leading zeros skipped. */
static struct str digits_at(struct str s, size_t *i)
{
	while (*i < s.len && s.ptr[*i] == '0')
		(*i)++;
	const size_t from = *i;

	while (*i < s.len && is_digit(s.ptr[*i]))
		(*i)++;
	return str_slice(s, from, *i);
}

/* How much two texts have in common, up to a run of digits that may go on
 * differently. */
static size_t common_len(struct str a, struct str b)
{
	const size_t least = a.len < b.len ? a.len : b.len;
	size_t i = 0;

	while (i < least && a.ptr[i] == b.ptr[i])
		i++;
	while (i && is_digit(a.ptr[i - 1]))
		i--;
	return i;
}

int str_natural_cmp(struct str a, struct str b)
{
	size_t i = common_len(a, b), j = i;

	while (i < a.len && j < b.len) {
		if (is_digit(a.ptr[i]) && is_digit(b.ptr[j])) {
			const struct str x = digits_at(a, &i);
			const struct str y = digits_at(b, &j);

			if (x.len != y.len)
				return x.len < y.len ? -1 : 1;
			if (str_cmp(x, y))
				return str_cmp(x, y);
			continue;
		}
		if (a.ptr[i] != b.ptr[j])
			return (unsigned char)a.ptr[i] < (unsigned char)b.ptr[j]
				       ? -1
				       : 1;
		i++;
		j++;
	}
	if ((i < a.len) != (j < b.len))
		return i < a.len ? 1 : -1;
	return str_cmp(a, b);
}

/* A step of the finalizer of MurmurHash3 (https://github.com/aappleby/smhasher):
 * names that differ in their last digit only must not end up beside each
 * other. */
static uint64_t stirred(uint64_t h)
{
	h *= 0xff51afd7ed558ccdu;
	return h ^ h >> 33;
}

/* Eight bytes as a number, the first the least. */
static uint64_t number_of(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return u[0] | (uint64_t)u[1] << 8 | (uint64_t)u[2] << 16 |
	       (uint64_t)u[3] << 24 | (uint64_t)u[4] << 32 |
	       (uint64_t)u[5] << 40 | (uint64_t)u[6] << 48 |
	       (uint64_t)u[7] << 56;
}

/* Of a text that is no multiple of eight bytes, the last eight count whole. */
uint64_t str_hash(uint64_t before, struct str s)
{
	uint64_t h = stirred(before + 14695981039346656037u + s.len);
	char few[8] = "";

	if (s.len < 8) {
		for (size_t i = 0; i < s.len; i++)
			few[i] = s.ptr[i];
		return stirred(h ^ number_of(few));
	}
	for (size_t i = 0; i + 8 <= s.len; i += 8)
		h = stirred(h ^ number_of(s.ptr + i));
	return s.len % 8 ? stirred(h ^ number_of(s.ptr + s.len - 8)) : h;
}

const char *str_dup(struct arena *a, struct str s)
{
	return arena_copy(a, s.ptr, s.len);
}

struct str str_copy(struct arena *a, struct str s)
{
	return (struct str){ str_dup(a, s), s.len };
}

struct str str_join(struct arena *a, const struct str *part, size_t count)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++)
		len += part[i].len;
	char *text = arena_bytes(a, len), *to = text;

	for (size_t i = 0; i < count; i++) {
		memcpy(to, part[i].ptr, part[i].len);
		to += part[i].len;
	}
	return (struct str){ text, len };
}

enum { DISTANCE_MAX = 64 };

size_t str_distance(struct str a, struct str b, size_t limit)
{
	size_t row[3][DISTANCE_MAX + 1];

	if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
		return limit + 1;
	for (size_t j = 0; j <= b.len; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *now = row[i % 3];
		const size_t *last = row[(i + 2) % 3];
		const size_t *before = row[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			const bool same = a.ptr[i - 1] == b.ptr[j - 1];
			size_t d = last[j - 1] + !same;

			if (last[j] + 1 < d)
				d = last[j] + 1;
			if (now[j - 1] + 1 < d)
				d = now[j - 1] + 1;
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
			    a.ptr[i - 2] == b.ptr[j - 1] &&
			    before[j - 2] + 1 < d)
				d = before[j - 2] + 1;
			now[j] = d;
		}
	}
	const size_t d = row[a.len % 3][b.len];

	return d > limit ? limit + 1 : d;
}
