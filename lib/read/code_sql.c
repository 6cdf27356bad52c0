#include "code_sql.h"

#include "calls_marks.h"
#include "lang.h"

enum { LOOPS_MAX = 256 };

/* Are names bound in it: ??, :name: */
static bool has_names(const struct code *c, const struct code_value *v)
{
	for (uint32_t i = v->first; i < v->end; i++) {
		const struct str body = code_body(c, i);

		if (c->tokens.item[i].kind != CODE_STRING)
			continue;
		if (str_find(body, STR("??")) != SIZE_MAX)
			return true;
		for (size_t k = 0; k < body.len; k++)
			if (body.ptr[k] == ':' &&
			    code_mark_at(body, k, MARKS_BOUND))
				return true;
	}
	return false;
}

/* One string that means what it spells. */
static bool is_plain(const struct code *c, const struct code_value *v)
{
	const struct code_token *t = &c->tokens.item[v->first];
	const struct str body = code_body(c, v->first);

	if (v->first + 1 != v->end || t->kind != CODE_STRING)
		return false;
	if ((t->string & STRING_ESCAPES) &&
	    str_find_byte(body, '\\') != SIZE_MAX)
		return false;
	if ((t->string & STRING_ENTITIES) &&
	    str_find_byte(body, '&') != SIZE_MAX)
		return false;
	if ((t->string & STRING_DOUBLED) &&
	    str_find_byte(body, '"') != SIZE_MAX)
		return false;
	if (!(t->string & STRING_INTERPOLATES))
		return true;
	return str_find_byte(body, '{') == SIZE_MAX &&
	       str_find_byte(body, '$') == SIZE_MAX;
}

static const struct code_piece *piece_at(const struct code_pieces *p,
					 uint32_t off)
{
	size_t lo = 0, hi = p->count;

	while (hi - lo > 1) {
		const size_t mid = lo + (hi - lo) / 2;

		if (p->item[mid].off <= off)
			lo = mid;
		else
			hi = mid;
	}
	return &p->item[lo];
}

/* One past the source byte that byte `off` of the text comes from; its last
 * own byte where the piece ends before. */
static uint32_t end_in(const struct code_piece *p, uint32_t off)
{
	if (p->computed)
		return p->from + 1;
	return p->from + (off - p->off < p->len ? off - p->off : p->len - 1) +
	       1;
}

/* Where a span of the text that was put together comes from. Pieces may come
 * from far apart, in any order: the last one that ends behind the begin of
 * the first ends it. */
static struct span led_back(const struct code_pieces *p, struct span s)
{
	const struct code_piece *first = piece_at(p, s.off);
	const uint32_t last_off = s.len ? span_end(s) - 1 : s.off;
	const struct code_piece *last = piece_at(p, last_off);
	const uint32_t from = end_in(first, s.off) - 1;

	while (last > first && end_in(last, last_off) <= from)
		last--;
	return (struct span){ from, end_in(last, last_off) - from };
}

static bool has_computed(const struct code_pieces *p, struct span s)
{
	for (const struct code_piece *i = piece_at(p, s.off);
	     i < p->item + p->count && i->off < span_end(s); i++)
		if (i->computed && i->off + i->len > s.off)
			return true;
	return false;
}

/* Does a form begin as statements do? What else was put together is no SQL:
 * the name of a file that is read, what it is split at. */
static bool is_statement(struct str text)
{
	static const char *const verbs[] = {
		"ALTER",    "ANALYZE",	"ATTACH",    "BEGIN",	 "BULK",
		"CALL",	    "CLUSTER",	"COMMENT",   "COMMIT",	 "COPY",
		"CREATE",   "DECLARE",	"DELETE",    "DENY",	 "DETACH",
		"DISABLE",  "DO",	"DROP",	     "ENABLE",	 "END",
		"EXCHANGE", "EXEC",	"EXECUTE",   "EXPLAIN",	 "FLUSH",
		"GRANT",    "IF",	"INSERT",    "LOAD",	 "LOCK",
		"MERGE",    "NOTIFY",	"OPTIMIZE",  "PERFORM",	 "PRAGMA",
		"PREPARE",  "PRINT",	"REASSIGN",  "REFRESH",	 "REINDEX",
		"RELEASE",  "RENAME",	"REPAIR",    "REPLACE",	 "RESET",
		"REVOKE",   "ROLLBACK", "SAVEPOINT", "SECURITY", "SELECT",
		"SET",	    "SHOW",	"START",     "SYSTEM",	 "TRUNCATE",
		"UNLOCK",   "UPDATE",	"USE",	     "VACUUM",	 "VALUES",
		"WHILE",    "WITH",
	};
	size_t n = 0;

	text = str_trim(text);
	while (n < text.len && is_alpha(text.ptr[n]))
		n++;
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (str_ieq(str_slice(text, 0, n), str_of(verbs[i])))
			return true;
	return str_starts(text, STR("("));
}

static void take_form(const struct code_sql *sql, struct form form,
		      const struct code_pieces *pieces)
{
	if (has_computed(pieces, form.span))
		form.flags |= FORM_DYNAMIC;
	form.span = led_back(pieces, form.span);
	form.whole = led_back(pieces, form.whole);
	if (!span_holds(form.whole, form.span))
		form.whole = form.span;
	vec_push(&sql->out->forms, sql->out->arena, form);
}

static void take_comment(const struct code_sql *sql, struct comment comment,
			 const struct code_pieces *pieces)
{
	comment.span = led_back(pieces, comment.span);
	vec_push(&sql->out->comments, sql->out->arena, comment);
}

/* The call that runs it, else the text itself. */
static struct span running(const struct env *env, const struct code_value *v)
{
	const struct code *c = env->r->c;

	if (env->call == CODE_NONE)
		return code_span(c, v->first, v->end);
	return code_span(c, c->calls.item[env->call].first,
			 c->calls.item[env->call].end);
}

static void add_dynamic(const struct code_sql *sql, const struct env *env,
			const struct code_value *v)
{
	struct form *f = reading_add(sql->out, FORM_STATEMENT,
				     STR("EXECUTE DYNAMIC"), running(env, v));

	f->direction = sql->opt.direction;
	f->environment = sql->opt.environment;
	f->flags = sql->flags | FORM_DYNAMIC;
}

/* The way back is not judged: what is unread in it is no gap. */
static bool goes_back(const struct code_sql *sql)
{
	return sql->opt.direction == DIRECTION_BACKWARD;
}

static void take_reading(const struct code_sql *sql, const struct env *env,
			 const struct code_value *v, const struct reading *got,
			 const struct code_pieces *pieces)
{
	struct reading *out = sql->out;
	bool dynamic = false;

	for (size_t i = 0; i < got->forms.count; i++)
		if (is_statement(got->forms.item[i].text))
			take_form(sql, got->forms.item[i], pieces);
		else
			dynamic = true;
	if (dynamic)
		add_dynamic(sql, env, v);
	for (size_t i = 0; i < got->comments.count; i++)
		take_comment(sql, got->comments.item[i], pieces);
	for (size_t i = 0; i < got->blocks.count; i++)
		vec_push(&out->blocks, out->arena,
			 (struct block){
				 led_back(pieces, got->blocks.item[i].span) });
	for (size_t i = 0; i < got->gaps.count && !goes_back(sql); i++)
		vec_push(&out->gaps, out->arena,
			 (struct gap){ led_back(pieces, got->gaps.item[i].span),
				       got->gaps.item[i].reason });
}

/* Does a call in the value mean something itself: delete(users)? One that
 * only gives names to what it holds, table(users), may give a name here. */
static bool has_meaning(const struct rewriter *r, const struct code_value *v)
{
	for (uint32_t i = v->first; i < v->end; i++) {
		const struct code_token *t = &r->c->tokens.item[i];
		const struct code_rewrite *w =
			t->kind == CODE_WORD && t->match != CODE_NONE
				? r->of[t->match]
				: NULL;

		if (w && !w->sql && (w->to || w->part || !w->args))
			return true;
	}
	return false;
}

/* Where nothing says which database it is, T-SQL tells itself, and has to be
 * read in its own way. */
static struct read_options options_for(const struct code_sql *sql,
				       struct str text)
{
	struct read_options opt = sql->opt;

	if (opt.dialect == DIALECT_UNKNOWN &&
	    dialect_of_text(text) == DIALECT_SQLSERVER)
		opt.dialect = DIALECT_SQLSERVER;
	return opt;
}

/* What `??` and `:name:` of a text stand for, which its call is handed beside
 * it: raw("DROP TABLE ??", ["users"]), { name: "users" }, "users". */
static void bind_names(const struct env *env, const struct code_value *text,
		       struct code_string_value *s)
{
	const struct code *c = env->r->c;

	if (env->call == CODE_NONE || !has_names(c, text))
		return;
	const struct code_call *k = &c->calls.item[env->call];
	const struct code_arg *a = code_args_of(c, k);
	struct code_args bound = { 0 };
	struct code_arg e;

	if (k->args != 2 || a[1].key != CODE_NONE)
		return;
	const struct code_value v =
		code_value(c, a[1].first, a[1].end, k->scope);

	if (v.kind != VALUE_LIST && v.kind != VALUE_MAP)
		vec_push(&bound, env->r->arena, a[1]);
	else
		for (uint32_t at = v.first; code_next_element(c, &v, &at, &e);)
			vec_push(&bound, env->r->arena, e);
	s->bound = bound.item;
	s->bound_count = (uint32_t)bound.count;
	s->bound_scope = v.kind == VALUE_LIST || v.kind == VALUE_MAP ? v.scope
								     : k->scope;
}

/* The text with those elements for the variables of loops whose turn it is;
 * returns how many such texts there are. */
static size_t read_joined(const struct code_sql *sql, const struct env *env,
			  const struct code_value *v, struct code_turns *turns)
{
	struct rewriter *r = env->r;
	struct code_string_value s = {
		/* forms and comments may point into it */
		.text = STRBUF(sql->out->arena),
		.turns = turns,
		.budget = r->budget,
	};
	struct reading got = { .arena = sql->out->arena };
	struct source src = { .path = sql->src->path };

	bind_names(env, v, &s);
	code_text_of(&s, r->c, v);
	r->budget = s.budget;
	if (has_meaning(r, v))
		return 0;
	if (!s.literal) {
		add_dynamic(sql, env, v);
		return 0;
	}
	src.text = strbuf_str(&s.text);
	/* raw("lower(??)", ["email"]) is a piece of another statement. */
	if (s.bound && !is_statement(src.text))
		return 0;

	const struct read_options opt = options_for(sql, src.text);

	read_sql(&got, &src, (struct span){ 0, (uint32_t)src.text.len }, &opt,
		 sql->flags);
	take_reading(sql, env, v, &got, &s.pieces);
	/* SELECT is no form. */
	if (!got.forms.count && !got.comments.count && str_trim(src.text).len &&
	    !is_statement(src.text))
		add_dynamic(sql, env, v);
	return code_turns_all(turns);
}

/* Names of functions and nothing at all are not SQL. */
static bool is_sql(const struct env *env, const struct found *f)
{
	const struct code *c = env->r->c;

	switch (f->value.kind) {
	case VALUE_TEXT:
	case VALUE_CALL:
	case VALUE_LIST:
	case VALUE_OTHER: return !f->has_text;
	case VALUE_NAME:
		return !map_get(&env->r->functions,
				code_text(c, f->value.end - 1)) &&
		       !code_is(c, f->value.end - 1, "noop");
	case VALUE_NONE:
	case VALUE_NULL:
	case VALUE_FALSE:
	case VALUE_TRUE:
	case VALUE_NUMBER:
	case VALUE_MAP:
	case VALUE_FUNCTION: return false;
	}
	return false;
}

void code_read_sql(const struct code_sql *sql, const struct env *env,
		   const struct found *value)
{
	const struct code *c = env->r->c;
	const struct code_value *v = &value->value;
	struct code_turns turns = { 0 };

	if (!is_sql(env, value))
		return;
	if (v->kind == VALUE_TEXT && is_plain(c, v) && !has_names(c, v)) {
		const struct code_token *t = &c->tokens.item[v->first];
		const struct read_options opt =
			options_for(sql, code_body(c, v->first));

		const size_t gaps = sql->out->gaps.count;

		read_sql(sql->out, sql->src,
			 (struct span){ t->body, t->body_len }, &opt,
			 sql->flags);
		if (goes_back(sql))
			sql->out->gaps.count = gaps;
		return;
	}
	for (size_t n = 1; turns.number < n && turns.number < LOOPS_MAX;
	     turns.number++) {
		const size_t all = read_joined(sql, env, v, &turns);

		n = all > n ? all : n;
	}
}

/* The next word of a text, cut off it. */
static struct str next_word(struct str *rest)
{
	size_t n = 0;

	*rest = str_trim(*rest);
	while (n < rest->len && (is_alpha(rest->ptr[n]) || rest->ptr[n] == '_'))
		n++;
	const struct str word = str_slice(*rest, 0, n);

	*rest = str_slice(*rest, n, rest->len);
	return word;
}

/* UPDATE with a SET behind the name of its table: no sentence. */
static bool has_set(struct str text)
{
	for (struct str word; text.len; text = str_slice(text, 1, text.len)) {
		word = next_word(&text);
		if (str_ieq(word, STR("set")))
			return true;
	}
	return false;
}

/* Comments of SQL before the first word. */
static struct str after_comments(struct str text)
{
	for (text = str_trim(text); text.len;) {
		const bool line = str_starts(text, STR("--"));
		const size_t end = line ? str_find_byte(text, '\n')
					: str_find(text, STR("*/"));

		if ((!line && !str_starts(text, STR("/*"))) || end == SIZE_MAX)
			break;
		text = str_trim(
			str_slice(text, end + (line ? 1 : 2), text.len));
	}
	return text;
}

bool code_looks_like_sql(struct str text)
{
	static const struct {
		const char *first, *second;
	} starts[] = {
		{ "DROP", "TABLE" },	{ "DROP", "INDEX" },
		{ "DROP", "VIEW" },	{ "DROP", "SCHEMA" },
		{ "DROP", "TYPE" },	{ "DROP", "DATABASE" },
		{ "DROP", "TRIGGER" },	{ "DROP", "FUNCTION" },
		{ "DROP", "SEQUENCE" }, { "DROP", "MATERIALIZED" },
		{ "ALTER", "TABLE" },	{ "ALTER", "TYPE" },
		{ "TRUNCATE", NULL },	{ "DELETE", "FROM" },
		{ "CREATE", "TABLE" },	{ "CREATE", "INDEX" },
		{ "CREATE", "UNIQUE" }, { "INSERT", "INTO" },
		{ "UPDATE", NULL },
	};

	text = after_comments(text);
	const struct str first = next_word(&text);
	const struct str second = next_word(&text);

	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_ieq(first, str_of(starts[i].first)) &&
		    (starts[i].second
			     ? str_ieq(second, str_of(starts[i].second))
			     : second.len || str_trim(text).len))
			return !str_ieq(first, STR("UPDATE")) || has_set(text);
	return false;
}
