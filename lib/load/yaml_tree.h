#ifndef LOAD_YAML_TREE_H
#define LOAD_YAML_TREE_H

#include <yaml.h>

#include "arena.h"
#include "compiler.h"
#include "err.h"
#include "str.h"

/*
 * One YAML document and the words to complain about it: every message begins
 * "file:line: ". The node functions return NULL or false and set `err` where
 * the document is not as asked.
 */
struct yaml_tree {
	yaml_document_t doc;
	const char *path;
	struct arena *arena;
	struct err *err;
};

/* Parses `text`. On success yaml_tree_free() is due. */
MUST_USE int yaml_tree_init(struct yaml_tree *t, const char *path,
			    struct str text, struct arena *a, struct err *err);
void yaml_tree_free(struct yaml_tree *t);

/* The root; NULL for an empty document. */
const yaml_node_t *yaml_root(struct yaml_tree *t);

int yaml_line(const yaml_node_t *n);

/* Always -1. */
int yaml_complain(struct yaml_tree *t, const yaml_node_t *at, const char *fmt,
		  ...) PRINTF_LIKE(3, 4);

/* The scalar as a C string in the arena; NULL and a message otherwise. */
const char *yaml_text(struct yaml_tree *t, const yaml_node_t *n);

/* true/false (yes/no are not YAML 1.2 and are refused). */
MUST_USE int yaml_bool(struct yaml_tree *t, const yaml_node_t *n, bool *out);

/* A list of scalars, or one scalar as a list of one: NULL-terminated. */
MUST_USE int yaml_texts(struct yaml_tree *t, const yaml_node_t *n,
			const char *const **out, size_t *count);

const yaml_node_t *yaml_at(struct yaml_tree *t, int index);

#define yaml_each_pair(t, node, key, value)                                 \
	for (const yaml_node_pair_t *p_ = (node)->data.mapping.pairs.start; \
	     p_ < (node)->data.mapping.pairs.top &&                         \
	     ((key) = yaml_at((t), p_->key),                                \
	     (value) = yaml_at((t), p_->value), true);                      \
	     p_++)

#define yaml_each_item(t, node, item)                                        \
	for (const yaml_node_item_t *i_ = (node)->data.sequence.items.start; \
	     i_ < (node)->data.sequence.items.top &&                         \
	     ((item) = yaml_at((t), *i_), true);                             \
	     i_++)

#endif
