#include "program.h"

#include <stdint.h>

#include "compiler.h"

/* Second spellings of one program. */
static const struct {
	struct str alias, name;
} aliases[] = {
	{ STR_INIT("rake"), STR_INIT("rails") },
	{ STR_INIT("sequelize-cli"), STR_INIT("sequelize") },
	{ STR_INIT("typeorm-ts-node-commonjs"), STR_INIT("typeorm") },
	{ STR_INIT("typeorm-ts-node-esm"), STR_INIT("typeorm") },
	{ STR_INIT("mikro-orm-esm"), STR_INIT("mikro-orm") },
	{ STR_INIT("flyctl"), STR_INIT("fly") },
	{ STR_INIT("neon"), STR_INIT("neonctl") },
	{ STR_INIT("tofu"), STR_INIT("terraform") },
	{ STR_INIT("terragrunt"), STR_INIT("terraform") },
	{ STR_INIT("mvnw"), STR_INIT("mvn") },
	{ STR_INIT("mvnd"), STR_INIT("mvn") },
	{ STR_INIT("gradlew"), STR_INIT("gradle") },
	{ STR_INIT("mariadb"), STR_INIT("mysql") },
	{ STR_INIT("mysqlsh"), STR_INIT("mysql") },
	{ STR_INIT("mariadb-admin"), STR_INIT("mysqladmin") },
	{ STR_INIT("mongo"), STR_INIT("mongosh") },
	{ STR_INIT("valkey-cli"), STR_INIT("redis-cli") },
	{ STR_INIT("clickhouse-client"), STR_INIT("clickhouse") },
	{ STR_INIT("django-admin"), STR_INIT("manage.py") },
	{ STR_INIT("django-admin.py"), STR_INIT("manage.py") },
	{ STR_INIT("oc"), STR_INIT("kubectl") },
	{ STR_INIT("k"), STR_INIT("kubectl") },
	{ STR_INIT("golang-migrate"), STR_INIT("migrate") },
	{ STR_INIT("cli.js"), STR_INIT("typeorm") },
	{ STR_INIT("podman"), STR_INIT("docker") },
	{ STR_INIT("zenstack"), STR_INIT("prisma") },
	{ STR_INIT("mongorestore.exe"), STR_INIT("mongorestore") },
};

struct str path_base(struct str path)
{
	size_t i = path.len;

	while (i && path.ptr[i - 1] != '/' && path.ptr[i - 1] != '\\')
		i--;
	return str_slice(path, i, path.len);
}

/* Without the version behind a name: prisma@6.1 */
static struct str without_version(struct str s)
{
	const size_t at = str_find_byte(str_slice(s, 1, s.len), '@');

	return at == SIZE_MAX ? s : str_slice(s, 0, at + 1);
}

/* Without the release that packages put behind clients: psql-17. */
static struct str without_release(struct str s)
{
	static const struct str tools[] = {
		STR_INIT("psql"),	STR_INIT("dropdb"),
		STR_INIT("pg_restore"), STR_INIT("pg_dump"),
		STR_INIT("mysql"),	STR_INIT("mariadb"),
		STR_INIT("redis-cli"),	STR_INIT("mongosh"),
	};
	size_t n = s.len;

	while (n && (is_digit(s.ptr[n - 1]) || s.ptr[n - 1] == '.'))
		n--;
	if (n && n < s.len && s.ptr[n - 1] == '-')
		n--;
	for (size_t i = 0; i < ARRAY_LEN(tools); i++)
		if (str_eq(str_slice(s, 0, n), tools[i]))
			return tools[i];
	return s;
}

/* What a variable that the script does not set is there to hold, as far as
 * its name says: `$FORGE_PHP artisan …`. */
static struct str program_of_variable(struct str word)
{
	static const struct {
		struct str part, program;
	} names[] = {
		{ STR_INIT("COMPOSE"), STR_INIT("docker-compose") },
		{ STR_INIT("ARTISAN"), STR_INIT("artisan") },
		{ STR_INIT("PHP"), STR_INIT("php") },
		{ STR_INIT("PYTHON"), STR_INIT("python") },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_ifind(word, names[i].part) != SIZE_MAX)
			return names[i].program;
	return word;
}

struct str program_name(struct str word)
{
	struct str name = without_version(path_base(word));

	if (str_starts(word, STR("$")))
		return program_of_variable(word);
	if (str_starts(word, STR("@mikro-orm/cli")))
		return STR("mikro-orm");
	if (str_starts(word, STR("@railway/cli")))
		return STR("railway");
	if (name.len > 4 && str_iends(name, STR(".exe")))
		name = str_slice(name, 0, name.len - 4);
	if (str_starts(word, STR("{{bin/")) && str_ends(name, STR("}}")))
		name = str_slice(name, 0, name.len - 2); /* of Deployer */
	name = without_release(name);
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (str_eq(name, aliases[i].alias))
			return aliases[i].name;
	return name;
}

static bool one_of(struct str s, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(s, list[i]))
			return true;
	return false;
}

/* The package whose file this is: node_modules/prisma/build/index.js */
static struct str package_of(struct str file)
{
	const size_t at = str_find(file, STR("node_modules/"));
	struct str rest;

	if (at == SIZE_MAX)
		return STR("");
	rest = str_slice(file, at + 13, file.len);
	if (str_starts(rest, STR(".bin/")))
		return str_slice(rest, 5, rest.len);
	if (str_starts(rest, STR("@")))
		rest = str_slice(rest, str_find_byte(rest, '/') + 1, rest.len);
	return str_slice(rest, 0, str_find_byte(rest, '/'));
}

static size_t first_argument(const struct shell_word *w, size_t count)
{
	static const struct str with_value[] = {
		STR_INIT("-r"),	      STR_INIT("--require"),
		STR_INIT("--loader"), STR_INIT("--import"),
		STR_INIT("-P"),	      STR_INIT("--project"),
		STR_INIT("-O"),	      STR_INIT("-W"),
		STR_INIT("-X"),	      STR_INIT("-d"),
	};
	size_t i = 1;

	while (i < count && w[i].text.len > 1 && w[i].text.ptr[0] == '-')
		i += one_of(w[i].text, with_value, ARRAY_LEN(with_value)) ? 2
									  : 1;
	return i;
}

static size_t unwrap_node(struct shell_word *w, size_t count)
{
	const size_t at = first_argument(w, count);
	struct str package;

	if (at >= count)
		return 0;
	package = package_of(w[at].text);
	if (!package.len && str_ends(w[at].text, STR("typeorm/cli.js")))
		package = STR("typeorm");
	if (!package.len && str_eq(w[at].text, STR("ace")))
		package = STR("ace");
	if (!package.len)
		return 0;
	w[at].text = program_name(package);
	return at;
}

static size_t unwrap_python(struct shell_word *w, size_t count)
{
	for (size_t i = 1; i + 1 < count; i++)
		if (str_eq(w[i].text, STR("-m"))) {
			if (str_eq(w[i + 1].text, STR("django")))
				w[i + 1].text = STR("manage.py");
			return i + 1;
		}
	const size_t at = first_argument(w, count);

	if (at < count && str_eq(path_base(w[at].text), STR("manage.py"))) {
		w[at].text = STR("manage.py");
		return at;
	}
	return 0;
}

static size_t unwrap_script(struct shell_word *w, size_t count)
{
	static const struct str programs[] = {
		STR_INIT("artisan"), STR_INIT("console"),  STR_INIT("rails"),
		STR_INIT("rake"),    STR_INIT("doctrine"), STR_INIT("phinx"),
		STR_INIT("spark"),   STR_INIT("yii"),	   STR_INIT("drush"),
		STR_INIT("craft"),   STR_INIT("magento"),
	};
	const size_t at = first_argument(w, count);
	const struct str base = at < count ? path_base(w[at].text) : STR("");

	if (!one_of(base, programs, ARRAY_LEN(programs)))
		return 0;
	w[at].text = program_name(base);
	return at;
}

size_t program_unwrap(struct shell_word *w, size_t count)
{
	static const struct str nodes[] = {
		STR_INIT("node"), STR_INIT("ts-node"),
		STR_INIT("tsx"),  STR_INIT("nodemon"),
		STR_INIT("bun"),  STR_INIT("ts-node-dev"),
	};
	static const struct str scripts[] = { STR_INIT("php"),
					      STR_INIT("ruby") };
	struct str name;

	if (count < 2)
		return 0;
	name = w[0].text;
	if (one_of(name, nodes, ARRAY_LEN(nodes)))
		return unwrap_node(w, count);
	if (str_starts(name, STR("python")) || str_eq(name, STR("py")) ||
	    str_eq(name, STR("coverage")))
		return unwrap_python(w, count);
	if (one_of(name, scripts, ARRAY_LEN(scripts)) ||
	    str_starts(name, STR("php8")))
		return unwrap_script(w, count);
	return 0;
}

bool script_is_dev_server(struct str name)
{
	return str_eq(name, STR("dev")) || str_starts(name, STR("dev:")) ||
	       str_ends(name, STR(":dev"));
}

bool program_is_dev_server(struct str name, struct str argument)
{
	static const struct str always[] = { STR_INIT("nodemon"),
					     STR_INIT("ts-node-dev") };
	static const struct str with_dev[] = {
		STR_INIT("next"),  STR_INIT("nuxt"),	 STR_INIT("nuxi"),
		STR_INIT("astro"), STR_INIT("remix"),	 STR_INIT("turbo"),
		STR_INIT("expo"),  STR_INIT("wrangler"),
	};

	if (one_of(name, always, ARRAY_LEN(always)))
		return true;
	if (str_eq(name, STR("vite")))
		return !argument.len || argument.ptr[0] == '-' ||
		       str_eq(argument, STR("dev"));
	return one_of(name, with_dev, ARRAY_LEN(with_dev)) &&
	       str_eq(argument, STR("dev"));
}

/* `node dist/main.js`: what was built, not what is written. */
static bool is_built(struct str file)
{
	static const struct str folders[] = { STR_INIT("dist"),
					      STR_INIT("build"),
					      STR_INIT(".output"),
					      STR_INIT(".next") };

	while (str_starts(file, STR("./")))
		file = str_slice(file, 2, file.len);
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		if (str_starts(file, folders[i]) &&
		    (file.len == folders[i].len ||
		     file.ptr[folders[i].len] == '/'))
			return true;
	return false;
}

bool program_is_server(const struct shell_word *word, size_t count)
{
	static const struct str always[] = {
		STR_INIT("$@"),
		STR_INIT("${@}"),
		STR_INIT("gunicorn"),
		STR_INIT("daphne"),
		STR_INIT("hypercorn"),
		STR_INIT("uwsgi"),
		STR_INIT("puma"),
		STR_INIT("unicorn"),
		STR_INIT("apache2-foreground"),
		STR_INIT("httpd-foreground"),
		STR_INIT("php-fpm"),
		STR_INIT("supervisord"),
		STR_INIT("pm2-runtime"),
		STR_INIT("catalina.sh"),
		STR_INIT("start:prod"),
		STR_INIT("start:production"),
	};
	const struct str name = count ? word[0].text : STR("");

	for (size_t i = 1; i < count; i++)
		if (str_eq(word[i].text, STR("--reload")))
			return false;
	if (one_of(name, always, ARRAY_LEN(always)) ||
	    str_eq(name, STR("uvicorn")))
		return true;
	return count > 1 &&
	       (str_eq(name, STR("node")) || str_eq(name, STR("bun"))) &&
	       is_built(word[1].text);
}

bool program_is_sql_client(struct str name)
{
	static const struct str clients[] = {
		STR_INIT("psql"),	STR_INIT("mysql"),
		STR_INIT("sqlcmd"),	STR_INIT("sqlite3"),
		STR_INIT("clickhouse"), STR_INIT("usql"),
		STR_INIT("pgcli"),	STR_INIT("mycli"),
		STR_INIT("sqlplus"),	STR_INIT("cockroach"),
		STR_INIT("litecli"),	STR_INIT("dbshell"),
	};

	return one_of(name, clients, ARRAY_LEN(clients));
}
