#ifndef MATCH_PREDICATE_H
#define MATCH_PREDICATE_H

#include "str.h"

/*
 * What no regex on one plain form can say: questions about the rest of the
 * file, the history before it, or the table a statement touches. A rule names
 * them in `when`, `unless`, `level_when` and `also`; a lib/judge/ask_*.c
 * answers them, one function a row. To add one, add a row here and a function
 * there: the compiler tells what is missing.
 *
 * A predicate that cannot know answers false.
 */
#define PREDICATES(ROW)                                                            \
	/* objects */                                                              \
	ROW(table_created_here) /* {table} is temporary or made by this change */  \
	ROW(table_absent)	/* IF EXISTS, and no migration made it */          \
	ROW(object_absent)	/* … never made {name} */                        \
	ROW(table_emptied)	/* all rows were deleted earlier here */           \
	ROW(table_dropped_after) /* {table} is dropped below */                    \
	ROW(object_created_here) /* {name}: index, view, type … made here */     \
	ROW(object_recreated)	 /* the dropped {name} is made again below */      \
	ROW(consequence)	 /* it goes with what the statement drops */       \
	ROW(index_replaced)	 /* its columns have another one, made here */     \
	ROW(table_is_scratch)	 /* dropped, made and dropped again */             \
	ROW(table_made_for_other) /* dropped, made and renamed */                  \
	ROW(table_recreated) /* {table} is dropped, then made again below */       \
	ROW(table_rebuilt) /* half of CREATE new; INSERT…SELECT; DROP; RENAME */ \
	ROW(table_replaced) /* … where perhaps not all rows are taken along */   \
	ROW(rows_put_back) /* set aside before the drop, put back after it */      \
	ROW(rename_of_rebuild)	  /* the RENAME half of a rebuild */               \
	ROW(rebuild_loses_column) /* … that leaves a column behind */            \
	ROW(moved_before_drop)	  /* {table}'s rows were copied elsewhere */       \
	ROW(old_name_kept)	  /* a view called {table} follows */              \
	/* columns */                                                              \
	ROW(column_added_here)	   /* {column} was added by this change */         \
	ROW(column_added_nullable) /* that, and it may hold NULL */                \
	ROW(column_added_after) /* the same file adds a column to {table} */       \
	ROW(column_readded)	/* the same {column} is added again here */        \
	ROW(column_swapped)	/* that, or one dropped and one added */           \
	ROW(column_copied)	/* its values were copied before the drop */       \
	ROW(column_backfilled)	/* UPDATE … SET it, or DELETE … NULL */        \
	ROW(column_filled_here) /* new here, and no row lacks a value */           \
	ROW(column_empty_here)	/* new here, and every row lacks one */            \
	ROW(sets_only_added_columns) /* UPDATE of columns new here */              \
	ROW(default_set_after)	     /* {column} gets another DEFAULT below */     \
	ROW(column_not_null)	     /* replay: it cannot hold NULL already */     \
	ROW(column_nullable)	     /* replay: it can hold NULL already */        \
	ROW(implied_type_unknown) /* implied, and the old type is not known */     \
	ROW(implied_column_unknown) /* implied, of a column nobody knows */        \
	ROW(using_null)		  /* TYPE … USING NULL: no value is kept */      \
	ROW(type_unchanged)	  /* replay: the new type is the old one */        \
	ROW(type_change_lossless) /* replay: every old value fits the new */       \
	ROW(type_change_in_place) /* PostgreSQL changes it without rewrite */      \
	ROW(column_has_index)	  /* or a constraint names {column} */             \
	/* constraints, enums */                                                   \
	ROW(constraint_is_primary_key) /* or the form is DROP PRIMARY KEY */       \
	ROW(constraint_readded) /* dropped and added here; for either half */      \
	ROW(constraint_not_validated) /* added NOT VALID by this change */         \
	ROW(check_proves_not_null)    /* a validated CHECK (c IS NOT NULL) */      \
	ROW(constraint_redundant)     /* CHECK (c IS NOT NULL), c NOT NULL */      \
	ROW(enum_loses_value) /* the new {type} lacks a label of the old one */    \
	ROW(cascade_reaches_columns)                                               \
	ROW(referenced_with_cascade) /* a child has ON DELETE CASCADE */           \
	/* the statement itself */                                                 \
	ROW(in_transaction)	/* BEGIN … COMMIT, or the runner's own */        \
	ROW(never_committed)	/* BEGIN that no COMMIT follows */                 \
	ROW(new_name_is_backup) /* _backup, _deprecated, _old, _archive, _bak */   \
	ROW(volatile_default)	/* DEFAULT calls a volatile function */            \
	ROW(lock_timeout_set)                                                      \
	ROW(statement_timeout_set)                                                 \
	ROW(locks_existing_table)                                                  \
	ROW(locked_before)	    /* an earlier form here did so */              \
	ROW(several_tables_locked)  /* the second old table locked at once */      \
	ROW(foreign_keys_enforced)  /* SQLite: the driver asks for it */           \
	ROW(in_runners_transaction) /* not in one of the file's own */             \
	ROW(foreign_keys_really_off)                                               \
	ROW(file_touches_only_new_tables) /* made or rebuilt here */               \
	/* environment */                                                          \
	ROW(production)		 /* the setting holds in production */             \
	ROW(development)	 /* development, test or example */                \
	ROW(staging)		 /* a copy of production */                        \
	ROW(example)		 /* a file that shows what to set */               \
	ROW(environment_unknown) /* nothing says where it holds */                 \
	ROW(optional_setting)	 /* nothing asks for a value */                    \
	ROW(after_backup) /* a backup is taken before it, in the same file */      \
	ROW(test_run)	  /* it runs in a test */                                  \
	ROW(not_deployed) /* neither on deploy nor against production */           \
	ROW(durable)	  /* proof that the file of the database is kept */        \
	ROW(required_setting) /* it has to have a value */                         \
	ROW(guarded)	      /* the program asks first where it runs */           \
	/* the framework */                                                        \
	ROW(runner_checksums)  /* it refuses an edited migration */                \
	ROW(runner_skips_late) /* it silently skips a late lower version */

enum predicate {
#define ROW(name) PREDICATE_##name,
	PREDICATES(ROW)
#undef ROW
		PREDICATE_COUNT
};

const char *predicate_name(enum predicate p);

/* False, and `*out` untouched, where `name` is no predicate. */
bool predicate_from_name(enum predicate *out, struct str name);

#endif
