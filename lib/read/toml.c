/*
 * TOML, leniently: what cannot be part of a table is skipped to the end of its
 * line. Tables may come in any order and be reopened.
 */
#include "node.h"

enum { TOML_DEPTH = 16 };

struct toml {
	struct reading *reading;
	struct str text;
	size_t at;
	struct node *doc;
	struct node *table; /* of the last [header] */
	size_t nodes;
};

static char peek(const struct toml *t, size_t ahead)
{
	return t->at + ahead < t->text.len ? t->text.ptr[t->at + ahead] : '\0';
}

static struct span from(const struct toml *t, size_t start)
{
	return (struct span){ (uint32_t)start, (uint32_t)(t->at - start) };
}

static void skip_line(struct toml *t)
{
	while (t->at < t->text.len && peek(t, 0) != '\n')
		t->at++;
}

static void read_comment(struct toml *t)
{
	const size_t start = t->at;
	struct comment c;

	skip_line(t);
	c.span = from(t, start);
	c.text = str_trim(str_slice(t->text, start + 1, t->at));
	vec_push(&t->reading->comments, t->reading->arena, c);
}

/* Blanks, and line ends and comments where a value may go on behind them. */
static void skip_space(struct toml *t, bool lines)
{
	for (;;) {
		const char c = peek(t, 0);

		if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n'))
			t->at++;
		else if (lines && c == '#')
			read_comment(t);
		else
			return;
	}
}

static bool is_bare(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '/' ||
	       c == ':' || c == '@' || c == '*' || c == '$';
}

/* One part of a dotted key; empty where none stands here. */
static struct str read_part(struct toml *t)
{
	const char quote = peek(t, 0);
	const size_t start = t->at;

	if (quote != '"' && quote != '\'') {
		while (is_bare(peek(t, 0)))
			t->at++;
		return str_slice(t->text, start, t->at);
	}
	do
		t->at++;
	while (t->at < t->text.len && peek(t, 0) != quote &&
	       peek(t, 0) != '\n');
	const struct str part = str_slice(t->text, start + 1, t->at);

	if (peek(t, 0) == quote)
		t->at++;
	return part;
}

static struct node *add_child(struct toml *t, struct node *map, struct str key,
			      struct span span)
{
	struct node *n = node_add(t->reading->arena, map, NODE_MAP);

	n->key = key;
	n->key_span = span;
	n->span = span;
	n->whole = span;
	t->nodes++;
	return n;
}

/* The table `key` of `map`, made where it is not there. Of an array of tables
 * the last one counts. */
static struct node *table_in(struct toml *t, struct node *map, struct str key,
			     struct span span)
{
	node_each(c, map)
	{
		if (!str_eq(c->key, key))
			continue;
		if (c->kind == NODE_LIST && c->last)
			return c->last;
		if (c->kind == NODE_MAP)
			return c;
	}
	return add_child(t, map, key, span);
}

/* Reads `a.b.c` below `map`; returns the map that holds the last part, which
 * is `*key` at `*span`. NULL where no key stands here. */
static struct node *read_key(struct toml *t, struct node *map, struct str *key,
			     struct span *span)
{
	for (unsigned depth = 0; depth < TOML_DEPTH; depth++) {
		skip_space(t, false);
		const size_t start = t->at;

		*key = read_part(t);
		*span = from(t, start);
		if (!span->len)
			return NULL;
		skip_space(t, false);
		if (peek(t, 0) != '.')
			return map;
		t->at++;
		map = table_in(t, map, *key, *span);
	}
	return NULL;
}

static void read_header(struct toml *t)
{
	const bool many = peek(t, 1) == '[';
	struct span span;
	struct str key;
	struct node *map;

	t->at += many ? 2 : 1;
	map = read_key(t, t->doc, &key, &span);
	while (peek(t, 0) == ']')
		t->at++;
	skip_space(t, false);
	if (peek(t, 0) != '#')
		skip_line(t);
	if (!map)
		return;
	if (!many) {
		t->table = table_in(t, map, key, span);
		return;
	}
	struct node *list = node_child(map, str_dup(t->reading->arena, key));

	if (!list || list->kind != NODE_LIST) {
		list = add_child(t, map, key, span);
		list->kind = NODE_LIST;
	}
	t->table = add_child(t, list, STR(""), span);
}

static void add_gap(struct toml *t, size_t start, const char *reason)
{
	const struct gap g = {
		.span = { (uint32_t)start, (uint32_t)(t->text.len - start) },
		.reason = reason,
	};

	vec_push(&t->reading->gaps, t->reading->arena, g);
}

static size_t string_end(struct str s, char quote, bool lines)
{
	const bool escapes = quote == '"';

	for (size_t i = 0; i < s.len; i++) {
		if (escapes && s.ptr[i] == '\\')
			i++;
		else if (s.ptr[i] == '\n' && !lines)
			return i;
		else if (s.ptr[i] == quote &&
			 (!lines || (i + 2 < s.len && s.ptr[i + 1] == quote &&
				     s.ptr[i + 2] == quote)))
			return i;
	}
	return s.len;
}

static void read_string(struct toml *t, struct node *n)
{
	const char quote = peek(t, 0);
	const bool lines = peek(t, 1) == quote && peek(t, 2) == quote;
	const size_t marks = lines ? 3 : 1;
	const size_t start = t->at + marks;
	const struct str rest = str_slice(t->text, start, t->text.len);
	const size_t len = string_end(rest, quote, lines);

	n->value = str_slice(rest, 0, len);
	n->style = lines ? STYLE_BLOCK : STYLE_QUOTED;
	/* Behind the value, so that it stands there as it is: an escaped
	 * byte of it is not what a setting or command turns on. */
	n->span = (struct span){ (uint32_t)start, (uint32_t)len };
	t->at = start + len;
	if (lines && t->at == t->text.len)
		add_gap(t, start - marks, "a string is never closed");
	for (size_t i = 0; i < marks && peek(t, 0) == quote; i++)
		t->at++;
}

static void read_bare(struct toml *t, struct node *n)
{
	const size_t start = t->at;

	while (t->at < t->text.len && !strchr(",]}#\n", peek(t, 0)))
		t->at++;
	n->value = str_trim(str_slice(t->text, start, t->at));
	n->span = (struct span){ (uint32_t)start, (uint32_t)n->value.len };
}

static void read_scalar(struct toml *t, struct node *n)
{
	n->kind = NODE_SCALAR;
	if (peek(t, 0) == '"' || peek(t, 0) == '\'')
		read_string(t, n);
	else
		read_bare(t, n);
}

/* What stands at the next place of an inline table or array: a node of it, or
 * NULL at a comma or where there is nothing to read. */
static struct node *next_item(struct toml *t, struct node *open)
{
	struct span span = { (uint32_t)t->at, 0 };
	struct str key = STR("");
	struct node *map = open;

	if (open->kind == NODE_LIST)
		return add_child(t, open, key, span);
	map = read_key(t, open, &key, &span);
	if (!map || peek(t, 0) != '=') {
		t->at += t->at < t->text.len;
		return NULL;
	}
	t->at++;
	skip_space(t, false);
	return add_child(t, map, key, span);
}

static void close_node(const struct toml *t, struct node *n)
{
	n->span.len = (uint32_t)t->at - n->span.off;
}

/* A value of any kind into `n`; arrays and inline tables without recursion. */
static void read_value(struct toml *t, struct node *n)
{
	struct node *const outer = n->parent;
	struct node *open = outer;
	const size_t start = t->at;
	unsigned depth = 0;

	do {
		const char c = peek(t, 0);

		n->span.off = (uint32_t)t->at;
		if ((c == '[' || c == '{') && depth == TREE_DEPTH) {
			add_gap(t, t->at, "it is nested too deeply");
			t->at = t->text.len;
			return;
		}
		if (c == '[' || c == '{') {
			n->kind = c == '[' ? NODE_LIST : NODE_MAP;
			open = n;
			depth++;
			t->at++;
		} else {
			read_scalar(t, n);
		}
		for (n = NULL; depth && !n && t->at < t->text.len;) {
			skip_space(t, true);
			const char next = peek(t, 0);

			if (next == ']' || next == '}') {
				t->at++;
				close_node(t, open);
				open = open->parent;
				depth--;
			} else if (next == ',') {
				t->at++;
			} else if (t->at < t->text.len) {
				n = next_item(t, open);
			}
		}
	} while (n && t->at < t->text.len && t->nodes < TREE_MAX);
	if (depth && t->at == t->text.len)
		add_gap(t, start, "a value is never closed");
	for (; depth; depth--, open = open->parent)
		close_node(t, open);
}

static void read_pair(struct toml *t)
{
	struct span span;
	struct str key;
	struct node *map = read_key(t, t->table, &key, &span);

	if (!map || peek(t, 0) != '=') {
		skip_line(t);
		return;
	}
	t->at++;
	skip_space(t, false);
	struct node *n = add_child(t, map, key, span);

	read_value(t, n);
	n->whole.len = (uint32_t)t->at - n->whole.off;
	skip_space(t, false);
	if (peek(t, 0) != '#')
		skip_line(t);
}

struct node *read_toml(struct reading *r, const struct source *src)
{
	struct node *root = node_add(r->arena, NULL, NODE_LIST);
	struct toml t = { .reading = r, .text = src->text };

	t.doc = node_add(r->arena, root, NODE_MAP);
	t.table = t.doc;
	t.doc->span.len = (uint32_t)src->text.len;
	while (t.at < t.text.len && t.nodes < TREE_MAX) {
		skip_space(&t, true);
		if (peek(&t, 0) == '[')
			read_header(&t);
		else if (t.at < t.text.len)
			read_pair(&t);
	}
	if (t.at < t.text.len)
		add_gap(&t, t.at, "it holds too many values");
	return root;
}
