#include "annotation.h"

#include "compiler.h"
#include "strbuf.h"

/* Every name that means something. A new one is a new row. */
static const struct {
	const char *name;
	enum annotation_kind kind;
} names[] = {
	{ "override-destructive", ANNOTATION_OVERRIDE },
	{ "migration-override", ANNOTATION_OVERRIDE },
	{ "allow-destructive", ANNOTATION_OVERRIDE },
	{ "allow", ANNOTATION_ALLOW },
	{ "rollback-plan", ANNOTATION_PLAN },
	{ "backup", ANNOTATION_BACKUP },
	{ "approved-by", ANNOTATION_APPROVED_BY },
	{ "phase", ANNOTATION_PHASE },
	{ "reason", ANNOTATION_REASON },
};

static bool is_name_byte(char c)
{
	return is_alpha(c) || is_digit(c) || c == '-' || c == '_';
}

/* "override-destructive: why" cut into its name and its value. */
static void cut(struct str line, struct annotation *out)
{
	size_t i = 0;

	while (i < line.len && is_name_byte(line.ptr[i]))
		i++;
	out->name = str_slice(line, 0, i);
	while (i < line.len && (line.ptr[i] == ':' || is_blank(line.ptr[i])))
		i++;
	out->value = str_trim(str_slice(line, i, line.len));
}

/* "_" for "-" and upper case are mistakes to be told, not other names. */
static struct str normal(struct str name, struct arena *a)
{
	char *to = arena_copy(a, name.ptr, name.len);

	for (size_t i = 0; i < name.len; i++)
		to[i] = to[i] == '_' ? '-' : lower(to[i]);
	return (struct str){ to, name.len };
}

/* The known name that a misspelt one must have meant; NULL for none. Short
 * names are common words (@param, @type) and are only known exactly. */
static const char *nearest_name(struct str name, const struct policy *policy)
{
	const char *nearest = NULL;
	size_t best = name.len / 4 + 1;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct str one = str_of(names[i].name);
		const size_t d = str_distance(name, one, best);

		if (one.len > 8 && d < best) {
			best = d;
			nearest = names[i].name;
		}
	}
	for (size_t i = 0; policy->annotations && policy->annotations[i]; i++) {
		const struct str one = str_of(policy->annotations[i]);
		const size_t d = str_distance(name, one, best);

		if (one.len > 8 && d < best) {
			best = d;
			nearest = policy->annotations[i];
		}
	}
	return nearest;
}

/* "@allow drop-index: replaced by …" */
static void check_allow(struct annotation *n, const struct rules *rules,
			struct arena *a)
{
	size_t i = 0;
	const struct str v = n->value;

	while (i < v.len && is_name_byte(v.ptr[i]))
		i++;
	n->rule = str_slice(v, 0, i);
	n->value = str_slice(v, i, v.len);
	while (n->value.len &&
	       (*n->value.ptr == ':' || is_blank(*n->value.ptr)))
		n->value = str_slice(n->value, 1, n->value.len);
	if (!rule_named(rules, n->rule)) {
		const char *near = rule_nearest(rules, n->rule);

		n->kind = ANNOTATION_MALFORMED;
		n->problem =
			near ? arena_format(a,
					    "There is no rule \"" STR_FMT
					    "\"; did you mean %s?",
					    STR_ARG(n->rule), near)
			     : arena_format(a,
					    "There is no rule \"" STR_FMT "\".",
					    STR_ARG(n->rule));
	} else if (plan_says_nothing(n->value)) {
		n->kind = ANNOTATION_MALFORMED;
		n->problem = arena_format(
			a, "It gives no reason; write @allow " STR_FMT ": why.",
			STR_ARG(n->rule));
	}
}

/* @phase: expnd. Other words may be another tool's. */
static void check_phase(struct annotation *n, struct arena *a)
{
	static const char *const phases[] = { "expand", "backfill", "switch",
					      "contract" };

	for (size_t i = 0; i < ARRAY_LEN(phases); i++) {
		const struct str one = str_of(phases[i]);
		const size_t d = str_distance(normal(n->value, a), one, 2);

		if (!d)
			return;
		if (d > 2)
			continue;
		n->kind = ANNOTATION_MALFORMED;
		n->problem = arena_format(a,
					  "There is no phase \"" STR_FMT
					  "\"; did you mean %s?",
					  STR_ARG(n->value), phases[i]);
		return;
	}
}

static bool is_own_name(struct str name, const struct policy *policy)
{
	for (size_t i = 0; policy->annotations && policy->annotations[i]; i++)
		if (str_eq(name, str_of(policy->annotations[i])))
			return true;
	return false;
}

/* One comment line that begins with "@". False: it is no annotation. */
static bool read_line(struct str line, struct annotation *out,
		      const struct policy *policy, const struct rules *rules,
		      struct arena *a)
{
	cut(str_slice(line, 1, line.len), out);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(out->name, str_of(names[i].name))) {
			out->kind = names[i].kind;
			if (out->kind == ANNOTATION_ALLOW)
				check_allow(out, rules, a);
			else if (out->kind == ANNOTATION_PHASE)
				check_phase(out, a);
			return true;
		}
	out->kind = ANNOTATION_OVERRIDE;
	if (is_own_name(out->name, policy))
		return true;
	const char *near = nearest_name(normal(out->name, a), policy);

	if (!near)
		return false;
	out->kind = ANNOTATION_MALFORMED;
	out->problem = arena_format(a, "Did you mean @%s?", near);
	return true;
}

/* Stars and dashes that people put before the lines of a block comment. */
static struct str strip_leader(struct str line)
{
	line = str_trim(line);
	while (line.len &&
	       (line.ptr[0] == '*' || line.ptr[0] == '-' ||
		line.ptr[0] == '#' || line.ptr[0] == '/' || line.ptr[0] == '!'))
		line = str_trim(str_slice(line, 1, line.len));
	return line;
}

static bool was_there(const struct reading *old, struct str text)
{
	for (size_t i = 0; old && i < old->comments.count; i++)
		if (str_eq(old->comments.item[i].text, text))
			return true;
	return false;
}

/* What one comment adds to its group: annotations, or more of the last plan.*/
static void read_comment(struct annotation_group *g, const struct comment *c,
			 const struct reading *old, const struct policy *policy,
			 const struct rules *rules, struct arena *a)
{
	struct str rest = c->text, line;

	while (str_next_line(&rest, &line)) {
		struct annotation one = { .span = c->span,
					  .old = was_there(old, c->text) };
		struct annotation *last =
			g->list.count ? vec_last(&g->list) : NULL;

		line = strip_leader(line);
		if (line.len && line.ptr[0] == '@') {
			if (read_line(line, &one, policy, rules, a))
				vec_push(&g->list, a, one);
		} else if (line.len && last &&
			   (last->kind == ANNOTATION_PLAN ||
			    last->kind == ANNOTATION_REASON)) {
			last->value = str_of(arena_format(
				a, STR_FMT "%s" STR_FMT, STR_ARG(last->value),
				last->value.len ? " " : "", STR_ARG(line)));
		}
	}
}

/* Is there nothing but blanks between these two places? */
static bool only_blanks(struct str text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!is_blank(text.ptr[i]))
			return false;
	return true;
}

static size_t count_lines(struct str text, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += text.ptr[i] == '\n';
	return n;
}

static size_t line_begin(struct str text, size_t at)
{
	while (at && text.ptr[at - 1] != '\n')
		at--;
	return at;
}

/* Code stands before the comment on its own line. */
static bool is_trailing(struct str text, size_t at)
{
	return !only_blanks(text, line_begin(text, at), at);
}

/* A statement whose last line is the comment's line, or that is around it. */
static struct span statement_on_line(const struct reading *r, struct str text,
				     size_t at)
{
	const size_t line = line_begin(text, at);
	struct span found = { 0, 0 };

	for (size_t i = 0; i < r->forms.count; i++) {
		const struct span w = r->forms.item[i].whole;

		if (w.off < at && span_end(w) > line && w.off >= found.off)
			found = w;
	}
	return found;
}

/* What begins at or right behind `at`: the widest block or statement. */
static struct span what_begins(const struct reading *r, struct str text,
			       size_t at)
{
	struct span found = { 0, 0 };

	while (at < text.len && is_blank(text.ptr[at]))
		at++;
	for (size_t i = 0; i < r->blocks.count; i++) {
		const struct span b = r->blocks.item[i].span;

		if (b.off == at && b.len > found.len)
			found = b;
	}
	for (size_t i = 0; i < r->forms.count; i++) {
		const struct span w = r->forms.item[i].whole;

		if (w.off == at && w.len > found.len)
			found = w;
	}
	return found;
}

/* The smallest statement that holds the place. */
static struct span statement_around(const struct reading *r, size_t at)
{
	struct span found = { 0, 0 };

	for (size_t i = 0; i < r->forms.count; i++) {
		const struct span w = r->forms.item[i].whole;

		if (w.off < at && span_end(w) > at &&
		    (!found.len || w.len < found.len))
			found = w;
	}
	return found;
}

static void find_scope(struct annotation_group *g, const struct source *src,
		       const struct reading *r)
{
	const struct str text = src->text;
	const size_t end = span_end(g->span);
	size_t next = end;

	if (is_trailing(text, g->span.off)) {
		g->covers = statement_on_line(r, text, g->span.off);
		return;
	}
	g->covers = statement_around(r, g->span.off);
	if (g->covers.len)
		return;
	while (next < text.len && is_blank(text.ptr[next]))
		next++;
	if (next == text.len || count_lines(text, end, next) > 1)
		g->whole_file = true;
	else
		g->covers = what_begins(r, text, end);
}

/* Another tool's override is one here, too. That it covers nothing is not
 * ours to complain about. */
static void add_mark(struct annotation_groups *out, const struct mark *mark,
		     struct arena *a)
{
	struct annotation_group g = { .span = mark->span,
				      .covers = mark->covers,
				      .whole_file = !mark->covers.len };

	vec_push(&g.list, a,
		 (struct annotation){ .kind = ANNOTATION_OVERRIDE,
				      .name = mark->name,
				      .span = mark->span,
				      .foreign = true,
				      .used = true });
	vec_push(out, a, g);
}

void annotations_read(struct annotation_groups *out, struct source *src,
		      const struct reading *now, const struct reading *old,
		      const struct policy *policy, const struct rules *rules,
		      struct arena *a)
{
	struct annotation_group g = { 0 };

	for (size_t i = 0; i < now->comments.count; i++) {
		const struct comment *c = &now->comments.item[i];
		const size_t end = span_end(g.span);

		if (g.span.len &&
		    (!only_blanks(src->text, end, c->span.off) ||
		     count_lines(src->text, end, c->span.off) > 1)) {
			if (g.list.count)
				vec_push(out, a, g);
			g = (struct annotation_group){ 0 };
		}
		if (!g.span.len)
			g.span = c->span;
		g.span.len = span_end(c->span) - g.span.off;
		if (str_find_byte(c->text, '@') < c->text.len || g.list.count)
			read_comment(&g, c, old, policy, rules, a);
	}
	if (g.list.count)
		vec_push(out, a, g);
	vec_each(struct annotation_group, one, out)
		find_scope(one, src, now);
	for (size_t i = 0; i < now->marks.count; i++)
		add_mark(out, &now->marks.item[i], a);
}

bool plan_says_nothing(struct str plan)
{
	static const struct str nothings[] = {
		STR_INIT("todo"),	   STR_INIT("tbd"),
		STR_INIT("fixme"),	   STR_INIT("na"),
		STR_INIT("none"),	   STR_INIT("no"),
		STR_INIT("nothing"),	   STR_INIT("xxx"),
		STR_INIT("null"),	   STR_INIT("later"),
		STR_INIT("unknown"),	   STR_INIT("noplan"),
		STR_INIT("nil"),	   STR_INIT("notneeded"),
		STR_INIT("yes"),	   STR_INIT("ok"),
		STR_INIT("notapplicable"), STR_INIT("noneneeded"),
		STR_INIT("test"),
	};
	char word[24];
	size_t n = 0;

	/* "<how you would …>", as it was pasted from a report. */
	if (str_starts(plan, STR("<")) && str_ends(plan, STR(">")))
		return true;
	for (size_t i = 0; i < plan.len; i++) {
		const char c = plan.ptr[i];

		if (!is_alpha(c) && !is_digit(c) && (unsigned char)c < 0x80)
			continue;
		if (n == sizeof(word))
			return false;
		word[n++] = lower(c);
	}
	for (size_t i = 0; i < ARRAY_LEN(nothings); i++)
		if (str_eq((struct str){ word, n }, nothings[i]))
			return true;
	return n < 3;
}

static bool covers(const struct annotation_group *g, const struct finding *f,
		   struct span whole)
{
	if (g->whole_file)
		return true;
	return g->covers.len &&
	       (span_holds(g->covers, whole) || span_holds(g->covers, f->span));
}

static const char *given(struct str value, struct arena *a)
{
	return value.len ? str_dup(a, value) : NULL;
}

/* What the annotations that cover one finding bring together. */
struct brought {
	unsigned has; /* NEEDS_… */
	bool empty_plan;
	struct annotation *override;
};

static void take(struct brought *b, struct annotation *n, struct finding *f,
		 const struct policy *policy, struct arena *a)
{
	struct override_used *o = &f->override;
	bool approver = !policy->approvers;

	switch (n->kind) {
	case ANNOTATION_OVERRIDE:
	case ANNOTATION_ALLOW:
		if (n->kind == ANNOTATION_ALLOW &&
		    !str_eq(n->rule, str_of(f->rule->id)))
			return;
		b->has |= NEEDS_OVERRIDE;
		b->override = n;
		o->annotation =
			arena_format(a, "%s" STR_FMT, n->foreign ? "" : "@",
				     STR_ARG(n->name));
		if (!plan_says_nothing(n->value)) {
			o->reason = str_dup(a, n->value);
			b->has |= NEEDS_REASON;
		}
		n->used = true;
		return;
	case ANNOTATION_PLAN:
		b->empty_plan |= plan_says_nothing(n->value);
		if (plan_says_nothing(n->value))
			return;
		b->has |= NEEDS_PLAN;
		o->rollback_plan = given(n->value, a);
		return;
	case ANNOTATION_BACKUP:
		if (plan_says_nothing(n->value))
			return;
		b->has |= NEEDS_BACKUP;
		o->backup = given(n->value, a);
		return;
	case ANNOTATION_APPROVED_BY:
		for (size_t i = 0; !approver && policy->approvers[i]; i++)
			approver =
				str_ieq(n->value, str_of(policy->approvers[i]));
		if (!approver || !n->value.len)
			return;
		b->has |= NEEDS_APPROVAL;
		o->approved_by = given(n->value, a);
		return;
	case ANNOTATION_REASON:
		if (plan_says_nothing(n->value))
			return;
		b->has |= NEEDS_REASON;
		o->reason = given(n->value, a);
		return;
	case ANNOTATION_PHASE:
	case ANNOTATION_MALFORMED: return;
	}
}

/* The words for what is missing, in the order of the NEEDS_… bits. */
static const char *missing_words(unsigned missing, struct arena *a)
{
	static const char *const words[] = {
		"an override (@override-destructive)",
		"a rollback plan (@rollback-plan: …)",
		"a backup (@backup: …)",
		"an approval (@approved-by: …) by one of the approvers",
		"a reason (@reason: …)",
	};
	struct strbuf b = STRBUF(a);

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!(missing & 1u << i))
			continue;
		strbuf_puts(&b, b.len ? " and " : "");
		strbuf_puts(&b, words[i]);
	}
	return strbuf_cstr(&b);
}

/* An override stands in the file, but somewhere else. */
static const char *elsewhere_note(const struct annotation_groups *groups)
{
	for (size_t i = 0; i < groups->count; i++)
		for (size_t n = 0; n < groups->item[i].list.count; n++)
			if (groups->item[i].list.item[n].kind ==
			    ANNOTATION_OVERRIDE)
				return "an override in this file does not "
				       "reach this statement: it covers only "
				       "what it stands directly above; "
				       "followed by a blank line it covers "
				       "the file";
	return NULL;
}

static const char *note_of(const struct brought *b, unsigned missing,
			   const struct annotation_groups *groups,
			   struct arena *a)
{
	if (!b->has && !b->empty_plan)
		return elsewhere_note(groups);
	if (missing & NEEDS_PLAN && b->empty_plan)
		return "its @rollback-plan says nothing: write how the data "
		       "would come back";
	return arena_format(a, "what stands there is not enough: %s is missing",
			    missing_words(missing, a));
}

/* A caution blocks nothing. What names its rule, or takes the place out of
 * another tool's judgement, has seen it all the same. */
static bool counts(const struct annotation *n, const struct finding *f)
{
	return f->level >= LEVEL_RESTRICTED || n->kind == ANNOTATION_ALLOW ||
	       (n->kind == ANNOTATION_OVERRIDE && n->foreign);
}

void annotations_settle(struct finding *f, struct span whole,
			struct annotation_groups *groups,
			const struct policy *policy, struct arena *a)
{
	const unsigned needs = policy_needs(policy, f->level);
	struct brought b = { 0 };

	f->status = STATUS_NOTED;
	f->whole = whole;
	for (size_t i = 0; i < groups->count && !policy->ignore_inline; i++) {
		struct annotation_group *g = &groups->item[i];

		if (!covers(g, f, whole))
			continue;
		vec_each(struct annotation, n, &g->list)
			if (counts(n, f))
				take(&b, n, f, policy, a);
	}
	if (f->level < LEVEL_RESTRICTED) {
		if (b.has & NEEDS_OVERRIDE)
			f->status = STATUS_OVERRIDDEN;
		return;
	}
	const unsigned missing = needs & ~b.has;

	f->status = missing ? STATUS_BLOCKED : STATUS_OVERRIDDEN;
	f->missing = policy->ignore_inline ? 0 : missing;
	if (missing)
		f->note = note_of(&b, missing, groups, a);
}

struct str annotations_phase(const struct annotation_groups *groups,
			     struct span *where)
{
	for (size_t i = 0; i < groups->count; i++)
		for (size_t n = 0; n < groups->item[i].list.count; n++) {
			const struct annotation *one =
				&groups->item[i].list.item[n];

			if (one->kind != ANNOTATION_PHASE)
				continue;
			*where = one->span;
			return one->value;
		}
	return (struct str){ "", 0 };
}
