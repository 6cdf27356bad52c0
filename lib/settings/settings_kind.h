#ifndef SETTINGS_SETTINGS_KIND_H
#define SETTINGS_SETTINGS_KIND_H

#include "form.h"

/* How a file is written. */
enum settings_format {
	FORMAT_DOTENV,
	FORMAT_YAML,
	FORMAT_JSON,
	FORMAT_TOML,
	FORMAT_INI,
	FORMAT_SHELL,
	FORMAT_DOCKERFILE,
	FORMAT_MAKEFILE,
	FORMAT_JUSTFILE,
	FORMAT_PROCFILE,
	FORMAT_ENVOY,
	FORMAT_PRISMA,
	FORMAT_SQL,
	FORMAT_CODE,
};

/* What a file is for, which says where its settings and commands stand. */
enum settings_role {
	SETTINGS_NONE,	 /* of no interest */
	SETTINGS_PLAIN,	 /* the format says it all */
	SETTINGS_CONFIG, /* a tree of settings */
	SETTINGS_COMPOSE,
	SETTINGS_KUBERNETES, /* only if the text is one */
	SETTINGS_HELM,
	SETTINGS_GITHUB,
	SETTINGS_GITLAB,
	SETTINGS_CI, /* any other: commands under keys like `script` */
	SETTINGS_RAILS_DATABASE,
	SETTINGS_SERVERLESS,
	SETTINGS_RENDER,
	SETTINGS_HEROKU,
	SETTINGS_TASKFILE,
	SETTINGS_PACKAGE,
	SETTINGS_COMPOSER,
	SETTINGS_APP_JSON,
	SETTINGS_VERCEL,
	SETTINGS_RAILWAY,
	SETTINGS_NETLIFY,
	SETTINGS_FLY,
	SETTINGS_WRANGLER,
	SETTINGS_LITEFS,
	SETTINGS_APP_ENGINE, /* only if the text is one */
	SETTINGS_SERVICE,    /* programs that a machine keeps running */
	SETTINGS_SEED,	     /* a program that fills a database */
	SETTINGS_SCRIPT,     /* a program without an ending: only with a `#!` */
};

enum {
	KIND_DEPLOY = 1u << 0,	/* its commands run on deploy or start */
	KIND_LOCAL = 1u << 1,	/* … on a developer's machine */
	KIND_NO_DISK = 1u << 2, /* the platform keeps no files */
	KIND_DISK = 1u << 3,	/* … a disk of its own: a rented machine */
	KIND_BACKUP = 1u << 4,
};

struct settings_kind {
	enum settings_role role;
	enum settings_format format;
	enum environment environment; /* of the whole file */
	unsigned flags;
	const char *language; /* of FORMAT_CODE: ruby, python, … */
};

/* What the file at `path` is. False where it is of no interest. */
bool settings_kind_of(struct settings_kind *out, struct str path);

/* Looks into the text where the path alone cannot say; false where it is of
 * no interest after all. */
bool settings_kind_of_text(struct settings_kind *kind, struct str text);

/* Is it the name of a shell script that runs on deploy or at the start? */
bool is_deploy_script(struct str path);

#endif
