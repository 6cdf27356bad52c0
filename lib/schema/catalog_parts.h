#ifndef SCHEMA_CATALOG_PARTS_H
#define SCHEMA_CATALOG_PARTS_H

#include "catalog.h"

/*
 * What the files of the catalog share: catalog.c dispatches and keeps indexes,
 * types and other objects, catalog_table.c tables and columns, and
 * catalog_constraint.c constraints. Nobody else includes this.
 */

/* `a`, `mid`, `b` and `end` as one string of the catalog. */
struct str catalog_joined(struct catalog *c, struct str a, const char *mid,
			  struct str b, const char *end);

void catalog_add_index(struct catalog *c, struct str name, struct str table,
		       struct str text, bool unique);

void table_create(struct catalog *c, const struct effect *e);
void table_drop(struct catalog *c, struct str name);

/* Two tables swap their names. */
void tables_exchange(struct catalog *c, const struct effect *e);

/* Whatever changes one table: its name, a column or a constraint. One that was
 * made before the replay began is there from now on. */
void table_alter(struct catalog *c, const struct effect *e);

/* Rows were written or deleted. */
void table_rows(struct catalog *c, const struct effect *e);

/* "PRIMARY KEY (a)", "FOREIGN KEY (a) REFERENCES t …", without the name, which
 * is empty where the database makes one up. */
void constraint_read(struct catalog *c, struct table *t, struct str name,
		     struct str text);

/* The constraint of that kind that a column's definition holds. */
void constraint_of_column(struct catalog *c, struct table *t, struct str column,
			  enum constraint_kind kind,
			  const struct column_def *d);

/* Without a name: the primary key. */
void constraint_drop(struct table *t, struct str name);

#endif
