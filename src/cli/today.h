#ifndef CLI_TODAY_H
#define CLI_TODAY_H

#include "compiler.h"
#include "map.h"

struct arena;
struct err;
struct git;

/* How many of something there are, in the order they were found. */
struct tally {
	struct map count; /* name → size_t */
	size_t total;
};

/* What HEAD holds, and what it would mean if it were all new. */
struct today {
	bool configured;	    /* there is a .holdfast.yaml */
	const char *config_problem; /* NULL: it can be read */
	struct tally migrations;    /* by framework */
	struct tally
		unclaimed; /* numbered programs of no framework, by folder */
	struct tally blocking; /* findings, by rule */
	size_t blocked_files;
};

MUST_USE int today_read(struct today *out, struct git *git, struct arena *a,
			struct err *err);

#endif
