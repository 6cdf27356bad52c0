#ifndef HOOK_HOOK_H
#define HOOK_HOOK_H

/*
 * The hooks of git: its protocol in, a judgement on standard error, the exit
 * status out (src/run/run.h). The programs of hooks/ and `holdfast hook NAME`
 * are these. A hook prints nothing where there is nothing to say, never writes
 * to the repository, and blocks where it cannot judge.
 */

/*
 * `holdfast doctor` asks whether git runs a hook at all: with HOLDFAST_PROBE
 * set, each only repeats that word, and says no to whatever git is about.
 */

/* The index against HEAD. */
int hook_pre_commit(void);
int hook_pre_applypatch(void);

/* What the merge itself brings, against all of its parents. */
int hook_pre_merge_commit(void);

/* Every ref on standard input, as `git push` hands them over. argv: the name
 * and the URL of the remote. */
int hook_pre_push(int argc, char **argv);

/* The same on the server, before any ref is moved. */
int hook_pre_receive(void);

#endif
