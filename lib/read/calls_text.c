#include "calls_interpolate.h"
#include "calls_marks.h"
#include "calls_value.h"
#include "lang.h"

/*
 * A text is put together from the strings of an expression, in their order.
 * What is not a string is followed to where it is set; where that is nowhere,
 * its name stands in its place. Depth and steps are bounded.
 */
enum {
	DEPTH_MAX = 24,
	TEXT_MAX = 4 * 1024 * 1024,
	STEP_BYTES = 64, /* of a string: so many are one step */
};

/* The values that the marks of a string stand for: "… %s" % x,
 * "… {}".format(x), sprintf("… %s", x), raw("… ??", [x]). */
struct format {
	const struct code_arg *args;
	uint32_t count, next;
	uint32_t scope; /* where the names in them are looked up */
	enum mark_kind marks;
};

struct joiner {
	const struct code *c;
	struct code_string_value *out;
	uint32_t scope; /* where names are looked up */
	int depth;
	const char *between; /* elements of a list; NULL: as the list says */
	struct format format;
};

static void join(struct joiner *j, uint32_t first, uint32_t end);

static const struct code_token *token(const struct joiner *j, uint32_t i)
{
	return &j->c->tokens.item[i];
}

/* The word that a text ends with. */
static struct str ending_word(struct str s)
{
	size_t i = s.len;

	while (i && code_is_name_byte(s.ptr[i - 1]))
		i--;
	return str_slice(s, i, s.len);
}

/* The name that stands for a value: `id = #{id}` compares no column with
 * itself. */
static struct str shown_name(struct str before, struct str name)
{
	const struct str text = str_trim(before);

	if (!str_ends(text, STR("=")) || !name.len)
		return name;
	return str_ieq(ending_word(str_trim(str_slice(text, 0, text.len - 1))),
		       name)
		       ? STR("value")
		       : name;
}

static void spend(struct joiner *j, size_t bytes)
{
	unsigned *budget = &j->out->budget;
	const size_t steps = bytes / STEP_BYTES;

	*budget -= steps < *budget ? (unsigned)steps : *budget;
}

static void add_piece(struct joiner *j, struct str s, size_t from,
		      bool computed)
{
	struct code_string_value *out = j->out;

	if (computed)
		s = shown_name(strbuf_str(&out->text), s);
	if (!s.len || out->text.len + s.len > TEXT_MAX)
		return;
	vec_push(&out->pieces, j->c->arena,
		 (struct code_piece){
			 .off = (uint32_t)out->text.len,
			 .from = (uint32_t)from,
			 .len = (uint32_t)s.len,
			 .computed = computed,
		 });
	strbuf_add(&out->text, s);
	spend(j, s.len);
	out->computed |= computed;
	out->literal |= !computed;
}

/* All its bytes come from the first one of that token. */
static void add_separator(struct joiner *j, uint32_t at, const char *mark)
{
	for (; j->out->text.len && *mark; mark++)
		add_piece(j, (struct str){ mark, 1 }, token(j, at)->off, false);
}

/* The part of an element that a loop's variable takes. */
static bool join_part(struct joiner *j, const struct code_value *list,
		      const struct code_arg *element)
{
	struct code_arg part;

	if (!code_part_of(j->c, list, element, &part))
		return false;
	if (part.key != CODE_NONE && list->part) {
		const struct str key = code_key_text(j->c, part.key);

		add_piece(j, key, (size_t)(key.ptr - j->c->text.ptr), false);
		return true;
	}
	if (part.first >= part.end)
		return false;
	join(j, part.first, part.end);
	return true;
}

/* The k-th element of a loop's list, joined; false where there is none. */
static bool join_element(struct joiner *j, const struct code_value *list)
{
	uint32_t at = list->first;
	struct code_arg arg = { CODE_NONE, 0, 0 };
	size_t n = 0;
	bool found = false;

	if (token(j, list->first)->kind == CODE_STRING &&
	    (token(j, list->first)->string & STRING_WORDS)) {
		struct str word;

		while (code_word_of(j->c, list->first, n, &word)) {
			if (n++ == j->out->element) {
				add_piece(j, word,
					  (size_t)(word.ptr - j->c->text.ptr),
					  false);
				found = true;
			}
		}
	} else {
		while (code_next_element(j->c, list, &at, &arg))
			if (n++ == j->out->element)
				found = join_part(j, list, &arg);
	}
	if (n > j->out->loops)
		j->out->loops = n;
	return found;
}

/* The entry of that name of each element that `head` takes in turn. */
static bool join_entry(struct joiner *j, struct str head, uint32_t at,
		       struct str entry)
{
	const struct code_binding *set =
		code_bound(j->c, head, at, j->scope, false);
	const uint32_t scope = j->scope;
	struct code_value list;
	bool found;

	if (!set || !set->each || set->part || set->entry.len ||
	    j->depth >= DEPTH_MAX)
		return false;
	list = code_bound_value(j->c, set);
	if (list.kind != VALUE_LIST)
		return false;
	list.entry = entry;
	j->scope = list.scope;
	j->depth++;
	found = join_element(j, &list);
	j->depth--;
	j->scope = scope;
	return found;
}

/* Takes back what was added since. */
static void take_back(struct joiner *j, size_t length)
{
	j->out->text.len = length;
	while (j->out->pieces.count && vec_last(&j->out->pieces)->off >= length)
		j->out->pieces.count--;
}

/* What a name is set to, if some of it is literal. */
static bool join_literal(struct joiner *j, uint32_t first, uint32_t end)
{
	const size_t before = j->out->text.len;
	const bool literal = j->out->literal;
	const bool computed = j->out->computed;
	bool found;

	j->out->literal = false;
	join(j, first, end);
	found = j->out->literal;
	if (!found) {
		take_back(j, before);
		j->out->computed = computed;
	}
	j->out->literal |= literal;
	return found;
}

/* The value of an entry, as far as it is literal. */
static bool join_value(struct joiner *j, const struct code_value *v)
{
	j->scope = v->scope;
	return (v->kind == VALUE_TEXT || v->kind == VALUE_NUMBER) &&
	       join_literal(j, v->first, v->end);
}

/* What a name stands for, or the name. `member`: it is one of an object. */
static void join_name(struct joiner *j, struct str name, uint32_t at,
		      size_t from, bool member)
{
	const struct code_binding *set =
		code_bound(j->c, name, at, j->scope, member);
	const uint32_t scope = j->scope;
	bool found = false;

	while (name.len && code_is_sigil(name.ptr[0]))
		name = str_slice(name, 1, name.len);
	if (set && j->depth < DEPTH_MAX) {
		const struct code_value v = code_bound_value(j->c, set);

		j->depth++;
		j->scope = set->scope;
		if (set->each &&
		    (v.kind == VALUE_LIST || (v.part && v.kind == VALUE_MAP)))
			found = join_element(j, &v);
		else if (set->entry.len && !set->each && !v.entry.len)
			found = join_value(j, &v);
		else if (v.kind != VALUE_FUNCTION && v.kind != VALUE_MAP &&
			 !set->entry.len)
			found = join_literal(j, set->first, set->end);
		j->scope = scope;
		j->depth--;
	}
	if (found)
		return;
	/* TRUNCATE #{table} */
	if (str_ieq(name, STR("table")) &&
	    str_ieq(ending_word(str_trim(strbuf_str(&j->out->text))),
		    STR("TRUNCATE")))
		add_piece(j, STR("TABLE "), from, false);
	add_piece(j, name, from, true);
}

/* The name in an expression that stands in a string. */
static void join_interpolated(struct joiner *j, uint32_t string, size_t from,
			      size_t end)
{
	const struct code_expression e =
		code_expression_name(j->c->text, from, end);

	/* the text may end where the expression begins */
	from -= from == j->c->text.len;

	if (e.literal)
		add_piece(j, e.name, (size_t)(e.name.ptr - j->c->text.ptr),
			  true);
	else if (!e.before.len || !join_entry(j, e.before, string, e.name))
		join_name(j, e.name, string, from, e.member);
}

/* The argument that a mark stands for: that of its name, or the next one. */
static uint32_t place_of_mark(const struct joiner *j, struct str mark,
			      struct str name)
{
	const struct format *f = &j->format;

	for (uint32_t i = 0; i < f->count; i++)
		if (f->args[i].key != CODE_NONE &&
		    str_eq(code_text(j->c, f->args[i].key), name))
			return i;
	/* Rust's {name} */
	if (f->marks == MARKS_BRACES && name.len && !is_digit(name.ptr[0]))
		return CODE_NONE;
	return code_mark_place(mark, f->next);
}

/* The value of a mark, or the name in it. */
static void join_mark(struct joiner *j, struct str mark, uint32_t string,
		      size_t from)
{
	const struct format f = j->format;
	const struct str name = str_slice(mark, 1, mark.len - 1);
	const uint32_t scope = j->scope;
	const uint32_t n = place_of_mark(j, mark, name);

	if (str_eq(mark, STR("?"))) {
		add_piece(j, mark, from, false);
		j->format.next++;
		return;
	}
	if (n != CODE_NONE && n >= f.count) {
		add_piece(j, STR("value"), from, true);
		return;
	}
	j->format = (struct format){ 0 };
	j->scope = f.scope;
	j->depth++;
	if (n == CODE_NONE)
		join_name(j, name, string, from, false);
	else
		join(j, f.args[n].first, f.args[n].end);
	j->depth--;
	j->scope = scope;
	j->format = f;
	if (n != CODE_NONE)
		j->format.next = n + 1;
}

static void join_string(struct joiner *j, uint32_t i)
{
	const struct code_token *t = token(j, i);
	const struct str s =
		str_slice(j->c->text, 0, (size_t)t->body + t->body_len);
	size_t run = t->body;

	spend(j, t->body_len);
	for (size_t k = t->body; k < s.len;) {
		size_t end, len;
		size_t open;

		if (s.ptr[k] == '\\' && (t->string & STRING_ESCAPES)) {
			add_piece(j, str_slice(s, run, k), run, false);
			add_piece(j, code_escaped(s, k, t->string, &len), k,
				  false);
			run = k += len;
		} else if (s.ptr[k] == '&' && (t->string & STRING_ENTITIES)) {
			add_piece(j, str_slice(s, run, k), run, false);
			add_piece(j, code_entity(s, k, &len), k, false);
			run = k += len;
		} else if (s.ptr[k] == '"' && (t->string & STRING_DOUBLED)) {
			k++;
			add_piece(j, str_slice(s, run, k), run, false);
			run = ++k;
		} else if ((t->string & STRING_INTERPOLATES) &&
			   (open = code_expression_at(s, k, t->string, &end)) !=
				   0) {
			add_piece(j, str_slice(s, run, k), run, false);
			join_interpolated(j, i, open,
					  end > open && s.ptr[end - 1] == '}'
						  ? end - 1
						  : end);
			run = k = end;
		} else if (j->format.args &&
			   (len = code_mark_at(s, k, j->format.marks)) != 0) {
			add_piece(j, str_slice(s, run, k), run, false);
			join_mark(j, str_slice(s, k, k + len), i, k);
			run = k += len;
		} else {
			k++;
		}
	}
	add_piece(j, str_slice(s, run, s.len), run, false);
}

/* "…" % value, "…" % (a, b): the operands are what follows. */
static struct format percent_format(struct joiner *j, uint32_t i, uint32_t end)
{
	struct format f = { .scope = j->scope, .marks = MARKS_PERCENT };
	struct code_args args = { 0 };
	struct code_value list = { .kind = VALUE_LIST, .first = i, .end = end };
	struct code_arg arg;

	if (i < end && code_is(j->c, i, "(")) {
		list.first = i + 1;
		list.end = token(j, i)->match;
	}
	for (uint32_t at = list.first;
	     code_next_element(j->c, &list, &at, &arg);)
		vec_push(&args, j->c->arena, arg);
	f.args = args.item;
	f.count = (uint32_t)args.count;
	return f;
}

/* The call of a method right behind token i: a literal's, a list's. */
static const struct code_call *method_at(const struct joiner *j, uint32_t i,
					 uint32_t end, const char *name)
{
	if (i + 1 >= end || !(token(j, i)->flags & CODE_MEMBER) ||
	    token(j, i)->kind != CODE_OPERATOR || !code_is(j->c, i + 1, name) ||
	    token(j, i + 1)->match == CODE_NONE)
		return NULL;
	return &j->c->calls.item[token(j, i + 1)->match];
}

/* A string and what fills its marks. */
static void join_formatted(struct joiner *j, uint32_t i, uint32_t end)
{
	const struct format outer = j->format;
	const uint32_t next = i + 1;
	const bool python = j->c->lang->blocks == BLOCKS_INDENT;
	const struct code_call *call = method_at(j, next, end, "format");

	if (!call) /* Java */
		call = method_at(j, next, end, "formatted");
	if (call) {
		j->format = (struct format){
			.args = code_args_of(j->c, call),
			.count = call->args,
			.scope = j->scope,
			.marks = python ? MARKS_BRACES : MARKS_PERCENT,
		};
	} else if (next < end && code_is(j->c, next, "%")) {
		j->format = percent_format(j, next + 1, end);
	}
	join_string(j, i);
	j->format = outer;
}

/* `.squish`, `.format(x)`, `.trim()` after a string or a call; what
 * `.concat(x)` adds is added. */
static uint32_t skip_methods(struct joiner *j, uint32_t i, uint32_t end)
{
	while (i + 1 < end && token(j, i)->kind == CODE_OPERATOR &&
	       (token(j, i)->flags & CODE_MEMBER) &&
	       token(j, i + 1)->kind == CODE_WORD) {
		const struct code_call *concat = method_at(j, i, end, "concat");

		for (uint32_t n = 0; concat && n < concat->args; n++) {
			const struct code_arg *arg =
				&j->c->args.item[concat->arg + n];

			join(j, arg->first, arg->end);
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
	const struct code_call *call = method_at(j, i + 1, end, "join");
	const struct str between = code_body(j->c, i);
	const char *outer = j->between;

	if (!call || !call->args || j->c->lang->blocks != BLOCKS_INDENT)
		return false;
	const struct code_arg *arg = code_args_of(j->c, call);

	j->between = str_find_byte(between, ';') != SIZE_MAX   ? ";\n"
		     : str_find_byte(between, ',') != SIZE_MAX ? ", "
							       : "\n";
	join(j, arg->first, arg->end);
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
	const struct code_call *call = &j->c->calls.item[token(j, i)->match];
	const size_t before = j->out->text.len;

	const struct format outer = j->format;

	j->depth++;
	for (uint32_t n = 0; n < call->args && j->depth < DEPTH_MAX; n++) {
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
		join(j, arg->first, arg->end);
		if (j->out->text.len > before)
			break;
	}
	j->depth--;
	j->format = outer;
	if (j->out->text.len == before)
		add_piece(j, call->name, token(j, i)->off, true);
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
		if (method_at(j, i, end, names[n]))
			return true;
	return false;
}

/* SQL.replace(x, y), SQL.format(x): what the name stands for, where that is a
 * text; true if it is. */
static bool join_method(struct joiner *j, uint32_t i, uint32_t end)
{
	const struct code_binding *set =
		code_bound(j->c, code_text(j->c, i), i, j->scope, false);
	const struct code_call *format = method_at(j, i + 1, end, "format");
	const struct joiner outer = *j;

	if (!set || j->depth >= DEPTH_MAX)
		return false;
	/* each of a list of texts: statement.strip() */
	if (set->each) {
		if (!is_trimmed(j, i + 1, end))
			return false;
		join_name(j, code_text(j->c, i), i, token(j, i)->off, false);
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
	join(j, v.first, v.end);
	*j = outer;
	return true;
}

static uint32_t join_word(struct joiner *j, uint32_t i, uint32_t end)
{
	const struct str word = code_text(j->c, i);
	const uint32_t call = token(j, i)->match;
	const enum lang_role role = language_role(j->c->lang, word);
	uint32_t next = i + 1;

	if (next < end && code_is(j->c, next, "("))
		next = code_after(j->c, next);
	if (role == ROLE_PREFIX || role == ROLE_QUALIFIER)
		return i + 1;
	if (next == i + 1 && next + 1 < end &&
	    (token(j, next)->flags & CODE_MEMBER) &&
	    token(j, next + 1)->match == CODE_NONE &&
	    join_entry(j, word, i, code_text(j->c, next + 1)))
		return next + 2;
	if (next + 1 < end && token(j, next)->kind == CODE_OPERATOR &&
	    (token(j, next)->flags & CODE_MEMBER) &&
	    (call == CODE_NONE || !j->c->calls.item[call].args)) {
		if (next == i + 1 && join_method(j, i, end))
			return skip_methods(j, next, end);
		return next + 1;
	}
	if (call != CODE_NONE && j->c->calls.item[call].args)
		return join_call(j, i, end);
	if (is_entry_of_call(j, i, end)) {
		add_piece(j, word, token(j, i)->off, true);
		return i + 1;
	}
	join_name(j, word, i, token(j, i)->off,
		  i && (token(j, i - 1)->flags & CODE_MEMBER));
	if (i + 1 < end && code_is(j->c, i + 1, "("))
		return code_after(j->c, i + 1);
	return i + 1;
}

/* A list is so many statements; a list that is joined is one text. */
static uint32_t join_list(struct joiner *j, uint32_t i, uint32_t end)
{
	const uint32_t close = token(j, i)->match;
	const uint32_t next = code_after(j->c, i);
	const char *between = method_at(j, next, end, "join") ? "\n" : ";\n";
	const struct code_value list = { .kind = VALUE_LIST,
					 .first = i + 1,
					 .end = close };
	struct code_arg arg;

	for (uint32_t at = i + 1; code_next_element(j->c, &list, &at, &arg);) {
		add_separator(j, arg.first, j->between ? j->between : between);
		join(j, arg.first, arg.end);
	}
	return skip_methods(j, next, end);
}

/* In a list of (text, parameters) only the text counts. */
static void join_group(struct joiner *j, uint32_t i)
{
	const uint32_t close = token(j, i)->match;
	uint32_t end = i + 1 < close ? j->c->element_end[i + 1] : close;

	if (end > close)
		end = close;
	join(j, i + 1, end);
}

/* Operators between the pieces; returns where to go on. */
static uint32_t join_operator(struct joiner *j, uint32_t i, uint32_t end,
			      size_t start)
{
	if (code_is(j->c, i, "%"))
		return end; /* Python's parameters */
	if (code_is(j->c, i, "?")) {
		/* condition ? this : that, and both of them */
		take_back(j, start);
	} else if (code_is(j->c, i, ":")) {
		add_separator(j, i, ";\n");
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
		add_separator(j, i, ";\n");
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
	return token(j, i)->kind == CODE_CLOSE ||
	       (token(j, i)->kind == CODE_WORD &&
		language_role(j->c->lang, code_text(j->c, i)) == ROLE_NAME);
}

static void join(struct joiner *j, uint32_t first, uint32_t end)
{
	const size_t start = j->out->text.len;
	uint32_t i = first;

	if (j->depth >= DEPTH_MAX)
		return;
	j->depth++;
	while (i < end && j->out->budget) {
		j->out->budget--;
		switch ((enum code_kind)token(j, i)->kind) {
		case CODE_STRING:
			if (!join_joined(j, i, end))
				join_formatted(j, i, end);
			i = skip_methods(j, i + 1, end);
			break;
		case CODE_SYMBOL:
			add_piece(j, code_body(j->c, i), token(j, i)->body,
				  false);
			i++;
			break;
		case CODE_NUMBER:
			add_piece(j, code_text(j->c, i), token(j, i)->off,
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
		join(&j, v->first, v->end);
		return;
	}
	if (v->each || (v->first + 1 == v->end &&
			token(&j, v->first)->kind == CODE_STRING)) {
		join_element(&j, v);
		return;
	}
	struct code_arg arg;

	for (uint32_t at = v->first; code_next_element(c, v, &at, &arg);) {
		add_separator(&j, arg.first, ";\n");
		join(&j, arg.first, arg.end);
	}
}
