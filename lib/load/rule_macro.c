#include "rule_macro.h"

#include "arena.h"
#include "strbuf.h"

/* A name in plain form: dotted or not, quoted parts with anything inside. */
#define NAME "(?:[^\\s\"(),;]++|\"[^\"]*+\")++"
#define EXISTS "(?:IF (?:NOT )?EXISTS )?"
/* A table in which a tool keeps what it has run. */
#define HISTORY                                                               \
	"(?:\"?\\w+\"?\\.)?\"?(?:schema_migrations?|schema_versions?|"        \
	"_{0,2}migrations|migration_history|_{0,2}schema_migrations|"         \
	"_{0,2}schema_versions?|"                                             \
	"schema_info|ar_internal_metadata|alembic_version|django_migrations|" \
	"_prisma_migrations|__drizzle_migrations|flyway_schema_history|"      \
	"knex_migrations(?:_lock)?|sequelizemeta|migrations_lock|"            \
	"databasechangelog(?:lock)?|__efmigrationshistory|goose_db_version|"  \
	"doctrine_migration_versions|d1_migrations|sqlite_sequence|"          \
	"job_run_details)\"?(?= |$)"

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

static const struct str nothing = { "", 0 };

/* What stands in the group at `s`, which takes `n` bytes; nothing where it may
 * be left out, or only looks. */
static struct str group_body(struct str s, size_t n)
{
	const struct str behind = str_slice(s, n, s.len);
	struct str word;
	size_t from = 1;

	if (s.ptr[0] != '(' || (behind.len && strchr("?*{", behind.ptr[0]) &&
				!macro_at(behind, &word)))
		return nothing;
	if (str_starts(s, STR("(?:")))
		from = 3;
	else if (str_starts(s, STR("(?<")) && n > 3 && is_alpha(s.ptr[3]))
		from = str_find_byte(s, '>') + 1;
	else if (n > 1 && strchr("?*", s.ptr[1]))
		return nothing;
	return str_slice(s, from, n - 1);
}

/* How long the first alternative of `s` is. */
static size_t alternative_len(struct str s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] != '|')
		n += item_len(str_slice(s, n, s.len));
	return n;
}

/* What a part of a regex says of a text it matches: one or several texts with
 * bars between, or nothing. */
typedef struct str text_finder(struct arena *a, struct str s);

/* The same of a group: what all of its alternatives say. */
static struct str of_group(struct arena *a, struct str body, text_finder *find)
{
	struct strbuf all = STRBUF(a);
	size_t at = 0;

	do {
		const struct str rest = str_slice(body, at, body.len);
		const size_t n = alternative_len(rest);
		const struct str text = find(a, str_slice(rest, 0, n));

		if (!text.len)
			return nothing;
		if (at)
			strbuf_byte(&all, '|');
		strbuf_add(&all, text);
		at += n + 1;
	} while (at <= body.len);
	return strbuf_str(&all);
}

/* Each of several texts with bars between behind `first`. */
static struct str behind_each(struct arena *a, struct str first,
			      struct str texts)
{
	struct strbuf all = STRBUF(a);

	strbuf_add(&all, first);
	for (size_t i = 0; i < texts.len; i++) {
		strbuf_byte(&all, texts.ptr[i]);
		if (texts.ptr[i] == '|')
			strbuf_add(&all, first);
	}
	return strbuf_str(&all);
}

/* What all that matches begins with: words, and those of a group behind
 * them. */
static struct str begin_of(struct arena *a, struct str s)
{
	const struct str words = literal_of(s);
	const struct str rest = str_slice(s, words.len, s.len);
	struct str more = nothing;

	if (rest.len)
		more = of_group(a, group_body(rest, item_len(rest)), begin_of);
	return more.len ? behind_each(a, words, more) : words;
}

/* Of texts with bars between, the length of the shortest; 0 where they are too
 * many to be looked for one after the other. */
static size_t worth(struct str texts)
{
	enum { TEXTS_MAX = 6 };
	size_t shortest = texts.len;

	for (size_t i = 0; i < TEXTS_MAX; i++) {
		const size_t bar = str_find_byte(texts, '|');
		const size_t len = bar < texts.len ? bar : texts.len;

		shortest = len < shortest ? len : shortest;
		if (len == texts.len)
			return shortest;
		texts = str_slice(texts, len + 1, texts.len);
	}
	return 0;
}

/* The longest text that is in all that matches; of several, one of which is,
 * the shortest counts. */
static struct str need_of(struct arena *a, struct str s)
{
	struct str best = nothing;

	while (s.len) {
		struct str text = literal_of(s);
		const size_t n = text.len ? text.len : item_len(s);

		/* \x41 is more than an escape */
		if (s.ptr[0] == '\\' && s.len > 1 && is_literal(s.ptr[1]) &&
		    !strchr("bBdDsSwW", s.ptr[1]))
			return nothing;
		if (!text.len)
			text = of_group(a, group_body(s, n), need_of);
		if (worth(text) > worth(best))
			best = text;
		s = str_slice(s, n, s.len);
	}
	return best;
}

struct rule_pattern rule_pattern_of(const char *raw, struct arena *a)
{
	struct str s = str_of(raw), word;
	struct str head = nothing, tail = nothing, need = nothing;
	struct strbuf regex = STRBUF(a);

	if (s.len && s.ptr[0] == '^' && !has_top_level_or(s)) {
		struct str rest = str_slice(s, 1, s.len);

		head = begin_of(a, rest);
		rest = str_slice(rest, literal_of(rest).len, rest.len);
		const size_t n = macro_at(rest, &word);

		if (n && rest.ptr[n - 2] != '?' && !str_eq(word, STR("opts"))) {
			rest = str_slice(rest, n, rest.len);
			tail = begin_of(a, rest);
			rest = str_slice(rest, literal_of(rest).len, rest.len);
		}
		need = need_of(a, rest);
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
