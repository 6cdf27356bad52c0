#ifndef READ_RECIPES_H
#define READ_RECIPES_H

#include "shell.h"

/*
 * Files that are lists of named commands: Makefile, justfile, Procfile, Envoy.blade.php. Each
 * command is a script of the shell, one line (with those that continue it) or
 * a whole body that begins with `#!`.
 */
struct recipe {
	struct str name;    /* the target; of several, as written */
	struct str depends; /* targets that run before it, blanks between */
	struct str script;  /* a view of the source, or in the arena where
			    * make's variables were filled in */
	struct span span;
	enum shell_host host;
};

struct recipes VEC(struct recipe);

/* A target without commands is there too, with an empty script. */
void read_makefile(struct recipes *out, struct reading *r,
		   const struct source *src);
void read_justfile(struct recipes *out, struct reading *r,
		   const struct source *src);
void read_procfile(struct recipes *out, struct reading *r,
		   const struct source *src);
/* The tasks of an Envoy file, which run on the server: `@task('name') … ` */
void read_envoy(struct recipes *out, struct reading *r,
		const struct source *src);

#endif
