/*
 * measure ROUNDS COMMAND… -- COMMAND… [-- …]: whole processes, one of each in
 * turn, so that a busy machine is unfair to all alike. Prints the least and
 * the median of each in milliseconds, and how many times the first one that
 * is. Output of the commands goes nowhere; their exit status does not matter.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { COMMANDS_MAX = 8, ROUNDS_MAX = 1000 };

struct command {
	char **argv;
	double took[ROUNDS_MAX];
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double run(char **argv)
{
	posix_spawn_file_actions_t act;
	const double start = now();
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&act);
	posix_spawn_file_actions_addopen(&act, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&act, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&act, 2, "/dev/null", O_WRONLY, 0);
	if (!argv[0] ||
	    posix_spawnp(&pid, argv[0], &act, NULL, argv, environ) != 0) {
		fprintf(stderr, "measure: %s cannot be run\n",
			argv[0] ? argv[0] : "nothing");
		exit(2);
	}
	posix_spawn_file_actions_destroy(&act);
	waitpid(pid, &status, 0);
	return now() - start;
}

static int by_time(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The commands between the "--"; argv is cut there. */
static size_t split(struct command *c, int argc, char **argv)
{
	size_t n = 0;

	for (int i = 2; i < argc && n < COMMANDS_MAX; i++) {
		c[n++].argv = &argv[i];
		while (i < argc && strcmp(argv[i], "--") != 0)
			i++;
		if (i < argc)
			argv[i] = NULL;
	}
	return n;
}

int main(int argc, char **argv)
{
	static struct command commands[COMMANDS_MAX];
	const long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
	const size_t n = split(commands, argc, argv);

	if (rounds < 1 || rounds > ROUNDS_MAX || !n) {
		fputs("usage: measure ROUNDS COMMAND… [-- COMMAND…]…\n",
		      stderr);
		return 2;
	}
	for (long r = 0; r < rounds; r++)
		for (size_t i = 0; i < n; i++)
			commands[i].took[r] = run(commands[i].argv);
	for (size_t i = 0; i < n; i++) {
		double *t = commands[i].took;

		qsort(t, (size_t)rounds, sizeof(*t), by_time);
		printf("%8.2f %8.2f %6.2f  %s\n", t[0], t[rounds / 2],
		       t[rounds / 2] / commands[0].took[rounds / 2],
		       commands[i].argv[0]);
	}
	return 0;
}
