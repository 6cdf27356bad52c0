#ifndef READ_CALLS_LIST_H
#define READ_CALLS_LIST_H

#include "calls_value.h"

/*
 * Values that are a list or a map after all, for calls_value.c: what a call
 * or an expression takes of one without changing its elements. Those that
 * take a value set *v to the list or map where they are true, and else leave
 * it alone.
 */

/* array(…), list(…), List.of(…): the list of its arguments. */
bool code_is_list_call(const struct code *c, uint32_t call);

/* set([…]), tuple(names): the list that is its first argument. */
bool code_is_made_of(const struct code *c, uint32_t call);

/* list.select { … }.sort, collect([…])->filter(…)->all() */
bool code_is_sifted(const struct code *c, struct code_value *v);

/* [… for … in list], whatever is made of the elements */
bool code_is_generated(const struct code *c, const struct code_value *v);

/* [x for x in list if …] */
bool code_is_picked(const struct code *c, struct code_value *v);

/* [*list], [...list] */
bool code_is_spread(const struct code *c, struct code_value *v);

/* array_keys($map), Object.values(map), Object.entries(map): a call. */
bool code_is_part_of_map(const struct code *c, struct code_value *v);

/* The call that a loop goes through: pairs.items(), Object.entries(pairs). */
bool code_is_of_map(const struct code *c, struct code_value *v);

#endif
