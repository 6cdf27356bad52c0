#include "judge_private.h"

/* What goes while the code that is running still needs it belongs to another
 * phase. */
static void check_phase(struct work *w, const struct annotation_groups *groups)
{
	static const char *const names[] = { "phase", "found", NULL };
	struct span where = { 0, 0 };
	const struct str phase = annotations_phase(groups, &where);
	const struct findings *all = &w->j->outcome->findings;

	if (!str_ieq(phase, STR("expand")) && !str_ieq(phase, STR("backfill")))
		return;
	for (size_t i = w->first; i < all->count; i++)
		if (all->item[i].rule->contract) {
			const char *const values[] = {
				str_dup(w->j->arena, phase), "contract"
			};

			const size_t before = w->wholes.count;

			work_add_fact(w, "phase-mismatch", where, names,
				      values);
			/* whoever allows the statement allows it here */
			if (w->wholes.count > before)
				*vec_last(&w->wholes) =
					w->wholes.item[i - w->first];
			return;
		}
}

static void check_annotations(struct work *w,
			      const struct annotation_groups *groups)
{
	static const char *const names[] = { "annotation", "reason", NULL };

	for (size_t i = 0; i < groups->count; i++)
		for (size_t n = 0; n < groups->item[i].list.count; n++) {
			const struct annotation *one =
				&groups->item[i].list.item[n];
			const bool override =
				one->kind == ANNOTATION_OVERRIDE ||
				one->kind == ANNOTATION_ALLOW;
			const char *const values[] = {
				arena_format(w->j->arena, "@" STR_FMT,
					     STR_ARG(one->name)),
				one->problem ? one->problem : ""
			};

			if (one->old)
				continue;
			if (one->kind == ANNOTATION_MALFORMED)
				work_add_fact(w, "malformed-override",
					      one->span, names, values);
			else if (override && !one->used)
				work_add_fact(w, "unused-override", one->span,
					      names, values);
		}
}

/* A lasting exception of the configuration. */
static bool allowed_by_policy(const struct judge *j, struct finding *f)
{
	for (size_t i = 0; i < j->policy->allows.count; i++) {
		const struct allow *one = &j->policy->allows.item[i];

		if ((strcmp(one->rule, "*") != 0 &&
		     strcmp(one->rule, f->rule->id) != 0) ||
		    !glob_match(one->path, str_of(f->source->path)))
			continue;
		f->status = STATUS_OVERRIDDEN;
		f->override.annotation = "allow:";
		f->override.reason = one->reason;
		f->note = NULL;
		return true;
	}
	return false;
}

void judge_settle(struct work *w, struct annotation_groups *groups, size_t from)
{
	struct findings *all = &w->j->outcome->findings;

	for (size_t i = from; i < all->count; i++) {
		struct finding *f = &all->item[i];

		annotations_settle(f, w->wholes.item[i - w->first], groups,
				   w->j->policy, w->j->arena);
		if (f->level > LEVEL_CAUTION)
			allowed_by_policy(w->j, f);
	}
}

/* Overrides: what the comments say of the findings, then what is to be said
 * of the comments. */
void judge_overrides(struct work *w)
{
	struct annotation_groups groups = { 0 };
	struct source *src = w->kept ? w->kept : w->file->source;

	annotations_read(&groups, src, w->file->now, w->file->old, w->j->policy,
			 w->j->rules, w->j->arena);
	check_phase(w, &groups);
	judge_settle(w, &groups, w->first);
	const size_t told = w->j->outcome->findings.count;

	check_annotations(w, &groups);
	judge_settle(w, &groups, told);
}
