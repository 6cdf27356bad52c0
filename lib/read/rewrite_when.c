#include "rewrite.h"

/* The conditions of rewrites: "null=false and not default". */

/* A value as the word that a condition compares. */
static struct str word_of(const struct env *env, const struct found *f)
{
	bool computed;

	switch (f->value.kind) {
	case VALUE_NONE: return STR("");
	case VALUE_NULL: return STR("null");
	case VALUE_FALSE: return STR("false");
	case VALUE_TRUE: return STR("true");
	case VALUE_NUMBER:
	case VALUE_TEXT:
	case VALUE_NAME:
	case VALUE_CALL:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_FUNCTION:
	case VALUE_OTHER: break;
	}
	return rewrite_text(env, f, &computed);
}

static bool is_truthy(const struct env *env, const struct found *f)
{
	/* Markup has only strings. */
	if (f->value.kind == VALUE_TEXT)
		return !str_eq(word_of(env, f), STR("false"));
	/* {} says nothing. */
	if (f->value.kind == VALUE_MAP && f->value.first >= f->value.end)
		return false;
	return f->value.kind != VALUE_NONE && f->value.kind != VALUE_NULL &&
	       f->value.kind != VALUE_FALSE;
}

/* `x*`: all that begin so. */
static bool is_word(struct str word, struct str wanted)
{
	return str_ends(wanted, STR("*"))
		       ? str_istarts(word, str_slice(wanted, 0, wanted.len - 1))
		       : str_ieq(word, wanted);
}

/* Is the word one of those that `|` divides? */
static bool is_one_of(struct str words, struct str word)
{
	if (!words.len)
		return !word.len;
	while (words.len) {
		size_t bar = str_find_byte(words, '|');

		bar = bar == SIZE_MAX ? words.len : bar;
		if (is_word(word, str_slice(words, 0, bar)))
			return true;
		words = str_slice(words, bar + 1, words.len);
	}
	return false;
}

/* `name<other`: the one value sorts before the other. */
static bool sorts_before(const struct env *env, struct str term, size_t mark)
{
	struct found left, right;

	return rewrite_find(env, str_slice(term, 0, mark), &left) &&
	       rewrite_find(env, str_slice(term, mark + 1, term.len), &right) &&
	       str_cmp(word_of(env, &left), word_of(env, &right)) < 0;
}

/* `name`, `not name`, `name=word`, `name=word|other*`, `name!=word`,
 * `name<other`; a word in braces is a path */
static bool term_holds(const struct env *env, struct str term)
{
	const size_t eq = str_find_byte(term, '=');
	const size_t less = str_find_byte(term, '<');
	struct found left, right;

	if (less != SIZE_MAX)
		return sorts_before(env, term, less);
	if (str_starts(term, STR("not "))) {
		term = str_slice(term, 4, term.len);
		return !rewrite_find(env, term, &left) ||
		       !is_truthy(env, &left);
	}
	if (eq == SIZE_MAX)
		return rewrite_find(env, term, &left) && is_truthy(env, &left);
	const bool differs = eq && term.ptr[eq - 1] == '!';
	const struct str path = str_slice(term, 0, eq - differs);
	struct str word = str_slice(term, eq + 1, term.len);
	const bool found = rewrite_find(env, path, &left);

	if (str_starts(word, STR("{"))) {
		word = str_slice(word, 1, word.len - 1);
		if (!rewrite_find(env, word, &right))
			return differs;
		word = word_of(env, &right);
	}
	const bool same = found && is_one_of(word, word_of(env, &left));

	return same != differs;
}

bool rewrite_holds(const struct env *env, struct str condition)
{
	const struct str joint = STR(" and ");

	while (condition.len) {
		size_t n = str_find(condition, joint);
		const size_t end = n == SIZE_MAX ? condition.len : n;

		if (!term_holds(env, str_trim(str_slice(condition, 0, end))))
			return false;
		condition = n == SIZE_MAX ? STR("")
					  : str_slice(condition, n + joint.len,
						      condition.len);
	}
	return true;
}
