#ifndef RUN_RUN_SETTINGS_H
#define RUN_RUN_SETTINGS_H

#include "change.h"
#include "judge.h"
#include "kind.h"
#include "settings.h"

/* Judges every changed file that holds settings or commands and is no
 * migration. Findings and counts go to the judge. */
void run_settings(struct judge *j, const struct changes *changes,
		  struct kinds *kinds, const struct settings_policy *policy,
		  struct arena *a);

#endif
