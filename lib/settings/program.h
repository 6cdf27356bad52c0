#ifndef SETTINGS_PROGRAM_H
#define SETTINGS_PROGRAM_H

#include "shell.h"

/* The part of a path behind its last '/'. */
struct str path_base(struct str path);

/*
 * The name of a program as its manual has it: no folder, no version, no
 * second spelling. `bin/rake` is rails, `prisma@6` is prisma.
 */
struct str program_name(struct str word);

/*
 * Takes an interpreter off that runs a program which is known by another
 * name: `node node_modules/prisma/build/index.js`, `python manage.py`,
 * `php artisan`. Writes the name into `w`; returns how many words to drop.
 */
size_t program_unwrap(struct shell_word *w, size_t count);

/* Is that script of package.json, or that program with its first argument, the
 * server of a developer: `dev`, `next dev`, `nodemon`? */
bool script_is_dev_server(struct str name);
bool program_is_dev_server(struct str name, struct str argument);

/* Is it the server that users talk to, with these first arguments? Not what a
 * developer starts as well: `npm start`, `rails server`. */
bool program_is_server(const struct shell_word *word, size_t count);

/* Does it read SQL from its standard input, or from an option? */
bool program_is_sql_client(struct str name);

#endif
