#include "settings_kind.h"

#include <stdint.h>

#include "compiler.h"
#include "environment.h"

#define PROD ENV_PRODUCTION
#define ANY ENV_UNKNOWN

/*
 * Kinds of files, the first row that matches counts. `under` is a folder that
 * the path goes through, `names` the names of the file with `*` for any text,
 * "|" between. `environment` other than ANY is what such a file speaks of
 * unless its path says otherwise. A new kind of file is a new row.
 */
static const struct row {
	const char *under;
	const char *names;
	enum settings_role role;
	enum settings_format format;
	enum environment environment;
	unsigned flags;
} rows[] = {
	/* never */
	{ "node_modules", "*", SETTINGS_NONE, 0, ANY, 0 },
	{ "vendor", "*", SETTINGS_NONE, 0, ANY, 0 },
	{ ".claude", "*", SETTINGS_NONE, 0, ANY, 0 },
	{ ".cursor", "*", SETTINGS_NONE, 0, ANY, 0 },
	{ "locales", "*", SETTINGS_NONE, 0, ANY, 0 },
	{ "locale", "*", SETTINGS_NONE, 0, ANY, 0 },
	{ "i18n", "*", SETTINGS_NONE, 0, ANY, 0 },
	{ "", "*.md|*.mdx|*.txt|*.rst|*.adoc|*.lock|*.map|*.snap|*.d.ts",
	  SETTINGS_NONE, 0, ANY, 0 },
	{ "", "*.min.js|*.env.vault|.env.vault|.env.keys|*-lock.json",
	  SETTINGS_NONE, 0, ANY, 0 },
	{ "", "pnpm-lock.yaml|tsconfig*.json", SETTINGS_NONE, 0, ANY, 0 },
	/* environment files */
	{ "", ".envrc", SETTINGS_PLAIN, FORMAT_SHELL, ENV_DEVELOPMENT,
	  KIND_LOCAL },
	{ "", ".env*.ts|.env*.js|.env*.mjs|.env*.json|.env*.yml|.env*.yaml",
	  SETTINGS_NONE, 0, ANY, 0 },
	{ "", ".env.schema|.env.defaults", SETTINGS_PLAIN, FORMAT_DOTENV,
	  ENV_EXAMPLE, 0 },
	{ "", ".env|.env.*|.env-*|.env_*", SETTINGS_PLAIN, FORMAT_DOTENV, ANY,
	  0 },
	{ "", ".dev.vars*|.flaskenv", SETTINGS_PLAIN, FORMAT_DOTENV,
	  ENV_DEVELOPMENT, 0 },
	{ ".envs", "*", SETTINGS_PLAIN, FORMAT_DOTENV, ANY, 0 },
	{ "", "env.example|env.sample|env.template|env.dist|env-example",
	  SETTINGS_PLAIN, FORMAT_DOTENV, ENV_EXAMPLE, 0 },
	{ "", "*.env|*.env.*", SETTINGS_PLAIN, FORMAT_DOTENV, ANY, 0 },
	/* containers */
	{ "", "Dockerfile|Dockerfile.*|Dockerfile-*|Dockerfile_*|Containerfile",
	  SETTINGS_PLAIN, FORMAT_DOCKERFILE, ANY, KIND_DEPLOY },
	{ "", "*.Dockerfile|*.dockerfile", SETTINGS_PLAIN, FORMAT_DOCKERFILE,
	  ANY, KIND_DEPLOY },
	{ "", "*compose*.yml|*compose*.yaml", SETTINGS_COMPOSE, FORMAT_YAML,
	  ANY, 0 },
	{ "", "values*.yml|values*.yaml|*values.yml|*values.yaml",
	  SETTINGS_HELM, FORMAT_YAML, ANY, 0 },
	/* continuous integration */
	{ ".github/workflows", "*.yml|*.yaml", SETTINGS_GITHUB, FORMAT_YAML,
	  ANY, 0 },
	{ ".gitea/workflows", "*.yml|*.yaml", SETTINGS_GITHUB, FORMAT_YAML, ANY,
	  0 },
	{ ".forgejo/workflows", "*.yml|*.yaml", SETTINGS_GITHUB, FORMAT_YAML,
	  ANY, 0 },
	{ "", "action.yml|action.yaml", SETTINGS_CI, FORMAT_YAML, ANY, 0 },
	{ "", ".gitlab-ci*.yml|.gitlab-ci*.yaml|*.gitlab-ci.yml",
	  SETTINGS_GITLAB, FORMAT_YAML, ANY, 0 },
	{ ".gitlab", "*.yml|*.yaml", SETTINGS_GITLAB, FORMAT_YAML, ANY, 0 },
	{ ".circleci", "*.yml|*.yaml", SETTINGS_CI, FORMAT_YAML, ANY, 0 },
	{ ".buildkite", "*.yml|*.yaml", SETTINGS_CI, FORMAT_YAML, ANY, 0 },
	{ "", "bitbucket-pipelines.yml|azure-pipelines*.yml|.drone*.yml",
	  SETTINGS_CI, FORMAT_YAML, ANY, 0 },
	{ "", ".woodpecker*.yml|.travis.yml|codemagic.yaml|.semaphore*.yml",
	  SETTINGS_CI, FORMAT_YAML, ANY, 0 },
	{ "", "buildspec*.yml|appspec*.yml|cloudbuild*.yml|cloudbuild*.yaml",
	  SETTINGS_CI, FORMAT_YAML, PROD, KIND_DEPLOY },
	{ "tasks", "*.yml|*.yaml", SETTINGS_CI, FORMAT_YAML, ANY, 0 },
	{ "handlers", "*.yml|*.yaml", SETTINGS_CI, FORMAT_YAML, ANY, 0 },
	{ "playbooks", "*.yml|*.yaml", SETTINGS_CI, FORMAT_YAML, ANY, 0 },
	{ "", "playbook*.yml|playbook*.yaml|*playbook.yml|*playbook.yaml",
	  SETTINGS_CI, FORMAT_YAML, ANY, 0 },
	{ "", "amplify*.yml|apprunner*.yaml", SETTINGS_CI, FORMAT_YAML, PROD,
	  KIND_DEPLOY },
	{ "copilot", "manifest.yml", SETTINGS_CI, FORMAT_YAML, PROD,
	  KIND_DEPLOY },
	{ "", "mise.toml|.mise.toml", SETTINGS_CI, FORMAT_TOML, ANY, 0 },
	{ "", "*task-definition*.json|*task-def*.json|*taskdef*.json",
	  SETTINGS_KUBERNETES, FORMAT_JSON, ANY, 0 },
	{ ".ebextensions", "*.config", SETTINGS_CI, FORMAT_YAML, PROD,
	  KIND_DEPLOY },
	{ "", ".platform.app.yaml", SETTINGS_CI, FORMAT_YAML, PROD,
	  KIND_DEPLOY },
	/* platforms */
	{ "", "fly.toml|fly.*.toml|fly-*.toml", SETTINGS_FLY, FORMAT_TOML, PROD,
	  KIND_DEPLOY },
	{ "", "railway*.toml", SETTINGS_RAILWAY, FORMAT_TOML, PROD,
	  KIND_DEPLOY },
	{ "", "railway*.json", SETTINGS_RAILWAY, FORMAT_JSON, PROD,
	  KIND_DEPLOY },
	{ "", "render.yaml|render.yml|render-*.yaml|render.*.yaml",
	  SETTINGS_RENDER, FORMAT_YAML, PROD, KIND_DEPLOY },
	{ ".do", "*.yml|*.yaml", SETTINGS_RENDER, FORMAT_YAML, PROD,
	  KIND_DEPLOY },
	{ "", "vercel.json|now.json", SETTINGS_VERCEL, FORMAT_JSON, PROD,
	  KIND_DEPLOY | KIND_NO_DISK },
	{ "", "netlify.toml", SETTINGS_NETLIFY, FORMAT_TOML, PROD,
	  KIND_DEPLOY | KIND_NO_DISK },
	{ "", "heroku.yml", SETTINGS_HEROKU, FORMAT_YAML, PROD,
	  KIND_DEPLOY | KIND_NO_DISK },
	{ "", "app.json", SETTINGS_APP_JSON, FORMAT_JSON, PROD,
	  KIND_DEPLOY | KIND_NO_DISK },
	{ "", "Procfile", SETTINGS_PLAIN, FORMAT_PROCFILE, PROD, KIND_DEPLOY },
	{ "", "Procfile.*", SETTINGS_PLAIN, FORMAT_PROCFILE, ANY, KIND_DEPLOY },
	{ "", "app.yaml|app.*.yaml|app-*.yaml|app_*.yaml", SETTINGS_APP_ENGINE,
	  FORMAT_YAML, ANY, 0 },
	{ "", "Envoy.blade.php", SETTINGS_PLAIN, FORMAT_ENVOY, ANY,
	  KIND_DEPLOY | KIND_DISK },
	{ "", "serverless*.yml|serverless*.yaml", SETTINGS_SERVERLESS,
	  FORMAT_YAML, PROD, KIND_DEPLOY | KIND_NO_DISK },
	{ "", "wrangler*.toml", SETTINGS_WRANGLER, FORMAT_TOML, ANY, 0 },
	{ "", "wrangler*.json|wrangler*.jsonc", SETTINGS_WRANGLER, FORMAT_JSON,
	  ANY, 0 },
	{ "", "litefs*.yml|litefs*.yaml", SETTINGS_LITEFS, FORMAT_YAML, PROD,
	  KIND_DEPLOY | KIND_DISK },
	{ "", "nixpacks.toml", SETTINGS_CI, FORMAT_TOML, PROD, KIND_DEPLOY },
	{ "", "*.service|supervisord*.conf", SETTINGS_SERVICE, FORMAT_INI, PROD,
	  KIND_DEPLOY | KIND_DISK },
	/* lists of commands */
	{ "", "package.json|deno.json|deno.jsonc", SETTINGS_PACKAGE,
	  FORMAT_JSON, ANY, 0 },
	{ "", "composer.json", SETTINGS_COMPOSER, FORMAT_JSON, ANY, 0 },
	{ "", "Makefile|makefile|GNUmakefile|*.mk|Makefile.*", SETTINGS_PLAIN,
	  FORMAT_MAKEFILE, ANY, 0 },
	{ "", "justfile|Justfile|.justfile|*.just", SETTINGS_PLAIN,
	  FORMAT_JUSTFILE, ANY, 0 },
	{ "", "Taskfile*.yml|Taskfile*.yaml|taskfile*.yml|taskfile*.yaml",
	  SETTINGS_TASKFILE, FORMAT_YAML, ANY, 0 },
	{ ".husky", "*", SETTINGS_PLAIN, FORMAT_SHELL, ANY, KIND_DEPLOY },
	{ ".githooks", "*", SETTINGS_PLAIN, FORMAT_SHELL, ANY, KIND_DEPLOY },
	{ "", "lefthook.yml|.lefthook.yml|lefthook.yaml", SETTINGS_CI,
	  FORMAT_YAML, ANY, KIND_DEPLOY },
	{ ".platform/hooks", "*", SETTINGS_PLAIN, FORMAT_SHELL, PROD,
	  KIND_DEPLOY },
	{ ".kamal/hooks", "*", SETTINGS_PLAIN, FORMAT_SHELL, PROD,
	  KIND_DEPLOY },
	{ "", "*.sh|*.bash|*.zsh|*.ksh", SETTINGS_PLAIN, FORMAT_SHELL, ANY, 0 },
	/* settings of frameworks */
	{ "", "database.yml|database.*.yml|database.yaml|database-*.yml",
	  SETTINGS_RAILS_DATABASE, FORMAT_YAML, ANY, 0 },
	{ "", "application*.yml|application*.yaml|bootstrap*.yml",
	  SETTINGS_CONFIG, FORMAT_YAML, ANY, 0 },
	{ "", "*.properties|*.ini", SETTINGS_CONFIG, FORMAT_INI, ANY, 0 },
	{ "",
	  "appsettings*.json|ormconfig*.json|config*.json|database*.json|"
	  "db.config*.json|db.json|sequelize*.json",
	  SETTINGS_CONFIG, FORMAT_JSON, ANY, 0 },
	{ "supabase", "config.toml", SETTINGS_NONE, 0, ANY, 0 },
	{ "supabase", "*seed*.sql", SETTINGS_SEED, FORMAT_SQL, ENV_DEVELOPMENT,
	  0 },
	{ "config", "*.json", SETTINGS_CONFIG, FORMAT_JSON, ANY, 0 },
	{ "config", "*.toml", SETTINGS_CONFIG, FORMAT_TOML, ANY, 0 },
	{ "", "*.tfvars|*.tf", SETTINGS_CONFIG, FORMAT_INI, ANY, 0 },
	{ "", "*.prisma", SETTINGS_PLAIN, FORMAT_PRISMA, ANY, 0 },
	{ "", "*.yml|*.yaml", SETTINGS_KUBERNETES, FORMAT_YAML, ANY, 0 },
};

/* Endings of programs, and how the reader of calls names their language. */
static const struct {
	const char *ending;
	const char *language;
} languages[] = {
	{ ".ts", "javascript" },
	{ ".tsx", "javascript" },
	{ ".mts", "javascript" },
	{ ".cts", "javascript" },
	{ ".js", "javascript" },
	{ ".jsx", "javascript" },
	{ ".mjs", "javascript" },
	{ ".cjs", "javascript" },
	{ ".py", "python" },
	{ ".rb", "ruby" },
	{ ".rake", "ruby" },
	{ "Rakefile", "ruby" },
	{ ".php", "php" },
	{ ".cs", "csharp" },
	{ ".ex", "elixir" },
	{ ".exs", "elixir" },
	{ ".go", "go" },
	{ ".java", "java" },
	{ ".kt", "kotlin" },
	{ "Jenkinsfile", "groovy" },
	{ ".jenkinsfile", "groovy" },
};

static bool is_program(struct settings_kind *out, struct str path)
{
	if (str_ends(path, STR(".sql"))) {
		out->role = SETTINGS_SEED;
		out->format = FORMAT_SQL;
		return base_marks(path) & NAME_SEED;
	}
	for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
		if (!str_ends(path, str_of(languages[i].ending)))
			continue;
		out->role = path_marks(path) & NAME_SEED ? SETTINGS_SEED
							 : SETTINGS_PLAIN;
		out->format = FORMAT_CODE;
		out->language = languages[i].language;
		if (base_marks(path) & NAME_TEST &&
		    !(base_marks(path) & NAME_SEED))
			out->environment = ENV_TEST;
		return true;
	}
	return false;
}

static struct str base_of(struct str path)
{
	size_t i = path.len;

	while (i && path.ptr[i - 1] != '/')
		i--;
	return str_slice(path, i, path.len);
}

bool is_deploy_script(struct str path)
{
	static const struct str words[] = {
		STR_INIT("start"),	    STR_INIT("entrypoint"),
		STR_INIT("deploy"),	    STR_INIT("release"),
		STR_INIT("render-build"),   STR_INIT("vercel-build"),
		STR_INIT("build"),	    STR_INIT("startup"),
		STR_INIT("run-prod"),	    STR_INIT("prestart"),
		STR_INIT("predeploy"),	    STR_INIT("postdeploy"),
		STR_INIT("docker-start"),   STR_INIT("boot"),
		STR_INIT("init-container"), STR_INIT("launch"),
	};
	struct str name = base_of(path);
	const unsigned marks = name_marks(name);

	name = str_slice(name, 0, str_find_byte(name, '.'));
	if (marks & (NAME_DEPLOY | NAME_PRODUCTION))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(name, words[i]) ||
		    (str_ends(name, words[i]) && name.len > words[i].len &&
		     strchr("-_", name.ptr[name.len - words[i].len - 1])) ||
		    (str_starts(name, words[i]) && name.len > words[i].len &&
		     strchr("-_", name.ptr[words[i].len])))
			return true;
	return false;
}

/* Does the path go through that folder (or folders, `a/b`)? */
static bool goes_through(struct str path, struct str folder)
{
	size_t from = 0;

	if (!folder.len)
		return true;
	for (;;) {
		const struct str rest = str_slice(path, from, path.len);
		const size_t slash = str_find_byte(rest, '/');

		if (slash == SIZE_MAX)
			return false;
		if (str_starts(rest, folder) && rest.len > folder.len &&
		    rest.ptr[folder.len] == '/')
			return true;
		from += slash + 1;
	}
}

/* A name with `*` for any text: what stands between the stars is looked for
 * from the left, and the last of it at the end. */
static bool name_matches(struct str glob, struct str name)
{
	const char last = glob.len ? glob.ptr[glob.len - 1] : '*';

	/* most names are told apart by how they end */
	if (last != '*' && (!name.len || name.ptr[name.len - 1] != last))
		return false;
	size_t star = str_find_byte(glob, '*');

	if (star == SIZE_MAX)
		return str_eq(glob, name);
	if (!str_starts(name, str_slice(glob, 0, star)))
		return false;
	name = str_slice(name, star, name.len);
	glob = str_slice(glob, star + 1, glob.len);
	while ((star = str_find_byte(glob, '*')) != SIZE_MAX) {
		const size_t at = str_find(name, str_slice(glob, 0, star));

		if (at == SIZE_MAX)
			return false;
		name = str_slice(name, at + star, name.len);
		glob = str_slice(glob, star + 1, glob.len);
	}
	return str_ends(name, glob);
}

static bool any_name_matches(struct str globs, struct str name)
{
	while (globs.len) {
		const size_t bar = str_find_byte(globs, '|');

		if (name_matches(str_slice(globs, 0, bar), name))
			return true;
		globs = bar == SIZE_MAX ? STR("")
					: str_slice(globs, bar + 1, globs.len);
	}
	return false;
}

/* Programs that answer requests of users. */
static bool answers_requests(struct str path)
{
	const struct str base = base_of(path);

	return goes_through(path, STR("routes")) ||
	       goes_through(path, STR("app/Http")) ||
	       goes_through(path, STR("app/controllers")) ||
	       goes_through(path, STR("pages/api")) ||
	       str_eq(base, STR("views.py")) ||
	       any_name_matches(STR("route.ts|route.js"), base);
}

/* What a path says about commands: production and deploy, or for one person. */
static void judge_path(struct settings_kind *k, struct str path)
{
	const unsigned base = base_marks(path);
	const unsigned all = path_marks(path);
	const bool commands =
		k->format == FORMAT_SHELL || k->format == FORMAT_DOCKERFILE ||
		k->format == FORMAT_ENVOY || k->format == FORMAT_PROCFILE;
	const unsigned local =
		NAME_TEST | NAME_DEVELOPMENT | NAME_PREVIEW | NAME_EXAMPLE;
	const bool ci = base & NAME_CI || goes_through(path, STR(".github")) ||
			goes_through(path, STR(".gitlab")) ||
			goes_through(path, STR(".ci"));

	if (all & NAME_BACKUP)
		k->flags |= KIND_BACKUP;
	if (k->format == FORMAT_CODE &&
	    (base & (NAME_DEPLOY | NAME_PRODUCTION) ||
	     (answers_requests(path) && !(all & local))))
		k->flags |= KIND_DEPLOY;
	if (!commands)
		return;
	if (k->format == FORMAT_SHELL &&
	    (is_deploy_script(path) || goes_through(path, STR("deploy"))))
		k->flags |= KIND_DEPLOY;
	if (base & NAME_PRODUCTION)
		return;
	if (all & local ||
	    (k->format == FORMAT_SHELL && ci && !(base & NAME_DEPLOY))) {
		k->flags &= ~(unsigned)KIND_DEPLOY;
		k->flags |= KIND_LOCAL;
	}
}

/* A file in a folder of scripts, without an ending: a program if it says so. */
static bool may_be_script(struct settings_kind *out, struct str path)
{
	static const struct str folders[] = {
		STR_INIT("bin"),    STR_INIT("script"), STR_INIT("scripts"),
		STR_INIT("docker"), STR_INIT("ci"),	STR_INIT(".ci"),
		STR_INIT("deploy"), STR_INIT("ops"),	STR_INIT("tools"),
	};
	const struct str base = base_of(path);

	if (str_find_byte(base, '.') != SIZE_MAX)
		return false;
	bool found = any_name_matches(
		STR("entrypoint|start|deploy|release|build"), base);

	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		found = found || goes_through(path, folders[i]);
	if (!found)
		return false;
	out->role = SETTINGS_SCRIPT;
	out->format = FORMAT_SHELL;
	return true;
}

static const struct row *row_of(struct str path)
{
	const struct str base = base_of(path);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (any_name_matches(str_of(rows[i].names), base) &&
		    goes_through(path, str_of(rows[i].under)))
			return &rows[i];
	return NULL;
}

/* What compose reads on top of the main file without being asked, which is
 * how a developer's machine differs from a server. */
static bool is_override(struct str base)
{
	return str_find(base, STR(".override.")) != SIZE_MAX;
}

/* SQL that fills no database: a migration, as most SQL is. */
static bool is_other_sql(struct str path)
{
	return str_ends(path, STR(".sql")) &&
	       str_ifind(base_of(path), STR("seed")) == SIZE_MAX;
}

bool settings_kind_of(struct settings_kind *out, struct str path)
{
	*out = (struct settings_kind){ .role = SETTINGS_NONE };
	if (is_other_sql(path))
		return false;
	const struct row *row = row_of(path);

	if (row) {
		out->role = row->role;
		out->format = row->format;
		out->environment = row->environment;
		out->flags = row->flags;
	} else if (!is_program(out, path) && !may_be_script(out, path)) {
		return false;
	}
	if (out->environment == ENV_UNKNOWN)
		out->environment = environment_of_path(path);
	else if (row && row->environment == ENV_PRODUCTION &&
		 environment_of_path(path) != ENV_UNKNOWN)
		out->environment = environment_of_path(path);
	if (str_starts(base_of(path), STR("ecosystem.config")))
		out->flags |= KIND_DISK;
	if (out->role == SETTINGS_COMPOSE && out->environment == ENV_UNKNOWN &&
	    is_override(base_of(path)))
		out->environment = ENV_DEVELOPMENT;
	judge_path(out, path);
	return out->role != SETTINGS_NONE;
}

static bool has_line(struct str text, struct str start)
{
	struct str line;

	while (str_next_line(&text, &line))
		if (str_starts(line, start))
			return true;
	return false;
}

static bool is_manifest(struct str text)
{
	return has_line(text, STR("kind:")) ||
	       has_line(text, STR("configMapGenerator:")) ||
	       has_line(text, STR("secretGenerator:"));
}

/* A list of plays: what Ansible does on which hosts. */
static bool is_playbook(struct str text)
{
	return has_line(text, STR("- hosts:")) ||
	       (has_line(text, STR("- name:")) &&
		has_line(text, STR("  hosts:")) &&
		(has_line(text, STR("  tasks:")) ||
		 has_line(text, STR("  pre_tasks:"))));
}

/* Services of compose under another name: `production.yml`, `stack.yml`. */
static bool is_compose(struct str text)
{
	bool services = false, image = false;
	struct str line;

	while (str_next_line(&text, &line)) {
		const struct str key = str_trim(line);

		services = services || str_starts(line, STR("services:"));
		image = image || (key.len < line.len &&
				  (str_starts(key, STR("image:")) ||
				   str_starts(key, STR("build:"))));
	}
	return services && image;
}

/* The manifest of a cluster, or what else bears the names that those do. */
static bool kind_of_yaml(struct settings_kind *kind, struct str text)
{
	const bool app = kind->role == SETTINGS_APP_ENGINE;

	if (app && has_line(text, STR("runtime:"))) {
		kind->flags |= KIND_DEPLOY | KIND_NO_DISK;
		if (kind->environment == ENV_UNKNOWN)
			kind->environment = ENV_PRODUCTION;
		return true;
	}
	kind->role = SETTINGS_KUBERNETES;
	if (kind->format == FORMAT_JSON || is_manifest(text))
		return true;
	kind->role = SETTINGS_COMPOSE;
	if (is_compose(text))
		return true;
	kind->role = SETTINGS_CI;
	return is_playbook(text);
}

bool settings_kind_of_text(struct settings_kind *kind, struct str text)
{
	struct str first = text;

	if (kind->role == SETTINGS_KUBERNETES ||
	    kind->role == SETTINGS_APP_ENGINE)
		return kind_of_yaml(kind, text);
	if (kind->role != SETTINGS_SCRIPT)
		return kind->role != SETTINGS_NONE;
	if (!str_starts(text, STR("#!")))
		return false;
	first = str_slice(text, 0, str_find_byte(text, '\n'));
	kind->role = SETTINGS_PLAIN;
	if (str_find(first, STR("sh")) != SIZE_MAX)
		return true;
	kind->format = FORMAT_CODE;
	kind->language = str_find(first, STR("ruby")) != SIZE_MAX     ? "ruby"
			 : str_find(first, STR("python")) != SIZE_MAX ? "python"
			 : str_find(first, STR("node")) != SIZE_MAX
				 ? "javascript"
			 : str_find(first, STR("php")) != SIZE_MAX ? "php"
								   : NULL;
	return kind->language != NULL;
}
