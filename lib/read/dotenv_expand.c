#include "dotenv_expand.h"

#include <stdint.h>

#include "compiler.h"
#include "map.h"
#include "strbuf.h"

/* Values can double with each line that names the one before it twice. */
enum { EXPANDED_MAX = 4096 };

/* Behind those that are common; one that was rare becomes common. */
static void add_candidate(struct dotenv_entry *e, struct arena *a,
			  struct str value)
{
	struct str *grown;
	size_t n = e->common_count;

	for (size_t i = 0; i < n; i++)
		if (str_eq(e->candidate[i], value))
			return;
	grown = arena_array(a, struct str, e->candidate_count + 1);
	memcpy(grown, e->candidate, n * sizeof(*grown));
	grown[n++] = value;
	for (size_t i = e->common_count; i < e->candidate_count; i++)
		if (!str_eq(e->candidate[i], value))
			grown[n++] = e->candidate[i];
	e->candidate = grown;
	e->candidate_count = (unsigned char)n;
	e->common_count++;
}

static bool is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_';
}

/* How a loader fills names in. */
struct expansion {
	const struct map *values;
	bool simple; /* knows no defaults, and writes `$$` for a dollar */
};

static void add_value(struct strbuf *out, const struct expansion *how,
		      struct str name, struct str otherwise)
{
	const struct str *value = map_get(how->values, name);

	if (value && value->len)
		strbuf_add(out, *value);
	else if (!how->simple)
		strbuf_add(out, otherwise);
}

/* What `s`, which begins with '$', stands for; returns how much it takes. */
static size_t expand_one(struct strbuf *out, const struct expansion *how,
			 struct str s)
{
	const bool braces = s.len > 1 && s.ptr[1] == '{';
	const size_t from = braces ? 2 : 1;
	size_t i = from;

	while (i < s.len && is_name(s.ptr[i]))
		i++;
	const struct str name = str_slice(s, from, i);

	if (!name.len || is_digit(name.ptr[0])) {
		strbuf_byte(out, '$');
		return how->simple && str_starts(s, STR("$$")) ? 2 : 1;
	}
	if (!braces) {
		add_value(out, how, name, STR(""));
		return i;
	}
	const size_t end = str_find_byte(str_slice(s, i, s.len), '}');

	if (end == SIZE_MAX) {
		strbuf_byte(out, '$');
		return 1;
	}
	struct str word = str_slice(s, i, i + end);

	if (str_starts(word, STR(":")))
		word = str_slice(word, 1, word.len);
	if (!str_starts(word, STR("-")))
		word = STR("-");
	add_value(out, how, name, str_slice(word, 1, word.len));
	return i + end + 1;
}

static struct str expanded(struct arena *a, const struct expansion *how,
			   struct str s)
{
	struct strbuf out = STRBUF(a);

	for (size_t i = 0; i < s.len && out.len < EXPANDED_MAX;) {
		if (s.ptr[i] == '$') {
			i += expand_one(&out, how, str_slice(s, i, s.len));
		} else {
			strbuf_byte(&out, s.ptr[i++]);
		}
	}
	return out.len < EXPANDED_MAX ? strbuf_str(&out) : s;
}

static void remember(struct map *values, struct arena *a,
		     const struct dotenv_entry *e, struct str value)
{
	struct str *kept = arena_new(a, struct str);

	*kept = value;
	map_put(values, a, e->key, kept);
}

void dotenv_expand(struct dotenv *env, struct arena *a)
{
	struct map above = { 0 };
	struct map all = { 0 };
	const struct expansion readings[] = {
		{ &above, false },
		{ &all, false },
		{ &above, true },
	};
	bool any = false;

	vec_each(struct dotenv_entry, e, &env->entries)
		any = any || e->flags & DOTENV_BIT(INTERPOLATION);
	if (!any)
		return;
	vec_each(struct dotenv_entry, e, &env->entries)
		if (e->candidate_count && !e->inner)
			remember(&all, a, e, e->candidate[0]);
	vec_each(struct dotenv_entry, e, &env->entries) {
		struct str value;

		if (!e->candidate_count || e->inner)
			continue;
		value = e->candidate[0];
		if (e->flags & DOTENV_BIT(INTERPOLATION)) {
			const struct str first = value;

			for (size_t i = 0; i < ARRAY_LEN(readings); i++)
				add_candidate(e, a,
					      expanded(a, &readings[i], first));
			value = expanded(a, &readings[0], first);
		}
		remember(&above, a, e, value);
	}
}

void dotenv_swallow(struct dotenv *env, struct arena *a)
{
	struct dotenv_entries *all = &env->entries;

	for (size_t i = 0; i + 1 < all->count; i++) {
		if (!(all->item[i].flags & DOTENV_BIT(BLANK_VALUE_WS)))
			continue;
		const struct span next = dotenv_whole(env, &all->item[i + 1]);

		add_candidate(&all->item[i], a,
			      str_slice(env->text, next.off, span_end(next)));
	}
}
