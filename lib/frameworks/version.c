#include "version.h"

#include "compiler.h"

static size_t last_slash(struct str s)
{
	size_t i = s.len;

	while (i && s.ptr[i - 1] != '/')
		i--;
	return i;
}

/* Cuts the last part off `path`. */
static struct str cut_last(struct str *path)
{
	const size_t i = last_slash(*path);
	const struct str last = str_slice(*path, i, path->len);

	*path = str_slice(*path, 0, i ? i - 1 : 0);
	return last;
}

static size_t digits(struct str s, size_t i)
{
	while (i < s.len && is_digit(s.ptr[i]))
		i++;
	return i;
}

static char at(struct str s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

/* The end of V1_2__name, or 0 where it is not Flyway's spelling. */
static size_t letter_number(struct str s)
{
	size_t i = 1;

	while (is_digit(at(s, i)) || at(s, i) == '.' ||
	       (at(s, i) == '_' && at(s, i + 1) != '_'))
		i++;
	return is_digit(at(s, 1)) && at(s, i) == '_' && at(s, i + 1) == '_' ? i
									    : 0;
}

/* The end of 0005, 1.2.3, 2026-01-01-120000, 005_1; 0 for none. A number
 * that a letter follows ("2fa_codes") is a word. */
static size_t plain_number(struct str s, bool *dotted)
{
	size_t i = digits(s, 0);

	while (i && at(s, i) == '.' && is_digit(at(s, i + 1))) {
		*dotted = true;
		i = digits(s, i + 1);
	}
	while (i && (at(s, i) == '-' || at(s, i) == '_')) {
		const size_t end = digits(s, i + 1);
		const char behind = at(s, end);

		if (end == i + 1 || !(behind == '-' || behind == '_' ||
				      behind == '.' || !behind))
			break;
		i = end;
	}
	return is_alpha(at(s, i)) ? 0 : i;
}

/* 20260131 or 2026-01-31, without a time behind it. */
static bool is_day(struct str number)
{
	size_t count = 0;

	for (size_t i = 0; i < number.len; i++)
		count += is_digit(number.ptr[i]);
	return count == 8 &&
	       (str_starts(number, STR("19")) || str_starts(number, STR("20")));
}

static bool named_by_way(struct str name)
{
	static const struct str ways[] = { STR_INIT("up.sql"),
					   STR_INIT("down.sql"),
					   STR_INIT("migration.sql") };

	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (str_ieq(name, ways[i]))
			return true;
	return false;
}

/* 001_users_up and 001_users_down are one migration. */
static struct str without_way(struct str stem)
{
	static const struct str ways[] = { STR_INIT("up"), STR_INIT("down"),
					   STR_INIT("rollback"),
					   STR_INIT("undo") };

	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		const size_t rest = stem.len - ways[i].len;

		if (stem.len > ways[i].len && str_iends(stem, ways[i]) &&
		    (stem.ptr[rest - 1] == '_' || stem.ptr[rest - 1] == '-'))
			return str_slice(stem, 0, rest - 1);
	}
	return stem;
}

struct version version_of(struct str path, bool by_folder)
{
	struct version v = { .dir = path };
	size_t from, to;

	v.name = cut_last(&v.dir);
	if ((by_folder || named_by_way(v.name)) && v.dir.len)
		v.name = cut_last(&v.dir);
	from = is_alpha(at(v.name, 0)) ? 1 : 0;
	to = from ? letter_number(v.name) : plain_number(v.name, &v.dotted);
	if (to > from)
		v.number = str_slice(v.name, from, to);
	v.stem = str_slice(v.name, to, v.name.len);
	v.stem = without_way(str_slice(v.stem, 0, str_find_byte(v.stem, '.')));
	v.day = is_day(v.number);
	return v;
}

/* Cuts the next part off: its digits without leading zeros. */
static struct str next_part(struct str *number)
{
	const size_t end = digits(*number, 0);
	size_t zeros = 0;

	while (zeros < end && number->ptr[zeros] == '0')
		zeros++;
	const struct str part = str_slice(*number, zeros, end);

	*number = str_slice(*number, end + 1, number->len);
	return part;
}

int version_cmp(const struct version *a, const struct version *b)
{
	struct str x = a->number, y = b->number;

	while (x.len || y.len) {
		const struct str m = next_part(&x), n = next_part(&y);
		const int c = m.len != n.len ? (m.len > n.len) - (m.len < n.len)
					     : str_cmp(m, n);

		if (c)
			return c;
	}
	return 0;
}

bool version_same_unit(const struct version *a, const struct version *b)
{
	return str_eq(a->dir, b->dir) && a->number.len && b->number.len &&
	       !version_cmp(a, b) && str_eq(a->stem, b->stem);
}
