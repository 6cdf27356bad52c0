#include "finding_make.h"
#include "judge_private.h"

struct source *work_source(struct work *w)
{
	if (!w->kept) {
		struct arena *a = w->j->arena;

		w->kept = arena_new(a, struct source);
		w->kept->path = str_dup(a, str_of(w->file->source->path));
		w->kept->hidden = w->file->source->hidden;
		w->kept->text = str_copy(a, w->file->source->text);
	}
	return w->kept;
}

struct finding *work_add(struct work *w, const struct rule *rule,
			 enum level level, struct span span, struct span whole,
			 struct str form)
{
	struct finding f = {
		.rule = rule,
		.level = level,
		.source = work_source(w),
		.span = span,
		.form = str_copy(w->j->arena, form),
		.commit = w->file->commit,
	};

	vec_push(&w->j->outcome->findings, w->j->arena, f);
	vec_push(&w->wholes, w->scratch, whole);
	return vec_last(&w->j->outcome->findings);
}

enum level work_level(const struct work *w, const struct rule *r,
		      const struct question *q)
{
	const struct judge *j = w->j;
	const enum level level = policy_level(j->policy, r);

	for (size_t i = 0; i < j->policy->levels.count; i++)
		if (!strcmp(j->policy->levels.item[i].id, r->id))
			return level;
	for (size_t i = 0; i < r->level_when_count; i++)
		if (predicate_holds(r->level_when[i].predicate, q))
			return r->level_when[i].level == LEVEL_OFF &&
					       j->policy->strict
				       ? LEVEL_CAUTION
				       : r->level_when[i].level;
	return level;
}

struct finding *work_add_fact(struct work *w, const char *id, struct span span,
			      const char *const *names,
			      const char *const *values)
{
	static const struct form no_form;
	static const struct effect no_effect;
	const struct rule *r = rule_named(w->j->rules, str_of(id));
	const struct question q = { .form = &no_form,
				    .effect = &no_effect,
				    .framework = w->file->framework };
	struct arena *a = w->j->arena;

	if (!r)
		return NULL;
	const enum level level = work_level(w, r, &q);

	if (level == LEVEL_OFF)
		return NULL;
	struct finding *f =
		work_add(w, r, level, span, span, (struct str){ "", 0 });

	for (; names && *names; names++, values++)
		vec_push(&f->captures, a,
			 (struct capture){ *names,
					   str_copy(a, str_of(*values)) });
	finding_texts(f, &q, &w->j->whys, a);
	finding_fingerprint(f);
	return f;
}
