#include "kind.h"

#include "claims.h"
#include "compiler.h"
#include "read.h"

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
	for (struct str d = dir; d.len; d = parent(d)) {
		const struct str name = last_part(d);

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

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Sqlite in SqliteMigrations */
static bool begins_with(struct str part, struct str word)
{
	return part.len > word.len && is_capital(part.ptr[0]) &&
	       is_capital(part.ptr[word.len]) &&
	       str_ieq(str_slice(part, 0, word.len), word);
}

/* Does the part between two bytes that are no letters name a dialect? */
static enum dialect dialect_of_part(struct str part)
{
	static const struct {
		struct str word;
		enum dialect dialect;
	} words[] = {
		{ STR_INIT("postgres"), DIALECT_POSTGRES },
		{ STR_INIT("postgresql"), DIALECT_POSTGRES },
		{ STR_INIT("pg"), DIALECT_POSTGRES },
		{ STR_INIT("psql"), DIALECT_POSTGRES },
		{ STR_INIT("cockroach"), DIALECT_POSTGRES },
		{ STR_INIT("cockroachdb"), DIALECT_POSTGRES },
		{ STR_INIT("mysql"), DIALECT_MYSQL },
		{ STR_INIT("mariadb"), DIALECT_MYSQL },
		{ STR_INIT("sqlite"), DIALECT_SQLITE },
		{ STR_INIT("sqlite3"), DIALECT_SQLITE },
		{ STR_INIT("d1"), DIALECT_SQLITE },
		{ STR_INIT("mssql"), DIALECT_SQLSERVER },
		{ STR_INIT("sqlserver"), DIALECT_SQLSERVER },
		{ STR_INIT("clickhouse"), DIALECT_CLICKHOUSE },
	};

	/* nearly all parts begin otherwise */
	if (!part.len || !strchr("pcmsd", lower(part.ptr[0])))
		return DIALECT_UNKNOWN;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(part, words[i].word) ||
		    begins_with(part, words[i].word))
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

/* A database that speaks none of the dialects we know; what its files share
 * with one of them says nothing. */
static bool is_of_other(struct str part)
{
	static const struct str names[] = {
		STR_INIT("h2"),	  STR_INIT("hsqldb"), STR_INIT("derby"),
		STR_INIT("db2"),  STR_INIT("oracle"), STR_INIT("firebird"),
		STR_INIT("hana"), STR_INIT("sybase"), STR_INIT("informix"),
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_ieq(part, names[i]))
			return true;
	return false;
}

enum { FOLDERS_MAX = 6 };

/* A folder, and what was found in it: each is asked about once. */
struct folder {
	struct folder *up; /* NULL at the root */
	struct str path;
	const struct claims_folder *claims; /* NULL: not yet looked at */
	bool never;	    /* it holds no migrations of this repository */
	struct str root;    /* of the history of its files */
	bool deep;	    /* it may lie in folders below the root, too */
	enum dialect named; /* by the last part of its path that names one */
	bool other;	    /* that part names a database none of ours */
	uint64_t asked, proves; /* a bit for each framework */
	bool dialect_known;
	enum dialect dialect;
	bool spoken_known;
	enum dialect spoken; /* what its SQL files betray together */
};

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
		dir = parent(dir);
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
	f->named = dialect_of_path(f->up ? last_part(f->path) : dir);
	f->other = is_of_other(last_part(f->path));
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
	struct folder *f = folder_named(k, parent(str_of(path)));
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

static const char *join(struct arena *a, struct str dir, const char *name)
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
		found = snapshot_has(k->tree, join(k->arena, f->path, *names));
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
	const struct arena_mark mark = arena_mark(k->arena);
	enum dialect d = DIALECT_UNKNOWN;

	for (size_t i = 0; i < ARRAY_LEN(dialect_files); i++) {
		const char *path = join(k->arena, dir, dialect_files[i].name);
		struct str text;

		if (snapshot_has(k->tree, path) &&
		    snapshot_read(k->tree, k->arena, path, &text))
			d = dialect_of_setting(text,
					       str_of(dialect_files[i].key));
		if (d != DIALECT_UNKNOWN)
			break;
	}
	arena_rewind(k->arena, mark);
	return d;
}

/* What the files beside or above say. */
static enum dialect dialect_of_evidence(struct kinds *k, struct folder *f)
{
	for (int up = 0; f && up < FOLDERS_MAX; up++, f = f->up) {
		if (!f->dialect_known)
			f->dialect = dialect_beside(k, f->path);
		f->dialect_known = true;
		if (f->dialect != DIALECT_UNKNOWN)
			return f->dialect;
	}
	return DIALECT_UNKNOWN;
}

/* What only one database's migrations of the framework hold. */
static enum dialect dialect_of_marks(const struct framework *fw,
				     struct str text)
{
	const char *const *m = fw->dialect_marks;
	enum dialect d = DIALECT_UNKNOWN;

	for (; m && m[0]; m += 2)
		if (str_find(text, str_of(m[1])) != SIZE_MAX &&
		    dialect_from_name(&d, str_of(m[0])))
			break;
	return d;
}

/* T-SQL, for sure? Where some migrations are programs, one folder read as
 * several dialects would be worse than as none, save for T-SQL: its statements
 * need no ";" between them, and cannot be read as those of another. */
static bool is_tsql(struct str text)
{
	static const struct str marks[] = {
		STR_INIT("nvarchar"),	STR_INIT("DECLARE @"),
		STR_INIT("dbo."),	STR_INIT("[dbo]"),
		STR_INIT("sp_rename"),	STR_INIT("sp_executesql"),
		STR_INIT("OBJECT_ID("),
	};

	if (dialect_of_text(text) != DIALECT_SQLSERVER)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_ifind(text, marks[i]) != SIZE_MAX)
			return true;
	return false;
}

enum { SPOKEN_MAX = 32 };

/* Adds what the words of one more SQL file betray; false where it is none of
 * those that count. */
static bool weigh_file(struct kinds *k, const char *path,
		       int score[DIALECT_COUNT])
{
	const struct arena_mark mark = arena_mark(k->arena);
	const struct str p = str_of(path);
	struct str text;
	const bool counts = str_iends(p, STR(".sql")) &&
			    dialect_of_path(last_part(p)) == DIALECT_UNKNOWN &&
			    snapshot_read(k->tree, k->arena, path, &text);

	if (counts)
		dialect_weigh(text, score);
	arena_rewind(k->arena, mark);
	return counts;
}

/* The files of one history are for one database. Few words of a small one
 * betray which, those of all of them do. */
static enum dialect dialect_of_history(struct kinds *k, struct folder *f)
{
	struct folder *root = f;
	int score[DIALECT_COUNT] = { 0 };
	struct paths paths = { 0 };

	while (root->up && !str_eq(root->path, f->root))
		root = root->up;
	if (root->spoken_known || !k->tree)
		return root->spoken;
	root->spoken_known = true;
	snapshot_list(k->tree, k->arena, str_dup(k->arena, root->path), f->deep,
		      &paths);
	for (size_t i = 0, n = 0;
	     i < paths.count && n < SPOKEN_MAX && !dialect_is_clear(score); i++)
		n += weigh_file(k, paths.item[i], score);
	root->spoken = dialect_of_weights(score);
	return root->spoken;
}

/* By the words of the text, and where they leave doubt those of the others of
 * its history. */
static enum dialect dialect_of_words(struct kinds *k, struct folder *f,
				     struct str text)
{
	int score[DIALECT_COUNT] = { 0 };

	dialect_weigh(text, score);
	if (!dialect_is_clear(score)) {
		const enum dialect d = dialect_of_history(k, f);

		if (d != DIALECT_UNKNOWN)
			return d;
	}
	return dialect_of_weights(score);
}

static enum dialect find_dialect(struct kinds *k, const struct framework *fw,
				 struct folder *f, struct str name,
				 struct str text)
{
	enum dialect d = fw->dialect;

	if (d == DIALECT_UNKNOWN)
		d = dialect_of_path(name);
	if (d == DIALECT_UNKNOWN)
		d = f->named;
	if (d == DIALECT_UNKNOWN && f->other)
		return d;
	if (d == DIALECT_UNKNOWN && k->tree)
		d = dialect_of_evidence(k, f);
	if (d == DIALECT_UNKNOWN)
		d = dialect_of_marks(fw, text);
	if (d != DIALECT_UNKNOWN || !fw->code)
		return d == DIALECT_UNKNOWN ? dialect_of_words(k, f, text) : d;
	/* The words of a program are not those of its SQL. */
	return str_iends(name, STR(".sql")) && is_tsql(text)
		       ? DIALECT_SQLSERVER
		       : dialect_of_history(k, f);
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

	return !f->never && claims_any(f->claims, last_part(p));
}

struct kind kind_of(struct kinds *k, const char *path, struct str text,
		    bool named)
{
	const struct str p = whole_path(k, path), name = last_part(p);
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
		kind.dialect = find_dialect(k, kind.framework, f, name, text);
	kind.backward = any_glob(kind.framework->down, p);
	kind.root = f->root;
	kind.deep = f->deep;
	kind.app = last_part(parent(kind.root));
	return kind;
}
