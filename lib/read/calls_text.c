/* The text of an expression: what its words, calls and operators add. */
#include "calls_join.h"
#include "lang.h"

/* The call of a method right behind token i: a literal's, a list's. */
const struct code_call *text_method(const struct joiner *j, uint32_t i,
				    uint32_t end, const char *name)
{
	if (i + 1 >= end || !(text_token(j, i)->flags & CODE_MEMBER) ||
	    text_token(j, i)->kind != CODE_OPERATOR ||
	    !code_is(j->c, i + 1, name) ||
	    text_token(j, i + 1)->match == CODE_NONE)
		return NULL;
	return &j->c->calls.item[text_token(j, i + 1)->match];
}

/* `.squish`, `.format(x)`, `.trim()` after a string or a call; what
 * `.concat(x)` adds is added. */
static uint32_t skip_methods(struct joiner *j, uint32_t i, uint32_t end)
{
	while (i + 1 < end && text_token(j, i)->kind == CODE_OPERATOR &&
	       (text_token(j, i)->flags & CODE_MEMBER) &&
	       text_token(j, i + 1)->kind == CODE_WORD) {
		const struct code_call *concat =
			text_method(j, i, end, "concat");

		for (uint32_t n = 0; concat && n < concat->args; n++) {
			const struct code_arg *arg =
				&j->c->args.item[concat->arg + n];

			text_join(j, arg->first, arg->end);
		}
		i += 2;
		if (i < end && code_is(j->c, i, "("))
			i = code_after(j->c, i);
	}
	return i;
}

/* " ".join(list) in Python: the elements, with the string between. */
static bool join_joined(struct joiner *j, uint32_t i, uint32_t end)
{
	const struct code_call *call = text_method(j, i + 1, end, "join");
	const struct str between = code_body(j->c, i);
	const char *outer = j->between;

	if (!call || !call->args || j->c->lang->blocks != BLOCKS_INDENT)
		return false;
	const struct code_arg *arg = code_args_of(j->c, call);

	j->between = str_find_byte(between, ';') != SIZE_MAX   ? ";\n"
		     : str_find_byte(between, ',') != SIZE_MAX ? ", "
							       : "\n";
	text_join(j, arg->first, arg->end);
	j->between = outer;
	return true;
}

static bool is_rust_format(const struct code *c, const struct code_call *call)
{
	return (c->lang->flags & LANG_MACROS) &&
	       str_eq(call->name, STR("format"));
}

/* A call: the text of its first argument, text("…"), dedent("…"), or the
 * list it is made on, [ … ].join(" "). */
static uint32_t join_call(struct joiner *j, uint32_t i, uint32_t end)
{
	const struct code_call *call =
		&j->c->calls.item[text_token(j, i)->match];
	const size_t before = j->out->text.len;

	const struct format outer = j->format;

	j->depth++;
	for (uint32_t n = 0; n < call->args && j->depth < TEXT_DEPTH_MAX; n++) {
		const struct code_arg *arg = &j->c->args.item[call->arg + n];

		/* sprintf("… %s", value), Rust's format!("… {}", value) */
		j->format = (struct format){
			.args = arg + 1,
			.count = call->args - n - 1,
			.scope = j->scope,
			.marks = is_rust_format(j->c, call) ? MARKS_BRACES
							    : MARKS_PERCENT,
		};
		if (!j->format.count && j->format.marks == MARKS_PERCENT)
			j->format = outer;
		/* What a callback makes of each element is not known. */
		if (code_value(j->c, arg->first, arg->end, j->scope).kind ==
		    VALUE_FUNCTION)
			continue;
		text_join(j, arg->first, arg->end);
		if (j->out->text.len > before)
			break;
	}
	j->depth--;
	j->format = outer;
	if (j->out->text.len == before)
		text_add(j, call->name, text_token(j, i)->off, true);
	return skip_methods(j, call->end > i ? call->end : i + 1, end);
}

/* `fk['name']`, where fk is each of what a call gives: nothing that the call
 * is handed. */
static bool is_entry_of_call(const struct joiner *j, uint32_t i, uint32_t end)
{
	const struct code_binding *set =
		i + 1 < end && code_is(j->c, i + 1, "[")
			? code_bound(j->c, code_text(j->c, i), i, j->scope,
				     false)
			: NULL;

	return set && set->each &&
	       code_bound_value(j->c, set).kind == VALUE_CALL;
}

static bool is_trimmed(const struct joiner *j, uint32_t i, uint32_t end)
{
	static const char *const names[] = { "strip",  "lstrip", "rstrip",
					     "squish", "trim",	 "dedent",
					     "to_s",   "freeze", "chomp" };

	for (size_t n = 0; n < ARRAY_LEN(names); n++)
		if (text_method(j, i, end, names[n]))
			return true;
	return false;
}

/* SQL.replace(x, y), SQL.format(x): what the name stands for, where that is a
 * text; true if it is. */
static bool join_method(struct joiner *j, uint32_t i, uint32_t end)
{
	const struct code_binding *set =
		code_bound(j->c, code_text(j->c, i), i, j->scope, false);
	const struct code_call *format = text_method(j, i + 1, end, "format");
	const struct joiner outer = *j;

	if (!set || j->depth >= TEXT_DEPTH_MAX)
		return false;
	/* each of a list of texts: statement.strip() */
	if (set->each) {
		if (!is_trimmed(j, i + 1, end))
			return false;
		text_name(j, code_text(j->c, i), i, text_token(j, i)->off,
			  false);
		return true;
	}
	const struct code_value v = code_bound_value(j->c, set);

	if (v.kind != VALUE_TEXT)
		return false;
	j->format = (struct format){
		.args = format ? code_args_of(j->c, format) : NULL,
		.count = format ? format->args : 0,
	};
	j->scope = v.scope;
	text_join(j, v.first, v.end);
	*j = outer;
	return true;
}

static uint32_t join_word(struct joiner *j, uint32_t i, uint32_t end)
{
	const struct str word = code_text(j->c, i);
	const uint32_t call = text_token(j, i)->match;
	const enum lang_role role = language_role(j->c->lang, word);
	uint32_t next = i + 1;

	if (next < end && code_is(j->c, next, "("))
		next = code_after(j->c, next);
	if (role == ROLE_PREFIX || role == ROLE_QUALIFIER)
		return i + 1;
	if (next == i + 1 && next + 1 < end &&
	    (text_token(j, next)->flags & CODE_MEMBER) &&
	    text_token(j, next + 1)->match == CODE_NONE &&
	    text_entry(j, word, i, code_text(j->c, next + 1)))
		return next + 2;
	if (next + 1 < end && text_token(j, next)->kind == CODE_OPERATOR &&
	    (text_token(j, next)->flags & CODE_MEMBER) &&
	    (call == CODE_NONE || !j->c->calls.item[call].args)) {
		if (next == i + 1 && join_method(j, i, end))
			return skip_methods(j, next, end);
		return next + 1;
	}
	const uint32_t key = code_subscript(j->c, i, end);

	if (key != CODE_NONE && text_entry(j, word, i, code_body(j->c, key)))
		return key + 2;
	if (call != CODE_NONE && j->c->calls.item[call].args)
		return join_call(j, i, end);
	if (i + 3 < end &&
	    text_subscript(j, word, i,
			   str_slice(j->c->text, text_token(j, i + 1)->off,
				     j->c->text.len)))
		return i + 4;
	if (is_entry_of_call(j, i, end)) {
		text_add(j, word, text_token(j, i)->off, true);
		return i + 1;
	}
	text_name(j, word, i, text_token(j, i)->off,
		  i && (text_token(j, i - 1)->flags & CODE_MEMBER));
	if (i + 1 < end && code_is(j->c, i + 1, "("))
		return code_after(j->c, i + 1);
	return i + 1;
}

/* A list is so many statements; a list that is joined is one text. */
static uint32_t join_list(struct joiner *j, uint32_t i, uint32_t end)
{
	const uint32_t close = text_token(j, i)->match;
	const uint32_t next = code_after(j->c, i);
	const char *between = text_method(j, next, end, "join") ? "\n" : ";\n";
	const struct code_value list = { .kind = VALUE_LIST,
					 .first = i + 1,
					 .end = close };
	struct code_arg arg;

	for (uint32_t at = i + 1; code_next_element(j->c, &list, &at, &arg);) {
		text_separate(j, arg.first, j->between ? j->between : between);
		text_join(j, arg.first, arg.end);
	}
	return skip_methods(j, next, end);
}

/* In a list of (text, parameters) only the text counts. */
static void join_group(struct joiner *j, uint32_t i)
{
	const uint32_t close = text_token(j, i)->match;
	uint32_t end = i + 1 < close ? j->c->element_end[i + 1] : close;

	if (end > close)
		end = close;
	text_join(j, i + 1, end);
}

/* Operators between the pieces; returns where to go on. */
static uint32_t join_operator(struct joiner *j, uint32_t i, uint32_t end,
			      size_t start)
{
	if (code_is(j->c, i, "%"))
		return end; /* Python's parameters */
	if (code_is(j->c, i, "?")) {
		/* condition ? this : that, and both of them */
		text_take_back(j, start);
	} else if (code_is(j->c, i, ":")) {
		text_separate(j, i, ";\n");
	}
	return i + 1;
}

/*
 * Python's `this if so else that`: both of them where that is all of the text,
 * else the first. What follows `for` says where the names come from.
 */
static uint32_t join_clause(struct joiner *j, uint32_t i, uint32_t end,
			    size_t start)
{
	uint32_t other = i;

	if (code_is(j->c, i, "for") || start)
		return end;
	while (other < end && !code_is(j->c, other, "else"))
		other = code_after(j->c, other);
	if (other < end)
		text_separate(j, i, ";\n");
	return other < end ? other + 1 : end;
}

static bool is_clause(const struct joiner *j, uint32_t i, uint32_t first)
{
	return i > first && j->c->lang->blocks == BLOCKS_INDENT &&
	       (code_is(j->c, i, "if") || code_is(j->c, i, "for"));
}

/* Does a value end with that token? */
static bool is_value_end(const struct joiner *j, uint32_t i)
{
	return text_token(j, i)->kind == CODE_CLOSE ||
	       (text_token(j, i)->kind == CODE_WORD &&
		language_role(j->c->lang, code_text(j->c, i)) == ROLE_NAME);
}

void text_join(struct joiner *j, uint32_t first, uint32_t end)
{
	const size_t start = j->out->text.len;
	uint32_t i = first;

	if (j->depth >= TEXT_DEPTH_MAX)
		return;
	j->depth++;
	while (i < end && j->out->budget) {
		j->out->budget--;
		switch ((enum code_kind)text_token(j, i)->kind) {
		case CODE_STRING:
			if (!join_joined(j, i, end))
				text_string(j, i, end);
			i = skip_methods(j, i + 1, end);
			break;
		case CODE_SYMBOL:
			text_add(j, code_body(j->c, i), text_token(j, i)->body,
				 false);
			i++;
			break;
		case CODE_NUMBER:
			text_add(j, code_text(j->c, i), text_token(j, i)->off,
				 false);
			i++;
			break;
		case CODE_WORD:
			i = is_clause(j, i, first)
				    ? join_clause(j, i, end, start)
				    : join_word(j, i, end);
			break;
		case CODE_OPERATOR: i = join_operator(j, i, end, start); break;
		case CODE_OPEN:
			if (code_is(j->c, i, "[") && i > first &&
			    is_value_end(j, i - 1)) {
				i = code_after(j->c, i); /* list[0] */
			} else if (code_is(j->c, i, "[")) {
				i = join_list(j, i, end);
			} else {
				if (code_is(j->c, i, "("))
					join_group(j, i);
				i = code_after(j->c, i);
			}
			break;
		case CODE_COMMA: i = end; break;
		case CODE_CLOSE:
		case CODE_END: i++; break;
		}
	}
	j->depth--;
}

void code_text_of(struct code_string_value *out, const struct code *c,
		  const struct code_value *v)
{
	struct joiner j = { .c = c,
			    .out = out,
			    .scope = v->scope,
			    .format = { .args = out->bound,
					.count = out->bound_count,
					.scope = out->bound_scope,
					.marks = MARKS_BOUND } };

	if (v->kind != VALUE_LIST) {
		text_join(&j, v->first, v->end);
		return;
	}
	if (v->each || (v->first + 1 == v->end &&
			text_token(&j, v->first)->kind == CODE_STRING)) {
		text_element(&j, v);
		return;
	}
	struct code_arg arg;

	for (uint32_t at = v->first; code_next_element(c, v, &at, &arg);) {
		text_separate(&j, arg.first, ";\n");
		text_join(&j, arg.first, arg.end);
	}
}
