#include "policy.h"

unsigned policy_needs(const struct policy *p, enum level l)
{
	static const unsigned standard[] = {
		[LEVEL_OFF] = 0,
		[LEVEL_CAUTION] = 0,
		[LEVEL_RESTRICTED] = NEEDS_OVERRIDE,
		[LEVEL_DANGEROUS] = NEEDS_OVERRIDE | NEEDS_PLAN,
	};

	return p->has_needs[l] ? p->needs[l] : standard[l];
}

enum level policy_level(const struct policy *p, const struct rule *r)
{
	enum level level = r->level;

	for (size_t i = 0; i < p->levels.count; i++)
		if (!strcmp(p->levels.item[i].id, r->id))
			return p->levels.item[i].level;
	if (level == LEVEL_OFF && p->strict)
		level = LEVEL_CAUTION;
	return level;
}
