#include "rewrite.h"

#include "lang.h"

/*
 * Templates. Between the plain text of a statement stand
 *
 *	{path|filter}	 a value, as a name unless a filter says otherwise;
 *			 one statement for each element of a list
 *	{path...|filter} all elements, ", " between; {path..._and_} with "_and_"
 *	{>name}		 a text of `parts`
 *	[text]		 left out where a {} in it has no value
 *	[text if cond]	 … or where the condition does not hold
 */
enum {
	DEPTH_MAX = 6,
	ELEMENTS_MAX = 512,
};

/* Where the bracket or brace that opens at i closes. */
static size_t closing(struct str s, size_t i)
{
	const char open = s.ptr[i];
	const char close = open == '[' ? ']' : '}';
	size_t depth = 0;

	for (; i < s.len; i++) {
		if (s.ptr[i] == '\\')
			i++;
		else if (s.ptr[i] == open)
			depth++;
		else if (s.ptr[i] == close && !--depth)
			return i;
	}
	return s.len;
}

static struct str named(const char *const *pairs, struct str name)
{
	for (; pairs && pairs[0]; pairs += 2)
		if (str_eq(name, str_of(pairs[0])))
			return str_of(pairs[1]);
	return STR("");
}

/* The text of one entry of a list, where the rewrite gives one. */
static struct str entry_text(const struct env *env, struct str list)
{
	for (; env; env = env->outer) {
		const struct str text =
			named(env->rewrite ? env->rewrite->each : NULL, list);

		if (text.len)
			return text;
	}
	return STR("");
}

struct slot {
	struct str path, filter, between;
	bool joined;
};

/* path...between|filter */
static struct slot slot_of(struct str inner)
{
	struct slot p = { .between = STR(", ") };
	const size_t bar = str_find_byte(inner, '|');
	size_t dots;

	if (bar != SIZE_MAX) {
		p.filter = str_slice(inner, bar + 1, inner.len);
		inner = str_slice(inner, 0, bar);
	}
	dots = str_find(inner, STR("..."));
	p.joined = dots != SIZE_MAX;
	p.path = str_slice(inner, 0, p.joined ? dots : inner.len);
	if (p.joined && dots + 3 < inner.len)
		p.between = str_slice(inner, dots + 3, inner.len);
	return p;
}

/* A template inside a template, with its own names; what it says of values
 * counts for the outer one. */
static void expand_inner(struct expansion *x, const struct env *env,
			 struct str text)
{
	const struct env *outer = x->env;

	x->env = env;
	x->depth++;
	template_expand(x, text);
	x->depth--;
	x->env = outer;
}

/* What an element is; of a class its name, whatever that is set to. */
static struct found element_of(const struct code *c, const struct code_arg *e,
			       uint32_t scope, bool class)
{
	/* User::class */
	const bool said =
		e->end > e->first + 2 && code_is(c, e->end - 1, "class");
	const struct span s = code_span(c, e->first, e->end - (said ? 2 : 0));

	if (!class)
		return (struct found){ .value = code_value(c, e->first, e->end,
							   scope) };
	return (struct found){ .value = { .kind = VALUE_TEXT },
			       .text = str_slice(c->text, s.off, span_end(s)),
			       .has_text = true };
}

/* Some filters take a list as a whole. */
static bool takes_list(struct str filter)
{
	return str_eq(filter, STR("labels")) || str_eq(filter, STR("value"));
}

/* Does a value stand for each element of a list in turn? */
static bool is_many(const struct expansion *x, const struct slot *p,
		    const struct found *f)
{
	if (f->has_text || takes_list(p->filter))
		return false;
	return f->value.kind == VALUE_LIST ||
	       (f->value.kind == VALUE_MAP &&
		(f->value.part || entry_text(x->env, p->path).len));
}

static void put_list(struct expansion *x, const struct slot *p,
		     const struct code_value *list, uint32_t key);

/* One element of a list as a value of its own. */
static void put_element(struct expansion *x, const struct slot *p,
			const struct code_arg *element,
			const struct code_value *list)
{
	const struct env *env = x->env;
	struct code_arg part, *e = &part;

	if (!code_part_of(env->r->c, list, element, e)) {
		const struct found all = { .value = *list };

		if (list->variable)
			filter_value(x, &all, p->filter);
		x->missing |= !list->variable;
		return;
	}
	if (list->part && part.key != CODE_NONE) {
		const struct found name = {
			.value = { .kind = VALUE_TEXT },
			.text = code_key_text(env->r->c, part.key),
			.has_text = true,
		};

		filter_value(x, &name, p->filter);
		return;
	}
	const struct str text = entry_text(env, p->path);
	const struct env inner = { .r = env->r,
				   .call = env->call,
				   .outer = env,
				   .entry = *e,
				   .has_entry = true };

	if (text.len) {
		expand_inner(x, &inner, text);
		return;
	}
	const struct found f = element_of(env->r->c, e, list->scope,
					  str_eq(p->path, STR("^class")));

	if (list->each && f.value.kind == VALUE_LIST && is_many(x, p, &f) &&
	    x->depth < DEPTH_MAX) {
		x->depth++;
		put_list(x, p, &f.value, list->first + 1);
		x->depth--;
		return;
	}
	filter_value(x, &f, p->filter);
}

/* %w[a b] */
static bool is_words(const struct code *c, const struct code_value *v)
{
	const struct code_token *t = &c->tokens.item[v->first];

	return v->kind == VALUE_LIST && v->first < v->end &&
	       t->kind == CODE_STRING && (t->string & STRING_WORDS) &&
	       c->element_end[v->first] >= v->end;
}

static size_t length_of(const struct code *c, const struct code_value *v)
{
	const bool words = is_words(c, v);
	uint32_t at = v->first;
	struct code_arg e;
	struct str word;
	size_t n = 0;

	while (n < ELEMENTS_MAX && (words ? code_word_of(c, v->first, n, &word)
					  : code_next_element(c, v, &at, &e)))
		n++;
	return n;
}

/* Adds the words from the one of number `first` up to `end`. */
static void put_words(struct expansion *x, const struct slot *p,
		      const struct code_value *v, size_t first, size_t end)
{
	struct str word;

	for (size_t n = first; n < end; n++) {
		if (!code_word_of(x->env->r->c, v->first, n, &word))
			return;
		const struct found f = { .value = { .kind = VALUE_TEXT },
					 .text = word,
					 .has_text = true };

		if (n > first)
			strbuf_add(&x->text, p->between);
		filter_value(x, &f, p->filter);
	}
}

/* The same with elements. */
static void put_elements(struct expansion *x, const struct slot *p,
			 const struct code_value *v, size_t first, size_t end)
{
	uint32_t at = v->first;
	struct code_arg e;

	for (size_t n = 0;
	     n < end && code_next_element(x->env->r->c, v, &at, &e); n++) {
		if (n > first)
			strbuf_add(&x->text, p->between);
		if (n >= first)
			put_element(x, p, &e, v);
	}
}

/* [column] in a loop over columns: what its only element is. */
static bool is_loop_variable(const struct expansion *x,
			     const struct code_value *list,
			     struct code_value *only)
{
	const struct code *c = x->env->r->c;
	uint32_t at = list->first;
	struct code_arg e, more;

	if (list->each || list->part || is_words(c, list) ||
	    !code_next_element(c, list, &at, &e) || e.key != CODE_NONE ||
	    code_next_element(c, list, &at, &more))
		return false;
	*only = code_value(c, e.first, e.end, list->scope);
	return only->each &&
	       (only->kind == VALUE_LIST || only->kind == VALUE_MAP);
}

static void put_list(struct expansion *x, const struct slot *p,
		     const struct code_value *list, uint32_t key)
{
	struct code_value only;
	const struct code_value *v =
		is_loop_variable(x, list, &only) ? &only : list;
	const struct code *c = x->env->r->c;
	const size_t n = length_of(c, v);
	const size_t first = p->joined
				     ? 0
				     : code_turn(x->env->turns,
						 v == list ? key : v->first, n);
	const size_t end = p->joined ? n : first + 1;

	x->missing |= !n;
	if (is_words(c, v))
		put_words(x, p, v, first, end);
	else
		put_elements(x, p, v, first, end);
}

static void put_value(struct expansion *x, struct str inner)
{
	const struct slot p = slot_of(inner);
	struct found f;

	if (p.joined && str_eq(p.path, STR("parts"))) {
		rewrite_parts(x);
		return;
	}
	if (!rewrite_find(x->env, p.path, &f)) {
		strbuf_puts(&x->text, "unknown");
		x->missing = x->computed = true;
		return;
	}
	if (entry_text(x->env, p.path).len)
		code_given_map(x->env->r->c, &f.value, &f.value);
	if (is_many(x, &p, &f))
		put_list(x, &p, &f.value, f.value.first);
	else
		filter_value(x, &f, p.filter);
}

/* Where " if condition" begins in an optional text; brackets in it may have
 * their own. */
static size_t condition_at(struct str text)
{
	const struct str mark = STR(" if ");
	size_t found = SIZE_MAX;

	for (size_t i = 0; i + mark.len <= text.len; i++) {
		const struct str rest = str_slice(text, i, text.len);

		if (str_starts(rest, mark) &&
		    str_find_byte(rest, ']') == SIZE_MAX)
			found = i;
	}
	return found;
}

/* [text if condition] */
static void put_optional(struct expansion *x, struct str text)
{
	const struct expansion before = *x;
	const size_t lists = x->env->turns ? x->env->turns->count : 0;
	const size_t at = condition_at(text);

	if (at != SIZE_MAX) {
		if (!rewrite_holds(x->env, str_slice(text, at + 4, text.len)))
			return;
		text = str_slice(text, 0, at);
	}
	x->missing = false;
	expand_inner(x, x->env, text);
	if (x->missing) {
		/* the buffer may have grown: only its length goes back */
		x->text.len = before.text.len;
		if (x->env->turns)
			x->env->turns->count = lists;
		x->computed = before.computed;
	}
	x->missing = before.missing;
}

void template_expand(struct expansion *x, struct str s)
{
	if (x->depth > DEPTH_MAX) {
		x->missing = true;
		return;
	}
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.ptr[i];

		if (c == '\\' && i + 1 < s.len) {
			strbuf_byte(&x->text, s.ptr[++i]);
		} else if (c == '[' || c == '{') {
			const size_t end = closing(s, i);
			const struct str inner = str_slice(s, i + 1, end);

			if (c == '[')
				put_optional(x, inner);
			else if (str_starts(inner, STR(">")))
				expand_inner(
					x, x->env,
					named(x->env->r->rules->parts,
					      str_slice(inner, 1, inner.len)));
			else
				put_value(x, inner);
			i = end;
		} else {
			strbuf_byte(&x->text, c);
		}
	}
}

/* The complaint about one {…}; NULL where it is well-formed. */
static const char *check_slot(struct str inner, const struct code_rules *rules)
{
	struct str filter;

	if (str_starts(inner, STR(">")))
		return named(rules->parts, str_slice(inner, 1, inner.len)).len
			       ? NULL
			       : "a {>name} names no text of parts";
	const struct slot p = slot_of(inner);

	if (!p.path.len)
		return "a {} has no name";
	for (struct str rest = p.filter; rest.len;) {
		size_t bar = str_find_byte(rest, '|');

		bar = bar == SIZE_MAX ? rest.len : bar;
		filter = str_slice(rest, 0, bar);
		if (!filter_known(filter))
			return "a filter is unknown";
		rest = str_slice(rest, bar + 1, rest.len);
	}
	return NULL;
}

const char *template_check(const char *text, const struct code_rules *rules)
{
	const struct str s = str_of(text);
	int depth = 0;

	for (size_t i = 0; i < s.len; i++) {
		const char c = s.ptr[i];

		if (c == '\\') {
			i++;
		} else if (c == '[') {
			if (closing(s, i) == s.len)
				return "a [ is not closed";
			depth++;
		} else if (c == ']') {
			if (!depth--)
				return "a ] closes nothing";
		} else if (c == '{') {
			const size_t end = closing(s, i);
			const char *why;

			if (end == s.len)
				return "a { is not closed";
			why = check_slot(str_slice(s, i + 1, end), rules);
			if (why)
				return why;
			i = end;
		}
	}
	return NULL;
}
