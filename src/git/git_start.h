#ifndef GIT_GIT_START_H
#define GIT_GIT_START_H

/* Starts libgit2 as we use it: no TLS, no configuration but the repository's,
 * every extension known that does not change what we read. */
void git_start(void);
void git_stop(void);

#endif
