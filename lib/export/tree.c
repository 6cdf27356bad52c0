#include "tree.h"

#include <assert.h>
#include <stdlib.h>

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

struct tree_list tree_begin(json_t *root, const char *list, FILE *out)
{
	char *frame = json_dumps(root, JSON_INDENT(2));
	const size_t len = strlen(list);
	const char *at = frame;

	if (!frame)
		out_of_memory();
	json_decref(root);
	while ((at = strstr(at, list)) && strncmp(at + len, "\": []", 5) != 0)
		at += len;
	assert(at);
	at += len + sizeof("\": [") - 1;
	fwrite(frame, 1, (size_t)(at - frame), out);
	return (struct tree_list){ .out = out, .frame = frame, .rest = at };
}

/* Lines of an item stand four blanks further right than if it were alone. The
 * text comes in pieces of a few bytes. */
static int put_indented(const char *text, size_t len, void *payload)
{
	struct str rest = { text, len };
	struct strbuf *to = payload;

	while (rest.len) {
		const size_t end = str_find_byte(rest, '\n');
		const struct str line =
			str_slice(rest, 0, end == SIZE_MAX ? end : end + 1);

		strbuf_add(to, line);
		if (end != SIZE_MAX)
			strbuf_add(to, STR("    "));
		rest = str_slice(rest, line.len, rest.len);
	}
	return 0;
}

void tree_item(struct tree_list *l, json_t *item)
{
	struct strbuf *text = &l->text;

	text->arena = &l->arena;
	text->len = 0;
	strbuf_puts(text, l->any ? ",\n    " : "\n    ");
	l->any = true;
	if (!item ||
	    json_dump_callback(item, put_indented, text, JSON_INDENT(2)) < 0)
		out_of_memory();
	json_decref(item);
	fwrite(text->ptr, 1, text->len, l->out);
}

void tree_end(struct tree_list *l)
{
	fprintf(l->out, "%s%s\n", l->any ? "\n  " : "", l->rest);
	free(l->frame);
	arena_free(&l->arena);
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
