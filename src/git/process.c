#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "err.h"

extern char **environ;

/* Output grows outside of the arena, where growing leaves nothing behind. */
struct output {
	char *ptr;
	size_t len;
	size_t size;
	bool broken; /* a read failed: what is here may be a part only */
	const struct line_taker *lines; /* NULL: all is kept */
};

/* The beginning of standard error. */
struct said {
	char text[1024];
	size_t len;
};

/* Only for the while of a write: a process that is gone must be an answer,
 * not the end of the hook. */
static void ignore_sigpipe(struct sigaction *before)
{
	struct sigaction ignore;

	memset(&ignore, 0, sizeof(ignore));
	ignore.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &ignore, before);
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Both ends above 2, and closed in the child but for the copies it is given
 * as 0 to 2: a hook may be started with some of these closed, and a dup2 onto
 * itself would leave close-on-exec set. */
static int open_pipe(int fd[2])
{
	if (pipe(fd) < 0)
		return -1;
	for (size_t i = 0; i < 2; i++) {
		const int high = fcntl(fd[i], F_DUPFD_CLOEXEC, 3);

		close_fd(&fd[i]);
		fd[i] = high;
	}
	return fd[0] < 0 || fd[1] < 0 ? -1 : 0;
}

/* The child's standard descriptors; said < 0: to /dev/null. */
static int spawn(pid_t *pid, const char *const *args, int in, int out, int said)
{
	posix_spawn_file_actions_t act;
	int rc;

	setenv("GIT_OPTIONAL_LOCKS", "0", 1);
	setenv("GIT_NO_REPLACE_OBJECTS", "1", 1);
	if (posix_spawn_file_actions_init(&act))
		return -1;
	rc = posix_spawn_file_actions_adddup2(&act, in, 0);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(&act, out, 1);
	if (!rc)
		rc = said >= 0 ? posix_spawn_file_actions_adddup2(&act, said, 2)
			       : posix_spawn_file_actions_addopen(
					 &act, 2, "/dev/null", O_WRONLY, 0);
	if (!rc)
		rc = posix_spawnp(pid, args[0], &act, NULL,
				  (char *const *)(const void *)args, environ);
	posix_spawn_file_actions_destroy(&act);
	errno = rc;
	return rc ? -1 : 0;
}

/* Hands on every line that is complete, and keeps the beginning of the next. */
static void hand_on_lines(struct output *o)
{
	struct str rest = { o->ptr, o->len };
	size_t end;

	while ((end = str_find_byte(rest, o->lines->end)) != SIZE_MAX) {
		o->lines->take(o->lines->payload, str_slice(rest, 0, end));
		rest = str_slice(rest, end + 1, rest.len);
	}
	memmove(o->ptr, rest.ptr, rest.len);
	o->len = rest.len;
}

/* False at the end, or where it broke. */
static bool output_read(struct output *o, int fd)
{
	if (o->size - o->len < 4096) {
		const size_t size = o->size ? o->size * 2 : 16384;
		char *p = realloc(o->ptr, size);

		o->broken = !p;
		if (!p)
			return false;
		o->ptr = p;
		o->size = size;
	}
	const ssize_t n = read(fd, o->ptr + o->len, o->size - o->len);

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	o->broken = n < 0;
	o->len += n > 0 ? (size_t)n : 0;
	if (o->lines && n > 0)
		hand_on_lines(o);
	return n > 0;
}

/* What does not fit is read and dropped: a full pipe would stop the child. */
static bool said_read(struct said *s, int fd)
{
	char dropped[512];
	const size_t room = sizeof(s->text) - s->len;
	const ssize_t n = room ? read(fd, s->text + s->len, room)
			       : read(fd, dropped, sizeof(dropped));

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	s->len += room ? (size_t)n : 0;
	return n > 0;
}

static bool feed(int fd, struct str *in)
{
	const ssize_t n = write(fd, in->ptr, in->len);

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	*in = str_slice(*in, (size_t)n, in->len);
	return in->len > 0;
}

/* Feeds and reads in turns, so that neither side waits for ever, and closes
 * all three. */
static void exchange(int to, int from, int errors, struct str in,
		     struct output *out, struct said *said)
{
	struct pollfd p[3] = { { .fd = to, .events = POLLOUT },
			       { .fd = from, .events = POLLIN },
			       { .fd = errors, .events = POLLIN } };

	if (!in.len)
		close_fd(&p[0].fd);
	while (p[1].fd >= 0 || p[2].fd >= 0) {
		if (poll(p, 3, -1) < 0) {
			if (errno == EINTR)
				continue;
			out->broken = true;
			break;
		}
		if (p[0].revents && !feed(p[0].fd, &in))
			close_fd(&p[0].fd);
		if (p[1].revents && !output_read(out, p[1].fd))
			close_fd(&p[1].fd);
		if (p[2].revents && !said_read(said, p[2].fd))
			close_fd(&p[2].fd);
	}
	for (size_t i = 0; i < 3; i++)
		close_fd(&p[i].fd);
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return 128;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static const char *first_line(const struct said *said, struct arena *a)
{
	struct str rest = { said->text, said->len };
	struct str line;

	if (!str_next_line(&rest, &line))
		return "";
	if (str_starts(line, STR("fatal: ")) ||
	    str_starts(line, STR("error: ")))
		line = str_slice(line, 7, line.len);
	return str_dup(a, line);
}

static int cannot_run(struct err *err, const char *program)
{
	return err_set(err, "%s cannot be run: %s", program, strerror(errno));
}

/* Three pipes; of each, [0] is read from and [1] written to. */
struct pipes {
	int in[2], out[2], said[2];
};

static void pipes_close(struct pipes *p)
{
	int *const all[] = { p->in, p->out, p->said };

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		close_fd(&all[i][0]);
		close_fd(&all[i][1]);
	}
}

static int pipes_open(struct pipes *p)
{
	*p = (struct pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 } };
	if (open_pipe(p->in) < 0 || open_pipe(p->out) < 0 ||
	    open_pipe(p->said) < 0)
		return -1;
	return fcntl(p->in[1], F_SETFL, O_NONBLOCK);
}

int process_lines(struct process_result *out, const char *const *args,
		  const struct line_taker *lines, struct str in,
		  struct arena *a, struct err *err)
{
	struct pipes p;
	struct output got = { .lines = lines };
	struct said said = { .len = 0 };
	struct sigaction before;
	pid_t pid;

	*out = (struct process_result){ .out = { "", 0 }, .said = "" };
	if (pipes_open(&p) < 0 ||
	    spawn(&pid, args, p.in[0], p.out[1], p.said[1]) < 0) {
		cannot_run(err, args[0]);
		pipes_close(&p);
		return -1;
	}
	close_fd(&p.in[0]);
	close_fd(&p.out[1]);
	close_fd(&p.said[1]);
	ignore_sigpipe(&before);
	exchange(p.in[1], p.out[0], p.said[0], in, &got, &said);
	sigaction(SIGPIPE, &before, NULL);
	out->status = wait_for(pid);
	out->out.ptr = arena_copy(a, got.ptr ? got.ptr : "", got.len);
	out->out.len = got.len;
	out->said = first_line(&said, a);
	free(got.ptr);
	return got.broken
		       ? err_set(err, "what %s answers cannot be read", args[0])
		       : 0;
}

int process_run(struct process_result *out, const char *const *args,
		struct str in, struct arena *a, struct err *err)
{
	return process_lines(out, args, NULL, in, a, err);
}

int dialogue_open(struct dialogue *d, const char *const *args, struct err *err)
{
	struct pipes p = { { -1, -1 }, { -1, -1 }, { -1, -1 } };

	if (open_pipe(p.in) < 0 || open_pipe(p.out) < 0 ||
	    spawn(&d->pid, args, p.in[0], p.out[1], -1) < 0) {
		cannot_run(err, args[0]);
		pipes_close(&p);
		d->pid = 0;
		return -1;
	}
	close_fd(&p.in[0]);
	close_fd(&p.out[1]);
	d->to = p.in[1];
	d->from = p.out[0];
	return 0;
}

bool dialogue_write(struct dialogue *d, struct str bytes)
{
	struct sigaction before;
	bool ok = true;

	ignore_sigpipe(&before);
	while (bytes.len && ok) {
		const ssize_t n = write(d->to, bytes.ptr, bytes.len);

		if (n > 0)
			bytes = str_slice(bytes, (size_t)n, bytes.len);
		ok = n > 0 || errno == EINTR;
	}
	sigaction(SIGPIPE, &before, NULL);
	return ok;
}

bool dialogue_read(struct dialogue *d, char *to, size_t len)
{
	while (len) {
		const ssize_t n = read(d->from, to, len);

		if (n > 0) {
			to += n;
			len -= (size_t)n;
		} else if (n == 0 || errno != EINTR) {
			return false;
		}
	}
	return true;
}

/* Whoever is in the middle of an answer finds nobody listening and ends. */
void dialogue_close(struct dialogue *d)
{
	if (!d->pid)
		return;
	close_fd(&d->to);
	close_fd(&d->from);
	wait_for(d->pid);
	d->pid = 0;
}
