#include "policy_loosened.h"

#include "compiler.h"
#include "strbuf.h"

enum { TOLD_MAX = 5 };

struct list {
	struct strbuf text;
	size_t count;
};

/* Room for one more point; false where enough are told. */
static bool next_point(struct list *l)
{
	if (++l->count > TOLD_MAX)
		return false;
	if (l->count > 1)
		strbuf_puts(&l->text, "; ");
	return true;
}

/* The highest level that a finding of the rule can have. What a policy says
 * of a rule also ends what the rule itself says of special cases. */
static enum level ceiling(const struct policy *p, const struct rule *r)
{
	enum level level = r->level;

	for (size_t i = 0; i < p->levels.count; i++)
		if (!strcmp(p->levels.item[i].id, r->id))
			return p->levels.item[i].level;
	for (size_t i = 0; i < r->level_when_count; i++)
		if (r->level_when[i].level > level)
			level = r->level_when[i].level;
	return level;
}

static void compare_levels(struct list *l, const struct policy *old,
			   const struct policy *now, const struct rules *rules)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *r = &rules->item[i];
		const enum level from = ceiling(old, r), to = ceiling(now, r);

		if (to < from && next_point(l))
			strbuf_printf(&l->text,
				      "The level of %s goes from %s to %s",
				      r->id, level_name(from), level_name(to));
	}
	if (old->strict && !now->strict && next_point(l))
		strbuf_puts(&l->text, "Strict is no longer set");
}

static bool has_allow(const struct allows *all, const struct allow *one)
{
	vec_each(const struct allow, it, all)
		if (!strcmp(it->path, one->path) &&
		    (!strcmp(it->rule, one->rule) || !strcmp(it->rule, "*")))
			return true;
	return false;
}

static void compare_allows(struct list *l, const struct policy *old,
			   const struct policy *now)
{
	vec_each(const struct allow, one, &now->allows)
		if (!has_allow(&old->allows, one) && next_point(l))
			strbuf_printf(&l->text, "Allow lets %s pass in %s",
				      strcmp(one->rule, "*") ? one->rule
							     : "every rule",
				      one->path);
}

static void compare_needs(struct list *l, const struct policy *old,
			  const struct policy *now)
{
	static const char *const names[] = { "an annotation", "a rollback plan",
					     "a backup", "an approval",
					     "a reason" };

	for (int level = LEVEL_RESTRICTED; level <= LEVEL_DANGEROUS; level++) {
		const unsigned gone = policy_needs(old, (enum level)level) &
				      ~policy_needs(now, (enum level)level);

		for (size_t i = 0; i < ARRAY_LEN(names); i++)
			if (gone >> i & 1 && next_point(l))
				strbuf_printf(&l->text,
					      "An override of what is %s no "
					      "longer needs %s",
					      level_name((enum level)level),
					      names[i]);
	}
}

static bool is_listed(const char *const *list, const char *name)
{
	for (; list && *list; list++)
		if (!strcmp(*list, name))
			return true;
	return false;
}

static void compare_names(struct list *l, const struct policy *old,
			  const struct policy *now)
{
	const char *const *it;

	if (old->approvers && !now->approvers && next_point(l))
		strbuf_puts(&l->text, "Anybody may approve");
	for (it = now->approvers; old->approvers && it && *it; it++)
		if (!is_listed(old->approvers, *it) && next_point(l))
			strbuf_printf(&l->text, "%s may approve", *it);
	for (it = now->annotations; it && *it; it++)
		if (!is_listed(old->annotations, *it) && next_point(l))
			strbuf_printf(&l->text, "@%s counts as an override",
				      *it);
}

const char *policy_loosened(const struct policy *old, const struct policy *now,
			    const struct rules *rules, struct arena *a)
{
	struct list l = { .text = STRBUF(a) };

	compare_levels(&l, old, now, rules);
	compare_allows(&l, old, now);
	compare_needs(&l, old, now);
	compare_names(&l, old, now);
	if (l.count > TOLD_MAX)
		strbuf_printf(&l.text, "; and %zu more", l.count - TOLD_MAX);
	return l.count ? strbuf_cstr(&l.text) : NULL;
}
