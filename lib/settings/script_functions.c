#include "script_functions.h"

#include "compiler.h"
#include "script_names.h"

/* All that the function is given, or the first of it. */
static bool is_given(struct str word, bool *first_only)
{
	static const struct {
		struct str word;
		bool first_only;
	} given[] = {
		{ STR_INIT("$@"), false },   { STR_INIT("$*"), false },
		{ STR_INIT("${@}"), false }, { STR_INIT("${*}"), false },
		{ STR_INIT("$1"), true },    { STR_INIT("${1}"), true },
	};

	for (size_t i = 0; i < ARRAY_LEN(given); i++)
		if (str_eq(word, given[i].word)) {
			*first_only = given[i].first_only;
			return true;
		}
	return false;
}

/* The word behind `name=`; empty where the word sets something else. */
static struct str value_of(struct str word, struct str name)
{
	if (word.len <= name.len || !str_starts(word, name) ||
	    word.ptr[name.len] != '=')
		return STR("");
	return str_slice(word, name.len + 1, word.len);
}

/* `local cmd="$1"` before it: what the variable was set to last. */
static struct str value_before(const struct shell *sh, size_t i,
			       struct str word)
{
	const struct str function = sh->commands.item[i].function;
	const struct str name = script_variable_name(word);

	while (name.len && i--) {
		const struct shell_command *c = &sh->commands.item[i];

		if (!str_eq(c->function, function))
			break;
		for (size_t k = 0; k < c->count; k++) {
			const struct str v = value_of(c->word[k].text, name);

			if (v.len)
				return v;
		}
	}
	return word;
}

static bool knows(const struct script_functions *out, struct str name)
{
	vec_each(const struct script_function, f, out)
		if (str_eq(f->name, name))
			return true;
	return false;
}

/* Commands that only say what they are given, or look at it. */
static bool only_speaks(const struct shell_command *c)
{
	static const struct str words[] = {
		STR_INIT("echo"),  STR_INIT("printf"),	STR_INIT("local"),
		STR_INIT("["),	   STR_INIT("[["),	STR_INIT("test"),
		STR_INIT("shift"), STR_INIT("command"), STR_INIT("export"),
		STR_INIT("which"), STR_INIT("grep"),	STR_INIT("declare"),
		STR_INIT("cat"),   STR_INIT("read"),	STR_INIT("type"),
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(c->word[c->assigned].text, words[i]))
			return true;
	return false;
}

void script_functions_find(struct script_functions *out, struct arena *a,
			   const struct shell *sh)
{
	*out = (struct script_functions){ 0 };
	for (size_t i = 0; i < sh->commands.count; i++) {
		const struct shell_command *c = &sh->commands.item[i];
		struct script_function f = { .name = c->function, .runs = c };

		if (!f.name.len || c->count == c->assigned || only_speaks(c) ||
		    knows(out, f.name))
			continue;
		if (is_given(value_before(sh, i, c->word[c->count - 1].text),
			     &f.first_only))
			vec_push(out, a, f);
	}
}

/* `$1` alone: the shell parts the text that is given into words. */
static struct shell_command split(struct arena *a,
				  const struct shell_command *c)
{
	const struct shell_word *given = &c->word[c->assigned + 1];
	struct shell_command out = *c;

	out.assigned = 0;
	out.word = shell_words(a, given->text, SHELL_SCRIPT, &out.count);
	for (size_t i = 0; i < out.count; i++)
		out.word[i].span = given->span;
	return out;
}

static struct shell_command filled(const struct script_function *f,
				   struct arena *a,
				   const struct shell_command *c)
{
	const size_t before = f->runs->count - 1;
	const size_t at = c->assigned + 1;
	const size_t given = f->first_only ? 1 : c->count - at;
	struct shell_command out = *c;

	if (!before && given == 1)
		return split(a, c);
	out.word = arena_array(a, struct shell_word, before + given);
	memcpy(out.word, f->runs->word, before * sizeof(*out.word));
	for (size_t i = 0; i < before; i++)
		out.word[i].span = c->word[c->assigned].span;
	memcpy(out.word + before, c->word + at, given * sizeof(*out.word));
	out.count = before + given;
	out.assigned = f->runs->assigned < before ? f->runs->assigned : 0;
	return out;
}

struct shell_command script_functions_fill(const struct script_functions *f,
					   struct arena *a,
					   const struct shell_command *c)
{
	if (c->count < c->assigned + 2 ||
	    str_starts(c->word[c->assigned + 1].text, STR("$")))
		return *c;
	vec_each(const struct script_function, one, f)
		if (str_eq(one->name, c->word[c->assigned].text) &&
		    !str_eq(one->name, c->function))
			return filled(one, a, c);
	return *c;
}
