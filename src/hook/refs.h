#ifndef HOOK_REFS_H
#define HOOK_REFS_H

#include "git_changes.h"
#include "str.h"

/*
 * The refs that git hands to a hook on standard input, one per line: of
 * pre-push "<local ref> <local id> <remote ref> <remote id>", of pre-receive
 * "<old id> <new id> <ref>". -1 where a line is anything else, or where
 * nobody says anything for ten seconds: git does at once.
 */
enum refs_of { REFS_OF_PUSH, REFS_OF_RECEIVE };

/* Lines that were read already. */
MUST_USE int refs_parse(struct push_refs *out, enum refs_of kind,
			struct str text, struct arena *a, struct err *err);

MUST_USE int refs_read(struct push_refs *out, enum refs_of kind, int fd,
		       struct arena *a, struct err *err);

#endif
