#include <stdio.h>

#include "settings_tree.h"
#include "suite.h"

static struct settings_case c;

static void teardown(void)
{
	arena_free(&c.arena);
}

#define READ(...)                                                        \
	read_files((const struct memory_file[]){ __VA_ARGS__ },          \
		   sizeof((const struct memory_file[]){ __VA_ARGS__ }) / \
			   sizeof(struct memory_file))
#define FILE_AT(p, t)                            \
	{                                        \
		.path = (p), .text = STR_INIT(t) \
	}

static void read_files(const struct memory_file *files, size_t count)
{
	arena_free(&c.arena);
	ck_assert_msg(settings_case_read(&c, files, count, NULL), "%s",
		      files[0].path);
}

static const struct form *form(const char *text)
{
	const struct form *f = settings_case_form(&c, text);

	if (!f) {
		for (size_t i = 0; i < c.reading.forms.count; i++)
			fprintf(stderr, "  " STR_FMT "\n",
				STR_ARG(c.reading.forms.item[i].text));
		ck_abort_msg("there is no \"%s\"", text);
	}
	return f;
}

static void none(const char *text)
{
	ck_assert_msg(!settings_case_form(&c, text), "there is \"%s\"", text);
}

/* The form stands at these bytes. */
static void stands(const char *text, const char *raw)
{
	str_is(source_slice(&c.source, form(text)->span), raw);
}

/* A script of one line runs as that plain command. */
static void runs(const char *line, const char *plain)
{
	const struct memory_file f = { .path = "x.sh", .text = str_of(line) };

	read_files(&f, 1);
	form(plain);
}

START_TEST(wrappers_are_taken_off)
{
	static const char *const lines[] = {
		"npx --yes prisma@6 migrate reset",
		"pnpm --filter api exec prisma migrate reset",
		"yarn prisma migrate reset",
		"bun --bun run prisma migrate reset",
		"./node_modules/.bin/prisma migrate reset",
		"node node_modules/prisma/build/index.js migrate reset",
		"sudo -E -u app env A=b timeout 60 npx prisma migrate reset",
		"dotenv -e .env -- prisma migrate reset",
		"bash -lc 'cd x && npx prisma migrate reset'",
		"ssh -i k host \"npx prisma migrate reset\"",
		"docker compose -f a.yml exec -T api npx prisma migrate reset",
		"kubectl exec -n x deploy/web -- npx prisma migrate reset",
		"echo $(npx prisma migrate reset)",
		"yes | npx prisma migrate reset",
		"bash <<EOF\nnpx prisma migrate reset\nEOF",
		"\"npx\" 'prisma' migrate \\\n reset",
		"dotenv-flow -p ../app -- pnpm prisma migrate reset",
		"run=\"npx prisma\"\n$run migrate reset",
		"export P=./node_modules/.bin/prisma; \"${P}\" migrate reset",
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		runs(lines[i], "prisma migrate reset");
	runs("bin/rake db:drop", "rails db:drop");
	runs("python3 -W x manage.py flush", "manage.py flush");
	runs("php artisan down", "artisan down");
	runs("mix do ecto.drop, ecto.create", "mix ecto.drop");
	runs("docker-compose down", "docker compose down");
	runs("DC=docker-compose\nif x; then $DC down -v; fi",
	     "docker compose down -v");
	runs("psql-17 -c 'DROP TABLE a'", "psql -c DROP TABLE a");
	runs("/usr/lib/postgresql/16/bin/dropdb-16 a", "dropdb a");
	runs("pip3.11 install x", "pip3.11 install x");
}
END_TEST

START_TEST(a_variable_is_what_it_was_set_to_last)
{
	READ(FILE_AT("x.sh", "T=prisma\nT=echo\n$T migrate reset\n"
			     "T=$(which prisma)\n$T migrate reset\n"
			     "U=a T=prisma\n$V migrate reset\n"));
	none("prisma migrate reset");
}
END_TEST

START_TEST(a_function_runs_what_it_is_given)
{
	static const char *const functions[] = {
		"run() { \"$@\"; }\nrun npx prisma migrate reset\n",
		"run()\n{\n  echo \"$1\"\n  eval \"$1\"\n}\n"
		"run 'npx prisma migrate reset'\n",
		"run() { $1; }\nrun 'npx prisma migrate reset'\n",
		"function run {\n local cmd=\"$*\"\n bash -lc \"$cmd\"\n}\n"
		"run \"cd x && npx prisma migrate reset\"\n",
		"p() { docker compose exec app npx prisma \"$@\"; }\n"
		"p migrate reset\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(functions); i++)
		runs(functions[i], "prisma migrate reset");
	READ(FILE_AT("x.sh", "say() { echo \"$1\"; }\n"
			     "say 'npx prisma migrate reset'\n"
			     "keep() { npx prisma migrate \"$1\"; }\n"
			     "keep \"$WHAT\"\n"));
	none("prisma migrate reset");
	READ(FILE_AT("x.sh", "on() { ssh deploy@host \"$1\"; }\n"
			     "on 'php artisan migrate:fresh'\n"));
	ck_assert(form("artisan migrate:fresh")->environment == ENV_PRODUCTION);
}
END_TEST

START_TEST(an_image_with_a_development_server_is_for_developers)
{
	READ(FILE_AT("Dockerfile", "FROM node\nENV DATABASE_URL=file:./a.db\n"
				   "CMD npx prisma db push && npm run dev\n"));
	ck_assert(form("prisma db push")->environment == ENV_DEVELOPMENT);
	READ(FILE_AT("Dockerfile", "FROM node\nENV NODE_ENV=production\n"
				   "CMD npx prisma db push && npm run dev\n"));
	ck_assert(form("prisma db push")->environment == ENV_PRODUCTION);
	READ(FILE_AT("Dockerfile",
		     "FROM node AS a\nCMD npm run dev\n"
		     "FROM a\nCMD npx prisma db push && node .\n"));
	ck_assert(form("prisma db push")->flags & FORM_DEPLOY);
}
END_TEST

START_TEST(what_starts_a_development_server_is_no_deploy)
{
	static const char *const servers[] = {
		"pnpm run dev",	    "npx next dev -p 80", "yarn start:dev",
		"nodemon src/a.ts", "exec vite --host",
	};

	for (size_t i = 0; i < ARRAY_LEN(servers); i++) {
		char text[80];
		const int n =
			snprintf(text, sizeof(text),
				 "npx prisma migrate dev\n%s\n", servers[i]);
		const struct memory_file f = { .path = "entrypoint.sh",
					       .text = { text, (size_t)n } };

		read_files(&f, 1);
		ck_assert(!(form("prisma migrate dev")->flags & FORM_DEPLOY));
	}
	READ(FILE_AT("entrypoint.sh", "npx prisma migrate dev\nnpm start\n"));
	ck_assert(form("prisma migrate dev")->flags & FORM_DEPLOY);
	READ(FILE_AT("entrypoint.sh",
		     "NODE_ENV=production npx prisma migrate reset\n"
		     "if x; then npm run dev; fi\n"));
	ck_assert(form("prisma migrate reset")->environment == ENV_PRODUCTION);
	READ(FILE_AT("entrypoint.sh",
		     "npx prisma migrate dev\n"
		     "if x; then npm run dev; else npm start; fi\n"));
	ck_assert(form("prisma migrate dev")->flags & FORM_DEPLOY);
}
END_TEST

START_TEST(a_variable_says_where_the_commands_beside_it_run)
{
	READ(FILE_AT(".github/workflows/a.yml",
		     "env: {RAILS_ENV: test}\n"
		     "jobs:\n"
		     "  one:\n    env: {RAILS_ENV: production}\n"
		     "    steps: [{run: x one}]\n"
		     "  two:\n    steps:\n"
		     "      - {run: x two}\n"
		     "  three:\n    env: {RAILS_ENV: staging}\n    steps:\n"
		     "      - {run: x three, env: {APP_ENV: prod}}\n"));
	ck_assert_int_eq(form("x one")->environment, ENV_PRODUCTION);
	ck_assert_int_eq(form("x two")->environment, ENV_TEST);
	ck_assert_int_eq(form("x three")->environment, ENV_PRODUCTION);
	READ(FILE_AT(".gitlab-ci.yml",
		     "variables: {RAILS_ENV: test}\n"
		     "one:\n  script: x one\n"
		     "two:\n  variables: {RAILS_ENV: production}\n"
		     "  script: [x two]\n"));
	ck_assert_int_eq(form("x one")->environment, ENV_TEST);
	ck_assert_int_eq(form("x two")->environment, ENV_PRODUCTION);
	READ(FILE_AT("compose.yml",
		     "services:\n"
		     "  a:\n    environment: [NODE_ENV=development]\n"
		     "    command: x one\n"
		     "  b:\n    environment: {NODE_ENV: production}\n"
		     "    command: x two\n"));
	ck_assert(!(form("x one")->flags & FORM_DEPLOY));
	ck_assert_int_eq(form("x two")->environment, ENV_PRODUCTION);
	READ(FILE_AT("k8s/production/kustomization.yaml",
		     "configMapGenerator:\n"
		     "  - name: a\n    literals: [DATABASE_URL=file:x.db]\n"));
	form("DATABASE_URL = sqlite (file:)");
	READ(FILE_AT("k8s/job.yaml",
		     "kind: Job\nspec:\n  containers:\n"
		     "    - env: [{name: APP_ENV, value: dev}]\n"
		     "      command: [x, one]\n"));
	ck_assert(!(form("x one")->flags & FORM_DEPLOY));
}
END_TEST

START_TEST(tasks_call_each_other)
{
	READ(FILE_AT("Taskfile.yml",
		     "tasks:\n"
		     "  deploy:\n    deps: [one, {task: two}]\n"
		     "    cmds:\n      - kamal deploy\n      - task: three\n"
		     "  one: rails db:drop\n"
		     "  two:\n    cmd: rails db:reset\n"
		     "  three:\n    cmds: [{cmd: rails db:purge}]\n"
		     "  four:\n    cmds: [rails db:setup]\n"));
	ck_assert(form("rails db:drop")->flags & FORM_DEPLOY);
	ck_assert(form("rails db:reset")->flags & FORM_DEPLOY);
	ck_assert(form("rails db:purge")->flags & FORM_DEPLOY);
	ck_assert(!(form("rails db:setup")->flags & FORM_DEPLOY));
}
END_TEST

START_TEST(only_environments_of_a_database_file_are_used)
{
	READ(FILE_AT("config/database.yml",
		     "default: &d\n  adapter: sqlite3\n"
		     "production:\n  <<: *d\n  adapter: postgresql\n"));
	none("default.adapter = sqlite (sqlite3)");
	READ(FILE_AT("config/database.yml", "default: &d\n  adapter: sqlite3\n"
					    "production:\n  <<: *d\n"));
	form("production.adapter = sqlite (sqlite3)");
}
END_TEST

START_TEST(words_behind_a_script_are_its_last)
{
	READ(FILE_AT("package.json",
		     "{\"scripts\": {\"p\": \"dotenv -- prisma\", "
		     "\"start\": \"npm run p -- migrate reset\", "
		     "\"q\": \"npm run q -- migrate reset\"}}"));
	ck_assert(form("prisma migrate reset")->flags & FORM_DEPLOY);
}
END_TEST

START_TEST(what_only_speaks_runs_nothing)
{
	READ(FILE_AT("x.sh", "# npx prisma migrate reset\n"
			     "echo 'npx prisma migrate reset'\n"
			     "cat <<EOF\nnpx prisma migrate reset\nEOF\n"
			     "grep -q 'npx prisma migrate reset' x\n"));
	none("prisma migrate reset");
}
END_TEST

START_TEST(secrets_of_commands_are_masked)
{
	runs("mysql -psesame -u root", "mysql -p*** -u root");
	runs("psql postgres://u:sesame@h/d", "psql ***");
	runs("redis-cli -a sesame PING", "redis-cli -a *** PING");
	runs("x --token=sesame --password sesame",
	     "x --token=*** --password ***");
	runs("curl -H 'Authorization: sesame' h", "curl -H *** h");
	runs("x TOKEN=sesame", "x ***");
}
END_TEST

/* A text that must be seen nowhere. */
#define SECRET "S3saMe-0pEn"

START_TEST(no_value_is_in_any_form)
{
	static const struct memory_file files[] = {
		FILE_AT(".env.production",
			"A=" SECRET "\nB='" SECRET "'\nDATABASE_URL=postgres://"
			"u:" SECRET "@h/d\nC=$(x " SECRET ")\nD=\"" SECRET
			"\nexport E=" SECRET " #" SECRET "\nF_JSON={" SECRET
			"\nDB_FILE=/" SECRET
			".db\nNEXT_PUBLIC_X=sk_live_" SECRET "\n" SECRET "\n"),
		FILE_AT("docker-compose.prod.yml",
			"services:\n  a:\n    command: psql postgres://u:" SECRET
			"@h -c \"SELECT '" SECRET "'\"\n    environment:"
			"\n      - A=" SECRET "\n      - B=${B:-" SECRET "}\n"),
		FILE_AT("deploy.sh",
			"PGPASSWORD=" SECRET " psql -c \"DROP TABLE t\"\n"
			"mysql -p" SECRET " -e 'DELETE FROM t'\n"
			"x --secret " SECRET " y=" SECRET "\n"
			"curl -u a:" SECRET " -d '" SECRET " x' h\n"),
		FILE_AT("config/production.json",
			"{\"database\": {\"password\": \"" SECRET "\"}}"),
		FILE_AT("Dockerfile", "FROM a\nENV TOKEN=" SECRET
				      "\nCMD x --key=" SECRET "\n"),
	};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		read_files(&files[i], 1);
		vec_each(const struct form, f, &c.reading.forms)
			ck_assert_msg(str_ifind(f->text, STR("S3saMe")) ==
					      (size_t)-1,
				      "%s: " STR_FMT, files[i].path,
				      STR_ARG(f->text));
	}
}
END_TEST

START_TEST(sql_of_clients_is_read_as_statements)
{
	READ(FILE_AT("ops.sh", "psql \"$DB\" -tAc 'drop table a, b'\n"));
	form("psql -c DROP TABLE a");
	ck_assert_int_eq(form("DROP TABLE b")->kind, FORM_STATEMENT);
	READ(FILE_AT("ops.sh", "psql <<SQL\nTRUNCATE t;\nSQL\n"));
	form("psql -c TRUNCATE t");
	READ(FILE_AT("ops.sh", "psql \"$TEST_DB\" -c 'DROP TABLE a'\n"));
	ck_assert_int_eq(form("psql -c DROP TABLE a")->environment, ENV_TEST);
	none("DROP TABLE a");
}
END_TEST

START_TEST(the_place_of_a_command_is_what_it_says)
{
	READ(FILE_AT("ops.sh", "NODE_ENV=production a b\n"
			       "c --env test\nheroku run d\n"
			       "if [ \"$E\" != production ]; then e; fi\nf\n"));
	ck_assert_int_eq(form("a b")->environment, ENV_PRODUCTION);
	ck_assert_int_eq(form("c --env test")->environment, ENV_TEST);
	ck_assert_int_eq(form("d")->environment, ENV_PRODUCTION);
	ck_assert_int_eq(form("e")->environment, ENV_DEVELOPMENT);
	ck_assert_int_eq(form("f")->environment, ENV_UNKNOWN);
}
END_TEST

START_TEST(commands_stand_where_the_file_has_them)
{
	READ(FILE_AT("docker-compose.yml",
		     "services:\n  a:\n    command: >-\n      npx a\n"
		     "      b && npx c\n"));
	stands("c", "npx c");
	READ(FILE_AT("package.json",
		     "{\"scripts\": {\"x\": \"a \\\"b c\\\" && d e\"}}"));
	stands("d e", "d e");
	READ(FILE_AT("Dockerfile", "FROM x\nCMD [\"a\", \"b\"]\n"));
	stands("a b", "\"a\", \"b\"");
}
END_TEST

START_TEST(a_job_is_judged_not_the_file)
{
	READ(FILE_AT(".github/workflows/deploy.yml",
		     "jobs:\n"
		     "  e2e:\n    steps:\n      - run: a\n"
		     "      - run: npx playwright test\n"
		     "  release:\n    environment: production\n"
		     "    steps:\n      - run: b\n"));
	ck_assert_int_eq(form("a")->environment, ENV_TEST);
	ck_assert_int_eq(form("b")->environment, ENV_PRODUCTION);
	ck_assert(form("b")->flags & FORM_DEPLOY);
}
END_TEST

#define RESET                                                           \
	"{\"scripts\": {\"w\": \"prisma migrate reset\", \"a\": \"npm " \
	"run b\", \"b\": \"npm run a && npm run w\"}}"

START_TEST(a_deploy_reaches_scripts_through_others)
{
	READ(FILE_AT(
		"package.json",
		"{\"scripts\": {\"start\": \"npm run a\", \"a\": "
		"\"yarn b\", \"b\": \"npm run a; prisma migrate reset\"}}"));
	ck_assert(form("prisma migrate reset")->flags & FORM_DEPLOY);
	READ(FILE_AT("package.json", RESET));
	ck_assert(!(form("prisma migrate reset")->flags & FORM_DEPLOY));
	READ(FILE_AT("package.json", RESET),
	     FILE_AT("Dockerfile", "FROM a\nCMD npm run a\n"));
	ck_assert(form("prisma migrate reset")->flags & FORM_DEPLOY);
	READ(FILE_AT("package.json", RESET),
	     FILE_AT("Makefile", "deploy: db\ndb:\n\tnpm run w\n"));
	ck_assert(form("prisma migrate reset")->flags & FORM_DEPLOY);
	READ(FILE_AT("db/package.json", RESET),
	     FILE_AT("Dockerfile", "FROM a\nCMD cd db && npm run w\n"));
	ck_assert(form("prisma migrate reset")->flags & FORM_DEPLOY);
	READ(FILE_AT("package.json", RESET),
	     FILE_AT("tests/run.sh", "npm run w\n"));
	ck_assert(!(form("prisma migrate reset")->flags & FORM_DEPLOY));
}
END_TEST

START_TEST(what_a_deploy_calls_elsewhere_is_shown_at_the_call)
{
	READ(FILE_AT("deploy.sh", "npm ci\nnpm run w -- -f\n"),
	     FILE_AT("package.json", RESET));
	stands("prisma migrate reset", "npm run w -- -f");
	READ(FILE_AT("Procfile", "release: make db\n"),
	     FILE_AT("Makefile", "db:\n\tprisma migrate reset\n"));
	stands("prisma migrate reset", "make db");
	READ(FILE_AT("deploy.sh", "sh ./wipe.sh\n"),
	     FILE_AT("wipe.sh", "[ $E = production ] && exit 1\n"
				"prisma migrate reset\n"));
	none("prisma migrate reset");
}
END_TEST

START_TEST(mounts_prove_that_a_file_is_kept)
{
	static const struct memory_file proofs[] = {
		FILE_AT("fly.toml", "[mounts]\ndestination = \"/data\"\n"),
		FILE_AT("render.yaml", "services:\n  - disk:\n"
				       "      mountPath: /data\n"),
		FILE_AT("compose.prod.yml",
			"services:\n  a:\n    volumes:\n      - d:/data\n"),
		FILE_AT("litefs.yml", "fuse:\n  dir: /data\n"),
		FILE_AT("litestream.yml", "dbs:\n  - path: /data/a.db\n"),
	};
	const struct memory_file env =
		FILE_AT(".env.production", "DATABASE_URL=file:/data/a.db\n");

	for (size_t i = 0; i < ARRAY_LEN(proofs); i++) {
		READ(env, proofs[i]);
		ck_assert_msg(form("DATABASE_URL = sqlite (file:)")->flags &
				      FORM_DURABLE,
			      "%s", proofs[i].path);
	}
	READ(env, FILE_AT("fly.toml", "[mounts]\ndestination = \"/dat\"\n"));
	ck_assert(
		!(form("DATABASE_URL = sqlite (file:)")->flags & FORM_DURABLE));
}
END_TEST

START_TEST(a_machine_keeps_what_is_deployed_to_it)
{
	READ(FILE_AT("deploy.sh", "export DATABASE_URL=file:./prod.db\n"
				  "npm run build\npm2 restart app\n"));
	ck_assert(form("DATABASE_URL = sqlite (file:)")->flags & FORM_DURABLE);
	READ(FILE_AT("deploy.sh", "export DATABASE_URL=file:./prod.db\n"
				  "npm run build\nnode server.js\n"));
	ck_assert(
		!(form("DATABASE_URL = sqlite (file:)")->flags & FORM_DURABLE));
}
END_TEST

START_TEST(production_has_what_the_example_asks_for)
{
	READ(FILE_AT(".env.production", "DATABASE_URL=postgres://h/d\n"),
	     FILE_AT(".env.example", "A=\nB=1\n# C=\n# optional\nD=\nE=\n"),
	     FILE_AT(".env", "E=x\n"));
	form("A = missing");
	none("B = missing");
	none("C = missing");
	none("D = missing");
	none("E = missing");
	READ(FILE_AT(".env.production", "VITE_X=1\n"),
	     FILE_AT(".env.example", "A=\n"));
	none("A = missing");
}
END_TEST

START_TEST(a_policy_asks_by_list_and_by_preset)
{
	static const char *const names[] = { "A|B_*", "C|*_D", NULL };
	const struct settings_policy policy = {
		.required = names,
		.preset = settings_preset(STR("safe-updates")),
		.required_everywhere = true,
	};
	const struct memory_file f =
		FILE_AT(".env.production", "X_D=1\nSHOP_READ_WRITE_TOKEN=t\n");

	ck_assert(settings_case_read(&c, &f, 1, &policy));
	form("A = missing");
	none("C = missing");
	form("DATABASE_URL = missing");
	none("BLOB_READ_WRITE_TOKEN = missing");
	ck_assert_ptr_null(settings_preset(STR("other")));
}
END_TEST

START_TEST(what_was_there_and_is_asked_for_is_removed)
{
	READ({ .path = ".env.production",
	       .text = STR_INIT("TOKEN=t\n"),
	       .old = STR_INIT(
		       "TOKEN=t\nDATABASE_URL=postgres://h/d\nX=1\n") });
	form("DATABASE_URL = removed");
	none("X = removed");
}
END_TEST

START_TEST(environments_do_not_share_a_database)
{
	READ(FILE_AT(".env.production", "DATABASE_URL=postgres://h/d/\n"),
	     FILE_AT(".env.staging", "DATABASE_URL=postgres://h/d?x=1\n"));
	form("DATABASE_URL = same as .env.staging");
	READ(FILE_AT(".env.production", "DATABASE_URL=postgres://h/d\n"),
	     FILE_AT(".env.staging", "DATABASE_URL=postgres://h/e\n"));
	none("DATABASE_URL = same as .env.staging");
}
END_TEST

START_TEST(programs_hold_settings_and_commands)
{
	READ(FILE_AT("src/a.ts",
		     "if (process.env.NODE_ENV === 'production') {\n"
		     "  spawn('npx', ['prisma', 'migrate', 'reset']);\n}\n"
		     "const u = process.env.DATABASE_URL ?? 'file:./a.db';\n"));
	ck_assert_int_eq(form("prisma migrate reset")->environment,
			 ENV_PRODUCTION);
	form("DATABASE_URL = fallback sqlite (file:)");
	READ(FILE_AT("config/settings/production.py",
		     "DATABASES = {'default': {'ENGINE': "
		     "'django.db.backends.sqlite3'}}\n"
		     "DATABASES['default'] = env.db()\n"));
	none("DATABASES.default.ENGINE = sqlite (sqlite3)");
	READ(FILE_AT("knexfile.js",
		     "module.exports = { development: { client: 'sqlite3' },"
		     " production: { client: 'sqlite3' } };"));
	ck_assert_int_eq(
		form("production.client = sqlite (sqlite3)")->environment,
		ENV_PRODUCTION);
}
END_TEST

START_TEST(seeds_that_ask_first_are_guarded)
{
	READ(FILE_AT("prisma/seed.ts", "await prisma.user.deleteMany();\n"));
	ck_assert(
		!(form("call prisma.user.deleteMany()")->flags & FORM_GUARDED));
	READ(FILE_AT("prisma/seed.ts",
		     "if (process.env.NODE_ENV === 'production') {\n"
		     "  throw new Error('no');\n}\n"
		     "await prisma.user.deleteMany();\n"));
	ck_assert(form("call prisma.user.deleteMany()")->flags & FORM_GUARDED);
	READ(FILE_AT("db/seeds.rb", "unless Rails.env.development?\n  x\n"
				    "else\n  User.delete_all\nend\n"));
	ck_assert(form("call User.delete_all()")->flags & FORM_GUARDED);
}
END_TEST

START_TEST(actions_that_log_in_run_on_the_server)
{
	READ(FILE_AT(".github/workflows/a.yml",
		     "jobs:\n  build:\n    steps:\n"
		     "      - run: npm test\n"
		     "      - uses: appleboy/ssh-action@v1\n"
		     "        with: {host: x, script: x one}\n"
		     "      - uses: appleboy/ssh-action@v1\n"
		     "        with: {host: \"${{ secrets.STAGING_HOST }}\","
		     " script: x two}\n"
		     "      - uses: actions/github-script@v7\n"
		     "        with: {script: x three}\n"));
	ck_assert_int_eq(form("x one")->environment, ENV_PRODUCTION);
	ck_assert(form("x one")->flags & FORM_DEPLOY);
	ck_assert_int_eq(form("x two")->environment, ENV_STAGING);
	ck_assert(!(form("x two")->flags & FORM_DEPLOY));
	none("x three");
}
END_TEST

START_TEST(machines_and_platforms_have_hooks)
{
	READ(FILE_AT(".ebextensions/a.config",
		     "container_commands:\n  01:\n    command: x one\n"));
	ck_assert(form("x one")->flags & FORM_DEPLOY);
	READ(FILE_AT("appspec.yml", "hooks:\n  AfterInstall:\n"
				    "    - location: scripts/after.sh\n"),
	     FILE_AT("scripts/after.sh", "rails db:reset\n"));
	ck_assert(form("rails db:reset")->flags & FORM_DEPLOY);
	READ(FILE_AT("roles/app/tasks/main.yml",
		     "- name: Fill\n  ansible.builtin.shell: x one\n"
		     "- name: Deploy\n  command: x two\n"));
	ck_assert(!(form("x one")->flags & FORM_DEPLOY));
	ck_assert(form("x two")->flags & FORM_DEPLOY);
	READ(FILE_AT("app.service", "[Service]\nExecStartPre=/bin/x one\n"));
	ck_assert(form("x one")->flags & FORM_DEPLOY);
	READ(FILE_AT("supervisord.conf", "[program:a]\ncommand=x one\n"));
	ck_assert(form("x one")->flags & FORM_DEPLOY);
	READ(FILE_AT("ecosystem.config.js",
		     "module.exports = { deploy: {\n"
		     "  production: { 'post-deploy': 'x one && pm2 reload' },\n"
		     "  dev: { 'post-deploy': 'x two' } } };\n"));
	ck_assert(form("x one")->flags & FORM_DEPLOY);
	ck_assert(!(form("x two")->flags & FORM_DEPLOY));
}
END_TEST

START_TEST(stages_of_a_pipeline_say_where_they_run)
{
	READ(FILE_AT("Jenkinsfile",
		     "pipeline { stages {\n"
		     "  stage('Build') { steps { sh 'x one' } }\n"
		     "  stage('Unit tests') { steps { sh \"x two\" } }\n"
		     "  stage('Deploy') { steps {\n"
		     "    sshagent(['k']) { sh '''\n      x three\n''' }\n"
		     "    sh(script: 'x four', returnStdout: true)\n"
		     "  } }\n} }\n"));
	ck_assert(!(form("x one")->flags & FORM_DEPLOY));
	ck_assert_int_eq(form("x two")->environment, ENV_TEST);
	ck_assert(form("x three")->flags & FORM_DEPLOY);
	ck_assert(form("x four")->flags & FORM_DEPLOY);
}
END_TEST

START_TEST(a_database_in_a_container_is_at_hand)
{
	const char *const drop = "psql -c DROP DATABASE a";

	READ(FILE_AT("reset.sh", "docker compose exec db psql -c 'DROP "
				 "DATABASE a'\n"));
	ck_assert_int_eq(form(drop)->environment, ENV_DEVELOPMENT);
	READ(FILE_AT("reset.sh", "docker compose -f a.prod.yml exec db psql "
				 "-c 'DROP DATABASE a'\n"));
	ck_assert_int_eq(form(drop)->environment, ENV_PRODUCTION);
	READ(FILE_AT("deploy.sh",
		     "docker exec db psql -c 'DROP DATABASE a'\n"));
	ck_assert_int_eq(form(drop)->environment, ENV_UNKNOWN);
	READ(FILE_AT("Makefile", "a:\n\tpsql -c 'DROP DATABASE a'\n"));
	ck_assert_int_eq(form(drop)->environment, ENV_DEVELOPMENT);
	READ(FILE_AT("Makefile", "a:\n\tpsql -h db -c 'DROP DATABASE a'\n"));
	ck_assert_int_eq(form(drop)->environment, ENV_UNKNOWN);
	READ(FILE_AT("ops.sh", "psql -c 'DROP DATABASE a'\n"));
	ck_assert_int_eq(form(drop)->environment, ENV_UNKNOWN);
}
END_TEST

START_TEST(what_ends_in_the_server_starts_a_container)
{
	static const char *const servers[] = {
		"exec \"$@\"",	      "exec \"${@}\"", "gunicorn a.wsgi",
		"node dist/main.js",  "node build",    "exec uvicorn a:app",
		"apache2-foreground",
	};
	static const char *const others[] = {
		"npm start",
		"node seed.js",
		"uvicorn a:app --reload",
		"if x; then exec \"$@\"; fi",
	};
	char text[80];

	for (size_t i = 0; i < ARRAY_LEN(servers) + ARRAY_LEN(others); i++) {
		const bool serves = i < ARRAY_LEN(servers);
		const char *last =
			serves ? servers[i] : others[i - ARRAY_LEN(servers)];
		const int n = snprintf(text, sizeof(text),
				       "rails db:reset\n%s\n", last);
		const struct memory_file f = { .path = "wait.sh",
					       .text = { text, (size_t)n } };

		read_files(&f, 1);
		ck_assert_msg(!(form("rails db:reset")->flags & FORM_DEPLOY) ==
				      !serves,
			      "%s", last);
	}
	READ(FILE_AT("wait.dev.sh", "rails db:reset\nexec \"$@\"\n"));
	ck_assert(!(form("rails db:reset")->flags & FORM_DEPLOY));
}
END_TEST

START_TEST(programs_run_commands_in_ways_of_their_own)
{
	READ(FILE_AT("a.mjs", "import { spawnSync } from 'child_process';\n"
			      "function run(c, a) { spawnSync(c, a); }\n"
			      "run('prisma', ['migrate', 'reset']);\n"
			      "run('npx prisma db push');\n"
			      "run('the gauntlet');\n"));
	form("prisma migrate reset");
	form("prisma db push");
	none("the gauntlet");
	READ(FILE_AT("a.ts", "const cmd: string = `npx prisma db push`;\n"
			     "execSync(cmd);\n"));
	form("prisma db push");
	READ(FILE_AT("a.py", "args = ['pg_restore', '--clean', path]\n"
			     "subprocess.run(args, check=True)\n"
			     "subprocess.run('dropdb a', shell=True)\n"));
	form("pg_restore --clean");
	form("dropdb a");
	READ(FILE_AT("a.rb", "exec \"cd #{cfg['x']}; rake db:reset\"\n"));
	form("rails db:reset");
	READ(FILE_AT("lib/capistrano/tasks/db.rake",
		     "task :x do\n  on roles(:db) do\n"
		     "    execute :bundle, :exec, :rake, 'db:reset A=b'\n"
		     "  end\nend\n"));
	ck_assert(!(form("rails db:reset ***")->flags & FORM_DEPLOY));
	READ(FILE_AT("deploy.php", "<?php\nnamespace Deployer;\n"
				   "run('php artisan migrate:fresh');\n"));
	ck_assert(form("artisan migrate:fresh")->flags & FORM_DEPLOY);
}
END_TEST

START_TEST(a_seed_that_no_deploy_runs_is_for_developers)
{
	const char *const wipe = "call prisma.user.deleteMany()";

	READ(FILE_AT("prisma/seed.ts", "await prisma.user.deleteMany();\n"),
	     FILE_AT("package.json", "{\"scripts\": {\"start\": \"node a.js\","
				     " \"seed\": \"tsx prisma/seed.ts\"}}"));
	ck_assert_int_eq(form(wipe)->environment, ENV_DEVELOPMENT);
	READ(FILE_AT("prisma/seed.ts", "await prisma.user.deleteMany();\n"),
	     FILE_AT("package.json",
		     "{\"scripts\": {\"start\": \"npm run seed && node a.js\","
		     " \"seed\": \"tsx prisma/seed.ts\"}}"));
	ck_assert(form(wipe)->flags & FORM_DEPLOY);
	READ(FILE_AT("db/seeds.rb", "User.destroy_all\n"),
	     FILE_AT("Procfile", "release: rails db:migrate db:seed\n"));
	ck_assert(form("call User.destroy_all()")->flags & FORM_DEPLOY);
	READ(FILE_AT("app/database/seeders/A.php",
		     "<?php DB::table('a')->truncate();\n"),
	     FILE_AT("app/Procfile", "release: php artisan db:seed\n"));
	ck_assert(form("call DB::table('')->truncate()")->flags & FORM_DEPLOY);
	READ(FILE_AT("prisma/seed.ts", "await prisma.user.deleteMany();\n"),
	     FILE_AT(".husky/pre-commit", "npx lint-staged\n"));
	ck_assert_int_eq(form(wipe)->environment, ENV_UNKNOWN);
}
END_TEST

START_TEST(what_every_new_server_has_is_no_data)
{
	READ(FILE_AT("deploy.sh", "mysql <<E\nDROP DATABASE IF EXISTS test;\n"
				  "DELETE FROM mysql.user WHERE User = '';\n"
				  "DROP DATABASE shop;\nE\n"));
	none("mysql -c DROP DATABASE IF EXISTS test");
	none("DROP DATABASE IF EXISTS test");
	none("mysql -c DELETE FROM mysql.user WHERE User = ''");
	form("DROP DATABASE shop");
}
END_TEST

START_TEST(files_under_any_name_hold_containers)
{
	READ(FILE_AT("production.yml", "services:\n    a:\n        image: b\n"
				       "        command: dropdb c\n"));
	ck_assert_int_eq(form("dropdb c")->environment, ENV_PRODUCTION);
	READ(FILE_AT("docker-compose.yml",
		     "services:\n  a:\n    entrypoint: [sh, -c]\n"
		     "    command: ['a && dropdb c']\n"));
	form("dropdb c");
	READ(FILE_AT("aws/task-definition.json",
		     "{\"containerDefinitions\": [{\"entryPoint\": [\"sh\", "
		     "\"-c\"], \"command\": [\"a; dropdb b\"], "
		     "\"environment\": [{\"name\": \"NODE_ENV\", "
		     "\"value\": \"production\"}]}]}"));
	ck_assert_int_eq(form("dropdb b")->environment, ENV_PRODUCTION);
	READ(FILE_AT("k8s/a.yaml", "kind: ConfigMap\ndata:\n  start.sh: |\n"
				   "    dropdb b\n  c: dropdb d\n"));
	form("dropdb b");
	none("dropdb d");
	READ(FILE_AT("k8s/a.yaml",
		     "kind: Pod\nspec:\n  containers:\n"
		     "  - lifecycle: {postStart: {exec: {command: "
		     "[dropdb, b]}}}\n"));
	form("dropdb b");
	READ(FILE_AT("chart/values.yaml", "a:\n  command: dropdb b\nc:\n"
					  "  command: [sh, -c]\n"
					  "  args: ['dropdb d']\n"));
	form("dropdb b");
	form("dropdb d");
}
END_TEST

START_TEST(what_is_at_hand_only_is_not_deployed)
{
	READ(FILE_AT("k8s/a.yaml", "kind: ConfigMap\ndata:\n  start.sh: |\n"
				   "    dropdb a\n  restore.sh: |\n"
				   "    dropdb b\n"));
	ck_assert(form("dropdb a")->flags & FORM_DEPLOY);
	ck_assert(!(form("dropdb b")->flags & FORM_DEPLOY));
	READ(FILE_AT("chart/values.yaml",
		     "a:\n  command: dropdb a\nb:\n  enabled: false\n"
		     "  command: dropdb b\n"));
	ck_assert(form("dropdb a")->flags & FORM_DEPLOY);
	ck_assert(!(form("dropdb b")->flags & FORM_DEPLOY));
	READ(FILE_AT("chart/values-dev.yaml", "command: dropdb a\n"));
	ck_assert(!(form("dropdb a")->flags & FORM_DEPLOY));
	READ(FILE_AT("cloudbuild.yaml",
		     "steps:\n"
		     "- {name: a, args: [docker, compose, down, -v]}\n"));
	ck_assert(!(form("docker compose down -v")->flags & FORM_DEPLOY));
}
END_TEST

START_TEST(variables_are_named_after_programs)
{
	runs("$FORGE_PHP artisan migrate:fresh", "artisan migrate:fresh");
	runs("${PYTHON:-python3} manage.py flush", "manage.py flush");
	runs("$DOCKER_COMPOSE exec a dropdb b", "dropdb b");
}
END_TEST

START_TEST(steps_give_words_to_programs)
{
	READ(FILE_AT("cloudbuild.yaml",
		     "steps:\n"
		     "- {name: a/cloud-builders/npm, args: [run, x]}\n"
		     "- {name: b, args: [-i, c, --, dropdb, d]}\n"
		     "- {name: e:1, args: [rails, 'db:drop']}\n"
		     "- {id: test, name: f, entrypoint: dropdb, args: [g]}\n"));
	form("x");
	ck_assert_int_eq(form("dropdb d")->environment, ENV_PRODUCTION);
	form("rails db:drop");
	ck_assert_int_eq(form("dropdb g")->environment, ENV_TEST);
}
END_TEST

START_TEST(plays_take_databases_away)
{
	READ(FILE_AT("site.yml", "- hosts: a\n  tasks:\n"
				 "  - postgresql_db: {name: b, state: absent}\n"
				 "  - postgresql_db: {name: c}\n"
				 "  - file: {path: /d, state: absent}\n"));
	form("dropdb b");
	none("dropdb c");
	form("rm -rf /d");
}
END_TEST

START_TEST(tasks_of_envoy_run_where_they_say)
{
	READ(FILE_AT("Envoy.blade.php",
		     "@task('fresh', ['on' => 'staging'])\ndropdb a\n@endtask\n"
		     "@task('fresh', ['on' => 'web'])\ndropdb b\n@endtask\n"));
	ck_assert_int_eq(form("dropdb a")->environment, ENV_STAGING);
	ck_assert(!(form("dropdb a")->flags & FORM_DEPLOY));
	ck_assert(form("dropdb b")->flags & FORM_DEPLOY);
}
END_TEST

START_TEST(what_somebody_types_is_no_server)
{
	const char *const drop = "program db.drop_all()";

	READ(FILE_AT("app/__init__.py", "db.drop_all()\n"));
	ck_assert_int_eq(form(drop)->environment, ENV_UNKNOWN);
	READ(FILE_AT("app/cli.py", "@app.cli.command('init-db')\n"
				   "def init_db():\n    db.drop_all()\n"));
	ck_assert_int_eq(form(drop)->environment, ENV_DEVELOPMENT);
	READ(FILE_AT("scripts/reset.py", "db.drop_all()\n"));
	ck_assert_int_eq(form(drop)->environment, ENV_DEVELOPMENT);
	READ(FILE_AT("scripts/reset.py", "db.drop_all()\n"),
	     FILE_AT("Procfile", "release: python scripts/reset.py\n"));
	ck_assert(form(drop)->flags & FORM_DEPLOY);
	ck_assert_int_eq(form(drop)->environment, ENV_UNKNOWN);
}
END_TEST

START_TEST(who_is_asked_or_asks_is_no_deploy)
{
	static const char *const asked[] = {
		"read -p 'Sure? ' a\n[ $a = y ] || exit 1\nrails db:reset\n",
		"if [ $X ]; then read -rp 'Sure? ' a; rails db:reset; fi\n",
		"case \"$1\" in\n up) x ;;\n reset) rails db:reset ;;\nesac\n",
		"if [ \"$1\" = clean ]; then rails db:reset; fi\n",
	};
	static const char *const silent[] = {
		"while read -r a; do x; done\nrails db:reset\n",
		"if [ $X ]; then read -p 'Sure? ' a; fi\nrails db:reset\n",
		"case \"$1\" in\n web) rails db:reset ;;\nesac\n",
		"if [ \"$1\" != clean ]; then rails db:reset; fi\n",
		"if [ $RESET = 1 ]; then rails db:reset; fi\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(asked) + ARRAY_LEN(silent); i++) {
		const bool was = i < ARRAY_LEN(asked);
		const char *text =
			was ? asked[i] : silent[i - ARRAY_LEN(asked)];
		const struct memory_file f = { .path = "deploy.sh",
					       .text = str_of(text) };

		read_files(&f, 1);
		ck_assert_msg(!(form("rails db:reset")->flags & FORM_DEPLOY) ==
				      was,
			      "%s", text);
	}
	READ(FILE_AT("deploy.sh", "read -p 'Sure? ' a\n"
				  "RAILS_ENV=production rails db:reset\n"));
	ck_assert_int_eq(form("rails db:reset")->environment, ENV_PRODUCTION);
}
END_TEST

START_TEST(services_over_their_own_source_are_for_developers)
{
	static const struct {
		const char *service;
		bool deploy;
	} services[] = {
		{ "build: .\n    volumes: ['.:/app']", false },
		{ "build: ./api\n    volumes: ['./api:/app']", false },
		{ "build: {context: api}\n    volumes: ['./api/:/app']",
		  false },
		{ "build: .\n    volumes: ['./data:/data']", true },
		{ "build: .\n    volumes: ['data:/app']", true },
		{ "build: .\n    volumes: ['.:/app']\n"
		  "    environment: [RAILS_ENV=production]",
		  true },
	};
	char text[200];

	for (size_t i = 0; i < ARRAY_LEN(services); i++) {
		const int n = snprintf(text, sizeof(text),
				       "services:\n  a:\n    %s\n"
				       "    command: rails db:reset\n",
				       services[i].service);
		const struct memory_file f = { .path = "compose.yml",
					       .text = { text, (size_t)n } };

		read_files(&f, 1);
		ck_assert_msg(!(form("rails db:reset")->flags & FORM_DEPLOY) ==
				      !services[i].deploy,
			      "%s", text);
	}
	READ(FILE_AT("compose.yml",
		     "services:\n"
		     "  a: {command: sh -c 'x one && manage.py runserver'}\n"
		     "  b: {command: sh -c 'x two && gunicorn a.wsgi'}\n"));
	ck_assert(!(form("x one")->flags & FORM_DEPLOY));
	ck_assert(form("x two")->flags & FORM_DEPLOY);
}
END_TEST

START_TEST(a_choice_of_databases_is_no_fallback)
{
	READ(FILE_AT("config/database.ts",
		     "const connections = {\n"
		     "  mysql: { host: env('DB_HOST', 'localhost') },\n"
		     "  sqlite: { filename: env('DB_FILENAME', 'a.db'),\n"
		     "    client: 'better-sqlite3' },\n"
		     "};\nconst c = { connection: 'sqlite' };\n"));
	none("DB_FILENAME = fallback sqlite (database file)");
	none("connections.sqlite.client = sqlite (better-sqlite3)");
	form("c.connection = sqlite (sqlite)");
	READ(FILE_AT("compose.prod.yml",
		     "services:\n  a:\n    environment: [DB_TYPE=sqlite]\n"
		     "    volumes: ['data:/home/a']\n"
		     "  b:\n    environment: [DB_CLIENT=sqlite]\n"));
	ck_assert(form("DB_TYPE = sqlite (sqlite)")->flags & FORM_DURABLE);
	ck_assert(!(form("DB_CLIENT = sqlite (sqlite)")->flags & FORM_DURABLE));
}
END_TEST

START_TEST(who_takes_infrastructure_down_by_name_means_it)
{
	static const struct {
		const char *path;
		const char *text;
		bool meant;
	} files[] = {
		{ "Makefile", "down:\n\tterraform destroy\n", true },
		{ "Makefile", "up:\n\tterraform destroy\n", false },
		{ "Makefile", "deploy: down\ndown:\n\tterraform destroy\n",
		  false },
		{ "scripts/teardown.sh", "terraform destroy\n", true },
		{ "scripts/setup.sh", "terraform destroy\n", false },
		{ ".github/workflows/a.yml",
		  "on: workflow_dispatch\njobs:\n  a:\n    steps:\n"
		  "      - run: terraform destroy\n",
		  true },
		{ ".github/workflows/a.yml",
		  "on: [push]\njobs:\n  a:\n    steps:\n"
		  "      - run: terraform destroy\n"
		  "        if: inputs.what == 'destroy'\n",
		  true },
		{ ".github/workflows/a.yml",
		  "on: [push, workflow_dispatch]\njobs:\n  a:\n    steps:\n"
		  "      - run: terraform destroy\n",
		  false },
		{ ".gitlab-ci.yml",
		  "a:\n  when: manual\n  script: terraform destroy\n", true },
		{ "Jenkinsfile",
		  "stage('Destroy') { steps { sh 'terraform destroy' } }\n",
		  true },
	};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		const struct memory_file f = { .path = files[i].path,
					       .text = str_of(files[i].text) };

		read_files(&f, 1);
		ck_assert_msg((form("terraform destroy")->environment ==
			       ENV_DEVELOPMENT) == files[i].meant,
			      "%s: %s", files[i].path, files[i].text);
	}
}
END_TEST

START_TEST(a_file_of_sql_is_read_where_a_deploy_runs_it)
{
	const char *const drop = "psql -c DROP TABLE IF EXISTS a";

	READ(FILE_AT("Procfile", "release: psql $D -f db/a.sql\n"),
	     FILE_AT("db/a.sql", "DROP TABLE IF EXISTS a;\nDROP TABLE b;\n"));
	ck_assert(form(drop)->flags & FORM_DEPLOY);
	none("psql -c DROP TABLE b");
	READ(FILE_AT("Makefile", "reset:\n\tpsql -f db/a.sql\n"),
	     FILE_AT("db/a.sql", "DROP TABLE IF EXISTS a;\n"));
	none(drop);
	READ(FILE_AT("Procfile", "release: psql $D -f db/a.sql\n"),
	     FILE_AT("db/a.sql", "CREATE TABLE IF NOT EXISTS a (b int);\n"));
	none(drop);
	READ(FILE_AT("package.json",
		     "{\"scripts\": {\"deploy\": \"wrangler d1 execute D "
		     "--remote --file=./a.sql\"}}"),
	     FILE_AT("a.sql", "DROP TABLE IF EXISTS a;\n"));
	form("wrangler -c DROP TABLE IF EXISTS a");
}
END_TEST

START_TEST(a_database_in_memory_can_be_dropped)
{
	READ(FILE_AT("src/a.ts",
		     "const a = new DataSource({ database: ':memory:',"
		     " synchronize: true });\n"
		     "const b = new DataSource({ database: 'b',"
		     " dropSchema: true });\n"));
	none("synchronize = true");
	form("dropSchema = true");
	READ(FILE_AT("src/A.cs", "o.UseInMemoryDatabase(\"a\");\n"
				 "db.Database.EnsureDeleted();\n"));
	none("program db.Database.EnsureDeleted()");
	READ(FILE_AT("conftest.py", "db.drop_all()\n"));
	ck_assert_int_eq(form("program db.drop_all()")->environment, ENV_TEST);
	READ(FILE_AT("unit/base.py", "from unittest import TestCase\n"
				     "db.drop_all()\n"));
	ck_assert_int_eq(form("program db.drop_all()")->environment, ENV_TEST);
	READ(FILE_AT("a.js", "const s = new Sequelize('sqlite::memory:');\n"
			     "s.sync({ force: true });\n"));
	none("program s.sync({force: true})");
}
END_TEST

START_TEST(who_is_asked_or_gives_an_option_means_it)
{
	static const char *const asks[] = {
		"if (process.argv.includes('--reset')) {\n"
		"  await prisma.user.deleteMany();\n}\n",
		"if (options.clean) {\n"
		"  await prisma.user.deleteMany();\n}\n",
		"if (answer === 'yes') {\n"
		"  await prisma.user.deleteMany();\n}\n",
		"if (!args.force) process.exit(1);\n"
		"await prisma.user.deleteMany();\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(asks); i++) {
		const struct memory_file f = {
			.path = "prisma/seed.ts",
			.text = { asks[i], strlen(asks[i]) },
		};

		read_files(&f, 1);
		ck_assert_msg(form("call prisma.user.deleteMany()")->flags &
				      FORM_GUARDED,
			      "%s", asks[i]);
	}
	READ(FILE_AT("prisma/seed.ts",
		     "if (options.verbose) {\n"
		     "  await prisma.user.deleteMany();\n}\n"));
	ck_assert(
		!(form("call prisma.user.deleteMany()")->flags & FORM_GUARDED));
}
END_TEST

START_TEST(a_condition_holds_for_the_lines_below_it)
{
	static const char sqlite[] =
		"DATABASES.default.ENGINE = sqlite (sqlite3)";

	READ(FILE_AT("app.py", "if confirm == 'YES':\n    db.drop_all()\n"));
	ck_assert(form("program db.drop_all()")->flags & FORM_GUARDED);
	READ(FILE_AT("app.py", "if x:\n    db.drop_all()\n"));
	ck_assert(!(form("program db.drop_all()")->flags & FORM_GUARDED));
	READ(FILE_AT("seed.py",
		     "def main():\n"
		     "    if os.environ['APP_ENV'] == 'production':\n"
		     "        print('no')\n"
		     "        sys.exit(1)\n"
		     "    db.drop_all()\n"));
	ck_assert(form("call db.drop_all()")->flags & FORM_GUARDED);
	READ(FILE_AT("settings.py",
		     "if not DEBUG:\n"
		     "    DATABASES = x\n"
		     "else:\n"
		     "    DATABASES = {'default': {'ENGINE':\n"
		     "        'django.db.backends.sqlite3'}}\n"));
	ck_assert_int_eq(form(sqlite)->environment, ENV_DEVELOPMENT);
	READ(FILE_AT("settings.py",
		     "if DEBUG:\n"
		     "    DATABASES = x\n"
		     "else:\n"
		     "    DATABASES = {'default': {'ENGINE':\n"
		     "        'django.db.backends.sqlite3'}}\n"));
	ck_assert_int_ne(form(sqlite)->environment, ENV_DEVELOPMENT);
	READ(FILE_AT("prisma/seed.ts",
		     "if (process.env.NODE_ENV === 'production') {\n"
		     "  if (verbose) { log(); }\n"
		     "} else {\n"
		     "  await prisma.user.deleteMany();\n"
		     "}\n"));
	ck_assert_int_eq(form("call prisma.user.deleteMany()")->environment,
			 ENV_DEVELOPMENT);
}
END_TEST

START_TEST(what_answers_requests_is_deployed)
{
	READ(FILE_AT("routes/web.php",
		     "<?php Route::get('/x', function () {\n"
		     "  Artisan::call('migrate:fresh'); });\n"));
	ck_assert(form("artisan migrate:fresh")->flags & FORM_DEPLOY);
	READ(FILE_AT("app/Console/Commands/Reset.php",
		     "<?php Artisan::call('migrate:fresh');\n"));
	ck_assert(!(form("artisan migrate:fresh")->flags & FORM_DEPLOY));
}
END_TEST

START_TEST(a_guard_may_stand_where_the_function_is_called)
{
	static const char body[] =
		"async function clear() { await prisma.user.deleteMany(); }\n"
		"const main = async () => { await clear(); };\n";
	static const struct {
		const char *calls;
		bool guarded;
	} ends[] = {
		{ "main();\n", false },
		{ "", false },
		{ "if (process.env.NODE_ENV !== 'production') main();\n",
		  true },
		{ "(() => { if (process.env.NODE_ENV === 'production') "
		  "return;\n  main(); })();\n",
		  true },
		{ "if (process.env.NODE_ENV === 'test') { main(); }\n"
		  "clear();\n",
		  false },
	};
	char text[400];

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		const int n = snprintf(text, sizeof(text), "%s%s", body,
				       ends[i].calls);
		const struct memory_file f = { .path = "prisma/seed.ts",
					       .text = { text, (size_t)n } };

		read_files(&f, 1);
		ck_assert_msg(!(form("call prisma.user.deleteMany()")->flags &
				FORM_GUARDED) == !ends[i].guarded,
			      "%s", ends[i].calls);
	}
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("settings");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, wrappers_are_taken_off);
	tcase_add_test(tc, a_function_runs_what_it_is_given);
	tcase_add_test(tc,
		       an_image_with_a_development_server_is_for_developers);
	tcase_add_test(tc, what_starts_a_development_server_is_no_deploy);
	tcase_add_test(tc, a_variable_says_where_the_commands_beside_it_run);
	tcase_add_test(tc, tasks_call_each_other);
	tcase_add_test(tc, only_environments_of_a_database_file_are_used);
	tcase_add_test(tc, words_behind_a_script_are_its_last);
	tcase_add_test(tc, a_variable_is_what_it_was_set_to_last);
	tcase_add_test(tc, what_only_speaks_runs_nothing);
	tcase_add_test(tc, secrets_of_commands_are_masked);
	tcase_add_test(tc, no_value_is_in_any_form);
	tcase_add_test(tc, sql_of_clients_is_read_as_statements);
	tcase_add_test(tc, the_place_of_a_command_is_what_it_says);
	tcase_add_test(tc, commands_stand_where_the_file_has_them);
	tcase_add_test(tc, a_job_is_judged_not_the_file);
	tcase_add_test(tc, a_deploy_reaches_scripts_through_others);
	tcase_add_test(tc, what_a_deploy_calls_elsewhere_is_shown_at_the_call);
	tcase_add_test(tc, mounts_prove_that_a_file_is_kept);
	tcase_add_test(tc, a_machine_keeps_what_is_deployed_to_it);
	tcase_add_test(tc, production_has_what_the_example_asks_for);
	tcase_add_test(tc, a_policy_asks_by_list_and_by_preset);
	tcase_add_test(tc, what_was_there_and_is_asked_for_is_removed);
	tcase_add_test(tc, environments_do_not_share_a_database);
	tcase_add_test(tc, programs_hold_settings_and_commands);
	tcase_add_test(tc, seeds_that_ask_first_are_guarded);
	tcase_add_test(tc, actions_that_log_in_run_on_the_server);
	tcase_add_test(tc, machines_and_platforms_have_hooks);
	tcase_add_test(tc, stages_of_a_pipeline_say_where_they_run);
	tcase_add_test(tc, a_database_in_a_container_is_at_hand);
	tcase_add_test(tc, what_ends_in_the_server_starts_a_container);
	tcase_add_test(tc, programs_run_commands_in_ways_of_their_own);
	tcase_add_test(tc, a_seed_that_no_deploy_runs_is_for_developers);
	tcase_add_test(tc, what_every_new_server_has_is_no_data);
	tcase_add_test(tc, files_under_any_name_hold_containers);
	tcase_add_test(tc, what_is_at_hand_only_is_not_deployed);
	tcase_add_test(tc, variables_are_named_after_programs);
	tcase_add_test(tc, steps_give_words_to_programs);
	tcase_add_test(tc, plays_take_databases_away);
	tcase_add_test(tc, tasks_of_envoy_run_where_they_say);
	tcase_add_test(tc, what_somebody_types_is_no_server);
	tcase_add_test(tc, who_is_asked_or_asks_is_no_deploy);
	tcase_add_test(tc, services_over_their_own_source_are_for_developers);
	tcase_add_test(tc, a_choice_of_databases_is_no_fallback);
	tcase_add_test(tc, who_takes_infrastructure_down_by_name_means_it);
	tcase_add_test(tc, a_file_of_sql_is_read_where_a_deploy_runs_it);
	tcase_add_test(tc, a_database_in_memory_can_be_dropped);
	tcase_add_test(tc, who_is_asked_or_gives_an_option_means_it);
	tcase_add_test(tc, a_condition_holds_for_the_lines_below_it);
	tcase_add_test(tc, what_answers_requests_is_deployed);
	tcase_add_test(tc, a_guard_may_stand_where_the_function_is_called);
	return suite_status(suite_create("settings and commands"), tc);
}
