#include "form.h"

#include "compiler.h"

struct form *reading_add(struct reading *r, enum form_kind kind,
			 struct str text, struct span span)
{
	vec_push(&r->forms, r->arena,
		 (struct form){
			 .text = text,
			 .span = span,
			 .whole = span,
			 .kind = kind,
		 });
	return vec_last(&r->forms);
}

static const char *const dialect_names[DIALECT_COUNT] = {
	[DIALECT_UNKNOWN] = "",
	[DIALECT_POSTGRES] = "postgres",
	[DIALECT_MYSQL] = "mysql",
	[DIALECT_SQLITE] = "sqlite",
	[DIALECT_SQLSERVER] = "sqlserver",
	[DIALECT_CLICKHOUSE] = "clickhouse",
};

/* What prisma, drizzle, Rails, Django and folders call them. */
static const struct {
	const char *name;
	enum dialect dialect;
} aliases[] = {
	{ "postgresql", DIALECT_POSTGRES }, { "pg", DIALECT_POSTGRES },
	{ "psql", DIALECT_POSTGRES },	    { "cockroachdb", DIALECT_POSTGRES },
	{ "cockroach", DIALECT_POSTGRES },  { "supabase", DIALECT_POSTGRES },
	{ "mariadb", DIALECT_MYSQL },	    { "mysql2", DIALECT_MYSQL },
	{ "tidb", DIALECT_MYSQL },	    { "sqlite3", DIALECT_SQLITE },
	{ "libsql", DIALECT_SQLITE },	    { "turso", DIALECT_SQLITE },
	{ "d1", DIALECT_SQLITE },	    { "mssql", DIALECT_SQLSERVER },
	{ "tsql", DIALECT_SQLSERVER },	    { "sql-server", DIALECT_SQLSERVER },
};

const char *dialect_name(enum dialect d)
{
	return dialect_names[d];
}

bool dialect_from_name(enum dialect *out, struct str name)
{
	if (!name.len)
		return false;
	for (size_t i = 1; i < DIALECT_COUNT; i++)
		if (str_ieq(name, str_of(dialect_names[i]))) {
			*out = (enum dialect)i;
			return true;
		}
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (str_ieq(name, str_of(aliases[i].name))) {
			*out = aliases[i].dialect;
			return true;
		}
	return false;
}

const char *environment_name(enum environment e)
{
	static const char *const names[] = {
		[ENV_UNKNOWN] = "unknown", [ENV_PRODUCTION] = "production",
		[ENV_STAGING] = "staging", [ENV_DEVELOPMENT] = "development",
		[ENV_TEST] = "test",	   [ENV_EXAMPLE] = "example",
	};

	return names[e];
}
