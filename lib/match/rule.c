#include "rule.h"

const struct rule *rule_named(const struct rules *rules, struct str id)
{
	size_t lo = 0, hi = rules->count;

	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;
		const int c = str_cmp(id, str_of(rules->item[mid].id));

		if (c <= 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	if (lo < rules->count && str_eq(id, str_of(rules->item[lo].id)))
		return &rules->item[lo];
	return NULL;
}

const char *rule_nearest(const struct rules *rules, struct str id)
{
	const char *nearest = NULL;
	size_t best = id.len / 3 + 1;

	for (size_t i = 0; i < rules->count; i++) {
		const char *one = rules->item[i].id;
		const size_t d = str_distance(id, str_of(one), best);

		if (d < best || (d == best && !nearest)) {
			nearest = d <= best ? one : nearest;
			best = d < best ? d : best;
		}
	}
	return nearest;
}

static size_t bare_name_len(struct str s)
{
	size_t i = 0;

	while (i < s.len && s.ptr[i] != ' ' && s.ptr[i] != '(' &&
	       s.ptr[i] != ')' && s.ptr[i] != ',' && s.ptr[i] != ';') {
		if (s.ptr[i] == '"') {
			const size_t close =
				str_find_byte(str_slice(s, i + 1, s.len), '"');

			if (close == (size_t)-1)
				return i;
			i += close + 1;
		}
		i++;
	}
	return i;
}

size_t plain_name_len(struct str s)
{
	static const struct str optional[] = { STR_INIT("IF EXISTS "),
					       STR_INIT("IF NOT EXISTS ") };
	size_t skip = 0;

	for (size_t i = 0; i < 2; i++)
		if (str_istarts(s, optional[i]))
			skip = optional[i].len;
	const size_t n = bare_name_len(str_slice(s, skip, s.len));

	return n ? skip + n : 0;
}
