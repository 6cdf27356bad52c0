#include "collect.h"

#include <stdint.h>

#include "compiler.h"
#include "read.h"
#include "strbuf.h"

struct scope scope_of_file(const struct collector *c)
{
	return (struct scope){
		.environment = c->kind->environment,
		.deploy = c->kind->flags & KIND_DEPLOY,
		.local = c->kind->flags & KIND_LOCAL,
		.unit = STR(""),
		.mounts = &c->mounts,
	};
}

void scope_name(struct scope *scope, struct str name)
{
	const unsigned marks = name_marks(name);

	if (marks & NAME_PRODUCTION) {
		scope->environment = ENV_PRODUCTION;
		scope->deploy = true;
	} else if (marks & NAME_TEST) {
		scope->environment = ENV_TEST;
		scope->deploy = false;
	} else if (marks & NAME_PREVIEW) {
		scope->environment = ENV_DEVELOPMENT;
		scope->deploy = false;
	} else if (marks & NAME_STAGING) {
		scope->environment = ENV_STAGING;
	} else if (marks & NAME_DEVELOPMENT) {
		scope->environment = ENV_DEVELOPMENT;
		scope->deploy = false;
		scope->local = true;
	} else if (marks & NAME_DEPLOY) {
		scope->deploy = true;
	}
}

/* How many folders deep, for a path relative to who knows what. */
static struct str without_dots(struct str path)
{
	for (;;) {
		if (str_starts(path, STR("./")))
			path = str_slice(path, 2, path.len);
		else if (str_starts(path, STR("../")))
			path = str_slice(path, 3, path.len);
		else
			return path;
	}
}

static struct str last_part(struct str path)
{
	size_t i;

	while (path.len && path.ptr[path.len - 1] == '/')
		path.len--;
	for (i = path.len; i && path.ptr[i - 1] != '/'; i--)
		;
	return str_slice(path, i, path.len);
}

static bool is_below(struct str path, struct str mount)
{
	while (mount.len > 1 && mount.ptr[mount.len - 1] == '/')
		mount.len--;
	if (!mount.len || !path.len)
		return false;
	if (path.ptr[0] == '/')
		return str_starts(path, mount) &&
		       (path.len == mount.len || mount.len == 1 ||
			path.ptr[mount.len] == '/');
	/* Where a relative path begins is not known: its own folder has to
	 * be the one that is mounted. */
	const struct str folder = last_part(mount);
	const struct str rest = without_dots(path);

	return folder.len && str_starts(rest, folder) &&
	       rest.len > folder.len && rest.ptr[folder.len] == '/';
}

bool is_mounted(const struct strs *mounts, struct str path)
{
	if (mounts)
		vec_each(struct str, m, mounts)
			if (is_below(path, *m))
				return true;
	return false;
}

static struct form *add_setting(struct collector *c, struct str text,
				struct span key_span, struct span span)
{
	struct form *f = reading_add(c->reading, FORM_SETTING, text, span);
	const uint32_t end = span_end(span);

	f->environment = c->scope->environment;
	if (key_span.off < span.off && end > key_span.off)
		f->whole = (struct span){ key_span.off, end - key_span.off };
	if (c->scope->deploy)
		f->flags |= FORM_DEPLOY;
	return f;
}

static struct str printable(struct str key)
{
	return key_is_printable(key) ? key : STR("(key)");
}

struct form *setting_form(struct collector *c, struct str key,
			  const char *words, struct span key_span,
			  struct span span)
{
	const struct str part[] = { printable(key), STR(" = "), str_of(words) };

	return add_setting(c, str_join(c->arena, part, ARRAY_LEN(part)),
			   key_span, span);
}

/* `${NAME:-word}`: the word, where the value is nothing else. */
static bool default_of(struct str value, struct str *word)
{
	size_t dash;

	if (!str_starts(value, STR("${")) || !str_ends(value, STR("}")))
		return false;
	dash = str_find(value, STR(":-"));
	if (dash == SIZE_MAX) {
		dash = str_find_byte(value, '-');
		if (dash == SIZE_MAX)
			return false;
	} else {
		dash++;
	}
	*word = str_slice(value, dash + 1, value.len - 1);
	return str_find_byte(str_slice(value, 2, dash), '}') == SIZE_MAX;
}

/* Does the setting hold JSON by its name? Flags are an object. */
static bool wants_json(struct str key, bool *object)
{
	if (!str_iends(key, STR("_JSON")))
		return false;
	*object = str_ifind(key, STR("FLAGS")) != SIZE_MAX;
	return true;
}

/* Is the disk kept that the database lies on? Where only its kind is said, one
 * that is kept at all is meant for it. */
static bool is_kept(const struct collector *c, struct str path)
{
	const struct strs *mounts = c->scope->mounts;

	if (c->kind->flags & KIND_DISK || is_mounted(mounts, path))
		return true;
	return !path.len && c->kind->role == SETTINGS_COMPOSE && mounts &&
	       mounts->count;
}

/* A database in a file: kept if its disk is. What else keeps it may stand
 * further below, or in another file. */
static void note_file(struct collector *c, struct form *f, struct str path)
{
	const struct database_file file = {
		.form = (size_t)(f - c->reading->forms.item),
		.path = path,
	};

	vec_push(&c->files, c->arena, file);
	if (is_kept(c, path))
		f->flags |= FORM_DURABLE;
}

/* On a runner, localhost and a file are databases that live as long as the
 * job. */
static bool is_ci(enum settings_role role)
{
	return role == SETTINGS_GITHUB || role == SETTINGS_GITLAB ||
	       role == SETTINGS_CI;
}

struct form *setting(struct collector *c, struct str key, struct str value,
		     struct span key_span, struct span span)
{
	struct str part[3 + VALUE_PARTS] = { printable(key), STR(" = ") };
	size_t parts = 2;
	struct str word = value;
	const bool fallback = default_of(value, &word);
	const struct value v = value_of(key, word);
	struct form *f;
	bool object;

	if (fallback)
		part[parts++] = STR("fallback ");
	if (wants_json(key, &object) && v.class != CLASS_EMPTY &&
	    v.class != CLASS_COMPUTED && !is_json(word, object))
		part[parts++] = STR("invalid json");
	else
		parts += value_parts(&v, part + parts);
	f = add_setting(c, str_join(c->arena, part, parts), key_span, span);
	if (v.class == CLASS_SQLITE && !c->scope->throw_away)
		note_file(c, f, v.path);
	if (v.class == CLASS_PATH && is_mounted(c->scope->mounts, value))
		f->flags |= FORM_DURABLE;
	if (names_database_url(key))
		f->flags |= FORM_REQUIRED;
	if (is_ci(c->kind->role) &&
	    (v.class == CLASS_LOCAL ||
	     (v.class == CLASS_SQLITE && f->environment == ENV_UNKNOWN &&
	      !c->scope->deploy)))
		f->environment = ENV_TEST;
	return f;
}

struct form *setting_node(struct collector *c, struct str key,
			  const struct node *value)
{
	if (value->kind != NODE_SCALAR)
		return NULL;
	return setting(c, key.len ? key : node_path(c->arena, value),
		       value->value,
		       value->key.len ? value->key_span : value->span,
		       value->span);
}

static void on_command(void *payload, const struct command *cmd)
{
	collect_command(payload, cmd);
}

/* Do commands of the file only run where the application is deployed? */
static bool is_neutral(enum settings_role role)
{
	return role == SETTINGS_COMPOSE || role == SETTINGS_KUBERNETES ||
	       role == SETTINGS_HELM;
}

/* A variable of the script itself: the environment has upper case, but for
 * the dotted names of .NET (`ConnectionStrings__Main`). */
static bool is_shell_variable(struct str key)
{
	for (size_t i = 0; i < key.len; i++)
		if (key.ptr[i] >= 'a' && key.ptr[i] <= 'z')
			return str_find(key, STR("__")) == SIZE_MAX;
	return false;
}

/* A variable set in front of a command, or by `export`. */
static void on_variable(void *payload, const struct command_variable *v)
{
	struct collector *c = payload;
	const struct scope *outer = c->scope;
	struct scope scope = *outer;
	struct span key = v->span;

	if (scope.building || is_shell_variable(v->key))
		return;
	scope.environment =
		environment_of_command(outer, v->marks, false, v->guard);
	if (scope.environment == ENV_UNKNOWN && scope.deploy &&
	    !is_neutral(c->kind->role))
		scope.environment = ENV_PRODUCTION;
	key.off = key.off > v->key.len ? key.off - (uint32_t)v->key.len - 1 : 0;
	key.len = (uint32_t)v->key.len;
	c->scope = &scope;
	setting(c, v->key, v->value, key, v->span);
	c->scope = outer;
}

static struct command_sink sink_of(struct collector *c)
{
	return (struct command_sink){
		.arena = c->arena,
		.reading = c->reading,
		.payload = c,
		.command = on_command,
		.variable = on_variable,
	};
}

void script(struct collector *c, const struct piece *text, enum shell_host host)
{
	const struct command_sink sink = sink_of(c);

	c->moved = false;
	commands_of_script(&sink, text, host);
}

void script_words(struct collector *c, struct shell_word *word, size_t count)
{
	const struct command_sink sink = sink_of(c);
	const struct piece all = {
		.text = c->src->text,
		.exact = true,
		.whole = { 0, (uint32_t)c->src->text.len },
	};

	commands_of_words(&sink, &all, word, count);
}

void cover(struct collector *c, struct span whole)
{
	if (whole.len)
		vec_push(&c->reading->blocks, c->arena,
			 (struct block){ whole });
}

void script_node(struct collector *c, const struct node *value)
{
	struct shell_word *words;
	size_t count = 0;

	if (!value)
		return;
	if (!value->merged)
		cover(c, value->whole);
	if (value->kind == NODE_SCALAR) {
		struct piece p = piece_of(value->value, value->span);

		p.place = node_places(c->arena, c->src, value);
		script(c, &p, SHELL_SCRIPT);
	}
	if (value->kind != NODE_LIST)
		return;
	words = arena_array(c->arena, struct shell_word, value->count + 1);
	node_each(n, value) if (n->kind == NODE_SCALAR) words[count++] =
		(struct shell_word){
			.text = n->value,
			.span = n->span,
			.quoted = true,
		};
	script_words(c, words, count);
}

void script_lines(struct collector *c, const struct node *value)
{
	if (!value)
		return;
	if (value->kind == NODE_SCALAR)
		script_node(c, value);
	else
		node_each(n, value) if (n->kind == NODE_SCALAR)
			script_node(c, n);
}

/* A seed in SQL: what it does to the rows that are there. */
static void collect_sql(struct collector *c)
{
	const struct read_options opt = { .dialect = DIALECT_UNKNOWN };
	const struct span all = { 0, (uint32_t)c->src->text.len };
	struct reading inner = { .arena = c->arena };

	read_sql(&inner, c->src, all, &opt, 0);
	c->reading->comments = inner.comments;
	c->reading->gaps = inner.gaps;
	vec_each(const struct form, s, &inner.forms) {
		struct strbuf b = STRBUF(c->arena);
		const struct owner owner = { c->reading->forms.count, STR("") };
		struct form *f;

		strbuf_puts(&b, "call sql ");
		strbuf_add(&b, s->text);
		f = reading_add(c->reading, FORM_COMMAND, strbuf_str(&b),
				s->span);
		f->environment = c->scope->environment;
		f->whole = s->whole;
		vec_push(&c->owners, c->arena, owner);
	}
}

/* A script that ends in a development server is called entrypoint or start
 * for all that; a deploy that runs it is found by who calls whom. */
static void take_off_deploy(struct collector *c)
{
	vec_each(struct form, f, &c->reading->forms) {
		f->flags &= ~(unsigned)FORM_DEPLOY;
		if (f->environment == ENV_UNKNOWN && f->kind == FORM_COMMAND)
			f->environment = ENV_DEVELOPMENT;
	}
	vec_each(struct call, call, &c->calls)
		call->deploy = false;
}

/* A script that ends in the server is what starts a container, whatever its
 * name. */
static void put_on_deploy(struct collector *c)
{
	vec_each(struct form, f, &c->reading->forms)
		if (f->kind == FORM_COMMAND && !(f->flags & FORM_TARGETED))
			f->flags |= FORM_DEPLOY;
	vec_each(struct call, call, &c->calls)
		call->deploy = true;
}

/* What is deployed to a machine that is kept lies on a disk that is. */
static void keep_files(struct collector *c)
{
	vec_each(const struct database_file, f, &c->files)
		c->reading->forms.item[f->form].flags |= FORM_DURABLE;
}

static void collect_shell(struct collector *c)
{
	const struct piece p = piece_of(
		c->src->text, (struct span){ 0, (uint32_t)c->src->text.len });

	script(c, &p, SHELL_SCRIPT);
	if (c->machine)
		keep_files(c);
	if (c->develops && c->scope->environment != ENV_PRODUCTION)
		take_off_deploy(c);
	else if (c->serves && !c->scope->local &&
		 c->scope->environment == ENV_UNKNOWN)
		put_on_deploy(c);
}

void collect(struct collector *out, struct reading *r, const struct source *src,
	     const struct settings_kind *kind)
{
	struct scope scope;

	*out = (struct collector){
		.arena = r->arena,
		.reading = r,
		.src = src,
		.kind = kind,
		.seed = STR(""),
	};
	scope = scope_of_file(out);
	out->scope = &scope;
	switch (kind->format) {
	case FORMAT_DOTENV: collect_dotenv(out); break;
	case FORMAT_YAML:
	case FORMAT_JSON:
	case FORMAT_TOML:
	case FORMAT_INI: collect_tree(out); break;
	case FORMAT_SHELL: collect_shell(out); break;
	case FORMAT_DOCKERFILE: collect_docker(out); break;
	case FORMAT_MAKEFILE:
	case FORMAT_JUSTFILE:
	case FORMAT_PROCFILE:
	case FORMAT_ENVOY: collect_recipes(out); break;
	case FORMAT_PRISMA: collect_prisma(out); break;
	case FORMAT_SQL: collect_sql(out); break;
	case FORMAT_CODE: collect_code(out); break;
	}
	out->scope = NULL;
}
