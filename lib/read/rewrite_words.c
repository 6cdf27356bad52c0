#include "rewrite.h"

/* Filters of names: other spellings of the same words. */

/* Does a word begin at i: the S of GSuite and of orderState? */
static bool begins_word(struct str s, size_t i)
{
	const bool before_small =
		i + 1 < s.len && s.ptr[i + 1] >= 'a' && s.ptr[i + 1] <= 'z';

	if (!i || s.ptr[i] == lower(s.ptr[i]) || s.ptr[i - 1] == '_')
		return false;
	return s.ptr[i - 1] == lower(s.ptr[i - 1]) || before_small;
}

struct str rewrite_snake(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);

	for (size_t i = s.len; i-- > 0;)
		if (s.ptr[i] == ':' || s.ptr[i] == '\\' || s.ptr[i] == '.') {
			s = str_slice(s, i + 1, s.len);
			break;
		}
	for (size_t i = 0; i < s.len; i++) {
		if (begins_word(s, i))
			strbuf_byte(&b, '_');
		strbuf_byte(&b, lower(s.ptr[i]));
	}
	return strbuf_str(&b);
}

static struct str lowered(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);

	for (size_t i = 0; i < s.len; i++)
		strbuf_byte(&b, lower(s.ptr[i]));
	return strbuf_str(&b);
}

/* app.Model to app_Model, lower(name) to lower_name */
static struct str flattened(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);

	for (size_t i = 0; i < s.len; i++)
		strbuf_byte(&b, is_ident(s.ptr[i]) ? s.ptr[i] : '_');
	while (b.len && b.ptr[b.len - 1] == '_')
		b.len--;
	return strbuf_str(&b);
}

/* The plural as frameworks make table names; the common endings only. */
struct str rewrite_plural(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);
	const char last = s.len ? s.ptr[s.len - 1] : '\0';
	const char before = s.len > 1 ? s.ptr[s.len - 2] : '\0';

	if (str_iends(s, STR("person"))) {
		strbuf_add(&b, str_slice(s, 0, s.len - 6));
		strbuf_puts(&b, "people");
	} else if (last == 'y' && before && !strchr("aeiou", before)) {
		strbuf_add(&b, str_slice(s, 0, s.len - 1));
		strbuf_puts(&b, "ies");
	} else if (str_ends(s, STR("s")) || str_ends(s, STR("x")) ||
		   str_ends(s, STR("ch")) || str_ends(s, STR("sh"))) {
		strbuf_add(&b, s);
		strbuf_puts(&b, "es");
	} else {
		strbuf_add(&b, s);
		strbuf_puts(&b, "s");
	}
	return strbuf_str(&b);
}

static struct str singular(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);

	if (str_ends(s, STR("people"))) {
		strbuf_add(&b, str_slice(s, 0, s.len - 6));
		strbuf_puts(&b, "person");
	} else if (str_ends(s, STR("ies"))) {
		strbuf_add(&b, str_slice(s, 0, s.len - 3));
		strbuf_byte(&b, 'y');
	} else if (str_ends(s, STR("ses")) || str_ends(s, STR("xes")) ||
		   str_ends(s, STR("ches")) || str_ends(s, STR("shes"))) {
		strbuf_add(&b, str_slice(s, 0, s.len - 2));
	} else if (str_ends(s, STR("s")) && !str_ends(s, STR("ss"))) {
		strbuf_add(&b, str_slice(s, 0, s.len - 1));
	} else {
		strbuf_add(&b, s);
	}
	return strbuf_str(&b);
}

/* {{%users}}, [users]: the name without what stands around it. */
static struct str bared(struct arena *a, struct str s)
{
	(void)a;
	while (s.len && !is_ident(s.ptr[0]))
		s = str_slice(s, 1, s.len);
	while (s.len && !is_ident(s.ptr[s.len - 1]))
		s = str_slice(s, 0, s.len - 1);
	return s;
}

/* `users as u` is users */
static struct str unaliased(struct arena *a, struct str s)
{
	const size_t as = str_ifind(s, STR(" as "));

	(void)a;
	return as < s.len ? str_trim(str_slice(s, 0, as)) : s;
}

/* Filters of a text; they may follow each other. A new one is a row. */
static const struct {
	const char *name;
	struct str (*change)(struct arena *a, struct str s);
} changes[] = {
	{ "bare", bared },	    { "flat", flattened },
	{ "lower", lowered },	    { "plural", rewrite_plural },
	{ "singular", singular },   { "snake", rewrite_snake },
	{ "unaliased", unaliased },
};

bool rewrite_word_filter(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		if (str_eq(name, str_of(changes[i].name)))
			return true;
	return false;
}

struct str rewrite_words(struct arena *a, struct str s, struct str filter)
{
	while (filter.len) {
		size_t bar = str_find_byte(filter, '|');

		bar = bar == SIZE_MAX ? filter.len : bar;
		for (size_t i = 0; i < ARRAY_LEN(changes); i++)
			if (str_eq(str_slice(filter, 0, bar),
				   str_of(changes[i].name)))
				s = changes[i].change(a, s);
		filter = str_slice(filter, bar + 1, filter.len);
	}
	return s;
}
