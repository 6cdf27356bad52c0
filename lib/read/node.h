#ifndef READ_NODE_H
#define READ_NODE_H

#include "form.h"

/*
 * What YAML, JSON, TOML, INI and properties files have in common: maps, lists
 * and scalars. Every reader of such a format makes the same tree, so whoever
 * looks for settings and commands need not know the format.
 *
 * Nodes lie in the arena of the reading; spans point into its source. A tree
 * holds at most TREE_MAX nodes and is at most TREE_DEPTH deep: what goes
 * beyond is a gap, so that aliases of aliases cannot blow it up.
 */
enum node_kind { NODE_SCALAR, NODE_MAP, NODE_LIST };

/* How a scalar was written, which says how its text lies in the source. */
enum node_style {
	STYLE_PLAIN,  /* as it stands */
	STYLE_QUOTED, /* between quotes, maybe with escapes */
	STYLE_BLOCK,  /* YAML `|` and `>`, TOML """ */
};

enum { TREE_MAX = 200000, TREE_DEPTH = 64 };

struct node {
	enum node_kind kind;
	enum node_style style;
	bool merged;	/* came in through a YAML merge key or an alias */
	bool computed;	/* a template (ERB, Helm, Jinja) makes the value */
	struct str key; /* "" in a list */
	struct span key_span;
	struct str value;  /* of a scalar, unquoted */
	struct span span;  /* of the value as written */
	struct span whole; /* from the key to the end of the value */
	struct node *parent;
	struct node *child, *last;
	struct node *next;
	unsigned count; /* children */
};

/*
 * Each of these reads all of `src` and returns the root, a list with one node
 * for every document; it is never NULL. Comments and gaps go to `r`.
 */
struct node *read_yaml(struct reading *r, const struct source *src);
struct node *read_json(struct reading *r, const struct source *src);
struct node *read_toml(struct reading *r, const struct source *src);
/* INI with sections, and Java properties: a document for each `#---`. */
struct node *read_ini(struct reading *r, const struct source *src);

/* A new node at the end of `parent`'s children; NULL for the root. */
struct node *node_add(struct arena *a, struct node *parent,
		      enum node_kind kind);

/* The child of that key; the last one where it is there twice. NULL where
 * there is none, or `n` is NULL or no map. */
struct node *node_child(const struct node *n, const char *key);

/* The node at the end of a path of keys, "deploy.environment". */
struct node *node_at(const struct node *n, const char *path);

/* The value of a scalar child, or an empty view. */
struct str node_text(const struct node *n, const char *path);

/* The keys from below the document down to `n`, '.' between; a list adds
 * nothing. `rails.production.adapter` */
struct str node_path(struct arena *a, const struct node *n);

#define node_each(c, n) \
	for (struct node *c = (n) ? (n)->child : NULL; c != NULL; c = c->next)

/*
 * Where each byte of a scalar's value stands in the source: the place of byte
 * `i` of `n->value` is at `[i]`, and `[n->value.len]` is the end. NULL for a
 * value that stands there as it is, from `n->span.off` on.
 */
const uint32_t *node_places(struct arena *a, const struct source *src,
			    const struct node *n);

#endif
