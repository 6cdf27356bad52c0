#include <stdint.h>

#include "collect.h"
#include "strbuf.h"

/* How loaders differ, for people. The first that holds is said. */
static const struct {
	unsigned long long flag;
	const char *how;
} differences[] = {
	{ DOTENV_BIT(BLANK_VALUE_WS), "the next line is taken as the value" },
	{ DOTENV_BIT(UNTERMINATED), "a quote is not closed" },
	{ DOTENV_BIT(HASH_AMBIGUOUS), "the value is cut at #" },
	{ DOTENV_BIT(HASH_GLUED), "the value is cut at #" },
	{ DOTENV_BIT(TEXT_AFTER_QUOTE), "text follows the closing quote" },
	{ DOTENV_BIT(ESCAPED_QUOTE), "a backslash before a quote" },
	{ DOTENV_BIT(COMMAND_SUBST), "a command is run" },
	{ DOTENV_BIT(INTERPOLATION), "$ is replaced" },
	{ DOTENV_BIT(BACKTICK), "backticks are no quotes" },
	{ DOTENV_BIT(INLINE_COMMENT), "the comment is part of the value" },
	{ DOTENV_BIT(QUOTE_IN_UNQUOTED), "quotes are removed" },
	{ DOTENV_BIT(ESCAPE), "backslashes are removed" },
	{ DOTENV_BIT(COLON_SEP), "a colon in place of =" },
	{ DOTENV_BIT(DUPLICATE), "the key is there twice" },
	{ DOTENV_BIT(EXPORT), "export is part of the key" },
	{ DOTENV_BIT(MULTILINE), "the value ends with its line" },
};

static const char *how_of(unsigned long long flags)
{
	for (size_t i = 0; i < sizeof(differences) / sizeof(*differences); i++)
		if (flags & differences[i].flag)
			return differences[i].how;
	return "it is written in an unusual way";
}

/* Only some loaders do these, whatever the key: they are worth a word. */
static bool always_matters(const struct dotenv_entry *e,
			   const struct dotenv_entry *next)
{
	const bool swallows = e->flags & DOTENV_BIT(BLANK_VALUE_WS) && next &&
			      next->candidate_count;

	return swallows || e->flags & DOTENV_BIT(UNTERMINATED);
}

static bool differs(const struct value *a, const struct value *b)
{
	return a->class != b->class && a->class != CLASS_COMPUTED &&
	       b->class != CLASS_COMPUTED;
}

static bool wants_json(struct str key)
{
	return str_iends(key, STR("_JSON"));
}

/* Does another reading of a value change what the key is? */
static bool reads_differ(const struct dotenv_entry *e,
			 const struct value *first, struct str other)
{
	const struct value v = value_of(e->key, other);

	return differs(first, &v) ||
	       (wants_json(e->key) && is_json(e->candidate[0], false) &&
		!is_json(other, false));
}

/* Do the loaders' values differ in a way that changes what the key is? The
 * candidate with its quotes kept is only for docker run and make. */
static bool class_differs(const struct dotenv_entry *e)
{
	struct value first;
	bool known = false;

	for (size_t i = 1; i < e->common_count; i++) {
		const struct str s = e->candidate[i];

		if (s.len && strchr("\"'`", s.ptr[0]))
			continue;
		if (!known)
			first = value_of(e->key, e->candidate[0]);
		known = true;
		if (reads_differ(e, &first, s))
			return true;
	}
	return false;
}

/* For keys of databases, secrets and JSON a changed value matters as well. */
static bool value_differs(const struct dotenv_entry *e)
{
	const unsigned long long strong =
		DOTENV_BIT(HASH_AMBIGUOUS) | DOTENV_BIT(HASH_GLUED) |
		DOTENV_BIT(TEXT_AFTER_QUOTE) | DOTENV_BIT(COMMAND_SUBST) |
		DOTENV_BIT(BACKTICK);

	return e->flags & strong &&
	       (names_database(e->key) || names_secret(e->key) ||
		wants_json(e->key));
}

static struct form *entry_form(struct collector *c,
			       const struct dotenv_entry *e, const char *words)
{
	return setting_form(c, e->key, words, dotenv_key_span(&c->env, e),
			    e->span);
}

static void report_difference(struct collector *c, const struct dotenv_entry *e,
			      unsigned long long flags)
{
	struct strbuf b = STRBUF(c->arena);
	struct form *f;

	strbuf_puts(&b, "read differently: ");
	strbuf_puts(&b, how_of(flags));
	f = entry_form(c, e, strbuf_cstr(&b));
	f->flags |= FORM_MINORITY;
}

/* The first entry of a file with a byte order mark has another name, or none,
 * for half of the loaders. */
static void report_mark(struct collector *c)
{
	const struct dotenv_entries *all = &c->env.entries;

	if (c->env.flags & DOTENV_BIT(BOM) && all->count && all->item->key.len)
		entry_form(c, all->item,
			   "read differently: a byte order mark is part of "
			   "the key")
			->flags |= FORM_MINORITY;
}

/* A neutral .env that says it is for production. */
static enum environment declared(const struct dotenv *env)
{
	vec_each(const struct dotenv_entry, e, &env->entries)
		if (e->candidate_count && names_environment(e->key) &&
		    environment_of_value(e->candidate[0]) == ENV_PRODUCTION)
			return ENV_PRODUCTION;
	return ENV_UNKNOWN;
}

/* Loaders that take the first of two entries, or the last. */
static void read_shadowed(struct collector *c, const struct dotenv_entry *e)
{
	const struct dotenv_entry *last = dotenv_get(&c->env, e->key);
	const struct value a = value_of(e->key, e->candidate[0]);
	const struct value b = value_of(e->key, last->candidate[0]);

	if (differs(&a, &b))
		report_difference(c, e, DOTENV_BIT(DUPLICATE));
}

static void read_entry(struct collector *c, const struct dotenv_entry *e,
		       const struct dotenv_entry *next)
{
	if (e->flags & DOTENV_BIT(SHADOWED)) {
		read_shadowed(c, e);
		return;
	}
	setting(c, e->key, e->candidate[0], dotenv_key_span(&c->env, e),
		e->span)
		->whole = dotenv_whole(&c->env, e);
	if (e->flags & DOTENV_BIT(COMMAND_SUBST) &&
	    !(e->flags & DOTENV_BIT(BACKTICK)))
		entry_form(c, e, "command");
	if (always_matters(e, next) || class_differs(e) || value_differs(e))
		report_difference(c, e, e->flags);
}

void collect_dotenv(struct collector *c)
{
	const struct scope *file = c->scope;
	struct scope scope = *file;
	const struct dotenv_entries *all = &c->env.entries;

	dotenv_read(&c->env, c->reading, c->src);
	if (scope.environment == ENV_UNKNOWN)
		scope.environment = declared(&c->env);
	c->scope = &scope;
	vec_reserve(&c->reading->forms, c->arena, all->count);
	report_mark(c);
	for (size_t i = 0; i < all->count; i++) {
		const struct dotenv_entry *e = &all->item[i];
		const bool more = i + 1 < all->count;

		if (!e->candidate_count)
			continue;
		if (!e->inner)
			read_entry(c, e, more ? e + 1 : NULL);
		else if (names_database(e->key))
			report_difference(c, e, DOTENV_BIT(MULTILINE));
	}
	c->scope = file;
}
