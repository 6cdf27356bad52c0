/* Predicates on which tables a file locks. */
#include "lock_history.h"

#include "ask.h"
#include "effect.h"

/* Does the effect take a lock on a table that was there before? */
static bool effect_locks(const struct question *q, const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_DROP_TABLE:
	case EFFECT_TRUNCATE:
	case EFFECT_LOCK:
	case EFFECT_RENAME_TABLE:
	case EFFECT_ADD_COLUMN:
	case EFFECT_DROP_COLUMN:
	case EFFECT_RENAME_COLUMN:
	case EFFECT_COLUMN_TYPE:
	case EFFECT_SET_NOT_NULL:
	case EFFECT_DROP_NOT_NULL:
	case EFFECT_SET_DEFAULT:
	case EFFECT_DROP_DEFAULT:
	case EFFECT_ADD_CONSTRAINT:
	case EFFECT_DROP_CONSTRAINT:
	case EFFECT_VALIDATE_CONSTRAINT:
	case EFFECT_RENAME_CONSTRAINT:
	case EFFECT_ALTER_TABLE: return !question_made_here(q, e->table);
	case EFFECT_CREATE_OBJECT:
		return e->table.len && !question_made_here(q, e->table);
	case EFFECT_MAINTAIN: return true;
	case EFFECT_DROP_OBJECT:
		return str_eq(e->object, STR("INDEX")) ||
		       (e->table.len && !question_made_here(q, e->table));
	case EFFECT_OTHER:
	case EFFECT_CREATE_TABLE:
	case EFFECT_EXCHANGE_TABLES:
	case EFFECT_RENAME_OBJECT:
	case EFFECT_ADD_LABEL:
	case EFFECT_RENAME_LABEL:
	case EFFECT_INSERT:
	case EFFECT_UPDATE:
	case EFFECT_DELETE:
	case EFFECT_BEGIN:
	case EFFECT_COMMIT:
	case EFFECT_SET:
	case EFFECT_DYNAMIC: return false;
	}
	return false;
}

void lock_history_add(struct lock_history *h, const struct question *q)
{
	const struct effect *e = q->effect;

	if (e->kind == EFFECT_BEGIN || e->kind == EFFECT_COMMIT)
		h->table.len = 0;
	if (!effect_locks(q, e))
		return;
	h->any = true;
	if (!e->table.len)
		return;
	h->several |= h->table.len && !str_eq(e->table, h->table);
	h->table = e->table;
}

bool ask_locks_existing_table(const struct question *q)
{
	return q->script && effect_locks(q, q->effect);
}

bool ask_locked_before(const struct question *q)
{
	return q->locks && q->locks->any;
}

/* An earlier statement of the same transaction has locked another old table,
 * and this is the first one that locks a second. */
bool ask_several_tables_locked(const struct question *q)
{
	const struct lock_history *h = q->locks;

	return h && !h->several && h->table.len && q->effect->table.len &&
	       !str_eq(h->table, q->effect->table) && ask_in_transaction(q) &&
	       effect_locks(q, q->effect);
}

/* UPDATE t SET a = … WHERE a IS NULL, before the file rebuilds t. */
static bool fills_rebuilt_table(const struct question *q,
				const struct effect *e)
{
	if (e->kind != EFFECT_UPDATE ||
	    str_ifind(e->rest, STR(" IS NULL")) >= e->rest.len)
		return false;
	script_each(q->script, EFFECT_DROP_TABLE, i, 0, q->script->count)
		if (str_eq(q->script->item[i].table, e->table) &&
		    script_replaces(q->script, i))
			return true;
	return false;
}

/* Everything the file changes is made by it, or rebuilt. */
bool ask_file_touches_only_new_tables(const struct question *q)
{
	for (size_t i = 0; q->script && i < q->script->count; i++) {
		const struct effect *e = &q->script->item[i];
		const bool rows = e->kind == EFFECT_INSERT ||
				  e->kind == EFFECT_UPDATE ||
				  e->kind == EFFECT_DELETE;

		if (!effect_locks(q, e) && !rows)
			continue;
		if (script_creates_table(q->script, 0, e->table) <
		    q->script->count)
			continue;
		if ((e->kind == EFFECT_DROP_TABLE &&
		     script_replaces(q->script, i)) ||
		    fills_rebuilt_table(q, e))
			continue;
		if (e->kind == EFFECT_CREATE_OBJECT ||
		    (e->kind == EFFECT_DROP_OBJECT &&
		     str_eq(e->object, STR("INDEX"))))
			continue;
		return false;
	}
	return q->script != NULL;
}
