#include <stdio.h>

#include "arena.h"
#include "err.h"
#include "git_changes.h"
#include "hook.h"
#include "probe.h"
#include "run.h"

typedef int changes_reader(struct changes *out, struct git *git,
			   struct arena *a, struct err *err);

static int judge_index(const char *name, changes_reader *read)
{
	struct arena a = { 0 };
	struct git *git = NULL;
	struct changes changes;
	struct err err;
	int status;

	if (probe_answer(name))
		return RUN_BLOCKED;
	if (git_open_hook(&git, &a, &err) < 0 ||
	    read(&changes, git, &a, &err) < 0)
		status = run_failed(name, &err);
	else if (!changes.list.count)
		status = RUN_CLEAN;
	else
		status = run_hook(name, &changes, git_workdir(git), &a);
	git_close(git);
	arena_free(&a);
	return status;
}

int hook_pre_commit(void)
{
	return judge_index("pre-commit", git_changes_staged);
}

int hook_pre_applypatch(void)
{
	return judge_index("pre-applypatch", git_changes_staged);
}

int hook_pre_merge_commit(void)
{
	const int status = judge_index("pre-merge-commit", git_changes_merging);

	/* git leaves the merge as it is, which surprises. */
	if (status != RUN_CLEAN)
		fputs("holdfast: pre-merge-commit blocked; the merge is still "
		      "open: fix it and `git commit`, or `git merge "
		      "--abort`\n",
		      stderr);
	return status;
}
