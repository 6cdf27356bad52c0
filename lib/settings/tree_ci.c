/*
 * Continuous integration: GitHub, GitLab, and any other that keeps commands
 * under keys like `run` and `script`. What counts is the job, not the file: a
 * workflow called deploy has jobs that test, and one called ci may release.
 */
#include <stdint.h>

#include "collect.h"
#include "compiler.h"
#include "condition.h"

static const struct node *next_node(const struct node *root,
				    const struct node *n)
{
	if (n->child)
		return n->child;
	while (n && n != root && !n->next)
		n = n->parent;
	return n && n != root ? n->next : NULL;
}

/* What shows that a script runs tests, or fills a database of its own. */
static bool is_test_text(struct str s)
{
	static const struct str marks[] = {
		STR_INIT("playwright"),
		STR_INIT("cypress"),
		STR_INIT("vitest"),
		STR_INIT("jest"),
		STR_INIT("pytest"),
		STR_INIT("rspec"),
		STR_INIT("npm test"),
		STR_INIT("npm run test"),
		STR_INIT("yarn test"),
		STR_INIT("pnpm test"),
		STR_INIT("pnpm run test"),
		STR_INIT("bun test"),
		STR_INIT("cargo test"),
		STR_INIT("go test"),
		STR_INIT("phpunit"),
		STR_INIT("artisan test"),
		STR_INIT("mix test"),
		STR_INIT("rails test"),
		STR_INIT("manage.py test"),
		STR_INIT("dotnet test"),
		STR_INIT("mvn test"),
		STR_INIT("mvn verify"),
		STR_INIT("gradlew test"),
		STR_INIT("npm run e2e"),
		STR_INIT("cp .env.example .env"),
		STR_INIT("cp .env.test"),
		STR_INIT("test:e2e"),
		STR_INIT("run test:"),
		STR_INIT("NODE_ENV=test"),
		STR_INIT("RAILS_ENV=test"),
		STR_INIT("postgres:postgres@"),
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_find(s, marks[i]) != SIZE_MAX)
			return true;
	return false;
}

static bool is_local_url(struct str s)
{
	return str_find(s, STR("://")) != SIZE_MAX &&
	       (str_find(s, STR("@localhost")) != SIZE_MAX ||
		str_find(s, STR("@127.0.0.1")) != SIZE_MAX ||
		str_find(s, STR("@postgres:")) != SIZE_MAX ||
		str_find(s, STR("@mysql:")) != SIZE_MAX ||
		str_find(s, STR("//localhost")) != SIZE_MAX);
}

/* Does a service of the job hold a database? */
static bool has_database_service(const struct node *services)
{
	static const struct str images[] = {
		STR_INIT("postgres"),  STR_INIT("postgis"),  STR_INIT("mysql"),
		STR_INIT("mariadb"),   STR_INIT("mongo"),    STR_INIT("mssql"),
		STR_INIT("cockroach"), STR_INIT("pgvector"),
	};

	for (const struct node *n = services; n; n = next_node(services, n))
		for (size_t i = 0; i < sizeof(images) / sizeof(*images); i++)
			if (str_ifind(n->value, images[i]) != SIZE_MAX ||
			    str_ifind(n->key, images[i]) != SIZE_MAX)
				return true;
	return false;
}

static bool is_test_job(const struct node *job)
{
	if (has_database_service(node_child(job, "services")))
		return true;
	for (const struct node *n = job; n; n = next_node(job, n))
		if (n->kind == NODE_SCALAR &&
		    (is_test_text(n->value) || is_local_url(n->value)))
			return true;
	return false;
}

/* The name of the environment that a job deploys to. */
static struct str environment_of(const struct node *job)
{
	const struct node *n = node_child(job, "environment");

	if (n && n->kind == NODE_MAP)
		n = node_child(n, "name");
	return n ? n->value : STR("");
}

/* Names that say a job brings something into the world. */
static bool deploys(struct str name)
{
	static const struct str words[] = { STR_INIT("deploy"),
					    STR_INIT("release"),
					    STR_INIT("publish"),
					    STR_INIT("rollout") };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_ifind(name, words[i]) != SIZE_MAX)
			return true;
	return false;
}

/* Does it run only for who asks for it: by a word in a form, or by hand? */
static bool is_asked_for(const struct node *n)
{
	const struct str condition = node_text(n, "if");

	return (str_find(condition, STR("inputs.")) != SIZE_MAX &&
		names_reset(condition)) ||
	       str_eq(node_text(n, "when"), STR("manual"));
}

/* A workflow that nothing but a person starts. */
static bool is_started_by_hand(const struct node *doc)
{
	const struct node *on = node_child(doc, "on");

	if (!on)
		return false;
	if (on->kind == NODE_SCALAR)
		return str_eq(on->value, STR("workflow_dispatch"));
	return on->child && !on->child->next &&
	       (str_eq(on->child->key, STR("workflow_dispatch")) ||
		str_eq(on->child->value, STR("workflow_dispatch")));
}

/* Where a job runs, by its names and by what is in it; `variables` are those
 * of all jobs. */
static void judge_job(struct scope *scope, const struct node *job,
		      unsigned file, const struct node *variables)
{
	const struct str target = environment_of(job);
	const struct str stage = node_text(job, "stage");
	const struct str name = node_text(job, "name");
	const unsigned near = NAME_TEST | NAME_PREVIEW | NAME_DEVELOPMENT;
	const unsigned names = name_marks(job->key) | name_marks(name);

	scope->unit = job->key;
	scope->asked = scope->asked || is_asked_for(job);
	scope->environment = ENV_UNKNOWN;
	if (target.len && environment_of_value(target) != ENV_UNKNOWN)
		scope->environment = environment_of_value(target);
	else if (names & NAME_PRODUCTION)
		scope->environment = ENV_PRODUCTION;
	else if ((names | file) & near)
		scope->environment = ENV_DEVELOPMENT;
	else if (names & NAME_STAGING)
		scope->environment = ENV_STAGING;
	else if (file & NAME_PRODUCTION)
		scope->environment = ENV_PRODUCTION;
	scope->deploy = deploys(job->key) || deploys(name) || deploys(stage) ||
			scope->environment == ENV_PRODUCTION;
	scope_variables(scope, node_child(job, "env"));
	scope_variables(scope, node_child(job, "variables"));
	scope_variables(scope, variables);
	if (scope->environment != ENV_PRODUCTION || !target.len)
		if (is_test_job(job))
			scope->environment = ENV_TEST;
	if (scope->environment == ENV_TEST ||
	    scope->environment == ENV_DEVELOPMENT)
		scope->deploy = false;
}

/* Inputs of actions that are scripts. `uses`: a part of the action's name. */
static const struct {
	struct str uses;
	const char *input;
	bool elsewhere; /* runs on the machine that it logs in to */
} action_scripts[] = {
	{ STR_INIT("ssh"), "script", true },
	{ STR_INIT("ssh"), "command", true },
	{ STR_INIT("ssm"), "command", true },
	{ STR_INIT("azure/cli"), "inlineScript", false },
	{ STR_INIT("azure/powershell"), "inlineScript", false },
};

/* A machine that a job logs in to is what the names say, and where they say
 * nothing it is the one in use; what the job tests is not there. */
static void scope_elsewhere(struct scope *scope, const struct node *step)
{
	const struct node *inputs = node_child(step, "with");
	const unsigned marks = name_marks(node_text(inputs, "host")) |
			       name_marks(node_text(step, "name"));

	if (marks & NAME_PRODUCTION)
		scope->environment = ENV_PRODUCTION;
	else if (marks & NAME_STAGING)
		scope->environment = ENV_STAGING;
	else if (marks & (NAME_DEVELOPMENT | NAME_TEST | NAME_PREVIEW))
		scope->environment = ENV_DEVELOPMENT;
	else if (scope->environment == ENV_UNKNOWN ||
		 scope->environment == ENV_TEST)
		scope->environment = ENV_PRODUCTION;
	scope->deploy = scope->environment == ENV_PRODUCTION ||
			(scope->deploy && scope->environment == ENV_STAGING);
}

static void read_action(struct collector *c, const struct node *step)
{
	const struct str uses = node_text(step, "uses");
	const struct scope *outer = c->scope;

	for (size_t i = 0; uses.len && i < ARRAY_LEN(action_scripts); i++) {
		struct scope scope = *outer;

		if (str_ifind(uses, action_scripts[i].uses) == SIZE_MAX)
			continue;
		if (action_scripts[i].elsewhere)
			scope_elsewhere(&scope, step);
		c->scope = &scope;
		script_node(c, node_child(node_child(step, "with"),
					  action_scripts[i].input));
		c->scope = outer;
	}
}

static void read_steps(struct collector *c, const struct node *steps)
{
	const struct scope *outer = c->scope;

	node_each(step, steps)
	{
		struct scope own = { .environment = ENV_UNKNOWN };
		struct scope scope = *outer;

		scope.asked = scope.asked || is_asked_for(step);
		scope_variables(&own, node_child(step, "env"));
		if (own.environment != ENV_UNKNOWN &&
		    outer->environment != ENV_TEST) {
			scope.environment = own.environment;
			scope.deploy = own.deploy;
		}
		c->scope = &scope;
		setting_variables(c, node_child(step, "env"));
		script_lines(c, node_child(step, "run"));
		read_action(c, step);
		c->scope = outer;
	}
}

static void read_github(struct collector *c, const struct node *doc)
{
	const struct scope *outer = c->scope;
	const unsigned file = base_marks(str_of(c->src->path)) |
			      name_marks(node_text(doc, "name"));

	node_each(job, node_child(doc, "jobs"))
	{
		struct scope scope = *outer;

		scope.asked = is_started_by_hand(doc);
		judge_job(&scope, job, file, node_child(doc, "env"));
		c->scope = &scope;
		setting_variables(c, node_child(job, "env"));
		read_steps(c, node_child(job, "steps"));
		c->scope = outer;
	}
}

static void read_gitlab(struct collector *c, const struct node *doc)
{
	static const char *const keys[] = { "before_script", "script",
					    "after_script" };
	const struct scope *outer = c->scope;
	const unsigned file = base_marks(str_of(c->src->path));

	node_each(job, doc)
	{
		struct scope scope = *outer;

		if (job->kind != NODE_MAP)
			continue;
		judge_job(&scope, job, file, node_child(doc, "variables"));
		c->scope = &scope;
		setting_variables(c, str_eq(job->key, STR("variables"))
					     ? job
					     : node_child(job, "variables"));
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
			script_lines(c, node_child(job, keys[i]));
		c->scope = outer;
	}
}

/* The last part of a name with dots: ansible.builtin.shell. */
static struct str last_name(struct str key)
{
	size_t i = key.len;

	while (i && key.ptr[i - 1] != '.')
		i--;
	return str_slice(key, i, key.len);
}

static bool holds_commands(struct str key)
{
	static const struct str keys[] = {
		STR_INIT("run"),	   STR_INIT("script"),
		STR_INIT("scripts"),	   STR_INIT("command"),
		STR_INIT("commands"),	   STR_INIT("bash"),
		STR_INIT("cmd"),	   STR_INIT("cmds"),
		STR_INIT("pwsh"),	   STR_INIT("before_script"),
		STR_INIT("after_script"),  STR_INIT("after_success"),
		STR_INIT("before_deploy"), STR_INIT("deploy"),
		STR_INIT("powershell"),	   STR_INIT("inline"),
		STR_INIT("inlineScript"),  STR_INIT("COMMAND"),
		STR_INIT("location"),	   STR_INIT("post_deploy"),
		STR_INIT("shell"),	   STR_INIT("raw"),
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_eq(last_name(key), keys[i]))
			return true;
	return false;
}

/* What a key above a command, or the name beside it, says about where it runs;
 * false where it says nothing. */
static bool scope_of_key(struct scope *scope, const struct node *n)
{
	const struct str name = node_text(n, "name");
	const unsigned marks = name_marks(n->key) | name_marks(name) |
			       name_marks(node_text(n, "id")) |
			       name_marks(node_text(n, "hosts"));

	if (is_test_text(name) || marks & NAME_TEST)
		scope->environment = ENV_TEST;
	else if (marks & NAME_PRODUCTION)
		scope->environment = ENV_PRODUCTION;
	else if (marks & (NAME_PREVIEW | NAME_DEVELOPMENT))
		scope->environment = ENV_DEVELOPMENT;
	else if (deploys(n->key) || deploys(name))
		scope->deploy = true;
	else
		return false;
	return true;
}

/* The keys above a command, from the inside out, say where it runs; files that
 * are for production as a whole may have steps that are not. */
static void scope_of_path(struct scope *scope, const struct node *n)
{
	if (scope->environment == ENV_UNKNOWN ||
	    scope->environment == ENV_PRODUCTION)
		while (n && n->parent && !scope_of_key(scope, n))
			n = n->parent;
	if (scope->environment == ENV_TEST ||
	    scope->environment == ENV_DEVELOPMENT)
		scope->deploy = false;
}

/* A step of Cloud Build: words for the program of an image. */
static bool is_arguments(const struct node *n)
{
	return str_eq(n->key, STR("args")) && n->kind == NODE_LIST &&
	       n->parent && node_child(n->parent, "name");
}

/* The program of a builder is the last part of its name. */
static struct shell_word program_of_builder(const struct node *image)
{
	struct str name = image->value;

	for (size_t slash; (slash = str_find_byte(name, '/')) != SIZE_MAX;)
		name = str_slice(name, slash + 1, name.len);
	name = str_slice(name, 0, str_find_byte(name, ':'));
	return (struct shell_word){ name, image->span, true };
}

/* An image that says no program is given all of the command, or, behind `--`,
 * what it is to run for others. */
static void read_arguments(struct collector *c, const struct node *args)
{
	const struct node *said = node_child(args->parent, "entrypoint");
	const struct node *image = node_child(args->parent, "name");
	struct shell_word *words =
		arena_array(c->arena, struct shell_word, args->count + 1u);
	size_t used = 0;

	if (said)
		words[used++] =
			(struct shell_word){ said->value, said->span, true };
	else if (str_find(image->value, STR("cloud-builders/")) != SIZE_MAX)
		words[used++] = program_of_builder(image);
	node_each(w, args)
	{
		if (str_eq(w->value, STR("--")) && !said)
			used = 0;
		else
			words[used++] =
				(struct shell_word){ w->value, w->span, true };
	}
	script_words(c, words, used);
}

/* Modules of Ansible that can take away what holds data, the command that
 * does the same, and the key that names it. */
static const struct remover {
	struct str module;
	const char *words[2];
	const char *named;
} removers[] = {
	{ STR_INIT("postgresql_db"), { "dropdb" }, "name" },
	{ STR_INIT("mysql_db"), { "mysqladmin", "drop" }, "name" },
	{ STR_INIT("file"), { "rm", "-rf" }, "path" },
};

/* The module that `n` takes something away with; the database of tests that
 * every new server comes with is nothing. */
static const struct remover *remover_of(const struct node *n)
{
	if (n->kind != NODE_MAP ||
	    !str_eq(node_text(n, "state"), STR("absent")))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(removers); i++) {
		const struct str what = node_text(n, removers[i].named);

		if (what.len && !str_eq(what, STR("test")) &&
		    str_eq(last_name(n->key), removers[i].module))
			return &removers[i];
	}
	return NULL;
}

static void read_removal(struct collector *c, const struct node *n)
{
	const struct remover *r = remover_of(n);
	const struct node *what = node_child(n, r->named);
	struct shell_word words[3];
	size_t used = 0;

	for (size_t i = 0; i < ARRAY_LEN(r->words) && r->words[i]; i++)
		words[used++] = (struct shell_word){ str_of(r->words[i]),
						     n->key_span, true };
	words[used++] = (struct shell_word){ what->value, what->span, true };
	script_words(c, words, used);
}

/* What stands under the key of `n`, if it is anything. */
static void read_key(struct collector *c, const struct node *n)
{
	const struct scope *outer = c->scope;
	struct scope scope = *outer;

	scope_of_path(&scope, n);
	c->scope = &scope;
	if (remover_of(n))
		read_removal(c, n);
	else if (is_arguments(n))
		read_arguments(c, n);
	else if (holds_commands(n->key))
		script_lines(c, n);
	else if (str_eq(n->key, STR("environment")) ||
		 str_eq(n->key, STR("env")))
		setting_variables(c, n);
	c->scope = outer;
}

static void read_any(struct collector *c, const struct node *doc)
{
	for (const struct node *n = doc; n; n = next_node(doc, n))
		read_key(c, n);
}

void tree_ci(struct collector *c, const struct node *doc)
{
	if (c->kind->role == SETTINGS_GITHUB)
		read_github(c, doc);
	else if (c->kind->role == SETTINGS_GITLAB)
		read_gitlab(c, doc);
	else
		read_any(c, doc);
}
