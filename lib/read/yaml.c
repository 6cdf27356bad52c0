/*
 * YAML through the events of libyaml: positions kept, anchors and merge keys
 * resolved. The node under construction knows its parent, so the events are
 * handled without recursion.
 */
#include <yaml.h>

#include "map.h"
#include "node.h"
#include "yaml_text.h"

/* Deeper than that libyaml takes a time that grows with its square. */
enum { SKIP_MAX = 1000 };

struct builder {
	struct reading *reading;
	struct arena *arena;
	struct str text; /* as the file has it */
	bool masked;	 /* its templates were made words */
	struct yaml_offsets offsets;
	struct node *open; /* the document list, map or list being filled */
	struct node *key;  /* the node of a map that waits for its value */
	struct map anchors;
	struct yaml_spans scalars;
	unsigned depth;
	unsigned skipping; /* levels inside a key or value that is not kept */
	bool skipping_key;
	size_t nodes;
};

static struct span span_of(const struct builder *b, const yaml_mark_t *from,
			   const yaml_mark_t *to)
{
	const uint32_t start = yaml_offset(&b->offsets, from->index);
	const uint32_t end = yaml_offset(&b->offsets, to->index);

	return (struct span){ start, end > start ? end - start : 0 };
}

static void add_gap(const struct builder *b, struct span at, const char *why)
{
	vec_push(&b->reading->gaps, b->arena, (struct gap){ at, why });
}

static bool has_template(struct str s)
{
	return str_find(s, STR("{{")) < s.len ||
	       str_find(s, STR("<%")) < s.len || str_find(s, STR("{%")) < s.len;
}

static enum node_style style_of(yaml_scalar_style_t style)
{
	switch (style) {
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE: return STYLE_BLOCK;
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return STYLE_QUOTED;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE: break;
	}
	return STYLE_PLAIN;
}

/* What the file has where a template was: its text, without quotes. */
static struct str template_text(struct str raw)
{
	if (raw.len > 1 && (raw.ptr[0] == '"' || raw.ptr[0] == '\''))
		return str_slice(raw, 1, raw.len - 1);
	return raw;
}

static bool expects_key(const struct builder *b)
{
	return b->open->kind == NODE_MAP && !b->key;
}

static struct node *value_node(struct builder *b, enum node_kind kind,
			       struct span span)
{
	struct node *n = b->key;

	if (!n) {
		n = node_add(b->arena, b->open, kind);
		n->whole = span;
	}
	n->kind = kind;
	n->span = span;
	n->whole.len = span_end(span) - n->whole.off;
	b->key = NULL;
	b->nodes++;
	return n;
}

static void remember(struct builder *b, const yaml_char_t *anchor,
		     struct node *n)
{
	if (anchor)
		map_put(&b->anchors, b->arena,
			str_copy(b->arena, str_of((const char *)anchor)), n);
}

static void on_scalar(struct builder *b, const yaml_event_t *ev)
{
	const struct str value = str_copy(
		b->arena, (struct str){ (const char *)ev->data.scalar.value,
					ev->data.scalar.length });
	const struct span span = span_of(b, &ev->start_mark, &ev->end_mark);
	const struct str raw = str_slice(b->text, span.off, span_end(span));
	struct node *n;

	vec_push(&b->scalars, b->arena, span);
	if (b->skipping)
		return;
	if (expects_key(b)) {
		n = node_add(b->arena, b->open, NODE_SCALAR);
		n->key = b->masked && has_template(raw) ? template_text(raw)
							: value;
		n->key_span = span;
		n->whole = span;
		b->key = n;
		return;
	}
	n = value_node(b, NODE_SCALAR, span);
	n->style = style_of(ev->data.scalar.style);
	n->computed = has_template(raw);
	n->value = b->masked && n->computed && n->style != STYLE_BLOCK
			   ? template_text(raw)
			   : value;
	remember(b, ev->data.scalar.anchor, n);
}

static void on_start(struct builder *b, const yaml_event_t *ev,
		     enum node_kind kind, const yaml_char_t *anchor)
{
	const struct span span = span_of(b, &ev->start_mark, &ev->end_mark);

	const bool is_key = expects_key(b);

	if (b->skipping || is_key || b->depth == TREE_DEPTH ||
	    b->nodes > TREE_MAX) {
		if (!b->skipping++) {
			b->skipping_key = is_key;
			if (!is_key) {
				add_gap(b, span, "it is nested too deeply");
				b->key = NULL;
			}
		}
		return;
	}
	b->open = value_node(b, kind, span);
	remember(b, anchor, b->open);
	b->depth++;
}

static struct node *copy_node(struct builder *b, struct node *to,
			      const struct node *from)
{
	struct node *n = node_add(b->arena, to, from->kind);

	n->style = from->style;
	n->computed = from->computed;
	n->merged = true;
	n->key = from->key;
	n->key_span = from->key_span;
	n->value = from->value;
	n->span = from->span;
	n->whole = from->whole;
	return n;
}

/* A copy of `from`'s children below `to`, which is `depth` levels deep. */
static void copy_children(struct builder *b, struct node *to,
			  const struct node *from, unsigned depth)
{
	if (depth >= TREE_DEPTH)
		return;
	node_each(c, from)
	{
		if (++b->nodes > TREE_MAX)
			return;
		copy_children(b, copy_node(b, to, c), c, depth + 1);
	}
}

static bool is_open(const struct builder *b, const struct node *n)
{
	for (const struct node *o = b->open; o; o = o->parent)
		if (o == n)
			return true;
	return false;
}

static void on_alias(struct builder *b, const yaml_event_t *ev)
{
	const struct span span = span_of(b, &ev->start_mark, &ev->end_mark);
	const struct node *from = map_get(
		&b->anchors, str_of((const char *)ev->data.alias.anchor));
	struct node *n;

	if (b->skipping)
		return;
	if (expects_key(b)) {
		b->key = node_add(b->arena, b->open, NODE_SCALAR);
		b->key->whole = span;
		return;
	}
	n = value_node(b, NODE_SCALAR, span);
	n->computed = true;
	if (!from || is_open(b, from))
		return;
	n->kind = from->kind;
	n->style = from->style;
	n->computed = from->computed;
	n->value = from->value;
	n->merged = true;
	n->span = from->span;
	copy_children(b, n, from, b->depth + 1);
}

/* The children of `from` that `map` does not set itself. */
static void merge_one(struct builder *b, struct node *map,
		      const struct node *from)
{
	node_each(c, from)
	{
		bool there = str_eq(c->key, STR("<<"));

		node_each(own, map) there = there || str_eq(own->key, c->key);
		if (there || ++b->nodes > TREE_MAX)
			continue;
		copy_children(b, copy_node(b, map, c), c, b->depth + 1);
	}
}

static void merge(struct builder *b, struct node *map)
{
	node_each(c, map)
	{
		if (!str_eq(c->key, STR("<<")))
			continue;
		if (c->kind == NODE_MAP)
			merge_one(b, map, c);
		else
			node_each(item, c) merge_one(b, map, item);
	}
}

static void on_end(struct builder *b, const yaml_event_t *ev)
{
	const uint32_t end = yaml_offset(&b->offsets, ev->end_mark.index);
	struct node *n = b->open;

	if (b->skipping) {
		/* Behind a key that is a map or list comes its value. */
		if (!--b->skipping && b->skipping_key) {
			b->key = node_add(b->arena, b->open, NODE_SCALAR);
			b->key->whole.off = end;
		}
		return;
	}
	if (!n->parent)
		return;
	b->key = NULL;
	if (end > n->span.off)
		n->span.len = end - n->span.off;
	if (end > n->whole.off)
		n->whole.len = end - n->whole.off;
	b->open = n->parent;
	b->depth--;
	if (n->kind == NODE_MAP)
		merge(b, n);
}

static void on_event(struct builder *b, const yaml_event_t *ev)
{
	switch (ev->type) {
	case YAML_SCALAR_EVENT: on_scalar(b, ev); break;
	case YAML_ALIAS_EVENT: on_alias(b, ev); break;
	case YAML_SEQUENCE_START_EVENT:
		on_start(b, ev, NODE_LIST, ev->data.sequence_start.anchor);
		break;
	case YAML_MAPPING_START_EVENT:
		on_start(b, ev, NODE_MAP, ev->data.mapping_start.anchor);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: on_end(b, ev); break;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_START_EVENT:
	case YAML_DOCUMENT_END_EVENT: break;
	}
}

/* Feeds `text` to the builder. Returns SIZE_MAX, or the character where it
 * stops being YAML. */
static size_t build(struct builder *b, struct str text)
{
	yaml_parser_t parser;
	size_t failed = SIZE_MAX;
	bool more = true;

	if (!yaml_parser_initialize(&parser))
		return 0;
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr,
				     text.len);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	while (more) {
		yaml_event_t ev;

		if (!yaml_parser_parse(&parser, &ev)) {
			failed = parser.problem_mark.index;
			break;
		}
		on_event(b, &ev);
		more = ev.type != YAML_STREAM_END_EVENT;
		if (b->skipping > SKIP_MAX) {
			failed = ev.start_mark.index;
			more = false;
		}
		yaml_event_delete(&ev);
	}
	yaml_parser_delete(&parser);
	return failed;
}

static struct node *try(struct builder *b, struct str text, size_t *failed)
{
	struct node *root = node_add(b->arena, NULL, NODE_LIST);

	b->open = root;
	b->key = NULL;
	b->depth = 0;
	b->skipping = 0;
	b->nodes = 0;
	b->anchors = (struct map){ 0 };
	b->scalars = (struct yaml_spans){ 0 };
	*failed = build(b, text);
	return root;
}

struct node *read_yaml(struct reading *r, const struct source *src)
{
	struct builder b = { .reading = r,
			     .arena = r->arena,
			     .text = src->text };
	const size_t gaps = r->gaps.count;
	struct str text = src->text;
	size_t failed;
	struct node *root;

	b.offsets = yaml_offsets_of(r->arena, text);
	root = try(&b, text, &failed);
	if (failed != SIZE_MAX && yaml_is_template(text)) {
		r->gaps.count = gaps;
		b.masked = true;
		text = yaml_without_templates(r->arena, text);
		root = try(&b, text, &failed);
	}
	if (failed != SIZE_MAX) {
		const uint32_t at = yaml_offset(&b.offsets, failed);

		add_gap(&b, (struct span){ at, (uint32_t)text.len - at },
			"it is not valid YAML from here on");
	}
	yaml_comments(r, src->text, text, &b.scalars);
	return root;
}
