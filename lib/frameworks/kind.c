#include "kind.h"

#include <stdint.h>

#include "compiler.h"
#include "strbuf.h"

/* Never migrations of this repository, whatever they are called. */
static const char *const never[] = {
	"**/node_modules/**",
	"**/.git/**",
	"**/vendor/**",
};

static bool any_glob(const char *const *globs, struct str path)
{
	for (; globs && *globs; globs++)
		if (glob_match(*globs, path))
			return true;
	return false;
}

static bool claims(const struct framework *f, struct str path)
{
	return (any_glob(f->paths, path) || any_glob(f->down, path)) &&
	       !any_glob(f->exclude, path);
}

/* A bit for each framework whose globs claim the path. Globs are dear and a
 * path is asked about more than once, so the answer is kept. */
static uint64_t claims_of(struct kinds *k, struct str path)
{
	uint64_t *known = map_get(&k->claims, path);

	if (known)
		return *known;
	known = arena_alloc(k->arena, sizeof(*known));
	for (size_t i = 0; i < k->frameworks->count && i < 64; i++)
		if (claims(&k->frameworks->item[i], path))
			*known |= (uint64_t)1 << i;
	map_put(&k->claims, k->arena, path, known);
	return *known;
}

static bool is_never(struct str path)
{
	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		if (glob_match(never[i], path))
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

/* What programs that are migrations end in. They lie below a folder that
 * speaks of migrations, which settles most files of a repository. */
static bool has_suffix(struct str path)
{
	static const struct str suffixes[] = {
		STR_INIT(".rb"),   STR_INIT(".py"),   STR_INIT(".php"),
		STR_INIT(".js"),   STR_INIT(".ts"),   STR_INIT(".mjs"),
		STR_INIT(".cjs"),  STR_INIT(".mts"),  STR_INIT(".cts"),
		STR_INIT(".exs"),  STR_INIT(".ex"),   STR_INIT(".cs"),
		STR_INIT(".go"),   STR_INIT(".java"), STR_INIT(".kt"),
		STR_INIT(".rs"),   STR_INIT(".fizz"), STR_INIT(".xml"),
		STR_INIT(".yaml"), STR_INIT(".yml"),  STR_INIT(".json"),
	};
	static const struct str words[] = { STR_INIT("migrat"),
					    STR_INIT("version"),
					    STR_INIT("changelog"),
					    STR_INIT("liquibase") };

	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		if (!str_iends(path, suffixes[i]))
			continue;
		for (size_t n = 0; n < ARRAY_LEN(words); n++)
			if (str_ifind(path, words[n]) < path.len)
				return true;
	}
	return false;
}

/* x.sql, and x.sql.postgres as some runners have it. */
static bool is_sql(struct str path)
{
	size_t slash = path.len;

	while (slash && path.ptr[slash - 1] != '/')
		slash--;
	const struct str name = str_slice(path, slash, path.len);

	return str_iends(name, STR(".sql")) ||
	       str_ifind(name, STR(".sql.")) < name.len;
}

/* The path from the root of its repository. */
static struct str whole_path(const struct kinds *k, const char *path)
{
	struct strbuf b = STRBUF(k->arena);

	if (!k->prefix || !*k->prefix || *path == '/')
		return str_of(path);
	strbuf_puts(&b, k->prefix);
	strbuf_puts(&b, path);
	return strbuf_str(&b);
}

bool kind_possible(struct kinds *k, const char *path)
{
	const struct str p = whole_path(k, path);

	if (rule_for(k, p))
		return true;
	if ((!is_sql(p) && !has_suffix(p)) || is_never(p))
		return false;
	return claims_of(k, p) != 0;
}

/* The path without its last part and the slash before it. */
static struct str parent(struct str path)
{
	size_t i = path.len;

	while (i && path.ptr[i - 1] != '/')
		i--;
	return str_slice(path, 0, i ? i - 1 : 0);
}

static struct str last_part(struct str path)
{
	const struct str above = parent(path);

	return str_slice(path, above.len ? above.len + 1 : 0, path.len);
}

static const char *join(struct arena *a, struct str dir, const char *name)
{
	struct strbuf b = STRBUF(a);

	strbuf_add(&b, dir);
	if (dir.len)
		strbuf_byte(&b, '/');
	strbuf_puts(&b, name);
	return strbuf_cstr(&b);
}

static bool is_there(struct kinds *k, const char *path)
{
	const char *known = map_get(&k->there, str_of(path));
	static char yes[] = "y", no[] = "n";

	if (!known) {
		const bool there = snapshot_has(k->tree, path);

		map_put(&k->there, k->arena, str_of(path), there ? yes : no);
		return there;
	}
	return *known == 'y';
}

enum { FOLDERS_MAX = 6 };

/* The path of the first evidence beside or above the file; NULL for none. */
static const char *find_evidence(struct kinds *k, const struct framework *f,
				 struct str path)
{
	struct str dir = parent(path);

	for (int up = 0; f->evidence && up < FOLDERS_MAX; up++) {
		for (const char *const *e = f->evidence; *e; e++) {
			const char *one = join(k->arena, dir, *e);

			if (is_there(k, one))
				return one;
		}
		if (!dir.len)
			break;
		dir = parent(dir);
	}
	return NULL;
}

static bool has_content(const struct framework *f, struct str text)
{
	for (const char *const *c = f->content; c && *c; c++)
		if (str_ifind(text, str_of(*c)) < text.len)
			return true;
	return !f->content;
}

/* The framework that claims the path with the best proof. */
static const struct framework *find_framework(struct kinds *k, struct str whole,
					      struct str path, struct str text)
{
	const struct framework *best = NULL;
	const uint64_t claimed = claims_of(k, whole);
	int best_score = -1;

	for (size_t i = 0; i < k->frameworks->count && i < 64; i++) {
		const struct framework *f = &k->frameworks->item[i];
		int score = f->priority;

		if (!(claimed >> i & 1) || !has_content(f, text))
			continue;
		if (f->evidence) {
			const bool proof = find_evidence(k, f, path) != NULL;

			if (!proof && f->needs_evidence)
				continue;
			score += proof ? 20 : 0;
		}
		if (score > best_score) {
			best = f;
			best_score = score;
		}
	}
	return best;
}

/* Does the part between two bytes that are no letters name a dialect? */
static enum dialect dialect_of_part(struct str part)
{
	static const struct {
		const char *word;
		enum dialect dialect;
	} words[] = {
		{ "postgres", DIALECT_POSTGRES },
		{ "postgresql", DIALECT_POSTGRES },
		{ "pg", DIALECT_POSTGRES },
		{ "psql", DIALECT_POSTGRES },
		{ "cockroach", DIALECT_POSTGRES },
		{ "cockroachdb", DIALECT_POSTGRES },
		{ "mysql", DIALECT_MYSQL },
		{ "mariadb", DIALECT_MYSQL },
		{ "sqlite", DIALECT_SQLITE },
		{ "sqlite3", DIALECT_SQLITE },
		{ "d1", DIALECT_SQLITE },
		{ "mssql", DIALECT_SQLSERVER },
		{ "sqlserver", DIALECT_SQLSERVER },
		{ "clickhouse", DIALECT_CLICKHOUSE },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(part, str_of(words[i].word)))
			return words[i].dialect;
	return DIALECT_UNKNOWN;
}

/* The last part of the path that names a dialect: db/mysql/001.sql,
 * x.sqlite3.up.sql, postgresql-migrations. */
static enum dialect dialect_of_path(struct str path)
{
	enum dialect found = DIALECT_UNKNOWN;
	size_t from = 0;

	for (size_t i = 0; i <= path.len; i++) {
		const bool in_word = i < path.len && (is_alpha(path.ptr[i]) ||
						      is_digit(path.ptr[i]));

		if (in_word)
			continue;
		const enum dialect d =
			dialect_of_part(str_slice(path, from, i));

		if (d != DIALECT_UNKNOWN)
			found = d;
		from = i + 1;
	}
	return found;
}

/* The value behind `key` in a file of "key = "value"" or "key": "value". */
static enum dialect dialect_of_setting(struct str text, struct str key)
{
	enum dialect d = DIALECT_UNKNOWN;
	struct str rest = text, line;

	while (str_next_line(&rest, &line)) {
		const size_t at = str_find(line, key);
		size_t i = at + key.len;
		const struct str before = str_trim(str_slice(line, 0, at));

		if (at >= line.len || str_starts(before, STR("//")))
			continue;
		while (i < line.len && !is_alpha(line.ptr[i]) &&
		       !is_digit(line.ptr[i]))
			i++;
		const size_t from = i;

		while (i < line.len &&
		       (is_alpha(line.ptr[i]) || is_digit(line.ptr[i])))
			i++;
		if (dialect_from_name(&d, str_slice(line, from, i)))
			return d;
	}
	return d;
}

/* Files above a migration that say which database it is for. */
static const struct {
	const char *name;
	const char *key;
} dialect_files[] = {
	{ "migration_lock.toml", "provider" },
	{ "meta/_journal.json", "dialect" },
	{ "schema.prisma", "provider" },
	{ "snapshot.json", "dialect" },
	{ "drizzle.config.ts", "dialect" },
	{ "drizzle.config.js", "dialect" },
	{ "drizzle.config.mjs", "dialect" },
	{ "prisma/schema.prisma", "provider" },
	{ "config/database.yml", "adapter" },
	{ "knexfile.js", "client" },
	{ "knexfile.ts", "client" },
	{ "database.json", "driver" },
};

static enum dialect dialect_beside(struct kinds *k, struct str dir)
{
	enum dialect d = DIALECT_UNKNOWN;

	for (size_t i = 0; i < ARRAY_LEN(dialect_files); i++) {
		const char *path = join(k->arena, dir, dialect_files[i].name);
		struct str text;

		if (is_there(k, path) &&
		    snapshot_read(k->tree, k->arena, path, &text))
			d = dialect_of_setting(text,
					       str_of(dialect_files[i].key));
		if (d != DIALECT_UNKNOWN)
			return d;
	}
	return d;
}

/* What the files beside or above say; each folder is asked once. */
static enum dialect dialect_of_evidence(struct kinds *k, struct str path)
{
	static enum dialect known[DIALECT_COUNT] = {
		DIALECT_UNKNOWN, DIALECT_POSTGRES,  DIALECT_MYSQL,
		DIALECT_SQLITE,	 DIALECT_SQLSERVER, DIALECT_CLICKHOUSE,
	};
	struct str dir = parent(path);

	for (int up = 0; up < FOLDERS_MAX; up++) {
		enum dialect *d = map_get(&k->dialects, dir);

		if (!d) {
			d = &known[dialect_beside(k, dir)];
			map_put(&k->dialects, k->arena, str_copy(k->arena, dir),
				d);
		}
		if (*d != DIALECT_UNKNOWN)
			return *d;
		if (!dir.len)
			break;
		dir = parent(dir);
	}
	return DIALECT_UNKNOWN;
}

static enum dialect find_dialect(struct kinds *k, const struct framework *f,
				 struct str whole, struct str path,
				 struct str text)
{
	enum dialect d = f->dialect;

	if (d == DIALECT_UNKNOWN)
		d = dialect_of_path(whole);
	if (d == DIALECT_UNKNOWN && k->tree)
		d = dialect_of_evidence(k, path);
	/* The words of a program are not those of its SQL. */
	return d == DIALECT_UNKNOWN && !f->code ? dialect_of_text(text) : d;
}

/* The folder whose name speaks of migrations; else the file's own, without a
 * last folder that is one migration (20260101_users/up.sql). */
struct str kind_root(const char *path)
{
	static const struct str words[] = { STR_INIT("migrat"),
					    STR_INIT("drizzle"),
					    STR_INIT("changelog"),
					    STR_INIT("upgrade") };
	const struct str dir = parent(str_of(path));

	for (struct str d = dir; d.len; d = parent(d)) {
		const struct str up = parent(d);
		const struct str name =
			str_slice(d, up.len ? up.len + 1 : 0, d.len);

		for (size_t i = 0; i < ARRAY_LEN(words); i++)
			if (str_ifind(name, words[i]) < name.len &&
			    !is_digit(name.ptr[0]))
				return d;
	}
	return dir;
}

struct kind kind_of(struct kinds *k, const char *path, struct str text,
		    bool named)
{
	const struct str p = whole_path(k, path);
	const struct kind_rule *rule = rule_for(k, p);
	struct kind kind = { .framework = k->forced,
			     .dialect = k->forced_dialect };

	if (!kind.framework && rule)
		kind.framework = rule->framework;
	if (!kind.framework && (!is_never(p) || named))
		kind.framework = find_framework(k, p, str_of(path), text);
	if (!kind.framework && (named || rule) && is_sql(p))
		kind.framework =
			framework_named(k->frameworks, STR("handwritten"));
	if (!kind.framework)
		return kind;
	if (kind.dialect == DIALECT_UNKNOWN && rule)
		kind.dialect = rule->dialect;
	if (kind.dialect == DIALECT_UNKNOWN)
		kind.dialect =
			find_dialect(k, kind.framework, p, str_of(path), text);
	kind.backward = any_glob(kind.framework->down, p);
	kind.root = kind_root(path);
	kind.app = last_part(parent(kind.root));
	return kind;
}
