#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "cmd.h"
#include "err.h"
#include "git_changes.h"
#include "process.h"
#include "run.h"
#include "today.h"
#include "wiring.h"

static const char usage[] =
	"usage: holdfast doctor [FOLDER]\n\n"
	"Asks git itself whether it runs the hooks of holdfast, in each work "
	"tree, and\n"
	"names what stands in the way. Says how the repository is read, what it "
	"holds,\n"
	"what of that would block if it were new, and how long a commit's check "
	"takes.\n\n"
	"exit status: 0 all is well, 1 a hook is not run or the configuration "
	"is broken,\n"
	"2 no repository, 3 internal\n";

static const char *const client_hooks[] = { "pre-commit", "pre-merge-commit",
					    "pre-applypatch", "pre-push",
					    NULL };
static const char *const server_hooks[] = { "pre-receive", NULL };

static const char *const kinds[] = {
	[WIRING_REACHED] = "yes, git runs it",
	[WIRING_NAMED] = "yes",
	[WIRING_MISSING] = "NO",
	[WIRING_SHADOWED] = "NO",
	[WIRING_BROKEN] = "NO",
};

struct doctor {
	struct arena *a;
	bool well;
};

/* Without the last two hooks a repository is guarded; without a commit's or
 * a push's it is not. */
static bool is_essential(const char *hook)
{
	return strcmp(hook, "pre-merge-commit") != 0 &&
	       strcmp(hook, "pre-applypatch") != 0;
}

static int show_tree(struct doctor *d, const char *tree,
		     const char *const *hooks, struct err *err)
{
	printf("hooks in %s\n", tree);
	for (size_t i = 0; hooks[i]; i++) {
		struct wiring w;

		if (wiring_of(&w, tree, hooks[i], d->a, err) < 0)
			return -1;
		printf("  %-17s%s%s%s\n", hooks[i], kinds[w.kind],
		       w.why ? ": " : "", w.why ? w.why : "");
		if (w.kind != WIRING_REACHED && w.kind != WIRING_NAMED)
			d->well &= !is_essential(hooks[i]);
	}
	return 0;
}

/* Every work tree that is there; a bare repository is its own. */
static int show_hooks(struct doctor *d, const struct git *git, struct err *err)
{
	const char *args[] = { "worktree", "list", "--porcelain", NULL };
	struct str rest = str_of(git_text(".", args, d->a)), line;
	const struct str word = STR("worktree ");

	if (!git_workdir(git))
		return show_tree(d, ".", server_hooks, err);
	while (str_next_line(&rest, &line)) {
		const char *tree;

		if (!str_starts(line, word))
			continue;
		tree = str_dup(d->a, str_slice(line, word.len, line.len));
		if (access(arena_format(d->a, "%s/.git", tree), F_OK) != 0 &&
		    strcmp(arena_format(d->a, "%s/", tree), git_workdir(git)) !=
			    0)
			continue;
		if (show_tree(d, tree, client_hooks, err) < 0)
			return -1;
	}
	return 0;
}

static void show_tally(const struct tally *t)
{
	for (size_t i = 0; i < t->count.count; i++) {
		const struct map_slot *s = &t->count.slot[i];

		printf("%s" STR_FMT " %zu", i ? ", " : "", STR_ARG(s->key),
		       *(size_t *)s->value);
	}
	putchar('\n');
}

/* A few numbered files are chapters or examples; many are a history. */
static void show_unclaimed(const struct tally *t)
{
	enum { MANY = 5 };

	for (size_t i = 0; i < t->count.count; i++) {
		const struct map_slot *s = &t->count.slot[i];
		const size_t count = *(size_t *)s->value;

		if (count >= MANY)
			printf("  not read         %zu numbered files in " STR_FMT
			       ": if they are migrations, say so in "
			       "`migrations:` of .holdfast.yaml\n",
			       count, STR_ARG(s->key));
	}
}

static void show_today(struct doctor *d, const struct today *t)
{
	printf("configuration      %s\n",
	       t->config_problem ? t->config_problem
	       : t->configured	 ? ".holdfast.yaml"
				 : "none needed (.holdfast.yaml)");
	d->well &= !t->config_problem;
	printf("migrations         %zu", t->migrations.total);
	if (t->migrations.total)
		fputs(": ", stdout);
	show_tally(&t->migrations);
	show_unclaimed(&t->unclaimed);
	if (t->config_problem)
		return;
	if (!t->blocking.total) {
		puts("if all were new    nothing would block");
		return;
	}
	printf("if all were new    %zu of the files would block: ",
	       t->blocked_files);
	show_tally(&t->blocking);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The whole process, as git would start it; the best of some. Nothing is
 * said where this program cannot find itself. */
static void show_time(struct doctor *d)
{
	const char *args[] = { "/proc/self/exe", "hook", "pre-commit", NULL };
	double best = -1;

	for (int i = 0; i < 5; i++) {
		const double start = seconds();
		struct process_result r;
		struct err unused;

		if (process_run(&r, args, (struct str){ "", 0 }, d->a,
				&unused) < 0 ||
		    r.status > RUN_CANNOT_JUDGE)
			return;
		const double took = seconds() - start;

		if (best < 0 || took < best)
			best = took;
	}
	printf("a commit's check   %.1f ms\n", best * 1e3);
}

static int show(struct doctor *d, struct git *git, struct err *err)
{
	const char *version[] = { "version", NULL };
	struct today today;

	printf("holdfast           " HOLDFAST_VERSION ", %s\n",
	       git_line(".", version, d->a));
	printf("repository         %s\n",
	       git_workdir(git) ? git_workdir(git) : git_directory(git));
	if (show_hooks(d, git, err) < 0 ||
	    today_read(&today, git, d->a, err) < 0)
		return -1;
	show_today(d, &today);
	if (git_workdir(git))
		show_time(d);
	/* Last, so that what was found out on the way is in it. */
	printf("read by            %s\n", git_reading(git, d->a));
	return 0;
}

static int open_at(struct git **git, const char *folder, struct arena *a,
		   struct err *err)
{
	if (chdir(folder) != 0)
		return err_set(err, "%s: no such folder", folder);
	if (git_open(git, a, ".", err) < 0)
		return -1;
	if (git_workdir(*git) && chdir(git_workdir(*git)) != 0)
		return err_set(err, "%s cannot be entered", git_workdir(*git));
	return 0;
}

int cmd_doctor(int argc, char **argv)
{
	struct arena a = { 0 };
	struct doctor d = { .a = &a, .well = true };
	struct git *git = NULL;
	struct err err;
	int status;

	if (argc > 1 &&
	    (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
		fputs(usage, stdout);
		return RUN_CLEAN;
	}
	if (argc > 2 || (argc > 1 && argv[1][0] == '-')) {
		err_set(&err, "one folder at most; see holdfast doctor --help");
		return run_failed("doctor", &err);
	}
	if (open_at(&git, argc > 1 ? argv[1] : ".", &a, &err) < 0 ||
	    show(&d, git, &err) < 0)
		status = run_failed("doctor", &err);
	else
		status = d.well ? RUN_CLEAN : RUN_BLOCKED;
	git_close(git);
	arena_free(&a);
	return status;
}
