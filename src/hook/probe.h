#ifndef HOOK_PROBE_H
#define HOOK_PROBE_H

#include <stdbool.h>

/* Answers a probe. True: it was one, and the hook is to say no. */
bool probe_answer(const char *hook);

#endif
