/*
 * JSON, and what people write into .json and .jsonc files: comments, commas
 * at the end, single quotes, bare keys. No recursion: the node under
 * construction knows its parent.
 */
#include "node.h"
#include "strbuf.h"

struct json {
	struct reading *reading;
	struct str text;
	size_t at;
	struct node *open; /* the map or list that is being filled */
	struct node *key;  /* the node that waits for its value */
	unsigned depth;
	size_t nodes;
	bool broken;
};

static struct span from(const struct json *j, size_t start)
{
	return (struct span){ (uint32_t)start, (uint32_t)(j->at - start) };
}

static char peek(const struct json *j, size_t ahead)
{
	return j->at + ahead < j->text.len ? j->text.ptr[j->at + ahead] : '\0';
}

static void skip_comment(struct json *j)
{
	const size_t start = j->at;
	const bool block = peek(j, 1) == '*';
	const struct str rest = str_slice(j->text, start, j->text.len);
	const size_t n =
		block ? str_find(rest, STR("*/")) : str_find_byte(rest, '\n');
	struct comment c;

	j->at = n > rest.len ? j->text.len : start + n + (block ? 2 : 0);
	c.span = from(j, start);
	c.text = str_slice(rest, 2,
			   c.span.len - (block && n < rest.len ? 2 : 0));
	c.text = str_trim(c.text);
	vec_push(&j->reading->comments, j->reading->arena, c);
}

static void skip_space(struct json *j)
{
	for (;;) {
		while (j->at < j->text.len && is_blank(peek(j, 0)))
			j->at++;
		if (peek(j, 0) != '/' ||
		    (peek(j, 1) != '/' && peek(j, 1) != '*'))
			return;
		skip_comment(j);
	}
}

static void give_up(struct json *j)
{
	const struct gap g = {
		.span = { (uint32_t)j->at, (uint32_t)(j->text.len - j->at) },
		.reason = "it is not valid JSON from here on",
	};

	j->broken = true;
	vec_push(&j->reading->gaps, j->reading->arena, g);
}

static unsigned hex4(struct str s)
{
	unsigned v = 0;

	for (size_t i = 0; i < 4; i++) {
		const char c = i < s.len ? lower(s.ptr[i]) : '0';

		v = v * 16 + (unsigned)(is_digit(c)	       ? c - '0'
					: c >= 'a' && c <= 'f' ? c - 'a' + 10
							       : 0);
	}
	return v;
}

static void add_utf8(struct strbuf *b, unsigned c)
{
	if (c < 0x80) {
		strbuf_byte(b, (char)c);
	} else if (c < 0x800) {
		strbuf_byte(b, (char)(0xc0 | c >> 6));
		strbuf_byte(b, (char)(0x80 | (c & 0x3f)));
	} else {
		strbuf_byte(b, (char)(0xe0 | c >> 12));
		strbuf_byte(b, (char)(0x80 | (c >> 6 & 0x3f)));
		strbuf_byte(b, (char)(0x80 | (c & 0x3f)));
	}
}

static struct str unescaped(struct arena *a, struct str s)
{
	static const char names[] = "bfnrt";
	static const char bytes[] = "\b\f\n\r\t";
	struct strbuf b = STRBUF(a);

	if (str_find_byte(s, '\\') == (size_t)-1)
		return s;
	for (size_t i = 0; i < s.len; i++) {
		const char c = i + 1 < s.len ? s.ptr[i + 1] : '\0';
		const char *name = c ? strchr(names, c) : NULL;

		if (s.ptr[i] != '\\' || i + 1 == s.len) {
			strbuf_byte(&b, s.ptr[i]);
			continue;
		}
		i++;
		if (c == 'u') {
			add_utf8(&b, hex4(str_slice(s, i + 1, i + 5)));
			i += 4;
		} else {
			strbuf_byte(&b, name ? bytes[name - names] : c);
		}
	}
	return strbuf_str(&b);
}

/* A string with its quotes; false where it does not end. */
static bool read_string(struct json *j, struct str *out)
{
	const char quote = peek(j, 0);
	const size_t start = ++j->at;

	while (j->at < j->text.len && peek(j, 0) != quote && peek(j, 0) != '\n')
		j->at += peek(j, 0) == '\\' ? 2 : 1;
	if (j->at >= j->text.len || peek(j, 0) != quote) {
		j->at = start - 1;
		return false;
	}
	*out = unescaped(j->reading->arena, str_slice(j->text, start, j->at));
	j->at++;
	return true;
}

static bool ends_bare(char c)
{
	return is_blank(c) || !c || strchr(",:[]{}\"'", c) != NULL;
}

static struct str read_bare(struct json *j)
{
	const size_t start = j->at;

	while (j->at < j->text.len && !ends_bare(peek(j, 0)))
		j->at++;
	return str_slice(j->text, start, j->at);
}

/* The node that the next value fills: the one whose key was read, or a new
 * one in the list. */
static struct node *next_node(struct json *j, enum node_kind kind)
{
	struct node *n = j->key;

	if (!n) {
		n = node_add(j->reading->arena, j->open, kind);
		n->whole.off = (uint32_t)j->at;
	}
	n->kind = kind;
	n->span.off = (uint32_t)j->at;
	j->key = NULL;
	j->nodes++;
	return n;
}

static void close_node(const struct json *j, struct node *n)
{
	n->span.len = (uint32_t)j->at - n->span.off;
	n->whole.len = (uint32_t)j->at - n->whole.off;
}

static void read_scalar(struct json *j)
{
	const bool quoted = peek(j, 0) == '"' || peek(j, 0) == '\'';
	struct node *n = next_node(j, NODE_SCALAR);

	bool ok = true;

	if (quoted)
		ok = read_string(j, &n->value);
	else
		n->value = read_bare(j);
	if (!ok || (!quoted && !n->value.len)) {
		give_up(j);
		return;
	}
	n->style = quoted ? STYLE_QUOTED : STYLE_PLAIN;
	close_node(j, n);
}

static void read_key(struct json *j)
{
	const size_t start = j->at;
	const bool quoted = peek(j, 0) == '"' || peek(j, 0) == '\'';
	struct str key = STR("");
	bool ok = true;

	if (quoted)
		ok = read_string(j, &key);
	else
		key = read_bare(j);
	if (!ok || (!quoted && !key.len)) {
		give_up(j);
		return;
	}
	j->key = node_add(j->reading->arena, j->open, NODE_SCALAR);
	j->key->key = key;
	j->key->key_span = from(j, start);
	j->key->whole.off = (uint32_t)start;
	skip_space(j);
	if (peek(j, 0) == ':')
		j->at++;
	else
		give_up(j);
}

static void open_node(struct json *j)
{
	struct node *n = next_node(j, peek(j, 0) == '{' ? NODE_MAP : NODE_LIST);

	if (j->depth == TREE_DEPTH || j->nodes > TREE_MAX) {
		give_up(j);
		return;
	}
	j->depth++;
	j->open = n;
	j->at++;
}

static void close_open(struct json *j)
{
	j->at++;
	j->key = NULL;
	if (!j->depth) {
		give_up(j);
		return;
	}
	close_node(j, j->open);
	j->open = j->open->parent;
	j->depth--;
}

static void read_next(struct json *j)
{
	const char c = peek(j, 0);

	if (c == ',') {
		j->at++;
		j->key = NULL;
	} else if (c == '}' || c == ']') {
		close_open(j);
	} else if (j->open->kind == NODE_MAP && !j->key) {
		read_key(j);
	} else if (c == '{' || c == '[') {
		open_node(j);
	} else {
		read_scalar(j);
	}
}

struct node *read_json(struct reading *r, const struct source *src)
{
	struct node *root = node_add(r->arena, NULL, NODE_LIST);
	struct json j = { .reading = r, .text = src->text, .open = root };

	for (skip_space(&j); j.at < j.text.len && !j.broken; skip_space(&j))
		read_next(&j);
	if (j.depth && !j.broken)
		give_up(&j);
	return root;
}
