#include "script.h"

#include "compiler.h"

struct script script_of_effects(const struct effect *item, size_t count,
				enum dialect d, struct arena *a)
{
	struct script s = { item, count, d, a, { { 0 } } };

	for (size_t i = 0; i < count; i++)
		vec_push(&s.of_kind[item[i].kind], a, (uint32_t)i);
	return s;
}

size_t script_first(const struct script *s, enum effect_kind kind, size_t from)
{
	const struct places *p = &s->of_kind[kind];
	size_t low = 0, high = p->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (p->item[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t script_next(const struct script *s, enum effect_kind kind, size_t from)
{
	const struct places *p = &s->of_kind[kind];
	const size_t n = script_first(s, kind, from);

	return n < p->count ? p->item[n] : s->count;
}

size_t script_creates_table(const struct script *s, size_t from,
			    struct str table)
{
	script_each(s, EFFECT_CREATE_TABLE, i, from, s->count)
		if (str_eq(s->item[i].table, table))
			return i;
	return s->count;
}

/* The next statement that may put rows into a table. */
static size_t next_filling(const struct script *s, size_t from)
{
	const size_t insert = script_next(s, EFFECT_INSERT, from);
	const size_t create = script_next(s, EFFECT_CREATE_TABLE, from);

	return insert < create ? insert : create;
}

/* Does it put rows of `from` into `into`? INSERT INTO … SELECT … FROM, CREATE
 * TABLE … AS SELECT … FROM. */
static bool is_copy(const struct effect *e, struct str into, struct str from)
{
	return str_eq(e->table, into) && !str_eq(into, from) &&
	       str_ifind(e->rest, STR("SELECT ")) < e->rest.len &&
	       plain_mentions(e->rest, plain_last_part(from));
}

/* Where that is done, at or after `start` and before `end`. */
static size_t find_copy(const struct script *s, size_t start, size_t end,
			struct str into, struct str from)
{
	for (size_t i = next_filling(s, start); i < end && i < s->count;
	     i = next_filling(s, i + 1))
		if (is_copy(&s->item[i], into, from))
			return i;
	return s->count;
}

/* Behind the next of these words outside parentheses; false where there is
 * none. */
static bool step_behind(struct plain *p, const char *word)
{
	while (p->at < p->s.len) {
		if (plain_accept(p, word))
			return true;
		plain_step(p);
	}
	return false;
}

/* Does nothing behind the name in FROM leave rows out? A JOIN may, unless it
 * is an outer one. */
static bool keeps_all_rows(struct plain p)
{
	static const char *const words[] = { "WHERE",	   "LIMIT",
					     "FETCH",	   "HAVING",
					     "GROUP",	   "WITH NO DATA",
					     "TABLESAMPLE" };

	while (p.at < p.s.len) {
		for (size_t i = 0; i < ARRAY_LEN(words); i++)
			if (plain_is(&p, words[i]))
				return false;
		if (plain_accept(&p, "LEFT") || plain_accept(&p, "FULL")) {
			plain_accept(&p, "OUTER");
			plain_accept(&p, "JOIN");
		} else if (plain_is(&p, "JOIN")) {
			return false;
		} else {
			plain_step(&p);
		}
	}
	return true;
}

/* Does the SELECT of an INSERT or a CREATE TABLE take every row of the table?
 * What it takes from a query inside is not followed: that the table is named
 * there has to do. */
static bool selects_all(const struct script *s, struct str rest,
			struct str table)
{
	struct plain p = { rest, 0 };

	if (plain_accept(&p, "WITH"))
		return plain_mentions(rest, plain_last_part(table));
	if (!step_behind(&p, "SELECT") || plain_is(&p, "TOP") ||
	    plain_is(&p, "DISTINCT") || !step_behind(&p, "FROM"))
		return false;
	if (p.at < p.s.len && p.s.ptr[p.at] == '(')
		return plain_mentions(plain_parens(&p),
				      plain_last_part(table)) &&
		       keeps_all_rows(p);
	plain_accept(&p, "ONLY");
	const struct str from =
		plain_fold(plain_name(&p), s->dialect, s->arena);

	return (str_eq(from, table) ||
		str_eq(plain_last_part(from), plain_last_part(table))) &&
	       keeps_all_rows(p);
}

/* The same where all rows are copied: by one SELECT without a condition, or by
 * several that share them out. */
static size_t find_whole_copy(const struct script *s, size_t start, size_t end,
			      struct str into, struct str from)
{
	size_t parts = 0, first = s->count;

	for (size_t i = start; i < end; i++) {
		i = find_copy(s, i, end, into, from);
		if (i == s->count)
			break;
		if (selects_all(s, s->item[i].rest, from))
			return i;
		first = parts++ ? first : i;
	}
	return parts > 1 ? first : s->count;
}

/* Either of the two: some rows, or all of them. */
typedef size_t find_copy_fn(const struct script *s, size_t start, size_t end,
			    struct str into, struct str from);

static size_t find_rename(const struct script *s, size_t start, size_t end,
			  struct str from, struct str to)
{
	script_each(s, EFFECT_RENAME_TABLE, i, start, end) {
		const struct effect *e = &s->item[i];

		if ((!from.len || str_eq(e->table, from)) &&
		    (!to.len || str_eq(e->new_name, to)))
			return i;
	}
	return s->count;
}

/* CREATE n; INSERT INTO n SELECT … FROM t; DROP t; RENAME n TO t. */
static size_t copy_of_swap(const struct script *s, size_t at,
			   find_copy_fn *find)
{
	const struct str t = s->item[at].table;
	const size_t renamed =
		find_rename(s, at + 1, s->count, (struct str){ "", 0 }, t);

	if (renamed == s->count)
		return s->count;
	const struct str n = s->item[renamed].table;

	if (script_creates_table(s, 0, n) > at)
		return s->count;
	return find(s, 0, at, n, t);
}

/* RENAME x TO t; CREATE x; INSERT INTO x SELECT … FROM t; DROP t. */
static size_t copy_of_rename_away(const struct script *s, size_t at,
				  find_copy_fn *find)
{
	const struct str t = s->item[at].table;
	const size_t renamed = find_rename(s, 0, at, (struct str){ "", 0 }, t);

	if (renamed == s->count)
		return s->count;
	const struct str x = s->item[renamed].table;
	const size_t made = script_creates_table(s, renamed, x);

	return made < at ? find(s, made, at, x, t) : s->count;
}

/* Where a table was given the name `x` before `at`: RENAME t TO x. */
static size_t renamed_to(const struct script *s, size_t at, struct str x)
{
	return find_rename(s, 0, at, (struct str){ "", 0 }, x);
}

/* CREATE n; RENAME t TO x; RENAME n TO t; DROP x, with the rows copied from t
 * to n before, or from x to t after. */
static size_t copy_of_exchange(const struct script *s, size_t at,
			       find_copy_fn *find)
{
	const struct str x = s->item[at].table;
	const size_t away = renamed_to(s, at, x);

	if (away == s->count)
		return s->count;
	const struct str t = s->item[away].table;
	const size_t taken = renamed_to(s, at, t);

	if (taken == s->count)
		return s->count;
	const struct str n = s->item[taken].table;

	if (script_creates_table(s, 0, n) > taken)
		return s->count;
	const size_t before = find(s, 0, away, n, t);

	return before < s->count ? before : find(s, taken, at, t, x);
}

/* CREATE b; INSERT INTO b SELECT … FROM a; EXCHANGE TABLES a AND b; DROP b. */
static size_t copy_of_swapped_names(const struct script *s, size_t at,
				    find_copy_fn *find)
{
	const struct str b = s->item[at].table;

	script_each(s, EFFECT_EXCHANGE_TABLES, i, 0, at) {
		const struct effect *e = &s->item[i];

		if (str_eq(e->new_name, b))
			return find(s, 0, i, b, e->table);
		if (str_eq(e->table, b))
			return find(s, 0, i, b, e->new_name);
	}
	return s->count;
}

/* CREATE b AS SELECT … FROM t; DROP t; CREATE t; INSERT INTO t SELECT … FROM
 * b. A table that is only emptied has not to be made again. */
static size_t copy_of_put_back(const struct script *s, size_t at)
{
	const struct str t = s->item[at].table;
	const size_t made = s->item[at].kind == EFFECT_DROP_TABLE
				    ? script_creates_table(s, at + 1, t)
				    : at + 1;

	script_each(s, EFFECT_INSERT, i, made, s->count) {
		const struct effect *e = &s->item[i];

		if (!str_eq(e->table, t) ||
		    str_ifind(e->rest, STR("SELECT ")) >= e->rest.len)
			continue;
		script_each(s, EFFECT_CREATE_TABLE, n, 0, at) {
			const struct str b = s->item[n].table;

			if (plain_mentions(e->rest, plain_last_part(b)) &&
			    find_whole_copy(s, 0, at, b, t) < s->count)
				return find_whole_copy(s, 0, at, b, t);
		}
	}
	return s->count;
}

/* The statement that saves the rows of the table dropped at `at`. */
static size_t rebuild_copy(const struct script *s, size_t at,
			   find_copy_fn *find)
{
	size_t copy;

	if (at >= s->count || s->item[at].kind != EFFECT_DROP_TABLE)
		return s->count;
	copy = copy_of_swap(s, at, find);
	if (copy == s->count)
		copy = copy_of_rename_away(s, at, find);
	if (copy == s->count)
		copy = copy_of_exchange(s, at, find);
	return copy < s->count ? copy : copy_of_swapped_names(s, at, find);
}

bool script_puts_back(const struct script *s, size_t at)
{
	if (at >= s->count || (s->item[at].kind != EFFECT_DROP_TABLE &&
			       s->item[at].kind != EFFECT_DELETE &&
			       s->item[at].kind != EFFECT_TRUNCATE))
		return false;
	return copy_of_put_back(s, at) < s->count;
}

bool script_rebuilds(const struct script *s, size_t at)
{
	return rebuild_copy(s, at, find_whole_copy) < s->count;
}

bool script_replaces(const struct script *s, size_t at)
{
	return rebuild_copy(s, at, find_copy) < s->count;
}

size_t script_rebuild_copy(const struct script *s, size_t at)
{
	return rebuild_copy(s, at, find_copy);
}

struct str script_rebuild_select(const struct script *s, size_t at)
{
	const size_t copy = script_rebuild_copy(s, at);

	if (copy == s->count)
		return (struct str){ "", 0 };
	const struct str rest = s->item[copy].rest;
	const size_t select = str_ifind(rest, STR("SELECT "));

	return str_slice(rest, select, rest.len);
}

bool script_rename_of_rebuild(const struct script *s, size_t at)
{
	const struct effect *e = &s->item[at];

	if (e->kind != EFFECT_RENAME_TABLE)
		return false;
	/* n TO t, where t was renamed away before */
	const size_t away =
		find_rename(s, 0, at, e->new_name, (struct str){ "", 0 });
	const struct str aside =
		away < s->count ? s->item[away].new_name : e->new_name;

	script_each(s, EFFECT_DROP_TABLE, i, 0, s->count) {
		const struct str gone = s->item[i].table;

		if ((str_eq(gone, e->new_name) || str_eq(gone, e->table) ||
		     str_eq(gone, aside)) &&
		    script_replaces(s, i))
			return true;
	}
	return false;
}

bool script_copies_rows(const struct script *s, size_t at, struct str table)
{
	for (size_t i = next_filling(s, 0); i < at; i = next_filling(s, i + 1))
		if (s->item[i].table.len &&
		    is_copy(&s->item[i], s->item[i].table, table))
			return true;
	return false;
}

/* Is a table dropped whose rows the filling at `i` took, and that this file
 * has not made itself? */
static bool takes_over(const struct script *s, size_t i)
{
	script_each(s, EFFECT_DROP_TABLE, n, 0, s->count) {
		const struct str old = s->item[n].table;

		if (is_copy(&s->item[i], s->item[i].table, old) &&
		    script_creates_table(s, 0, old) > i)
			return true;
	}
	return false;
}

bool script_holds_rows(const struct script *s, size_t at, struct str table)
{
	const size_t renamed =
		find_rename(s, 0, at, (struct str){ "", 0 }, table);
	const struct str before =
		renamed < s->count ? s->item[renamed].table : table;

	for (size_t i = next_filling(s, 0); i < at; i = next_filling(s, i + 1))
		if ((str_eq(s->item[i].table, table) ||
		     str_eq(s->item[i].table, before)) &&
		    takes_over(s, i))
			return true;
	return false;
}

bool script_made_if_absent(const struct script *s, size_t at, struct str table,
			   struct str column)
{
	const enum effect_kind kind =
		column.len ? EFFECT_ADD_COLUMN : EFFECT_CREATE_TABLE;

	script_each(s, kind, i, 0, at) {
		const struct effect *e = &s->item[i];

		if (e->exists && str_eq(e->table, table) &&
		    (!column.len || str_eq(e->name, column)))
			return true;
	}
	return false;
}

bool script_copies_column(const struct script *s, size_t at, struct str table,
			  struct str column)
{
	const struct str bare = plain_last_part(table);

	script_each(s, EFFECT_UPDATE, i, 0, at) {
		const struct effect *e = &s->item[i];
		const bool here = str_eq(e->table, table);

		if ((here || plain_mentions(e->rest, bare)) &&
		    plain_mentions(e->rest, column) &&
		    !(here &&
		      effect_sets_column(str_slice(e->rest, 4, e->rest.len),
					 column, s->dialect, s->arena)))
			return true;
	}
	for (size_t i = next_filling(s, 0); i < at;
	     i = next_filling(s, i + 1)) {
		const struct effect *e = &s->item[i];

		if (!str_eq(e->table, table) && plain_mentions(e->rest, bare) &&
		    plain_mentions(e->rest, column) &&
		    str_ifind(e->rest, STR("SELECT ")) < e->rest.len)
			return true;
	}
	return false;
}

bool script_backfills(const struct script *s, size_t at, struct str table,
		      struct str column)
{
	script_each(s, EFFECT_UPDATE, i, 0, at) {
		const struct effect *e = &s->item[i];

		if (str_eq(e->table, table) &&
		    effect_sets_column(str_slice(e->rest, 4, e->rest.len),
				       column, s->dialect, s->arena))
			return true;
	}
	return false;
}

size_t script_count(const struct script *s, enum effect_kind kind,
		    struct str table)
{
	size_t n = 0;

	script_each(s, kind, i, 0, s->count)
		n += str_eq(s->item[i].table, table);
	return n;
}

bool script_has(const struct script *s, size_t from, enum effect_kind kind,
		struct str table, struct str name)
{
	script_each(s, kind, i, from, s->count)
		if (str_eq(s->item[i].table, table) &&
		    str_eq(s->item[i].name, name))
			return true;
	return false;
}

bool script_creates_object(const struct script *s, size_t from, struct str kind,
			   struct str name)
{
	script_each(s, EFFECT_CREATE_OBJECT, i, from, s->count)
		if (str_eq(s->item[i].object, kind) &&
		    str_eq(s->item[i].name, name))
			return true;
	return false;
}

bool script_sets(const struct script *s, size_t at, struct str setting)
{
	script_each(s, EFFECT_SET, i, 0, at < s->count ? at : s->count) {
		struct plain p = { s->item[i].rest, 0 };

		if (!plain_accept(&p, "LOCAL"))
			plain_accept(&p, "SESSION");
		if (str_istarts(plain_rest(&p), setting))
			return true;
	}
	return false;
}
