/*
 * INI files and Java properties. A section is a map; keys stay as written,
 * dots and all. A line `#---` begins a new document, as Spring has it.
 */
#include "node.h"
#include "strbuf.h"

struct ini {
	struct reading *reading;
	struct str text;
	struct node *root;
	struct node *section;
	size_t nodes;
};

static struct span span_of(const struct ini *ini, struct str s)
{
	return (struct span){ (uint32_t)(s.ptr - ini->text.ptr),
			      (uint32_t)s.len };
}

static void open_document(struct ini *ini)
{
	ini->section = node_add(ini->reading->arena, ini->root, NODE_MAP);
}

static void add_comment(struct ini *ini, struct str line)
{
	const struct comment c = {
		span_of(ini, line),
		str_trim(str_slice(line, 1, line.len)),
	};

	vec_push(&ini->reading->comments, ini->reading->arena, c);
	if (str_starts(c.text, STR("---")))
		open_document(ini);
}

static void open_section(struct ini *ini, struct str line)
{
	const size_t end = str_find_byte(line, ']');
	struct node *doc = ini->root->last;
	struct node *n = node_add(ini->reading->arena, doc, NODE_MAP);

	n->key = str_trim(str_slice(line, 1, end < line.len ? end : line.len));
	n->key_span = span_of(ini, n->key);
	n->span = n->key_span;
	n->whole = n->key_span;
	ini->section = n;
	ini->nodes++;
}

/* A value goes on behind a backslash at the end of its line. */
static bool goes_on(struct str line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[line.len - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

static struct str joined(struct ini *ini, struct str value, struct str *rest)
{
	struct strbuf b = STRBUF(ini->reading->arena);
	struct str line = value;

	if (!goes_on(value))
		return value;
	do {
		strbuf_add(&b, str_slice(line, 0, line.len - 1));
		if (!str_next_line(rest, &line))
			return strbuf_str(&b);
		line = str_trim(line);
	} while (goes_on(line));
	strbuf_add(&b, line);
	return strbuf_str(&b);
}

static struct str unquoted(struct str s)
{
	if (s.len > 1 && (s.ptr[0] == '"' || s.ptr[0] == '\'') &&
	    s.ptr[s.len - 1] == s.ptr[0])
		return str_slice(s, 1, s.len - 1);
	return s;
}

static void add_pair(struct ini *ini, struct str line, struct str *rest)
{
	struct node *n =
		node_add(ini->reading->arena, ini->section, NODE_SCALAR);
	size_t eq = 0;

	while (eq < line.len && line.ptr[eq] != '=' && line.ptr[eq] != ':')
		eq += line.ptr[eq] == '\\' ? 2 : 1;
	n->key = str_trim(str_slice(line, 0, eq));
	n->value = str_trim(str_slice(line, eq + 1, line.len));
	n->key_span = span_of(ini, n->key);
	n->span = span_of(ini, n->value);
	n->whole = span_of(ini, line);
	n->value = unquoted(joined(ini, n->value, rest));
	ini->nodes++;
}

struct node *read_ini(struct reading *r, const struct source *src)
{
	struct ini ini = { .reading = r, .text = src->text };
	struct str rest = src->text;
	struct str line;

	ini.root = node_add(r->arena, NULL, NODE_LIST);
	open_document(&ini);
	while (ini.nodes < TREE_MAX && str_next_line(&rest, &line)) {
		line = str_trim(line);
		if (!line.len)
			continue;
		if (strchr("#;!", line.ptr[0]))
			add_comment(&ini, line);
		else if (line.ptr[0] == '[')
			open_section(&ini, line);
		else
			add_pair(&ini, line, &rest);
	}
	return ini.root;
}
