#ifndef TESTS_REPLAY_H
#define TESTS_REPLAY_H

#include "arena.h"
#include "read.h"
#include "script.h"

/* The effects of an SQL text, statement by statement. */
static inline struct script script_of(const char *sql, enum dialect d,
				      struct arena *a)
{
	struct reading *r = arena_new(a, struct reading);
	const struct source src = { .path = "a.sql", .text = str_of(sql) };
	const struct read_options opt = { .dialect = d };

	r->arena = a;
	read_sql(r, &src, (struct span){ 0, (uint32_t)src.text.len }, &opt, 0);
	struct effect *e = arena_array(a, struct effect, r->forms.count + 1);

	for (size_t i = 0; i < r->forms.count; i++)
		e[i] = effect_of(&r->forms.item[i], d, a);
	return script_of_effects(e, r->forms.count, d, a);
}

/* One more change of the history: all statements of the text. */
static inline void replay(struct catalog *c, const char *sql)
{
	const struct script s = script_of(sql, c->dialect, c->arena);

	catalog_next_change(c);
	for (size_t i = 0; i < s.count; i++)
		catalog_apply(c, &s.item[i]);
}

#endif
