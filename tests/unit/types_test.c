/* lib/schema/types.c: what a change of type does to the values. */
#include "replay.h"
#include "suite.h"
#include "types.h"

/* From, to, in these dialects (Postgres, Mysql, sqLite, Sqlserver), and what
 * is true of it: "=" the same type, "in place" PostgreSQL rewrites nothing,
 * "fits" no value is lost, "" values may be lost. */
static const struct {
	const char *from, *to, *dialects, *is;
} rows[] = {
	/* the same under another name */
	{ "int", "integer", "PMLS", "=" },
	{ "int4", "INTEGER", "P", "=" },
	{ "bigint", "int8", "P", "=" },
	{ "varchar(50)", "character varying(50)", "PMLS", "=" },
	{ "timestamptz", "timestamp with time zone", "P", "=" },
	{ "timestamptz(3)", "timestamp(3) with time zone", "P", "=" },
	{ "timestamp", "timestamp(6)", "P", "=" },
	{ "double precision", "float8", "P", "=" },
	{ "float(53)", "double precision", "P", "=" },
	{ "float(20)", "real", "P", "=" },
	{ "decimal(10, 2)", "numeric(10, 2)", "PMLS", "=" },
	{ "int(11)", "int(5)", "M", "=" },
	{ "bool", "tinyint(1)", "M", "=" },
	{ "decimal", "decimal(10, 0)", "M", "=" },
	{ "decimal", "decimal(18, 0)", "S", "=" },
	{ "\"Role\"", "\"Role\"", "P", "=" },
	{ "LowCardinality(String)", "String", "C", "=" },
	{ "Int64", "bigint", "C", "=" },
	{ "pg_catalog.int4", "int", "P", "=" },
	/* PostgreSQL: only the catalog changes */
	{ "varchar(50)", "varchar(60)", "P", "in place" },
	{ "varchar(50)", "text", "P", "in place" },
	{ "varchar(50)", "varchar", "P", "in place" },
	{ "text", "varchar", "P", "=" },
	{ "interval", "interval(6)", "P", "=" },
	{ "interval hour", "interval hour", "P", "=" },
	{ "numeric(10, 2)", "numeric(12, 2)", "P", "in place" },
	{ "numeric(10, 2)", "numeric", "P", "in place" },
	{ "timestamp(3)", "timestamp", "P", "in place" },
	{ "timestamptz(3)", "timestamptz(6)", "P", "in place" },
	{ "timestamp", "timestamptz", "P", "in place" },
	{ "timestamptz", "timestamp", "P", "in place" },
	{ "time(3)", "time", "P", "in place" },
	{ "interval(0)", "interval(3)", "P", "in place" },
	{ "interval(3)", "interval", "P", "in place" },
	{ "cidr", "inet", "P", "in place" },
	{ "text", "citext", "P", "in place" },
	{ "citext", "varchar", "P", "in place" },
	/* every value fits, and is written anew */
	{ "smallint", "int", "PMLS", "fits" },
	{ "int", "bigint", "PMLS", "fits" },
	{ "UInt32", "Nullable(UInt32)", "C", "fits" },
	{ "UInt32", "UInt64", "C", "fits" },
	{ "UInt8", "Int16", "C", "fits" },
	{ "UInt64", "String", "C", "fits" },
	{ "LowCardinality(String)", "LowCardinality(Nullable(String))", "C",
	  "fits" },
	{ "DateTime", "DateTime64(3)", "C", "fits" },
	{ "Map(String, String)", "Nullable(Map(String, String))", "C", "fits" },
	{ "FixedString(8)", "FixedString(16)", "C", "fits" },
	{ "int", "numeric", "P", "fits" },
	{ "int", "numeric(10, 0)", "PM", "fits" },
	{ "bigint", "numeric(19, 0)", "PM", "fits" },
	{ "smallint", "real", "P", "fits" },
	{ "int", "double precision", "P", "fits" },
	{ "real", "double precision", "P", "fits" },
	{ "numeric(10, 2)", "numeric(12, 4)", "PM", "fits" },
	{ "int unsigned", "bigint", "M", "fits" },
	{ "int unsigned", "bigint unsigned", "M", "fits" },
	{ "date", "timestamp", "P", "fits" },
	{ "int", "text", "P", "fits" },
	{ "uuid", "text", "P", "fits" },
	{ "uuid", "varchar(36)", "P", "fits" },
	{ "boolean", "text", "P", "fits" },
	{ "jsonb", "text", "P", "fits" },
	{ "json", "jsonb", "P", "fits" },
	{ "inet", "text", "P", "fits" },
	{ "int", "varchar(11)", "PMS", "fits" },
	{ "bigint", "varchar(255)", "PM", "fits" },
	{ "boolean", "varchar(5)", "P", "fits" },
	{ "date", "varchar(10)", "PMS", "fits" },
	{ "numeric(10, 2)", "varchar(12)", "PMS", "fits" },
	{ "int", "real", "L", "fits" },
	{ "blob", "longblob", "M", "fits" },
	{ "varbinary(20)", "varbinary(30)", "MS", "fits" },
	{ "varbinary(20)", "varbinary(max)", "S", "fits" },
	{ "char(10)", "char(20)", "PMS", "fits" },
	{ "char(10)", "varchar(10)", "PM", "fits" },
	{ "char(10)", "text", "P", "fits" },
	{ "int[]", "bigint[]", "P", "fits" },
	{ "text[]", "text", "P", "fits" },
	{ "\"Role\"", "text", "P", "fits" },
	{ "varchar(50)", "text", "M", "fits" },
	{ "text", "longtext", "M", "fits" },
	{ "varchar(50)", "varchar(255)", "MLS", "fits" },
	{ "varchar(50)", "nvarchar(50)", "S", "fits" },
	{ "varchar(50)", "varchar(max)", "S", "fits" },
	{ "datetime", "datetime(6)", "M", "fits" },
	{ "datetime", "datetime2(3)", "S", "fits" },
	{ "enum ('a', 'b')", "enum ('a', 'b', 'c')", "M", "fits" },
	{ "enum ('a', 'b')", "enum ('b', 'a')", "M", "fits" },
	/* values may be lost */
	{ "bigint", "int", "PMLS", "" },
	{ "int", "smallint", "PMLS", "" },
	{ "int", "int unsigned", "M", "" },
	{ "bigint unsigned", "bigint", "M", "" },
	{ "int", "numeric(9, 0)", "PM", "" },
	{ "int", "real", "P", "" },
	{ "bigint", "double precision", "P", "" },
	{ "double precision", "real", "P", "" },
	{ "double precision", "numeric(10, 2)", "P", "" },
	{ "numeric", "numeric(10, 2)", "P", "" },
	{ "numeric(10, 2)", "numeric(9, 2)", "PM", "" },
	{ "numeric(10, 2)", "numeric(10, 1)", "PM", "" },
	{ "numeric(10, 2)", "numeric(10, 4)", "PM", "" },
	{ "numeric(10, 2)", "int", "PM", "" },
	{ "decimal(12, 2)", "decimal", "MS", "" },
	{ "varchar(60)", "varchar(50)", "PMS", "" },
	{ "text", "varchar(50)", "PM", "" },
	{ "longtext", "text", "M", "" },
	{ "varchar", "varchar(50)", "P", "" },
	{ "varchar(max)", "varchar(50)", "S", "" },
	{ "nvarchar(50)", "varchar(50)", "S", "" },
	{ "nchar(5)", "char(5)", "S", "" },
	{ "varchar(10)", "char(10)", "P", "" },
	{ "char(20)", "char(10)", "PMS", "" },
	{ "text", "int", "P", "" },
	{ "text", "boolean", "P", "" },
	{ "text", "uuid", "P", "" },
	{ "int", "varchar(5)", "P", "" },
	{ "int", "varchar(10)", "PMS", "" },
	{ "numeric", "varchar(50)", "P", "" },
	{ "blob", "text", "ML", "" },
	{ "text", "blob", "ML", "" },
	{ "longblob", "blob", "M", "" },
	{ "varbinary(30)", "varbinary(20)", "MS", "" },
	{ "uuid", "varchar(30)", "P", "" },
	{ "timestamp", "date", "P", "" },
	{ "interval", "interval(3)", "P", "" },
	{ "interval", "interval hour", "P", "" },
	{ "timestamp", "timestamp(3)", "P", "" },
	{ "timestamp", "time", "P", "" },
	{ "datetime(6)", "datetime", "M", "" },
	{ "datetime", "datetime2(0)", "S", "" },
	{ "datetime2(3)", "datetime", "S", "" },
	{ "text", "text[]", "P", "" },
	{ "text[]", "varchar(5)", "P", "" },
	{ "bytea", "text", "P", "" },
	{ "inet", "cidr", "P", "" },
	{ "nvarchar(50)", "varchar(max)", "S", "" },
	{ "Nullable(UInt32)", "UInt32", "C", "" },
	{ "Nullable(String)", "LowCardinality(String)", "C", "" },
	{ "UInt64", "UInt32", "C", "" },
	{ "UInt32", "Int32", "C", "" },
	{ "DateTime64(3)", "DateTime", "C", "" },
	{ "String", "FixedString(16)", "C", "" },
	{ "nvarchar(50)", "nvarchar(max)", "S", "fits" },
	{ "pg_catalog.varchar(5)", "varchar(9)", "P", "in place" },
	{ "\"Role\"", "\"Other\"", "P", "" },
	{ "enum ('a', 'b')", "enum ('a')", "M", "" },
	{ "geometry", "text", "P", "fits" },
	{ "geometry", "geography", "P", "" },
	{ "", "", "P", "=" },
	{ "int", "", "P", "" },
};

static const char *is(const char *from, const char *to, enum dialect d,
		      struct catalog *c)
{
	const struct str a = str_of(from), b = str_of(to);

	if (types_equal(a, b, d))
		return "=";
	if (d == DIALECT_POSTGRES && types_in_place(a, b))
		return "in place";
	return types_lossless(a, b, d, c) ? "fits" : "";
}

START_TEST(a_change_of_type_keeps_or_loses_values)
{
	struct arena a = { 0 };

	for (const char *p = "UPMLSC"; *p; p++) {
		const enum dialect d = (enum dialect)(p - "UPMLSC");
		const char *got;

		if (!strchr(rows[_i].dialects, *p))
			continue;
		got = is(rows[_i].from, rows[_i].to, d, catalog_new(&a, d));
		ck_assert_msg(!strcmp(got, rows[_i].is),
			      "%s to %s in %s: \"%s\" is not \"%s\"",
			      rows[_i].from, rows[_i].to, dialect_name(d), got,
			      rows[_i].is);
		/* what is in place or the same loses nothing either */
		if (*rows[_i].is)
			ck_assert(types_lossless(str_of(rows[_i].from),
						 str_of(rows[_i].to), d,
						 catalog_new(&a, d)));
	}
	arena_free(&a);
}
END_TEST

START_TEST(an_enum_fits_into_another_that_the_catalog_knows)
{
	struct arena a = { 0 };
	struct catalog *c = catalog_new(&a, DIALECT_POSTGRES);

	replay(c, "CREATE TYPE \"Role\" AS ENUM ('a', 'b');"
		  "CREATE TYPE \"Role_new\" AS ENUM ('a', 'b', 'c');");
	ck_assert(types_lossless(STR("\"Role\""), STR("\"Role_new\""),
				 DIALECT_POSTGRES, c));
	ck_assert(!types_lossless(STR("\"Role\""), STR("\"Other\""),
				  DIALECT_POSTGRES, c));
	ck_assert(!types_lossless(STR("\"Role\""), STR("\"Role_new\""),
				  DIALECT_POSTGRES, NULL));
	arena_free(&a);
}
END_TEST

START_TEST(only_text_without_a_limit_holds_any_text)
{
	ck_assert(type_holds_any_text(STR("text"), DIALECT_POSTGRES));
	ck_assert(type_holds_any_text(STR("varchar"), DIALECT_POSTGRES));
	ck_assert(type_holds_any_text(STR("nvarchar(max)"), DIALECT_SQLSERVER));
	ck_assert(!type_holds_any_text(STR("text"), DIALECT_MYSQL));
	ck_assert(!type_holds_any_text(STR("varchar(9)"), DIALECT_POSTGRES));
	ck_assert(!type_holds_any_text(STR("text[]"), DIALECT_POSTGRES));
	ck_assert(!type_holds_any_text(STR("jsonb"), DIALECT_POSTGRES));
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("types");

	tcase_add_loop_test(tc, a_change_of_type_keeps_or_loses_values, 0,
			    (int)ARRAY_LEN(rows));
	tcase_add_test(tc, an_enum_fits_into_another_that_the_catalog_knows);
	tcase_add_test(tc, only_text_without_a_limit_holds_any_text);
	return suite_status(suite_create("types"), tc);
}
