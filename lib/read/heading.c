/* Comments such as "-- UP", "==== Down migration ====". */
#include "bytes.h"
#include "compiler.h"
#include "read.h"

/* What a word of a heading says; one that says nothing may stand beside. */
static const struct {
	struct str word;
	enum heading heading;
} words[] = {
	{ STR_INIT("up"), HEADING_UP },
	{ STR_INIT("upgrade"), HEADING_UP },
	{ STR_INIT("forward"), HEADING_UP },
	{ STR_INIT("apply"), HEADING_UP },
	{ STR_INIT("down"), HEADING_DOWN },
	{ STR_INIT("downgrade"), HEADING_DOWN },
	{ STR_INIT("backward"), HEADING_DOWN },
	{ STR_INIT("rollback"), HEADING_DOWN },
	{ STR_INIT("revert"), HEADING_DOWN },
	{ STR_INIT("undo"), HEADING_DOWN },
	{ STR_INIT("migration"), HEADING_NONE },
	{ STR_INIT("migrate"), HEADING_NONE },
	{ STR_INIT("goose"), HEADING_NONE },
	{ STR_INIT("script"), HEADING_NONE },
	{ STR_INIT("section"), HEADING_NONE },
	{ STR_INIT("sql"), HEADING_NONE },
};

/* False: a word of prose. */
static bool read_word(struct str word, enum heading *out)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(word, words[i].word)) {
			*out = words[i].heading;
			return true;
		}
	return false;
}

static bool is_of_word(char c)
{
	return is_alpha(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

enum heading heading_of(struct str comment)
{
	enum heading found = HEADING_NONE, one;
	size_t i = 0;

	while (i < comment.len) {
		const size_t from = i;

		while (i < comment.len && is_of_word(comment.ptr[i]))
			i++;
		if (i == from) {
			i++;
			continue;
		}
		if (!read_word(str_slice(comment, from, i), &one))
			return HEADING_NONE;
		/* "DOWN (rollback)" */
		if (found == HEADING_NONE || one == HEADING_DOWN)
			found = one;
	}
	return found;
}
