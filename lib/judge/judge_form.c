#include "finding_make.h"
#include "judge_private.h"

/* A rule that matched a form, before `replaces` is settled. */
struct hit {
	const struct rule *rule;
	struct groups groups;
	bool replaced;
};

struct hits VEC(struct hit);

/* The folded capture of that name; empty where the regex has none. */
static struct str capture_of(const struct groups *groups, const char *name,
			     enum dialect d, struct arena *a)
{
	for (size_t i = 0; i < groups->count; i++)
		if (*groups->item[i].name == *name &&
		    !strcmp(groups->item[i].name, name))
			return plain_fold(groups->item[i].value, d, a);
	return (struct str){ "", 0 };
}

static struct str any_capture(const struct groups *groups,
			      const char *const *names, enum dialect d,
			      struct arena *a)
{
	struct str value = { "", 0 };

	for (; *names && !value.len; names++)
		value = capture_of(groups, *names, d, a);
	return value;
}

static void take_captures(struct question *q, const struct groups *g,
			  enum dialect d, struct arena *a)
{
	static const char *const tables[] = { "table", "view", NULL };
	static const char *const names[] = { "name",	 "index",    "view",
					     "sequence", "function", "trigger",
					     "schema",	 "domain",   NULL };

	q->table = any_capture(g, tables, d, a);
	q->column = plain_last_part(capture_of(g, "column", d, a));
	q->name = any_capture(g, names, d, a);
	q->new_name = capture_of(g, "new", d, a);
	q->type = capture_of(g, "type", d, a);
	q->constraint = plain_last_part(capture_of(g, "constraint", d, a));
}

static bool any_holds(const enum predicate *p, size_t count,
		      const struct question *q)
{
	for (size_t i = 0; i < count; i++)
		if (predicate_holds(p[i], q))
			return true;
	return false;
}

static bool all_hold(const enum predicate *p, size_t count,
		     const struct question *q)
{
	for (size_t i = 0; i < count; i++)
		if (!predicate_holds(p[i], q))
			return false;
	return true;
}

static bool speaks_dialect(const struct rule *r, enum dialect d)
{
	return !r->dialects || (r->dialects & 1u << d);
}

static bool already_hit(const struct hits *hits, const struct rule *r)
{
	for (size_t i = 0; i < hits->count; i++)
		if (hits->item[i].rule == r)
			return true;
	return false;
}

/* Tries one regex; on success the question has its captures. */
static bool attempt_matches(struct work *w, const struct attempt *t,
			    struct question *q, struct groups *groups)
{
	const struct str text = q->form->text;
	const struct rule *r = t->rule;

	if (!speaks_dialect(r, w->file->dialect) ||
	    !matcher_match(w->j->matcher, t->pattern->regex, text, w->scratch,
			   groups))
		return false;
	if (r->except &&
	    matcher_match(w->j->matcher, r->except, text, w->scratch, NULL))
		return false;
	take_captures(q, groups, w->file->dialect, w->scratch);
	return all_hold(r->when, r->when_count, q) &&
	       !any_holds(r->unless, r->unless_count, q);
}

static void settle_replaced(struct hits *hits)
{
	for (size_t i = 0; i < hits->count; i++)
		for (size_t n = 0; n < hits->item[i].rule->replaces_count; n++)
			for (size_t k = 0; k < hits->count; k++)
				hits->item[k].replaced |= !strcmp(
					hits->item[k].rule->id,
					hits->item[i].rule->replaces[n]);
}

static void report_hit(struct work *w, const struct hit *hit,
		       struct question *q)
{
	struct arena *a = w->j->arena;

	take_captures(q, &hit->groups, w->file->dialect, w->scratch);
	const enum level level = work_level(w, hit->rule, q);

	if (level == LEVEL_OFF)
		return;
	struct finding *f = work_add(w, hit->rule, level, q->form->span,
				     q->form->whole, q->form->text);

	finding_captures(&f->captures, &hit->groups, a);
	finding_texts(f, q, &w->j->whys, a);
	finding_fingerprint(f);
}

/* The regexes by their numbers that are worth a try. */
static uint64_t worth_trying(struct work *w, const struct form *f)
{
	return f->kind == FORM_SETTING
		       ? value_memo_try(&w->j->memo, w->j->matcher,
					&w->j->index, f->text)
		       : ~(uint64_t)0;
}

static bool is_among(uint64_t bits, unsigned number)
{
	return number >= RULE_INDEX_VALUES || bits >> number & 1;
}

/* The rules whose forms begin as this one does; `bits` are the regexes that
 * are worth a try. */
static void try_lead(struct work *w, struct question *q, const struct lead *l,
		     uint64_t bits, struct hits *hits)
{
	const struct str text = q->form->text;
	const struct str rest = str_slice(text, l->head.len, text.len);
	const size_t name = l->tails ? plain_name_len(rest) : 0;
	const struct str behind = str_slice(rest, name, rest.len);

	vec_each(struct attempt, t, &l->attempts) {
		struct groups groups = { 0 };

		if (is_among(bits, t->number) && str_istarts(behind, t->tail) &&
		    !already_hit(hits, t->rule) &&
		    attempt_matches(w, t, q, &groups))
			vec_push(hits, w->scratch,
				 (struct hit){ t->rule, groups, false });
	}
}

/* A rule that could not be tried is no rule that found nothing. */
static void check_limits(struct work *w, const struct form *f)
{
	static const char reason[] = "a statement is too long for the rules";
	static const char *const names[] = { "reason", NULL };
	const char *const values[] = { reason };

	if (!matcher_gave_up(w->j->matcher))
		return;
	work_add_fact(w, "unread-file", f->span, names, values);
	vec_push(&w->j->outcome->unread, w->j->arena,
		 (struct unread_file){ work_source(w)->path, reason });
}

/* All rules on one form. */
void judge_form(struct work *w, struct question *q)
{
	const struct leads *leads = rule_index_leads(&w->j->index, q->form);
	const uint64_t bits = worth_trying(w, q->form);
	struct hits hits = { 0 };

	vec_each(struct lead, l, leads)
		if (l->numbers & bits && str_istarts(q->form->text, l->head))
			try_lead(w, q, l, bits, &hits);
	check_limits(w, q->form);
	settle_replaced(&hits);
	for (size_t i = 0; i < hits.count; i++)
		if (!hits.item[i].replaced)
			report_hit(w, &hits.item[i], q);
}
