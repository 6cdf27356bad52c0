#include <string.h>

#include "arena.h"
#include "git_repo.h"

static const struct oid zero;

bool oid_is_zero(const struct oid *oid)
{
	return oid_eq(oid, &zero);
}

bool oid_eq(const struct oid *a, const struct oid *b)
{
	return !memcmp(a->raw, b->raw, sizeof(a->raw));
}

const struct oid *oid_keep(struct oid oid, struct arena *a)
{
	struct oid *kept = arena_new(a, struct oid);

	*kept = oid;
	return kept;
}

struct oid oid_of(const git_oid *oid)
{
	struct oid out = { { 0 } };

	memcpy(out.raw, oid->id, sizeof(oid->id));
	return out;
}

git_oid oid_to_lib(const struct oid *oid)
{
	git_oid out;

	memset(&out, 0, sizeof(out));
	memcpy(out.id, oid->raw, sizeof(out.id));
	return out;
}

const char *oid_hex(const struct git *git, const struct oid *oid,
		    struct arena *a)
{
	static const char digit[] = "0123456789abcdef";
	char *hex = arena_alloc(a, git->oid_len * 2 + 1);

	for (size_t i = 0; i < git->oid_len; i++) {
		hex[i * 2] = digit[oid->raw[i] >> 4];
		hex[i * 2 + 1] = digit[oid->raw[i] & 15];
	}
	return hex;
}

static int nibble(char c)
{
	if (is_digit(c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool oid_from_hex(struct oid *out, const struct git *git, struct str hex)
{
	*out = zero;
	if (hex.len != git->oid_len * 2)
		return false;
	for (size_t i = 0; i < git->oid_len; i++) {
		const int high = nibble(hex.ptr[i * 2]);
		const int low = nibble(hex.ptr[i * 2 + 1]);

		if (high < 0 || low < 0)
			return false;
		out->raw[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static struct oid known_oid(const struct git *git, struct str sha1,
			    struct str sha256)
{
	struct oid out;

	oid_from_hex(&out, git, git->oid_len == 20 ? sha1 : sha256);
	return out;
}

struct oid oid_empty_tree(const struct git *git)
{
	return known_oid(git, STR("4b825dc642cb6eb9a060e54bf8d69288fbee4904"),
			 STR("6ef19b41225c5369f1c104d45d8d85ef"
			     "a9b057b53b14b4b9b939dd74decc5321"));
}

struct oid oid_empty_blob(const struct git *git)
{
	return known_oid(git, STR("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"),
			 STR("473a0f4c3be8a93681a267e3b1e9a7dc"
			     "da1185436fe141f7749120a303721813"));
}
