/*
 * measure ROUNDS COMMAND… -- COMMAND… [-- …]: whole processes, one of each in
 * turn, so that a busy machine is unfair to all alike. Prints of each the
 * least and the median of the time that passed, the median of the processor
 * time that it and what it started took, both in milliseconds and as multiples
 * of the first command's, and the most memory in MiB. Output of the commands
 * goes nowhere; their exit status does not matter.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { COMMANDS_MAX = 8, ROUNDS_MAX = 1000 };

struct command {
	char **argv;
	double took[ROUNDS_MAX], worked[ROUNDS_MAX];
	long memory; /* KiB */
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double milliseconds(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static void run(struct command *c, long round)
{
	posix_spawn_file_actions_t act;
	const double start = now();
	char **argv = c->argv;
	struct rusage used;
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
	wait4(pid, &status, 0, &used);
	c->took[round] = now() - start;
	c->worked[round] =
		milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
	if (used.ru_maxrss > c->memory)
		c->memory = used.ru_maxrss;
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
			run(&commands[i], r);
	puts("     min   median  ratio      cpu  ratio    MiB");
	for (size_t i = 0; i < n; i++) {
		struct command *c = &commands[i];
		const size_t mid = (size_t)rounds / 2;

		qsort(c->took, (size_t)rounds, sizeof(*c->took), by_time);
		qsort(c->worked, (size_t)rounds, sizeof(*c->worked), by_time);
		printf("%8.2f %8.2f %6.2f %8.2f %6.2f %6.1f  %s\n", c->took[0],
		       c->took[mid], c->took[mid] / commands[0].took[mid],
		       c->worked[mid], c->worked[mid] / commands[0].worked[mid],
		       (double)c->memory / 1024, c->argv[0]);
	}
	return 0;
}
