#include "yaml_tree.h"

#include <stdarg.h>
#include <stdio.h>

int yaml_tree_init(struct yaml_tree *t, const char *path, struct str text,
		   struct arena *a, struct err *err)
{
	yaml_parser_t parser;
	int rc = 0;

	*t = (struct yaml_tree){ .path = path, .arena = a, .err = err };
	if (!yaml_parser_initialize(&parser))
		return err_set(err, "%s: cannot start the YAML parser", path);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr,
				     text.len);
	if (!yaml_parser_load(&parser, &t->doc))
		rc = err_set(err, "%s:%zu: %s", path,
			     parser.problem_mark.line + 1,
			     parser.problem ? parser.problem : "not YAML");
	yaml_parser_delete(&parser);
	return rc;
}

void yaml_tree_free(struct yaml_tree *t)
{
	yaml_document_delete(&t->doc);
}

const yaml_node_t *yaml_root(struct yaml_tree *t)
{
	return yaml_document_get_root_node(&t->doc);
}

const yaml_node_t *yaml_at(struct yaml_tree *t, int index)
{
	return yaml_document_get_node(&t->doc, index);
}

int yaml_line(const yaml_node_t *n)
{
	return n ? (int)n->start_mark.line + 1 : 1;
}

int yaml_complain(struct yaml_tree *t, const yaml_node_t *at, const char *fmt,
		  ...)
{
	char what[192];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return err_set(t->err, "%s:%d: %s", t->path, yaml_line(at), what);
}

const char *yaml_text(struct yaml_tree *t, const yaml_node_t *n)
{
	if (n->type != YAML_SCALAR_NODE) {
		yaml_complain(t, n, "text expected");
		return NULL;
	}
	return arena_copy(t->arena, (const char *)n->data.scalar.value,
			  n->data.scalar.length);
}

int yaml_bool(struct yaml_tree *t, const yaml_node_t *n, bool *out)
{
	const char *text = n->type == YAML_SCALAR_NODE
				   ? (const char *)n->data.scalar.value
				   : "";

	*out = !strcmp(text, "true");
	if (!*out && strcmp(text, "false") != 0)
		return yaml_complain(t, n, "true or false expected");
	return 0;
}

int yaml_texts(struct yaml_tree *t, const yaml_node_t *n,
	       const char *const **out, size_t *count)
{
	const yaml_node_t *item;
	size_t size = 1, used = 0;

	if (n->type == YAML_SEQUENCE_NODE)
		size = (size_t)(n->data.sequence.items.top -
				n->data.sequence.items.start);
	const char **list = arena_array(t->arena, const char *, size + 1);

	if (n->type == YAML_SEQUENCE_NODE) {
		yaml_each_item(t, n, item)
		{
			if (!(list[used++] = yaml_text(t, item)))
				return -1;
		}
	} else if (!(list[used++] = yaml_text(t, n))) {
		return -1;
	}
	*out = list;
	if (count)
		*count = used;
	return 0;
}
