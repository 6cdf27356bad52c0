#include "report.h"
#include "shown.h"
#include "strbuf.h"
#include "tree.h"
#include "utf8.h"

/* SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ and what
 * GitHub's code scanning asks for beyond it. */

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* The rules of a report in the order of their first finding, by id. */
struct rule_list {
	struct map index; /* of the position, counted from 1 */
	json_t *rules;
	struct arena *arena;
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

/* In what a rule says of itself, {table} stands for what it will be about. */
static json_t *rule_of(const struct rule *r, struct arena *a)
{
	const char *help =
		arena_format(a, "%s\n\nInstead: %s", r->why, r->instead);

	return json_pack("{s:s, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}",
			 "id", r->id, "shortDescription", "text",
			 utf8_valid(a, str_of(r->title)), "fullDescription",
			 "text", utf8_valid(a, str_of(r->why)), "help", "text",
			 utf8_valid(a, str_of(help)), "defaultConfiguration",
			 "level", level_of(r->level), "properties", "level",
			 level_name(r->level));
}

/* The place of the rule in the list, which it enters if it is new. */
static size_t rule_index(struct rule_list *l, const struct rule *r)
{
	size_t *at = map_get(&l->index, str_of(r->id));

	if (!at) {
		at = arena_new(l->arena, size_t);
		*at = json_array_size(l->rules);
		map_put(&l->index, l->arena, str_of(r->id), at);
		tree_append(l->rules, rule_of(r, l->arena));
	}
	return *at;
}

static const char *uri_of(struct arena *a, const char *path)
{
	struct strbuf b = STRBUF(a);

	for (; *path; path++) {
		if (is_alpha(*path) || is_digit(*path) ||
		    strchr("/._-~", *path))
			strbuf_byte(&b, *path);
		else
			strbuf_printf(&b, "%%%02X",
				      (unsigned)(unsigned char)*path);
	}
	return strbuf_cstr(&b);
}

static json_t *location_of(const struct finding *f, const struct region *at,
			   struct arena *a)
{
	json_t *region = json_pack("{s:i}", "startLine", (int)at->line);

	if (!at->whole_file) {
		tree_set(region, "startColumn", json_integer(at->column));
		tree_set(region, "endLine", json_integer(at->end_line));
		tree_set(region, "endColumn", json_integer(at->end_column));
	}
	return json_pack("{s:{s:{s:s, s:s}, s:o}}", "physicalLocation",
			 "artifactLocation", "uri", uri_of(a, f->source->path),
			 "uriBaseId", "%SRCROOT%", "region", region);
}

static const char *message_of(const struct shown *s, struct arena *a)
{
	return arena_format(a, "%s. %s\n\nInstead: %s", s->title, s->why,
			    s->instead);
}

/* An override is a suppression, with what its author said. */
static json_t *suppressions_of(const struct finding *f,
			       const struct override_used *o)
{
	const char *words = o->rollback_plan ? o->rollback_plan : o->reason;
	const bool inside = o->annotation && *o->annotation == '@';

	if (f->status != STATUS_OVERRIDDEN)
		return json_array();
	return json_pack("[{s:s, s:s*}]", "kind",
			 inside ? "inSource" : "external", "justification",
			 words);
}

static json_t *result_of(const struct finding *f, struct rule_list *rules,
			 struct map *seen, struct arena *a)
{
	const struct shown s = shown_of(f, a);
	const char *fingerprint = tree_fingerprint(seen, f, a);

	return json_pack("{s:s, s:I, s:s, s:{s:s}, s:[o], s:o, s:{s:s, s:s}, "
			 "s:{s:s, s:s, s:s*, s:s*}}",
			 "ruleId", f->rule->id, "ruleIndex",
			 (json_int_t)rule_index(rules, f->rule), "level",
			 level_of(f->level), "message", "text",
			 message_of(&s, a), "locations",
			 location_of(f, &s.at, a), "suppressions",
			 suppressions_of(f, &s.override), "partialFingerprints",
			 "holdfast/v1", fingerprint, "primaryLocationLineHash",
			 fingerprint, "properties", "level",
			 level_name(f->level), "status", status_name(f->status),
			 "commit", s.commit, "note", s.note);
}

/* Files that were not read, as notifications of the run. */
static json_t *notifications_of(const struct outcome *o, struct arena *a)
{
	json_t *notes = json_array();

	vec_each(struct unread_file, u, &o->unread) {
		const char *text = arena_format(a, "%s was not read: %s",
						u->path, u->reason);

		tree_append(notes,
			    json_pack("{s:s, s:{s:s}, s:[{s:{s:{s:s, s:s}}}]}",
				      "level", "warning", "message", "text",
				      utf8_valid(a, str_of(text)), "locations",
				      "physicalLocation", "artifactLocation",
				      "uri", uri_of(a, u->path), "uriBaseId",
				      "%SRCROOT%"));
	}
	return notes;
}

static void print(const struct outcome *o,
		  const struct report_style *style UNUSED, struct arena *a,
		  FILE *out)
{
	struct rule_list rules = { .rules = json_array(), .arena = a };
	struct map seen = { 0 };
	json_t *results = json_array();

	vec_each(struct finding, f, &o->findings)
		tree_append(results, result_of(f, &rules, &seen, a));
	tree_print(
		json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:o}}, s:s, s:o, "
			  "s:[{s:b, s:o}]}]}",
			  "$schema", SCHEMA, "version", "2.1.0", "runs", "tool",
			  "driver", "name", "holdfast", "rules", rules.rules,
			  "columnKind", "unicodeCodePoints", "results", results,
			  "invocations", "executionSuccessful", 1,
			  "toolExecutionNotifications", notifications_of(o, a)),
		out);
}

const struct reporter report_sarif = { "sarif", print };
