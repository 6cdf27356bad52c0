#include "kind.h"

#include "claims.h"
#include "compiler.h"
#include "kind_folder.h"

static bool any_glob(const char *const *globs, struct str path)
{
	for (; globs && *globs; globs++)
		if (glob_match(*globs, path))
			return true;
	return false;
}

static const struct kind_rule *rule_for(const struct kinds *k, struct str path)
{
	for (size_t i = 0; i < k->rules.count; i++)
		if (glob_match(k->rules.item[i].path, path))
			return &k->rules.item[i];
	return NULL;
}

/* x.sql, x.cql, and x.sql.postgres as some runners have it. */
static bool is_sql(struct str path)
{
	size_t slash = path.len;

	while (slash && path.ptr[slash - 1] != '/')
		slash--;
	const struct str name = str_slice(path, slash, path.len);

	return str_iends(name, STR(".sql")) || str_iends(name, STR(".cql")) ||
	       str_ifind(name, STR(".sql.")) < name.len;
}

/* The path from the root of its repository; good until the next one is asked
 * for. */
static struct str whole_path(struct kinds *k, const char *path)
{
	if (!k->prefix || !*k->prefix || *path == '/')
		return str_of(path);
	k->whole.arena = k->arena;
	k->whole.len = 0;
	strbuf_puts(&k->whole, k->prefix);
	strbuf_puts(&k->whole, path);
	return strbuf_str(&k->whole);
}

struct str path_parent(struct str path)
{
	size_t i = path.len;

	while (i && path.ptr[i - 1] != '/')
		i--;
	return str_slice(path, 0, i ? i - 1 : 0);
}

struct str path_last(struct str path)
{
	const struct str above = path_parent(path);

	return str_slice(path, above.len ? above.len + 1 : 0, path.len);
}

/* Never migrations of this repository, whatever they are called. */
static bool is_never(struct str dir)
{
	return glob_match("**/node_modules/**", dir) ||
	       glob_match("**/.git/**", dir) || glob_match("**/vendor/**", dir);
}

/* A database that speaks the dialect of another one, beside which its
 * migrations stand: mysql/, mariadb/. */
static bool is_relative(struct str name)
{
	static const struct str names[] = {
		STR_INIT("mariadb"),	 STR_INIT("percona"),
		STR_INIT("tidb"),	 STR_INIT("cockroach"),
		STR_INIT("cockroachdb"), STR_INIT("yugabyte"),
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_ieq(name, names[i]))
			return true;
	return false;
}

/* The folder whose name speaks of migrations, or one in it for a database of
 * its own; false where there is none: then the files of a folder have a history
 * of their own, and none below it belongs to it. */
static bool root_of_folder(struct str dir, struct str *root)
{
	static const struct str words[] = { STR_INIT("migrat"),
					    STR_INIT("drizzle"),
					    STR_INIT("changelog"),
					    STR_INIT("upgrade") };

	struct str own = { "", 0 };

	*root = dir;
	for (struct str d = dir; d.len; d = path_parent(d)) {
		const struct str name = path_last(d);

		if (is_relative(name))
			own = d;
		for (size_t i = 0; i < ARRAY_LEN(words); i++)
			if (str_ifind(name, words[i]) < name.len &&
			    !is_digit(name.ptr[0])) {
				*root = own.len ? own : d;
				return true;
			}
	}
	return false;
}

static struct folder *folder_named(struct kinds *k, struct str dir)
{
	struct folder *first = map_get(&k->folders, dir), **link = &first;

	if (!first)
		dir = str_copy(k->arena, dir);
	while (!*link) {
		struct folder *f = arena_new(k->arena, struct folder);

		f->path = dir;
		map_put(&k->folders, k->arena, dir, f);
		*link = f;
		dir = path_parent(dir);
		/* nothing of the repository is above an absolute path */
		if (!dir.len && (!f->path.len || f->path.ptr[0] == '/'))
			break;
		f->up = map_get(&k->folders, dir);
		link = &f->up;
	}
	return first;
}

/* What the names of folders tell; `dir` is "" or has a slash at its end. */
static void folder_look_at(struct kinds *k, struct folder *f, struct str dir)
{
	if (!k->claims)
		k->claims = claims_new(k->frameworks, k->arena);
	f->claims = claims_folder(k->claims, dir, f->up ? f->up->claims : NULL,
				  k->arena);
	f->never = is_never(dir);
	f->deep = root_of_folder(f->path, &f->root);
	f->named = dialect_of_path(f->up ? path_last(f->path) : dir);
	f->other = dialect_is_other(path_last(f->path));
	if (f->named == DIALECT_UNKNOWN && !f->other && f->up) {
		f->named = f->up->named;
		f->other = f->up->other;
	}
}

/* The folder of a file. `whole` is its path from the root of its repository:
 * what is above the folder is looked at first. */
static struct folder *folder_of(struct kinds *k, const char *path,
				struct str whole)
{
	struct folder *f = folder_named(k, path_parent(str_of(path)));
	const size_t before = whole.len - strlen(path);

	while (!f->claims) {
		struct folder *top = f;

		while (top->up && !top->up->claims)
			top = top->up;
		const size_t len = top->path.len;

		folder_look_at(k, top,
			       str_slice(whole, 0, before + len + (len > 0)));
	}
	return f;
}

const char *folder_join(struct arena *a, struct str dir, const char *name)
{
	struct strbuf b = STRBUF(a);

	strbuf_reserve(&b, dir.len + strlen(name) + 1);
	strbuf_add(&b, dir);
	if (dir.len)
		strbuf_byte(&b, '/');
	strbuf_puts(&b, name);
	return strbuf_cstr(&b);
}

static bool holds_any(struct kinds *k, const struct folder *f,
		      const char *const *names)
{
	const struct arena_mark mark = arena_mark(k->arena);
	bool found = false;

	for (; *names && !found; names++)
		found = snapshot_has(k->tree,
				     folder_join(k->arena, f->path, *names));
	arena_rewind(k->arena, mark);
	return found;
}

/* Does evidence of framework number `n` stand in the folder or above? */
static bool has_evidence(struct kinds *k, size_t n, struct folder *f)
{
	const struct framework *fw = &k->frameworks->item[n];
	const uint64_t bit = (uint64_t)1 << n;

	for (int up = 0; f && up < FOLDERS_MAX; up++, f = f->up) {
		if (!(f->asked & bit) && holds_any(k, f, fw->evidence))
			f->proves |= bit;
		f->asked |= bit;
		if (f->proves & bit)
			return true;
	}
	return false;
}

static bool has_content(const struct framework *f, struct str text)
{
	for (const char *const *c = f->content; c && *c; c++)
		if (str_ifind(text, str_of(*c)) < text.len)
			return true;
	return !f->content;
}

enum { PROOF_SCORE = 20 };

/* What framework number `n`, which claims the file, scores for it; -1 where it
 * is none of its, or where it cannot score as much as `least`. */
static int score_of(struct kinds *k, size_t n, struct folder *f,
		    struct str text, int least)
{
	const struct framework *fw = &k->frameworks->item[n];
	const int most = fw->priority + (fw->evidence ? PROOF_SCORE : 0);

	if (most < least || !has_content(fw, text))
		return -1;
	if (fw->evidence && has_evidence(k, n, f))
		return most;
	return fw->needs_evidence ? -1 : fw->priority;
}

/* The framework that claims the file with the best proof, by name the first of
 * several. */
static const struct framework *find_framework(struct kinds *k, struct folder *f,
					      struct str name, struct str text)
{
	const uint64_t claims = claims_of(f->claims, name);
	const struct framework *best = NULL;
	int best_score = -1;

	for (size_t i = 0; i < FRAMEWORKS_MAX && claims >> i; i++) {
		if (!(claims >> i & 1))
			continue;
		const int score = score_of(k, i, f, text, best_score + 1);

		if (score > best_score) {
			best = &k->frameworks->item[i];
			best_score = score;
		}
	}
	return best;
}

struct str kind_root(struct kinds *k, const char *path)
{
	return folder_of(k, path, whole_path(k, path))->root;
}

bool kind_possible(struct kinds *k, const char *path)
{
	const struct str p = whole_path(k, path);

	if (rule_for(k, p))
		return true;
	const struct folder *f = folder_of(k, path, p);

	return !f->never && claims_any(f->claims, path_last(p));
}

struct kind kind_of(struct kinds *k, const char *path, struct str text,
		    bool named)
{
	const struct str p = whole_path(k, path), name = path_last(p);
	const struct kind_rule *rule = rule_for(k, p);
	struct folder *f = folder_of(k, path, p);
	struct kind kind = { .framework = k->forced,
			     .dialect = k->forced_dialect };

	if (!kind.framework && rule)
		kind.framework = rule->framework;
	if (!kind.framework && (!f->never || named))
		kind.framework = find_framework(k, f, name, text);
	if (!kind.framework && (named || rule) && is_sql(p))
		kind.framework =
			framework_named(k->frameworks, STR("handwritten"));
	if (!kind.framework)
		return kind;
	if (kind.dialect == DIALECT_UNKNOWN && rule)
		kind.dialect = rule->dialect;
	if (kind.dialect == DIALECT_UNKNOWN)
		kind.dialect = kind_dialect(k, kind.framework, f, name, text);
	kind.backward = any_glob(kind.framework->down, p);
	kind.root = f->root;
	kind.deep = f->deep;
	kind.app = path_last(path_parent(kind.root));
	return kind;
}
