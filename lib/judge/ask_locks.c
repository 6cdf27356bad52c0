/* Predicates on transactions, locks and what else a statement costs while it
 * runs. */
#include "ask.h"
#include "compiler.h"
#include "effect.h"

bool ask_in_transaction(const struct question *q)
{
	if (q->form->flags & FORM_IN_TRANSACTION)
		return true;
	return q->framework && !q->no_transaction &&
	       q->framework->transaction == TRANSACTION_FILE;
}

bool ask_never_committed(const struct question *q)
{
	if (!q->script || q->effect->kind != EFFECT_BEGIN)
		return false;
	return script_next(q->script, EFFECT_COMMIT, q->at + 1) >=
	       q->script->count;
}

bool ask_new_name_is_backup(const struct question *q)
{
	static const struct str words[] = {
		STR_INIT("_backup"),  STR_INIT("_deprecated"),
		STR_INIT("_old"),     STR_INIT("_legacy"),
		STR_INIT("_archive"), STR_INIT("_archived"),
		STR_INIT("_bak"),     STR_INIT("_bkp"),
	};
	const struct str old =
		plain_last_part(q->column.len ? q->column : q->table);
	struct str tail = plain_last_part(q->new_name);

	if (!str_istarts(tail, old) || !old.len)
		return false;
	tail = str_slice(tail, old.len, tail.len);
	/* a date or a number may follow: users_backup_20260101 */
	while (tail.len && (is_digit(tail.ptr[tail.len - 1]) ||
			    (tail.ptr[tail.len - 1] == '_' && tail.len > 1)))
		tail.len--;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(tail, words[i]))
			return true;
	return false;
}

/* Functions whose value is the same for every row of one statement: adding a
 * column with such a default rewrites nothing (PostgreSQL 11 and later). */
static bool is_stable_function(struct str name)
{
	static const struct str stable[] = {
		STR_INIT("now"),
		STR_INIT("timezone"),
		STR_INIT("current_setting"),
		STR_INIT("to_timestamp"),
		STR_INIT("transaction_timestamp"),
		STR_INIT("date_trunc"),
		STR_INIT("statement_timestamp"),
		STR_INIT("coalesce"),
		STR_INIT("current_timestamp"),
		STR_INIT("localtimestamp"),
		STR_INIT("current_date"),
		STR_INIT("current_time"),
		STR_INIT("lower"),
		STR_INIT("upper"),
		STR_INIT("md5"),
		STR_INIT("concat"),
		STR_INIT("jsonb_build_object"),
		STR_INIT("json_build_object"),
		STR_INIT("jsonb_build_array"),
		STR_INIT("json_build_array"),
		STR_INIT("to_jsonb"),
		STR_INIT("array_fill"),
		STR_INIT("date_part"),
		STR_INIT("extract"),
		STR_INIT("make_interval"),
		STR_INIT("to_char"),
		STR_INIT("greatest"),
		STR_INIT("least"),
		STR_INIT("nullif"),
		STR_INIT("numeric"),
		STR_INIT("varchar"),
		STR_INIT("decimal"),
		STR_INIT("char"),
		STR_INIT("bit"),
		STR_INIT("interval"),
		STR_INIT("timestamp"),
		STR_INIT("timestamptz"),
		STR_INIT("time"),
		STR_INIT("vector"),
		STR_INIT("cast"),
		STR_INIT("replace"),
		STR_INIT("split_part"),
	};

	for (size_t i = 0; i < ARRAY_LEN(stable); i++)
		if (str_ieq(name, stable[i]))
			return true;
	return false;
}

bool ask_volatile_default(const struct question *q)
{
	const struct column_def d = column_def_of(
		q->effect ? q->effect->rest : (struct str){ "", 0 });
	const struct str s = d.default_text;

	for (size_t i = 1; i < s.len; i++) {
		size_t from = i;

		if (s.ptr[i] != '(')
			continue;
		while (from &&
		       (is_alpha(s.ptr[from - 1]) ||
			is_digit(s.ptr[from - 1]) || s.ptr[from - 1] == '_'))
			from--;
		if (from < i && !is_stable_function(str_slice(s, from, i)))
			return true;
	}
	return false;
}

bool ask_lock_timeout_set(const struct question *q)
{
	return q->script && script_sets(q->script, q->at, STR("lock_timeout"));
}

bool ask_statement_timeout_set(const struct question *q)
{
	return q->script &&
	       script_sets(q->script, q->at, STR("statement_timeout"));
}

/* PRAGMA foreign_keys = off, no, false or 0. */
static bool switches_foreign_keys_off(const struct effect *e)
{
	static const struct str offs[] = { STR_INIT("off"), STR_INIT("0"),
					   STR_INIT("no"), STR_INIT("false") };

	if (e->kind != EFFECT_SET || !str_istarts(e->rest, STR("foreign_keys")))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(offs); i++)
		if (str_iends(e->rest, offs[i]))
			return true;
	return false;
}

/* Off where it has an effect: outside the transactions of the file itself.
 * What the runner wraps around it depends on its driver. */
bool ask_foreign_keys_really_off(const struct question *q)
{
	bool inside = false, off = false;

	for (size_t i = 0; q->script && i < q->at; i++) {
		const struct effect *e = &q->script->item[i];

		if (e->kind == EFFECT_BEGIN)
			inside = true;
		else if (e->kind == EFFECT_COMMIT)
			inside = false;
		else if (e->kind == EFFECT_SET &&
			 str_istarts(e->rest, STR("foreign_keys")) && !inside)
			off = switches_foreign_keys_off(e);
	}
	return off;
}

/* SQLite enforces foreign keys only where the driver asks it to. */
bool ask_foreign_keys_enforced(const struct question *q)
{
	return !q->framework || q->framework->foreign_keys;
}

/* The runner has opened a transaction and the file has not ended it. */
bool ask_in_runners_transaction(const struct question *q)
{
	if (!q->framework || q->no_transaction ||
	    q->framework->transaction != TRANSACTION_FILE)
		return false;
	return !q->script || script_next(q->script, EFFECT_COMMIT, 0) >= q->at;
}
