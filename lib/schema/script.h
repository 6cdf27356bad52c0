#ifndef SCHEMA_SCRIPT_H
#define SCHEMA_SCRIPT_H

#include <stdint.h>

#include "catalog.h"
#include "vec.h"

/*
 * The effects of one migration's forward statements in their order, and what
 * can be asked about the rest of the file from one of them. `at` is the place
 * in `item` of the statement that is asked about. Names are folded.
 */
struct script {
	const struct effect *item;
	size_t count;
	enum dialect dialect;
	struct arena *arena;
	/* the places of each kind of effect, ascending: a file of 100,000
	 * statements is asked about each of them */
	struct places VEC(uint32_t) of_kind[EFFECT_KINDS];
};

/* A script of these effects, which must live as long as it does, in `a`. */
struct script script_of_effects(const struct effect *item, size_t count,
				enum dialect d, struct arena *a);

/* The number, among the places of its kind, of the first effect at or after
 * place `from`; how many there are where there is none. */
size_t script_first(const struct script *s, enum effect_kind kind, size_t from);

/* The places `i` of all effects of a kind, at or after `from` and before
 * `to`. */
#define script_each(s, kind, i, from, to)                             \
	for (size_t i##_n = script_first((s), (kind), (from)), i = 0; \
	     i##_n < (s)->of_kind[kind].count &&                      \
	     (i = (s)->of_kind[kind].item[i##_n]) < (to);             \
	     i##_n++)

/* The first effect of that kind at or after place `from`; `count` where there
 * is none. */
size_t script_next(const struct script *s, enum effect_kind kind, size_t from);

/* Is a table of that name made at or after place `from`? The place, or
 * `count`. */
size_t script_creates_table(const struct script *s, size_t from,
			    struct str table);

/* Is the DROP TABLE at `at` half of a rebuild: all its rows go to a table that
 * takes (or had) its name? CREATE new; INSERT … SELECT; DROP; RENAME, or the
 * old one renamed away first. */
bool script_rebuilds(const struct script *s, size_t at);

/* The same where perhaps not all rows are taken along. */
bool script_replaces(const struct script *s, size_t at);

/* Are the rows of the table dropped at `at` set aside in another table first
 * and put into a new one of its name after it? */
bool script_puts_back(const struct script *s, size_t at);

/* The statement that copied the rows in that rebuild; `count` where none. */
size_t script_rebuild_copy(const struct script *s, size_t at);

/* The SELECT list that copied the rows in that rebuild; empty where none. */
struct str script_rebuild_select(const struct script *s, size_t at);

/* Is the RENAME at `at` a step of a rebuild? */
bool script_rename_of_rebuild(const struct script *s, size_t at);

/* Were rows of the table copied to another one before `at`? */
bool script_copies_rows(const struct script *s, size_t at, struct str table);

/* Are there rows in the table that this file made and filled before `at` which
 * were another one's that it drops: those of production, in a new place? */
bool script_holds_rows(const struct script *s, size_t at, struct str table);

/* Does the file add that column (or, without one, make that table) only IF NOT
 * EXISTS, before `at`: may it be older? */
bool script_made_if_absent(const struct script *s, size_t at, struct str table,
			   struct str column);

/* Was the column's value used to fill another one before `at`? */
bool script_copies_column(const struct script *s, size_t at, struct str table,
			  struct str column);

/* An UPDATE before `at` that sets the column. */
bool script_backfills(const struct script *s, size_t at, struct str table,
		      struct str column);

/* How many columns the file adds to (or drops from) the table. */
size_t script_count(const struct script *s, enum effect_kind kind,
		    struct str table);

/* Is there such an effect on that table and name, from place `from` on? */
bool script_has(const struct script *s, size_t from, enum effect_kind kind,
		struct str table, struct str name);

/* Is the object of that kind and name made at or after place `from`? */
bool script_creates_object(const struct script *s, size_t from, struct str kind,
			   struct str name);

/* SET of that setting before `at`. */
bool script_sets(const struct script *s, size_t at, struct str setting);

#endif
