#include "report.h"
#include "shown.h"
#include "tree.h"
#include "utf8.h"

/* Our own format: every field is always there; null where there is nothing to
 * say. Columns count characters, and an end lies behind the last one. */

static json_t *captures_of(const struct finding *f, struct arena *a)
{
	json_t *captures = json_object();

	vec_each(struct capture, c, &f->captures) {
		const char *value = shown_capture(f, c, a);

		if (value)
			tree_set(captures, c->name, json_string(value));
	}
	return captures;
}

static json_t *override_of(const struct override_used *o)
{
	if (!o->annotation)
		return json_null();
	return json_pack("{s:s, s:s?, s:s?, s:s?, s:s?}", "annotation",
			 o->annotation, "rollback_plan", o->rollback_plan,
			 "approved_by", o->approved_by, "reason", o->reason,
			 "backup", o->backup);
}

static json_t *finding_of(const struct finding *f, struct arena *a)
{
	const struct shown s = shown_of(f, a);

	return json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:s, s:s, "
			 "s:s, s:s, s:o, s:s?, s:s, s:s?, s:o}",
			 "rule", f->rule->id, "level", level_name(f->level),
			 "status", status_name(f->status), "path", s.path,
			 "line", (int)s.at.line, "column", (int)s.at.column,
			 "end_line", (int)s.at.end_line, "end_column",
			 (int)s.at.end_column, "title", s.title, "why", s.why,
			 "instead", s.instead, "form", s.form, "captures",
			 captures_of(f, a), "commit", s.commit, "fingerprint",
			 f->fingerprint, "note", s.note, "override",
			 override_of(&s.override));
}

static json_t *findings_of(const struct outcome *o, struct arena *a)
{
	json_t *findings = json_array();

	vec_each(struct finding, f, &o->findings)
		tree_append(findings, finding_of(f, a));
	return findings;
}

static json_t *unread_of(const struct outcome *o, struct arena *a)
{
	json_t *unread = json_array();

	vec_each(struct unread_file, u, &o->unread)
		tree_append(unread,
			    json_pack("{s:s, s:s}", "path",
				      utf8_valid(a, str_of(u->path)), "reason",
				      utf8_valid(a, str_of(u->reason))));
	return unread;
}

static json_t *counts_of(const struct outcome *o)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "files", (json_int_t)o->files,
			 "statements", (json_int_t)o->statements, "settings",
			 (json_int_t)o->settings, "commands",
			 (json_int_t)o->commands);
}

static void print(const struct outcome *o,
		  const struct report_style *style UNUSED, struct arena *a,
		  FILE *out)
{
	tree_print(json_pack("{s:i, s:s, s:o, s:o, s:o}", "version", 1,
			     "verdict", o->blocked ? "blocked" : "clean",
			     "findings", findings_of(o, a), "read",
			     counts_of(o), "unread", unread_of(o, a)),
		   out);
}

const struct reporter report_json = { "json", print };
