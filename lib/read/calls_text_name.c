/* Names in a text: what they are set to, and what loops go through. */
#include "calls_join.h"
#include "lang.h"

static bool text_turn(struct joiner *j, const struct code_value *list,
		      uint32_t key);

/* for columns in lists: for column in columns */
static bool text_nested(struct joiner *j, const struct code_value *list,
			uint32_t key)
{
	bool found;

	j->depth++;
	found = text_turn(j, list, key);
	j->depth--;
	return found;
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

		text_add(j, key, (size_t)(key.ptr - j->c->text.ptr), false);
		return true;
	}
	if (part.first >= part.end)
		return false;
	const struct code_value v =
		code_value(j->c, part.first, part.end, list->scope);

	if (list->each && v.kind == VALUE_LIST && j->depth < TEXT_DEPTH_MAX)
		return text_nested(j, &v, list->first + 1);
	text_join(j, part.first, part.end);
	return true;
}

/* The word of %w[a b] whose turn it is. */
static bool text_word(struct joiner *j, uint32_t words, uint32_t key)
{
	struct str word;
	size_t n = 0;

	while (code_word_of(j->c, words, n, &word))
		n++;
	if (!code_word_of(j->c, words, code_turn(j->out->turns, key, n), &word))
		return false;
	text_add(j, word, (size_t)(word.ptr - j->c->text.ptr), false);
	return true;
}

/* The element of a loop's list whose turn it is, joined; false where there is
 * none. */
static bool text_turn(struct joiner *j, const struct code_value *list,
		      uint32_t key)
{
	uint32_t at = list->first;
	struct code_arg arg = { CODE_NONE, 0, 0 };
	size_t n = 0;

	if (text_token(j, list->first)->kind == CODE_STRING &&
	    (text_token(j, list->first)->string & STRING_WORDS))
		return text_word(j, list->first, key);
	while (code_next_element(j->c, list, &at, &arg))
		n++;
	const size_t turn = code_turn(j->out->turns, key, n);

	at = list->first;
	for (n = 0; code_next_element(j->c, list, &at, &arg); n++)
		if (n == turn)
			return join_part(j, list, &arg);
	return false;
}

bool text_element(struct joiner *j, const struct code_value *list)
{
	return text_turn(j, list, list->first);
}

/* Of each element that `head` takes in turn the part of that number, from 1,
 * or the entry of that name. */
static bool text_of_each(struct joiner *j, struct str head, uint32_t at,
			 uint8_t part, struct str entry)
{
	const struct code_binding *set =
		code_bound(j->c, head, at, j->scope, false);
	const uint32_t scope = j->scope;
	struct code_value list;
	bool found;

	if (!set || !set->each || set->part || set->entry.len ||
	    j->depth >= TEXT_DEPTH_MAX)
		return false;
	list = code_bound_value(j->c, set);
	if (list.kind != VALUE_LIST)
		return false;
	list.entry = entry;
	list.part = part;
	j->scope = list.scope;
	j->depth++;
	found = text_element(j, &list);
	j->depth--;
	j->scope = scope;
	return found;
}

bool text_entry(struct joiner *j, struct str head, uint32_t at,
		struct str entry)
{
	return text_of_each(j, head, at, 0, entry);
}

/* pair[0], where pair is each of a list of lists; `behind` is what stands
 * behind the name. */
bool text_subscript(struct joiner *j, struct str name, uint32_t at,
		    struct str behind)
{
	return behind.len > 2 && behind.ptr[0] == '[' &&
	       is_digit(behind.ptr[1]) && behind.ptr[2] == ']' &&
	       text_of_each(j, name, at, (uint8_t)(behind.ptr[1] - '0' + 1),
			    STR(""));
}

/* What a name is set to, if some of it is literal. */
static bool join_literal(struct joiner *j, uint32_t first, uint32_t end)
{
	const size_t before = j->out->text.len;
	const bool literal = j->out->literal;
	const bool computed = j->out->computed;
	bool found;

	j->out->literal = false;
	text_join(j, first, end);
	found = j->out->literal;
	if (!found) {
		text_take_back(j, before);
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

/* A list that is a name or an expression: tables - %w[a b] */
static bool is_unknown_list(const struct joiner *j, const struct code_value *v)
{
	return v->kind == VALUE_NAME ||
	       (v->kind == VALUE_TEXT && v->first + 1 < v->end &&
		text_token(j, v->first)->kind == CODE_WORD);
}

/* What a name stands for, or the name. `member`: it is one of an object. */
void text_name(struct joiner *j, struct str name, uint32_t at, size_t from,
	       bool member)
{
	const struct code_binding *set =
		code_bound(j->c, name, at, j->scope, member);
	const uint32_t scope = j->scope;
	bool found = false;

	while (name.len && code_is_sigil(name.ptr[0]))
		name = str_slice(name, 1, name.len);
	if (set && j->depth < TEXT_DEPTH_MAX) {
		const struct code_value v = code_bound_value(j->c, set);

		j->depth++;
		j->scope = set->scope;
		if (set->each &&
		    (v.kind == VALUE_LIST || (v.part && v.kind == VALUE_MAP)))
			found = text_element(j, &v);
		else if (set->entry.len && !set->each && !v.entry.len)
			found = join_value(j, &v);
		else if (v.kind != VALUE_FUNCTION && v.kind != VALUE_MAP &&
			 !set->entry.len &&
			 !(set->each && is_unknown_list(j, &v)))
			found = join_literal(j, set->first, set->end);
		j->scope = scope;
		j->depth--;
	}
	if (found)
		return;
	/* TRUNCATE #{table} */
	if (str_ieq(name, STR("table")) &&
	    str_ieq(text_last_word(str_trim(strbuf_str(&j->out->text))),
		    STR("TRUNCATE")))
		text_add(j, STR("TABLE "), from, false);
	text_add(j, name, from, true);
}
