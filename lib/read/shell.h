#ifndef READ_SHELL_H
#define READ_SHELL_H

#include "form.h"

/*
 * A small shell: enough to say which simple commands a script runs, with
 * which words, and under which conditions. It expands nothing. It reads what
 * sh, bash, zsh and dash share, and never fails: what does not close ends
 * with the text.
 *
 * Offsets are in the script's text, which may itself be a part of a file.
 * Texts are views of the script where a word stands there as it is, else
 * they lie in the arena.
 */
struct shell_word {
	struct str text;  /* without quotes and backslashes; $NAME stays */
	struct span span; /* as written, quotes included */
	bool quoted;
};

/* What has to hold (or, `inverted`, must not) for a command to run. */
struct shell_guard {
	struct str condition; /* its text: `[ "$X" = y ]`, a case pattern */
	bool inverted;
	const struct shell_guard *outer;
};

enum { SHELL_NONE = -1 };

struct shell_command {
	struct shell_word *word; /* assignments first, then the command */
	size_t count;
	size_t assigned; /* how many words in front are NAME=value */
	struct span span;
	struct str input; /* here-document or here-string; empty if none */
	int piped_from;	  /* the command whose output it reads */
	const struct shell_guard *guard;
	struct str function; /* the name of that it stands in; or empty */
};

struct shell_commands VEC(struct shell_command);

/* Where the text comes from, which changes how some of it is read. */
enum shell_host {
	SHELL_SCRIPT,
	SHELL_DOCKER, /* a RUN: comment lines may stand in a continuation */
	SHELL_MAKE,   /* a recipe: $(X) is make's, $$ is the shell's $ */
};

struct shell {
	struct shell_commands commands; /* in the order they begin in */
	struct comments comments;
	struct span unread; /* nested too deeply; empty: all was read */
};

void shell_read(struct shell *out, struct arena *a, struct str script,
		enum shell_host host);

/* The words of one line, without any structure: what an option of another
 * program holds. */
struct shell_word *shell_words(struct arena *a, struct str line,
			       enum shell_host host, size_t *count);

#endif
