/* Does the copy of a rebuild take every row along? */
#include "ask.h"

static bool is_key(const struct constraint *k)
{
	return k->kind == CONSTRAINT_UNIQUE ||
	       k->kind == CONSTRAINT_PRIMARY_KEY;
}

static bool same_names(const struct words_list *a, const struct words_list *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (!words_list_has(b, a->item[i]))
			return false;
	return a->count == b->count;
}

static bool is_unique_index(const struct index_info *x, const struct table *t,
			    const struct words_list *columns,
			    const struct question *q)
{
	struct words_list names = { 0 };
	struct plain p = { 0 };

	if (!x || !x->unique || !str_eq(x->table, t->name))
		return false;
	p.s = x->text;
	while (p.at < p.s.len && p.s.ptr[p.at] != '(')
		plain_step(&p);
	plain_split(&names, plain_parens(&p), q->script->arena);
	return same_names(columns, &names);
}

/* Are there no two rows in `t` with the same values in these columns? */
static bool keeps_apart(const struct table *t, const struct words_list *columns,
			const struct question *q)
{
	const struct map *indexes = &q->catalog->indexes;

	vec_each(struct constraint, k, &t->constraints)
		if (is_key(k) && same_names(&k->columns, columns))
			return true;
	for (size_t i = 0; i < indexes->count; i++)
		if (is_unique_index(indexes->slot[i].value, t, columns, q))
			return true;
	return false;
}

/* INSERT OR IGNORE and REPLACE leave out rows that the new table would not
 * take twice, and of those only a key that is new can find any. */
static bool copy_skips_rows(const struct question *q)
{
	const size_t copy = script_rebuild_copy(q->script, q->at);
	const struct table *old = question_table(q), *new;

	if (copy >= q->script->count || !q->catalog)
		return false;
	const struct effect *e = &q->script->item[copy];

	if (!e->replace && !str_iends(e->rest, STR(" ON CONFLICT DO NOTHING")))
		return false;
	new = catalog_table(q->catalog, e->table);
	if (!new)
		return false;
	vec_each(struct constraint, k, &new->constraints) {
		const bool known = old && old->known;

		if (is_key(k) && (known || k->kind == CONSTRAINT_UNIQUE) &&
		    !(old && keeps_apart(old, &k->columns, q)))
			return true;
	}
	return false;
}

bool ask_table_rebuilt(const struct question *q)
{
	return q->script && script_rebuilds(q->script, q->at) &&
	       !copy_skips_rows(q);
}
