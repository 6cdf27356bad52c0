#ifndef EXPORT_TREE_H
#define EXPORT_TREE_H

#include <jansson.h>
#include <stdio.h>

#include "finding.h"
#include "map.h"
#include "strbuf.h"

/*
 * JSON values of jansson, without its error paths: all strings are valid
 * UTF-8 (shown.h), so only memory can run out, and that ends the program as
 * it does in an arena. Each call takes over the value it is handed.
 */
void tree_append(json_t *array, json_t *value);
void tree_set(json_t *object, const char *key, json_t *value);

/* A new, empty object or array as a member of `object`; `object` owns it. */
json_t *tree_object(json_t *object, const char *key);
json_t *tree_array(json_t *object, const char *key);

void tree_text(json_t *object, const char *key, const char *text);
void tree_number(json_t *object, const char *key, size_t number);

/* null where there is no text. */
void tree_text_or_null(json_t *object, const char *key, const char *text);

/* Prints the whole value and a line end, and releases it. */
void tree_print(json_t *root, FILE *out);

/*
 * The same, with items that need not all be in memory at once: tree_begin()
 * prints `root` up to the inside of its member `list`, an empty array; then
 * comes tree_item() for each item; tree_end() prints what follows.
 */
struct tree_list {
	FILE *out;
	char *frame; /* all of `root` as text */
	const char *rest;
	bool any;
	struct arena arena;
	struct strbuf text; /* of the item in work */
};

struct tree_list tree_begin(json_t *root, const char *list, FILE *out);
void tree_item(struct tree_list *l, json_t *item);
void tree_end(struct tree_list *l);

/*
 * The fingerprint of a finding, unique in one report: the second finding of a
 * file with the same form gets "-2". `seen` begins empty and outlives no
 * report.
 */
const char *tree_fingerprint(struct map *seen, const struct finding *f,
			     struct arena *a);

#endif
