#include "predicate.h"

#include "compiler.h"

static const char *const names[] = {
#define ROW(name) #name,
	PREDICATES(ROW)
#undef ROW
};

const char *predicate_name(enum predicate p)
{
	return names[p];
}

bool predicate_from_name(enum predicate *out, struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, str_of(names[i]))) {
			*out = (enum predicate)i;
			return true;
		}
	return false;
}
