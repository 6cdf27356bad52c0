/* Elements of lists and maps, and what is taken of them. */
#include "calls_value.h"

#include "lang.h"

static const struct code_token *token(const struct code *c, uint32_t i)
{
	return &c->tokens.item[i];
}

bool code_word_of(const struct code *c, uint32_t i, size_t n, struct str *out)
{
	struct str rest = code_body(c, i);

	for (;; n--) {
		size_t len = 0;

		rest = str_trim(rest);
		while (len < rest.len && !is_blank(rest.ptr[len]))
			len++;
		if (!len)
			return false;
		*out = str_slice(rest, 0, len);
		if (!n)
			return true;
		rest = str_slice(rest, len, rest.len);
	}
}

static bool is_pair_mark(const struct code *c, uint32_t i)
{
	const unsigned flags = c->lang->flags;
	const struct code_token *t = token(c, i);

	if (t->kind != CODE_OPERATOR)
		return false;
	if (code_is(c, i, ":") || code_is(c, i, "="))
		return true;
	return code_is(c, i, "=>") &&
	       (flags & (LANG_SYMBOLS | LANG_HEREDOC_PHP));
}

struct code_arg code_element(const struct code *c, uint32_t first, uint32_t end)
{
	struct code_arg arg = { CODE_NONE, first, end };

	while (arg.first < arg.end && token(c, arg.first)->kind == CODE_END)
		arg.first++;
	while (arg.first < arg.end && token(c, arg.end - 1)->kind == CODE_END)
		arg.end--;
	switch ((enum code_kind)token(c, arg.first)->kind) {
	case CODE_WORD:
	case CODE_STRING:
	case CODE_SYMBOL:
	case CODE_NUMBER:
		if (arg.first + 1 < arg.end && is_pair_mark(c, arg.first + 1)) {
			arg.key = arg.first;
			arg.first += 2;
		}
		break;
	case CODE_OPEN: {
		/* { [COLUMN]: value } */
		const uint32_t after = code_after(c, arg.first);

		if (after < arg.end && code_is(c, arg.first, "[") &&
		    after > arg.first + 2 && code_is(c, after, ":")) {
			arg.key = after - 2;
			arg.first = after + 1;
		}
		break;
	}
	case CODE_CLOSE:
	case CODE_COMMA:
	case CODE_OPERATOR:
	case CODE_END: break;
	}
	return arg;
}

bool code_next_element(const struct code *c, const struct code_value *v,
		       uint32_t *at, struct code_arg *out)
{
	while (*at < v->end) {
		uint32_t stop = c->element_end[*at];

		while (stop < v->end && token(c, stop)->kind == CODE_END)
			stop = c->element_end[stop + 1];
		if (stop > v->end)
			stop = v->end;
		*out = code_element(c, *at, stop);
		*at = stop + 1;
		if (out->first < out->end || out->key != CODE_NONE)
			return true;
	}
	return false;
}

bool code_part_of(const struct code *c, const struct code_value *list,
		  const struct code_arg *element, struct code_arg *out)
{
	const struct code_value v =
		code_value(c, element->first, element->end, list->scope);
	uint32_t at = v.first;
	unsigned n = list->part;

	if (list->entry.len)
		return v.kind == VALUE_MAP &&
		       code_entry_of(c, &v, list->entry, out) &&
		       out->first < out->end;
	*out = *element;
	if (!n)
		return true;
	if (element->key != CODE_NONE) {
		if (n == 1)
			out->end = out->first;
		else
			out->key = CODE_NONE;
		return n <= 2;
	}
	if (v.kind != VALUE_LIST)
		return n == 1;
	while (n && code_next_element(c, &v, &at, out))
		n--;
	return !n;
}

bool code_given_map(const struct code *c, const struct code_value *function,
		    struct code_value *out)
{
	const uint32_t end = function->end;

	if (function->kind != VALUE_FUNCTION || end < function->first + 2 ||
	    token(c, end - 1)->kind != CODE_CLOSE)
		return false;
	const uint32_t open = token(c, end - 1)->match;

	if (open >= end || open <= function->first ||
	    !code_is(c, open - 1, "=>"))
		return false;
	*out = code_value(c, open, end, function->scope);
	return out->kind == VALUE_MAP;
}
