#ifndef SCHEMA_CATALOG_H
#define SCHEMA_CATALOG_H

#include "effect.h"
#include "map.h"

/*
 * The schema as the migrations so far have made it: a replay without a
 * database (docs/design.md, section 6). It is built from effects, one after the
 * other. It never fails: what it cannot follow it forgets, and a question about what
 * it does not know is answered "not known".
 *
 * Everything lives in the arena of the catalog. Names are folded.
 */

enum constraint_kind {
	CONSTRAINT_CHECK,
	CONSTRAINT_UNIQUE,
	CONSTRAINT_PRIMARY_KEY,
	CONSTRAINT_FOREIGN_KEY,
	CONSTRAINT_EXCLUDE,
	CONSTRAINT_OTHER,
};

struct column {
	struct str name;
	struct str type; /* as in the plain form */
	bool not_null;
	bool has_default;
	bool filled;	 /* every row got a value as it was added */
	bool backfilled; /* an UPDATE has set it since */
	unsigned change; /* the change that added it */
};

struct constraint {
	struct str name; /* made up as PostgreSQL does where none was given */
	enum constraint_kind kind;
	struct words_list columns;
	struct str refers; /* the table a foreign key points to */
	struct str text;
	bool cascades; /* ON DELETE CASCADE */
	bool validated;
	bool unsure; /* its name: versions make up different ones */
	unsigned change;
};

struct columns VEC(struct column);
struct constraints VEC(struct constraint);

struct table {
	struct str name;
	bool known; /* all its columns are known */
	bool temporary;
	unsigned emptied; /* the change that has deleted all rows; 0: none */
	unsigned change;
	struct columns columns;
	struct constraints constraints;
};

struct index_info {
	struct str name, table, text;
	bool unique;
	unsigned change;
};

struct type_info {
	struct str name;
	struct words_list labels; /* of an enum, with their quotes */
	bool is_enum;
	unsigned change;
};

struct object_info {
	struct str key; /* "VIEW name" */
	unsigned change;
};

struct catalog {
	struct arena *arena;
	enum dialect dialect;
	struct map tables;  /* struct table */
	struct map indexes; /* struct index_info */
	struct map types;   /* struct type_info */
	struct map objects; /* struct object_info, by kind and name */
	/* The change in work. What one change makes is new in production
	 * until the next begins; 0 is before all of them. */
	unsigned change;
	/* The replay began with the first migration and followed all since:
	 * what it does not have was never made. */
	bool complete;
	bool lost; /* there was something that it could not follow */
};

struct catalog *catalog_new(struct arena *a, enum dialect d);

/* Is a part of the name put together while the script runs: %I, {name}? */
bool name_is_computed(struct str name);

/* Something was there that the replay could not follow. */
void catalog_lose(struct catalog *c);

/* The next change begins: what there is now is in production. */
void catalog_next_change(struct catalog *c);

/* `e` must live as long as the catalog, with the text it points into. */
void catalog_apply(struct catalog *c, const struct effect *e);

struct table *catalog_table(const struct catalog *c, struct str name);
struct column *table_column(const struct table *t, struct str name);
struct constraint *table_constraint(const struct table *t, struct str name);
struct index_info *catalog_index(const struct catalog *c, struct str name);
struct type_info *catalog_type(const struct catalog *c, struct str name);

/* A view, function, trigger … of that kind and name. */
struct object_info *catalog_object(const struct catalog *c, struct str kind,
				   struct str name);

#endif
