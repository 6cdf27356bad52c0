#ifndef FUZZ_TREE_CHECK_H
#define FUZZ_TREE_CHECK_H

#include <assert.h>
#include <stdint.h>

#include "node.h"

/* What node.h promises of every tree: spans in the text, counts that are
 * right, a bounded depth, and a place in the text for every byte. */
static void check_node(struct arena *a, const struct source *src,
		       const struct node *n, unsigned depth)
{
	const struct span all = { 0, (uint32_t)src->text.len };
	unsigned count = 0;

	assert(depth <= TREE_DEPTH + 2);
	assert(span_holds(all, n->span));
	assert(span_holds(all, n->key_span));
	assert(span_holds(all, n->whole));
	node_each(c, n)
	{
		assert(c->parent == n);
		check_node(a, src, c, depth + 1);
		count++;
	}
	assert(count == n->count);
	if (n->kind != NODE_SCALAR)
		return;
	assert(!count);
	const uint32_t *place = node_places(a, src, n);

	for (size_t i = 0; place && i <= n->value.len; i++)
		assert(place[i] <= src->text.len);
}

/* Runs one reader over the bytes. */
static inline int check_tree(struct node *(*read)(struct reading *,
						  const struct source *),
			     const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct reading r = { .arena = &a };
	const struct source src = { .path = "x",
				    .text = { (const char *)data, size } };

	check_node(&a, &src, read(&r, &src), 0);
	vec_each(const struct comment, c, &r.comments)
		assert(span_end(c->span) <= size);
	vec_each(const struct gap, g, &r.gaps)
		assert(span_end(g->span) <= size && g->reason);
	arena_free(&a);
	return 0;
}

#endif
