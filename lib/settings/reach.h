#ifndef SETTINGS_REACH_H
#define SETTINGS_REACH_H

#include "sibling.h"

/*
 * Who runs what. A script that resets a database is harmless until a deploy
 * reaches it, through `npm run`, `make`, a file that another runs, or the
 * seed of a framework; that is found here, in both directions.
 */

/*
 * Marks the forms of the file that a deploy reaches: from its own scripts
 * that run by themselves, and, where something in it is worth the search,
 * from the other files of the tree.
 */
void reach_inward(struct settings_run *run, struct collector *c);

/*
 * Adds what the deploy commands of the file reach in files that are not part
 * of the change: their forms, at the place of the command that calls.
 */
void reach_outward(struct settings_run *run, struct collector *c);

#endif
