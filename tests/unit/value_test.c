#include "environment.h"
#include "settings_kind.h"
#include "suite.h"
#include "value.h"
#include "value_words.h"

static struct arena arena;

static void setup(void)
{
	arena = (struct arena){ 0 };
}

static void teardown(void)
{
	arena_free(&arena);
}

static void reads(const char *key, const char *value, const char *text)
{
	const struct value v = value_of(str_of(key), str_of(value));
	const struct str got = value_text(&arena, &v);

	if (!str_eq(got, str_of(text)))
		ck_abort_msg("%s=%s is \"" STR_FMT "\", not \"%s\"", key, value,
			     STR_ARG(got), text);
}

START_TEST(databases_in_files_are_seen_in_every_spelling)
{
	static const char *const lines[][3] = {
		{ "DATABASE_URL", "file:./dev.db", "sqlite (file:)" },
		{ "DATABASE_URL", "sqlite:///a.db", "sqlite (sqlite:)" },
		{ "DATABASE_URL", "sqlite+aiosqlite:///a", "sqlite (sqlite+)" },
		{ "DATABASE_URL", "sqlite://:memory:", "sqlite (memory)" },
		{ "URI", "sqlite3:db/x.sqlite3", "sqlite (sqlite3:)" },
		{ "spring.datasource.url", "jdbc:h2:mem:x", "sqlite (memory)" },
		{ "spring.datasource.url", "jdbc:h2:~/x",
		  "sqlite (jdbc:h2:~)" },
		{ "DB_CONNECTION", "sqlite", "sqlite (sqlite)" },
		{ "production.client", "better-sqlite3",
		  "sqlite (better-sqlite3)" },
		{ "DATABASES.default.ENGINE", "django.db.backends.sqlite3",
		  "sqlite (sqlite3)" },
		{ "ConnectionStrings.Main", "Data Source=app.db;Cache=Shared",
		  "sqlite (data source)" },
		{ "DB_DATABASE", "/srv/app.sqlite", "sqlite (database file)" },
		{ "DB_DATABASE", "app.db?mode", "sqlite (database file)" },
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		reads(lines[i][0], lines[i][1], lines[i][2]);
}
END_TEST

START_TEST(what_only_looks_like_one_is_none)
{
	reads("LOG_FILE", "file:///var/log/x.log", "url (file://)");
	reads("CACHE_DRIVER", "sqlite", "sqlite");
	reads("TEST_DATABASE_URL", "sqlite::memory:", "text");
	reads("DATABASE_URL", "libsql://a.turso.io", "database (libsql://)");
	reads("DOCS", "https://example.org/sqlite", "url (https://)");
	reads("spring.datasource.url", "jdbc:h2:tcp://h/x",
	      "database (jdbc:h2:tcp://)");
	reads("ConnectionStrings.Main", "Data Source=h;Initial Catalog=a",
	      "text");
	reads("heading.type", "h2", "text");
}
END_TEST

START_TEST(urls_show_their_scheme_and_nothing_else)
{
	reads("DATABASE_URL", "postgres://u:secret@h/d",
	      "database (postgres://)");
	reads("DATABASE_URL", "postgres://u:p@localhost:5432/d",
	      "local database (postgres://)");
	reads("DB_URL", "mysql://u:p@[::1]/d", "local database (mysql://)");
	reads("REDIS_URL", "redis://localhost", "database (redis://)");
	reads("DB_DSN", "host=127.0.0.1;dbname=x", "local database");
}
END_TEST

START_TEST(placeholders_and_words_are_told_apart_from_text)
{
	reads("A", "", "empty");
	reads("A", "  ", "empty");
	reads("A", "changeme", "placeholder");
	reads("A", "<your-key>", "placeholder");
	reads("A", "xxxxx", "placeholder");
	reads("DATABASE_URL", "postgres://user:password@host/db",
	      "placeholder");
	reads("A", "${B}", "computed");
	reads("A", "true", "true");
	reads("A", "12", "number");
	reads("A", "./uploads", "path");
	reads("A", "{\"a\": 1}", "json");
	reads("A", "hunter2", "text");
	reads("A", "sk_live_0123456789abcdef", "secret (stripe key)");
}
END_TEST

START_TEST(json_is_checked_strictly)
{
	static const char *const good[] = { "{}", "[1, -2.5e3, \"a\\n\"]",
					    "{\"a\": {\"b\": [true, null]}}",
					    "\"x\"", "0" };
	static const char *const bad[] = { "",		"{",	  "{a:1}",
					   "{'a':1}",	"[1,]",	  "{\"a\":1,}",
					   "01",	"[}",	  "tru",
					   "{\"a\" 1}", "\"\n\"", "{} {}",
					   "[1 2]" };

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		ck_assert_msg(is_json(str_of(good[i]), false), "%s", good[i]);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		ck_assert_msg(!is_json(str_of(bad[i]), false), "%s", bad[i]);
	ck_assert(!is_json(STR("[]"), true));
}
END_TEST

START_TEST(only_harmless_keys_are_printed)
{
	ck_assert(key_is_printable(STR("spring.datasource.url")));
	ck_assert(key_is_printable(STR("_A-1")));
	ck_assert(!key_is_printable(STR("")));
	ck_assert(!key_is_printable(STR("1A")));
	ck_assert(!key_is_printable(STR("A B")));
	ck_assert(!key_is_printable(STR("sk_live_0123456789abcdef")));
	ck_assert(!key_is_printable(STR("MIIEvQIBADANBgkqhkiG9w0BAQEF")));
}
END_TEST

START_TEST(paths_say_their_environment)
{
	static const struct {
		const char *path;
		enum environment environment;
	} paths[] = {
		{ ".env.production", ENV_PRODUCTION },
		{ ".env.production.local", ENV_PRODUCTION },
		{ ".envs/.production/.django", ENV_PRODUCTION },
		{ "prod.env", ENV_PRODUCTION },
		{ ".env.production.example", ENV_EXAMPLE },
		{ ".env.staging", ENV_STAGING },
		{ ".env.local", ENV_DEVELOPMENT },
		{ "tests/.env", ENV_TEST },
		{ "products/.env", ENV_UNKNOWN },
		{ "reproduction/.env", ENV_UNKNOWN },
		{ "src/test/resources/application-prod.yml", ENV_TEST },
		{ "app/fixtures/.env.production", ENV_TEST },
		{ "prefixtures/.env.production", ENV_PRODUCTION },
		{ "test/.env.production", ENV_PRODUCTION },
	};

	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		ck_assert_msg(environment_of_path(str_of(paths[i].path)) ==
				      paths[i].environment,
			      "%s", paths[i].path);
}
END_TEST

static struct settings_kind kind_at(const char *path)
{
	struct settings_kind k;

	settings_kind_of(&k, str_of(path));
	return k;
}

START_TEST(files_are_known_by_their_paths)
{
	static const struct {
		const char *path;
		enum settings_role role;
	} paths[] = {
		{ "docker-compose.prod.yml", SETTINGS_COMPOSE },
		{ ".github/workflows/a.yml", SETTINGS_GITHUB },
		{ "apps/web/package.json", SETTINGS_PACKAGE },
		{ "chart/values-prod.yaml", SETTINGS_HELM },
		{ "config/database.yml", SETTINGS_RAILS_DATABASE },
		{ "prisma/seed.ts", SETTINGS_SEED },
		{ "db/seeds.rb", SETTINGS_SEED },
		{ "src/server.ts", SETTINGS_PLAIN },
		{ "bin/setup", SETTINGS_SCRIPT },
		{ "k8s/a.yaml", SETTINGS_KUBERNETES },
		{ "api/app.yaml", SETTINGS_APP_ENGINE },
		{ "Envoy.blade.php", SETTINGS_PLAIN },
		{ "roles/a/tasks/main.yml", SETTINGS_CI },
		{ ".ebextensions/a.config", SETTINGS_CI },
		{ "deploy/a.service", SETTINGS_SERVICE },
		{ "Jenkinsfile", SETTINGS_PLAIN },
		{ "README.md", SETTINGS_NONE },
		{ "node_modules/a/package.json", SETTINGS_NONE },
		{ ".claude/settings.json", SETTINGS_NONE },
		{ "package-lock.json", SETTINGS_NONE },
		{ "env.d.ts", SETTINGS_NONE },
		{ "logo.png", SETTINGS_NONE },
	};

	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		ck_assert_msg(kind_at(paths[i].path).role == paths[i].role,
			      "%s", paths[i].path);
}
END_TEST

START_TEST(scripts_deploy_by_their_names)
{
	static const char *const deploy[] = {
		"deploy.sh", "bin/render-build.sh", "docker-entrypoint.sh",
		"scripts/start-prod.sh", "deploy/run.sh"
	};
	static const char *const not [] = { "scripts/reset.sh",
					    "tests/start.sh",
					    ".devcontainer/start.sh",
					    "scripts/dev/deploy.sh", "ops.sh" };

	for (size_t i = 0; i < ARRAY_LEN(deploy); i++)
		ck_assert_msg(kind_at(deploy[i]).flags & KIND_DEPLOY, "%s",
			      deploy[i]);
	for (size_t i = 0; i < ARRAY_LEN(not ); i++)
		ck_assert_msg(!(kind_at(not [i]).flags & KIND_DEPLOY), "%s",
			      not [i]);
}
END_TEST

static void is_ordered(const struct value_word *list, size_t count)
{
	for (size_t i = 1; i < count; i++)
		ck_assert_msg(value_word_cmp(list[i - 1].word, list[i].word) <
				      0,
			      STR_FMT " stands before " STR_FMT,
			      STR_ARG(list[i - 1].word), STR_ARG(list[i].word));
}

START_TEST(words_can_be_searched_by_halves)
{
	is_ordered(key_words, ARRAY_LEN(key_words));
	is_ordered(value_words, ARRAY_LEN(value_words));
	is_ordered(database_schemes, ARRAY_LEN(database_schemes));
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("value");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, databases_in_files_are_seen_in_every_spelling);
	tcase_add_test(tc, words_can_be_searched_by_halves);
	tcase_add_test(tc, what_only_looks_like_one_is_none);
	tcase_add_test(tc, urls_show_their_scheme_and_nothing_else);
	tcase_add_test(tc, placeholders_and_words_are_told_apart_from_text);
	tcase_add_test(tc, json_is_checked_strictly);
	tcase_add_test(tc, only_harmless_keys_are_printed);
	tcase_add_test(tc, paths_say_their_environment);
	tcase_add_test(tc, files_are_known_by_their_paths);
	tcase_add_test(tc, scripts_deploy_by_their_names);
	return suite_status(suite_create("values and kinds"), tc);
}
