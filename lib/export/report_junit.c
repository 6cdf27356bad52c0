#include "report.h"

#include "shown.h"
#include "strbuf.h"
#include "utf8.h"
#include "verdict.h"

/* JUnit's XML as CI servers read it: a blocked finding is a failed test, an
 * overridden one and an unread file are skipped, a caution passes and says
 * why in its output. A clean run is one test that passed. */

/* XML 1.0 has no way to write most control characters. */
static bool is_xml(uint32_t code)
{
	return code >= 0x20 ? code != 0xFFFE && code != 0xFFFF
			    : code == '\t' || code == '\n' || code == '\r';
}

static void put_escaped(FILE *out, const char *special, const char *text)
{
	const struct str s = str_of(text);

	for (size_t i = 0; i < s.len;) {
		const struct str rest = str_slice(s, i, s.len);
		const struct utf8_char c = utf8_first(rest);

		if (!c.valid || !is_xml(c.code))
			fputs("\xEF\xBF\xBD", out);
		else if (c.code < 0x80 && strchr(special, (int)c.code))
			fprintf(out, "&#%u;", (unsigned)c.code);
		else
			fwrite(rest.ptr, 1, c.len, out);
		i += c.len;
	}
}

static void put_text(FILE *out, const char *text)
{
	put_escaped(out, "<>&\r", text);
}

static void put_attribute(FILE *out, const char *name, const char *text)
{
	fprintf(out, " %s=\"", name);
	put_escaped(out, "<>&\"\t\n\r", text);
	fputc('"', out);
}

static const char *details_of(const struct finding *f, const struct shown *s,
			      struct arena *a)
{
	struct strbuf b = STRBUF(a);

	strbuf_printf(&b, "%s:%u:%u\n%s\n\n%s\n", s->path, s->at.line,
		      s->at.column, shown_why(f, a),
		      shown_advice(shown_instead(f, a), a));
	if (s->note)
		strbuf_printf(&b, "\nNote: %s\n", s->note);
	return strbuf_cstr(&b);
}

static void print_failed(const struct finding *f, const struct shown *s,
			 struct arena *a, FILE *out)
{
	fputs("      <failure", out);
	put_attribute(out, "message", s->title);
	put_attribute(out, "type", level_name(f->level));
	fputc('>', out);
	put_text(out, details_of(f, s, a));
	fputs("</failure>\n", out);
}

static void print_skipped(const char *message, FILE *out)
{
	fputs("      <skipped", out);
	put_attribute(out, "message", message);
	fputs("/>\n", out);
}

static const char *override_words(const struct override_used *o,
				  struct arena *a)
{
	const char *words = o->rollback_plan ? o->rollback_plan : o->reason;

	return words ? arena_format(a, "overridden: %s", words) : "overridden";
}

static void print_finding(const struct finding *f, struct arena *a, FILE *out)
{
	const struct shown s = shown_of(f, a);

	fputs("    <testcase", out);
	put_attribute(out, "name",
		      arena_format(a, "%s: %s", f->rule->id, s.title));
	put_attribute(out, "classname", s.path);
	put_attribute(out, "file", s.path);
	fprintf(out, " line=\"%u\">\n", s.at.line);
	switch (f->status) {
	case STATUS_BLOCKED: print_failed(f, &s, a, out); break;
	case STATUS_OVERRIDDEN:
		print_skipped(override_words(&s.override, a), out);
		break;
	case STATUS_NOTED:
		fputs("      <system-out>", out);
		put_text(out, details_of(f, &s, a));
		fputs("</system-out>\n", out);
		break;
	}
	fputs("    </testcase>\n", out);
}

static void print_unread(const struct unread_file *u, struct arena *a,
			 FILE *out)
{
	fputs("    <testcase name=\"read\"", out);
	put_attribute(out, "classname", u->path);
	put_attribute(out, "file", u->path);
	fputs(">\n", out);
	print_skipped(arena_format(a, "was not read: %s", u->reason), out);
	fputs("    </testcase>\n", out);
}

static void print_clean(const struct outcome *o, struct arena *a, FILE *out)
{
	fputs("    <testcase classname=\"holdfast\"", out);
	put_attribute(out, "name", verdict_read(o, a));
	fputs("/>\n", out);
}

static void print(const struct outcome *o,
		  const struct report_style *style UNUSED, struct arena *a,
		  FILE *out)
{
	const size_t said = o->findings.count + o->unread.count;
	const size_t skipped =
		verdict_with_status(o, STATUS_OVERRIDDEN) + o->unread.count;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n",
	      out);
	fprintf(out,
		"  <testsuite name=\"holdfast\" tests=\"%zu\" failures=\"%zu\" "
		"errors=\"0\" skipped=\"%zu\">\n",
		said ? said : 1, verdict_with_status(o, STATUS_BLOCKED),
		skipped);
	vec_each(struct finding, f, &o->findings)
		print_finding(f, a, out);
	vec_each(struct unread_file, u, &o->unread)
		print_unread(u, a, out);
	if (!said)
		print_clean(o, a, out);
	fputs("  </testsuite>\n</testsuites>\n", out);
}

const struct reporter report_junit = { "junit", print };
