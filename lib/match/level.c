#include "level.h"

#include "compiler.h"

static const char *const names[] = {
	[LEVEL_OFF] = "off",
	[LEVEL_CAUTION] = "caution",
	[LEVEL_RESTRICTED] = "restricted",
	[LEVEL_DANGEROUS] = "dangerous",
};

const char *level_name(enum level l)
{
	return names[l];
}

bool level_from_name(enum level *out, struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, str_of(names[i]))) {
			*out = (enum level)i;
			return true;
		}
	return false;
}
