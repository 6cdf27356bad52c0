#ifndef CLI_WIRING_H
#define CLI_WIRING_H

#include <stdbool.h>

#include "compiler.h"

struct arena;
struct err;

/*
 * Does git run a hook of ours, in one work tree? Where the file that git would
 * run is our wrapper, git is asked to run it: it answers with a nonce and
 * never lets anything through. Where it is another's, it is not run to find
 * out (it may do anything), but read.
 */
enum wiring_kind {
	WIRING_REACHED,	 /* git ran it */
	WIRING_NAMED,	 /* another hook names it */
	WIRING_MISSING,	 /* no hook at all */
	WIRING_SHADOWED, /* another hook, or another folder, stands before it */
	WIRING_BROKEN,	 /* there, but git does not run it */
};

struct wiring {
	enum wiring_kind kind;
	const char *file; /* what git would run; NULL where there is none */
	const char *why;  /* one sentence for people; NULL where reached */
};

/* `tree` is a work tree, or a bare repository for pre-receive. */
MUST_USE int wiring_of(struct wiring *out, const char *tree, const char *hook,
		       struct arena *a, struct err *err);

/* The first line that `git -C dir ARGS…` prints; "" where it fails. */
const char *git_line(const char *dir, const char *const *args, struct arena *a);

/* All that it prints; "" where it fails. */
const char *git_text(const char *dir, const char *const *args, struct arena *a);

#endif
