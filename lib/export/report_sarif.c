#include "prose.h"
#include "report.h"
#include "shown.h"
#include "strbuf.h"
#include "tree.h"
#include "utf8.h"

/* SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ and what
 * GitHub's code scanning asks for beyond it. */

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* The results of a report and the rules they are of, in the order of their
 * first result. */
struct sarif {
	struct arena *arena;
	json_t *rules;
	struct map rule_index; /* by id: a size_t */
	struct map seen;       /* fingerprints */
};

static const char *level_of(enum level level)
{
	switch (level) {
	case LEVEL_DANGEROUS:
	case LEVEL_RESTRICTED: return "error";
	case LEVEL_CAUTION: return "warning";
	case LEVEL_OFF: break;
	}
	return "note";
}

/* What a rule file says, for all of its findings. */
static const char *rule_text(struct arena *a, const char *text)
{
	return utf8_valid(a, str_of(prose_of(a, text)));
}

static void set_message(json_t *object, const char *key, const char *text)
{
	tree_text(tree_object(object, key), "text", text);
}

/* In what a rule says of itself, {table} stands for what it will be about. */
static json_t *rule_of(const struct rule *r, struct arena *a)
{
	json_t *rule = json_object();
	const char *why = rule_text(a, r->why);
	const char *instead = rule_text(a, r->instead);

	tree_text(rule, "id", r->id);
	set_message(rule, "shortDescription", rule_text(a, r->title));
	set_message(rule, "fullDescription", why);
	set_message(rule, "help",
		    arena_format(a, "%s\n\n%s", why, shown_advice(instead, a)));
	tree_text(tree_object(rule, "defaultConfiguration"), "level",
		  level_of(r->level));
	tree_text(tree_object(rule, "properties"), "level",
		  level_name(r->level));
	return rule;
}

/* The place of the rule in the list, which it enters if it is new. */
static size_t rule_index(struct sarif *sarif, const struct rule *r)
{
	size_t *at = map_get(&sarif->rule_index, str_of(r->id));

	if (!at) {
		at = arena_new(sarif->arena, size_t);
		*at = json_array_size(sarif->rules);
		map_put(&sarif->rule_index, sarif->arena, str_of(r->id), at);
		tree_append(sarif->rules, rule_of(r, sarif->arena));
	}
	return *at;
}

static const char *uri_of(struct arena *a, const char *path)
{
	struct strbuf b = STRBUF(a);

	for (; *path; path++) {
		const char c = *path;

		if (is_alpha(c) || is_digit(c) || strchr("/._-~", c))
			strbuf_byte(&b, c);
		else
			strbuf_printf(&b, "%%%02X", (unsigned)(unsigned char)c);
	}
	return strbuf_cstr(&b);
}

/* A list of one physical location; `at` is NULL for a file as such. */
static void set_location(json_t *object, const char *path,
			 const struct region *at, struct arena *a)
{
	json_t *location = json_object(), *physical, *file, *region;

	tree_append(tree_array(object, "locations"), location);
	physical = tree_object(location, "physicalLocation");
	file = tree_object(physical, "artifactLocation");
	tree_text(file, "uri", uri_of(a, path));
	tree_text(file, "uriBaseId", "%SRCROOT%");
	if (!at)
		return;
	region = tree_object(physical, "region");
	tree_number(region, "startLine", at->line);
	if (at->whole_file)
		return;
	tree_number(region, "startColumn", at->column);
	tree_number(region, "endLine", at->end_line);
	tree_number(region, "endColumn", at->end_column);
}

/* An override is a suppression, with what its author said. */
static void set_suppressions(json_t *result, const struct finding *f,
			     const struct override_used *o)
{
	json_t *suppressions = tree_array(result, "suppressions"), *item;
	const char *words = o->rollback_plan ? o->rollback_plan : o->reason;
	const bool inside = o->annotation && *o->annotation == '@';

	if (f->status != STATUS_OVERRIDDEN)
		return;
	item = json_object();
	tree_text(item, "kind", inside ? "inSource" : "external");
	if (words)
		tree_text(item, "justification", words);
	tree_append(suppressions, item);
}

static void set_properties(json_t *result, const struct finding *f,
			   const struct shown *s)
{
	json_t *properties = tree_object(result, "properties");

	tree_text(properties, "level", level_name(f->level));
	tree_text(properties, "status", status_name(f->status));
	if (s->commit)
		tree_text(properties, "commit", s->commit);
	if (s->note)
		tree_text(properties, "note", s->note);
}

static json_t *result_of(struct sarif *sarif, const struct finding *f)
{
	struct arena *a = sarif->arena;
	const struct shown s = shown_of(f, a);
	const char *fingerprint = tree_fingerprint(&sarif->seen, f, a);
	json_t *result = json_object(), *prints;

	tree_text(result, "ruleId", f->rule->id);
	tree_number(result, "ruleIndex", rule_index(sarif, f->rule));
	tree_text(result, "level", level_of(f->level));
	set_message(result, "message",
		    arena_format(a, "%s. %s\n\n%s", s.title, shown_why(f, a),
				 shown_advice(shown_instead(f, a), a)));
	set_location(result, f->source->path, &s.at, a);
	set_suppressions(result, f, &s.override);
	/* The first is the only one that GitHub's code scanning looks at. */
	prints = tree_object(result, "partialFingerprints");
	tree_text(prints, "primaryLocationLineHash", fingerprint);
	tree_text(prints, "holdfast/v1", fingerprint);
	set_properties(result, f, &s);
	return result;
}

static json_t *notification_of(const struct unread_file *u, struct arena *a)
{
	json_t *note = json_object();
	const char *text =
		arena_format(a, "%s was not read: %s", u->path, u->reason);

	tree_text(note, "level", "warning");
	set_message(note, "message", utf8_valid(a, str_of(text)));
	set_location(note, u->path, NULL, a);
	return note;
}

static void set_invocation(json_t *run, const struct outcome *o,
			   struct arena *a)
{
	json_t *invocation = json_object(), *notes;

	tree_append(tree_array(run, "invocations"), invocation);
	tree_set(invocation, "executionSuccessful", json_true());
	notes = tree_array(invocation, "toolExecutionNotifications");
	vec_each(struct unread_file, u, &o->unread)
		tree_append(notes, notification_of(u, a));
}

static void print(const struct outcome *o,
		  const struct report_style *style UNUSED, struct arena *a,
		  FILE *out)
{
	struct sarif sarif = { .arena = a };
	json_t *root = json_object(), *run = json_object(), *driver, *results;

	tree_text(root, "$schema", SCHEMA);
	tree_text(root, "version", "2.1.0");
	tree_append(tree_array(root, "runs"), run);
	driver = tree_object(tree_object(run, "tool"), "driver");
	tree_text(driver, "name", "holdfast");
	sarif.rules = tree_array(driver, "rules");
	tree_text(run, "columnKind", "unicodeCodePoints");
	results = tree_array(run, "results");
	vec_each(struct finding, f, &o->findings)
		tree_append(results, result_of(&sarif, f));
	set_invocation(run, o, a);
	tree_print(root, out);
}

const struct reporter report_sarif = { "sarif", print };
