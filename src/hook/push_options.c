#include "push_options.h"

#include <stdlib.h>

#include "arena.h"
#include "policy.h"

static const struct str allow_prefix = STR_INIT("holdfast.allow=");
static const struct str plan_prefix = STR_INIT("holdfast.rollback-plan=");

enum { OPTIONS_MAX = 1000 };

static size_t option_count(void)
{
	const char *count = getenv("GIT_PUSH_OPTION_COUNT");
	const unsigned long n = count ? strtoul(count, NULL, 10) : 0;

	return n < OPTIONS_MAX ? n : OPTIONS_MAX;
}

bool push_options_read(struct push_options *out, struct arena *a)
{
	const size_t count = option_count();

	*out = (struct push_options){ .allow = arena_array(a, struct str,
							   count + 1) };
	for (size_t i = 0; i < count; i++) {
		const char *name = arena_format(a, "GIT_PUSH_OPTION_%zu", i);
		const struct str s = str_of(getenv(name));

		if (str_starts(s, allow_prefix))
			out->allow[out->allow_count++] =
				str_slice(s, allow_prefix.len, s.len);
		else if (str_starts(s, plan_prefix))
			out->rollback_plan = str_dup(
				a,
				str_trim(str_slice(s, plan_prefix.len, s.len)));
	}
	return out->allow_count > 0;
}

/* The reason that allows the rule; empty where there is none. */
static struct str reason_for(const struct push_options *o, const char *rule)
{
	for (size_t i = 0; i < o->allow_count; i++) {
		const struct str s = o->allow[i];
		const size_t colon = str_find_byte(s, ':');

		if (colon != SIZE_MAX &&
		    str_eq(str_trim(str_slice(s, 0, colon)), str_of(rule)))
			return str_trim(str_slice(s, colon + 1, s.len));
	}
	return (struct str){ "", 0 };
}

static bool allowed(const struct push_options *o, const struct finding *f,
		    struct str reason)
{
	const unsigned never = NEEDS_BACKUP | NEEDS_APPROVAL;
	const bool wants_plan =
		f->level == LEVEL_DANGEROUS || (f->missing & NEEDS_PLAN);

	return reason.len && !(f->missing & never) &&
	       (!wants_plan || (o->rollback_plan && *o->rollback_plan));
}

void push_options_apply(const struct push_options *o, struct findings *all,
			struct arena *a)
{
	vec_each(struct finding, f, all) {
		const struct str reason = reason_for(o, f->rule->id);

		if (f->status != STATUS_BLOCKED || !allowed(o, f, reason))
			continue;
		f->status = STATUS_OVERRIDDEN;
		f->override.annotation = "push option";
		f->override.reason = str_dup(a, reason);
		f->override.rollback_plan = o->rollback_plan;
	}
}
