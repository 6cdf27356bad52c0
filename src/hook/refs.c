#include "refs.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <unistd.h>

#include "err.h"
#include "strbuf.h"

enum { PATIENCE_MS = 10 * 1000, FIELDS_MAX = 4 };

static int nobody(struct err *err)
{
	return err_set(err, "no refs came on standard input (called by hand, "
			    "or lefthook without `use_stdin: true`?)");
}

static int wait_for_input(int fd, struct err *err)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	if (isatty(fd))
		return nobody(err);
	for (;;) {
		const int n = poll(&p, 1, PATIENCE_MS);

		if (n > 0 && (p.revents & POLLNVAL))
			return err_set(err, "standard input is closed");
		if (n > 0)
			return 0;
		if (n == 0 || errno != EINTR)
			return nobody(err);
	}
}

static int read_all(struct strbuf *out, int fd, struct err *err)
{
	char part[4096];

	if (wait_for_input(fd, err) < 0)
		return -1;
	for (;;) {
		const ssize_t n = read(fd, part, sizeof(part));

		if (n > 0)
			strbuf_add(out, (struct str){ part, (size_t)n });
		else if (n == 0)
			return 0;
		else if (errno != EINTR)
			return err_set(err, "standard input cannot be read");
	}
}

/* The words of a line; no more than FIELDS_MAX + 1 are counted. */
static size_t split(struct str line, const char *field[], struct arena *a)
{
	size_t n = 0;

	while (line.len && n <= FIELDS_MAX) {
		const size_t end = str_find_byte(line, ' ');

		if (n < FIELDS_MAX)
			field[n] = str_dup(a, str_slice(line, 0, end));
		n++;
		line = str_slice(line, end == SIZE_MAX ? end : end + 1,
				 line.len);
	}
	return n;
}

int refs_parse(struct push_refs *out, enum refs_of kind, struct str text,
	       struct arena *a, struct err *err)
{
	const bool receive = kind == REFS_OF_RECEIVE;
	struct str line;

	*out = (struct push_refs){ 0 };
	while (str_next_line(&text, &line)) {
		const char *f[FIELDS_MAX];

		if (split(line, f, a) != (receive ? 3u : 4u))
			return err_set(err, "a line on standard input is not "
					    "what git writes");
		if (receive)
			vec_push(out, a,
				 (struct push_ref){ .remote_oid = f[0],
						    .local_oid = f[1],
						    .remote_ref = f[2] });
		else
			vec_push(out, a,
				 (struct push_ref){ .local_ref = f[0],
						    .local_oid = f[1],
						    .remote_ref = f[2],
						    .remote_oid = f[3] });
	}
	return 0;
}

int refs_read(struct push_refs *out, enum refs_of kind, int fd, struct arena *a,
	      struct err *err)
{
	struct strbuf text = STRBUF(a);

	if (read_all(&text, fd, err) < 0)
		return -1;
	return refs_parse(out, kind, strbuf_str(&text), a, err);
}
