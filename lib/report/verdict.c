#include "verdict.h"

#include "page.h"
#include "shown.h"
#include "strbuf.h"

enum { PATH_COLUMNS = 60 };

/* What a run stands before, how its verdict begins, and what a block left
 * behind. To add a hook, add a row above the last, which is for the rest. */
static const struct moment {
	const char *command;
	const char *what, *blocked, *after;
} moments[] = {
	{ "pre-commit", "commit", "commit blocked", "; nothing was committed" },
	{ "pre-merge-commit", "merge", "merge blocked",
	  "; the merge is still in progress: correct it and run git commit, "
	  "or go back with git merge --abort" },
	{ "pre-applypatch", "patch", "patch blocked",
	  "; the patch is applied but not committed: correct it, git add, and "
	  "run git am --continue (git rebase --continue), or --abort" },
	{ "pre-push", "push", "push blocked", "; nothing was pushed" },
	{ "pre-receive", "push", "push refused", "; nothing was accepted" },
	{ NULL, NULL, "blocked", "" },
};

static const struct moment *moment_of(const struct report_style *style)
{
	const struct moment *m = moments;

	while (m->command &&
	       (!style->command || strcmp(m->command, style->command)))
		m++;
	return m;
}

const char *verdict_count(struct arena *a, size_t n, const char *thing)
{
	return arena_format(a, "%zu %s%s", n, thing, n == 1 ? "" : "s");
}

size_t verdict_with_status(const struct outcome *o, enum status s)
{
	size_t n = 0;

	vec_each(struct finding, f, &o->findings)
		n += f->status == s;
	return n;
}

bool verdict_names(const struct outcome *o, const struct unread_file *u)
{
	vec_each(struct finding, f, &o->findings)
		if (!strcmp(f->rule->id, "unread-file") &&
		    !strcmp(f->source->path, u->path))
			return true;
	return false;
}

static size_t unread_alone(const struct outcome *o)
{
	size_t n = 0;

	vec_each(struct unread_file, u, &o->unread)
		n += !verdict_names(o, u);
	return n;
}

const char *verdict_read(const struct outcome *o, struct arena *a)
{
	return arena_format(a, "%s, %s, %s, %s read",
			    verdict_count(a, o->files, "file"),
			    verdict_count(a, o->statements, "statement"),
			    verdict_count(a, o->settings, "setting"),
			    verdict_count(a, o->commands, "command"));
}

/* The first folder and as many of the last parts as there is room for. */
static const char *short_path(struct arena *a, const char *path)
{
	const char *first = strchr(path, '/');
	const char *tail = strrchr(path, '/');

	if (strlen(path) <= PATH_COLUMNS || first == tail)
		return path;
	const size_t head = (size_t)(first - path);

	for (const char *p = tail - 1; p > first; p--) {
		if (*p != '/')
			continue;
		if (head + 4 + strlen(p) > PATH_COLUMNS)
			break;
		tail = p;
	}
	return arena_format(a, "%.*s/...%s", (int)head, path, tail);
}

/* The blocked finding to name: the first of the gravest. */
static const struct finding *gravest(const struct outcome *o)
{
	const struct finding *worst = NULL;

	vec_each(struct finding, f, &o->findings)
		if (f->status == STATUS_BLOCKED &&
		    (!worst || f->level > worst->level))
			worst = f;
	return worst;
}

static const char *one_line(struct strbuf *b)
{
	const struct str s = page_escaped(b->arena, strbuf_str(b));

	return str_dup(b->arena, s);
}

static struct verdict blocked_by(const struct finding *worst, size_t blocked,
				 const struct moment *m, struct arena *a)
{
	struct strbuf first = STRBUF(a), last = STRBUF(a);
	const struct shown s = shown_of(worst, a);

	strbuf_printf(&first, "holdfast: %s: %s (%s", m->blocked, s.title,
		      short_path(a, s.path));
	if (!s.at.whole_file)
		strbuf_printf(&first, ":%u", s.at.line);
	strbuf_puts(&first, ")");
	if (blocked > 1)
		strbuf_printf(&first, " and %zu more", blocked - 1);
	strbuf_printf(&last,
		      "holdfast: blocked by %s%s. Explain one: holdfast "
		      "explain %s",
		      verdict_count(a, blocked, "finding"), m->after,
		      worst->rule->id);
	return (struct verdict){ one_line(&first), one_line(&last) };
}

static struct verdict blocked_unread(const struct outcome *o,
				     const struct moment *m, struct arena *a)
{
	const char *files = verdict_count(a, o->unread.count, "file");
	const char *first = arena_format(
		a, "holdfast: %s: %s could not be read", m->blocked, files);

	return (struct verdict){
		first, arena_format(a, "holdfast: blocked: %s not read%s",
				    files, m->after)
	};
}

static void put_some(struct strbuf *b, size_t n, const char *one,
		     const char *many)
{
	if (!n)
		return;
	if (b->len)
		strbuf_puts(b, ", ");
	strbuf_printf(b, "%zu %s", n, n == 1 ? one : many);
}

static struct verdict passed(const struct outcome *o, const struct moment *m,
			     struct arena *a)
{
	struct strbuf what = STRBUF(a);
	const char *blocks =
		m->what ? arena_format(a, "nothing blocks this %s", m->what)
			: "nothing is blocked";

	put_some(&what, verdict_with_status(o, STATUS_OVERRIDDEN),
		 "finding is overridden", "findings are overridden");
	put_some(&what, verdict_with_status(o, STATUS_NOTED), "caution",
		 "cautions");
	put_some(&what, unread_alone(o), "file was not read",
		 "files were not read");
	const char *first = what.len ? arena_format(a, "holdfast: %s: %s",
						    blocks, strbuf_cstr(&what))
				     : arena_format(a, "holdfast: %s: %s",
						    blocks, verdict_read(o, a));
	const char *last = first;

	if (o->findings.count)
		last = arena_format(a,
				    "holdfast: %s. Explain a finding: "
				    "holdfast explain %s",
				    blocks, o->findings.item[0].rule->id);
	return (struct verdict){ first, last };
}

struct verdict verdict_of(const struct outcome *o,
			  const struct report_style *style, struct arena *a)
{
	const struct moment *m = moment_of(style);
	const struct finding *worst = gravest(o);

	if (worst)
		return blocked_by(worst, verdict_with_status(o, STATUS_BLOCKED),
				  m, a);
	return o->blocked ? blocked_unread(o, m, a) : passed(o, m, a);
}
