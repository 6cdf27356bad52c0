#include "utf8.h"

#include "compiler.h"
#include "strbuf.h"

struct range {
	uint32_t first, last;
};

/* Sorted. Combining marks and what joins or selects glyphs. */
static const struct range no_width[] = {
	{ 0x0300, 0x036F }, { 0x0483, 0x0489 },	  { 0x0591, 0x05BD },
	{ 0x064B, 0x065F }, { 0x0E34, 0x0E3A },	  { 0x0E47, 0x0E4E },
	{ 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF },	  { 0x200B, 0x200D },
	{ 0x20D0, 0x20FF }, { 0x3099, 0x309A },	  { 0xFE00, 0xFE0F },
	{ 0xFE20, 0xFE2F }, { 0x1F3FB, 0x1F3FF }, { 0xE0100, 0xE01EF },
};

/* Sorted. East Asian wide characters and pictures. */
static const struct range wide[] = {
	{ 0x1100, 0x115F },   { 0x231A, 0x231B },   { 0x2E80, 0x303E },
	{ 0x3041, 0x33FF },   { 0x3400, 0x4DBF },   { 0x4E00, 0xA4CF },
	{ 0xA960, 0xA97C },   { 0xAC00, 0xD7A3 },   { 0xF900, 0xFAFF },
	{ 0xFE30, 0xFE6F },   { 0xFF01, 0xFF60 },   { 0xFFE0, 0xFFE6 },
	{ 0x1F300, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1FAFF },
	{ 0x20000, 0x3FFFD },
};

/* Sorted. Controls, marks of direction, line and paragraph separators. */
static const struct range unshown[] = {
	{ 0x0000, 0x001F }, { 0x007F, 0x009F }, { 0x061C, 0x061C },
	{ 0x200E, 0x200F }, { 0x2028, 0x202E }, { 0x2066, 0x2069 },
	{ 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB },
};

static bool in_ranges(const struct range *r, size_t count, uint32_t code)
{
	size_t lo = 0, hi = count;

	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;

		if (code > r[mid].last)
			lo = mid + 1;
		else if (code < r[mid].first)
			hi = mid;
		else
			return true;
	}
	return false;
}

/* The bytes that follow a lead byte, 4 where it is none. */
static uint32_t tail_of(unsigned char lead)
{
	if (lead < 0x80)
		return 0;
	if (lead >= 0xC2 && lead < 0xE0)
		return 1;
	if (lead >= 0xE0 && lead < 0xF0)
		return 2;
	return lead >= 0xF0 && lead < 0xF5 ? 3 : 4;
}

struct utf8_char utf8_first(struct str s)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	const struct utf8_char bad = { UTF8_REPLACEMENT, 1, false };
	const unsigned char *p = (const unsigned char *)s.ptr;
	const uint32_t tail = tail_of(p[0]);

	if (tail > 3 || tail >= s.len)
		return bad;
	uint32_t code = tail ? p[0] & (0x3Fu >> tail) : p[0];

	for (uint32_t i = 1; i <= tail; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return bad;
		code = code << 6 | (p[i] & 0x3F);
	}
	if (code < least[tail] || code > 0x10FFFF ||
	    (code >= 0xD800 && code < 0xE000))
		return bad;
	return (struct utf8_char){ code, tail + 1, true };
}

uint32_t utf8_count(struct str s)
{
	uint32_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return n;
}

unsigned utf8_width(uint32_t code)
{
	if (code < 0x300)
		return 1;
	if (in_ranges(no_width, ARRAY_LEN(no_width), code))
		return 0;
	return in_ranges(wide, ARRAY_LEN(wide), code) ? 2 : 1;
}

bool utf8_shows(uint32_t code)
{
	return !in_ranges(unshown, ARRAY_LEN(unshown), code);
}

/* Is each of eight bytes one from 0x20 to 0x7E? Of all others the top bit is
 * set, at once, by adding 1 or by taking 0x20 away; a carry or a borrow into
 * the next byte comes only from such a byte. */
static bool is_plain_8(const char *p)
{
	const uint64_t each = 0x0101010101010101u;
	uint64_t eight;

	memcpy(&eight, p, 8);
	return !((eight | (eight + each) | (eight - 0x20 * each)) &
		 (0x80 * each));
}

size_t utf8_plain(struct str s)
{
	size_t i = 0;

	while (i + 8 <= s.len && is_plain_8(s.ptr + i))
		i += 8;
	while (i < s.len && s.ptr[i] >= 0x20 && s.ptr[i] < 0x7F)
		i++;
	return i;
}

const char *utf8_valid(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);

	strbuf_reserve(&b, s.len);
	for (size_t i = 0; i < s.len;) {
		const size_t plain = utf8_plain(str_slice(s, i, s.len));

		if (plain) {
			strbuf_add(&b, str_slice(s, i, i + plain));
			i += plain;
			continue;
		}
		const struct utf8_char c = utf8_first(str_slice(s, i, s.len));

		if (c.valid && c.code)
			strbuf_add(&b, str_slice(s, i, i + c.len));
		else
			strbuf_puts(&b, "\xEF\xBF\xBD");
		i += c.len;
	}
	return strbuf_cstr(&b);
}
