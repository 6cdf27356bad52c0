#include "env_schema.h"

#include <stdint.h>

#include "calls.h"
#include "compiler.h"
#include "lang.h"

static bool one_of(struct str s, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(s, list[i]))
			return true;
	return false;
}

static bool is_variable(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') &&
		    !is_digit(s.ptr[i]) && s.ptr[i] != '_')
			return false;
	return s.len > 2 && !is_digit(s.ptr[0]);
}

/* What the libraries call their checks. */
static bool is_check(struct str s)
{
	static const struct str names[] = {
		STR_INIT("z"),	  STR_INIT("str"),   STR_INIT("url"),
		STR_INIT("num"),  STR_INIT("bool"),  STR_INIT("port"),
		STR_INIT("host"), STR_INIT("email"), STR_INIT("json"),
	};

	return one_of(s, names, ARRAY_LEN(names));
}

static bool makes_optional(struct str s)
{
	static const struct str names[] = {
		STR_INIT("optional"),	  STR_INIT("default"),
		STR_INIT("nullish"),	  STR_INIT("devDefault"),
		STR_INIT("catch"),	  STR_INIT("nullable"),
		STR_INIT("requiredWhen"), STR_INIT("prefault"),
	};

	return one_of(s, names, ARRAY_LEN(names));
}

/* Does the value that begins at token `i` have to be given? */
static bool is_required(const struct code *c, uint32_t i)
{
	for (uint32_t depth = 0; i < c->tokens.count; i++) {
		const struct code_token *t = &c->tokens.item[i];

		if (t->kind == CODE_OPEN)
			depth++;
		else if (t->kind == CODE_CLOSE && !depth--)
			return true;
		else if (t->kind == CODE_COMMA && !depth)
			return true;
		else if (t->kind == CODE_WORD &&
			 makes_optional(code_text(c, i)))
			return false;
	}
	return true;
}

struct strs env_schema_keys(struct arena *a, struct str text)
{
	struct strs keys = { 0 };
	struct code code;

	code_read(&code, a, text, language_named(STR("javascript")));
	for (uint32_t i = 0; i + 2 < code.tokens.count; i++)
		if (code.tokens.item[i].kind == CODE_WORD &&
		    is_variable(code_text(&code, i)) &&
		    code_is(&code, i + 1, ":") &&
		    code.tokens.item[i + 2].kind == CODE_WORD &&
		    is_check(code_text(&code, i + 2)) &&
		    is_required(&code, i + 2))
			vec_push(&keys, a, code_text(&code, i));
	return keys;
}
