#ifndef GIT_GIT_START_H
#define GIT_GIT_START_H

#include <stdbool.h>

/* Starts libgit2 as we use it: no TLS, no configuration but the repository's,
 * every extension known that does not change what we read. False where it does
 * not start. git_stop() goes with a start that succeeded. */
bool git_start(void);
void git_stop(void);

#endif
