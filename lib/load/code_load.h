#ifndef LOAD_CODE_LOAD_H
#define LOAD_CODE_LOAD_H

#include "code_rules.h"
#include "yaml_tree.h"

/*
 * The keys of a framework file that say what calls mean (docs/
 * writing-frameworks.md): `language` and those that make sense with it.
 */

/* Loads the pair if it is such a key: 1 if so, 0 if not, -1 and a message. */
MUST_USE int code_load_pair(struct code_rules *out, struct yaml_tree *t,
			    const yaml_node_t *key, const yaml_node_t *value);

/* After the last pair: sorts, and checks every template. */
MUST_USE int code_load_done(struct code_rules *out, struct yaml_tree *t,
			    const yaml_node_t *root);

#endif
