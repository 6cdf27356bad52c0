/*
 * The code reader: calls (calls.h) that a framework gives a meaning
 * (code_rules.h) become plain statements.
 */
#include "code_blocks.h"
#include "code_direction.h"
#include "code_kept.h"
#include "code_order.h"
#include "code_runs.h"
#include "code_sort.h"
#include "code_sql.h"
#include "code_unknown.h"
#include "code_way_back.h"
#include "lang.h"
#include "markup.h"
#include "xml.h"

enum {
	BUDGET = 60 * 1000, /* steps of putting texts together, and one more */
	STEP_SOURCE = 4,    /* for so many bytes of the source */
	ELEMENTS_MAX = 512,
	HOLDERS_MAX = 16,
};

struct whens VEC(struct code_when);

struct code_reader {
	struct rewriter r;
	struct reading *out;
	const struct source *src;
	const struct read_options *opt;
	const uint8_t *ways;
	struct code_runs runs;
	struct whens runs_at; /* of each form */
	bool *handed; /* calls that no rewrite knows and that are handed SQL */
};

/* The outermost call that this one is an argument of, as long as they mean
 * something: a comment above it is meant for what is in it. */
static uint32_t outermost(const struct rewriter *r, uint32_t call)
{
	const struct code *c = r->c;
	const uint32_t scope = c->calls.item[call].scope;
	uint32_t out = call;

	for (uint32_t i = call_holder(r, call), n = 0;
	     i != CODE_NONE && n < HOLDERS_MAX; i = call_holder(r, i), n++) {
		if (c->calls.item[i].scope != scope)
			break;
		if (r->of[i])
			out = i;
	}
	return out;
}

static void add_statement(struct code_reader *cr, uint32_t call,
			  struct str text, const struct code_place *at,
			  unsigned flags)
{
	const struct code *c = cr->r.c;
	const struct code_call *k = &c->calls.item[call];
	const struct code_call *whole = &c->calls.item[outermost(&cr->r, call)];
	struct form *f = reading_add(cr->out, FORM_STATEMENT, text,
				     code_span(c, k->first, k->end));

	f->whole = span_joined(f->span, code_extent(c, whole));
	f->direction = at->backward ? DIRECTION_BACKWARD : DIRECTION_FORWARD;
	f->environment = cr->opt->environment;
	f->flags = at->flags | flags;
}

/* What may not stand before `c`: a blank before a comma, a comma before a
 * closing bracket. */
static void drop_before(struct strbuf *b, char c)
{
	while (b->len && ((c == ')' && strchr(", ", b->ptr[b->len - 1])) ||
			  (c == ',' && b->ptr[b->len - 1] == ' ')))
		b->len--;
}

static void add_tidy(struct strbuf *b, char c)
{
	const char last = b->len ? b->ptr[b->len - 1] : ' ';

	if (is_blank(c) && (last == ' ' || last == '('))
		return;
	drop_before(b, c);
	if (c == ',' && b->len && strchr(",(", b->ptr[b->len - 1]))
		return;
	if (last == ',' && !is_blank(c) && c != ')')
		strbuf_byte(b, ' ');
	strbuf_byte(b, is_blank(c) ? ' ' : c);
}

/* One blank between words, none before a comma or `)`, and no comma that
 * separates nothing; quoted text stays. */
static struct str tidy(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);
	char quote = '\0';

	strbuf_reserve(&b, s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.ptr[i];

		if (!quote && c != '"' && c != '\'') {
			add_tidy(&b, c);
			continue;
		}
		if (!quote)
			quote = c;
		else if (quote == c)
			quote = '\0';
		strbuf_byte(&b, c);
	}
	return str_trim(strbuf_str(&b));
}

/* One template of a call: a statement for each element of a list in it. */
static void rewrite_one(struct code_reader *cr, struct env *env,
			const char *template, const struct code_place *at)
{
	const unsigned implied =
		env->rewrite->flags & REWRITE_IMPLIED ? FORM_IMPLIED : 0;
	struct code_turns turns = { 0 };

	env->turns = &turns;
	for (size_t n = 1; turns.number < n && turns.number < ELEMENTS_MAX;
	     turns.number++) {
		struct expansion x = { .env = env,
				       .text = STRBUF(cr->r.arena) };

		template_expand(&x, str_of(template));

		const struct str text =
			tidy(cr->out->arena, strbuf_str(&x.text));

		n = code_turns_all(&turns);
		if (text.len)
			add_statement(cr, env->call, text, at,
				      implied |
					      (x.computed ? FORM_DYNAMIC : 0));
	}
	env->turns = NULL;
}

static void read_string(struct code_reader *cr, const struct env *env,
			const struct found *f, bool backward,
			const struct code_place *at)
{
	struct code_sql sql = {
		.r = &cr->r,
		.out = cr->out,
		.src = cr->src,
		.opt = *cr->opt,
		.flags = at->flags | FORM_EMBEDDED,
	};

	sql.opt.direction = backward || cr->opt->direction == DIRECTION_BACKWARD
				    ? DIRECTION_BACKWARD
				    : DIRECTION_FORWARD;
	sql.opt.mark_up = sql.opt.mark_down = NULL;
	code_read_sql(&sql, env, f);
}

static void read_strings(struct code_reader *cr, const struct env *env,
			 const char *const *args, bool backward,
			 const struct code_place *at)
{
	struct found f;

	for (; args && *args; args++)
		if (**args == '=' ? rewrite_find(env, str_of(*args), &f)
				  : rewrite_find_own(env, str_of(*args), &f))
			read_string(cr, env, &f, backward, at);
}

static struct code_place place_of(struct code_reader *cr, uint32_t call)
{
	struct code_place at = code_runs_place(&cr->runs, call);

	at.backward |= cr->opt->direction == DIRECTION_BACKWARD;
	return at;
}

static void read_unknown_call(struct code_reader *cr, uint32_t call)
{
	const struct code_call *k = &cr->r.c->calls.item[call];
	struct env env = { .r = &cr->r, .call = call };
	struct code_place at;
	struct found sql;

	for (uint32_t i = 0; i < k->args; i++) {
		if (!code_runs_argument(&cr->r, call, i, &sql))
			continue;
		at = place_of(cr, call);
		read_string(cr, &env, &sql, at.backward, &at);
		cr->handed[call] = true;
	}
	if (cr->handed[call] || !code_says_it_destroys(&cr->r, call))
		return;
	at = place_of(cr, call);

	const struct str said = code_destroyed(&cr->r, call);

	if (said.len)
		add_statement(cr, call, tidy(cr->out->arena, said), &at, 0);
	else
		add_statement(cr, call, STR("EXECUTE DYNAMIC"), &at,
			      FORM_DYNAMIC);
}

static void read_call(struct code_reader *cr, uint32_t call)
{
	const struct code_rewrite *w = cr->r.of[call];
	struct env env = { .r = &cr->r, .call = call, .rewrite = w };
	struct code_place at;

	if (!w)
		read_unknown_call(cr, call);
	if (!w || (w->part && rewrite_collector(&cr->r, call) != CODE_NONE))
		return;
	at = place_of(cr, call);
	for (const char *const *t = at.inverse ? w->undo : w->to; t && *t; t++)
		rewrite_one(cr, &env, *t, &at);
	if (!(w->flags & REWRITE_FUNCTIONS)) {
		read_strings(cr, &env, w->sql, at.backward, &at);
		read_strings(cr, &env, w->undo_sql, true, &at);
	}
	if (w->flags & REWRITE_NO_TRANSACTION)
		cr->out->no_transaction = true;
}

/* `name=value` as the framework writes it to ask for no transaction. */
static bool asks(const struct code *c, struct str wanted)
{
	const size_t eq = str_find_byte(wanted, '=');

	for (size_t i = 0; i < c->bindings.count; i++) {
		const struct code_binding *b = &c->bindings.item[i];

		if (b->end > b->first &&
		    str_eq(b->name, str_slice(wanted, 0, eq)) &&
		    str_eq(code_text(c, b->first),
			   str_slice(wanted, eq + 1, wanted.len)))
			return true;
	}
	return false;
}

/* From here on nothing is put together any more: names are set to each other
 * again and again. */
static void give_up(struct code_reader *cr, uint32_t first, uint32_t end)
{
	vec_push(&cr->out->gaps, cr->out->arena,
		 (struct gap){ code_span(cr->r.c, first, end),
			       "its texts take too long to put together" });
}

/* The forms that are new run where the token stands. */
static void note_runs(struct code_reader *cr, uint32_t token)
{
	while (cr->runs_at.count < cr->out->forms.count)
		vec_push(&cr->runs_at, cr->r.arena,
			 (struct code_when){
				 { cr->r.c->tokens.item[token].off } });
}

/* SQL that a function gives back: its caller runs it. What no migration calls
 * only says something. */
static void read_returned(struct code_reader *cr)
{
	const struct env env = { .r = &cr->r, .call = CODE_NONE };
	uint32_t at = 0;
	struct found sql;

	while (cr->r.budget && code_next_returned(&cr->r, &at, &sql)) {
		const uint8_t way = cr->ways[sql.value.scope];
		const struct code_place place = { .backward =
							  way == WAY_BACKWARD };

		if (way == WAY_UNKNOWN)
			continue;
		read_string(cr, &env, &sql, place.backward, &place);
		note_runs(cr, at);
		if (!cr->r.budget)
			give_up(cr, sql.value.first, sql.value.end);
	}
}

/* Has a call run what stands in the token? */
static bool is_read(const struct code_reader *cr, uint32_t token)
{
	const struct code_token *t = &cr->r.c->tokens.item[token];

	for (size_t i = 0; i < cr->out->forms.count; i++) {
		const size_t off = cr->out->forms.item[i].span.off;

		if (off >= t->off && off < t->off + t->len)
			return true;
	}
	return false;
}

/* A framework that names its functions runs nothing else. */
static bool names_functions(const struct code_rules *rules)
{
	return rules->forward && *rules->forward;
}

/* SQL that a constant keeps, for a runner of the author's own. */
static void read_kept(struct code_reader *cr)
{
	const struct env env = { .r = &cr->r, .call = CODE_NONE };
	uint32_t at = 0;
	struct found sql;

	if (names_functions(cr->r.rules))
		return;
	while (cr->r.budget && code_next_kept(&cr->r, &at, &sql)) {
		const struct code_place place = {
			.backward = code_kept_goes_back(&cr->r, at, cr->ways),
		};

		if (is_read(cr, at))
			continue;
		read_string(cr, &env, &sql, place.backward, &place);
		note_runs(cr, at);
	}
}

static bool is_same(const struct form *a, const struct form *b)
{
	return a->span.off == b->span.off && a->span.len == b->span.len &&
	       a->direction == b->direction && str_eq(a->text, b->text);
}

/* What several calls of a helper come to, and what a helper runs that was
 * read where it stands, counts once. */
static void drop_repeated(struct code_reader *cr, size_t first)
{
	struct forms *f = &cr->out->forms;
	size_t kept = first;

	for (size_t i = first; i < f->count; i++) {
		size_t k = 0;

		while (k < kept && !is_same(&f->item[k], &f->item[i]))
			k++;
		if (k == kept)
			f->item[kept++] = f->item[i];
	}
	f->count = kept;
}

/* What a parameter stands for may say what the call means. */
static void read_run(void *with, uint32_t call)
{
	struct code_reader *cr = with;
	const size_t first = cr->out->forms.count;
	const struct code_rewrite *before = cr->r.of[call];

	if (!cr->r.budget)
		return;
	if (cr->r.c->run)
		cr->r.of[call] = rewrite_of(&cr->r, call);
	if (!cr->r.of[call])
		cr->r.of[call] = before;
	read_call(cr, call);
	cr->r.of[call] = before;
	if (cr->runs.helpers.count)
		drop_repeated(cr, first);
	while (cr->runs_at.count < cr->out->forms.count)
		vec_push(&cr->runs_at, cr->r.arena, code_runs_at(&cr->r, call));
}

static void read_each_call(struct code_reader *cr)
{
	for (uint32_t i = 0; i < cr->r.c->calls.count; i++) {
		const struct code_call *call = &cr->r.c->calls.item[i];

		code_runs_each(&cr->runs, i, read_run, cr);
		if (!cr->r.budget) {
			give_up(cr, call->first, call->end);
			return;
		}
	}
}

static void read_calls(struct code_reader *cr)
{
	struct code *c = arena_new(cr->r.arena, struct code);
	const char *const *wanted = cr->r.rules->no_transaction;
	const struct language *lang = language_of_path(cr->src->path);

	if (!lang)
		lang = language_named(str_of(cr->r.rules->language));
	if (!strcmp(lang->name, "xml") && code_is_markup(cr->src->path))
		code_read_markup(c, cr->r.arena, cr->src, cr->out);
	else if (!strcmp(lang->name, "xml"))
		code_read_xml(c, cr->r.arena, cr->src->text, cr->out);
	else
		code_read(c, cr->r.arena, cr->src->text, lang);
	cr->r.c = c;
	vec_each(struct comment, m, &c->comments)
		vec_push(&cr->out->comments, cr->out->arena, *m);
	for (size_t i = 0; i < c->scopes.count; i++)
		if (c->scopes.item[i].kind == SCOPE_FUNCTION)
			map_put(&cr->r.functions, c->arena,
				c->scopes.item[i].name, c);
	rewrite_name_bases(&cr->r, c);
	cr->r.of = arena_array(c->arena, const struct code_rewrite *,
			       c->calls.count + 1);
	rewrite_find_makers(&cr->r);
	for (uint32_t i = 0; i < c->calls.count; i++)
		cr->r.of[i] = rewrite_of(&cr->r, i);
	cr->ways = code_ways(&cr->r);
	cr->handed = arena_array(c->arena, bool, c->calls.count + 1);
	code_order_find(&cr->r);
	code_runs_find(&cr->runs, &cr->r, c, cr->ways);
	read_each_call(cr);
	read_returned(cr);
	read_kept(cr);
	for (; wanted && *wanted; wanted++)
		cr->out->no_transaction |= asks(c, str_of(*wanted));
	code_add_blocks(cr->out, &cr->r, cr->handed);
	code_add_marks(cr->out, &cr->r);
	if (cr->opt->direction == DIRECTION_FORWARD)
		code_way_back(cr->out, &cr->r, cr->ways);
}

void read_code(struct reading *out, const struct source *src,
	       const struct code_rules *rules, const struct read_options *opt,
	       struct str app)
{
	/* The tree is larger than what comes of it, and gone with the file. */
	struct arena scratch = { 0 };
	struct code_reader cr = {
		.r = { .arena = &scratch,
		       .rules = rules,
		       .app = app,
		       .dialect = opt->dialect,
		       .budget = BUDGET +
				 (unsigned)(src->text.len / STEP_SOURCE) },
		.out = out,
		.src = src,
		.opt = opt,
	};

	read_calls(&cr);
	code_sort(out, cr.runs_at.item);
	arena_free(&scratch);
}
