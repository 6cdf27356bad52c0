/* Containers: compose, Kubernetes, values of a Helm chart. */
#include <stdint.h>

#include "collect.h"
#include "compiler.h"

static void add_mount(struct collector *c, struct strs *mounts, struct str path)
{
	if (path.len && path.ptr[0] == '/')
		vec_push(mounts, c->arena, path);
}

/* `volumes:` of a service: "data:/data:ro", or {target: /data}. */
static void read_volumes(struct collector *c, struct strs *mounts,
			 const struct node *volumes)
{
	node_each(v, volumes)
	{
		struct str s = v->value;
		size_t colon;

		if (v->kind == NODE_MAP) {
			add_mount(c, mounts, node_text(v, "target"));
			continue;
		}
		colon = str_find_byte(s, ':');
		if (colon == SIZE_MAX)
			continue; /* no name: a new one for each container */
		s = str_slice(s, colon + 1, s.len);
		add_mount(c, mounts, str_slice(s, 0, str_find_byte(s, ':')));
	}
}

static struct str build_context(const struct node *service)
{
	const struct node *build = node_child(service, "build");

	if (!build)
		return STR("");
	return build->kind == NODE_SCALAR ? build->value
					  : node_text(build, "context");
}

static struct str plain_folder(struct str path)
{
	if (str_starts(path, STR("./")))
		path = str_slice(path, 2, path.len);
	while (path.len && path.ptr[path.len - 1] == '/')
		path.len--;
	return str_eq(path, STR(".")) ? STR("") : path;
}

/* Is the folder that the image is built from mounted over it? Only who writes
 * the program wants that. */
static bool mounts_source(const struct node *service)
{
	const struct str context = plain_folder(build_context(service));

	node_each(v, node_child(service, "volumes"))
	{
		const struct str from =
			v->kind == NODE_MAP
				? node_text(v, "source")
				: str_slice(v->value, 0,
					    str_find_byte(v->value, ':'));

		if (str_starts(from, STR(".")) &&
		    str_find_byte(v->value, ':') != SIZE_MAX &&
		    str_eq(plain_folder(from), context))
			return true;
	}
	return false;
}

/* The server of a framework that is for developers, where its own manual has
 * another for users. */
static bool is_dev_server(struct str command)
{
	static const struct str starts[] = {
		STR_INIT("manage.py runserver"), STR_INIT("rails s "),
		STR_INIT("rails server"),	 STR_INIT("flask run"),
		STR_INIT("artisan serve"),
	};

	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_starts(command, starts[i]))
			return true;
	return false;
}

/* What runs in front of a development server is for a developer, unless the
 * service says it is in production. */
static void take_off_deploy(struct collector *c, size_t from, size_t calls)
{
	bool develops = c->develops;

	for (size_t i = from; i < c->reading->forms.count; i++)
		develops = develops ||
			   is_dev_server(c->reading->forms.item[i].text);
	if (!develops || c->scope->environment == ENV_PRODUCTION)
		return;
	for (size_t i = calls; i < c->calls.count; i++)
		c->calls.item[i].deploy = false;
	for (size_t i = from; i < c->reading->forms.count; i++) {
		struct form *f = &c->reading->forms.item[i];

		if (f->kind != FORM_COMMAND || f->environment != ENV_UNKNOWN)
			continue;
		f->environment = ENV_DEVELOPMENT;
		f->flags &= ~(unsigned)FORM_DEPLOY;
	}
}

/* Two lists of words that make one command: the program and what it is
 * given. */
static void read_words(struct collector *c, const struct node *program,
		       const struct node *given)
{
	const size_t count =
		(program ? program->count : 0u) + (given ? given->count : 0u);
	struct shell_word *words =
		arena_array(c->arena, struct shell_word, count + 1);
	size_t used = 0;

	node_each(w, program) words[used++] =
		(struct shell_word){ w->value, w->span, true };
	node_each(w, given) words[used++] =
		(struct shell_word){ w->value, w->span, true };
	script_words(c, words, used);
}

/* `entrypoint: [sh, -c]`, to which the command is the script. */
static bool awaits_script(const struct node *entrypoint,
			  const struct node *command)
{
	const struct node *last = entrypoint ? entrypoint->child : NULL;

	while (last && last->next)
		last = last->next;
	return last && command && command->kind == NODE_LIST &&
	       str_eq(last->value, STR("-c"));
}

static void read_service(struct collector *c, const struct node *service)
{
	const struct node *entrypoint = node_child(service, "entrypoint");
	const struct node *command = node_child(service, "command");
	const struct scope *outer = c->scope;
	struct scope scope = *outer;
	struct strs mounts = { 0 };

	read_volumes(c, &mounts, node_child(service, "volumes"));
	scope.mounts = &mounts;
	scope.unit = service->key;
	scope.deploy = scope.environment == ENV_PRODUCTION ||
		       scope.environment == ENV_UNKNOWN;
	if (name_marks(service->key) & (NAME_TEST | NAME_DEVELOPMENT))
		scope_name(&scope, service->key);
	scope_variables(&scope, node_child(service, "environment"));
	if (scope.environment == ENV_UNKNOWN && mounts_source(service)) {
		scope.environment = ENV_DEVELOPMENT;
		scope.deploy = false;
	}
	const size_t from = c->reading->forms.count;
	const size_t calls = c->calls.count;
	const bool before = c->develops;

	c->develops = false;
	c->scope = &scope;
	setting_variables(c, node_child(service, "environment"));
	if (awaits_script(entrypoint, command)) {
		read_words(c, entrypoint, command);
	} else {
		script_node(c, entrypoint);
		script_node(c, command);
	}
	take_off_deploy(c, from, calls);
	c->develops = before;
	c->scope = outer;
}

static void read_container(struct collector *c, const struct node *n)
{
	const struct node *entry = node_child(n, "entryPoint"); /* of ECS */
	const struct scope *outer = c->scope;
	struct scope scope = *outer;
	struct strs mounts = { 0 };

	node_each(m, node_child(n, "volumeMounts"))
		add_mount(c, &mounts, node_text(m, "mountPath"));
	scope.mounts = &mounts;
	scope.deploy = scope.environment != ENV_DEVELOPMENT &&
		       scope.environment != ENV_TEST;
	scope_variables(&scope, node_child(n, "env"));
	scope_variables(&scope, node_child(n, "environment"));
	c->scope = &scope;
	setting_variables(c, node_child(n, "env"));
	setting_variables(c, node_child(n, "environment"));
	if (entry)
		read_words(c, entry, node_child(n, "command"));
	else
		read_words(c, node_child(n, "command"), node_child(n, "args"));
	script_node(c, node_at(n, "lifecycle.postStart.exec.command"));
	c->scope = outer;
}

static bool is_containers(const struct node *n)
{
	return n->kind == NODE_LIST &&
	       (str_eq(n->key, STR("containers")) ||
		str_eq(n->key, STR("initContainers")) ||
		str_eq(n->key, STR("containerDefinitions")));
}

/* The next node in the order of the file; without its children if `over`. */
static const struct node *next_node(const struct node *root,
				    const struct node *n, bool over)
{
	if (n->child && !over)
		return n->child;
	while (n && n != root && !n->next)
		n = n->parent;
	return n && n != root ? n->next : NULL;
}

/* What Kustomize makes maps of variables from. */
static void read_generators(struct collector *c, const struct node *list)
{
	node_each(n, list) setting_variables(c, node_child(n, "literals"));
}

/* Variables, and scripts that containers find as files. */
static void read_config_map(struct collector *c, const struct node *data)
{
	const struct scope *outer = c->scope;

	setting_variables(c, data);
	node_each(n, data)
	{
		struct scope scope = *outer;

		if (!str_ends(n->key, STR(".sh")))
			continue;
		scope.deploy = scope.deploy && is_deploy_script(n->key);
		c->scope = &scope;
		script_node(c, n);
		c->scope = outer;
	}
}

static void read_kubernetes(struct collector *c, const struct node *doc)
{
	const struct scope *outer = c->scope;
	struct scope scope = *outer;
	const unsigned space = name_marks(node_text(doc, "metadata.namespace"));
	const struct str kind = node_text(doc, "kind");

	if (space & NAME_PRODUCTION)
		scope.environment = ENV_PRODUCTION;
	else if (space & (NAME_TEST | NAME_DEVELOPMENT | NAME_PREVIEW))
		scope.environment = ENV_DEVELOPMENT;
	else if (space & NAME_STAGING)
		scope.environment = ENV_STAGING;
	scope.deploy = scope.environment == ENV_PRODUCTION ||
		       scope.environment == ENV_UNKNOWN;
	c->scope = &scope;
	if (str_eq(kind, STR("ConfigMap")))
		read_config_map(c, node_child(doc, "data"));
	else if (str_eq(kind, STR("Secret")))
		setting_variables(c, node_child(doc, "stringData"));
	read_generators(c, node_child(doc, "configMapGenerator"));
	read_generators(c, node_child(doc, "secretGenerator"));
	for (const struct node *n = doc; n;) {
		const bool found = is_containers(n);

		if (found)
			node_each(one, n) read_container(c, one);
		n = next_node(doc, n, found);
	}
	c->scope = outer;
}

static bool holds_variables(struct str key)
{
	static const struct str keys[] = {
		STR_INIT("env"),	  STR_INIT("environment"),
		STR_INIT("envVars"),	  STR_INIT("extraEnv"),
		STR_INIT("extraEnvVars"), STR_INIT("config"),
		STR_INIT("configMap"),	  STR_INIT("variables"),
		STR_INIT("extraEnvs"),	  STR_INIT("secrets"),
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_eq(key, keys[i]))
			return true;
	return false;
}

static const struct node *list_of(const struct node *n, const char *key)
{
	const struct node *list = node_child(n, key);

	return list && list->kind == NODE_LIST ? list : NULL;
}

/* A command among values; what is not enabled runs for who turns it on. */
static void read_value_command(struct collector *c, const struct node *n)
{
	const struct node *map = n->kind == NODE_MAP ? n : n->parent;
	const struct scope *outer = c->scope;
	struct scope scope = *outer;

	if (map && str_eq(node_text(map, "enabled"), STR("false")))
		scope.deploy = false;
	c->scope = &scope;
	if (n->kind == NODE_SCALAR && str_eq(n->key, STR("command")))
		script_node(c, n);
	else if (n->kind == NODE_MAP)
		read_words(c, list_of(n, "command"), list_of(n, "args"));
	c->scope = outer;
}

static void read_values(struct collector *c, const struct node *doc)
{
	const struct scope *outer = c->scope;
	struct scope scope = *outer;
	struct strs mounts = { 0 };

	for (const struct node *n = doc; n; n = next_node(doc, n, false))
		if (str_eq(n->key, STR("mountPath")))
			add_mount(c, &mounts, n->value);
	scope.mounts = &mounts;
	scope.deploy = scope.environment != ENV_DEVELOPMENT &&
		       scope.environment != ENV_TEST;
	c->scope = &scope;
	for (const struct node *n = doc; n;) {
		const bool variables = n != doc && n->kind != NODE_SCALAR &&
				       holds_variables(n->key);

		if (variables)
			setting_variables(c, n);
		else if (n->kind == NODE_SCALAR && n->key.len)
			setting_node(c, STR(""), n);
		read_value_command(c, n);
		n = next_node(doc, n, variables);
	}
	c->scope = outer;
}

void tree_containers(struct collector *c, const struct node *doc)
{
	if (c->kind->role == SETTINGS_HELM)
		read_values(c, doc);
	else if (c->kind->role == SETTINGS_KUBERNETES)
		read_kubernetes(c, doc);
	else
		node_each(s, node_child(doc, "services")) read_service(c, s);
}
