#ifndef RUN_RUN_H
#define RUN_RUN_H

#include "change.h"
#include "compiler.h"
#include "config.h"
#include "finding.h"
#include "framework.h"

struct arena;
struct err;

/* Exit statuses of every hook and of the command. */
enum {
	RUN_CLEAN = 0,
	RUN_BLOCKED = 1,
	RUN_CANNOT_JUDGE = 2, /* usage, configuration, repository */
	RUN_INTERNAL = 3,
};

struct run_options {
	const char *command;  /* "pre-commit", "check", …: for the report */
	enum dialect dialect; /* forced; unknown: found */
	const struct framework *framework; /* forced; NULL: found */
	const struct rules *rules;	   /* NULL: all that are built in */
	bool strict;
};

/*
 * The pipeline: what changed -> what each file is -> plain forms -> findings.
 * -1 and `err` where the configuration cannot be read: then nothing was
 * judged. All of `*out` lives in the arena.
 */
MUST_USE int run_changes(struct outcome *out, const struct changes *changes,
			 const struct run_options *options, struct arena *a,
			 struct err *err);

/*
 * All a hook does with what changed: judges it and tells standard error, in
 * text. Returns the exit status. `root` is the work tree, or NULL.
 */
int run_hook(const char *name, const struct changes *changes, const char *root,
	     struct arena *a);

/* Says `err` as the only line, and returns RUN_CANNOT_JUDGE. */
int run_failed(const char *name, const struct err *err);

/* What a report needs to know of the stream it is written to. */
struct report_style run_style(int fd, const char *command, const char *root);

#endif
