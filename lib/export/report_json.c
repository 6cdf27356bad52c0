#include "report.h"
#include "shown.h"
#include "tree.h"
#include "utf8.h"

/*
 * Our own format. Every field is always there, null where there is nothing to
 * say. Columns count characters, from 1; an end lies behind the last one; a
 * finding of a whole file is at 1:1. Fields may be added, never changed.
 */
enum { VERSION = 1 };

static void set_region(json_t *finding, const struct region *at)
{
	tree_number(finding, "line", at->line);
	tree_number(finding, "column", at->column);
	tree_number(finding, "end_line", at->end_line);
	tree_number(finding, "end_column", at->end_column);
}

static void set_captures(json_t *finding, const struct finding *f,
			 struct arena *a)
{
	json_t *captures = tree_object(finding, "captures");

	vec_each(struct capture, c, &f->captures) {
		const char *value = shown_capture(f, c, a);

		if (value)
			tree_text(captures, c->name, value);
	}
}

static void set_override(json_t *finding, const struct override_used *o)
{
	json_t *override;

	if (!o->annotation) {
		tree_set(finding, "override", json_null());
		return;
	}
	override = tree_object(finding, "override");
	tree_text(override, "annotation", o->annotation);
	tree_text_or_null(override, "rollback_plan", o->rollback_plan);
	tree_text_or_null(override, "approved_by", o->approved_by);
	tree_text_or_null(override, "reason", o->reason);
	tree_text_or_null(override, "backup", o->backup);
}

static json_t *finding_of(const struct finding *f, struct arena *a)
{
	const struct shown s = shown_of(f, a);
	json_t *finding = json_object();

	tree_text(finding, "rule", f->rule->id);
	tree_text(finding, "level", level_name(f->level));
	tree_text(finding, "status", status_name(f->status));
	tree_text(finding, "path", s.path);
	set_region(finding, &s.at);
	tree_text(finding, "title", s.title);
	tree_text(finding, "why", shown_why(f, a));
	tree_text(finding, "instead", shown_instead(f, a));
	tree_text(finding, "form", s.form);
	set_captures(finding, f, a);
	tree_text_or_null(finding, "commit", s.commit);
	tree_text(finding, "fingerprint", f->fingerprint);
	tree_text_or_null(finding, "note", s.note);
	set_override(finding, &s.override);
	return finding;
}

static json_t *unread_of(const struct unread_file *u, struct arena *a)
{
	json_t *unread = json_object();

	tree_text(unread, "path", utf8_valid(a, str_of(u->path)));
	tree_text(unread, "reason", utf8_valid(a, str_of(u->reason)));
	return unread;
}

static void print(const struct outcome *o,
		  const struct report_style *style UNUSED, struct arena *a,
		  FILE *out)
{
	json_t *root = json_object(), *read, *unread;

	tree_number(root, "version", VERSION);
	tree_text(root, "verdict", o->blocked ? "blocked" : "clean");
	tree_array(root, "findings");
	read = tree_object(root, "read");
	tree_number(read, "files", o->files);
	tree_number(read, "statements", o->statements);
	tree_number(read, "settings", o->settings);
	tree_number(read, "commands", o->commands);
	unread = tree_array(root, "unread");
	vec_each(struct unread_file, u, &o->unread)
		tree_append(unread, unread_of(u, a));

	struct tree_list findings = tree_begin(root, "findings", out);

	vec_each(struct finding, f, &o->findings) {
		const struct arena_mark mark = shown_mark(f, a);

		tree_item(&findings, finding_of(f, a));
		arena_rewind(a, mark);
	}
	tree_end(&findings);
}

const struct reporter report_json = { "json", print };
