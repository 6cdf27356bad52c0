#ifndef CLI_LISTING_H
#define CLI_LISTING_H

/*
 * The words behind a command that lists what is built in: nothing, or
 * `--format NAME`. Returns the name asked for, the first of `formats` (ended
 * by NULL) without one. NULL: help or an error was printed, and `*status` is
 * the exit status.
 */
const char *listing_format(int argc, char **argv, const char *usage,
			   const char *const *formats, int *status);

#endif
