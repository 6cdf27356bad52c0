#include "report.h"

#include "advice.h"
#include "page.h"
#include "shown.h"
#include "strbuf.h"
#include "utf8.h"
#include "verdict.h"

/* Workflow commands of GitHub Actions, which annotate the lines of a pull
 * request. Data escapes "%" and line ends; a property also ":" and ",". Other
 * control characters are written out, because the log is shown on terminals.
 */

static void put_escaped(FILE *out, struct arena *a, const char *text,
			bool property)
{
	const char *special = property ? "%:,\n" : "%\n";
	struct str rest = str_of(text), line;

	for (bool first = true; str_next_line(&rest, &line); first = false) {
		const struct str shown = page_escaped(a, line);

		if (!first)
			fputs("%0A", out);
		for (size_t i = 0; i < shown.len; i++) {
			const char c = shown.ptr[i];

			if (strchr(special, c))
				fprintf(out, "%%%02X", (unsigned)c);
			else
				fputc(c, out);
		}
	}
}

static void put_property(FILE *out, struct arena *a, const char *name,
			 const char *text)
{
	fprintf(out, "%s=", name);
	put_escaped(out, a, text, true);
}

static const char *title_of(const struct finding *f, const struct shown *s,
			    struct arena *a)
{
	const bool overridden = f->status == STATUS_OVERRIDDEN;

	return arena_format(a, "%s%s: %s [%s]", level_name(f->level),
			    overridden ? ", overridden" : "", s->title,
			    f->rule->id);
}

static const char *message_of(const struct finding *f, const struct shown *s,
			      struct arena *a)
{
	struct strbuf b = STRBUF(a);

	if (f->status == STATUS_OVERRIDDEN && s->override.rollback_plan)
		strbuf_printf(&b, "Rollback plan: %s\n",
			      s->override.rollback_plan);
	strbuf_puts(&b, shown_why(f, a));
	strbuf_printf(&b, "\n%s", shown_advice(shown_instead(f, a), a));
	if (s->note)
		strbuf_printf(&b, "\nNote: %s", s->note);
	if (f->status == STATUS_BLOCKED) {
		const struct advice to = advice_of(f, a);

		strbuf_printf(&b, "\nIf this is meant, put %s:\n%s", to.where,
			      to.lines);
	}
	return strbuf_cstr(&b);
}

static void print_finding(const struct finding *f, struct arena *a, FILE *out)
{
	static const char *const commands[] = {
		[STATUS_NOTED] = "warning",
		[STATUS_OVERRIDDEN] = "notice",
		[STATUS_BLOCKED] = "error",
	};
	const struct shown s = shown_of(f, a);

	fprintf(out, "::%s ", commands[f->status]);
	put_property(out, a, "file", s.path);
	fprintf(out, ",line=%u,endLine=%u,", s.at.line, s.at.end_line);
	put_property(out, a, "title", title_of(f, &s, a));
	fputs("::", out);
	put_escaped(out, a, message_of(f, &s, a), false);
	fputc('\n', out);
}

static void print(const struct outcome *o, const struct report_style *style,
		  struct arena *a, FILE *out)
{
	const bool said = o->findings.count || o->unread.count || o->blocked;

	vec_each(struct finding, f, &o->findings)
		print_finding(f, a, out);
	vec_each(struct unread_file, u, &o->unread) {
		fputs("::warning ", out);
		put_property(out, a, "file", u->path);
		fputs(",title=not read::was not read: ", out);
		put_escaped(out, a, u->reason, false);
		fputc('\n', out);
	}
	if (said || style->verbose)
		fprintf(out, "%s\n", verdict_of(o, style, a).first);
}

const struct reporter report_github = { "github", print };
