#include "today.h"

#include <string.h>

#include "arena.h"
#include "builtin_frameworks.h"
#include "builtin_rules.h"
#include "config.h"
#include "err.h"
#include "git_changes.h"
#include "run.h"

static void tally_add(struct tally *t, const char *name, struct arena *a)
{
	size_t *count = map_get(&t->count, str_of(name));

	if (!count) {
		count = arena_new(a, size_t);
		map_put(&t->count, a, str_of(name), count);
	}
	++*count;
	t->total++;
}

static void load_config(struct today *out, struct config *config,
			const struct changes *c, struct arena *a)
{
	struct str bytes, text;
	struct err err;
	const char *why;

	*config = (struct config){ 0 };
	out->configured = snapshot_read(&c->policy, a, CONFIG_NAME, &bytes);
	if (!out->configured)
		return;
	why = decode_text(a, bytes, &text);
	if (!why && config_load(config, CONFIG_NAME, text, &builtin_rules,
				&builtin_frameworks, a, &err) < 0)
		why = str_dup(a, str_of(err.text));
	out->config_problem = why;
}

/* Programs and SQL whose names begin with a number: what frameworks that are
 * not known leave behind, were there many of them in one folder. */
static bool is_numbered(struct str path)
{
	return glob_match("**/[0-9]*.{cs,ex,exs,go,java,js,kt,mjs,php,py,rb,"
			  "rs,sql,ts}",
			  path) &&
	       !glob_match("**/{doc,docs,example,examples,fixtures,spec,test,"
			   "tests,testdata,vendor,node_modules}/**",
			   path);
}

static void count_unclaimed(struct today *out, struct str path, struct arena *a)
{
	size_t slash = 0;

	for (size_t i = 0; i < path.len; i++)
		if (path.ptr[i] == '/')
			slash = i;
	if (slash && is_numbered(path))
		tally_add(&out->unclaimed,
			  str_dup(a, str_slice(path, 0, slash)), a);
}

static void count_migrations(struct today *out, const struct changes *c,
			     const struct config *config, struct arena *a)
{
	struct kinds kinds = { .arena = a,
			       .frameworks = &builtin_frameworks,
			       .tree = &c->now,
			       .rules = config->kinds };
	struct arena scratch = { 0 };

	vec_each(const struct change, it, &c->list) {
		struct str bytes, text;
		struct kind kind;

		arena_rewind(&scratch, (struct arena_mark){ 0 });
		if (it->submodule || it->symlink)
			continue;
		kind.framework = NULL;
		if (kind_possible(&kinds, it->path) &&
		    !c->read(c->payload, &scratch, it, SIDE_NEW, &bytes) &&
		    !decode_text(&scratch, bytes, &text))
			kind = kind_of(&kinds, it->path, text, false);
		if (kind.framework)
			tally_add(&out->migrations, kind.framework->title, a);
		else
			count_unclaimed(out, str_of(it->path), a);
	}
	arena_free(&scratch);
}

static void count_findings(struct today *out, const struct outcome *o,
			   struct arena *a)
{
	const char *last = "";

	vec_each(const struct finding, f, &o->findings) {
		if (f->status != STATUS_BLOCKED)
			continue;
		tally_add(&out->blocking, f->rule->id, a);
		out->blocked_files += strcmp(last, f->source->path) != 0;
		last = f->source->path;
	}
}

int today_read(struct today *out, struct git *git, struct arena *a,
	       struct err *err)
{
	const struct run_options options = { .command = "doctor" };
	struct config config;
	struct changes changes;
	struct outcome outcome;

	*out = (struct today){ 0 };
	if (git_changes_all(&changes, git, a, err) < 0)
		return -1;
	load_config(out, &config, &changes, a);
	count_migrations(out, &changes, &config, a);
	if (out->config_problem)
		return 0;
	if (run_changes(&outcome, &changes, &options, a, err) < 0)
		return -1;
	count_findings(out, &outcome, a);
	return 0;
}
