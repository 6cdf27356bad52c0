#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "builtin_frameworks.h"
#include "cmd.h"
#include "disk.h"
#include "err.h"
#include "export.h"
#include "git_changes.h"
#include "run.h"

/* What the words behind `holdfast check` ask for. */
struct request {
	bool staged, all, verbose;
	const char *range;
	const struct reporter *reporter;
	struct run_options options;
	char **paths;
	size_t path_count;
};

static const char usage[] =
	"usage: holdfast check [--staged | --range A..B | --all | PATH…]\n"
	"                      [options]\n\n"
	"  --staged        what `git commit` would record now\n"
	"  --range A..B    the net change from A to B (A...B: from their merge\n"
	"                  base); the policy is read from A\n"
	"  --all           every file of HEAD, each as if new\n"
	"  PATH…           files and folders as they lie on disk, each "
	"migration\n"
	"                  as if new, with the facts of those before it\n\n"
	"  --format NAME   text (the default), json, sarif, github, gitlab, "
	"junit\n"
	"  --framework F   take every file for a migration of this framework\n"
	"  --dialect D     postgres, mysql, sqlite, sqlserver, clickhouse\n"
	"  --strict        also report opt-in rules, as cautions\n"
	"  --verbose       also say what was read when all is well\n\n"
	"exit status: 0 clean, 1 blocked, 2 cannot judge, 3 internal\n";

static int set_framework(struct request *r, const char *name, struct err *err)
{
	r->options.framework =
		framework_named(&builtin_frameworks, str_of(name));
	if (r->options.framework)
		return 0;
	const char *near = framework_nearest(&builtin_frameworks, str_of(name));

	return near ? err_set(err, "unknown framework \"%s\"; did you mean %s?",
			      name, near)
		    : err_set(err,
			      "unknown framework \"%s\"; see holdfast "
			      "frameworks",
			      name);
}

/* To git "..B" begins at HEAD. Here it is the empty variable of a CI script,
 * by which nothing would ever be judged. */
static int set_range(struct request *r, const char *range, struct err *err)
{
	if (!*range || *range == '.')
		return err_set(err,
			       "the range \"%s\" has no beginning (an empty "
			       "variable?); write A..B",
			       range);
	r->range = range;
	return 0;
}

static int set_format(struct request *r, const char *name, struct arena *a,
		      struct err *err)
{
	r->reporter = reporter_named(name);
	return r->reporter ? 0
			   : err_set(err, "unknown format \"%s\": it is %s",
				     name, reporter_names(a));
}

static int set_dialect(struct request *r, const char *name, struct err *err)
{
	return dialect_from_name(&r->options.dialect, str_of(name))
		       ? 0
		       : err_set(err,
				 "unknown dialect \"%s\": it is postgres, mysql, "
				 "sqlite, sqlserver or clickhouse",
				 name);
}

/* An option with a value, "--x v" or "--x=v". NULL: not that option. */
static const char *value_of(int argc, char **argv, int *i, const char *name,
			    bool *missing)
{
	const size_t len = strlen(name);

	if (strncmp(argv[*i], name, len) != 0)
		return NULL;
	if (argv[*i][len] == '=')
		return argv[*i] + len + 1;
	if (argv[*i][len])
		return NULL;
	if (*i + 1 < argc)
		return argv[++*i];
	*missing = true;
	return "";
}

static int parse_value(struct request *r, int argc, char **argv, int *i,
		       struct arena *a, struct err *err)
{
	const char *option = argv[*i], *v;
	bool missing = false;
	int rc = 0;

	if ((v = value_of(argc, argv, i, "--range", &missing)))
		rc = missing ? 0 : set_range(r, v, err);
	else if ((v = value_of(argc, argv, i, "--format", &missing)))
		rc = missing ? 0 : set_format(r, v, a, err);
	else if ((v = value_of(argc, argv, i, "--framework", &missing)))
		rc = missing ? 0 : set_framework(r, v, err);
	else if ((v = value_of(argc, argv, i, "--dialect", &missing)))
		rc = missing ? 0 : set_dialect(r, v, err);
	else
		return err_set(err,
			       "unknown option \"%s\"; see holdfast check "
			       "--help",
			       option);
	return missing ? err_set(err, "%s needs a value", option) : rc;
}

static int parse(struct request *r, int argc, char **argv, struct arena *a,
		 struct err *err)
{
	bool options = true;

	for (int i = 1; i < argc; i++) {
		const char *arg = argv[i];

		if (!options || arg[0] != '-' || !arg[1])
			r->paths[r->path_count++] = argv[i];
		else if (!strcmp(arg, "--"))
			options = false;
		else if (!strcmp(arg, "--staged"))
			r->staged = true;
		else if (!strcmp(arg, "--all"))
			r->all = true;
		else if (!strcmp(arg, "--strict"))
			r->options.strict = true;
		else if (!strcmp(arg, "--verbose"))
			r->verbose = true;
		else if (parse_value(r, argc, argv, &i, a, err) < 0)
			return -1;
	}
	if (r->staged + r->all + !!r->range + !!r->path_count > 1)
		return err_set(err, "--staged, --range, --all and PATH cannot "
				    "be combined");
	if (!r->all && !r->range && !r->path_count)
		r->staged = true;
	return 0;
}

static int list_changes(const struct request *r, struct changes *out,
			struct git **git, struct arena *a, struct err *err)
{
	if (r->path_count)
		return disk_changes(out, r->paths, r->path_count, a, err);
	if (git_open(git, a, ".", err) < 0) {
		const char *why = arena_format(a, "%s", err->text);

		return err_set(
			err,
			"%s; name files or folders to judge them without "
			"git",
			why);
	}
	if (r->range)
		return git_changes_range(out, *git, r->range, a, err);
	if (r->all)
		return git_changes_all(out, *git, a, err);
	return git_changes_staged(out, *git, a, err);
}

static int check(struct request *r, struct git **git, struct arena *a)
{
	struct changes changes;
	struct outcome outcome;
	struct err err;

	if (list_changes(r, &changes, git, a, &err) < 0)
		return run_failed("check", &err);
	if (run_changes(&outcome, &changes, &r->options, a, &err) < 0)
		return run_failed("check", &err);
	struct report_style style = run_style(STDOUT_FILENO, "check",
					      *git ? git_workdir(*git) : NULL);

	style.verbose = r->verbose;
	r->reporter->print(&outcome, &style, a, stdout);
	if (fflush(stdout) != 0) {
		err_set(&err, "the report could not be written");
		return run_failed("check", &err);
	}
	return outcome.blocked ? RUN_BLOCKED : RUN_CLEAN;
}

int cmd_check(int argc, char **argv)
{
	struct arena a = { 0 };
	struct git *git = NULL;
	struct err err;
	struct request r = { .reporter = reporter_named("text"),
			     .options = { .command = "check" } };
	int status;

	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			fputs(usage, stdout);
			return RUN_CLEAN;
		}
	r.paths = arena_array(&a, char *, (size_t)argc + 1);
	if (parse(&r, argc, argv, &a, &err) < 0)
		status = run_failed("check", &err);
	else
		status = check(&r, &git, &a);
	git_close(git);
	arena_free(&a);
	return status;
}
