#include "code_load.h"

#include <stdlib.h>

#include "lang.h"
#include "vec.h"

struct rewrites VEC(struct code_rewrite);
struct texts VEC(const char *);
struct examples VEC(struct code_example);

/* A mapping of texts as a list of pairs that ends at NULL. */
static int load_pairs(struct yaml_tree *t, const yaml_node_t *node,
		      const char *const **out)
{
	const yaml_node_t *key, *value;
	struct texts list = { 0 };

	if (node->type != YAML_MAPPING_NODE)
		return yaml_complain(t, node, "a mapping of texts expected");
	yaml_each_pair(t, node, key, value)
	{
		const char *name = yaml_text(t, key);
		const char *text = name ? yaml_text(t, value) : NULL;

		if (!text)
			return -1;
		vec_push(&list, t->arena, name);
		vec_push(&list, t->arena, text);
	}
	vec_push(&list, t->arena, NULL);
	*out = list.item;
	return 0;
}

/* { 'drop_table :t': DROP TABLE t }, or { code: text, becomes: list } */
static int load_example(struct yaml_tree *t, const yaml_node_t *item,
			struct code_example *e)
{
	const yaml_node_t *key, *value;

	if (item->type != YAML_MAPPING_NODE)
		return yaml_complain(t, item, "an example is text: statements");
	e->line = yaml_line(item);
	yaml_each_pair(t, item, key, value)
	{
		const char *name = yaml_text(t, key);

		if (!name)
			return -1;
		if (!strcmp(name, "code")) {
			if (!(e->text = yaml_text(t, value)))
				return -1;
			continue;
		}
		if (strcmp(name, "becomes") != 0)
			e->text = name;
		if (yaml_texts(t, value, &e->becomes, NULL) < 0)
			return -1;
	}
	return e->text && e->becomes
		       ? 0
		       : yaml_complain(t, item,
				       "an example wants its statements");
}

static int load_examples(struct code_rules *rules, struct yaml_tree *t,
			 const yaml_node_t *node)
{
	const yaml_node_t *item;
	struct examples all = { 0 };

	for (size_t i = 0; i < rules->example_count; i++)
		vec_push(&all, t->arena, rules->examples[i]);
	if (node->type != YAML_SEQUENCE_NODE)
		return yaml_complain(t, node, "examples is a list");
	yaml_each_item(t, node, item)
	{
		struct code_example e = { 0 };

		if (load_example(t, item, &e) < 0)
			return -1;
		vec_push(&all, t->arena, e);
	}
	rules->examples = all.item;
	rules->example_count = all.count;
	return 0;
}

enum key_kind { KEY_TEXT, KEY_LIST, KEY_PAIRS, KEY_FLAG };

/* Keys of a rewrite. A new key is a row. */
static const struct key {
	const char *name;
	enum key_kind kind;
	size_t offset;
} rewrite_keys[] = {
	{ "in", KEY_LIST, offsetof(struct code_rewrite, in) },
	{ "on", KEY_LIST, offsetof(struct code_rewrite, on) },
	{ "when", KEY_TEXT, offsetof(struct code_rewrite, when) },
	{ "one-way", KEY_TEXT, offsetof(struct code_rewrite, one_way) },
	{ "args", KEY_LIST, offsetof(struct code_rewrite, args) },
	{ "set", KEY_PAIRS, offsetof(struct code_rewrite, set) },
	{ "each", KEY_PAIRS, offsetof(struct code_rewrite, each) },
	{ "to", KEY_LIST, offsetof(struct code_rewrite, to) },
	{ "undo", KEY_LIST, offsetof(struct code_rewrite, undo) },
	{ "part", KEY_LIST, offsetof(struct code_rewrite, part) },
	{ "sql", KEY_LIST, offsetof(struct code_rewrite, sql) },
	{ "undo-sql", KEY_LIST, offsetof(struct code_rewrite, undo_sql) },
	{ "state", KEY_LIST, offsetof(struct code_rewrite, state) },
};

/* What `is:` may say of a call. */
static const struct {
	const char *name;
	unsigned flag;
} marks[] = {
	{ "whole-definition", REWRITE_IMPLIED },
	{ "no-transaction", REWRITE_NO_TRANSACTION },
	{ "override", REWRITE_ALLOWS },
	{ "override-of-file", REWRITE_ALLOWS_FILE },
	{ "way-back", REWRITE_BACKWARD },
	{ "inverse", REWRITE_INVERSE },
	{ "no-way-back", REWRITE_NO_WAY_BACK },
	{ "own-way-back", REWRITE_OWN_WAY_BACK },
	{ "functions", REWRITE_FUNCTIONS },
};

static int load_marks(struct code_rewrite *w, struct yaml_tree *t,
		      const yaml_node_t *node)
{
	const char *const *names;

	if (yaml_texts(t, node, &names, NULL) < 0)
		return -1;
	for (; *names; names++) {
		size_t i = 0;

		while (i < ARRAY_LEN(marks) && strcmp(*names, marks[i].name))
			i++;
		if (i == ARRAY_LEN(marks))
			return yaml_complain(t, node, "unknown mark %s",
					     *names);
		w->flags |= marks[i].flag;
	}
	return 0;
}

static int load_key(void *to, struct yaml_tree *t, const struct key *k,
		    const yaml_node_t *value)
{
	char *at = (char *)to + k->offset;
	const char *const *list = NULL;
	const char *text = NULL;

	switch (k->kind) {
	case KEY_TEXT:
		text = yaml_text(t, value);
		memcpy(at, &text, sizeof(text));
		return text ? 0 : -1;
	case KEY_LIST:
		if (yaml_texts(t, value, &list, NULL) < 0)
			return -1;
		memcpy(at, &list, sizeof(list));
		return 0;
	case KEY_FLAG: return yaml_bool(t, value, (bool *)at);
	case KEY_PAIRS:
		if (load_pairs(t, value, &list) < 0)
			return -1;
		memcpy(at, &list, sizeof(list));
		return 0;
	}
	return -1;
}

static int load_rewrite_pair(struct code_rules *rules, struct code_rewrite *w,
			     const char *const **calls, struct yaml_tree *t,
			     const yaml_node_t *key, const yaml_node_t *value)
{
	const char *name = yaml_text(t, key);

	if (!name)
		return -1;
	if (!strcmp(name, "call"))
		return yaml_texts(t, value, calls, NULL);
	if (!strcmp(name, "is"))
		return load_marks(w, t, value);
	if (!strcmp(name, "examples"))
		return load_examples(rules, t, value);
	for (size_t i = 0; i < ARRAY_LEN(rewrite_keys); i++)
		if (!strcmp(name, rewrite_keys[i].name))
			return load_key(w, t, &rewrite_keys[i], value);
	return yaml_complain(t, key, "unknown key %s", name);
}

/* One entry of `rewrites`; one row for each name that it has for the call. */
static int load_rewrite(struct code_rules *rules, struct rewrites *all,
			struct yaml_tree *t, const yaml_node_t *node)
{
	struct code_rewrite w = { .line = yaml_line(node) };
	const size_t examples = rules->example_count;
	const char *const *calls = NULL;
	const yaml_node_t *key, *value;

	if (node->type != YAML_MAPPING_NODE)
		return yaml_complain(t, node, "a rewrite is a mapping");
	yaml_each_pair(t, node, key, value)
	{
		if (load_rewrite_pair(rules, &w, &calls, t, key, value) < 0)
			return -1;
	}
	if (!calls)
		return yaml_complain(t, node, "a rewrite names its call");
	if ((w.to || w.part || w.sql) && rules->example_count == examples)
		return yaml_complain(t, node, "a rewrite has examples");
	for (; *calls; calls++) {
		w.call = *calls;
		vec_push(all, t->arena, w);
	}
	return 0;
}

static int load_rewrites(struct code_rules *rules, struct yaml_tree *t,
			 const yaml_node_t *node)
{
	struct rewrites all = { 0 };
	const yaml_node_t *item;

	if (node->type != YAML_SEQUENCE_NODE)
		return yaml_complain(t, node, "rewrites is a list");
	yaml_each_item(t, node, item)
	{
		if (load_rewrite(rules, &all, t, item) < 0)
			return -1;
	}
	rules->rewrites = all.item;
	rules->rewrite_count = all.count;
	return 0;
}

static const struct key keys[] = {
	{ "language", KEY_TEXT, offsetof(struct code_rules, language) },
	{ "backward", KEY_LIST, offsetof(struct code_rules, backward) },
	{ "forward", KEY_LIST, offsetof(struct code_rules, forward) },
	{ "reversible", KEY_LIST, offsetof(struct code_rules, reversible) },
	{ "no-transaction", KEY_LIST,
	  offsetof(struct code_rules, no_transaction) },
	{ "types", KEY_PAIRS, offsetof(struct code_rules, types) },
	{ "parts", KEY_PAIRS, offsetof(struct code_rules, parts) },
	{ "one-way-calls", KEY_FLAG,
	  offsetof(struct code_rules, one_way_calls) },
};

int code_load_pair(struct code_rules *out, struct yaml_tree *t,
		   const yaml_node_t *key, const yaml_node_t *value)
{
	const char *name = yaml_text(t, key);

	if (!name)
		return -1;
	if (!strcmp(name, "rewrites"))
		return load_rewrites(out, t, value) < 0 ? -1 : 1;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!strcmp(name, keys[i].name))
			return load_key(out, t, &keys[i], value) < 0 ? -1 : 1;
	return 0;
}

static bool is_pattern(const struct code_rewrite *w)
{
	return strchr(w->call, '*') || w->call[0] == '{';
}

/* Patterns first, then by name; of one name, in the order of the file. */
static int rewrite_cmp(const void *a, const void *b)
{
	const struct code_rewrite *x = a, *y = b;
	int by_name;

	if (is_pattern(x) != is_pattern(y))
		return is_pattern(x) ? -1 : 1;
	by_name = is_pattern(x) ? 0 : strcmp(x->call, y->call);
	return by_name ? by_name : x->line - y->line;
}

/* Every `step`-th text is a template; all stand in the row of that line. */
static int check_texts(struct code_rules *rules, struct yaml_tree *t, int line,
		       const char *const *texts, int step)
{
	for (; texts && *texts; texts += step) {
		const char *why = template_check(texts[step - 1], rules);

		if (why)
			return err_set(t->err, "%s:%d: %s: %s", t->path, line,
				       why, texts[step - 1]);
	}
	return 0;
}

static int check_rewrite(struct code_rules *rules, struct yaml_tree *t,
			 const struct code_rewrite *w)
{
	if (check_texts(rules, t, w->line, w->to, 1) < 0 ||
	    check_texts(rules, t, w->line, w->undo, 1) < 0 ||
	    check_texts(rules, t, w->line, w->part, 1) < 0)
		return -1;
	return check_texts(rules, t, w->line, w->each, 2);
}

int code_load_done(struct code_rules *out, struct yaml_tree *t,
		   const yaml_node_t *root)
{
	struct code_rewrite *w =
		arena_array(t->arena, struct code_rewrite, out->rewrite_count);

	if (!out->language || !language_named(str_of(out->language)))
		return yaml_complain(t, root, "language is unknown");
	if (!out->rewrite_count)
		return yaml_complain(t, root, "rewrites are needed");
	memcpy(w, out->rewrites, out->rewrite_count * sizeof(*w));
	qsort(w, out->rewrite_count, sizeof(*w), rewrite_cmp);
	out->rewrites = w;
	if (check_texts(out, t, yaml_line(root), out->types, 2) < 0 ||
	    check_texts(out, t, yaml_line(root), out->parts, 2) < 0)
		return -1;
	for (size_t i = 0; i < out->rewrite_count; i++) {
		out->pattern_count += is_pattern(&w[i]);
		if (check_rewrite(out, t, &w[i]) < 0)
			return -1;
	}
	return 0;
}
