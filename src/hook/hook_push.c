#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "err.h"
#include "hook.h"
#include "judge_refs.h"
#include "probe.h"
#include "refs.h"
#include "report.h"
#include "run.h"

static const char name[] = "pre-push";

/* pre-commit reads git's input itself and tells of the first ref alone, in
 * the environment. Commits that the remote has are known without its old id. */
static bool refs_of_pre_commit(struct push_refs *out,
			       struct push_target *target, struct arena *a)
{
	const char *to = getenv("PRE_COMMIT_TO_REF");
	const char *branch = getenv("PRE_COMMIT_REMOTE_BRANCH");

	if (!to || !*to)
		return false;
	target->remote = getenv("PRE_COMMIT_REMOTE_NAME");
	vec_push(out, a,
		 (struct push_ref){ .local_ref = to,
				    .local_oid = to,
				    .remote_ref = branch ? branch : "?",
				    .remote_oid = "0" });
	return true;
}

/* A push to a bare URL has it as its name, too. */
static const char *remote_name(int argc, char **argv)
{
	const bool named = argc > 1 && *argv[1] &&
			   (argc < 3 || strcmp(argv[1], argv[2]) != 0);

	return named ? argv[1] : NULL;
}

static int judge(struct git **git, int argc, char **argv, struct arena *a,
		 struct err *err)
{
	struct push_target target = { .remote = remote_name(argc, argv) };
	struct push_refs refs = { 0 };
	struct outcome outcome;

	if (!refs_of_pre_commit(&refs, &target, a) &&
	    refs_read(&refs, REFS_OF_PUSH, STDIN_FILENO, a, err) < 0)
		return -1;
	if (!refs.count)
		return RUN_CLEAN;
	if (git_open_hook(git, a, err) < 0 ||
	    judge_refs(&outcome, *git, &target, &refs, a, err) < 0)
		return -1;
	const struct report_style style =
		run_style(STDERR_FILENO, name, git_workdir(*git));

	report_text.print(&outcome, &style, a, stderr);
	return outcome.blocked ? RUN_BLOCKED : RUN_CLEAN;
}

int hook_pre_push(int argc, char **argv)
{
	struct arena a = { 0 };
	struct git *git = NULL;
	struct err err;
	int status;

	if (probe_answer(name))
		return RUN_BLOCKED;
	status = judge(&git, argc, argv, &a, &err);
	if (status < 0)
		status = run_failed(name, &err);
	git_close(git);
	arena_free(&a);
	return status;
}
