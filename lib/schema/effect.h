#ifndef SCHEMA_EFFECT_H
#define SCHEMA_EFFECT_H

#include "plain.h"

/* What one plain statement does to the schema or its rows. */
enum effect_kind {
	EFFECT_OTHER,
	EFFECT_CREATE_TABLE,
	EFFECT_DROP_TABLE,
	EFFECT_RENAME_TABLE,
	EFFECT_EXCHANGE_TABLES, /* ClickHouse: two swap their names */
	EFFECT_ADD_COLUMN,
	EFFECT_DROP_COLUMN,
	EFFECT_RENAME_COLUMN,
	EFFECT_COLUMN_TYPE,
	EFFECT_SET_NOT_NULL,
	EFFECT_DROP_NOT_NULL,
	EFFECT_SET_DEFAULT,
	EFFECT_DROP_DEFAULT,
	EFFECT_ADD_CONSTRAINT,
	EFFECT_DROP_CONSTRAINT,
	EFFECT_VALIDATE_CONSTRAINT,
	EFFECT_RENAME_CONSTRAINT,
	EFFECT_ALTER_TABLE,   /* any other action */
	EFFECT_CREATE_OBJECT, /* index, view, type, function … */
	EFFECT_DROP_OBJECT,
	EFFECT_RENAME_OBJECT,
	EFFECT_ADD_LABEL, /* of an enum */
	EFFECT_RENAME_LABEL,
	EFFECT_INSERT,
	EFFECT_UPDATE,
	EFFECT_DELETE, /* with or without WHERE */
	EFFECT_TRUNCATE,
	EFFECT_BEGIN,
	EFFECT_COMMIT,
	EFFECT_SET, /* SET x = y, PRAGMA x = y */
	EFFECT_LOCK,
	EFFECT_MAINTAIN, /* REINDEX, VACUUM, CLUSTER, REFRESH, COMMENT ON */
	EFFECT_DYNAMIC,	 /* the last */
};

enum { EFFECT_KINDS = EFFECT_DYNAMIC + 1 };

/*
 * Names are folded (plain_fold); texts are parts of the plain form. What a
 * kind does not have stays empty.
 */
struct effect {
	enum effect_kind kind;
	struct str object; /* "INDEX", "VIEW", … as the form spells it */
	struct str table;
	struct str name;     /* of the column, constraint, index, object */
	struct str new_name; /* of a rename */
	struct str rest;     /* the definition behind the name */
	bool exists;	     /* IF EXISTS or IF NOT EXISTS */
	bool temporary;
	bool cascade;
	bool replace; /* CREATE OR REPLACE, REPLACE INTO */
	bool concurrently;
	bool unique;	/* a unique index */
	unsigned flags; /* of the form */
};

/* One form's effect; names in `a`. It never fails: EFFECT_OTHER. */
struct effect effect_of(const struct form *form, enum dialect d,
			struct arena *a);

/* The assignments of an UPDATE, from behind SET: without WHERE, FROM and what
 * follows. */
struct str effect_assignments(struct str rest);

/* Is what stands behind USING only a cast of the column itself? True where
 * there is no USING. Any other expression makes new values. */
bool effect_only_casts(struct str rest, struct str column);

/* The new type, from the text behind TYPE: without USING and COLLATE. */
struct str effect_new_type(struct str rest);

/* The type that the author says the column had (`WAS`, docs/plain-form.md);
 * empty where nothing is said. */
struct str effect_old_type(struct str rest);

/* The columns that an UPDATE sets, folded, from the text behind SET. */
void effect_assigned(struct words_list *out, struct str assignments,
		     enum dialect d, struct arena *a);

/* Does the list of assignments of an UPDATE (behind SET) set this column? */
bool effect_sets_column(struct str assignments, struct str column,
			enum dialect d, struct arena *a);

/* The definition of one column, from the text behind its name. */
struct column_def {
	struct str type; /* as in the form */
	bool not_null;
	bool null; /* says NULL */
	bool has_default;
	struct str default_text;
	bool primary_key;
	bool unique;
	bool check;
	bool references;
	struct str references_text; /* the table and what follows */
	bool generated_stored;
	bool generated;
	bool identity;
};

struct column_def column_def_of(struct str text);

#endif
