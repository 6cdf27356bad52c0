#ifndef CLI_CMD_H
#define CLI_CMD_H

/*
 * One subcommand of `holdfast`, in cmd_NAME.c. `argv[0]` is its own name.
 * Returns the exit status (src/run/run.h).
 */
struct cmd {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary; /* one line for --help */
};

/* Ended by a row without a name. */
extern const struct cmd cmds[];

int cmd_check(int argc, char **argv);
int cmd_doctor(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_hook(int argc, char **argv);
int cmd_frameworks(int argc, char **argv);
int cmd_rules(int argc, char **argv);

#endif
