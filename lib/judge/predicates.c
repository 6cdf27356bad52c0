/* The table of the predicates, and what they share. */
#include "ask.h"
#include "compiler.h"

const struct table *question_table(const struct question *q)
{
	return q->catalog ? catalog_table(q->catalog, q->table) : NULL;
}

const struct column *question_column(const struct question *q)
{
	return table_column(question_table(q), q->column);
}

bool question_is_new(const struct question *q, unsigned change)
{
	return change == q->catalog->change;
}

struct str question_object(const struct question *q)
{
	if (q->name.len)
		return q->name;
	return q->type.len ? q->type : q->effect->name;
}

bool question_made_here(const struct question *q, struct str name)
{
	/* two %I that nobody can tell are not one table */
	if (str_find_byte(name, '%') != SIZE_MAX)
		return false;
	const struct table *t = catalog_table(q->catalog, name);
	const struct object_info *view =
		catalog_object(q->catalog, STR("VIEW"), name);

	return (t && (t->temporary || question_is_new(q, t->change))) ||
	       (view && question_is_new(q, view->change));
}

bool predicate_holds(enum predicate p, const struct question *q)
{
	static bool (*const answers[])(const struct question *q) = {
#define ROW(name) [PREDICATE_##name] = ask_##name,
		PREDICATES(ROW)
#undef ROW
	};

	_Static_assert(ARRAY_LEN(answers) == PREDICATE_COUNT,
		       "every predicate has its answer");
	return answers[p](q);
}
