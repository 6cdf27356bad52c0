#include "markdown.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"
#include "prose.h"

enum { NAMES_MAX = 12 };

static bool is_word(struct str s, size_t i)
{
	return i < s.len && (is_alpha(s.ptr[i]) || is_digit(s.ptr[i]));
}

/* "_" within a word is no mark. */
static bool is_mark(struct str s, size_t i)
{
	if (s.ptr[i] == '_')
		return !i || !is_word(s, i - 1) || !is_word(s, i + 1);
	return str_find_byte(STR("*<>|`[]\\"), s.ptr[i]) != SIZE_MAX;
}

static void put_escaped(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (is_mark(s, i))
			putchar('\\');
		putchar(s.ptr[i]);
	}
}

void markdown_text(const char *text)
{
	put_escaped(str_of(text));
}

void markdown_prose(const char *text)
{
	struct arena a = { 0 };
	struct str rest = str_of(prose_of(&a, text)), line;
	bool item = false;

	while (str_next_line(&rest, &line)) {
		const size_t mark = prose_mark(line);

		/* a list ends at an empty line, or swallows what follows */
		if (item && !mark && line.len)
			putchar('\n');
		printf(STR_FMT, (int)mark, line.ptr);
		put_escaped(str_slice(line, mark, line.len));
		putchar('\n');
		item = mark > 0;
	}
	putchar('\n');
	arena_free(&a);
}

void markdown_code(const char *language, const char *text)
{
	const struct str s = str_trim(str_of(text));

	printf("```%s\n" STR_FMT "\n```\n\n", language, STR_ARG(s));
}

void markdown_names(const char *const *list, const char *file)
{
	size_t count = 0;

	while (list[count])
		count++;
	/* what one glob with braces was made into is no reading */
	const size_t shown = count > NAMES_MAX ? NAMES_MAX : count;

	for (size_t i = 0; i < shown; i++)
		printf("%s`%s`", i ? ", " : "", list[i]);
	if (shown < count)
		printf(" and %zu more ([%s](../%s))", count - shown, file,
		       file);
}
