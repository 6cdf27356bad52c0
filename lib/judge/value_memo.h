#ifndef JUDGE_VALUE_MEMO_H
#define JUDGE_VALUE_MEMO_H

#include "map.h"
#include "matcher.h"
#include "rule_index.h"

/*
 * A file of settings has thousands of keys and few kinds of values: `text`,
 * `true`, `url (https://)`. Which regexes a value rules out, whatever its key,
 * is found out once for each that is seen often.
 */
struct value_memo {
	struct arena *arena;
	struct map values;
};

/* The regexes of the index that are worth a try on the setting, as bits by
 * their numbers; those from RULE_INDEX_VALUES on always are. */
uint64_t value_memo_try(struct value_memo *memo, struct matcher *m,
			const struct rule_index *x, struct str setting);

#endif
