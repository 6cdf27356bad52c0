#include "git_repo.h"

#include "arena.h"
#include "err.h"

/* The arguments with git before them, and where it is to start. */
static const char *const *command(const struct git *git,
				  const char *const *args, struct arena *a)
{
	const char **argv;
	size_t n = 0;

	while (args[n])
		n++;
	argv = arena_array(a, const char *, n + 4);
	n = 0;
	argv[n++] = "git";
	if (git->path) {
		argv[n++] = "-C";
		argv[n++] = git->path;
	}
	for (size_t i = 0; args[i]; i++)
		argv[n++] = args[i];
	return argv;
}

int git_try(struct process_result *out, const struct git *git,
	    const char *const *args, struct str in, struct arena *a,
	    struct err *err)
{
	return process_run(out, command(git, args, a), in, a, err);
}

int git_ask(struct str *out, const struct git *git, const struct question *q,
	    struct arena *a, struct err *err)
{
	struct process_result r;

	if (process_lines(&r, command(git, q->args, a), q->lines, q->in, a,
			  err) < 0)
		return -1;
	*out = r.out;
	if (!r.status)
		return 0;
	return err_set(err, "%s: %s", q->what,
		       *r.said ? r.said : "git does not say why");
}

int git_setting(bool *out, struct git *git, const char *key, struct arena *a,
		struct err *err)
{
	const char *args[] = { "config", "--type=bool", "--get", key, NULL };
	struct process_result r;

	if (git_try(&r, git, args, (struct str){ "", 0 }, a, err) < 0)
		return -1;
	*out = !r.status && str_eq(str_trim(r.out), STR("true"));
	/* 1: there is no such key. */
	return r.status > 1 ? err_set(err, "%s: %s", key, r.said) : 0;
}
