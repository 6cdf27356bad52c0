#ifndef CLI_LISTING_H
#define CLI_LISTING_H

/* A command that lists what is built in, in each of the forms it has. */
struct listing {
	const char *usage;
	void (*text)(void);
	void (*markdown)(void);
	int (*json)(void); /* returns an exit status */
};

/*
 * Runs it for the words of its command line: none, `--format NAME` or
 * `--help`. Returns the exit status; what is wrong was told on stderr.
 */
int listing_run(const struct listing *listing, int argc, char **argv);

#endif
