#include "arena.h"
#include "source.h"

static bool put_utf8(struct arena *a, struct str bytes, bool big,
		     struct str *out)
{
	char *to = arena_alloc(a, bytes.len / 2 * 3 + 1);
	size_t n = 0;

	if (bytes.len & 1)
		return false;
	for (size_t i = 0; i + 1 < bytes.len; i += 2) {
		const unsigned char *p = (const unsigned char *)bytes.ptr + i;
		uint32_t c = big ? (uint32_t)p[0] << 8 | p[1]
				 : (uint32_t)p[1] << 8 | p[0];

		if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.len) {
			const uint32_t d = big ? (uint32_t)p[2] << 8 | p[3]
					       : (uint32_t)p[3] << 8 | p[2];

			if (d < 0xDC00 || d > 0xDFFF)
				return false;
			c = 0x10000 + ((c - 0xD800) << 10) + (d - 0xDC00);
			i += 2;
			to[n++] = (char)(0xF0 | c >> 18);
			to[n++] = (char)(0x80 | (c >> 12 & 0x3F));
			to[n++] = (char)(0x80 | (c >> 6 & 0x3F));
			to[n++] = (char)(0x80 | (c & 0x3F));
			continue;
		}
		if ((c >= 0xD800 && c < 0xE000) || !c)
			return false;
		if (c < 0x80) {
			to[n++] = (char)c;
		} else if (c < 0x800) {
			to[n++] = (char)(0xC0 | c >> 6);
			to[n++] = (char)(0x80 | (c & 0x3F));
		} else {
			to[n++] = (char)(0xE0 | c >> 12);
			to[n++] = (char)(0x80 | (c >> 6 & 0x3F));
			to[n++] = (char)(0x80 | (c & 0x3F));
		}
	}
	*out = (struct str){ to, n };
	return true;
}

/* UTF-16 without a mark: ASCII with every other byte NUL, as SQL Server
 * Management Studio writes it. */
static int utf16_unmarked(struct str bytes)
{
	size_t even = 0, odd = 0;
	const size_t n = bytes.len < 512 ? bytes.len & ~(size_t)1 : 512;

	if (n < 8 || !memchr(bytes.ptr, '\0', n))
		return 0;
	for (size_t i = 0; i < n; i += 2) {
		even += !bytes.ptr[i];
		odd += !bytes.ptr[i + 1];
	}
	if (odd > n / 2 * 9 / 10 && !even)
		return 1;
	if (even > n / 2 * 9 / 10 && !odd)
		return 2;
	return 0;
}

/* Git LFS commits a pointer in place of the file
 * (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
static bool is_lfs_pointer(struct str bytes)
{
	return bytes.len < 1024 &&
	       str_starts(bytes,
			  STR("version https://git-lfs.github.com/spec/"));
}

bool text_is_marked(struct str bytes)
{
	return str_starts(bytes, STR("\xEF\xBB\xBF")) ||
	       str_starts(bytes, STR("\xFF\xFE")) ||
	       str_starts(bytes, STR("\xFE\xFF"));
}

const char *decode_text(struct arena *a, struct str bytes, struct str *out)
{
	const unsigned char *p = (const unsigned char *)bytes.ptr;
	int order = 0; /* 1 little endian, 2 big endian */

	*out = (struct str){ "", 0 };
	if (bytes.len > SOURCE_MAX)
		return "it is larger than 64 MiB";
	if (is_lfs_pointer(bytes))
		return "it is a Git LFS pointer: its content is not in the "
		       "repository";
	if (bytes.len >= 2 && p[0] == 0xFF && p[1] == 0xFE)
		order = 1;
	else if (bytes.len >= 2 && p[0] == 0xFE && p[1] == 0xFF)
		order = 2;
	if (order)
		bytes = str_slice(bytes, 2, bytes.len);
	else
		order = utf16_unmarked(bytes);
	if (order)
		return put_utf8(a, bytes, order == 2, out)
			       ? NULL
			       : "it is not valid UTF-16";
	if (bytes.len >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF)
		bytes = str_slice(bytes, 3, bytes.len);
	if (str_find_byte(bytes, '\0') != SIZE_MAX)
		return "it is binary (it holds a NUL byte)";
	*out = bytes;
	return NULL;
}
