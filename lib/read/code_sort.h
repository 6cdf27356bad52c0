#ifndef READ_CODE_SORT_H
#define READ_CODE_SORT_H

#include "code_order.h"
#include "form.h"

/* Puts statements into the order in which they run, `runs_at` of each, and
 * comments, blocks and gaps into that of the source; of two blocks that begin
 * together the longer first. */
void code_sort(struct reading *out, const struct code_when *runs_at);

#endif
