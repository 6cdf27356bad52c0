/*
 * Files of platforms and of task runners: where their commands and variables
 * stand is a table of paths; what needs more has a function of its own.
 */
#include <stdint.h>

#include "collect.h"
#include "compiler.h"

enum place_kind {
	PLACE_VARIABLES,
	PLACE_SCRIPT, /* a script; of a list, each item */
	PLACE_WORDS,  /* a script; a list is the words of one command */
	PLACE_MOUNT,
};

enum {
	PLACE_LOCAL = 1u << 0, /* runs for a developer only */
	PLACE_NAMED = 1u << 1, /* the `*` in the path names what it is for */
	PLACE_ONCE = 1u << 2,  /* runs when an application is first made */
};

/* `*` is any key; lists are gone through. A new place is a new row. */
static const struct platform_place {
	enum settings_role role;
	const char *path;
	enum place_kind kind;
	unsigned flags;
} places[] = {
	{ SETTINGS_FLY, "deploy.release_command", PLACE_SCRIPT, 0 },
	{ SETTINGS_FLY, "processes.*", PLACE_SCRIPT, 0 },
	{ SETTINGS_FLY, "experimental.cmd", PLACE_WORDS, 0 },
	{ SETTINGS_FLY, "experimental.entrypoint", PLACE_WORDS, 0 },
	{ SETTINGS_FLY, "env", PLACE_VARIABLES, 0 },
	{ SETTINGS_RAILWAY, "deploy.startCommand", PLACE_SCRIPT, 0 },
	{ SETTINGS_RAILWAY, "deploy.preDeployCommand", PLACE_SCRIPT, 0 },
	{ SETTINGS_RAILWAY, "build.buildCommand", PLACE_SCRIPT, 0 },
	{ SETTINGS_RAILWAY, "environments.*.deploy.startCommand", PLACE_SCRIPT,
	  PLACE_NAMED },
	{ SETTINGS_VERCEL, "buildCommand", PLACE_SCRIPT, 0 },
	{ SETTINGS_VERCEL, "installCommand", PLACE_SCRIPT, 0 },
	{ SETTINGS_VERCEL, "devCommand", PLACE_SCRIPT, PLACE_LOCAL },
	{ SETTINGS_VERCEL, "env", PLACE_VARIABLES, 0 },
	{ SETTINGS_VERCEL, "build.env", PLACE_VARIABLES, 0 },
	{ SETTINGS_NETLIFY, "build.command", PLACE_SCRIPT, 0 },
	{ SETTINGS_NETLIFY, "build.environment", PLACE_VARIABLES, 0 },
	{ SETTINGS_NETLIFY, "context.*.command", PLACE_SCRIPT, PLACE_NAMED },
	{ SETTINGS_NETLIFY, "context.*.environment", PLACE_VARIABLES,
	  PLACE_NAMED },
	{ SETTINGS_HEROKU, "release.command", PLACE_SCRIPT, 0 },
	{ SETTINGS_HEROKU, "run.*", PLACE_SCRIPT, 0 },
	{ SETTINGS_HEROKU, "run.*.command", PLACE_SCRIPT, 0 },
	{ SETTINGS_HEROKU, "build.config", PLACE_VARIABLES, 0 },
	{ SETTINGS_HEROKU, "setup.config", PLACE_VARIABLES, 0 },
	{ SETTINGS_APP_JSON, "env", PLACE_VARIABLES, 0 },
	{ SETTINGS_APP_JSON, "environments.*.env", PLACE_VARIABLES,
	  PLACE_NAMED },
	{ SETTINGS_APP_JSON, "scripts.postdeploy", PLACE_SCRIPT, PLACE_ONCE },
	{ SETTINGS_APP_JSON, "environments.*.scripts.*", PLACE_SCRIPT,
	  PLACE_NAMED | PLACE_ONCE },
	{ SETTINGS_APP_JSON, "scripts.dokku.*", PLACE_SCRIPT, 0 },
	{ SETTINGS_SERVERLESS, "provider.environment", PLACE_VARIABLES, 0 },
	{ SETTINGS_SERVERLESS, "functions.*.environment", PLACE_VARIABLES, 0 },
	{ SETTINGS_SERVERLESS, "custom.scripts.hooks.*", PLACE_SCRIPT, 0 },
	{ SETTINGS_WRANGLER, "vars", PLACE_VARIABLES, 0 },
	{ SETTINGS_WRANGLER, "env.*.vars", PLACE_VARIABLES, PLACE_NAMED },
	{ SETTINGS_WRANGLER, "build.command", PLACE_SCRIPT, 0 },
	{ SETTINGS_LITEFS, "exec", PLACE_WORDS, 0 },
	{ SETTINGS_LITEFS, "exec.cmd", PLACE_SCRIPT, 0 },
	{ SETTINGS_APP_ENGINE, "entrypoint", PLACE_SCRIPT, 0 },
	{ SETTINGS_APP_ENGINE, "entrypoint.*", PLACE_SCRIPT, 0 },
	{ SETTINGS_APP_ENGINE, "env_variables", PLACE_VARIABLES, 0 },
	{ SETTINGS_SERVICE, "Service.ExecStartPre", PLACE_SCRIPT, 0 },
	{ SETTINGS_SERVICE, "Service.ExecStart", PLACE_SCRIPT, 0 },
	{ SETTINGS_SERVICE, "*.command", PLACE_SCRIPT, 0 },
	{ SETTINGS_TASKFILE, "env", PLACE_VARIABLES, PLACE_LOCAL },
};

static void take(struct collector *c, const struct platform_place *p,
		 const struct node *n)
{
	if (p->kind == PLACE_VARIABLES)
		setting_variables(c, n);
	else if (p->kind == PLACE_SCRIPT)
		script_lines(c, n);
	else if (p->kind == PLACE_WORDS)
		script_node(c, n);
	else if (p->kind == PLACE_MOUNT)
		vec_push(&c->mounts, c->arena, n->value);
}

static void take_in_scope(struct collector *c, const struct platform_place *p,
			  const struct node *n, struct str name)
{
	const struct scope *outer = c->scope;
	struct scope scope = *outer;

	if (p->flags & PLACE_NAMED)
		scope_name(&scope, name);
	if (p->flags & PLACE_LOCAL) {
		scope.deploy = false;
		scope.local = true;
		scope.environment = ENV_DEVELOPMENT;
	}
	if (p->flags & PLACE_ONCE) {
		scope.deploy = false;
		scope.environment = ENV_UNKNOWN;
	}
	c->scope = &scope;
	take(c, p, n);
	c->scope = outer;
}

/* All nodes at `path` below `n`; as deep as the path is long. */
static void walk(struct collector *c, const struct platform_place *p,
		 const struct node *n, struct str path, struct str name)
{
	const size_t dot = str_find_byte(path, '.');
	const struct str key = str_slice(path, 0, dot);
	const struct str rest =
		dot == SIZE_MAX ? STR("") : str_slice(path, dot + 1, path.len);
	const bool any = str_eq(key, STR("*"));

	if (!path.len) {
		take_in_scope(c, p, n, name);
		return;
	}
	if (n->kind == NODE_LIST) {
		node_each(item, n) if (item->kind == NODE_MAP)
			walk(c, p, item, path, name);
		return;
	}
	node_each(child, n) if (any || str_eq(child->key, key))
		walk(c, p, child, rest, any ? child->key : name);
}

static void take_places(struct collector *c, const struct node *doc)
{
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (places[i].role == c->kind->role)
			walk(c, &places[i], doc, str_of(places[i].path),
			     STR(""));
}

/* A mount is a table, or a list of them. The machine that runs the release
 * command has none. */
static void read_fly(struct collector *c, const struct node *doc)
{
	static const struct str writes[] = { STR_INIT("migrate"),
					     STR_INIT("db push"),
					     STR_INIT("db:"),
					     STR_INIT("upgrade") };
	static const struct platform_place mounts[] = {
		{ SETTINGS_FLY, "mounts.destination", PLACE_MOUNT, 0 },
		{ SETTINGS_FLY, "mount.destination", PLACE_MOUNT, 0 },
	};
	const struct str release = node_text(doc, "deploy.release_command");
	const struct scope *outer = c->scope;
	struct scope scope = *outer;

	for (size_t i = 0; i < ARRAY_LEN(mounts); i++)
		walk(c, &mounts[i], doc, str_of(mounts[i].path), STR(""));
	for (size_t i = 0; i < ARRAY_LEN(writes); i++)
		if (str_find(release, writes[i]) != SIZE_MAX)
			scope.throw_away = true;
	c->scope = &scope;
	take_places(c, doc);
	c->scope = outer;
}

static void read_render_service(struct collector *c, const struct node *s)
{
	static const char *const commands[] = {
		"buildCommand",	     "startCommand",  "preDeployCommand",
		"initialDeployHook", "dockerCommand", "build_command",
		"run_command",
	};
	const struct scope *outer = c->scope;
	struct scope scope = *outer;
	struct strs mounts = { 0 };
	const struct str path = node_text(s, "disk.mountPath");

	if (path.len)
		vec_push(&mounts, c->arena, path);
	scope.mounts = &mounts;
	if (name_marks(node_text(s, "name")) & (NAME_STAGING | NAME_PREVIEW))
		scope_name(&scope, node_text(s, "name"));
	c->scope = &scope;
	setting_variables(c, node_child(s, "envVars"));
	setting_variables(c, node_child(s, "envs"));
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		script_lines(c, node_child(s, commands[i]));
	c->scope = outer;
}

static void read_render(struct collector *c, const struct node *doc)
{
	static const char *const lists[] = { "services", "jobs", "workers" };

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		node_each(s, node_child(doc, lists[i]))
			read_render_service(c, s);
	setting_variables(c, node_child(doc, "envs"));
	node_each(group, node_child(doc, "envVarGroups"))
		setting_variables(c, node_child(group, "envVars"));
}

/* Scripts that npm, a platform or a container runs without being asked. */
static bool runs_by_itself(struct str key)
{
	static const struct str keys[] = {
		STR_INIT("start"),
		STR_INIT("prestart"),
		STR_INIT("poststart"),
		STR_INIT("build"),
		STR_INIT("prebuild"),
		STR_INIT("postbuild"),
		STR_INIT("vercel-build"),
		STR_INIT("now-build"),
		STR_INIT("heroku-postbuild"),
		STR_INIT("heroku-prebuild"),
		STR_INIT("postinstall"),
		STR_INIT("preinstall"),
		STR_INIT("install"),
		STR_INIT("release"),
		STR_INIT("gcp-build"),
		STR_INIT("render-build"),
		STR_INIT("railway-build"),
		STR_INIT("docker-start"),
		STR_INIT("start-docker"),
		STR_INIT("vercel:build"),
		STR_INIT("post-install-cmd"),
		STR_INIT("post-update-cmd"),
		STR_INIT("post-autoload-dump"),
		STR_INIT("start:docker"),
	};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (str_eq(key, keys[i]))
			return true;
	return str_starts(key, STR("deploy")) ||
	       str_starts(key, STR("predeploy")) ||
	       str_starts(key, STR("postdeploy")) ||
	       str_starts(key, STR("start:prod")) ||
	       str_starts(key, STR("release:"));
}

static struct str without_hook(struct str key)
{
	if (str_starts(key, STR("pre")))
		return str_slice(key, 3, key.len);
	if (str_starts(key, STR("post")))
		return str_slice(key, 4, key.len);
	return key;
}

/* A `ci` script tests, or it is how a platform builds. */
static bool ci_builds(struct str body)
{
	return str_find(body, STR("build")) != SIZE_MAX &&
	       str_find(body, STR("test")) == SIZE_MAX;
}

static void scope_of_script(struct scope *scope, struct str key,
			    struct str body)
{
	const unsigned marks = name_marks(key) | name_marks(without_hook(key));

	scope->unit = key;
	scope->environment = ENV_UNKNOWN;
	scope->deploy = runs_by_itself(key);
	if (marks & NAME_CI && !scope->deploy) {
		scope->deploy = ci_builds(body);
		scope->environment = scope->deploy ? ENV_UNKNOWN : ENV_TEST;
	}
	if (marks & (NAME_PRODUCTION | NAME_TEST | NAME_PREVIEW | NAME_STAGING |
		     NAME_DEVELOPMENT))
		scope_name(scope,
			   name_marks(key) & marks ? key : without_hook(key));
	scope->local = !scope->deploy;
}

/* `"@php artisan x"` and `"@other"` of composer. */
static void read_composer_line(struct collector *c, const struct node *n)
{
	const bool at = str_starts(n->value, STR("@"));
	struct node line = *n;

	if (at && !str_starts(n->value, STR("@php"))) {
		const struct call call = {
			.kind = CALL_SCRIPT,
			.name = str_slice(n->value, 1, n->value.len),
			.unit = c->scope->unit,
			.deploy = c->scope->deploy,
			.span = n->span,
			.text = n->value,
		};

		vec_push(&c->calls, c->arena, call);
		return;
	}
	if (at) {
		line.value = str_slice(n->value, 1, n->value.len);
		line.span.off += 2;
		line.span.len -= line.span.len > 2 ? 3 : 0;
	}
	script_node(c, &line);
}

static void read_scripts(struct collector *c, const struct node *scripts,
			 bool composer)
{
	const struct scope *outer = c->scope;

	node_each(n, scripts)
	{
		struct scope scope = *outer;

		scope_of_script(&scope, n->key, n->value);
		c->scope = &scope;
		if (!composer)
			script_lines(c, n);
		else if (n->kind == NODE_SCALAR)
			read_composer_line(c, n);
		else
			node_each(line, n) read_composer_line(c, line);
		c->scope = outer;
	}
}

static void read_package(struct collector *c, const struct node *doc)
{
	const struct node *seed = node_at(doc, "prisma.seed");
	const struct scope *outer = c->scope;
	struct scope scope = *outer;

	c->scripts = node_child(doc, "scripts");
	read_scripts(c, c->scripts, false);
	read_scripts(c, node_child(doc, "tasks"), false);
	if (!seed)
		return;
	scope.unit = STR("prisma.seed");
	scope.local = true;
	c->seed = seed->value;
	c->scope = &scope;
	script_node(c, seed);
	c->scope = outer;
}

/* `deps: [a, {task: b}]`, `cmds: [{task: c}]` */
static void call_tasks(struct collector *c, const struct node *list,
		       bool scalars)
{
	node_each(n, list)
	{
		const struct node *name = n->kind == NODE_SCALAR && scalars
						  ? n
						  : node_child(n, "task");

		if (!name || name->kind != NODE_SCALAR)
			continue;
		vec_push(&c->calls, c->arena,
			 (struct call){ .kind = CALL_TASK,
					.name = name->value,
					.unit = c->scope->unit,
					.deploy = c->scope->deploy,
					.span = name->span,
					.text = name->value });
	}
}

static void read_task(struct collector *c, const struct node *task)
{
	const struct scope *outer = c->scope;
	struct scope scope = *outer;
	const struct node *commands = node_child(task, "cmds");

	scope_name(&scope, task->key);
	scope.unit = task->key;
	c->scope = &scope;
	setting_variables(c, node_child(task, "env"));
	script_lines(c, task->kind == NODE_MAP ? commands : task);
	script_lines(c, node_child(task, "cmd"));
	node_each(n, commands) script_lines(c, node_child(n, "cmd"));
	call_tasks(c, node_child(task, "deps"), true);
	call_tasks(c, commands, false);
	c->scope = outer;
}

void tree_platform(struct collector *c, const struct node *doc)
{
	const enum settings_role role = c->kind->role;

	if (role == SETTINGS_PACKAGE)
		read_package(c, doc);
	else if (role == SETTINGS_COMPOSER)
		read_scripts(c, node_child(doc, "scripts"), true);
	else if (role == SETTINGS_RENDER)
		read_render(c, doc);
	else if (role == SETTINGS_FLY)
		read_fly(c, doc);
	else
		take_places(c, doc);
	if (role == SETTINGS_TASKFILE)
		node_each(task, node_child(doc, "tasks")) read_task(c, task);
}
