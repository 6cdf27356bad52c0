#include "rule_load.h"

#include "form.h"
#include "matcher.h"
#include "rule_macro.h"
#include "vec.h"
#include "yaml_tree.h"

/* Keys that are one text. A new key is a new row. */
static const struct text_key {
	const char *key;
	size_t offset;
	bool required;
} text_keys[] = {
	{ "id", offsetof(struct rule, id), true },
	{ "of", offsetof(struct rule, entry), false },
	{ "title", offsetof(struct rule, title), true },
	{ "why", offsetof(struct rule, why), true },
	{ "instead", offsetof(struct rule, instead), true },
};

struct load {
	struct yaml_tree tree;
	struct rule *rule;
};

struct levels_when VEC(struct rule_level_when);
struct alsos VEC(struct rule_also);
struct examples VEC(struct rule_example);
struct siblings VEC(struct rule_sibling);

static int load_level(struct load *l, const yaml_node_t *value)
{
	const char *name = yaml_text(&l->tree, value);

	if (!name)
		return -1;
	if (!level_from_name(&l->rule->level, str_of(name)))
		return yaml_complain(&l->tree, value, "unknown level %s", name);
	return 0;
}

static int load_on(struct load *l, const yaml_node_t *value)
{
	static const char *const names[] = { "statement", "setting", "command",
					     "file" };
	const char *name = yaml_text(&l->tree, value);

	if (!name)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!strcmp(name, names[i])) {
			l->rule->on = (enum rule_on)i;
			return 0;
		}
	return yaml_complain(&l->tree, value, "a rule is not on %s", name);
}

/* Expand and backfill are what a file is where no rule says otherwise. */
static int load_phase(struct load *l, const yaml_node_t *value)
{
	const char *name = yaml_text(&l->tree, value);

	if (!name)
		return -1;
	if (strcmp(name, "contract") != 0)
		return yaml_complain(&l->tree, value, "phase is contract");
	l->rule->contract = true;
	return 0;
}

static int load_dialects(struct load *l, const yaml_node_t *value)
{
	const char *const *names;
	size_t count;
	enum dialect d;

	if (yaml_texts(&l->tree, value, &names, &count) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (!dialect_from_name(&d, str_of(names[i])))
			return yaml_complain(&l->tree, value,
					     "unknown dialect %s", names[i]);
		l->rule->dialects |= 1u << d;
	}
	return 0;
}

/* One regex, its macros expanded. */
static int load_pattern(struct load *l, const yaml_node_t *at, const char *raw,
			struct rule_pattern *out)
{
	struct err why;

	*out = rule_pattern_of(raw, l->tree.arena);
	if (matcher_check(out->regex, &why) < 0)
		return yaml_complain(&l->tree, at, "%s", why.text);
	return 0;
}

static int load_match(struct load *l, const yaml_node_t *value)
{
	const char *const *raw;
	size_t count;

	if (yaml_texts(&l->tree, value, &raw, &count) < 0)
		return -1;
	struct rule_pattern *p =
		arena_array(l->tree.arena, struct rule_pattern, count);

	for (size_t i = 0; i < count; i++)
		if (load_pattern(l, value, raw[i], &p[i]) < 0)
			return -1;
	l->rule->match = p;
	l->rule->match_count = count;
	return 0;
}

static int load_except(struct load *l, const yaml_node_t *value)
{
	const char *raw = yaml_text(&l->tree, value);
	struct rule_pattern p;

	if (!raw || load_pattern(l, value, raw, &p) < 0)
		return -1;
	l->rule->except = p.regex;
	return 0;
}

static int load_predicate(struct load *l, const yaml_node_t *at,
			  const char *name, enum predicate *out)
{
	if (!name)
		return -1;
	if (!predicate_from_name(out, str_of(name)))
		return yaml_complain(&l->tree, at, "unknown predicate %s",
				     name);
	return 0;
}

static int load_predicates(struct load *l, const yaml_node_t *value,
			   const enum predicate **out, size_t *count)
{
	const char *const *names;

	if (yaml_texts(&l->tree, value, &names, count) < 0)
		return -1;
	enum predicate *p =
		arena_array(l->tree.arena, enum predicate, *count + 1);

	for (size_t i = 0; i < *count; i++)
		if (load_predicate(l, value, names[i], &p[i]) < 0)
			return -1;
	*out = p;
	return 0;
}

/* level_when: { caution: [a, b] } */
static int load_level_when(struct load *l, const yaml_node_t *map)
{
	const yaml_node_t *key, *value;
	struct levels_when all = { 0 };

	if (map->type != YAML_MAPPING_NODE)
		return yaml_complain(&l->tree, map, "level_when is a mapping");
	yaml_each_pair(&l->tree, map, key, value)
	{
		struct rule_level_when one;
		const char *name = yaml_text(&l->tree, key);
		const enum predicate *p;
		size_t count;

		if (!name || !level_from_name(&one.level, str_of(name)))
			return yaml_complain(&l->tree, key, "unknown level");
		if (load_predicates(l, value, &p, &count) < 0)
			return -1;
		for (size_t i = 0; i < count; i++) {
			one.predicate = p[i];
			vec_push(&all, l->tree.arena, one);
		}
	}
	l->rule->level_when = all.item;
	l->rule->level_when_count = all.count;
	return 0;
}

/* also: { predicate: text } */
static int load_also(struct load *l, const yaml_node_t *map)
{
	const yaml_node_t *key, *value;
	struct alsos all = { 0 };

	if (map->type != YAML_MAPPING_NODE)
		return yaml_complain(&l->tree, map, "also is a mapping");
	yaml_each_pair(&l->tree, map, key, value)
	{
		struct rule_also one;

		if (load_predicate(l, key, yaml_text(&l->tree, key),
				   &one.predicate) < 0 ||
		    !(one.text = yaml_text(&l->tree, value)))
			return -1;
		vec_push(&all, l->tree.arena, one);
	}
	l->rule->also = all.item;
	l->rule->also_count = all.count;
	return 0;
}

/* Is the key of an example where the file lies, and not a dialect? */
static bool is_path(const char *key)
{
	static const char *const names[] = { "Dockerfile", "Makefile",
					     "justfile", "Procfile" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!strcmp(key, names[i]))
			return true;
	return strchr(key, '.') || strchr(key, '/');
}

/* { .env.production: text, fly.toml: text }: the file, then those beside. */
static int load_example_files(struct load *l, const yaml_node_t *map,
			      struct rule_example *out)
{
	const yaml_node_t *key, *value;
	struct siblings all = { 0 };

	yaml_each_pair(&l->tree, map, key, value)
	{
		struct rule_sibling one = {
			.path = yaml_text(&l->tree, key),
			.text = yaml_text(&l->tree, value),
		};

		if (!one.path || !one.text)
			return -1;
		if (!out->text) {
			*(is_path(one.path) ? &out->path : &out->as) = one.path;
			out->text = one.text;
		} else if (is_path(one.path)) {
			vec_push(&all, l->tree.arena, one);
		} else {
			return yaml_complain(&l->tree, key,
					     "one dialect or framework");
		}
	}
	out->siblings = all.item;
	out->sibling_count = all.count;
	return 0;
}

/* The text of an example, or { mysql: text } in its place. */
static int load_example_text(struct load *l, const yaml_node_t *value,
			     struct rule_example *out)
{
	out->line = yaml_line(value);
	if (value->type == YAML_MAPPING_NODE)
		return load_example_files(l, value, out);
	out->text = yaml_text(&l->tree, value);
	return out->text ? 0 : -1;
}

/* bad: or good:, and before: beside it. */
static int load_example(struct load *l, const yaml_node_t *m,
			struct rule_example *out)
{
	const yaml_node_t *key, *value;

	*out = (struct rule_example){ 0 };
	if (m->type != YAML_MAPPING_NODE)
		return yaml_complain(&l->tree, m,
				     "an example is bad: or good:");
	yaml_each_pair(&l->tree, m, key, value)
	{
		const char *kind = yaml_text(&l->tree, key);

		if (!kind)
			return -1;
		if (!strcmp(kind, "before")) {
			if (!(out->before = yaml_text(&l->tree, value)))
				return -1;
			continue;
		}
		if (strcmp(kind, "bad") != 0 && strcmp(kind, "good") != 0)
			return yaml_complain(&l->tree, key,
					     "an example is bad: or good:");
		out->bad = *kind == 'b';
		if (load_example_text(l, value, out) < 0)
			return -1;
	}
	if (!out->text)
		return yaml_complain(&l->tree, m,
				     "an example is bad: or good:");
	return 0;
}

static int load_examples(struct load *l, const yaml_node_t *seq)
{
	const yaml_node_t *item;
	struct examples all = { 0 };
	struct rule_example one;

	if (seq->type != YAML_SEQUENCE_NODE)
		return yaml_complain(&l->tree, seq, "examples is a list");
	yaml_each_item(&l->tree, seq, item)
	{
		if (load_example(l, item, &one) < 0)
			return -1;
		vec_push(&all, l->tree.arena, one);
	}
	l->rule->examples = all.item;
	l->rule->example_count = all.count;
	return 0;
}

static int load_when(struct load *l, const yaml_node_t *value)
{
	return load_predicates(l, value, &l->rule->when, &l->rule->when_count);
}

static int load_unless(struct load *l, const yaml_node_t *value)
{
	return load_predicates(l, value, &l->rule->unless,
			       &l->rule->unless_count);
}

static int load_replaces(struct load *l, const yaml_node_t *value)
{
	return yaml_texts(&l->tree, value, &l->rule->replaces,
			  &l->rule->replaces_count);
}

/* Keys that are more than one text. */
static const struct {
	const char *key;
	int (*load)(struct load *l, const yaml_node_t *value);
} keys[] = {
	{ "level", load_level },
	{ "on", load_on },
	{ "phase", load_phase },
	{ "dialects", load_dialects },
	{ "match", load_match },
	{ "except", load_except },
	{ "when", load_when },
	{ "unless", load_unless },
	{ "level_when", load_level_when },
	{ "also", load_also },
	{ "replaces", load_replaces },
	{ "examples", load_examples },
};

static int load_pair(struct load *l, const yaml_node_t *key,
		     const yaml_node_t *value)
{
	const char *name = yaml_text(&l->tree, key);

	if (!name)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!strcmp(name, keys[i].key))
			return keys[i].load(l, value);
	for (size_t i = 0; i < ARRAY_LEN(text_keys); i++)
		if (!strcmp(name, text_keys[i].key)) {
			const char *text = yaml_text(&l->tree, value);

			if (!text)
				return -1;
			memcpy((char *)l->rule + text_keys[i].offset, &text,
			       sizeof(text));
			return 0;
		}
	return yaml_complain(&l->tree, key, "unknown key %s", name);
}

/* The file's name without folder and ending is the rule's id. */
static bool id_is_file_name(const struct rule *r)
{
	const char *slash = strrchr(r->file, '/');
	const struct str name = str_of(slash ? slash + 1 : r->file);

	return name.len > 5 &&
	       str_eq(str_of(r->id), str_slice(name, 0, name.len - 5));
}

/* `of` was read in place of the entry's own name: findings go by `id`. */
static void name_entry(struct rule *r)
{
	const char *of = r->entry;

	if (!of)
		return;
	r->entry = r->id;
	r->id = of;
}

static int check_whole(struct load *l, const yaml_node_t *root)
{
	const struct rule *r = l->rule;
	bool bad = false, good = false;

	for (size_t i = 0; i < ARRAY_LEN(text_keys); i++) {
		const char *text;

		memcpy(&text, (const char *)r + text_keys[i].offset,
		       sizeof(text));
		if (text_keys[i].required && !text)
			return yaml_complain(&l->tree, root, "missing key %s",
					     text_keys[i].key);
	}
	if (!id_is_file_name(r))
		return yaml_complain(&l->tree, root,
				     "id %s is not the file's name", r->id);
	name_entry(l->rule);
	if (r->on == ON_FILE)
		return 0;
	for (size_t i = 0; i < r->example_count; i++) {
		bad |= r->examples[i].bad;
		good |= !r->examples[i].bad;
	}
	if (!r->match_count)
		return yaml_complain(&l->tree, root, "missing key match");
	if (!bad || !good)
		return yaml_complain(&l->tree, root,
				     "a bad and a good example are needed");
	return 0;
}

static int load_root(struct load *l)
{
	const yaml_node_t *root = yaml_root(&l->tree), *key, *value;

	if (!root || root->type != YAML_MAPPING_NODE)
		return yaml_complain(&l->tree, root, "a rule is a mapping");
	yaml_each_pair(&l->tree, root, key, value)
	{
		if (load_pair(l, key, value) < 0)
			return -1;
	}
	return check_whole(l, root);
}

int rule_load(struct rule *out, const char *path, struct str text,
	      struct arena *a, struct err *err)
{
	struct load l = { .rule = out };

	*out = (struct rule){ .file = path, .level = LEVEL_RESTRICTED };
	if (yaml_tree_init(&l.tree, path, text, a, err) < 0)
		return -1;
	const int rc = load_root(&l);

	yaml_tree_free(&l.tree);
	return rc;
}
