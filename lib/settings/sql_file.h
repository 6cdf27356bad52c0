#ifndef SETTINGS_SQL_FILE_H
#define SETTINGS_SQL_FILE_H

#include "sibling.h"

/*
 * SQL files that a deploy hands to a client: `psql -f schema.sql`. Adds a form
 * for the first statement of each that destroys something, at the place of the
 * command.
 */
void sql_files_bring(struct settings_run *run, struct collector *c);

#endif
