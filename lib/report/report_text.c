#include "report.h"

#include "advice.h"
#include "excerpt.h"
#include "map.h"
#include "page.h"
#include "shown.h"
#include "strbuf.h"
#include "verdict.h"

enum { COMMIT_DIGITS = 10, PASTE_INDENT = 4 };

/* What was printed in full already, so that it is not said twice. */
struct told {
	struct map texts;	     /* by rule and texts: a finding */
	const struct source *source; /* of the last advice */
	struct advice advice;
};

struct text_report {
	struct page page; /* its arena is emptied after each finding */
	struct told told;
	struct arena *arena; /* of what is remembered */
};

static void line_end(const struct page *p)
{
	fputc('\n', p->out);
}

/* The finding with which all that this one has to say was printed, or NULL:
 * only the names in it differ. */
static const struct finding *told_with(struct text_report *r, struct finding *f)
{
	const char *const texts[] = { f->rule->id, f->why, f->instead };
	const struct str key = { (const char *)texts, sizeof(texts) };
	const struct finding *before = map_get(&r->told.texts, key);

	if (!before)
		map_put(&r->told.texts, r->arena, str_copy(r->arena, key), f);
	return before;
}

static void print_head(const struct page *p, const struct finding *f,
		       const struct shown *s)
{
	page_path(p, s->path);
	if (!s->at.whole_file) {
		fputc(':', p->out);
		page_number(p, s->at.line, 0);
		fputc(':', p->out);
		page_number(p, s->at.column, 0);
	}
	fputs(": ", p->out);
	page_level(p, f->level, level_name(f->level));
	fputs(f->status == STATUS_OVERRIDDEN ? ", overridden: " : ": ", p->out);
	page_put(p, s->title);
	fputs(" [", p->out);
	fputs(f->rule->id, p->out);
	fputc(']', p->out);
}

static void print_lines(const struct page *p, const char *lines)
{
	struct str rest = str_of(lines), line;

	line_end(p);
	while (str_next_line(&rest, &line)) {
		page_blanks(p, PASTE_INDENT);
		page_put(p, str_dup(p->arena, line));
		line_end(p);
	}
}

/* How the finding is let through. Within a file, lines that were just printed
 * are not printed again; where they cover this finding too, that is said. */
static void print_advice(struct text_report *r, const struct finding *f)
{
	const struct page *p = &r->page;
	const struct advice now = advice_of(f, p->arena);
	const struct advice *last = &r->told.advice;
	const bool same_file = last->where && r->told.source == f->source;

	if (same_file && !strcmp(last->where, now.where) &&
	    strstr(last->lines, now.lines)) {
		page_label(p, "override", "The lines above cover this too.");
		return;
	}
	if (same_file && !strcmp(last->lines, now.lines)) {
		page_label(p, "override",
			   arena_format(p->arena, "The same, %s.", now.where));
	} else {
		page_label(p, "override",
			   arena_format(p->arena, "If this is meant, put %s:",
					now.where));
		print_lines(p, now.lines);
	}
	r->told.source = f->source;
	r->told.advice = (struct advice){
		.lines = str_dup(r->arena, str_of(now.lines)),
		.where = str_dup(r->arena, str_of(now.where)),
	};
}

static void print_texts(struct text_report *r, struct finding *f)
{
	const struct page *p = &r->page;
	const struct finding *before = told_with(r, f);

	if (!before) {
		page_label(p, "why", shown_why(f, p->arena));
		page_label(p, "instead", shown_instead(f, p->arena));
	} else if (before->source == f->source) {
		page_label(p, "why", "As above.");
	} else {
		page_label(p, "why",
			   arena_format(p->arena, "As above, for %s.",
					before->source->path));
	}
}

/* What stands in the place of source that is not shown. */
static const char *label_of(const struct finding *f)
{
	switch (f->rule->on) {
	case ON_SETTING: return "setting";
	case ON_COMMAND: return "command";
	case ON_STATEMENT:
	case ON_FILE: break;
	}
	return "form";
}

static void print_blocked(struct text_report *r, struct finding *f)
{
	const struct page *p = &r->page;
	const struct shown s = shown_of(f, p->arena);

	line_end(p);
	print_head(p, f, &s);
	fputs("\n\n", p->out);
	if (excerpt_print(p, f))
		line_end(p);
	else if (*s.form)
		page_label(p, label_of(f), s.form);
	if (s.commit)
		page_label(p, "commit",
			   str_dup(p->arena, str_slice(str_of(s.commit), 0,
						       COMMIT_DIGITS)));
	print_texts(r, f);
	if (s.note)
		page_label(p, "note", s.note);
	print_advice(r, f);
}

/* One line, and what to do instead where that was not said yet. */
static void print_caution(struct text_report *r, struct finding *f)
{
	const struct page *p = &r->page;
	const struct shown s = shown_of(f, p->arena);

	print_head(p, f, &s);
	line_end(p);
	if (!told_with(r, f))
		page_label(p, "instead", shown_instead(f, p->arena));
	if (s.note)
		page_label(p, "note", s.note);
}

static void print_said(const struct page *p, const char *what, const char *text,
		       bool *any)
{
	if (!text)
		return;
	fprintf(p->out, "%s%s: ", *any ? "; " : " (", what);
	page_put(p, text);
	*any = true;
}

static void print_overridden(struct text_report *r, struct finding *f)
{
	const struct page *p = &r->page;
	const struct shown s = shown_of(f, p->arena);
	bool any = false;

	print_head(p, f, &s);
	print_said(p, "rollback plan", s.override.rollback_plan, &any);
	print_said(p, "reason", s.override.reason, &any);
	print_said(p, "approved by", s.override.approved_by, &any);
	print_said(p, "backup", s.override.backup, &any);
	if (!any)
		print_said(p, "by", s.override.annotation, &any);
	fputs(any ? ")\n" : "\n", p->out);
	if (s.note)
		page_label(p, "note", s.note);
}

/* Files that no finding speaks of already. */
static void print_unread(const struct page *p, const struct outcome *o)
{
	bool any = false;

	vec_each(struct unread_file, u, &o->unread) {
		if (verdict_names(o, u))
			continue;
		fputs(any ? "" : "\n", p->out);
		any = true;
		page_path(p, u->path);
		fputs(": was not read: ", p->out);
		page_put(p, u->reason);
		line_end(p);
	}
}

/* All findings of one status, each by `print_one`. */
static void print_all(struct text_report *r, const struct outcome *o,
		      enum status status,
		      void (*print_one)(struct text_report *r,
					struct finding *f))
{
	const struct arena_mark empty = arena_mark(r->page.arena);

	vec_each(struct finding, f, &o->findings) {
		if (f->status != status)
			continue;
		/* the line index is of the source, not of the finding */
		source_place(f->source, r->arena, 0);
		print_one(r, f);
		arena_rewind(r->page.arena, empty);
	}
}

static void print_body(struct text_report *r, const struct outcome *o)
{
	const struct page *p = &r->page;

	print_all(r, o, STATUS_BLOCKED, print_blocked);
	if (verdict_with_status(o, STATUS_NOTED))
		line_end(p);
	print_all(r, o, STATUS_NOTED, print_caution);
	if (verdict_with_status(o, STATUS_OVERRIDDEN))
		line_end(p);
	print_all(r, o, STATUS_OVERRIDDEN, print_overridden);
	print_unread(p, o);
	if (p->style->verbose)
		fprintf(p->out, "\n%s\n", verdict_read(o, p->arena));
}

static void print(const struct outcome *o, const struct report_style *style,
		  struct arena *a, FILE *out)
{
	struct arena scratch = { 0 };
	struct text_report r = { .page = { out, style, &scratch }, .arena = a };
	const bool said = o->findings.count || o->unread.count || o->blocked;
	const struct verdict v = verdict_of(o, style, a);

	if (!said && !style->verbose)
		return;
	fprintf(out, "%s\n", v.first);
	if (!said)
		return;
	print_body(&r, o);
	arena_free(&scratch);
	fprintf(out, "\n%s\n", v.last);
}

const struct reporter report_text = { "text", print };
