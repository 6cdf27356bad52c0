#include "rule_macro.h"

#include "arena.h"
#include "strbuf.h"

/* A name in plain form: dotted or not, quoted parts with anything inside. */
#define NAME "(?:[^\\s\"(),;]++|\"[^\"]*+\")++"
#define EXISTS "(?:IF (?:NOT )?EXISTS )?"
/* A table in which a migration tool keeps what it has run. */
#define HISTORY                                                               \
	"(?:\"?\\w+\"?\\.)?\"?(?:schema_migrations?|schema_versions?|"        \
	"schema_info|ar_internal_metadata|alembic_version|django_migrations|" \
	"_prisma_migrations|__drizzle_migrations|flyway_schema_history|"      \
	"knex_migrations(?:_lock)?|sequelizemeta|migrations_lock|"            \
	"databasechangelog(?:lock)?|__efmigrationshistory|goose_db_version|"  \
	"doctrine_migration_versions|sqlite_sequence)\"?(?= |$)"

/* Options of a command, each with its value or without. */
#define OPTIONS "(?:-\\S+ (?:[^-\\s]\\S* )?)*?"

/* The length of the "{word}" at `s`, and the word; 0 where there is none.
 * Quantifiers such as {2,3} are not macros. */
static size_t macro_at(struct str s, struct str *word)
{
	size_t i = 1;

	if (!s.len || s.ptr[0] != '{')
		return 0;
	while (i < s.len && (is_alpha(s.ptr[i]) || s.ptr[i] == '_'))
		i++;
	*word = str_slice(s, 1, i);
	if (i + 1 < s.len && s.ptr[i] == '?' && s.ptr[i + 1] == '}')
		i++;
	return word->len && i < s.len && s.ptr[i] == '}' ? i + 1 : 0;
}

static void put_macro(struct strbuf *b, struct str word, bool optional)
{
	if (str_eq(word, STR("NAME"))) {
		strbuf_puts(b, NAME);
	} else if (str_eq(word, STR("HISTORY"))) {
		strbuf_puts(b, HISTORY);
	} else if (str_eq(word, STR("opts"))) {
		strbuf_puts(b, OPTIONS);
	} else if (str_eq(word, STR("constraint")) && optional) {
		strbuf_puts(b, "(?:CONSTRAINT (?<constraint>" NAME ") )?");
	} else {
		strbuf_puts(b, EXISTS "(?<");
		strbuf_add(b, word);
		strbuf_puts(b, ">" NAME ")");
	}
}

static bool is_literal(char c)
{
	return is_alpha(c) || is_digit(c) || c == ' ' || c == '_' || c == '=';
}

/* The literal text at `s`: up to what could be optional or repeated. */
static struct str literal_of(struct str s)
{
	size_t n = 0;

	while (n < s.len && is_literal(s.ptr[n]))
		n++;
	if (n && n < s.len && strchr("?*{+|", s.ptr[n])) {
		struct str word;

		if (s.ptr[n] == '|')
			return str_slice(s, 0, 0);
		if (s.ptr[n] != '{' || !macro_at(str_slice(s, n, s.len), &word))
			n--;
	}
	return str_slice(s, 0, n);
}

static const char *upper_copy(struct arena *a, struct str s)
{
	char *copy = arena_copy(a, s.ptr, s.len);

	for (size_t i = 0; i < s.len; i++)
		copy[i] = upper(copy[i]);
	return copy;
}

/* How much of a regex the item at `s` takes: a macro, an escape, a class, a
 * group, a quantifier, or one byte. */
static size_t item_len(struct str s)
{
	struct str word;
	const size_t n = macro_at(s, &word);
	size_t depth = 0;
	bool in_class = false;

	for (size_t i = 0; !n && i < s.len; i++) {
		const char c = s.ptr[i];

		if (c == '\\')
			i++;
		else if (in_class)
			in_class = c != ']';
		else if (c == '[')
			in_class = true;
		else if (c == '(' || c == '{')
			depth++;
		else if ((c == ')' || c == '}') && depth)
			depth--;
		if (!depth && !in_class)
			return i + 1;
	}
	return n ? n : s.len;
}

/* An alternative at the top level makes what it begins with meaningless. */
static bool has_top_level_or(struct str s)
{
	for (; s.len; s = str_slice(s, item_len(s), s.len))
		if (s.ptr[0] == '|')
			return true;
	return false;
}

/* The longest text that is in all that matches. */
static struct str need_of(struct str s)
{
	struct str longest = { "", 0 };

	while (s.len) {
		const struct str text = literal_of(s);

		/* \x41 is more than an escape */
		if (s.ptr[0] == '\\' && s.len > 1 && is_literal(s.ptr[1]) &&
		    !strchr("bBdDsSwW", s.ptr[1]))
			return (struct str){ "", 0 };
		if (text.len > longest.len)
			longest = text;
		s = str_slice(s, text.len ? text.len : item_len(s), s.len);
	}
	return longest;
}

struct rule_pattern rule_pattern_of(const char *raw, struct arena *a)
{
	struct str s = str_of(raw), word, head = { "", 0 }, tail = { "", 0 };
	struct str need = { "", 0 };
	struct strbuf regex = STRBUF(a);

	if (s.len && s.ptr[0] == '^' && !has_top_level_or(s)) {
		struct str rest = str_slice(s, 1, s.len);

		head = literal_of(rest);
		rest = str_slice(rest, head.len, rest.len);
		const size_t n = macro_at(rest, &word);

		if (n && rest.ptr[n - 2] != '?' && !str_eq(word, STR("opts")))
			tail = literal_of(str_slice(rest, n, rest.len));
		need = need_of(str_slice(rest, n + tail.len, rest.len));
	}
	while (s.len) {
		const size_t n = macro_at(s, &word);

		if (n)
			put_macro(&regex, word, s.ptr[n - 2] == '?');
		else
			strbuf_byte(&regex, s.ptr[0]);
		s = str_slice(s, n ? n : 1, s.len);
	}
	return (struct rule_pattern){
		.regex = strbuf_cstr(&regex),
		.head = upper_copy(a, head),
		.tail = upper_copy(a, tail),
		.need = upper_copy(a, need),
	};
}
