/* Elements of lists and maps, and what is taken of them. */
#include "calls_value.h"

#include "lang.h"

static const struct code_token *token(const struct code *c, uint32_t i)
{
	return &c->tokens.item[i];
}

size_t code_turn(struct code_turns *turns, uint32_t list, size_t length)
{
	size_t number, i;

	if (!turns || !length)
		return 0;
	number = turns->number;
	for (i = 0; i < turns->count && turns->met[i].list != list; i++)
		number /= turns->met[i].length;
	if (i == turns->count && i < ARRAY_LEN(turns->met)) {
		turns->met[i].list = list;
		turns->met[i].length = length;
		turns->count++;
	}
	if (i < turns->count && length > turns->met[i].length)
		turns->met[i].length = length;
	return number % length;
}

size_t code_turns_all(const struct code_turns *turns)
{
	enum { MOST = 1024 };
	size_t all = 1;

	for (size_t i = 0; i < turns->count && all < MOST; i++)
		all *= turns->met[i].length;
	return all < MOST ? all : MOST;
}

uint32_t code_subscript(const struct code *c, uint32_t i, uint32_t end)
{
	if (i + 3 >= end || token(c, i)->kind != CODE_WORD ||
	    !code_is(c, i + 1, "[") || !code_is(c, i + 3, "]") ||
	    (token(c, i + 2)->kind != CODE_STRING &&
	     token(c, i + 2)->kind != CODE_SYMBOL))
		return CODE_NONE;
	return i + 2;
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

/* The last name of a path, users.c.name, that begins at `i`. */
static uint32_t path_end(const struct code *c, uint32_t i, uint32_t end)
{
	while (c->lang->blocks == BLOCKS_INDENT && i + 2 < end &&
	       token(c, i)->kind == CODE_WORD &&
	       (token(c, i + 1)->flags & CODE_MEMBER) &&
	       token(c, i + 2)->kind == CODE_WORD)
		i += 2;
	return i;
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
	case CODE_NUMBER: {
		const uint32_t key = path_end(c, arg.first, arg.end);

		if (key + 1 < arg.end && is_pair_mark(c, key + 1)) {
			arg.key = key;
			arg.first = key + 2;
		}
		break;
	}
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
