#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "run.h"
#include "str.h"

/* To add a command: a row here, a prototype in cmd.h, and cmd_NAME.c. */
const struct cmd cmds[] = {
	{ "check", cmd_check, "judge staged changes, a range, or files" },
	{ "doctor", cmd_doctor, "does git run the hooks here, and what of" },
	{ "explain", cmd_explain, "say what a rule is about" },
	{ "frameworks", cmd_frameworks, "list all frameworks" },
	{ "hook", cmd_hook, "do what a hook does, for hook managers" },
	{ "rules", cmd_rules, "list all rules" },
	{ 0 },
};

static void print_help(FILE *out)
{
	fputs("holdfast keeps production data alive through the commit.\n\n"
	      "usage: holdfast COMMAND [options]\n\n",
	      out);
	for (const struct cmd *c = cmds; c->name; c++)
		fprintf(out, "  %-11s %s\n", c->name, c->summary);
	fputs("\n  --help     this text; holdfast help COMMAND for one command\n"
	      "  --version  the version\n\n"
	      "exit status: 0 clean, 1 blocked, 2 cannot judge, 3 internal\n",
	      out);
}

static const char *nearest(const char *name)
{
	const char *best = NULL;
	size_t distance = 3;

	for (const struct cmd *c = cmds; c->name; c++) {
		const size_t d =
			str_distance(str_of(name), str_of(c->name), distance);

		if (d < distance) {
			distance = d;
			best = c->name;
		}
	}
	return best;
}

static const struct cmd *cmd_named(const char *name)
{
	for (const struct cmd *c = cmds; c->name; c++)
		if (!strcmp(name, c->name))
			return c;
	return NULL;
}

static int unknown(const char *name)
{
	const char *near = nearest(name);

	if (!*name)
		print_help(stderr);
	else if (near)
		fprintf(stderr,
			"holdfast: unknown command \"%s\"; did you mean %s?\n",
			name, near);
	else
		fprintf(stderr,
			"holdfast: unknown command \"%s\"; see holdfast "
			"--help\n",
			name);
	return RUN_CANNOT_JUDGE;
}

/* holdfast help COMMAND is holdfast COMMAND --help. */
static int help(char *name)
{
	const struct cmd *c = cmd_named(name);
	char option[] = "--help";
	char *argv[] = { name, option, NULL };

	return c ? c->run(2, argv) : unknown(name);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	const struct cmd *c = cmd_named(name);

	if (c)
		return c->run(argc - 1, argv + 1);
	if (!strcmp(name, "help") && argc > 2)
		return help(argv[2]);
	if (!strcmp(name, "--version")) {
		puts("holdfast " HOLDFAST_VERSION);
		return RUN_CLEAN;
	}
	if (!strcmp(name, "--help") || !strcmp(name, "help") ||
	    !strcmp(name, "-h")) {
		print_help(stdout);
		return RUN_CLEAN;
	}
	return unknown(name);
}
