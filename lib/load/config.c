#include "config.h"

#include "yaml_tree.h"

struct load {
	struct yaml_tree tree;
	struct config *config;
	const struct rules *rules;
	const struct frameworks *frameworks;
};

/* A mapping whose keys are these; each has its own reader. */
struct key {
	const char *name;
	int (*load)(struct load *l, const yaml_node_t *value);
};

static int unknown_key(struct load *l, const yaml_node_t *at, const char *name,
		       const struct key *keys, size_t count)
{
	const char *nearest = NULL;
	size_t best = strlen(name) / 2 + 1;

	for (size_t i = 0; i < count; i++) {
		const size_t d =
			str_distance(str_of(name), str_of(keys[i].name), best);

		if (d < best) {
			best = d;
			nearest = keys[i].name;
		}
	}
	if (nearest)
		return yaml_complain(&l->tree, at,
				     "unknown key \"%s\"; did you mean %s?",
				     name, nearest);
	return yaml_complain(&l->tree, at, "unknown key \"%s\"", name);
}

/* A mapping, each key of which is there once: of two the team would not see
 * which one holds. */
static int check_mapping(struct load *l, const yaml_node_t *map)
{
	const yaml_node_t *key, *value;
	struct map seen = { 0 };

	if (map->type != YAML_MAPPING_NODE)
		return yaml_complain(&l->tree, map, "a mapping is expected");
	yaml_each_pair(&l->tree, map, key, value)
	{
		const char *name = yaml_text(&l->tree, key);

		if (!name)
			return -1;
		if (map_get(&seen, str_of(name)))
			return yaml_complain(&l->tree, key,
					     "key \"%s\" is there twice", name);
		map_put(&seen, l->tree.arena, str_of(name), &seen);
		(void)value;
	}
	return 0;
}

static int load_keys(struct load *l, const yaml_node_t *map,
		     const struct key *keys, size_t count)
{
	const yaml_node_t *key, *value;

	if (check_mapping(l, map) < 0)
		return -1;
	yaml_each_pair(&l->tree, map, key, value)
	{
		const char *name = yaml_text(&l->tree, key);
		size_t i = 0;

		if (!name)
			return -1;
		while (i < count && strcmp(name, keys[i].name) != 0)
			i++;
		if (i == count)
			return unknown_key(l, key, name, keys, count);
		if (keys[i].load(l, value) < 0)
			return -1;
	}
	return 0;
}

static int check_rule(struct load *l, const yaml_node_t *at, const char *id)
{
	if (!id)
		return -1;
	if (rule_named(l->rules, str_of(id)))
		return 0;
	const char *near = rule_nearest(l->rules, str_of(id));

	return near ? yaml_complain(&l->tree, at,
				    "unknown rule \"%s\"; did you mean %s?", id,
				    near)
		    : yaml_complain(&l->tree, at, "unknown rule \"%s\"", id);
}

/* rules: { drop-index: caution } */
static int load_rules(struct load *l, const yaml_node_t *map)
{
	const yaml_node_t *key, *value;

	if (map->type != YAML_MAPPING_NODE)
		return yaml_complain(&l->tree, map,
				     "rules is a mapping of rule to level");
	if (check_mapping(l, map) < 0)
		return -1;
	yaml_each_pair(&l->tree, map, key, value)
	{
		struct rule_level one = { .id = yaml_text(&l->tree, key) };
		const char *level = yaml_text(&l->tree, value);

		if (check_rule(l, key, one.id) < 0 || !level)
			return -1;
		if (!level_from_name(&one.level, str_of(level)))
			return yaml_complain(
				&l->tree, value,
				"unknown level \"%s\": it is off, caution, "
				"restricted or dangerous",
				level);
		vec_push(&l->config->policy.levels, l->tree.arena, one);
	}
	return 0;
}

/* One text of a mapping by its key; NULL where the key is not there. */
static const char *text_of_key(struct load *l, const yaml_node_t *map,
			       const char *name, const yaml_node_t **at)
{
	const yaml_node_t *key, *value;

	yaml_each_pair(&l->tree, map, key, value)
	{
		if (key->type == YAML_SCALAR_NODE &&
		    !strcmp((const char *)key->data.scalar.value, name)) {
			*at = value;
			return yaml_text(&l->tree, value);
		}
	}
	return NULL;
}

/* The mapping has no other keys than these. */
static int only_keys(struct load *l, const yaml_node_t *map,
		     const struct key *keys, size_t count)
{
	const yaml_node_t *key, *value;

	if (check_mapping(l, map) < 0)
		return -1;
	yaml_each_pair(&l->tree, map, key, value)
	{
		const char *name = yaml_text(&l->tree, key);
		bool known = false;

		(void)value;
		for (size_t i = 0; name && i < count; i++)
			known |= !strcmp(name, keys[i].name);
		if (!known)
			return unknown_key(l, key, name ? name : "", keys,
					   count);
	}
	return 0;
}

static int load_one_allow(struct load *l, const yaml_node_t *map)
{
	static const struct key keys[] = { { "path", NULL },
					   { "rule", NULL },
					   { "reason", NULL } };
	const yaml_node_t *at = map;
	struct allow one;

	if (only_keys(l, map, keys, ARRAY_LEN(keys)) < 0)
		return -1;
	one.path = text_of_key(l, map, "path", &at);
	one.reason = text_of_key(l, map, "reason", &at);
	one.rule = text_of_key(l, map, "rule", &at);
	if (!one.path || !one.rule || !one.reason || !*one.reason)
		return yaml_complain(&l->tree, map,
				     "an allow entry needs path, rule and "
				     "reason");
	if (strcmp(one.rule, "*") != 0 && check_rule(l, at, one.rule) < 0)
		return -1;
	vec_push(&l->config->policy.allows, l->tree.arena, one);
	return 0;
}

static int load_allow(struct load *l, const yaml_node_t *seq)
{
	const yaml_node_t *item;

	if (seq->type != YAML_SEQUENCE_NODE)
		return yaml_complain(&l->tree, seq, "allow is a list");
	yaml_each_item(&l->tree, seq, item)
	{
		if (load_one_allow(l, item) < 0)
			return -1;
	}
	return 0;
}

static int load_one_migration(struct load *l, const yaml_node_t *map)
{
	static const struct key keys[] = { { "path", NULL },
					   { "framework", NULL },
					   { "dialect", NULL } };
	const yaml_node_t *at = map;
	struct kind_rule one = { 0 };

	if (only_keys(l, map, keys, ARRAY_LEN(keys)) < 0)
		return -1;
	one.path = text_of_key(l, map, "path", &at);
	if (!one.path)
		return yaml_complain(&l->tree, map,
				     "a migrations entry needs path");
	const char *name = text_of_key(l, map, "framework", &at);

	if (name) {
		one.framework = framework_named(l->frameworks, str_of(name));
		const char *near =
			framework_nearest(l->frameworks, str_of(name));

		if (!one.framework && near)
			return yaml_complain(&l->tree, at,
					     "unknown framework \"%s\"; did "
					     "you mean %s?",
					     name, near);
		if (!one.framework)
			return yaml_complain(&l->tree, at,
					     "unknown framework \"%s\"", name);
	}
	name = text_of_key(l, map, "dialect", &at);
	if (name && !dialect_from_name(&one.dialect, str_of(name)))
		return yaml_complain(&l->tree, at,
				     "unknown dialect \"%s\": it is postgres, "
				     "mysql, sqlite, sqlserver or clickhouse",
				     name);
	vec_push(&l->config->kinds, l->tree.arena, one);
	return 0;
}

static int load_migrations(struct load *l, const yaml_node_t *seq)
{
	const yaml_node_t *item;

	if (seq->type != YAML_SEQUENCE_NODE)
		return yaml_complain(&l->tree, seq, "migrations is a list");
	yaml_each_item(&l->tree, seq, item)
	{
		if (load_one_migration(l, item) < 0)
			return -1;
	}
	return 0;
}

/* What an override can be asked to bring, in the order of NEEDS_…. */
static const char *const need_names[] = { "override", "rollback-plan", "backup",
					  "approved-by", "reason" };

static int load_needs(struct load *l, const yaml_node_t *value, enum level at)
{
	struct policy *p = &l->config->policy;
	const char *const *names;
	size_t count;

	if (yaml_texts(&l->tree, value, &names, &count) < 0)
		return -1;
	p->has_needs[at] = true;
	for (size_t i = 0; i < count; i++) {
		size_t n = 0;

		while (n < ARRAY_LEN(need_names) &&
		       strcmp(names[i], need_names[n]) != 0)
			n++;
		if (n == ARRAY_LEN(need_names))
			return yaml_complain(
				&l->tree, value,
				"unknown need \"%s\": it is override, "
				"rollback-plan, backup, approved-by or reason",
				names[i]);
		p->needs[at] |= 1u << n;
	}
	if (p->needs[at] == 0)
		return yaml_complain(&l->tree, value,
				     "an override must bring something; set "
				     "the level of the rules instead");
	return 0;
}

static int load_restricted(struct load *l, const yaml_node_t *value)
{
	return load_needs(l, value, LEVEL_RESTRICTED);
}

static int load_dangerous(struct load *l, const yaml_node_t *value)
{
	return load_needs(l, value, LEVEL_DANGEROUS);
}

static int load_annotations(struct load *l, const yaml_node_t *value)
{
	return yaml_texts(&l->tree, value, &l->config->policy.annotations,
			  NULL);
}

static int load_approvers(struct load *l, const yaml_node_t *value)
{
	return yaml_texts(&l->tree, value, &l->config->policy.approvers, NULL);
}

static int load_overrides(struct load *l, const yaml_node_t *value)
{
	static const struct key keys[] = {
		{ "restricted", load_restricted },
		{ "dangerous", load_dangerous },
		{ "annotations", load_annotations },
		{ "approvers", load_approvers },
	};

	return load_keys(l, value, keys, ARRAY_LEN(keys));
}

static int load_required(struct load *l, const yaml_node_t *value)
{
	return yaml_texts(&l->tree, value, &l->config->settings.required, NULL);
}

static int load_preset(struct load *l, const yaml_node_t *value)
{
	const char *name = yaml_text(&l->tree, value);

	if (!name)
		return -1;
	l->config->settings.preset = settings_preset(str_of(name));
	if (!l->config->settings.preset)
		return yaml_complain(
			&l->tree, value,
			"unknown preset \"%s\": it is safe-updates", name);
	return 0;
}

static int load_everywhere(struct load *l, const yaml_node_t *value)
{
	return yaml_bool(&l->tree, value,
			 &l->config->settings.required_everywhere);
}

/* variables: { preset: safe-updates, required: [DATABASE_URL] } */
static int load_variables(struct load *l, const yaml_node_t *value)
{
	static const struct key keys[] = {
		{ "required", load_required },
		{ "preset", load_preset },
		{ "everywhere", load_everywhere },
	};

	return load_keys(l, value, keys, ARRAY_LEN(keys));
}

static int load_strict(struct load *l, const yaml_node_t *value)
{
	return yaml_bool(&l->tree, value, &l->config->policy.strict);
}

int config_load(struct config *out, const char *path, struct str text,
		const struct rules *rules, const struct frameworks *frameworks,
		struct arena *a, struct err *err)
{
	static const struct key keys[] = {
		{ "migrations", load_migrations },
		{ "rules", load_rules },
		{ "allow", load_allow },
		{ "overrides", load_overrides },
		{ "strict", load_strict },
		{ "variables", load_variables },
	};
	struct load l = { .config = out,
			  .rules = rules,
			  .frameworks = frameworks };
	int rc = 0;

	*out = (struct config){ 0 };
	if (yaml_tree_init(&l.tree, path, text, a, err) < 0)
		return -1;
	const yaml_node_t *root = yaml_root(&l.tree);

	/* "---" alone is a document of no text */
	if (root &&
	    (root->type != YAML_SCALAR_NODE || *yaml_text(&l.tree, root)))
		rc = load_keys(&l, root, keys, ARRAY_LEN(keys));
	yaml_tree_free(&l.tree);
	return rc;
}
