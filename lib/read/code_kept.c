#include "code_kept.h"

#include "code_direction.h"
#include "code_sql.h"
#include "code_unknown.h"

enum {
	DEPTH_MAX = 16,
	WORDS_MAX = 8,
	TOKENS_MAX = 1 << 16, /* of texts in which names are looked for */
};

/* The bracket that holds the token; CODE_NONE where none does. */
static uint32_t opener_of(const struct code *c, uint32_t token)
{
	while (token-- > 0) {
		const struct code_token *t = &c->tokens.item[token];

		if (t->kind == CODE_OPEN)
			return token;
		if (t->kind == CODE_CLOSE && t->match < token)
			token = t->match;
	}
	return CODE_NONE;
}

/* What is set to what begins at the token: a name, a key of an entry; ""
 * where nothing is. */
static struct str name_set(const struct code *c, uint32_t token)
{
	const size_t before = code_bindings_before(c, token);

	if (!token)
		return STR("");
	if (before && c->bindings.item[before - 1].first == token)
		return c->bindings.item[before - 1].name;
	if (token > 1 && code_is(c, token - 1, ":"))
		return code_key_text(c, token - 2);
	return STR("");
}

/* Does it begin a value, in brackets that only group? */
static bool begins_value(const struct code *c, uint32_t token)
{
	static const char *const before[] = { "=", ":=", ":",  ",",	 "[",
					      "(", "{",	 "=>", "default" };

	for (size_t i = 0; token && i < ARRAY_LEN(before); i++)
		if (code_is(c, token - 1, before[i]))
			return true;
	return false;
}

/* What only says something: description: "Drop table users" */
static bool is_said(struct str name)
{
	static const char *const said[] = { "description", "desc",  "message",
					    "comment",	   "title", "name",
					    "label",	   "note",  "id",
					    "summary",	   "help" };

	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		if (str_ieq(name, str_of(said[i])))
			return true;
	return false;
}

/* What holds it up to the statement: nothing, a call, or in a list. */
enum held { HELD_ALONE, HELD_BY_CALL, HELD_IN_LIST };

static enum held held_by(const struct code *c, uint32_t token)
{
	enum held held = HELD_ALONE;

	for (int n = 0; n < DEPTH_MAX; n++) {
		token = opener_of(c, token);
		if (token == CODE_NONE ||
		    c->tokens.item[token].opens == OPENS_SCOPE)
			return held;
		if (code_is(c, token, "["))
			held = HELD_IN_LIST;
		else if (c->tokens.item[token].opens == OPENS_ARGUMENTS)
			return HELD_BY_CALL;
	}
	return HELD_BY_CALL;
}

/* Is it of the file or of a class, or in a list of a function, and handed to
 * no call? */
static bool is_kept(const struct code *c, uint32_t token)
{
	const uint32_t scope = code_scope_at(c, token);
	const enum scope_kind kind = c->scopes.item[scope].kind;
	const enum held held = held_by(c, token);

	if (!begins_value(c, token) || is_said(name_set(c, token)))
		return false;
	return held == HELD_IN_LIST ||
	       (held == HELD_ALONE &&
		(kind == SCOPE_FILE || kind == SCOPE_CLASS));
}

bool code_next_kept(const struct rewriter *r, uint32_t *token,
		    struct found *sql)
{
	const struct code *c = r->c;

	for (uint32_t i = *token + 1; i < c->tokens.count; i++) {
		if (c->tokens.item[i].kind != CODE_STRING ||
		    !code_looks_like_sql(code_body(c, i)) || !is_kept(c, i))
			continue;
		*token = i;
		*sql = (struct found){
			.value = { .kind = VALUE_TEXT,
				   .first = i,
				   .end = c->element_end[i],
				   .scope = code_scope_at(c, i) },
		};
		return true;
	}
	return false;
}

/* down, downSql, ROLLBACK_SQL */
static bool says_back(const struct rewriter *r, struct str name)
{
	struct str words[WORDS_MAX];
	const size_t count = code_words_of(name, words, WORDS_MAX);

	for (size_t i = 0; i < count; i++)
		for (const char *const *b = r->rules->backward; b && *b; b++)
			if (str_ieq(words[i],
				    (struct str){ *b, strcspn(*b, "*") }))
				return true;
	return false;
}

/* Do functions name it, and only such that go back? */
static bool only_back_names(const struct code *c, struct str name,
			    const uint8_t *ways)
{
	bool back = false;

	if (!name.len || c->tokens.count > TOKENS_MAX)
		return false;
	for (uint32_t i = 0; i < c->tokens.count; i++) {
		const uint32_t scope = code_scope_at(c, i);

		if (c->tokens.item[i].kind != CODE_WORD ||
		    !str_eq(code_text(c, i), name) ||
		    !code_function_of(c, scope))
			continue;
		if (ways[scope] != WAY_BACKWARD)
			return false;
		back = true;
	}
	return back;
}

/* Does another entry beside it say so: kind: MigrationKind::Down, direction:
 * "down"? */
static bool beside_says_back(const struct rewriter *r, uint32_t open)
{
	const struct code *c = r->c;

	if (!code_is(c, open, "{"))
		return false;
	for (uint32_t i = open + 2; i < c->tokens.item[open].match; i++) {
		const struct code_token *t = &c->tokens.item[i];

		if ((code_is(c, i - 1, ":") || code_is(c, i - 1, "::")) &&
		    (t->kind == CODE_WORD || t->kind == CODE_STRING) &&
		    says_back(r, code_key_text(c, i)) &&
		    !says_back(r, code_key_text(c, i - 2)))
			return true;
	}
	return false;
}

bool code_kept_goes_back(const struct rewriter *r, uint32_t token,
			 const uint8_t *ways)
{
	const struct code *c = r->c;
	struct str name = STR("");

	if (ways[code_scope_at(c, token)] == WAY_BACKWARD)
		return true;
	for (int n = 0; token != CODE_NONE && n < DEPTH_MAX; n++) {
		const struct str set = name_set(c, token);

		if (says_back(r, set) || (n == 1 && beside_says_back(r, token)))
			return true;
		if (set.len)
			name = set;
		token = opener_of(c, token);
	}
	return only_back_names(c, name, ways);
}
