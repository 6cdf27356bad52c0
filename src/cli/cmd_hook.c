#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "hook.h"
#include "run.h"

static const char usage[] =
	"usage: holdfast hook NAME [arguments of git]\n\n"
	"Does what the hook NAME does, for hook managers (docs/hook-managers.md):\n"
	"  pre-commit         what is staged, against HEAD\n"
	"  pre-merge-commit   what a merge brings of its own\n"
	"  pre-applypatch     what `git am` has applied\n"
	"  pre-push           what is pushed; needs git's standard input\n"
	"  pre-receive        the same, on a server\n\n"
	"exit status: 0 clean, 1 blocked, 2 cannot judge, 3 internal\n";

static int fail(const char *why, const char *name)
{
	fprintf(stderr, "holdfast: hook %s cannot judge: %s\n", name, why);
	return RUN_CANNOT_JUDGE;
}

int cmd_hook(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";

	if (!strcmp(name, "--help") || !strcmp(name, "-h")) {
		fputs(usage, stdout);
		return RUN_CLEAN;
	}
	if (!strcmp(name, "pre-commit"))
		return hook_pre_commit();
	if (!strcmp(name, "pre-merge-commit"))
		return hook_pre_merge_commit();
	if (!strcmp(name, "pre-applypatch"))
		return hook_pre_applypatch();
	if (!strcmp(name, "pre-push"))
		return hook_pre_push(argc - 1, argv + 1);
	if (!strcmp(name, "pre-receive"))
		return hook_pre_receive();
	if (!strcmp(name, "update"))
		return fail("it sees one ref at a time, after the quarantine "
			    "is gone; install pre-receive instead",
			    name);
	return fail("there is no such hook here; see holdfast hook --help",
		    name);
}
