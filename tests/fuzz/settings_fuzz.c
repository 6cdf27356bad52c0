#include <assert.h>
#include <stdint.h>

#include "compiler.h"
#include "settings_tree.h"

/*
 * Any bytes as any file that holds settings or commands; the first byte picks
 * the path. The file lies among others that call it and that it calls. Forms
 * are one line, in the order of the text, and lie in it.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const paths[] = {
	".env.production",
	"docker-compose.prod.yml",
	"k8s/prod.yaml",
	"values-prod.yaml",
	".github/workflows/deploy.yml",
	".gitlab-ci.yml",
	".circleci/config.yml",
	"render.yaml",
	"fly.toml",
	"railway.json",
	"vercel.json",
	"netlify.toml",
	"heroku.yml",
	"app.json",
	"Procfile",
	"serverless.yml",
	"wrangler.toml",
	"litefs.yml",
	"package.json",
	"composer.json",
	"Makefile",
	"justfile",
	"Taskfile.yml",
	"deploy.sh",
	"Dockerfile",
	"config/database.yml",
	"application-prod.properties",
	"appsettings.Production.json",
	"prod.tfvars",
	"prisma/schema.prisma",
	"prisma/seed.ts",
	"db/seeds.rb",
	"seed.sql",
	"src/db.ts",
	"app/prod.py",
	"config/environments/production.rb",
	"database/seeders/a.php",
	"Program.cs",
	"main.go",
	"config/prod.exs",
};

static void check_form(const struct form *f, size_t size)
{
	assert(f->text.len);
	assert(span_end(f->span) <= size && span_end(f->whole) <= size);
	for (size_t i = 0; i < f->text.len; i++)
		assert(f->text.ptr[i] != '\n' && f->text.ptr[i] != '\r');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	const struct memory_file files[] = {
		{ .path = paths[data[0] % ARRAY_LEN(paths)],
		  .text = { (const char *)data + 1, size - 1 } },
		{ .path = "scripts/deploy.sh",
		  .text = STR_INIT("npm run a\nmake b\n./deploy.sh\n") },
		{ .path = "web/package.json",
		  .text = STR_INIT(
			  "{\"scripts\": {\"start\": \"npm run a\"}}") },
		{ .path = ".env.example", .text = STR_INIT("A=\nB=\n") },
	};
	struct settings_case c;
	const struct form *last = NULL;

	if (settings_case_read(&c, files, ARRAY_LEN(files), NULL)) {
		vec_each(const struct form, f, &c.reading.forms) {
			check_form(f, size - 1);
			assert(!last || last->span.off <= f->span.off);
			last = f;
		}
		vec_each(const struct gap, g, &c.reading.gaps)
			assert(span_end(g->span) < size);
	}
	arena_free(&c.arena);
	return 0;
}
