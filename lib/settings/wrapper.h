#ifndef SETTINGS_WRAPPER_H
#define SETTINGS_WRAPPER_H

#include "shell.h"

/* How a program that runs another one is taken off. */
enum wrapper_kind {
	WRAPPER_PREFIX, /* options, then `skip` words, then the command */
	WRAPPER_SHELL,	/* sh -c 'script' */
	WRAPPER_JOINED, /* the words behind it are one script: ssh, eval */
	WRAPPER_EACH,	/* each word is a script: concurrently */
};

enum {
	WRAPPER_REMOTE = 1u << 0,    /* the command runs elsewhere */
	WRAPPER_LOCAL = 1u << 1,     /* only on a developer's machine */
	WRAPPER_DASHES = 1u << 2,    /* only what stands behind `--` */
	WRAPPER_SCRIPT = 1u << 3,    /* the command may be a script's name */
	WRAPPER_OPTION = 1u << 4,    /* the command is the value of an option */
	WRAPPER_CONTAINER = 1u << 5, /* in a container of this machine */
};

struct wrapper {
	const char *name; /* one or two words: "sudo", "bundle exec" */
	enum wrapper_kind kind;
	unsigned skip;
	const char *with_value; /* options that take the next word */
	unsigned flags;
};

/* The wrapper that these words begin with, and how many words its name has;
 * NULL where they begin with none. */
const struct wrapper *wrapper_of(const struct shell_word *w, size_t count,
				 size_t *named);

/* How many words of `w` belong to the wrapper: name, options, what it skips.
 * `count` where nothing is left. */
size_t wrapper_length(const struct wrapper *wr, const struct shell_word *w,
		      size_t count, size_t named);

#endif
