#include "rule_index.h"

static unsigned letter_of(struct str s)
{
	const char c = s.len ? upper(s.ptr[0]) : '\0';

	return c >= 'A' && c <= 'Z' ? (unsigned)(c - 'A')
				    : RULE_INDEX_LETTERS - 1;
}

static void add_attempt(struct leads *leads, struct str head,
			struct attempt one, struct arena *a)
{
	struct lead *l = NULL;

	vec_each(struct lead, known, leads)
		if (str_eq(known->head, head))
			l = known;
	if (!l) {
		vec_push(leads, a, (struct lead){ .head = head });
		l = vec_last(leads);
	}
	const uint64_t bits = one.number < RULE_INDEX_VALUES
				      ? (uint64_t)1 << one.number
				      : ~(uint64_t)0;

	l->numbers |= bits;
	l->tails |= one.tail.len ? bits : 0;
	vec_push(&l->attempts, a, one);
}

/* The closing bracket of a class of characters; the last byte where there is
 * none. */
static const char *class_end(const char *p)
{
	p += p[1] == '^' ? 2 : 1;
	if (*p == ']')
		p++;
	while (*p && p[1] && *p != ']')
		p += *p == '\\' ? 2 : 1;
	return *p ? p : p - 1;
}

/* Where the part of the regex that stands behind the key begins: at its only
 * ` = `, outside of all brackets and with no alternative to it. NULL where
 * that cannot be said. */
static const char *value_part(const char *regex)
{
	const char *at = strstr(regex, " = ");
	int depth = 0;

	if (!at || strstr(at + 1, " = "))
		return NULL;
	for (const char *p = regex; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '[')
			p = class_end(p);
		else if (*p == '(')
			depth++;
		else if (*p == ')')
			depth--;
		else if (*p == '|' && !depth)
			return NULL;
		if (p + 1 == at && depth)
			return NULL;
	}
	return at;
}

static unsigned number_value(struct rule_index *x, const char *regex,
			     struct arena *a)
{
	const char *part = value_part(regex);

	if (x->settings < RULE_INDEX_VALUES)
		x->values[x->settings] =
			part ? arena_format(a, "^%s", part) : NULL;
	return x->settings++;
}

/* Cuts the first of several texts off `rest`, at a bar. */
static struct str next_text(struct str *rest)
{
	const size_t bar = str_find_byte(*rest, '|');
	const struct str text = str_slice(*rest, 0, bar);

	*rest = str_slice(*rest, text.len + 1, rest->len);
	return text;
}

static struct need need_of(struct str text)
{
	size_t at = SIZE_MAX;

	for (const char *c = "QZJXKVWYBHGFPMU"; *c && at == SIZE_MAX; c++)
		at = str_find_byte(text, *c);
	return (struct need){ text, at == SIZE_MAX ? 0 : at };
}

/* Adds the regex for each text its name may be followed by, as an attempt of
 * its own. */
static void add_tails(struct leads *leads, struct str head, struct str tails,
		      struct attempt one, struct arena *a)
{
	do {
		one.tail = next_text(&tails);
		add_attempt(leads, head, one, a);
	} while (tails.len);
}

/* A pattern without a head may match any form: it goes into every bucket. */
static void add_pattern(struct rule_index *x, const struct rule *r,
			const struct rule_pattern *p, struct arena *a)
{
	struct str heads = str_of(p->head), needs = str_of(p->need);
	const struct str tails = str_of(p->tail);
	const bool several = str_find_byte(tails, '|') < tails.len;
	struct attempt one = {
		.rule = r,
		.pattern = p,
		.number =
			r->on == ON_SETTING ? number_value(x, p->regex, a) : 0,
	};

	while (needs.len)
		vec_push(&one.needs, a, need_of(next_text(&needs)));
	if (!several)
		one.tail = tails;
	if (r->on == ON_SETTING && one.number < RULE_INDEX_VALUES)
		x->numbered[one.number] = one;
	do {
		const struct str head = next_text(&heads);
		const bool any = !head.len || head.ptr[0] == ' ';

		for (unsigned i = 0; i < RULE_INDEX_LETTERS; i++)
			if (any || i == letter_of(head))
				add_tails(&x->by_letter[r->on][i], head, tails,
					  one, a);
	} while (heads.len);
}

static bool holds(struct str s, const struct need *n)
{
	const char byte = n->text.ptr[n->seldom];

	if (s.len < n->text.len)
		return false;
	/* the first and the last place the byte may have */
	const char *p = s.ptr + n->seldom;
	const char *const end = p + (s.len - n->text.len) + 1;

	for (; p < end && (p = memchr(p, byte, (size_t)(end - p))); p++)
		if (!memcmp(p - n->seldom, n->text.ptr, n->text.len))
			return true;
	return false;
}

bool attempt_is_worth(const struct attempt *t, struct str text)
{
	vec_each(const struct need, need, &t->needs)
		if (holds(text, need))
			return true;
	return !t->needs.count;
}

void rule_index_add(struct rule_index *x, const struct rule *r, struct arena *a)
{
	for (size_t n = 0; n < r->match_count; n++)
		add_pattern(x, r, &r->match[n], a);
}

const struct leads *rule_index_leads(const struct rule_index *x,
				     const struct form *f)
{
	return &x->by_letter[f->kind][letter_of(f->text)];
}
