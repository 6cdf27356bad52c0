#include "rewrite.h"

#include "lang.h"

enum { HOLDERS_MAX = 64, PARTS_MAX = 20000 };

static bool listed(const char *const *list, struct str name)
{
	for (; list && *list; list++)
		if (str_eq(name, str_of(*list)))
			return true;
	return false;
}

/* … or begins with a capital, where the list says Class. */
static bool listed_receiver(const char *const *list, struct str name)
{
	for (const char *const *one = list; one && *one; one++)
		if (!strcmp(*one, "Class") && name.len &&
		    name.ptr[0] != lower(name.ptr[0]))
			return true;
	return listed(list, name);
}

/* A name, with one `*` in it. */
static bool matches(const char *pattern, struct str name)
{
	const struct str p = str_of(pattern);
	const size_t star = str_find_byte(p, '*');

	if (star == SIZE_MAX)
		return str_eq(p, name);
	return name.len + 1 >= p.len &&
	       str_starts(name, str_slice(p, 0, star)) &&
	       str_ends(name, str_slice(p, star + 1, p.len));
}

static struct str bare(struct str s)
{
	while (s.len && (s.ptr[0] == '$' || s.ptr[0] == '@'))
		s = str_slice(s, 1, s.len);
	for (size_t i = s.len; i-- > 0;)
		if (s.ptr[i] == '\\')
			return str_slice(s, i + 1, s.len);
	return s;
}

/* Is it called on one of these? The first word of the chain counts, the last
 * before the dot, and the calls before it. */
static bool called_on(const struct rewriter *r, const struct code_rewrite *w,
		      uint32_t call)
{
	const struct code *c = r->c;
	const struct code_call *k = &c->calls.item[call];

	if (!w->on)
		return true;
	if (k->first == k->token)
		return false;
	if (listed_receiver(w->on, bare(code_text(c, k->first))) ||
	    listed(w->on, bare(code_text(c, k->token - 2))))
		return true;
	for (int n = 0; k->on != CODE_NONE && n < HOLDERS_MAX; n++) {
		k = &c->calls.item[k->on];
		if (listed(w->on, k->name))
			return true;
	}
	return false;
}

static bool applies(struct rewriter *r, const struct code_rewrite *w,
		    uint32_t call)
{
	const struct env env = { .r = r, .call = call, .rewrite = w };

	return called_on(r, w, call) &&
	       (!w->when || rewrite_holds(&env, str_of(w->when)));
}

/* The first rewrite of that name; the others follow. */
static size_t lower_bound(const struct code_rules *rules, struct str name)
{
	size_t lo = rules->pattern_count, hi = rules->rewrite_count;

	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;

		if (str_cmp(str_of(rules->rewrites[mid].call), name) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool rewrite_names(const struct code_rules *rules, struct str name)
{
	const size_t first = lower_bound(rules, name);

	return first < rules->rewrite_count &&
	       str_eq(str_of(rules->rewrites[first].call), name);
}

static bool is_candidate(const struct rewriter *r, const struct code_rewrite *w,
			 struct str name)
{
	/* those with a pattern come first */
	if (w >= r->rules->rewrites + r->rules->pattern_count)
		return str_eq(str_of(w->call), name);
	if (!strcmp(w->call, "{type}"))
		return rewrite_type(r->rules, name) != NULL;
	return matches(w->call, name);
}

/* Is it one of these, `when*` for all that begin so? */
static bool holds_such(const char *const *in, struct str name)
{
	for (; *in; in++)
		if (matches(*in, name))
			return true;
	return false;
}

/* Of the rewrites from `first` up to `end` the one whose `in` holds the call
 * most closely. */
static const struct code_rewrite *held(struct rewriter *r, uint32_t call,
				       size_t first, size_t end,
				       call_holder_fn *holder_of)
{
	const struct code *c = r->c;
	const struct str name = c->calls.item[call].name;
	uint32_t holder = holder_of(r, call);

	for (int n = 0; holder != CODE_NONE && n < HOLDERS_MAX; n++) {
		for (size_t i = first; i < end; i++) {
			const struct code_rewrite *w = &r->rules->rewrites[i];

			if (w->in && is_candidate(r, w, name) &&
			    holds_such(w->in, c->calls.item[holder].name) &&
			    applies(r, w, call))
				return w;
		}
		holder = holder_of(r, holder);
	}
	return NULL;
}

/* … else the one whose `in` made what it is called on, else the first that
 * asks for nothing to hold it. */
static const struct code_rewrite *pick(struct rewriter *r, uint32_t call,
				       size_t first, size_t end)
{
	const struct code_rewrite *w = held(r, call, first, end, call_holder);
	const struct str name = r->c->calls.item[call].name;

	if (!w)
		w = held(r, call, first, end, call_maker);
	for (size_t i = first; !w && i < end; i++) {
		const struct code_rewrite *one = &r->rules->rewrites[i];

		if (!one->in && is_candidate(r, one, name) &&
		    applies(r, one, call))
			w = one;
	}
	return w;
}

const struct code_rewrite *rewrite_of(struct rewriter *r, uint32_t call)
{
	const struct code_rules *rules = r->rules;
	const struct str name = r->c->calls.item[call].name;
	const struct code_rewrite *found = NULL;
	const size_t first = lower_bound(rules, name);
	size_t end = first;

	while (end < rules->rewrite_count &&
	       str_eq(str_of(rules->rewrites[end].call), name))
		end++;
	if (first < end)
		found = pick(r, call, first, end);
	if (!found && rules->pattern_count)
		found = pick(r, call, 0, rules->pattern_count);
	return found;
}

static uint32_t collector(const struct rewriter *r, uint32_t call,
			  call_holder_fn *holder_of)
{
	uint32_t holder = holder_of(r, call);

	for (int n = 0; holder != CODE_NONE && n < HOLDERS_MAX; n++) {
		const struct code_rewrite *w = r->of[holder];

		if (w && w->to && !w->part)
			return holder;
		holder = holder_of(r, holder);
	}
	return CODE_NONE;
}

uint32_t rewrite_collector(const struct rewriter *r, uint32_t call)
{
	const uint32_t around = collector(r, call, call_holder);

	return around != CODE_NONE ? around : collector(r, call, call_maker);
}

static void put_part(struct expansion *x, size_t *count, struct env *env,
		     const char *text)
{
	struct code_turns turns = { 0 };

	env->turns = &turns;
	for (size_t n = 1; turns.number < n; turns.number++) {
		struct expansion part = { .env = env,
					  .text = STRBUF(env->r->arena) };

		template_expand(&part, str_of(text));
		n = code_turns_all(&turns);
		x->computed |= part.computed;

		const struct str one = str_trim(strbuf_str(&part.text));

		if (one.len && (*count)++)
			strbuf_puts(&x->text, ", ");
		strbuf_add(&x->text, one);
	}
	env->turns = NULL;
}

/* The calls in it come after it, up to the end of its block or chain, or to
 * the last one on the name that it is set to. */
void rewrite_parts(struct expansion *x)
{
	struct rewriter *r = x->env->r;
	const struct code *c = r->c;
	const struct code_call *call = &c->calls.item[x->env->call];
	uint32_t last = c->statement_end[call->token];
	size_t count = 0;

	if (call->block != CODE_NONE)
		last = c->scopes.item[call->block].end;
	for (uint32_t i = x->env->call + 1; i < c->calls.count; i++) {
		struct env inner = { .r = r, .call = i };

		if ((c->calls.item[i].token >= last &&
		     i > r->last_made[x->env->call]) ||
		    count > PARTS_MAX || !r->budget)
			break;
		r->budget--;
		inner.rewrite = r->of[i];
		if (!inner.rewrite || !inner.rewrite->part ||
		    rewrite_collector(r, i) != x->env->call)
			continue;
		for (const char *const *p = inner.rewrite->part; *p; p++)
			put_part(x, &count, &inner, *p);
	}
}
