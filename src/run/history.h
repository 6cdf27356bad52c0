#ifndef RUN_HISTORY_H
#define RUN_HISTORY_H

#include "change.h"
#include "form.h"
#include "judge.h"
#include "kind.h"
#include "siblings.h"

/*
 * The rules about the history of migrations: what a change does to those that
 * others have run, and where it puts new ones. Everything here compares with
 * the trees of struct changes, and says nothing where they do not tell enough.
 */

typedef void history_reader(struct reading *out, const struct source *src,
			    const struct kind *kind);

/* A folder of migrations, as it will be and as it was. Kept from one
 * migration to the next, since most changes touch one folder. */
struct shelf {
	struct str dir;
	struct str end; /* of the names that were asked for */
	bool by_folder;
	bool listed;
	struct siblings now;
	struct siblings before;
};

struct history {
	const struct changes *changes;
	struct kinds *kinds;
	history_reader *read;
	struct arena *arena; /* of the findings */
	bool asked;	     /* for the two below */
	bool known;	     /* `released` is */
	struct snapshot released;
	struct shelf shelf;
};

/* One migration of the change, read. */
struct migration {
	const struct change *change;
	const struct kind *kind;
	const struct source *source;
	const struct reading *now;
};

/* What the history says of one migration of the change; NULL for nothing. */
const struct file_facts *history_facts(struct history *h,
				       const struct migration *m,
				       struct arena *scratch);

/* Tells the judge of released migrations that are gone. */
void history_gone(struct history *h, struct judge *j, struct arena *scratch);

/* For the files of this room that find the facts. */

/* The tree that databases have run; NULL where nobody knows. */
const struct snapshot *history_released(struct history *h);

/* The folder of the migration; `now` and `before` without its own path are
 * its neighbours. */
const struct shelf *history_shelf(struct history *h, const struct migration *m);

/* Whether a file of a tree is a forward migration of the same history. */
bool history_same(struct history *h, const struct migration *m,
		  const struct snapshot *tree, const char *path,
		  struct arena *scratch);

/* Renamed so that a runner takes it for another migration. */
bool history_renumbers(const struct change *c, const struct framework *f);

/* One more fact with up to three captures, values copied. */
void history_add(struct history *h, struct file_facts *facts, const char *rule,
		 const char *const *names, const struct str *values);

/* Adds missing-rollback where the migration lacks what its folder has. */
void find_missing_rollback(struct history *h, const struct migration *m,
			   struct file_facts *facts, struct arena *scratch);

/* Adds migration-order and migration-duplicate. */
void find_misplaced(struct history *h, const struct migration *m,
		    struct file_facts *facts, struct arena *scratch);

#endif
