/*
 * A command as text. The text goes into reports, so a word stays only where it
 * can be no secret: addresses, assignments, values of options that hold
 * secrets, and anything that looks random become `***`.
 */
#include <stdint.h>

#include "command.h"
#include "compiler.h"
#include "strbuf.h"
#include "value.h"

enum { WORD_MAX = 80 };

static bool has_safe_bytes(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_alpha(s.ptr[i]) && !is_digit(s.ptr[i]) &&
		    (!s.ptr[i] || !strchr("_./:@,+*~-${}()[]%^!", s.ptr[i])))
			return false;
	return true;
}

static bool is_random(struct str s)
{
	size_t digits = 0, letters = 0;

	for (size_t i = 0; i < s.len; i++) {
		digits += is_digit(s.ptr[i]);
		letters += is_alpha(s.ptr[i]);
	}
	return s.len > 15 && digits > 3 && letters > 3 &&
	       str_find_byte(s, '/') == SIZE_MAX;
}

static bool is_safe(struct str s)
{
	const struct value v = value_of(STR(""), s);

	return s.len <= WORD_MAX && has_safe_bytes(s) && !is_random(s) &&
	       v.class != CLASS_SECRET && str_find(s, STR("://")) == SIZE_MAX;
}

/* Options of one letter whose value is a secret for some programs. */
static bool is_secret_letter(struct str program, struct str option)
{
	static const struct {
		struct str program, option;
	} letters[] = {
		{ STR_INIT("redis-cli"), STR_INIT("-a") },
		{ STR_INIT("mysqladmin"), STR_INIT("-p") },
		{ STR_INIT("mongosh"), STR_INIT("-p") },
		{ STR_INIT("mongorestore"), STR_INIT("-p") },
		{ STR_INIT("curl"), STR_INIT("-u") },
		{ STR_INIT("curl"), STR_INIT("-H") },
		{ STR_INIT("curl"), STR_INIT("-d") },
		{ STR_INIT("sqlcmd"), STR_INIT("-P") },
		{ STR_INIT("docker"), STR_INIT("-p") },
		{ STR_INIT("cockroach"), STR_INIT("--url") },
	};

	for (size_t i = 0; i < ARRAY_LEN(letters); i++)
		if (str_eq(program, letters[i].program) &&
		    str_eq(option, letters[i].option))
			return true;
	return false;
}

static bool takes_secret(struct str program, struct str option)
{
	if (option.len < 2 || option.ptr[0] != '-')
		return false;
	return names_secret(option) || is_secret_letter(program, option) ||
	       str_eq(option, STR("--from-literal")) ||
	       str_eq(option, STR("--header"));
}

static void add_word(struct strbuf *b, struct str program, struct str word)
{
	const size_t eq = str_find_byte(word, '=');
	const struct str name = str_slice(word, 0, eq);

	if (str_starts(word, STR("-p")) && word.len > 2 &&
	    str_starts(program, STR("mysql"))) {
		strbuf_puts(b, "-p***");
	} else if (eq != SIZE_MAX && word.ptr[0] == '-' && is_safe(name)) {
		const struct str value = str_slice(word, eq + 1, word.len);

		strbuf_add(b, name);
		strbuf_byte(b, '=');
		if (takes_secret(program, name) || !is_safe(value))
			strbuf_puts(b, "***");
		else
			strbuf_add(b, value);
	} else if (eq != SIZE_MAX) {
		strbuf_puts(b, "***");
	} else if (is_safe(word)) {
		strbuf_add(b, word);
	} else {
		strbuf_puts(b, "***");
	}
}

struct str command_text(struct arena *a, const struct command *c)
{
	struct strbuf b = STRBUF(a);
	const struct str program = command_word(c, 0);

	for (size_t i = 0; i < c->count; i++) {
		if (i)
			strbuf_byte(&b, ' ');
		if (i && takes_secret(program, c->word[i - 1].text) &&
		    str_find_byte(c->word[i - 1].text, '=') == SIZE_MAX)
			strbuf_puts(&b, "***");
		else
			add_word(&b, program, c->word[i].text);
	}
	return strbuf_str(&b);
}
