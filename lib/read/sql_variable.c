/*
 * SQL that waits in a variable: SET @q = IF(…, 'DROP TABLE t', 'SELECT 1');
 * PREPARE s FROM @q. Which of several texts it is, is known only when it
 * runs, so each of them is read.
 */
#include "sql_reader.h"

enum {
	VARIABLES_MAX = 256, /* in one text */
	TEXTS_MAX = 64,	     /* in one variable */
	TEXT_MAX = 16 * 1024,
	RUNS_MAX = 4096 /* texts read in one file */
};

static struct variable *find(struct sql_reader *r, struct str name)
{
	for (size_t i = r->variables.count; i-- > 0;)
		if (str_ieq(r->variables.item[i].name, name))
			return &r->variables.item[i];
	return NULL;
}

static struct variable *find_or_add(struct sql_reader *r, struct str name)
{
	struct variable *old = find(r, name);

	if (old || r->variables.count == VARIABLES_MAX)
		return old;
	vec_push(&r->variables, r->out->arena,
		 (struct variable){ .name = name });
	return vec_last(&r->variables);
}

/* Is string token `i` a statement, or the beginning of one? Other literals
 * of an expression are names and values. */
static bool begins_sql(struct sql_reader *r, const struct words *w, size_t i)
{
	static const char *const verbs[] = {
		"ALTER",   "CREATE",  "DROP",	 "RENAME", "TRUNCATE",
		"DELETE",  "UPDATE",  "INSERT",	 "MERGE",  "REPLACE",
		"WITH",	   "SELECT",  "EXEC",	 "CALL",   "DO",
		"SET",	   "GRANT",   "REVOKE",	 "IF",	   "BEGIN",
		"DECLARE", "COMMENT", "REFRESH", "LOCK",   "OPTIMIZE",
		"ANALYZE", "VACUUM",  "REINDEX", "COPY",   "DISABLE",
		"ENABLE",  "EXECUTE", "CLUSTER", "USE",	   "DBCC",
	};

	if (w->token[i].kind != SQL_STRING && w->token[i].kind != SQL_DOLLAR)
		return false;
	struct str s = sql_string_value(w->text, w->token[i], r->out->arena);

	while (s.len && is_blank(s.ptr[0]))
		s = str_slice(s, 1, s.len);
	for (size_t n = 0; n < sizeof(verbs) / sizeof(*verbs); n++) {
		const struct str verb = str_of(verbs[n]);

		if (str_istarts(s, verb) && s.len > verb.len &&
		    is_blank(s.ptr[verb.len]))
			return true;
	}
	return false;
}

/* Where the text ends that begins in literal `i`: where the parentheses
 * around it close, at a comma that joins nothing, at the next branch. */
static size_t text_end(const struct words *w, size_t i, size_t to)
{
	const bool call = i > 1 && words_is(w, i - 1, "(");
	const bool joins = call && words_in(w, i - 2, "|CONCAT|");
	size_t depth = 0;

	if (call && words_is(w, i - 2, "FORMAT"))
		return i + 1;
	for (size_t j = i; j < to; j++) {
		if (words_is(w, j, "(")) {
			depth++;
		} else if (words_is(w, j, ")")) {
			if (!depth)
				return j;
			depth--;
		} else if (!depth && (words_in(w, j,
					       "|THEN|ELSE|WHEN|END|FROM|AS|"
					       "INTO|WHERE|") ||
				      (!joins && words_is(w, j, ",")))) {
			return j;
		}
	}
	return to;
}

/* Does the query read sys.default_constraints? */
static bool reads_defaults(const struct words *w)
{
	static const struct str name = STR_INIT("default_constraints");

	for (size_t i = 1; w->dialect == DIALECT_SQLSERVER && i < w->count; i++)
		if (str_ifind(words_raw(w, i), name) <= 1)
			return true;
	return false;
}

/* The statements among the literals of tokens `from` to `to` of what begins
 * at `start`. */
static void add_texts(struct sql_reader *r, const struct words *w, size_t start,
		      size_t from, size_t to, struct waitings *out)
{
	struct arena *a = r->out->arena;

	for (size_t i = from; i < to && out->count < TEXTS_MAX; i++) {
		if (!begins_sql(r, w, i))
			continue;
		const size_t end = text_end(w, i, to);
		const bool format = i > 1 && words_is(w, i - 2, "FORMAT");
		const struct str text =
			format ? sql_format_text(w, i - 1, w->count, a)
			       : sql_joined_text(w, i, end, a);

		vec_push(out, a,
			 (struct waiting){
				 .text = str_trim(text),
				 .span = r->at ? *r->at
					       : words_span(w, start, end),
				 .computed = format || end > i + 1,
				 .defaults = r->reads_defaults,
			 });
		i = end > i ? end - 1 : i;
	}
}

/* SET @q = @q + ' DROP COLUMN c': more of the last text. */
static void add_to_last(struct sql_reader *r, const struct words *w,
			size_t from, size_t to, struct waitings *out)
{
	struct waiting *last = out->count ? vec_last(out) : NULL;
	struct strbuf b = STRBUF(r->out->arena);

	if (!last || last->text.len > TEXT_MAX)
		return;
	strbuf_add(&b, last->text);
	strbuf_byte(&b, ' ');
	strbuf_add(&b, sql_joined_text(w, from, to, r->out->arena));
	last->text = strbuf_str(&b);
	last->computed = true;
}

static void assign(struct sql_reader *r, const struct words *w, size_t start,
		   struct str name, size_t from, size_t to, bool adds,
		   unsigned flags)
{
	struct waitings texts = { 0 };

	if (words_is(w, from, "CONCAT") && words_is(w, from + 1, "(") &&
	    str_ieq(words_raw(w, from + 2), name))
		from += 2;
	if (str_ieq(words_raw(w, from), name)) {
		adds = true;
		from++;
	}
	if (!adds || !find(r, name) || !find(r, name)->texts.count)
		add_texts(r, w, start, from, to, &texts);
	const bool defaults = r->reads_defaults;
	struct variable *v =
		texts.count || defaults ? find_or_add(r, name) : find(r, name);

	if (!v)
		return;
	v->defaults = defaults;
	/* the other branch of an IF keeps what this one would replace */
	if (!adds && (v->ran || !(flags & FORM_CONDITIONAL)))
		v->texts.count = 0;
	v->ran = false;
	if (adds && !texts.count)
		add_to_last(r, w, from, to, &v->texts);
	vec_each(struct waiting, one, &texts)
		if (v->texts.count < TEXTS_MAX)
			vec_push(&v->texts, r->out->arena, *one);
}

/* Where the value begins that token `i` is given by =, := or +=; 0 where it
 * is given none. */
static size_t value_at(const struct words *w, size_t i, bool *adds)
{
	size_t n = i + 1;

	*adds = words_is(w, n, "+");
	n += *adds || words_is(w, n, ":");
	return words_is(w, n, "=") ? n + 1 : 0;
}

static bool is_parameter(const struct words *w, size_t i)
{
	const struct str raw = words_raw(w, i);

	return raw.len > 1 && raw.ptr[0] == '@' && raw.ptr[1] != '@';
}

/* The end of the value at `from`: the next variable that is given one. */
static size_t value_end(const struct words *w, size_t from)
{
	bool adds;

	for (size_t i = from; i < w->count; i++) {
		if (words_is(w, i, "("))
			i = words_close(w, i);
		else if (is_parameter(w, i) && words_is(w, i - 1, ",") &&
			 words_find(w, i, w->count, "=") < w->count)
			return i;
		else if (is_parameter(w, i) && value_at(w, i, &adds))
			return i;
	}
	return w->count;
}

/* Every @name = value outside parentheses. */
static void assign_parameters(struct sql_reader *r, const struct words *w,
			      unsigned flags)
{
	const bool declares = words_is(w, 0, "DECLARE");
	bool adds;

	for (size_t i = 1; i < w->count; i++) {
		if (words_is(w, i, "("))
			i = words_close(w, i);
		if (!is_parameter(w, i))
			continue;
		size_t from = value_at(w, i, &adds);

		if (!from && declares) { /* a type stands between */
			from = words_find(w, i, value_end(w, i + 1), "=") + 1;
			adds = false;
		}
		if (!from || from > w->count)
			continue;
		const size_t to = value_end(w, from);

		assign(r, w, 0, words_raw(w, i), from, to, adds, flags);
		i = to - 1;
	}
}

static void assign_all(struct sql_reader *r, const struct words *w,
		       unsigned flags)
{
	bool adds;
	const size_t first = words_is(w, 0, "SET");
	const size_t from = value_at(w, first, &adds);

	if (from && !is_parameter(w, first)) {
		assign(r, w, 0, words_raw(w, first), from, w->count, adds,
		       flags);
		return;
	}
	assign_parameters(r, w, flags);
	if (!words_is(w, 0, "SELECT"))
		return;
	const size_t into = words_find(w, 1, w->count, "INTO");

	if (into + 1 < w->count)
		assign(r, w, 0, words_raw(w, into + 1), 1, into, false, flags);
}

void sql_assign(struct sql_reader *r, const struct words *w, unsigned flags)
{
	r->reads_defaults = reads_defaults(w);
	assign_all(r, w, flags);
	r->reads_defaults = false;
}

void sql_declare(struct sql_reader *r, const struct words *w, size_t from,
		 size_t to)
{
	while (from < to) {
		const size_t end = words_find(w, from, to, ";");
		size_t value = words_find(w, from, end, "=");

		if (value >= end)
			value = words_find(w, from, end, "DEFAULT");
		if (value < end)
			assign(r, w, from, words_raw(w, from), value + 1, end,
			       false, 0);
		from = end + 1;
	}
}

void sql_loop_variable(struct sql_reader *r, const struct words *w, size_t name,
		       size_t from, size_t to)
{
	assign(r, w, name, words_raw(w, name), from, to, false, 0);
}

void sql_prepared(struct sql_reader *r, struct str name)
{
	struct variable *v = find_or_add(r, name);

	if (v)
		v->prepared = true;
}

bool sql_is_prepared(struct sql_reader *r, struct str name)
{
	const struct variable *v = find(r, name);

	return v && v->prepared;
}

/* A text that is no SQL as far as it can be read, said where it stands. */
static void run_unknown(struct sql_reader *r, struct span span, unsigned flags)
{
	const struct span *at = r->at;

	if (!at)
		r->at = &span;
	sql_dynamic(r, span, flags);
	r->at = at;
}

static bool run(struct sql_reader *r, const struct waitings *texts,
		unsigned flags)
{
	const unsigned either = texts->count > 1 ? FORM_CONDITIONAL : 0;

	if (r->depth >= SQL_DEPTH_MAX || r->runs + texts->count > RUNS_MAX)
		return false;
	r->depth++;
	for (size_t i = 0; i < texts->count; i++) {
		const struct waiting one = texts->item[i];

		const size_t before = r->out->forms.count;

		r->runs++;
		r->defaults = one.defaults;
		sql_read_text(r, one.text, one.span,
			      flags | either |
				      (one.computed ? FORM_DYNAMIC : 0));
		if (r->out->forms.count == before &&
		    !str_istarts(one.text, STR("SELECT")))
			run_unknown(r, one.span, flags);
	}
	r->defaults = false;
	r->depth--;
	return texts->count > 0;
}

bool sql_names_default(struct sql_reader *r, struct str name)
{
	const size_t open = str_find_byte(name, '{');
	const size_t close = str_find_byte(name, '}');

	if (open == SIZE_MAX || close == SIZE_MAX || r->defaults)
		return open != SIZE_MAX && r->defaults;
	const struct str inner = str_slice(name, open + 1, close);

	vec_each(struct variable, v, &r->variables)
		if (v->defaults &&
		    str_ieq(str_slice(v->name, 1, v->name.len), inner))
			return true;
	return false;
}

bool sql_run_variable(struct sql_reader *r, struct str name, unsigned flags)
{
	struct variable *v = find(r, name);

	if (!v || v->running)
		return false;
	const size_t at = (size_t)(v - r->variables.item);
	const struct waitings texts = v->texts;

	v->ran = v->running = true;
	const bool known = run(r, &texts, flags);

	r->variables.item[at].running = false;
	return known;
}

bool sql_run_texts(struct sql_reader *r, const struct words *w, size_t from,
		   size_t to, unsigned flags)
{
	struct waitings texts = { 0 };

	add_texts(r, w, 0, from, to, &texts);
	return run(r, &texts, flags);
}
