#include "sql_file.h"

#include "program.h"
#include "read.h"
#include "strbuf.h"

/* The text of the file, looked for from the folder of the caller upwards. */
static struct str text_of(struct settings_run *run, const struct collector *c,
			  const struct call *call)
{
	struct str name = call->name;
	struct str text;

	while (str_starts(name, STR("./")))
		name = str_slice(name, 2, name.len);
	if (!name.len || name.ptr[0] == '/' ||
	    str_find_byte(name, '$') != SIZE_MAX)
		return STR("");
	text = sibling_text(run, c->src->path, str_dup(c->arena, name));
	return decode_text(c->arena, text, &text) ? STR("") : text;
}

/* The first form of the file that destroys; NULL if none does. */
static const struct form *first_destroyer(struct reading *inner, struct str sql,
					  struct span span,
					  enum dialect dialect)
{
	const struct read_options opt = { .dialect = dialect };

	read_sql_text(inner, sql, span, &opt, FORM_EMBEDDED);
	vec_each(const struct form, f, &inner->forms)
		if (destroys(f->text))
			return f;
	return NULL;
}

static void bring(struct settings_run *run, struct collector *c,
		  const struct call *call)
{
	const struct str client =
		str_slice(call->text, 0, str_find_byte(call->text, ' '));
	const struct str sql = text_of(run, c, call);
	struct reading inner = { .arena = c->arena };
	const struct form *found = first_destroyer(&inner, sql, call->span,
						   dialect_of_client(client));
	struct strbuf b = STRBUF(c->arena);
	struct form *f;

	if (!found)
		return;
	strbuf_add(&b, client);
	strbuf_puts(&b, " -c ");
	strbuf_add(&b, found->text);
	f = reading_add(c->reading, FORM_COMMAND, strbuf_str(&b), call->span);
	f->flags |= FORM_DEPLOY;
}

void sql_files_bring(struct settings_run *run, struct collector *c)
{
	for (size_t i = 0; i < c->calls.count; i++)
		if (c->calls.item[i].kind == CALL_SQL &&
		    c->calls.item[i].deploy)
			bring(run, c, &c->calls.item[i]);
}
