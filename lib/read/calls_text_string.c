/* Strings in a text: escapes, interpolation, and marks that are filled. */
#include "calls_interpolate.h"
#include "calls_join.h"
#include "lang.h"

/* The name in an expression that stands in a string. */
static void join_interpolated(struct joiner *j, uint32_t string, size_t from,
			      size_t end)
{
	const struct code_expression e =
		code_expression_name(j->c->text, from, end);

	const struct str text = str_slice(j->c->text, 0, end);
	const bool written =
		e.name.ptr >= text.ptr && e.name.ptr < text.ptr + text.len;

	if (written && !e.literal && !e.before.len &&
	    text_subscript(
		    j, e.name, string,
		    str_slice(text,
			      (size_t)(e.name.ptr - text.ptr) + e.name.len,
			      text.len)))
		return;
	/* the text may end where the expression begins */
	from -= from == j->c->text.len;

	if (e.before.len && text_entry(j, e.before, string, e.name))
		return;
	if (e.literal)
		text_add(j, e.name, (size_t)(e.name.ptr - j->c->text.ptr),
			 true);
	else
		text_name(j, e.name, string, from, e.member);
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
		text_add(j, mark, from, false);
		j->format.next++;
		return;
	}
	if (n != CODE_NONE && n >= f.count) {
		text_add(j, STR("value"), from, true);
		return;
	}
	j->format = (struct format){ 0 };
	j->scope = f.scope;
	j->depth++;
	if (n == CODE_NONE)
		text_name(j, name, string, from, false);
	else
		text_join(j, f.args[n].first, f.args[n].end);
	j->depth--;
	j->scope = scope;
	j->format = f;
	if (n != CODE_NONE)
		j->format.next = n + 1;
}

static void join_string(struct joiner *j, uint32_t i)
{
	const struct code_token *t = text_token(j, i);
	const struct str s =
		str_slice(j->c->text, 0, (size_t)t->body + t->body_len);
	size_t run = t->body;

	text_spend(j, t->body_len);
	for (size_t k = t->body; k < s.len;) {
		size_t end, len;
		size_t open;

		if (s.ptr[k] == '\\' && (t->string & STRING_ESCAPES)) {
			text_add(j, str_slice(s, run, k), run, false);
			text_add(j, code_escaped(s, k, t->string, &len), k,
				 false);
			run = k += len;
		} else if (s.ptr[k] == '&' && (t->string & STRING_ENTITIES)) {
			text_add(j, str_slice(s, run, k), run, false);
			text_add(j, code_entity(s, k, &len), k, false);
			run = k += len;
		} else if (s.ptr[k] == '"' && (t->string & STRING_DOUBLED)) {
			k++;
			text_add(j, str_slice(s, run, k), run, false);
			run = ++k;
		} else if ((t->string & STRING_INTERPOLATES) &&
			   (open = code_expression_at(s, k, t->string, &end)) !=
				   0) {
			text_add(j, str_slice(s, run, k), run, false);
			join_interpolated(j, i, open,
					  end > open && s.ptr[end - 1] == '}'
						  ? end - 1
						  : end);
			run = k = end;
		} else if (j->format.args &&
			   (len = code_mark_at(s, k, j->format.marks)) != 0) {
			text_add(j, str_slice(s, run, k), run, false);
			join_mark(j, str_slice(s, k, k + len), i, k);
			run = k += len;
		} else {
			k++;
		}
	}
	text_add(j, str_slice(s, run, s.len), run, false);
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
		list.end = text_token(j, i)->match;
	}
	for (uint32_t at = list.first;
	     code_next_element(j->c, &list, &at, &arg);)
		vec_push(&args, j->c->arena, arg);
	f.args = args.item;
	f.count = (uint32_t)args.count;
	return f;
}

/* A string and what fills its marks. */
void text_string(struct joiner *j, uint32_t i, uint32_t end)
{
	const struct format outer = j->format;
	const uint32_t next = i + 1;
	const bool python = j->c->lang->blocks == BLOCKS_INDENT;
	const struct code_call *call = text_method(j, next, end, "format");

	if (!call) /* Java */
		call = text_method(j, next, end, "formatted");
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
