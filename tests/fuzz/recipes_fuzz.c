#include <assert.h>
#include <stdint.h>

#include "compiler.h"
#include "recipes.h"

/* Any bytes as a Makefile, a justfile and a Procfile: every recipe has a name
 * and lies in the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const readers[])(struct recipes *, struct reading *,
				       const struct source *) = {
		read_makefile, read_justfile, read_procfile, read_envoy
	};

	for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
		struct arena a = { 0 };
		struct reading r = { .arena = &a };
		const struct source src = {
			.path = "x", .text = { (const char *)data, size }
		};
		struct recipes all;

		readers[i](&all, &r, &src);
		vec_each(const struct recipe, one, &all) {
			assert(one->name.len);
			assert(span_end(one->span) <= size);
		}
		arena_free(&a);
	}
	return 0;
}
