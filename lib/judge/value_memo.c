#include "value_memo.h"

enum {
	OFTEN = 24, /* before that, the regexes cost more to compile */
	VALUES_MAX = 256,
};

struct known_value {
	unsigned seen;
	uint64_t bits;
};

static const uint64_t all = ~(uint64_t)0;
static const struct str equals = STR_INIT(" = ");

static uint64_t bits_of(struct matcher *m, const struct rule_index *x,
			struct str value, struct arena *a)
{
	uint64_t bits = 0;

	if (str_find(str_slice(value, 1, value.len), equals) != SIZE_MAX)
		return all;
	for (unsigned i = 0; i < x->settings && i < RULE_INDEX_VALUES; i++)
		if (!x->values[i] ||
		    matcher_match(m, x->values[i], value, a, NULL))
			bits |= (uint64_t)1 << i;
	return matcher_gave_up(m) ? all : bits;
}

uint64_t value_memo_try(struct value_memo *memo, struct matcher *m,
			const struct rule_index *x, struct str setting)
{
	/* there is no blank in a key */
	const size_t at = str_find_byte(setting, ' ');
	const struct str value = str_slice(setting, at, setting.len);

	if (!str_starts(value, equals))
		return all;
	struct known_value *known = map_get(&memo->values, value);

	if (!known) {
		if (memo->values.count == VALUES_MAX)
			return all;
		known = arena_new(memo->arena, struct known_value);
		known->bits = all;
		map_put(&memo->values, memo->arena,
			str_copy(memo->arena, value), known);
	}
	if (++known->seen == OFTEN)
		known->bits = bits_of(m, x, value, memo->arena);
	return known->bits;
}
