#ifndef SETTINGS_PARITY_H
#define SETTINGS_PARITY_H

#include "sibling.h"

/*
 * What an environment file has to hold, by the files beside it: keys that the
 * team, the example or the program asks for; another database in every
 * environment; the same feature flags. Adds a form for each thing missing.
 */
void parity_check(struct settings_run *run, struct collector *c,
		  const struct str *old);

/* For schema.prisma: what the production environment says about a provider
 * that is written for all of them. */
void parity_schema(struct settings_run *run, struct collector *c);

#endif
