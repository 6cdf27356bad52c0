#include <assert.h>
#include <stdint.h>

#include "compiler.h"
#include "settings_tree.h"

/*
 * Any bytes as a schema.prisma, beside a production environment that names a
 * server: every form is of a datasource, one line, and lies in the text.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct memory_file files[] = {
		{ .path = "prisma/schema.prisma",
		  .text = { (const char *)data, size } },
		{ .path = ".env.production",
		  .text = STR_INIT("DATABASE_URL=postgres://u@h/d\n") },
	};
	struct settings_case c;

	assert(settings_case_read(&c, files, ARRAY_LEN(files), NULL));
	vec_each(const struct form, f, &c.reading.forms) {
		assert(f->kind == FORM_SETTING);
		assert(span_end(f->span) <= size && span_end(f->whole) <= size);
		assert(str_find_byte(f->text, '\n') == SIZE_MAX);
		assert(str_find(f->text, STR(" = ")) != SIZE_MAX);
	}
	vec_each(const struct comment, m, &c.reading.comments)
		assert(span_end(m->span) <= size);
	arena_free(&c.arena);
	return 0;
}
