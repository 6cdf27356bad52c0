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
	vec_push(&l->attempts, a, one);
}

/* A pattern without a head may match any form: it goes into every bucket. */
static void add_pattern(struct rule_index *x, const struct rule *r,
			const struct rule_pattern *p, struct arena *a)
{
	const struct str head = str_of(p->head);
	const struct attempt one = { r, p, str_of(p->tail), str_of(p->need) };
	const bool any = !head.len || head.ptr[0] == ' ';

	for (unsigned i = 0; i < RULE_INDEX_LETTERS; i++)
		if (any || i == letter_of(head))
			add_attempt(&x->by_letter[r->on][i], head, one, a);
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
