#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "builtin_frameworks.h"
#include "builtin_rules.h"
#include "code_rules.h"
#include "conflict.h"
#include "err.h"
#include "history.h"
#include "judge.h"
#include "kind.h"
#include "map.h"
#include "models.h"
#include "read.h"
#include "report.h"
#include "run_policy.h"
#include "run_settings.h"
#include "terminal.h"

/* One migration of a history: a changed file, or one that was there. */
struct unit {
	const char *path;
	const struct change *change; /* NULL: part of the history only */
	struct kind kind;
	struct source source;
	struct reading now;
	struct reading *old; /* NULL: the file is new */
	const struct file_facts *facts;
};

struct units VEC(struct unit);

/* What one run keeps. */
struct run {
	const struct changes *changes;
	const struct run_options *options;
	const struct rules *rules;
	struct config config;
	struct kinds kinds;
	struct history history;
	struct judge *judge;
	struct outcome *out;
	struct arena *arena;
};

static void read_source(struct reading *out, const struct source *src,
			const struct kind *kind)
{
	const struct read_options opt = {
		.dialect = kind->dialect,
		.direction =
			kind->backward ? DIRECTION_BACKWARD : DIRECTION_FORWARD,
		.mark_up = kind->framework->mark_up,
		.mark_down = kind->framework->mark_down,
		.headings = kind->framework->headings,
	};

	if (kind->framework->code && !str_iends(str_of(src->path), STR(".sql")))
		read_code(out, src, kind->framework->code, &opt, kind->app);
	else
		read_sql(out, src, (struct span){ 0, (uint32_t)src->text.len },
			 &opt, 0);
}

static bool is_of_interest(struct run *run, const struct change *c)
{
	if (c->status == CHANGE_DELETED || c->submodule)
		return false;
	return c->named || kind_possible(&run->kinds, c->path);
}

/* Adds one old side to what is not new; of a merge there is one per parent. */
static bool add_old(struct run *run, struct reading *old,
		    const struct change *c, enum change_side side,
		    const struct kind *kind)
{
	struct source src = { .path = c->path };
	struct str bytes;

	if (run->changes->read(run->changes->payload, old->arena, c, side,
			       &bytes) ||
	    decode_text(old->arena, bytes, &src.text))
		return false;
	read_source(old, &src, kind);
	return true;
}

/* The file as it was; NULL where it was not there or cannot be read. */
static struct reading *read_old(struct run *run, const struct change *c,
				const struct kind *kind, struct arena *a)
{
	struct reading *old = arena_new(a, struct reading);
	bool any = false;

	old->arena = a;
	if (c->status == CHANGE_MODIFIED || c->status == CHANGE_RENAMED)
		any = add_old(run, old, c, SIDE_OLD, kind);
	for (unsigned i = 0; i < c->other_parents; i++)
		any |= add_old(run, old, c, (enum change_side)(SIDE_OTHER + i),
			       kind);
	return any ? old : NULL;
}

/* Reads one changed file into a unit. False: it is none, or was reported as
 * unread. */
static bool read_unit(struct run *run, const struct change *c, struct unit *out,
		      struct arena *a)
{
	struct str bytes;
	const char *why = run->changes->read(run->changes->payload, a, c,
					     SIDE_NEW, &bytes);

	*out = (struct unit){ .path = c->path, .change = c };
	if (!why && c->symlink)
		why = "it is a symbolic link";
	if (!why)
		why = decode_text(a, bytes, &out->source.text);
	if (why) {
		judge_unread(run->judge, c->path, why, c->commit);
		return false;
	}
	out->source.path = c->path;
	out->kind = kind_of(&run->kinds, c->path, out->source.text, c->named);
	if (!out->kind.framework)
		return false;
	out->now.arena = a;
	read_source(&out->now, &out->source, &out->kind);
	find_conflict(&out->now, out->source.text);
	out->old = read_old(run, c, &out->kind, a);
	const struct migration m = { c, &out->kind, &out->source, &out->now };

	out->facts = history_facts(&run->history, &m, a);
	return true;
}

/* Reads one earlier migration that is not part of the change. */
static bool read_earlier(struct run *run, const char *path, struct unit *out,
			 bool *unread, struct arena *a)
{
	struct str bytes;

	*out = (struct unit){ .path = path };
	if (!snapshot_read(&run->changes->now, a, path, &bytes) ||
	    decode_text(a, bytes, &out->source.text)) {
		*unread = true;
		return false;
	}
	out->source.path = path;
	out->kind = kind_of(&run->kinds, path, out->source.text, false);
	if (!out->kind.framework)
		return false;
	out->now.arena = a;
	read_source(&out->now, &out->source, &out->kind);
	return true;
}

/* Files of one framework and dialect below one folder run one after the
 * other; within it the framework's order counts. */
static int unit_cmp(const void *a, const void *b)
{
	const struct unit *x = a, *y = b;
	int c = str_cmp(x->kind.root, y->kind.root);

	if (!c)
		c = strcmp(x->kind.framework->name, y->kind.framework->name);
	if (!c)
		c = (x->kind.dialect > y->kind.dialect) -
		    (x->kind.dialect < y->kind.dialect);
	if (!c && x->kind.framework->order == ORDER_NATURAL)
		c = str_natural_cmp(str_of(x->path), str_of(y->path));
	return c ? c : strcmp(x->path, y->path);
}

static bool same_history(const struct unit *a, const struct unit *b)
{
	return str_eq(a->kind.root, b->kind.root) &&
	       a->kind.framework == b->kind.framework &&
	       a->kind.dialect == b->kind.dialect;
}

static void judge_unit(struct run *run, struct catalog *c, struct unit *u,
		       struct arena *a)
{
	const struct judge_file file = {
		.source = &u->source,
		.now = &u->now,
		.old = u->old,
		.framework = u->kind.framework,
		.dialect = u->kind.dialect,
		.commit = u->change ? u->change->commit : NULL,
		.migration = true,
		.added = u->change && u->change->status == CHANGE_ADDED,
		.backward = u->kind.backward,
		.facts = u->facts,
	};

	if (u->now.gaps.count)
		catalog_lose(c);
	if (u->change)
		judge_file(run->judge, c, &file, a);
	else
		judge_replay(c, &file, a);
}

/* One history from its first migration to its last. What one commit or push
 * adds goes to production together; plain paths are each a change. */
static void judge_history(struct run *run, struct unit *units, size_t count,
			  bool whole, struct arena *a)
{
	struct catalog *c = catalog_new(a, units->kind.dialect);
	const bool together = run->changes->has_base;
	bool added_before = false;

	for (size_t i = 0; i < count; i++) {
		const bool added = units[i].change &&
				   units[i].change->status == CHANGE_ADDED;

		if (!(together && added && added_before))
			catalog_next_change(c);
		/* before its first migration a history knows nothing */
		if (i == 1)
			c->complete = whole && !c->lost;
		judge_unit(run, c, &units[i], a);
		added_before = added;
	}
}

/* Could what came before the change matter to any of these? A file that only
 * makes things can be judged alone. */
static bool needs_history(const struct units *units)
{
	for (size_t i = 0; i < units->count; i++) {
		const struct forms *forms = &units->item[i].now.forms;

		for (size_t n = 0; n < forms->count; n++) {
			const struct str f = forms->item[n].text;

			if (!str_starts(f, STR("CREATE")) &&
			    !str_starts(f, STR("INSERT")) &&
			    !str_starts(f, STR("COMMENT")) &&
			    !str_starts(f, STR("GRANT")) &&
			    !str_starts(f, STR("SET")) &&
			    !str_eq(f, STR("BEGIN")) &&
			    !str_eq(f, STR("COMMIT")))
				return true;
		}
	}
	return false;
}

/* The migrations of the history of `kind` that come before one of the changed
 * files. False: not all of them could be read. */
static bool add_earlier(struct run *run, struct units *units,
			const struct kind *kind, struct arena *a)
{
	const size_t changed = units->count;
	struct map listed = { 0 };
	struct paths paths;
	bool unread = false;

	vec_each(struct unit, u, units)
		map_put(&listed, a, str_of(u->path), u);
	snapshot_list(&run->changes->now, a, str_dup(a, kind->root), kind->deep,
		      &paths);
	for (size_t i = 0; i < paths.count; i++) {
		struct unit u;

		if (!map_get(&listed, str_of(paths.item[i])) &&
		    kind_possible(&run->kinds, paths.item[i]) &&
		    str_eq(kind_root(&run->kinds, paths.item[i]), kind->root) &&
		    read_earlier(run, paths.item[i], &u, &unread, a)) {
			bool before = false;

			for (size_t n = 0; n < changed; n++)
				before |= same_history(&u, &units->item[n]) &&
					  unit_cmp(&u, &units->item[n]) < 0;
			if (before)
				vec_push(units, a, u);
		}
	}
	return !unread;
}

/* All changed files below one root. */
static void judge_root(struct run *run, const struct change *const *list,
		       size_t count, struct arena *a)
{
	struct units units = { 0 };
	bool whole = false;

	for (size_t i = 0; i < count; i++) {
		struct unit u;

		if (read_unit(run, list[i], &u, a))
			vec_push(&units, a, u);
	}
	if (!units.count)
		return;
	/* units may grow, and move */
	const struct kind kind = units.item[0].kind;

	if (needs_history(&units))
		whole = add_earlier(run, &units, &kind, a);
	qsort(units.item, units.count, sizeof(*units.item), unit_cmp);
	for (size_t from = 0, to = 0; from < units.count; from = to) {
		while (to < units.count &&
		       same_history(&units.item[from], &units.item[to]))
			to++;
		judge_history(run, &units.item[from], to - from, whole, a);
	}
}

/* A changed file and the folder its history lies in, as far as the path tells.
 */
struct rooted {
	const struct change *change;
	struct str root;
};

struct rooteds VEC(struct rooted);

static int rooted_cmp(const void *a, const void *b)
{
	const struct rooted *x = a, *y = b;
	const int c = str_cmp(x->root, y->root);

	return c ? c : strcmp(x->change->path, y->change->path);
}

/* One root after the other, so that no more than one history is in memory. */
static void judge_all(struct run *run)
{
	struct rooteds all = { 0 };
	struct arena scratch = { 0 };

	for (size_t i = 0; i < run->changes->list.count; i++) {
		const struct change *c = &run->changes->list.item[i];

		if (is_of_interest(run, c))
			vec_push(&all, run->arena,
				 (struct rooted){
					 c, kind_root(&run->kinds, c->path) });
	}
	if (all.count)
		qsort(all.item, all.count, sizeof(*all.item), rooted_cmp);
	for (size_t from = 0, to = 0; from < all.count; from = to) {
		const struct change **list;

		while (to < all.count &&
		       str_eq(all.item[from].root, all.item[to].root))
			to++;
		list = arena_array(&scratch, const struct change *, to - from);
		for (size_t i = from; i < to; i++)
			list[i - from] = all.item[i].change;
		judge_root(run, list, to - from, &scratch);
		arena_rewind(&scratch, (struct arena_mark){ 0 });
	}
	arena_free(&scratch);
}

static int load_config(struct run *run, struct err *err)
{
	const struct snapshot *tree = &run->changes->policy;
	struct str bytes, text;
	const char *why;

	if (!tree->read)
		return 0;
	if (!snapshot_read(tree, run->arena, CONFIG_NAME, &bytes)) {
		/* a policy that is there is never passed over */
		return snapshot_has(tree, CONFIG_NAME)
			       ? err_set(err, CONFIG_NAME
					 ": it cannot be read; it must be a "
					 "regular file")
			       : 0;
	}
	why = decode_text(run->arena, bytes, &text);
	if (why)
		return err_set(err, CONFIG_NAME ": %s", why);
	return config_load(&run->config, CONFIG_NAME, text, run->rules,
			   &builtin_frameworks, run->arena, err);
}

int run_changes(struct outcome *out, const struct changes *changes,
		const struct run_options *options, struct arena *a,
		struct err *err)
{
	struct run run = {
		.changes = changes,
		.options = options,
		.rules = options->rules ? options->rules : &builtin_rules,
		.out = out,
		.arena = a,
	};

	*out = (struct outcome){ 0 };
	if (load_config(&run, err) < 0)
		return -1;
	run.config.policy.strict |= options->strict;
	run.kinds = (struct kinds){
		.arena = a,
		.frameworks = &builtin_frameworks,
		.tree = &changes->now,
		.prefix = changes->prefix,
		.forced = options->framework,
		.forced_dialect = options->dialect,
		.rules = run.config.kinds,
	};
	run.history = (struct history){ .changes = changes,
					.kinds = &run.kinds,
					.read = read_source,
					.arena = a };
	run.judge = judge_new(a, run.rules, &run.config.policy, out);
	judge_all(&run);
	run_settings(run.judge, changes, &run.kinds, &run.config.settings, a);
	judge_models(run.judge, changes, a);
	history_gone(&run.history, run.judge, a);
	run_policy(out, changes, run.rules, a);
	judge_finish(run.judge);
	judge_free(run.judge);
	return 0;
}

int run_failed(const char *name, const struct err *err)
{
	fprintf(stderr, "holdfast: %s cannot judge: %s\n", name, err->text);
	return RUN_CANNOT_JUDGE;
}

struct report_style run_style(int fd, const char *command, const char *root)
{
	return (struct report_style){
		.colour = terminal_colour(fd),
		.links = terminal_links(fd),
		.root = root,
		.width = terminal_width(fd),
		.command = command,
	};
}

int run_hook(const char *name, const struct changes *changes, const char *root,
	     struct arena *a)
{
	const struct run_options options = { .command = name };
	struct outcome outcome;
	struct err err;

	if (run_changes(&outcome, changes, &options, a, &err) < 0)
		return run_failed(name, &err);
	const struct report_style style = run_style(STDERR_FILENO, name, root);

	report_text.print(&outcome, &style, a, stderr);
	return outcome.blocked ? RUN_BLOCKED : RUN_CLEAN;
}
