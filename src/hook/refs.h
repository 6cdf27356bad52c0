#ifndef HOOK_REFS_H
#define HOOK_REFS_H

#include <stdbool.h>

#include "git_changes.h"

/*
 * The refs that git hands to a hook on standard input, one per line: of
 * pre-push "<local ref> <local id> <remote ref> <remote id>", of pre-receive
 * "<old id> <new id> <ref>". -1 where a line is anything else, or where
 * nobody says anything for ten seconds: git does at once.
 */
MUST_USE int refs_read_push(struct push_refs *out, int fd, struct arena *a,
			    struct err *err);
MUST_USE int refs_read_receive(struct push_refs *out, int fd, struct arena *a,
			       struct err *err);

#endif
