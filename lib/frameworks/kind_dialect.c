/* Which dialect a migration is written in: by names of folders and files, by
 * the settings beside them, and by the words of its history. */
#include "compiler.h"
#include "kind_folder.h"
#include "read.h"

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
enum dialect dialect_of_path(struct str path)
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
bool dialect_is_other(struct str part)
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
		const char *path =
			folder_join(k->arena, dir, dialect_files[i].name);
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
			    dialect_of_path(path_last(p)) == DIALECT_UNKNOWN &&
			    snapshot_read(k->tree, k->arena, path, &text);

	if (counts)
		dialect_weigh(text, score);
	arena_rewind(k->arena, mark);
	return counts;
}

/* The folder of the history, which knows what its files betray together. */
static const struct folder *history_of(struct kinds *k, struct folder *f)
{
	struct folder *root = f;
	int score[DIALECT_COUNT] = { 0 };
	struct paths paths = { 0 };

	while (root->up && !str_eq(root->path, f->root))
		root = root->up;
	if (root->spoken_known || !k->tree)
		return root;
	root->spoken_known = true;
	snapshot_list(k->tree, k->arena, str_dup(k->arena, root->path), f->deep,
		      &paths);
	for (size_t i = 0, n = 0;
	     i < paths.count && n < SPOKEN_MAX && !dialect_is_clear(score); i++)
		n += weigh_file(k, paths.item[i], score);
	root->spoken = dialect_of_weights(score);
	root->clear = dialect_is_clear(score);
	return root;
}

/* The files of one history are for one database. Few words of a small one
 * betray which, those of all of them do; the text itself is asked where they
 * leave doubt. */
static enum dialect dialect_of_words(struct kinds *k, struct folder *f,
				     struct str text)
{
	const struct folder *history = history_of(k, f);
	int score[DIALECT_COUNT] = { 0 };

	if (history->clear)
		return history->spoken;
	dialect_weigh(text, score);
	return history->spoken != DIALECT_UNKNOWN && !dialect_is_clear(score)
		       ? history->spoken
		       : dialect_of_weights(score);
}

enum dialect kind_dialect(struct kinds *k, const struct framework *fw,
			  struct folder *f, struct str name, struct str text)
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
		       : history_of(k, f)->spoken;
}
