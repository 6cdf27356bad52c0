#include "shown.h"

#include <stdint.h>

#include "comment.h"
#include "prose.h"
#include "secret.h"
#include "strbuf.h"
#include "utf8.h"

enum secret_in shown_secrets(const struct finding *f)
{
	return f->rule->on == ON_COMMAND ? SECRET_IN_COMMAND : SECRET_IN_CODE;
}

/* A text of a rule with captures in it. Those of a command are its words;
 * those of a statement are names. */
static const char *text_of(const struct finding *f, const char *text,
			   struct arena *a)
{
	struct captures captures = f->captures;

	if (f->rule->on == ON_COMMAND) {
		captures = (struct captures){ 0 };
		vec_each(struct capture, c, &f->captures) {
			const struct str masked =
				secret_masked(a, c->value, SECRET_IN_COMMAND);

			vec_push(&captures, a,
				 (struct capture){ c->name, masked });
		}
	}
	return utf8_valid(a, str_trim(finding_expand(text, &captures, a)));
}

static const char *words_of(const struct finding *f, struct str words,
			    struct arena *a)
{
	if (f->rule->on == ON_COMMAND)
		words = secret_masked(a, words, SECRET_IN_COMMAND);
	return utf8_valid(a, words);
}

static const char *said(const char *text, struct arena *a)
{
	return text ? utf8_valid(a, str_of(text)) : NULL;
}

static uint32_t characters(const struct source *src, uint32_t from, uint32_t to)
{
	return utf8_count(str_slice(src->text, from, to));
}

static struct region region_of(const struct finding *f, struct arena *a)
{
	struct source *src = f->source;
	const uint32_t size = (uint32_t)src->text.len;
	const uint32_t off = f->span.off < size ? f->span.off : size;
	const uint32_t end =
		span_end(f->span) < size ? span_end(f->span) : size;

	if (!f->span.off && !f->span.len)
		return (struct region){ 1, 1, 1, 1, true };
	const struct place first = source_place(src, a, off);
	const struct place last = source_place(src, a, end);
	struct region r = { .line = first.line, .end_line = last.line };

	r.column = 1 + characters(src, off - (first.col - 1), off);
	if (first.line == last.line)
		r.end_column = r.column + characters(src, off, end);
	else
		r.end_column = 1 + characters(src, end - (last.col - 1), end);
	return r;
}

struct shown shown_of(const struct finding *f, struct arena *a)
{
	const struct override_used *o = &f->override;

	return (struct shown){
		.path = said(f->source->path, a),
		.title = text_of(f, f->title, a),
		.form = words_of(f, f->form, a),
		.commit = said(f->commit, a),
		.note = said(f->note, a),
		.override = { said(o->annotation, a), said(o->rollback_plan, a),
			      said(o->approved_by, a), said(o->reason, a),
			      said(o->backup, a) },
		.at = region_of(f, a),
	};
}

struct arena_mark shown_mark(const struct finding *f, struct arena *a)
{
	source_place(f->source, a, 0);
	return arena_mark(a);
}

const char *shown_why(const struct finding *f, struct arena *a)
{
	return prose_of(a, text_of(f, f->why, a));
}

const char *shown_instead(const struct finding *f, struct arena *a)
{
	return prose_of(a, text_of(f, f->instead, a));
}

const char *shown_advice(const char *instead, struct arena *a)
{
	const bool list = prose_mark(str_of(instead)) > 0;

	return arena_format(a, "Instead:%s%s", list ? "\n" : " ", instead);
}

const char *shown_capture(const struct finding *f, const struct capture *c,
			  struct arena *a)
{
	/* A pattern may well capture the value; the form never holds it. */
	if (f->rule->on == ON_SETTING &&
	    str_find(f->form, c->value) == SIZE_MAX)
		return NULL;
	return words_of(f, c->value, a);
}

bool shown_source(const struct finding *f)
{
	const struct comment_syntax *syntax;

	if (f->source->hidden)
		return false;
	switch (f->rule->on) {
	case ON_STATEMENT:
	case ON_COMMAND: return true;
	case ON_SETTING: return false;
	case ON_FILE: break;
	}
	syntax = comment_syntax_of(f->source);
	return syntax && !syntax->settings;
}

uint32_t shown_override_line(const struct finding *f, struct arena *a)
{
	const struct span at = f->whole.len ? f->whole : f->span;

	const uint32_t size = (uint32_t)f->source->text.len;

	return source_place(f->source, a, at.off < size ? at.off : size).line;
}
