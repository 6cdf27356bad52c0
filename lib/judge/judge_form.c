#include "finding_make.h"
#include "judge_private.h"

/* A rule that matched a form, before `replaces` is settled. */
struct hit {
	const struct rule *rule;
	struct groups groups;
	bool replaced;
};

struct hits VEC(struct hit);

/* What of a question the capture of a name answers, folded; of several that
 * answer the same, the first that is there. */
static const struct role {
	const char *capture;
	size_t field;
	bool last_part; /* of a dotted name */
} roles[] = {
	{ "table", offsetof(struct question, table), false },
	{ "view", offsetof(struct question, table), false },
	{ "column", offsetof(struct question, column), true },
	{ "name", offsetof(struct question, name), false },
	{ "index", offsetof(struct question, name), false },
	{ "view", offsetof(struct question, name), false },
	{ "sequence", offsetof(struct question, name), false },
	{ "function", offsetof(struct question, name), false },
	{ "trigger", offsetof(struct question, name), false },
	{ "schema", offsetof(struct question, name), false },
	{ "domain", offsetof(struct question, name), false },
	{ "new", offsetof(struct question, new_name), false },
	{ "type", offsetof(struct question, type), false },
	{ "constraint", offsetof(struct question, constraint), true },
};

static struct str *field_of(struct question *q, const struct role *r)
{
	return (struct str *)(void *)((char *)q + r->field);
}

static struct str capture_of(const struct groups *groups, const char *name)
{
	vec_each(const struct group, g, groups)
		if (*g->name == *name && !strcmp(g->name, name))
			return g->value;
	return (struct str){ "", 0 };
}

static struct str folded(struct question *q, struct str raw, enum dialect d,
			 struct arena *a)
{
	struct folded_name *f =
		&q->folded[(uintptr_t)raw.ptr % ARRAY_LEN(q->folded)];

	if (f->raw.ptr != raw.ptr || f->raw.len != raw.len)
		*f = (struct folded_name){ raw, plain_fold(raw, d, a) };
	return f->folded;
}

static void take_captures(struct question *q, const struct groups *groups,
			  enum dialect d, struct arena *a)
{
	unsigned letters = 0; /* a bit for each that a group begins with */

	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		*field_of(q, &roles[i]) = (struct str){ "", 0 };
	vec_each(const struct group, g, groups)
		letters |= 1u << (*g->name & 31);
	/* backwards: what comes first is what stays */
	for (size_t i = ARRAY_LEN(roles); letters && i--;) {
		if (!(letters >> (*roles[i].capture & 31) & 1))
			continue;
		const struct str raw = capture_of(groups, roles[i].capture);

		if (!raw.len)
			continue;
		const struct str name = folded(q, raw, d, a);

		*field_of(q, &roles[i]) =
			roles[i].last_part ? plain_last_part(name) : name;
	}
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

	if (!matcher_match(w->j->matcher, t->pattern->regex, text, w->scratch,
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

/* What no regex catches: the columns that a rebuild leaves behind. */
static void add_lost_columns(struct captures *out, const struct rule *r,
			     const struct question *q, struct arena *a)
{
	for (size_t i = 0; i < r->when_count; i++)
		if (r->when[i] == PREDICATE_rebuild_loses_column)
			vec_push(out, a,
				 (struct capture){
					 "columns",
					 question_lost_columns(q, a) });
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
	add_lost_columns(&f->captures, hit->rule, q, a);
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

static void try_attempt(struct work *w, struct question *q,
			const struct attempt *t, struct str text,
			struct hits *hits)
{
	struct groups groups = { 0 };

	if (speaks_dialect(t->rule, w->file->dialect) &&
	    attempt_is_worth(t, text) && !already_hit(hits, t->rule) &&
	    attempt_matches(w, t, q, &groups))
		vec_push(hits, w->scratch,
			 (struct hit){ t->rule, groups, false });
}

/* The rules whose forms begin as this one does; `text` is the form's, in upper
 * case, and `bits` are the regexes that are worth a try: few, of a setting's. */
static void try_lead(struct work *w, struct question *q, const struct lead *l,
		     struct str text, uint64_t bits, struct hits *hits)
{
	const struct rule_index *x = &w->j->index;
	const struct str rest = str_slice(text, l->head.len, text.len);
	const size_t name = l->tails & bits ? plain_name_len(rest) : 0;
	const struct str behind = str_slice(rest, name, rest.len);
	uint64_t left = bits & l->numbers;

	if (q->form->kind == FORM_SETTING && x->settings <= RULE_INDEX_VALUES) {
		for (unsigned n = 0; left; n++, left >>= 1)
			if (left & 1 && str_starts(behind, x->numbered[n].tail))
				try_attempt(w, q, &x->numbered[n], text, hits);
		return;
	}
	vec_each(struct attempt, t, &l->attempts)
		if (is_among(bits, t->number) && str_starts(behind, t->tail))
			try_attempt(w, q, t, text, hits);
}

/* Good until the next form is judged. */
static struct str upper_copy(struct strbuf *out, struct str s)
{
	out->len = 0;
	strbuf_reserve(out, s.len);
	str_upper_to(out->ptr, s);
	return (struct str){ out->ptr, s.len };
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
	const struct str text = upper_copy(&w->upper, q->form->text);
	const uint64_t bits = worth_trying(w, q->form);
	struct hits hits = { 0 };

	vec_each(struct lead, l, leads)
		if (l->numbers & bits && str_starts(text, l->head))
			try_lead(w, q, l, text, bits, &hits);
	check_limits(w, q->form);
	settle_replaced(&hits);
	for (size_t i = 0; i < hits.count; i++)
		if (!hits.item[i].replaced)
			report_hit(w, &hits.item[i], q);
}
