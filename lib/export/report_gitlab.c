#include "report.h"
#include "shown.h"
#include "strbuf.h"
#include "tree.h"

/* GitLab's Code Quality: the part of the Code Climate format that it reads.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */

static const char *severity_of(const struct finding *f)
{
	if (f->status == STATUS_OVERRIDDEN)
		return "info";
	switch (f->level) {
	case LEVEL_DANGEROUS: return "blocker";
	case LEVEL_RESTRICTED: return "critical";
	case LEVEL_CAUTION:
	case LEVEL_OFF: break;
	}
	return "minor";
}

static const char *description_of(const struct finding *f,
				  const struct shown *s, struct arena *a)
{
	struct strbuf b = STRBUF(a);

	strbuf_puts(&b, level_name(f->level));
	if (f->status == STATUS_OVERRIDDEN)
		strbuf_puts(&b, ", overridden");
	strbuf_printf(&b, ": %s", s->title);
	return strbuf_cstr(&b);
}

static json_t *issue_of(const struct finding *f, struct map *seen,
			struct arena *a)
{
	const struct shown s = shown_of(f, a);
	json_t *issue = json_object(), *location, *lines;

	tree_text(issue, "description", description_of(f, &s, a));
	tree_text(issue, "check_name", f->rule->id);
	tree_text(issue, "fingerprint", tree_fingerprint(seen, f, a));
	tree_text(issue, "severity", severity_of(f));
	location = tree_object(issue, "location");
	tree_text(location, "path", s.path);
	lines = tree_object(location, "lines");
	tree_number(lines, "begin", s.at.line);
	tree_number(lines, "end", s.at.end_line);
	return issue;
}

static void print(const struct outcome *o,
		  const struct report_style *style UNUSED, struct arena *a,
		  FILE *out)
{
	json_t *issues = json_array();
	struct map seen = { 0 };

	vec_each(struct finding, f, &o->findings)
		tree_append(issues, issue_of(f, &seen, a));
	tree_print(issues, out);
}

const struct reporter report_gitlab = { "gitlab", print };
