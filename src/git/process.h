#ifndef GIT_PROCESS_H
#define GIT_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "compiler.h"
#include "str.h"

struct arena;
struct err;

/*
 * Running git itself, for what libgit2 cannot read. The environment is handed
 * on as it is (a hook's GIT_DIR, GIT_INDEX_FILE and quarantine matter), with
 * GIT_OPTIONAL_LOCKS=0, so that git takes no lock either, and without replaced
 * objects: whoever may push refs/replace must not decide what is judged. Only
 * plumbing that reads is ever called.
 */
struct process_result {
	struct str out;	  /* standard output, NUL-terminated, in the arena */
	const char *said; /* the first line of standard error, or "" */
	int status;	  /* its exit status; 128 + n where signal n ended it */
};

/*
 * Runs `args` (args[0] is looked up in PATH, the last is NULL) with `in` on
 * its standard input and waits. -1 and `err` where it could not be started;
 * whatever it returned itself is in `out->status`.
 */
MUST_USE int process_run(struct process_result *out, const char *const *args,
			 struct str in, struct arena *a, struct err *err);

/* Takes each line as it comes, without its end; the view holds for the call. */
struct line_taker {
	void (*take)(void *payload, struct str line);
	void *payload;
	char end; /* what ends a line: '\n', or '\0' with -z */
};

/* The same, where the output may be as long as a history is: nothing of it is
 * kept, and `out->out` is empty. */
MUST_USE int process_lines(struct process_result *out, const char *const *args,
			   const struct line_taker *lines, struct str in,
			   struct arena *a, struct err *err);

/*
 * A process that is asked and answers, as `git cat-file --batch` does. It ends
 * when its standard input is closed, so that it does not outlive us however
 * we end.
 */
struct dialogue {
	pid_t pid; /* 0: not running */
	int to;
	int from;
};

MUST_USE int dialogue_open(struct dialogue *d, const char *const *args,
			   struct err *err);
/* Both false where the other side is gone. */
MUST_USE bool dialogue_write(struct dialogue *d, struct str bytes);
MUST_USE bool dialogue_read(struct dialogue *d, char *to, size_t len);
void dialogue_close(struct dialogue *d);

#endif
