#include "script_names.h"

#include <stdint.h>

#include "strbuf.h"

struct str script_variable_name(struct str word)
{
	struct str name = str_slice(word, 1, word.len);

	if (!str_starts(word, STR("$")))
		return STR("");
	if (str_starts(name, STR("{")) && str_ends(name, STR("}")))
		name = str_slice(name, 1, name.len - 1);
	for (size_t i = 0; i < name.len; i++)
		if (!is_alpha(name.ptr[i]) && name.ptr[i] != '_' &&
		    (!i || !is_digit(name.ptr[i])))
			return STR("");
	return name;
}

static void set(struct script_names *n, struct str word)
{
	const size_t eq = str_find_byte(word, '=');
	const struct str value = str_slice(word, eq + 1, word.len);
	struct str *kept = NULL;

	if (eq == SIZE_MAX || !eq)
		return;
	if (value.len && str_find_byte(value, '$') == SIZE_MAX &&
	    str_find_byte(value, '`') == SIZE_MAX) {
		kept = arena_new(n->arena, struct str);
		*kept = value;
	}
	map_put(&n->values, n->arena, str_slice(word, 0, eq), kept);
}

void script_names_note(struct script_names *n, const struct shell_command *c)
{
	const bool alone = c->count == c->assigned;

	if (!alone && !str_eq(c->word[0].text, STR("export")) &&
	    !str_eq(c->word[0].text, STR("readonly")) &&
	    !str_eq(c->word[0].text, STR("local")))
		return;
	for (size_t i = alone ? 0 : 1; i < c->count; i++)
		set(n, c->word[i].text);
}

struct shell_command script_names_fill(const struct script_names *n,
				       const struct shell_command *c)
{
	struct shell_command out = *c;

	if (c->count == c->assigned)
		return out;
	const struct shell_word *first = &c->word[c->assigned];
	const struct str name = script_variable_name(first->text);
	const struct str *value = name.len ? map_get(&n->values, name) : NULL;

	if (!value)
		return out;
	size_t added;
	const struct shell_word *words =
		shell_words(n->arena, *value, SHELL_SCRIPT, &added);

	if (!added)
		return out;
	const size_t rest = c->count - c->assigned - 1;

	out.count = c->assigned + added + rest;
	out.word = arena_array(n->arena, struct shell_word, out.count);
	memcpy(out.word, c->word, c->assigned * sizeof(*out.word));
	for (size_t i = 0; i < added; i++) {
		out.word[c->assigned + i] = words[i];
		out.word[c->assigned + i].span = first->span;
	}
	memcpy(out.word + c->assigned + added, first + 1,
	       rest * sizeof(*out.word));
	return out;
}
