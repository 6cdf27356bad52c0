#include "reach.h"

#include <stdint.h>

#include "compiler.h"
#include "program.h"
#include "sql_file.h"
#include "strbuf.h"

enum { CALLERS_MAX = 400, STEPS_MAX = 4096 };

/* A part of a file that a deploy runs: a script, a target, or all of it. */
struct reached {
	const struct collector *file;
	struct str unit;  /* empty: all of the file */
	struct span from; /* the call in the judged file that leads here */
};

struct reacheds VEC(struct reached);

struct search {
	struct settings_run *run;
	struct collector *judged;
	struct reacheds reached; /* those before `done` were followed */
	size_t done;
	/* The files that may be called: the judged one, or what is beside. */
	bool outward;
	bool told; /* other files say what a deploy runs */
};

static struct str stem(struct str path)
{
	struct str base = path_base(path);
	size_t dot = base.len;

	for (size_t i = 1; i < base.len; i++)
		if (base.ptr[i] == '.')
			dot = i;
	return str_slice(base, 0, dot);
}

/* `x` runs `prex` and `postx` as well. */
static bool is_hook_of(struct str unit, struct str name)
{
	return (str_starts(unit, STR("pre")) &&
		str_eq(str_slice(unit, 3, unit.len), name)) ||
	       (str_starts(unit, STR("post")) &&
		str_eq(str_slice(unit, 4, unit.len), name));
}

static bool has_target(struct str units, struct str name)
{
	while (units.len) {
		const size_t end = str_find_byte(units, ' ');

		if (str_eq(str_slice(units, 0, end), name))
			return true;
		units = end == SIZE_MAX ? STR("")
					: str_slice(units, end + 1, units.len);
	}
	return false;
}

/* Is `called` where a call of `caller` looks for a file of that kind: in the
 * same folder, in one above, or below where the call says so? */
static bool is_near(const struct collector *caller,
		    const struct collector *called, const struct call *call)
{
	const struct str from = path_folder(str_of(caller->src->path));
	const struct str to = path_folder(str_of(called->src->path));

	return str_starts(from, to) || call->inside || !to.len;
}

/* The seeds of a project lie in a folder below what runs them. */
static bool is_seed_of(const struct collector *caller,
		       const struct collector *called, const struct call *call)
{
	const struct str from = path_folder(str_of(caller->src->path));
	const struct str to = path_folder(str_of(called->src->path));

	return called->kind->role == SETTINGS_SEED &&
	       (str_starts(to, from) || is_near(caller, called, call));
}

/* Does running the file that the call names run `called`? Built files keep
 * the name of their source. */
static bool names_file(const struct collector *called, const struct call *call)
{
	struct str path = str_of(called->src->path);
	struct str name = call->name;

	while (str_starts(name, STR("./")) || str_starts(name, STR("../")))
		name = str_slice(name, name.ptr[1] == '/' ? 2 : 3, name.len);
	if (!name.len || str_find_byte(name, '$') != SIZE_MAX)
		return false;
	if (str_ends(path, name) &&
	    (path.len == name.len || path.ptr[path.len - name.len - 1] == '/'))
		return true;
	if (called->kind->role == SETTINGS_SEED)
		return str_eq(stem(path), stem(name));
	return name.ptr[0] == '/' && str_eq(path_base(path), path_base(name));
}

/* Does the call run `unit` of `called`? */
static bool calls_unit(const struct collector *caller,
		       const struct collector *called, const struct call *call,
		       struct str unit)
{
	const enum settings_format format = called->kind->format;
	const enum settings_role role = called->kind->role;

	switch (call->kind) {
	case CALL_SCRIPT:
		return (role == SETTINGS_PACKAGE ||
			role == SETTINGS_COMPOSER) &&
		       (str_eq(unit, call->name) ||
			is_hook_of(unit, call->name)) &&
		       is_near(caller, called, call);
	case CALL_TARGET:
		return format == FORMAT_MAKEFILE &&
		       has_target(unit, call->name) &&
		       is_near(caller, called, call);
	case CALL_RECIPE:
		return format == FORMAT_JUSTFILE && str_eq(unit, call->name) &&
		       is_near(caller, called, call);
	case CALL_TASK:
		return role == SETTINGS_TASKFILE && str_eq(unit, call->name) &&
		       is_near(caller, called, call);
	case CALL_FILE: return names_file(called, call);
	case CALL_SQL: return false; /* sql_files_bring() */
	case CALL_SEED:
		return is_seed_of(caller, called, call) ||
		       str_eq(unit, STR("prisma.seed"));
	}
	return false;
}

static bool knows(const struct search *s, const struct collector *file,
		  struct str unit)
{
	vec_each(const struct reached, r, &s->reached)
		if (r->file == file && str_eq(r->unit, unit))
			return true;
	return false;
}

static void add(struct search *s, const struct collector *file, struct str unit,
		struct span from)
{
	if (s->reached.count < STEPS_MAX && !knows(s, file, unit))
		vec_push(&s->reached, s->judged->arena,
			 (struct reached){ file, unit, from });
}

/* Every unit of `called` that the call runs: those that call something
 * themselves, and those that own a form. */
static void follow_into(struct search *s, const struct collector *caller,
			const struct collector *called, const struct call *call,
			struct span from)
{
	vec_each(const struct owner, o, &called->owners)
		if (calls_unit(caller, called, call, o->unit))
			add(s, called, o->unit, from);
	vec_each(const struct call, c, &called->calls)
		if (calls_unit(caller, called, call, c->unit))
			add(s, called, c->unit, from);
}

static const char *joined(struct arena *a, struct str folder, struct str name)
{
	struct strbuf b = STRBUF(a);

	while (str_starts(name, STR("./")))
		name = str_slice(name, 2, name.len);
	strbuf_add(&b, folder);
	strbuf_add(&b, name);
	return strbuf_cstr(&b);
}

static void follow_sibling(struct search *s, const struct collector *caller,
			   const struct sibling *to, const struct call *call,
			   struct span from)
{
	if (to && &to->read != s->judged &&
	    strcmp(to->path, s->judged->src->path) != 0)
		follow_into(s, caller, &to->read, call, from);
}

/* The files that a call of that kind may run, looked for one by one. */
static void follow_outward(struct search *s, const struct collector *caller,
			   const struct call *call, struct span from)
{
	static const char *const names[][4] = {
		[CALL_SCRIPT] = { "package.json", "composer.json", NULL },
		[CALL_TARGET] = { "Makefile", "makefile", NULL },
		[CALL_RECIPE] = { "justfile", "Justfile", NULL },
		[CALL_TASK] = { "Taskfile.yml", "Taskfile.yaml", NULL },
		[CALL_FILE] = { NULL },
		[CALL_SEED] = { "prisma/seed.ts", "prisma/seed.js",
				"db/seeds.rb", NULL },
		[CALL_SQL] = { NULL },
	};
	const char *path = caller->src->path;
	const struct str folder = path_folder(str_of(path));

	for (size_t i = 0; names[call->kind][i]; i++)
		follow_sibling(s, caller,
			       sibling_above(s->run, path,
					     names[call->kind][i]),
			       call, from);
	if (call->kind == CALL_SEED)
		follow_sibling(s, caller,
			       sibling_above(s->run, path, "package.json"),
			       call, from);
	if (call->kind != CALL_FILE || !call->name.len)
		return;
	follow_sibling(s, caller,
		       sibling_at(s->run,
				  joined(s->judged->arena, folder, call->name)),
		       call, from);
	follow_sibling(s, caller,
		       sibling_at(s->run, joined(s->judged->arena, STR(""),
						 call->name)),
		       call, from);
	if (call->name.ptr[0] == '/')
		follow_sibling(s, caller,
			       sibling_at(s->run,
					  joined(s->judged->arena, folder,
						 path_base(call->name))),
			       call, from);
}

static void follow(struct search *s, const struct collector *caller,
		   const struct call *call, struct span from)
{
	if (s->outward)
		follow_outward(s, caller, call, from);
	else
		follow_into(s, caller, s->judged, call, from);
}

/* Everything that what was reached calls in its turn. */
static void follow_all(struct search *s)
{
	for (; s->done < s->reached.count; s->done++) {
		const struct reached r = s->reached.item[s->done];

		vec_each(const struct call, c, &r.file->calls) {
			if (!str_eq(c->unit, r.unit) && r.unit.len)
				continue;
			if (s->outward &&
			    r.file->kind->role == SETTINGS_PACKAGE)
				follow_into(s, r.file, r.file, c, r.from);
			follow(s, r.file, c, r.from);
		}
	}
}

/* Words of commands that destroy something: without one of them there is no
 * need to ask who calls. */
static bool looks_risky(struct str text)
{
	static const struct str words[] = {
		STR_INIT("reset"),    STR_INIT("drop"),
		STR_INIT("fresh"),    STR_INIT("flush"),
		STR_INIT("truncate"), STR_INIT("force"),
		STR_INIT("delete"),   STR_INIT("destroy"),
		STR_INIT("wipe"),     STR_INIT("clean"),
		STR_INIT("purge"),    STR_INIT("undo"),
		STR_INIT("rollback"), STR_INIT("down"),
		STR_INIT("prune"),    STR_INIT("rm "),
		STR_INIT("refresh"),  STR_INIT("accept-"),
		STR_INIT("schema:"),  STR_INIT("migrate dev"),
		STR_INIT("seed"),     STR_INIT("approve"),
		STR_INIT("replant"),  STR_INIT("setup"),
		STR_INIT("zero"),     STR_INIT("DELETE"),
		STR_INIT("redo"),     STR_INIT("fixtures"),
		STR_INIT("remove"),   STR_INIT("stamp"),
		STR_INIT("call "),    STR_INIT("push"),
		STR_INIT("update 0"), STR_INIT("program "),
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ifind(text, words[i]) != SIZE_MAX)
			return true;
	return false;
}

static bool has_risk(const struct collector *c)
{
	vec_each(const struct form, f, &c->reading->forms)
		if (f->kind == FORM_COMMAND && !(f->flags & FORM_DEPLOY) &&
		    looks_risky(f->text))
			return true;
	return false;
}

/* Reached from a deploy, does the command still run there? Not if it names
 * another place itself. */
static bool runs_on_deploy(const struct form *f)
{
	return f->environment != ENV_TEST &&
	       !(f->flags & FORM_TARGETED && f->environment == ENV_DEVELOPMENT);
}

static void put_on_deploy(struct form *f)
{
	f->flags |= FORM_DEPLOY;
	f->flags &= ~(unsigned)FORM_LOCAL;
	if (f->environment == ENV_DEVELOPMENT)
		f->environment = ENV_UNKNOWN;
}

static void mark(const struct search *s)
{
	struct collector *c = s->judged;

	vec_each(struct call, call, &c->calls)
		call->deploy = call->deploy || knows(s, c, call->unit);

	vec_each(const struct owner, o, &c->owners) {
		struct form *f = &c->reading->forms.item[o->form];
		if (runs_on_deploy(f) && knows(s, c, o->unit))
			put_on_deploy(f);
	}
}

/* May a file of that path run others when the application is deployed? */
static bool is_caller(const struct settings_kind *k)
{
	switch (k->format) {
	case FORMAT_SHELL:
	case FORMAT_DOCKERFILE:
	case FORMAT_MAKEFILE:
	case FORMAT_JUSTFILE:
	case FORMAT_PROCFILE:
	case FORMAT_ENVOY: return k->role == SETTINGS_PLAIN;
	case FORMAT_YAML:
	case FORMAT_JSON:
	case FORMAT_TOML:
		return k->role != SETTINGS_CONFIG &&
		       k->role != SETTINGS_KUBERNETES &&
		       k->role != SETTINGS_HELM &&
		       k->role != SETTINGS_RAILS_DATABASE;
	case FORMAT_DOTENV:
	case FORMAT_INI:
	case FORMAT_PRISMA:
	case FORMAT_SQL:
	case FORMAT_CODE: break;
	}
	return false;
}

static const struct paths *callers_of(struct settings_run *run)
{
	struct paths all;
	struct paths *kept;

	if (run->callers)
		return run->callers;
	kept = arena_new(run->arena, struct paths);
	snapshot_list(run->now, run->arena, run->root ? run->root : "", true,
		      &all);
	for (size_t i = 0; i < all.count && kept->count < CALLERS_MAX; i++) {
		struct settings_kind k;

		if (settings_kind_of(&k, str_of(all.item[i])) && is_caller(&k))
			vec_push(kept, run->arena, all.item[i]);
	}
	run->callers = kept;
	return kept;
}

/* Does the file say what is run when the application is deployed? Hooks of git
 * do not. */
static bool tells_deploy(const struct sibling *from)
{
	if (str_starts(str_of(from->path), STR(".husky/")) ||
	    str_starts(str_of(from->path), STR(".githooks/")))
		return false;
	vec_each(const struct form, f, &from->read.reading->forms)
		if (f->kind == FORM_COMMAND && f->flags & FORM_DEPLOY)
			return true;
	return false;
}

/* The calls that deploys of other files make, and what they reach in turn. */
static void search_callers(struct search *s)
{
	const struct paths *paths = callers_of(s->run);
	struct reacheds elsewhere = { 0 };
	struct search other = *s;

	other.outward = true;
	for (size_t i = 0; i < paths->count; i++) {
		const struct sibling *from = sibling_at(s->run, paths->item[i]);

		if (!from || !strcmp(from->path, s->judged->src->path))
			continue;
		s->told = s->told || tells_deploy(from);
		vec_each(const struct call, c, &from->read.calls)
			if (c->deploy) {
				follow(s, &from->read, c, c->span);
				follow(&other, &from->read, c, c->span);
			}
	}
	follow_all(&other);
	elsewhere = other.reached;
	vec_each(const struct reached, r, &elsewhere)
		if (r->file != s->judged)
			vec_each(const struct call, c, &r->file->calls)
				if (str_eq(c->unit, r->unit))
					follow(s, r->file, c, c->span);
	follow_all(s);
}

/* A seed that no deploy runs, where the tree says what deploys run, is what
 * developers fill their databases with. */
static void mark_seed(const struct search *s)
{
	if (!s->told || s->judged->kind->role != SETTINGS_SEED)
		return;
	vec_each(struct form, f, &s->judged->reading->forms)
		if (f->kind == FORM_COMMAND && !(f->flags & FORM_DEPLOY) &&
		    f->environment == ENV_UNKNOWN)
			f->environment = ENV_DEVELOPMENT;
}

void reach_inward(struct settings_run *run, struct collector *c)
{
	struct search s = { .run = run, .judged = c };

	vec_each(const struct call, call, &c->calls)
		if (call->deploy)
			follow(&s, c, call, call->span);
	follow_all(&s);
	mark(&s);
	if (c->kind->flags & KIND_LOCAL || !has_risk(c))
		return;
	search_callers(&s);
	mark(&s);
	mark_seed(&s);
}

/* The forms of one thing that was reached, at the call that leads there. */
static void bring(struct collector *c, const struct reached *r)
{
	vec_each(const struct owner, o, &r->file->owners) {
		const struct form *from =
			&r->file->reading->forms.item[o->form];
		struct form f = *from;

		if ((r->unit.len && !str_eq(o->unit, r->unit)) ||
		    !runs_on_deploy(from) || !looks_risky(from->text))
			continue;
		f.text = str_copy(c->arena, from->text);
		f.span = r->from;
		f.whole = r->from;
		put_on_deploy(&f);
		vec_push(&c->reading->forms, c->arena, f);
	}
}

void reach_outward(struct settings_run *run, struct collector *c)
{
	struct search s = { .run = run, .judged = c, .outward = true };

	vec_each(const struct call, call, &c->calls)
		if (call->deploy)
			follow(&s, c, call, call->span);
	follow_all(&s);
	vec_each(const struct reached, r, &s.reached)
		if (r->file != c &&
		    !(run->is_changed &&
		      run->is_changed(run->payload, r->file->src->path)))
			bring(c, r);
	sql_files_bring(run, c);
}
