#include "judge_refs.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "run.h"

static bool same_commit(const struct finding *x, const struct finding *y)
{
	return x->commit == y->commit ||
	       (x->commit && y->commit && !strcmp(x->commit, y->commit));
}

static bool same_finding(const struct finding *x, const struct finding *y)
{
	return !strcmp(x->fingerprint, y->fingerprint) &&
	       x->status == y->status && x->span.off == y->span.off &&
	       !strcmp(x->source->path, y->source->path) && same_commit(x, y);
}

static void add_findings(struct findings *all, const struct findings *more,
			 struct arena *a)
{
	const size_t before = all->count;

	vec_each(const struct finding, f, more) {
		bool known = false;

		for (size_t i = 0; i < before && !known; i++)
			known = same_finding(&all->item[i], f);
		if (!known)
			vec_push(all, a, *f);
	}
}

static void add_unread(struct unread_files *all,
		       const struct unread_files *more, struct arena *a)
{
	vec_each(const struct unread_file, u, more) {
		bool known = false;

		for (size_t i = 0; i < all->count && !known; i++)
			known = !strcmp(all->item[i].path, u->path);
		if (!known)
			vec_push(all, a, *u);
	}
}

static void add_outcome(struct outcome *all, const struct outcome *more,
			struct arena *a)
{
	add_findings(&all->findings, &more->findings, a);
	add_unread(&all->unread, &more->unread, a);
	all->files += more->files;
	all->statements += more->statements;
	all->settings += more->settings;
	all->commands += more->commands;
	all->blocked |= more->blocked;
}

static int by_place(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int c = strcmp(x->source->path, y->source->path);

	if (!c)
		c = (x->span.off > y->span.off) - (x->span.off < y->span.off);
	return c ? c : strcmp(x->rule->id, y->rule->id);
}

int judge_refs(struct outcome *out, struct git *git,
	       const struct push_target *target, struct push_refs *refs,
	       struct arena *a, struct err *err)
{
	const struct run_options options = { .command = target->here
								? "pre-receive"
								: "pre-push" };

	*out = (struct outcome){ 0 };
	if (git_push_keep_new(refs, git, target, a, err) < 0)
		return -1;
	vec_each(const struct push_ref, ref, refs) {
		struct changes *changes = arena_new(a, struct changes);
		struct outcome one;

		if (git_changes_push(changes, git, target, ref, a, err) < 0 ||
		    run_changes(&one, changes, &options, a, err) < 0)
			return -1;
		add_outcome(out, &one, a);
	}
	if (refs->count > 1 && out->findings.count)
		qsort(out->findings.item, out->findings.count,
		      sizeof(*out->findings.item), by_place);
	return 0;
}

void outcome_decide(struct outcome *o)
{
	o->blocked = false;
	vec_each(const struct finding, f, &o->findings)
		o->blocked |= f->status == STATUS_BLOCKED;
}
