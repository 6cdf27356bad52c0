#include <assert.h>
#include <stdint.h>

#include "docker.h"

/* Any bytes as a Dockerfile: instructions lie in the text, one behind the
 * other, in a stage that is there; the last stage is used. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct reading r = { .arena = &a };
	const struct source src = { .path = "Dockerfile",
				    .text = { (const char *)data, size } };
	struct docker d;
	uint32_t end = 0;

	docker_read(&d, &r, &src);
	vec_each(const struct docker_instruction, in, &d.instructions) {
		size_t count;

		assert(in->whole.off >= end);
		end = span_end(in->whole);
		assert(end <= size && span_holds(in->whole, in->span));
		assert(!d.stages.count || in->stage < d.stages.count);
		docker_words(&a, in, &count);
		const struct docker_variables vars = docker_env(&a, in);

		vec_each(const struct docker_variable, v, &vars)
			assert(span_end(v->key_span) <= size);
	}
	if (d.stages.count)
		assert(vec_last(&d.stages)->used);
	arena_free(&a);
	return 0;
}
