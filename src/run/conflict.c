#include "conflict.h"

#include <stdint.h>

void find_conflict(struct reading *r, struct str text)
{
	const size_t at = str_find(text, STR("<<<<<<< "));

	if (at == SIZE_MAX || (at && text.ptr[at - 1] != '\n') ||
	    str_find(text, STR("\n>>>>>>> ")) == SIZE_MAX)
		return;
	vec_push(&r->gaps, r->arena,
		 (struct gap){ { (uint32_t)at, 7 },
			       "it holds the conflict markers of a merge" });
}
