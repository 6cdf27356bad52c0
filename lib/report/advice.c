#include "advice.h"

#include "comment.h"
#include "shown.h"
#include "strbuf.h"
#include "utf8.h"

#define CONFIG ".holdfast.yaml"
#define PLAN "how you would get the data back"
#define REASON "why this is right"

/* As YAML has it: plain where that is safe, else in double quotes. */
static void put_yaml(struct strbuf *b, const char *text)
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
		strbuf_byte(b, *p);
	}
	strbuf_byte(b, '"');
}

static struct advice config_entry(const struct finding *f, struct arena *a)
{
	struct strbuf b = STRBUF(a);

	strbuf_puts(&b, "allow:\n  - path: ");
	put_yaml(&b, utf8_valid(a, str_of(f->source->path)));
	strbuf_printf(&b, "\n    rule: %s\n    reason: <" REASON ">\n",
		      f->rule->id);
	if (f->level == LEVEL_DANGEROUS)
		strbuf_puts(&b, "    rollback-plan: <" PLAN ">\n");
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

static void put_comment(struct strbuf *b, const struct comment_syntax *syntax,
			const char *text)
{
	strbuf_printf(b, "%s %s%s\n", syntax->open, text, syntax->close);
}

/* What the override in force lacks. */
static const char *comment_lines(const struct finding *f,
				 const struct comment_syntax *syntax,
				 struct arena *a)
{
	struct strbuf b = STRBUF(a);

	if (!f->override.annotation)
		put_comment(&b, syntax, "@override-destructive");
	if (f->level == LEVEL_DANGEROUS && !f->override.rollback_plan)
		put_comment(&b, syntax, "@rollback-plan: <" PLAN ">");
	return strbuf_cstr(&b);
}

struct advice advice_of(const struct finding *f, struct arena *a)
{
	const struct comment_syntax *syntax = comment_syntax_of(f->source);
	const bool whole_file = !f->span.off && !f->span.len;

	if (!syntax || !f->source->text.len)
		return config_entry(f, a);
	const char *lines = comment_lines(f, syntax, a);

	const char *where =
		whole_file ? "this at the top of the file, with an empty line "
			     "below it"
			   : arena_format(a, "this directly above %s %u",
					  line_words(f),
					  shown_override_line(f, a));

	return (struct advice){ lines, where };
}
