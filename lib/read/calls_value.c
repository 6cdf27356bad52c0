#include "calls_value.h"

#include "calls_list.h"
#include "lang.h"

enum {
	FOLLOW_MAX = 8 /* names that are set to names */
};

static const struct code_token *token(const struct code *c, uint32_t i)
{
	return &c->tokens.item[i];
}

/* Python's list[1:] is some of the list. */
static void drop_slice(const struct code *c, struct code_value *v)
{
	const uint32_t close = v->end - 1;
	const uint32_t open = v->end ? token(c, close)->match : 0;

	if (c->lang->blocks != BLOCKS_INDENT || v->end < v->first + 4 ||
	    !code_is(c, close, "]") || open <= v->first || open >= close ||
	    token(c, open - 1)->kind == CODE_OPERATOR)
		return;
	for (uint32_t i = open + 1; i < close;) {
		if (code_is(c, i, ":"))
			v->end = open;
		i = code_after(c, i);
	}
}

/* PHP's (array) $names */
static void drop_cast(const struct code *c, struct code_value *v)
{
	if ((c->lang->flags & LANG_HEREDOC_PHP) && v->first + 3 < v->end &&
	    code_is(c, v->first, "(") && code_is(c, v->first + 1, "array") &&
	    code_is(c, v->first + 2, ")"))
		v->first += 3;
}

/* Line ends, `await`, `new`, `&` and `as const` around a value. */
static void trim(const struct code *c, struct code_value *v)
{
	drop_cast(c, v);
	while (v->first < v->end) {
		const struct code_token *t = token(c, v->first);

		if (t->kind == CODE_WORD &&
		    language_role(c->lang, code_text(c, v->first)) ==
			    ROLE_PREFIX)
			v->first++;
		else if (t->kind == CODE_END || (t->kind == CODE_OPERATOR &&
						 (code_is(c, v->first, "&") ||
						  code_is(c, v->first, "*") ||
						  code_is(c, v->first, "..."))))
			v->first++;
		else
			break;
	}
	while (v->end > v->first && token(c, v->end - 1)->kind == CODE_END)
		v->end--;
	drop_slice(c, v);
	/* `x as const`, User::class */
	if (v->end - v->first > 2 &&
	    (code_is(c, v->end - 2, "as") || code_is(c, v->end - 1, "class")))
		v->end -= 2;
}

/* The last name of a path a.b.c that is the whole value, or CODE_NONE. */
static uint32_t path_end(const struct code *c, const struct code_value *v)
{
	uint32_t i = v->first;

	for (;; i += 2) {
		if (i >= v->end || token(c, i)->kind != CODE_WORD)
			return CODE_NONE;
		if (i + 1 == v->end)
			return i;
		if (!(token(c, i + 1)->flags & CODE_MEMBER) ||
		    token(c, i + 1)->kind != CODE_OPERATOR)
			return CODE_NONE;
	}
}

static enum value_kind constant_kind(struct str word)
{
	static const struct {
		const char *word;
		enum value_kind kind;
	} constants[] = {
		{ "true", VALUE_TRUE },	     { "True", VALUE_TRUE },
		{ "false", VALUE_FALSE },    { "False", VALUE_FALSE },
		{ "nil", VALUE_NULL },	     { "None", VALUE_NULL },
		{ "null", VALUE_NULL },	     { "NULL", VALUE_NULL },
		{ "undefined", VALUE_NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(constants); i++)
		if (str_eq(word, str_of(constants[i].word)))
			return constants[i].kind;
	return VALUE_NAME;
}

/* One literal may be followed by methods, `.freeze`, and by operators. */
static bool begins_with_string(const struct code *c, const struct code_value *v)
{
	uint32_t i = v->first + 1;

	if (token(c, v->first)->kind != CODE_STRING)
		return false;
	if (i >= v->end)
		return true;
	if (token(c, i)->kind == CODE_STRING)
		return true;
	return token(c, i)->kind == CODE_OPERATOR;
}

static bool has_string(const struct code *c, const struct code_value *v)
{
	uint32_t i = v->first;

	while (i < v->end) {
		if (token(c, i)->kind == CODE_STRING)
			return true;
		i = code_after(c, i);
	}
	return false;
}

/* Does the first element between braces have a name? */
static bool is_map(const struct code *c, uint32_t first, uint32_t end)
{
	while (first < end && token(c, first)->kind == CODE_END)
		first++;
	if (first >= end)
		return true;
	const uint32_t mark = first + 1;

	if (mark >= end || token(c, mark)->kind == CODE_COMMA)
		return token(c, first)->kind == CODE_WORD;
	return token(c, mark)->kind == CODE_OPERATOR &&
	       (code_is(c, mark, ":") || code_is(c, mark, "=") ||
		code_is(c, mark, "=>"));
}

/* ( … ), [ … ], { … }; also []string{…} and new[] {…}. */
static bool bracketed(const struct code *c, struct code_value *v)
{
	uint32_t open = v->first;

	/* new String[] {…} */
	if (open + 1 < v->end && token(c, open)->kind == CODE_WORD &&
	    code_is(c, open + 1, "[") && code_is(c, v->end - 1, "}"))
		open++;
	while (open < v->end && token(c, open)->kind == CODE_OPEN &&
	       code_after(c, open) < v->end && code_is(c, open, "[")) {
		open = code_after(c, open);
		if (open < v->end && token(c, open)->kind == CODE_WORD)
			open++;
		/* Go's []struct{ name string }{…} */
		if (open < v->end && code_is(c, open - 1, "struct") &&
		    token(c, open)->kind == CODE_OPEN)
			open = code_after(c, open);
	}
	if (open >= v->end || token(c, open)->kind != CODE_OPEN ||
	    code_after(c, open) < v->end)
		return false;
	v->first = open + 1;
	v->end = token(c, open)->match;
	if (code_is(c, open, "{"))
		v->kind = is_map(c, v->first, v->end) ? VALUE_MAP : VALUE_LIST;
	else if (code_is(c, open, "["))
		v->kind = is_map(c, v->first, v->end) &&
					  v->end > v->first + 1 &&
					  token(c, v->first + 1)->kind !=
						  CODE_COMMA
				  ? VALUE_MAP
				  : VALUE_LIST;
	else if (code_is(c, open, "("))
		v->kind = c->element_end[v->first] < v->end ? VALUE_LIST
							    : VALUE_NONE;
	else
		v->kind = VALUE_FUNCTION;
	return true;
}

/* Ruby's Class.new(Base) { … }: the call of that block, or CODE_NONE. */
static uint32_t call_of_block(const struct code *c, const struct code_value *v,
			      uint32_t open)
{
	const uint32_t call = c->scopes.item[token(c, open)->owner].call;

	return call != CODE_NONE && c->calls.item[call].token >= v->first &&
			       c->calls.item[call].token < open
		       ? call
		       : CODE_NONE;
}

/* The call that the value ends with, or CODE_NONE. */
static uint32_t ending_call(const struct code *c, const struct code_value *v)
{
	const uint32_t last = v->end - 1;
	const struct code_token *t = token(c, last);

	if (t->kind == CODE_WORD)
		return t->match;
	if (t->kind == CODE_STRING && last > v->first &&
	    (t->string & STRING_TAG) && token(c, last - 1)->kind == CODE_WORD)
		return token(c, last - 1)->match;
	if (t->kind != CODE_CLOSE || t->match < v->first)
		return CODE_NONE;
	if (token(c, t->match)->opens == OPENS_SCOPE)
		return call_of_block(c, v, t->match);
	return token(c, t->match)->opens == OPENS_ARGUMENTS
		       ? token(c, t->match)->owner
		       : CODE_NONE;
}

static bool is_function(const struct code *c, const struct code_value *v)
{
	const struct code_token *t = token(c, v->first);

	if (t->kind == CODE_WORD &&
	    language_role(c->lang, code_text(c, v->first)) == ROLE_FUNCTION)
		return true;
	if (code_is(c, v->first, "->") || code_is(c, v->first, "fn"))
		return true;
	for (uint32_t i = v->first; i < v->end;) {
		if (token(c, i)->kind == CODE_OPERATOR &&
		    (code_is(c, i, "=>") || code_is(c, i, "->")))
			return !(token(c, i)->flags & CODE_MEMBER);
		i = code_after(c, i);
	}
	return false;
}

/* Elixir's &name/1 */
static bool is_captured(const struct code *c, const struct code_value *v)
{
	return (c->lang->flags & LANG_SIGILS) && v->end - v->first > 2 &&
	       v->first < v->end && code_is(c, v->first, "&");
}

/* [ … ].freeze, { … }.dup(): what stands before the dot. */
static void frozen(const struct code *c, struct code_value *v)
{
	struct code_value inner = *v;

	if (token(c, v->first)->kind != CODE_OPEN)
		return;
	inner.end = code_after(c, v->first);
	if (!c->calls.item[v->call].args && inner.end < v->end &&
	    (token(c, inner.end)->flags & CODE_MEMBER) &&
	    bracketed(c, &inner) &&
	    (inner.kind == VALUE_LIST || inner.kind == VALUE_MAP))
		*v = inner;
}

/* 'a', 'b': a list without brackets, what *names takes; no `call 'a', 'b'`. */
static bool is_bare_list(const struct code *c, const struct code_value *v)
{
	const uint32_t end = c->element_end[v->first];

	return end < v->end &&
	       (end == v->first + 1 || token(c, v->first)->kind != CODE_WORD);
}

/* What it is without following names; VALUE_NONE for brackets around one
 * value, which is then in *v. */
static void classify(const struct code *c, struct code_value *v)
{
	const struct code_token *t = token(c, v->first);
	uint32_t call;

	if (v->first + 1 == v->end && t->kind == CODE_NUMBER)
		v->kind = VALUE_NUMBER;
	else if (v->first + 1 == v->end && t->kind == CODE_SYMBOL)
		v->kind = VALUE_TEXT;
	else if (v->first + 1 == v->end && t->kind == CODE_STRING &&
		 (t->string & STRING_WORDS))
		v->kind = VALUE_LIST;
	else if (begins_with_string(c, v))
		v->kind = t->string & STRING_WORDS ? VALUE_LIST : VALUE_TEXT;
	else if (bracketed(c, v))
		return;
	else if (is_function(c, v))
		v->kind = VALUE_FUNCTION;
	else if (is_bare_list(c, v))
		v->kind = VALUE_LIST;
	else if ((call = ending_call(c, v)) != CODE_NONE) {
		v->kind = VALUE_CALL;
		v->call = call;
		frozen(c, v);
	} else if (has_string(c, v))
		v->kind = VALUE_TEXT;
}

bool code_entry_of(const struct code *c, const struct code_value *map,
		   struct str key, struct code_arg *out)
{
	for (uint32_t at = map->first; code_next_element(c, map, &at, out);) {
		if (out->key != CODE_NONE &&
		    str_eq(code_key_text(c, out->key), key))
			return true;
		if (out->key == CODE_NONE && out->first + 1 == out->end &&
		    str_eq(code_text(c, out->first), key))
			return true;
	}
	return false;
}

/* The entry `key` of the map that the name at `token` is set to. */
static bool entry_of(const struct code *c, struct code_value *v, uint32_t name,
		     struct str key)
{
	const struct code_binding *set =
		code_bound(c, code_text(c, name), name, v->scope, false);
	struct code_value map;
	struct code_arg e;

	if (!set || set->each || set->end <= set->first)
		return false;
	map = (struct code_value){ .first = set->first,
				   .end = set->end,
				   .scope = set->scope };
	if (!bracketed(c, &map) || map.kind != VALUE_MAP)
		return false;
	if (!code_entry_of(c, &map, key, &e) || e.key == CODE_NONE)
		return false;
	v->first = e.first;
	v->end = e.end;
	v->scope = map.scope;
	return true;
}

/* The entry `key` of each element of what the name at `token` goes through. */
static bool entry_of_each(const struct code *c, struct code_value *v,
			  uint32_t name, struct str key)
{
	const struct code_binding *set =
		code_bound(c, code_text(c, name), name, v->scope, false);

	if (!set || !set->each || set->part || set->entry.len || v->each)
		return false;
	v->first = set->first;
	v->end = set->end;
	v->scope = set->scope;
	v->each = true;
	v->entry = key;
	v->kind = VALUE_OTHER;
	return true;
}

/* A name: a constant, what it is set to, or the name itself. True where
 * *v is now what it is set to. */
static bool follow(const struct code *c, struct code_value *v, uint32_t name)
{
	const struct str word = code_text(c, name);
	const uint32_t call = token(c, name)->match;
	const struct code_binding *set =
		code_bound(c, word, name, v->scope, name > v->first);

	v->kind = constant_kind(word);
	/* A loop through a part of what a loop takes: which is not known. */
	if (v->kind != VALUE_NAME ||
	    (set && set->each && v->each && (v->part || v->entry.len)))
		return false;
	if (set) {
		v->first = set->first;
		v->end = set->end;
		v->scope = set->scope;
		v->each |= set->each;
		if (set->each)
			v->part = set->part;
		if (set->each || set->entry.len)
			v->entry = set->entry;
		v->kind = VALUE_OTHER;
		return true;
	}
	if (call == CODE_NONE && name == v->first + 2 &&
	    (entry_of(c, v, v->first, word) ||
	     entry_of_each(c, v, v->first, word)))
		return true;
	if (call != CODE_NONE && name > v->first)
		v->kind = VALUE_CALL;
	v->call = call;
	return false;
}

/* What `const { table } = options` takes of a map. */
static bool take_entry(const struct code *c, struct code_value *v)
{
	struct code_arg e;

	if (!code_entry_of(c, v, v->entry, &e) || e.first >= e.end)
		return false;
	v->first = e.first;
	v->end = e.end;
	v->entry = STR("");
	return true;
}

/* A list that is empty here and filled elsewhere, or a loop over it: nobody
 * knows its elements, and the variable keeps its name. */
static void name_of_unknown(const struct code *c, struct code_value *v)
{
	uint32_t at = v->first;
	struct code_arg element;

	if (v->kind != VALUE_LIST || !v->variable ||
	    (at < v->end && token(c, at)->kind == CODE_STRING) ||
	    code_next_element(c, v, &at, &element))
		return;
	v->kind = VALUE_NAME;
	v->first = v->variable - 1;
	v->end = v->variable;
}

enum step { DONE, GO_ON };

/* What a name or a path stands for. */
static enum step follow_path(const struct code *c, struct code_value *v,
			     uint32_t name)
{
	const bool each = v->each;

	if (!follow(c, v, name))
		return DONE;
	if ((v->each && !each) || !v->variable)
		v->variable = name + 1;
	return GO_ON;
}

/* A call that gives a list or a map it was handed. */
static enum step open_call(const struct code *c, struct code_value *v)
{
	const struct code_call *k = &c->calls.item[v->call];

	if (code_is_part_of_map(c, v))
		return DONE;
	if (code_is_made_of(c, v->call)) {
		v->first = c->args.item[k->arg].first;
		v->end = c->args.item[k->arg].end;
		return GO_ON;
	}
	if (code_is_list_call(c, v->call)) {
		v->kind = VALUE_LIST;
		v->first = k->token + 2;
		v->end = k->end - 1;
	} else {
		code_is_of_map(c, v);
	}
	return DONE;
}

/* A loop over a map takes its keys in Python, in PHP its values. */
static void take_each(const struct code *c, struct code_value *v)
{
	if (v->kind != VALUE_MAP || !v->each || v->part)
		return;
	if (c->lang->blocks == BLOCKS_INDENT)
		v->part = 1;
	else if (c->lang->flags & LANG_HEREDOC_PHP)
		v->part = 2;
}

/* One step from an expression to what it is worth. */
static enum step step(const struct code *c, struct code_value *v)
{
	uint32_t name;

	v->kind = VALUE_OTHER;
	if (is_captured(c, v)) {
		v->kind = VALUE_FUNCTION;
		return DONE;
	}
	trim(c, v);
	if (v->first >= v->end) {
		v->kind = VALUE_NONE;
		return DONE;
	}
	if (code_is_picked(c, v) || code_is_sifted(c, v))
		return GO_ON;
	name = code_subscript(c, v->first, v->end);
	if (name != CODE_NONE && name + 2 == v->end &&
	    (entry_of(c, v, v->first, code_body(c, name)) ||
	     entry_of_each(c, v, v->first, code_body(c, name))))
		return GO_ON;
	name = path_end(c, v);
	if (name != CODE_NONE)
		return follow_path(c, v, name);
	classify(c, v);
	if (v->kind == VALUE_NONE ||
	    (v->kind == VALUE_LIST && code_is_picked(c, v)) ||
	    code_is_spread(c, v) ||
	    (v->kind == VALUE_CALL && open_call(c, v) == GO_ON) ||
	    (v->kind == VALUE_MAP && v->entry.len && !v->each &&
	     take_entry(c, v)))
		return GO_ON;
	if (v->kind == VALUE_LIST && code_is_generated(c, v))
		v->kind = VALUE_OTHER;
	take_each(c, v);
	name_of_unknown(c, v);
	return DONE;
}

static struct code_value resolved(const struct code *c, struct code_value v)
{
	for (int n = 0; n < FOLLOW_MAX; n++)
		if (step(c, &v) == DONE)
			return v;
	v.kind = VALUE_OTHER;
	return v;
}

struct code_value code_value(const struct code *c, uint32_t first, uint32_t end,
			     uint32_t scope)
{
	struct code_value v = { .first = first, .end = end, .scope = scope };
	const struct code_value r = resolved(c, v);

	if (!r.entry.len || (r.kind == VALUE_LIST && r.each))
		return r;
	/* The entry of what is not known is its own name. */
	trim(c, &v);
	v.kind = VALUE_NAME;
	v.each = r.each;
	v.variable = r.variable;
	v.call = CODE_NONE;
	return v;
}

struct code_value code_bound_value(const struct code *c,
				   const struct code_binding *set)
{
	return resolved(c, (struct code_value){ .first = set->first,
						.end = set->end,
						.scope = set->scope,
						.each = set->each,
						.part = set->part,
						.entry = set->entry });
}
