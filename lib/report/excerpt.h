#ifndef REPORT_EXCERPT_H
#define REPORT_EXCERPT_H

#include "page.h"

/*
 * The lines that a finding is about, with their numbers. What it points at is
 * underlined on one line, and marked with ">" where it takes several. Long
 * lines are cut around the place. Prints nothing, and returns false, where
 * there is nothing to quote or quoting could show a secret.
 */
bool excerpt_print(const struct page *p, const struct finding *f);

#endif
