#ifndef READ_CHOICES_H
#define READ_CHOICES_H

#include "form.h"

/* Could a file of that path hold models with named values? */
bool choices_possible(const char *path);

/*
 * The stored values that a model gives names, into `out->choices`: `enum` of
 * Rails, choices of Django, enums of a Prisma schema. What is not written out
 * (computed, taken from elsewhere) is left out.
 */
void read_choices(struct reading *out, const struct source *src);

#endif
