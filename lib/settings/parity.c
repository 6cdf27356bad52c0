#include "parity.h"

#include <stdint.h>

#include "compiler.h"
#include "durable.h"
#include "env_schema.h"
#include "map.h"
#include "node.h"
#include "strbuf.h"

struct parity {
	struct settings_run *run;
	struct collector *c;
};

/* `FOO|*_BAR`: any of these names will do. */
static bool has_any(const struct collector *c, struct str names)
{
	while (names.len) {
		const size_t bar = str_find_byte(names, '|');
		const struct str name = str_slice(names, 0, bar);
		const bool tail = str_starts(name, STR("*"));

		if (!tail && dotenv_get(&c->env, name))
			return true;
		vec_each(const struct dotenv_entry, e, &c->env.entries)
			if (tail && dotenv_counts(e) &&
			    str_ends(e->key, str_slice(name, 1, name.len)))
				return true;
		names = bar == SIZE_MAX ? STR("")
					: str_slice(names, bar + 1, names.len);
	}
	return false;
}

/* Another file; NULL where the path is that of the file itself, which is not
 * read once more. */
static const struct sibling *other_at(const struct parity *p, const char *path)
{
	return strcmp(path, p->c->src->path) != 0 ? sibling_at(p->run, path)
						  : NULL;
}

/* Other files of the same folder that production loads as well. */
static bool is_elsewhere(const struct parity *p, struct str names)
{
	static const char *const files[] = { ".env", ".env.production",
					     ".env.prod" };
	const struct str folder = path_folder(str_of(p->c->src->path));

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		const char *path = arena_format(p->c->arena, STR_FMT "%s",
						STR_ARG(folder), files[i]);
		const struct sibling *s = other_at(p, path);

		if (s && has_any(&s->read, names))
			return true;
	}
	return false;
}

static const struct span whole_file = { 0, 0 };

static void report(const struct parity *p, struct str key, const char *what)
{
	setting_form(p->c, key, what, whole_file, whole_file);
}

static bool is_reported(const struct parity *p, struct str key)
{
	vec_each(const struct form, f, &p->c->reading->forms)
		if (str_starts(f->text, key) &&
		    str_eq(str_slice(f->text, key.len, f->text.len),
			   STR(" = missing")))
			return true;
	return false;
}

static bool is_public(struct str key)
{
	static const struct str prefixes[] = {
		STR_INIT("NEXT_PUBLIC_"), STR_INIT("VITE_"),
		STR_INIT("REACT_APP_"),	  STR_INIT("PUBLIC_"),
		STR_INIT("NUXT_PUBLIC_"), STR_INIT("EXPO_PUBLIC_"),
		STR_INIT("GATSBY_"),	  STR_INIT("STORYBOOK_"),
		STR_INIT("VUE_APP_"),
	};

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (str_starts(key, prefixes[i]))
			return true;
	return false;
}

/* Does the file hold more than public variables? */
static bool serves(const struct parity *p)
{
	const struct settings_policy *policy = p->run->policy;

	if (policy && policy->required_everywhere)
		return true;
	vec_each(const struct dotenv_entry, e, &p->c->env.entries)
		if (dotenv_counts(e) && !is_public(e->key) &&
		    (names_database(e->key) || names_secret(e->key)))
			return true;
	return false;
}

static void ask_for(const struct parity *p, struct str names)
{
	const struct str first = str_slice(names, 0, str_find_byte(names, '|'));
	const struct dotenv_entry *e = dotenv_get(&p->c->env, first);

	if (!has_any(p->c, names) && serves(p) && !is_elsewhere(p, names) &&
	    !is_reported(p, first))
		report(p, first, "missing");
	if (e)
		vec_each(struct form, f, &p->c->reading->forms)
			if (f->span.off == e->span.off)
				f->flags |= FORM_REQUIRED;
}

static void ask_for_all(const struct parity *p, const char *const *names)
{
	for (; names && *names; names++)
		ask_for(p, str_of(*names));
}

/* A key of the example that has to be filled in: not commented out, without a
 * value that would do, not called optional. */
static bool is_asked_for(const struct dotenv_entry *e,
			 const struct collector *c, struct source *src,
			 struct arena *a)
{
	const struct value v = value_of(e->key, e->candidate[0]);
	const struct span key = dotenv_key_span(&c->env, e);
	const uint32_t line = source_place(src, a, key.off).line;

	if (v.class != CLASS_EMPTY && v.class != CLASS_PLACEHOLDER)
		return false;
	vec_each(const struct comment, comment, &c->reading->comments) {
		const uint32_t at =
			source_place(src, a, comment->span.off).line;

		if (at <= line && at + 2 >= line &&
		    str_ifind(comment->text, STR("optional")) != SIZE_MAX)
			return false;
	}
	return true;
}

static void check_example(const struct parity *p)
{
	static const char *const names[] = {
		".env.production.example",
		".env.example",
		".env.sample",
		".env.template",
		".env.dist",
		"env.example",
		"example.env",
		".env.prod.example",
	};
	const struct str folder = path_folder(str_of(p->c->src->path));

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *path = arena_format(p->c->arena, STR_FMT "%s",
						STR_ARG(folder), names[i]);
		const struct sibling *s = sibling_at(p->run, path);
		struct source src;

		if (!s)
			continue;
		src = s->source;
		vec_each(const struct dotenv_entry, e, &s->read.env.entries)
			if (dotenv_counts(e) &&
			    is_asked_for(e, &s->read, &src, p->c->arena))
				ask_for(p, e->key);
		return;
	}
}

/* What the program checks when it starts. */
static void check_schema(const struct parity *p)
{
	static const char *const names[] = {
		"src/env.ts",
		"src/env.mjs",
		"src/env.js",
		"env.ts",
		"env.mjs",
		"env.js",
		"src/env/server.ts",
		"src/env/server.mjs",
		"src/env/schema.mjs",
		"lib/env.ts",
		"src/lib/env.ts",
		"src/config/env.ts",
		"src/server/env.ts",
		"app/env.server.ts",
		"app/utils/env.server.ts",
	};
	const struct str folder = path_folder(str_of(p->c->src->path));

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *path = arena_format(p->c->arena, STR_FMT "%s",
						STR_ARG(folder), names[i]);
		struct str text;

		if (!snapshot_has(p->run->now, path) ||
		    !snapshot_read(p->run->now, p->c->arena, path, &text))
			continue;
		const struct strs keys = env_schema_keys(p->c->arena, text);

		vec_each(const struct str, key, &keys)
			ask_for(p, *key);
	}
}

/* Keys that the file had before, and that something still asks for. */
static void check_removed(const struct parity *p, struct str old)
{
	struct reading r = { .arena = p->c->arena };
	const struct source src = { .path = p->c->src->path, .text = old };
	struct dotenv env;
	struct map seen = { 0 };

	dotenv_read(&env, &r, &src);
	vec_each(const struct dotenv_entry, e, &env.entries) {
		bool asked = names_database_url(e->key);

		if (e->inner || !e->candidate_count || !e->candidate[0].len ||
		    dotenv_get(&p->c->env, e->key) || map_get(&seen, e->key))
			continue;
		map_put(&seen, p->c->arena, e->key, p->c);
		vec_each(struct form, f, &p->c->reading->forms)
			if (str_starts(f->text, e->key) &&
			    str_ends(f->text, STR(" = missing"))) {
				f->text = STR("");
				asked = true;
			}
		if (asked && !is_elsewhere(p, e->key))
			report(p, e->key, "removed");
	}
}

/* Without what does not make another database of it. */
static struct str same_part(struct str url)
{
	url = str_slice(url, 0, str_find_byte(url, '?'));
	while (url.len && url.ptr[url.len - 1] == '/')
		url.len--;
	return url;
}

static bool is_database(struct str key, struct str value)
{
	const struct value v = value_of(key, value);

	return v.class == CLASS_DATABASE;
}

static void report_at(const struct parity *p, const struct dotenv_entry *e,
		      const char *what)
{
	setting_form(p->c, e->key, what, dotenv_key_span(&p->c->env, e),
		     e->span);
}

/* What the other file has under the key of one of ours. */
static const struct dotenv_entry *theirs_of(const struct dotenv_entry *mine,
					    const struct sibling *s)
{
	return dotenv_counts(mine) ? dotenv_get(&s->read.env, mine->key) : NULL;
}

static void compare_databases(const struct parity *p, const struct sibling *s)
{
	vec_each(const struct dotenv_entry, mine, &p->c->env.entries) {
		const struct dotenv_entry *theirs = theirs_of(mine, s);
		struct strbuf b = STRBUF(p->c->arena);

		if (!theirs || !names_database(mine->key) ||
		    !is_database(mine->key, mine->candidate[0]) ||
		    !str_eq(same_part(mine->candidate[0]),
			    same_part(theirs->candidate[0])))
			continue;
		strbuf_puts(&b, "same as ");
		strbuf_puts(&b, s->path);
		report_at(p, mine, strbuf_cstr(&b));
	}
}

static const struct node *flags_of(struct arena *a, struct str json)
{
	struct reading r = { .arena = a };
	const struct source src = { .path = "", .text = json };
	const struct node *root = read_json(&r, &src);

	return r.gaps.count ? NULL : root->child;
}

/* Flags of one file that the other does not know. */
static void compare_flags(const struct parity *p, const struct dotenv_entry *at,
			  struct str here, struct str there, const char *path)
{
	const struct node *mine = flags_of(p->c->arena, here);
	const struct node *theirs = flags_of(p->c->arena, there);

	if (!mine || !theirs || theirs->kind != NODE_MAP)
		return;
	node_each(flag, theirs)
	{
		struct strbuf b = STRBUF(p->c->arena);
		const char *key = str_dup(p->c->arena, flag->key);

		if (node_child(mine, key) || !key_is_printable(flag->key))
			continue;
		strbuf_puts(&b, "lacks ");
		strbuf_add(&b, flag->key);
		strbuf_puts(&b, " of ");
		strbuf_puts(&b, path);
		report_at(p, at, strbuf_cstr(&b));
	}
}

static void check_flags(const struct parity *p, const struct sibling *s)
{
	vec_each(const struct dotenv_entry, e, &p->c->env.entries) {
		const struct dotenv_entry *theirs = theirs_of(e, s);

		if (theirs && str_ifind(e->key, STR("FLAGS")) != SIZE_MAX)
			compare_flags(p, e, e->candidate[0],
				      theirs->candidate[0], s->path);
	}
}

/* The environment files of the other environments in the same folder. */
static void check_others(const struct parity *p)
{
	static const char *const names[] = {
		".env",	     ".env.local",   ".env.development",
		".env.dev",  ".env.staging", ".env.stage",
		".env.test", ".env.preview", ".env.production",
		".env.prod",
	};
	const enum environment mine = p->c->kind->environment;
	const struct str folder = path_folder(str_of(p->c->src->path));

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *path = arena_format(p->c->arena, STR_FMT "%s",
						STR_ARG(folder), names[i]);
		const struct sibling *s = other_at(p, path);

		if (!s || s->kind.environment == mine ||
		    (s->kind.environment != ENV_PRODUCTION &&
		     mine != ENV_PRODUCTION))
			continue;
		compare_databases(p, s);
		if (mine == ENV_PRODUCTION)
			check_flags(p, s);
	}
}

void parity_check(struct settings_run *run, struct collector *c,
		  const struct str *old)
{
	const struct settings_policy *policy = run->policy;
	const struct scope scope = scope_of_file(c);
	struct parity p = { run, c };

	c->scope = &scope;
	if (scope.environment != ENV_EXAMPLE)
		check_others(&p);
	if (scope.environment == ENV_PRODUCTION) {
		ask_for_all(&p, policy ? policy->required : NULL);
		ask_for_all(&p, policy ? policy->preset : NULL);
		check_example(&p);
		check_schema(&p);
		if (old)
			check_removed(&p, *old);
	}
	c->scope = NULL;
}

/* The production environment names a database server. */
static bool production_has_server(struct settings_run *run, const char *path)
{
	static const char *const names[] = { ".env.production", ".env.prod",
					     ".env.production.local" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct sibling *s = sibling_above(run, path, names[i]);

		if (s)
			vec_each(const struct dotenv_entry, e,
				 &s->read.env.entries)
				if (dotenv_counts(e) &&
				    names_database_url(e->key) &&
				    is_database(e->key, e->candidate[0]))
					return true;
	}
	return false;
}

/* Turso and D1 speak SQLite, and keep it. */
static bool has_adapter(struct settings_run *run, struct collector *c)
{
	const struct str package =
		sibling_text(run, c->src->path, "package.json");

	return str_find(c->src->text, STR("driverAdapters")) != SIZE_MAX ||
	       str_find(package, STR("adapter-libsql")) != SIZE_MAX ||
	       str_find(package, STR("adapter-d1")) != SIZE_MAX ||
	       str_find(package, STR("@libsql/client")) != SIZE_MAX;
}

void parity_schema(struct settings_run *run, struct collector *c)
{
	const char *path = c->src->path;
	bool literal = false, production;

	if (c->kind->environment != ENV_UNKNOWN || !c->files.count ||
	    str_ifind(str_of(path), STR("sqlite")) != SIZE_MAX)
		return; /* one of several schemas, for those who want SQLite */
	if (has_adapter(run, c)) {
		vec_each(const struct database_file, f, &c->files)
			c->reading->forms.item[f->form].flags |= FORM_DURABLE;
		return;
	}
	vec_each(const struct database_file, f, &c->files)
		literal = literal || f->path.len;
	production = literal || production_has_server(run, path) ||
		     durable_never(run, path);
	if (production)
		vec_each(const struct database_file, f, &c->files)
			c->reading->forms.item[f->form].environment =
				ENV_PRODUCTION;
}
