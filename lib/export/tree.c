#include "tree.h"

#include <stdlib.h>

#include "arena.h"

static NORETURN void out_of_memory(void)
{
	fputs("holdfast: out of memory\n", stderr);
	exit(3);
}

void tree_append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) < 0)
		out_of_memory();
}

void tree_set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) < 0)
		out_of_memory();
}

json_t *tree_object(json_t *object, const char *key)
{
	json_t *member = json_object();

	tree_set(object, key, member);
	return member;
}

json_t *tree_array(json_t *object, const char *key)
{
	json_t *member = json_array();

	tree_set(object, key, member);
	return member;
}

void tree_text(json_t *object, const char *key, const char *text)
{
	tree_set(object, key, json_string(text));
}

void tree_number(json_t *object, const char *key, size_t number)
{
	tree_set(object, key, json_integer((json_int_t)number));
}

void tree_text_or_null(json_t *object, const char *key, const char *text)
{
	tree_set(object, key, text ? json_string(text) : json_null());
}

void tree_print(json_t *root, FILE *out)
{
	/* What cannot be written is seen in ferror(out), by its owner. */
	if (!root ||
	    (json_dumpf(root, out, JSON_INDENT(2)) < 0 && !ferror(out)))
		out_of_memory();
	fputc('\n', out);
	json_decref(root);
}

const char *tree_fingerprint(struct map *seen, const struct finding *f,
			     struct arena *a)
{
	const struct str key = str_of(f->fingerprint);
	unsigned *times = map_get(seen, key);

	if (!times) {
		times = arena_new(a, unsigned);
		map_put(seen, a, key, times);
	}
	if (++*times == 1)
		return f->fingerprint;
	return arena_format(a, "%s-%u", f->fingerprint, *times);
}
