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

/* One element of a list as a value of its own. */
static void put_element(struct strbuf *b, struct outcome_of *o,
			const struct env *env, const struct slot *p,
			const struct code_arg *e, uint32_t scope, int depth)
{
	const struct str text = entry_text(env, p->path);
	struct env inner = { .r = env->r,
			     .call = env->call,
			     .outer = env,
			     .entry = *e,
			     .has_entry = true };

	if (text.len) {
		template_expand(b, o, &inner, text, depth + 1);
		return;
	}
	const struct found f = { .value = code_value(env->r->c, e->first,
						     e->end, scope) };

	filter_value(b, o, env, &f, p->filter, depth);
}

static bool is_words(const struct env *env, const struct code_value *v)
{
	return v->first < v->end &&
	       env->r->c->tokens.item[v->first].kind == CODE_STRING &&
	       env->r->c->element_end[v->first] >= v->end &&
	       v->end - v->first <= 3;
}

/* The n-th element of a list; false where there are fewer. */
static bool element_at(const struct env *env, const struct code_value *v,
		       size_t n, struct code_arg *out)
{
	uint32_t at = v->first;

	while (code_next_element(env->r->c, v, &at, out))
		if (!n--)
			return true;
	return false;
}

static size_t put_words(struct strbuf *b, struct outcome_of *o,
			const struct env *env, const struct slot *p,
			const struct code_value *v, int depth)
{
	struct str word;
	size_t n = 0;

	while (n < ELEMENTS_MAX &&
	       code_word_of(env->r->c, v->first, n, &word)) {
		const struct found f = { .value = { .kind = VALUE_TEXT },
					 .text = word,
					 .has_text = true };

		if (p->joined && n)
			strbuf_add(b, p->between);
		if (p->joined || n == env->element)
			filter_value(b, o, env, &f, p->filter, depth);
		n++;
	}
	return n;
}

static size_t put_elements(struct strbuf *b, struct outcome_of *o,
			   const struct env *env, const struct slot *p,
			   const struct code_value *v, int depth)
{
	uint32_t at = v->first;
	struct code_arg e;
	size_t n = 0;

	if (!p->joined) {
		while (n < ELEMENTS_MAX &&
		       code_next_element(env->r->c, v, &at, &e))
			n++;
		if (element_at(env, v, env->element, &e))
			put_element(b, o, env, p, &e, v->scope, depth);
		return n;
	}
	for (; n < ELEMENTS_MAX && code_next_element(env->r->c, v, &at, &e);
	     n++) {
		if (n)
			strbuf_add(b, p->between);
		put_element(b, o, env, p, &e, v->scope, depth);
	}
	return n;
}

static void put_list(struct strbuf *b, struct outcome_of *o,
		     const struct env *env, const struct slot *p,
		     const struct code_value *v, int depth)
{
	const bool words =
		v->kind == VALUE_LIST && is_words(env, v) &&
		(env->r->c->tokens.item[v->first].string & STRING_WORDS);
	const size_t n = words ? put_words(b, o, env, p, v, depth)
			       : put_elements(b, o, env, p, v, depth);

	if (!n)
		o->missing = true;
	if (!p->joined && n > o->elements)
		o->elements = n;
}

static void put_value(struct strbuf *b, struct outcome_of *o,
		      const struct env *env, struct str inner, int depth)
{
	const struct slot p = slot_of(inner);
	struct found f;

	if (p.joined && str_eq(p.path, STR("parts"))) {
		rewrite_parts(b, o, env);
		return;
	}
	if (!rewrite_find(env, p.path, &f)) {
		strbuf_puts(b, "unknown");
		o->missing = o->computed = true;
		return;
	}
	if (!f.has_text && !str_eq(p.filter, STR("labels")) &&
	    !str_eq(p.filter, STR("value")) &&
	    (f.value.kind == VALUE_LIST ||
	     (f.value.kind == VALUE_MAP && entry_text(env, p.path).len)))
		put_list(b, o, env, &p, &f.value, depth);
	else
		filter_value(b, o, env, &f, p.filter, depth);
}

/* [text if condition] */
static void put_optional(struct strbuf *b, struct outcome_of *o,
			 const struct env *env, struct str text, int depth)
{
	struct outcome_of inner = { 0 };
	const size_t before = b->len;
	size_t cond = SIZE_MAX;

	for (size_t i = 0; i + 4 <= text.len; i++)
		if (str_starts(str_slice(text, i, text.len), STR(" if ")) &&
		    str_find_byte(str_slice(text, i, text.len), ']') ==
			    SIZE_MAX)
			cond = i;
	if (cond != SIZE_MAX) {
		if (!rewrite_holds(env, str_slice(text, cond + 4, text.len)))
			return;
		text = str_slice(text, 0, cond);
	}
	template_expand(b, &inner, env, text, depth + 1);
	if (inner.missing) {
		b->len = before;
		return;
	}
	o->computed |= inner.computed;
	if (inner.elements > o->elements)
		o->elements = inner.elements;
}

void template_expand(struct strbuf *b, struct outcome_of *o,
		     const struct env *env, struct str s, int depth)
{
	if (depth > DEPTH_MAX) {
		o->missing = true;
		return;
	}
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.ptr[i];

		if (c == '\\' && i + 1 < s.len) {
			strbuf_byte(b, s.ptr[++i]);
		} else if (c == '[' || c == '{') {
			const size_t end = closing(s, i);
			const struct str inner = str_slice(s, i + 1, end);

			if (c == '[')
				put_optional(b, o, env, inner, depth);
			else if (str_starts(inner, STR(">")))
				template_expand(
					b, o, env,
					named(env->r->rules->parts,
					      str_slice(inner, 1, inner.len)),
					depth + 1);
			else
				put_value(b, o, env, inner, depth);
			i = end;
		} else {
			strbuf_byte(b, c);
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
