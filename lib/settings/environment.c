#include "environment.h"

#include <stdint.h>

#include "compiler.h"

/* What a word in a name says. A new word is a new row. */
static const struct {
	struct str word;
	unsigned mark;
} words[] = {
	{ STR_INIT("prod"), NAME_PRODUCTION },
	{ STR_INIT("production"), NAME_PRODUCTION },
	{ STR_INIT("prd"), NAME_PRODUCTION },
	{ STR_INIT("live"), NAME_LIVE },
	{ STR_INIT("staging"), NAME_STAGING },
	{ STR_INIT("stage"), NAME_STAGING },
	{ STR_INIT("stg"), NAME_STAGING },
	{ STR_INIT("uat"), NAME_STAGING },
	{ STR_INIT("preprod"), NAME_STAGING },
	{ STR_INIT("preview"), NAME_PREVIEW },
	{ STR_INIT("previews"), NAME_PREVIEW },
	{ STR_INIT("review"), NAME_PREVIEW },
	{ STR_INIT("pr"), NAME_PREVIEW },
	{ STR_INIT("ephemeral"), NAME_PREVIEW },
	{ STR_INIT("test"), NAME_TEST },
	{ STR_INIT("tests"), NAME_TEST },
	{ STR_INIT("testing"), NAME_TEST },
	{ STR_INIT("testdata"), NAME_TEST },
	{ STR_INIT("spec"), NAME_TEST },
	{ STR_INIT("specs"), NAME_TEST },
	{ STR_INIT("conftest"), NAME_TEST },
	{ STR_INIT("testutil"), NAME_TEST },
	{ STR_INIT("testutils"), NAME_TEST },
	{ STR_INIT("unittest"), NAME_TEST },
	{ STR_INIT("unittests"), NAME_TEST },
	{ STR_INIT("e2e"), NAME_TEST },
	{ STR_INIT("cypress"), NAME_TEST },
	{ STR_INIT("jest"), NAME_TEST },
	{ STR_INIT("vitest"), NAME_TEST },
	{ STR_INIT("playwright"), NAME_TEST },
	{ STR_INIT("integration"), NAME_TEST },
	{ STR_INIT("fixture"), NAME_TEST },
	{ STR_INIT("fixtures"), NAME_TEST },
	{ STR_INIT("mock"), NAME_TEST },
	{ STR_INIT("mocks"), NAME_TEST },
	{ STR_INIT("ci"), NAME_CI },
	{ STR_INIT("dev"), NAME_DEVELOPMENT },
	{ STR_INIT("develop"), NAME_DEVELOPMENT },
	{ STR_INIT("development"), NAME_DEVELOPMENT },
	{ STR_INIT("devcontainer"), NAME_DEVELOPMENT },
	{ STR_INIT("local"), NAME_DEVELOPMENT },
	{ STR_INIT("localhost"), NAME_DEVELOPMENT },
	{ STR_INIT("sandbox"), NAME_DEVELOPMENT },
	{ STR_INIT("demo"), NAME_DEVELOPMENT },
	{ STR_INIT("demos"), NAME_DEVELOPMENT },
	{ STR_INIT("playground"), NAME_DEVELOPMENT },
	{ STR_INIT("doc"), NAME_EXAMPLE },
	{ STR_INIT("docs"), NAME_EXAMPLE },
	{ STR_INIT("example"), NAME_EXAMPLE },
	{ STR_INIT("examples"), NAME_EXAMPLE },
	{ STR_INIT("sample"), NAME_EXAMPLE },
	{ STR_INIT("samples"), NAME_EXAMPLE },
	{ STR_INIT("template"), NAME_EXAMPLE },
	{ STR_INIT("templates"), NAME_EXAMPLE },
	{ STR_INIT("tmpl"), NAME_EXAMPLE },
	{ STR_INIT("tpl"), NAME_EXAMPLE },
	{ STR_INIT("dist"), NAME_EXAMPLE },
	{ STR_INIT("defaults"), NAME_EXAMPLE },
	{ STR_INIT("deploy"), NAME_DEPLOY },
	{ STR_INIT("deploys"), NAME_DEPLOY },
	{ STR_INIT("deployment"), NAME_DEPLOY },
	{ STR_INIT("release"), NAME_DEPLOY },
	{ STR_INIT("entrypoint"), NAME_DEPLOY },
	{ STR_INIT("backup"), NAME_BACKUP },
	{ STR_INIT("backups"), NAME_BACKUP },
	{ STR_INIT("seed"), NAME_SEED },
	{ STR_INIT("seeds"), NAME_SEED },
	{ STR_INIT("seeder"), NAME_SEED },
	{ STR_INIT("seeders"), NAME_SEED },
	{ STR_INIT("seeding"), NAME_SEED },
};

static unsigned word_mark(struct str word)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(word, words[i].word))
			return words[i].mark;
	return 0;
}

static bool is_word(char c)
{
	return is_alpha(c) || is_digit(c);
}

/* Does a new word begin at `i`, as in `resetProd`? */
static bool begins_word(struct str s, size_t i)
{
	return s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' && i && s.ptr[i - 1] >= 'a' &&
	       s.ptr[i - 1] <= 'z';
}

unsigned name_marks(struct str name)
{
	unsigned marks = 0;

	for (size_t i = 0; i < name.len;) {
		const size_t start = i++;

		if (!is_word(name.ptr[start]))
			continue;
		while (i < name.len && is_word(name.ptr[i]) &&
		       !begins_word(name, i))
			i++;
		marks |= word_mark(str_slice(name, start, i));
	}
	return marks;
}

static struct str base_name(struct str path)
{
	size_t i = path.len;

	while (i && path.ptr[i - 1] != '/')
		i--;
	return str_slice(path, i, path.len);
}

unsigned base_marks(struct str path)
{
	return name_marks(base_name(path));
}

unsigned path_marks(struct str path)
{
	return name_marks(path);
}

/* Folders whose files never leave the tests, whatever they are called. */
static bool is_test_data(struct str path)
{
	static const struct str folders[] = {
		STR_INIT("src/test/"),	   STR_INIT("fixtures/"),
		STR_INIT("__fixtures__/"), STR_INIT("testdata/"),
		STR_INIT("__tests__/"),	   STR_INIT("test-fixtures/"),
	};

	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		const size_t at = str_find(path, folders[i]);

		if (at != SIZE_MAX && (!at || path.ptr[at - 1] == '/'))
			return true;
	}
	return false;
}

enum environment environment_of_path(struct str path)
{
	const unsigned base = base_marks(path);
	const unsigned all = path_marks(path);

	if (base & NAME_EXAMPLE)
		return ENV_EXAMPLE;
	if (is_test_data(path))
		return ENV_TEST;
	if (all & (NAME_PRODUCTION | NAME_LIVE))
		return ENV_PRODUCTION;
	if (all & (NAME_TEST | NAME_CI))
		return ENV_TEST;
	if (all & NAME_EXAMPLE)
		return ENV_EXAMPLE;
	if (all & NAME_STAGING)
		return ENV_STAGING;
	if (all & (NAME_DEVELOPMENT | NAME_PREVIEW))
		return ENV_DEVELOPMENT;
	return ENV_UNKNOWN;
}

enum environment environment_of_value(struct str value)
{
	const unsigned marks = name_marks(str_trim(value));

	if (marks & (NAME_PRODUCTION | NAME_LIVE))
		return ENV_PRODUCTION;
	if (marks & (NAME_TEST | NAME_CI))
		return ENV_TEST;
	if (marks & NAME_STAGING)
		return ENV_STAGING;
	if (marks & (NAME_DEVELOPMENT | NAME_PREVIEW))
		return ENV_DEVELOPMENT;
	return ENV_UNKNOWN;
}

bool names_environment(struct str key)
{
	static const struct str keys[] = {
		STR_INIT("NODE_ENV"),
		STR_INIT("APP_ENV"),
		STR_INIT("RAILS_ENV"),
		STR_INIT("RACK_ENV"),
		STR_INIT("MIX_ENV"),
		STR_INIT("DJANGO_ENV"),
		STR_INIT("FLASK_ENV"),
		STR_INIT("ENVIRONMENT"),
		STR_INIT("GO_ENV"),
		STR_INIT("ENV"),
		STR_INIT("VERCEL_ENV"),
		STR_INIT("APP_ENVIRONMENT"),
		STR_INIT("DEPLOY_ENV"),
		STR_INIT("DJANGO_SETTINGS_MODULE"),
		STR_INIT("HANAMI_ENV"),
		STR_INIT("ASPNETCORE_ENVIRONMENT"),
		STR_INIT("DOTNET_ENVIRONMENT"),
		STR_INIT("SPRING_PROFILES_ACTIVE"),
		STR_INIT("spring.profiles.active"),
	};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (str_ieq(key, keys[i]))
			return true;
	return false;
}
