#include <check.h>
#include <stdlib.h>

#include "arena.h"
#include "secret.h"

struct sample {
	const char *text;
	const char *masked;
};

/* A text that is to stay as it is needs no second field. */
static const struct sample commands[] = {
	{ "psql postgres://app:pw@db/app -c x", "psql postgres://*** -c x" },
	{ "curl https://host/path", "curl https://***" },
	{ "PGPASSWORD=pw psql", "PGPASSWORD=*** psql" },
	{ "STRIPE=sk_live_1 rails db:drop", "STRIPE=*** rails db:drop" },
	{ "RAILS_ENV=production rails db:drop", NULL },
	{ "DATABASE_URL=$PROD_URL prisma db push", NULL },
	{ "DATABASE_URL=${PROD_URL} prisma db push", NULL },
	{ "A=${B:-pw} prisma db push", "A=*** prisma db push" },
	{ "PW='a b' c", "PW='***' c" },
	{ "PW=a\"b c\"d e", "PW=*** e" },
	{ "\"reset\": \"PW=abc\",", "\"reset\": \"PW=***\"," },
	{ "mysql -u root -ppw app", "mysql -u root -p*** app" },
	{ "sqlcmd -U sa -P pw -Q x", "sqlcmd -U sa -P *** -Q x" },
	{ "mysql -p", NULL },
	{ "curl -u ana:pw x", "curl -u *** x" },
	{ "curl -u ana x", NULL },
	{ "x --password pw y", "x --password *** y" },
	{ "x --password=pw y", "x --password=*** y" },
	{ "x --password='p w' y", "x --password='***' y" },
	{ "x --no-password -c y", NULL },
	{ "x --db-pass pw", "x --db-pass ***" },
	{ "gh --auth-token pw", "gh --auth-token ***" },
	{ "x --from-literal=a=b", "x --from-literal=***" },
	{ "curl -H 'Authorization: Bearer pw' x",
	  "curl -H 'Authorization: ***' x" },
	{ "psql -c \"ALTER ROLE app PASSWORD 'pw'\"",
	  "psql -c \"ALTER ROLE app PASSWORD '***'\"" },
	{ "prisma migrate reset --force", NULL },
	{ "rails db:drop db:create", NULL },
	{ "docker compose down -v", NULL },
	{ "x --bypass y --author z", NULL },
};

static const struct sample code[] = {
	{ "CREATE USER a IDENTIFIED BY 'pw'",
	  "CREATE USER a IDENTIFIED BY '***'" },
	{ "CREATE USER a IDENTIFIED WITH x AS 'pw';",
	  "CREATE USER a IDENTIFIED WITH x AS '***';" },
	{ "ALTER ROLE a PASSWORD 'p''w' VALID",
	  "ALTER ROLE a PASSWORD '***' VALID" },
	{ "ALTER ROLE a PASSWORD $$pw$$", "ALTER ROLE a PASSWORD $$***$$" },
	{ "connect({ password: \"p\\\"w\" })",
	  "connect({ password: \"***\" })" },
	{ "{ 'api_key' => 'pw', a: 1 }", "{ 'api_key' => '***', a: 1 }" },
	{ "UPDATE t SET token = 'pw", "UPDATE t SET token = '***" },
	{ "url = 'redis://:pw@h/0'", "url = 'redis://***'" },
	{ "remove_column :users, :password_digest", NULL },
	{ "ALTER TABLE users DROP COLUMN \"password\";", NULL },
	{ "ALTER TABLE t RENAME COLUMN \"token\" TO \"key\"", NULL },
	{ "add_column :users, 'token', 'text'", NULL },
	{ "DELETE FROM sessions WHERE token = other.token", NULL },
	{ "SELECT token::text, password text", NULL },
	{ "ADD COLUMN password text DEFAULT ''", NULL },
	{ "", NULL },
	{ "://", NULL },
	{ "password =", NULL },
	{ "password = '", NULL },
};

static void is_masked(const struct sample *s, enum secret_in in)
{
	struct arena a = { 0 };
	const struct str want = str_of(s->masked ? s->masked : s->text);
	const struct str got = secret_masked(&a, str_of(s->text), in);

	ck_assert_msg(str_eq(got, want), "%s becomes " STR_FMT, s->text,
		      STR_ARG(got));
	arena_free(&a);
}

START_TEST(commands_lose_their_secrets)
{
	is_masked(&commands[_i], SECRET_IN_COMMAND);
}
END_TEST

START_TEST(code_loses_literals_of_secret_names)
{
	is_masked(&code[_i], SECRET_IN_CODE);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("secret");
	TCase *tc = tcase_create("mask");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, commands_lose_their_secrets, 0,
			    (int)ARRAY_LEN(commands));
	tcase_add_loop_test(tc, code_loses_literals_of_secret_names, 0,
			    (int)ARRAY_LEN(code));
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_ENV);
	const int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
