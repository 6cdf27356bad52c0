#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "arena.h"
#include "err.h"
#include "hook.h"
#include "judge_refs.h"
#include "probe.h"
#include "push_options.h"
#include "refs.h"
#include "report.h"
#include "run.h"
#include "str.h"

static const char name[] = "pre-receive";

/* GitLab shows lines of a hook in its pages, and to the one who pushed, when
 * they begin so (docs.gitlab.com/administration/server_hooks). */
static const char *line_prefix(void)
{
	const bool gitlab = getenv("GL_ID") || getenv("GL_REPOSITORY") ||
			    getenv("GL_PROTOCOL");

	return gitlab ? "GL-HOOK-ERR: " : "";
}

static void tell_lines(struct str text)
{
	const char *prefix = line_prefix();
	struct str line;

	while (str_next_line(&text, &line))
		fprintf(stderr, "%s" STR_FMT "\n", prefix, STR_ARG(line));
}

static int tell(const struct outcome *o, struct arena *a, struct err *err)
{
	const struct report_style style = run_style(STDERR_FILENO, name, NULL);
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return err_set(err, "out of memory");
	report_text.print(o, &style, a, out);
	if (fclose(out) != 0) {
		free(text);
		return err_set(err, "out of memory");
	}
	tell_lines((struct str){ text, len });
	free(text);
	return o->blocked ? RUN_BLOCKED : RUN_CLEAN;
}

static int override(struct outcome *o, struct git *git, struct arena *a,
		    struct err *err)
{
	struct push_options options;
	bool accepted;

	if (!o->blocked || !push_options_read(&options, a))
		return 0;
	if (git_setting(&accepted, git, "holdfast.pushOptions", a, err) < 0)
		return -1;
	if (!accepted) {
		tell_lines(STR("holdfast: push refused; -o holdfast.allow is "
			       "not accepted here (git config "
			       "holdfast.pushOptions)\n"));
		return 0;
	}
	push_options_apply(&options, &o->findings, a);
	outcome_decide(o);
	return 0;
}

static int judge(struct git **git, struct arena *a, struct err *err)
{
	const struct push_target target = { .here = true };
	struct push_refs refs;
	struct outcome outcome;

	if (refs_read(&refs, REFS_OF_RECEIVE, STDIN_FILENO, a, err) < 0 ||
	    git_open_hook(git, a, err) < 0 ||
	    judge_refs(&outcome, *git, &target, &refs, a, err) < 0 ||
	    override(&outcome, *git, a, err) < 0)
		return -1;
	return tell(&outcome, a, err);
}

int hook_pre_receive(void)
{
	struct arena a = { 0 };
	struct git *git = NULL;
	struct err err;
	int status;

	if (probe_answer(name))
		return RUN_BLOCKED;
	status = judge(&git, &a, &err);
	if (status < 0) {
		tell_lines(str_of(
			arena_format(&a, "holdfast: %s cannot judge: %s\n",
				     name, err.text)));
		status = RUN_CANNOT_JUDGE;
	}
	git_close(git);
	arena_free(&a);
	return status;
}
