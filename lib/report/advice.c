#include "advice.h"

#include "comment.h"
#include "policy.h"
#include "shown.h"
#include "strbuf.h"
#include "utf8.h"

#define CONFIG ".holdfast.yaml"
#define REASON "<why this is right>"

/* A path as a glob that matches it, in YAML: plain where that is safe, else in
 * double quotes. */
static void put_glob(struct strbuf *b, const char *text)
{
	bool plain = *text != '\0' && *text != '-' && *text != '.';

	for (const char *p = text; *p; p++)
		plain = plain &&
			(is_alpha(*p) || is_digit(*p) || strchr("./_-", *p));
	if (plain) {
		strbuf_puts(b, text);
		return;
	}
	strbuf_byte(b, '"');
	for (const char *p = text; *p; p++) {
		if (*p == '"' || *p == '\\')
			strbuf_byte(b, '\\');
		strbuf_byte(b, strchr("*?[{", *p) ? '?' : *p);
	}
	strbuf_byte(b, '"');
}

static struct advice config_entry(const struct finding *f, struct arena *a)
{
	struct strbuf b = STRBUF(a);

	strbuf_puts(&b, "allow:\n  - path: ");
	put_glob(&b, utf8_valid(a, str_of(f->source->path)));
	strbuf_printf(&b, "\n    rule: %s\n    reason: " REASON "\n",
		      f->rule->id);
	return (struct advice){ strbuf_cstr(&b), "this into " CONFIG };
}

static const char *line_words(const struct finding *f)
{
	switch (f->rule->on) {
	case ON_STATEMENT: return "the statement on line";
	case ON_SETTING: return "the setting on line";
	case ON_COMMAND: return "the command on line";
	case ON_FILE: break;
	}
	return "line";
}

/* What the override in force lacks, or all of one where there is none. */
static const char *comment_lines(const struct finding *f,
				 const struct comment_syntax *syntax,
				 struct arena *a)
{
	static const struct {
		unsigned need;
		const char *text;
	} lines[] = {
		{ NEEDS_OVERRIDE, "@override-destructive" },
		{ NEEDS_PLAN,
		  "@rollback-plan: <how you would get the data back>" },
		{ NEEDS_BACKUP, "@backup: <which backup, taken when>" },
		{ NEEDS_APPROVAL, "@approved-by: <one of the approvers>" },
		{ NEEDS_REASON, "@reason: " REASON },
	};
	struct strbuf b = STRBUF(a);

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		if (!(f->missing & lines[i].need))
			continue;
		strbuf_puts(&b, syntax->open);
		strbuf_byte(&b, ' ');
		strbuf_puts(&b, lines[i].text);
		strbuf_puts(&b, syntax->close);
		strbuf_byte(&b, '\n');
	}
	return strbuf_cstr(&b);
}

/* Some files must begin with their first line. */
static const char *top_of(const struct source *src)
{
	if (str_starts(src->text, STR("<?")) ||
	    str_starts(src->text, STR("#!")))
		return "this below the first line, with an empty line below it";
	return "this at the top of the file, with an empty line below it";
}

struct advice advice_of(const struct finding *f, struct arena *a)
{
	const struct comment_syntax *syntax = comment_syntax_of(f->source);
	const bool whole_file = !f->span.off && !f->span.len;

	if (!syntax || !f->source->text.len || !f->missing)
		return config_entry(f, a);
	return (struct advice){
		.lines = comment_lines(f, syntax, a),
		.where = whole_file
				 ? top_of(f->source)
				 : arena_format(a, "this directly above %s %u",
						line_words(f),
						shown_override_line(f, a)),
	};
}
