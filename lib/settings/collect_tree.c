#include <stdint.h>

#include "collect.h"

static void pair(struct collector *c, const struct node *n)
{
	const size_t eq = str_find_byte(n->value, '=');
	struct span key = n->span, value = n->span;

	if (eq == SIZE_MAX)
		return;
	key.len = (uint32_t)eq;
	if (value.len > eq + 1) {
		value.off += (uint32_t)eq + 1;
		value.len -= (uint32_t)eq + 1;
	}
	setting(c, str_slice(n->value, 0, eq),
		str_slice(n->value, eq + 1, n->value.len), key, value);
}

static void named(struct collector *c, const struct node *n)
{
	const struct node *key = node_child(n, "name");
	const struct node *value = node_child(n, "value");

	if (!key)
		key = node_child(n, "key");
	if (key && value && value->kind == NODE_SCALAR)
		setting(c, key->value, value->value, key->span, value->span);
}

void setting_variables(struct collector *c, const struct node *vars)
{
	node_each(n, vars)
	{
		const struct node *value = n;

		if (vars->kind == NODE_LIST) {
			if (n->kind == NODE_SCALAR)
				pair(c, n);
			else
				named(c, n);
			continue;
		}
		if (n->kind == NODE_MAP)
			value = node_child(n, "value");
		if (value && value->kind == NODE_SCALAR)
			setting(c, n->key, value->value, n->key_span,
				value->span);
	}
}

/* Of one of a set of variables, in any spelling. */
static enum environment environment_of_variable(const struct node *n)
{
	const struct node *key = node_child(n, "name");
	const struct node *value = node_child(n, "value");
	const size_t eq = str_find_byte(n->value, '=');

	if (!key)
		key = node_child(n, "key");
	if (n->kind == NODE_SCALAR && !n->key.len && eq != SIZE_MAX)
		return names_environment(str_slice(n->value, 0, eq))
			       ? environment_of_value(str_slice(
					 n->value, eq + 1, n->value.len))
			       : ENV_UNKNOWN;
	if (n->kind == NODE_SCALAR)
		value = n;
	return value && names_environment(key ? key->value : n->key)
		       ? environment_of_value(value->value)
		       : ENV_UNKNOWN;
}

void scope_variables(struct scope *scope, const struct node *vars)
{
	node_each(n, vars)
	{
		const enum environment e = environment_of_variable(n);

		if (scope->environment != ENV_UNKNOWN || e == ENV_UNKNOWN)
			continue;
		scope->environment = e;
		scope->deploy = e == ENV_PRODUCTION ||
				(e == ENV_STAGING && scope->deploy);
	}
}

/* The environment that one part of a path of keys names: `production`, not
 * `productionUrl`. */
static enum environment environment_of_key(struct str key)
{
	static const struct {
		struct str key;
		enum environment environment;
	} keys[] = {
		{ STR_INIT("production"), ENV_PRODUCTION },
		{ STR_INIT("prod"), ENV_PRODUCTION },
		{ STR_INIT("env_production"), ENV_PRODUCTION },
		{ STR_INIT("env_prod"), ENV_PRODUCTION },
		{ STR_INIT("staging"), ENV_STAGING },
		{ STR_INIT("test"), ENV_TEST },
		{ STR_INIT("testing"), ENV_TEST },
		{ STR_INIT("development"), ENV_DEVELOPMENT },
		{ STR_INIT("dev"), ENV_DEVELOPMENT },
		{ STR_INIT("local"), ENV_DEVELOPMENT },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_ieq(key, keys[i].key))
			return keys[i].environment;
	return ENV_UNKNOWN;
}

/* The profile that a Spring document is for. */
static enum environment profile_of(const struct node *doc)
{
	static const char *const paths[] = {
		"spring.config.activate.on-profile",
		"spring.profiles",
	};
	const struct node *flat =
		node_child(doc, "spring.config.activate.on-profile");

	if (flat)
		return environment_of_value(flat->value);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		const struct str s = node_text(doc, paths[i]);

		if (s.len)
			return environment_of_value(s);
	}
	return ENV_UNKNOWN;
}

/* Of database.yml only environments are used; what is shared among them
 * stands under a name of its own, for them to merge. */
static bool is_unused(const struct collector *c, const struct node *doc,
		      const struct node *n)
{
	if (c->kind->role != SETTINGS_RAILS_DATABASE ||
	    !node_child(doc, "production"))
		return false;
	while (n->parent && n->parent != doc)
		n = n->parent;
	return environment_of_key(n->key) == ENV_UNKNOWN;
}

/* Every leaf below `n` as a setting under its path. */
void tree_config(struct collector *c, const struct node *doc)
{
	const struct scope *outer = c->scope;
	struct scope scope = *outer;
	const enum environment profile = profile_of(doc);
	const struct node *n = doc;

	if (profile != ENV_UNKNOWN)
		scope.environment = profile;
	while (n) {
		if (n->kind == NODE_SCALAR && n != doc &&
		    !is_unused(c, doc, n)) {
			struct scope here = scope;

			for (const struct node *p = n; p != doc; p = p->parent)
				if (environment_of_key(p->key) != ENV_UNKNOWN)
					here.environment =
						environment_of_key(p->key);
			c->scope = &here;
			setting_node(c, STR(""), n);
		}
		if (n->child) {
			n = n->child;
			continue;
		}
		while (n && n != doc && !n->next)
			n = n->parent;
		n = n && n != doc ? n->next : NULL;
	}
	c->scope = outer;
}

/* A neutral file that says what environment it is for: NODE_ENV: production */
static enum environment declared(const struct node *doc)
{
	node_each(
		n,
		doc) if (n->kind == NODE_SCALAR &&
			 names_environment(
				 n->key)) return environment_of_value(n->value);
	return ENV_UNKNOWN;
}

static struct node *read_tree(struct collector *c)
{
	switch (c->kind->format) {
	case FORMAT_JSON: return read_json(c->reading, c->src);
	case FORMAT_TOML: return read_toml(c->reading, c->src);
	case FORMAT_INI: return read_ini(c->reading, c->src);
	case FORMAT_YAML:
	case FORMAT_DOTENV:
	case FORMAT_SHELL:
	case FORMAT_DOCKERFILE:
	case FORMAT_MAKEFILE:
	case FORMAT_JUSTFILE:
	case FORMAT_PROCFILE:
	case FORMAT_ENVOY:
	case FORMAT_PRISMA:
	case FORMAT_SQL:
	case FORMAT_CODE: break;
	}
	return read_yaml(c->reading, c->src);
}

static void read_document(struct collector *c, const struct node *doc)
{
	const struct scope *outer = c->scope;
	struct scope scope = *outer;

	if (scope.environment == ENV_UNKNOWN)
		scope.environment = declared(doc);
	c->scope = &scope;
	switch (c->kind->role) {
	case SETTINGS_COMPOSE:
	case SETTINGS_KUBERNETES:
	case SETTINGS_HELM: tree_containers(c, doc); break;
	case SETTINGS_GITHUB:
	case SETTINGS_GITLAB:
	case SETTINGS_CI: tree_ci(c, doc); break;
	case SETTINGS_SERVERLESS:
	case SETTINGS_RENDER:
	case SETTINGS_HEROKU:
	case SETTINGS_TASKFILE:
	case SETTINGS_PACKAGE:
	case SETTINGS_COMPOSER:
	case SETTINGS_APP_JSON:
	case SETTINGS_VERCEL:
	case SETTINGS_RAILWAY:
	case SETTINGS_NETLIFY:
	case SETTINGS_FLY:
	case SETTINGS_WRANGLER:
	case SETTINGS_LITEFS:
	case SETTINGS_APP_ENGINE:
	case SETTINGS_SERVICE: tree_platform(c, doc); break;
	case SETTINGS_CONFIG:
	case SETTINGS_RAILS_DATABASE: tree_config(c, doc); break;
	case SETTINGS_NONE:
	case SETTINGS_PLAIN:
	case SETTINGS_SEED:
	case SETTINGS_SCRIPT: break;
	}
	c->scope = outer;
}

void collect_tree(struct collector *c)
{
	const struct node *root = read_tree(c);

	node_each(doc, root) read_document(c, doc);
}
