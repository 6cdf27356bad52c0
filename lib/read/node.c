#include "node.h"

#include "strbuf.h"

struct node *node_add(struct arena *a, struct node *parent, enum node_kind kind)
{
	struct node *n = arena_new(a, struct node);

	n->kind = kind;
	n->parent = parent;
	n->key = STR("");
	n->value = STR("");
	if (!parent)
		return n;
	if (parent->last)
		parent->last->next = n;
	else
		parent->child = n;
	parent->last = n;
	parent->count++;
	return n;
}

static struct node *child_named(const struct node *n, struct str key)
{
	struct node *found = NULL;

	if (!n || n->kind != NODE_MAP)
		return NULL;
	node_each(c, n) if (str_eq(c->key, key) && (!found || !c->merged))
		found = c;
	return found;
}

struct node *node_child(const struct node *n, const char *key)
{
	return child_named(n, str_of(key));
}

struct node *node_at(const struct node *n, const char *path)
{
	struct str rest = str_of(path);
	struct node *found = NULL;

	while (rest.len) {
		const size_t dot = str_find_byte(rest, '.');

		found = child_named(n, str_slice(rest, 0, dot));
		if (!found)
			return NULL;
		n = found;
		rest = dot == SIZE_MAX ? STR("")
				       : str_slice(rest, dot + 1, rest.len);
	}
	return found;
}

struct str node_text(const struct node *n, const char *path)
{
	const struct node *found = node_at(n, path);

	return found && found->kind == NODE_SCALAR ? found->value : STR("");
}

struct str node_path(struct arena *a, const struct node *n)
{
	const struct node *chain[TREE_DEPTH];
	struct strbuf out = STRBUF(a);
	size_t count = 0;

	for (; n && n->parent && count < TREE_DEPTH; n = n->parent)
		if (n->key.len)
			chain[count++] = n;
	while (count) {
		if (out.len)
			strbuf_byte(&out, '.');
		strbuf_add(&out, chain[--count]->key);
	}
	return strbuf_str(&out);
}

/* How long the escape that `s` begins with is, and in `*bytes` how many bytes
 * of the value it stands for, given the first of them. */
static size_t escape_length(struct str s, char value, size_t *bytes)
{
	const char c = s.len > 1 ? s.ptr[1] : '\0';
	const unsigned char lead = (unsigned char)value;

	*bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
	if (c == 'x')
		return 4;
	if (c == 'u')
		return 6;
	if (c == 'U')
		return 10;
	*bytes = 1;
	return 2;
}

/* Where text stands while value and source are walked side by side. */
struct walk {
	struct str raw;
	size_t at;
	char quote; /* '\0' where nothing is escaped */
};

/* The place of the value's byte `c`; moves on behind it. What the format adds
 * (indentation, a folded line end) is skipped. */
static size_t walk_to(struct walk *w, char c)
{
	size_t to = w->at;

	while (to < w->raw.len && w->raw.ptr[to] != c &&
	       is_blank(w->raw.ptr[to]))
		to++;
	if (to >= w->raw.len || w->raw.ptr[to] != c)
		return w->at;
	w->at = to + 1;
	if (c == '\'' && w->quote == '\'')
		w->at++;
	return to;
}

const uint32_t *node_places(struct arena *a, const struct source *src,
			    const struct node *n)
{
	struct walk w = { .raw = source_slice(src, n->span) };
	const size_t len = n->value.len;
	uint32_t *place;

	if (str_eq(w.raw, n->value))
		return NULL;
	place = arena_array(a, uint32_t, len + 1);
	if (n->style == STYLE_BLOCK) {
		w.at = str_find_byte(w.raw, '\n');
	} else if (n->style == STYLE_QUOTED && w.raw.len) {
		w.quote = w.raw.ptr[0];
		w.at = 1;
	}
	for (size_t i = 0; i < len;) {
		size_t bytes = 1;
		size_t to;

		if (w.quote == '"' && w.at < w.raw.len &&
		    w.raw.ptr[w.at] == '\\') {
			to = w.at;
			w.at += escape_length(str_slice(w.raw, w.at, w.raw.len),
					      n->value.ptr[i], &bytes);
		} else {
			to = walk_to(&w, n->value.ptr[i]);
		}
		if (to > w.raw.len)
			to = w.raw.len;
		while (bytes-- && i < len)
			place[i++] = n->span.off + (uint32_t)to;
	}
	place[len] =
		n->span.off + (uint32_t)(w.at < w.raw.len ? w.at : w.raw.len);
	return place;
}
