#include "code_sort.h"

#include <stdlib.h>

/* Something with a span, as the place of its sorting. */
struct order {
	const struct code_when *when; /* it runs; NULL where none counts */
	uint32_t off, len;
	size_t index;
};

static int order_cmp(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	const int when = x->when ? code_when_cmp(x->when, y->when) : 0;

	if (when)
		return when;
	if (x->off != y->off)
		return x->off < y->off ? -1 : 1;
	if (x->len != y->len)
		return x->len > y->len ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* `count` items of `each` bytes with a span at `at`, into the order of `when`,
 * if there is one, and of the source; of two that begin together the longer
 * first where they nest, else the one that was found first. */
static void *sorted(struct arena *a, const void *items, size_t count,
		    size_t each, size_t at, bool nest,
		    const struct code_when *when)
{
	struct order *o = arena_array(a, struct order, count + 1);
	char *out = arena_alloc(a, (count + 1) * each);

	for (size_t i = 0; i < count; i++) {
		struct span s;

		memcpy(&s, (const char *)items + i * each + at, sizeof(s));
		o[i] = (struct order){ when ? &when[i] : NULL, s.off,
				       nest ? s.len : 0, i };
	}
	qsort(o, count, sizeof(*o), order_cmp);
	for (size_t i = 0; i < count; i++)
		memcpy(out + i * each, (const char *)items + o[i].index * each,
		       each);
	return out;
}

#define SORT(list, type, nest, when)                                           \
	((list).item = sorted(out->arena, (list).item, (list).count,           \
			      sizeof(type), offsetof(type, span), nest, when), \
	 (list).size = (list).count + 1)

void code_sort(struct reading *out, const struct code_when *runs_at)
{
	SORT(out->forms, struct form, false, runs_at);
	SORT(out->comments, struct comment, false, NULL);
	SORT(out->blocks, struct block, true, NULL);
	SORT(out->gaps, struct gap, false, NULL);
}
