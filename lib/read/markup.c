#include "markup.h"

#include "lang.h"
#include "node.h"

struct markup {
	struct code *code;
	const struct source *src;
	bool json;
};

static uint32_t push(struct markup *m, enum code_kind kind, size_t off,
		     size_t len)
{
	code_push(m->code, kind, off, len)->flags |= CODE_FIRST;
	return (uint32_t)m->code->tokens.count - 1;
}

/* The text of a scalar without its quotes, or without the line that a block
 * begins with. */
static uint32_t push_value(struct markup *m, const struct node *n)
{
	const uint32_t i = push(m, CODE_STRING, n->span.off, n->span.len);
	const struct str raw = source_slice(m->src, n->span);
	struct code_token *t = &m->code->tokens.item[i];
	const size_t line = str_find_byte(raw, '\n');

	t->body = t->off;
	t->body_len = t->len;
	if (n->style == STYLE_BLOCK && line != SIZE_MAX) {
		t->body += (uint32_t)line + 1;
		t->body_len -= (uint32_t)line + 1;
	} else if (n->style == STYLE_QUOTED && raw.len >= 2) {
		t->body++;
		t->body_len -= 2;
		t->string = raw.ptr[0] == '"' ? STRING_ESCAPES : 0;
	}
	return i;
}

static void add_arg(struct markup *m, uint32_t call, uint32_t key,
		    uint32_t value)
{
	struct code_call *k = &m->code->calls.item[call];

	vec_push(&m->code->args, m->code->arena,
		 (struct code_arg){ key, value, value + 1 });
	k->args++;
	k->end = value + 1;
}

static uint32_t push_key(struct markup *m, const struct node *n)
{
	const struct str raw = source_slice(m->src, n->key_span);
	uint32_t i;

	if (!n->key.len)
		return CODE_NONE;
	i = push(m, CODE_WORD, n->key_span.off, n->key_span.len);
	if (raw.len >= 2 && (raw.ptr[0] == '"' || raw.ptr[0] == '\'')) {
		m->code->tokens.item[i].kind = CODE_STRING;
		m->code->tokens.item[i].body = n->key_span.off + 1;
		m->code->tokens.item[i].body_len = n->key_span.len - 2;
	}
	return i;
}

/* The dash of a list before a key: comments stand above it. */
static uint32_t push_dash(struct markup *m, uint32_t key)
{
	uint32_t off = key;

	while (off && m->src->text.ptr[off - 1] == ' ')
		off--;
	if (m->json || !off || m->src->text.ptr[off - 1] != '-')
		return CODE_NONE;
	return push(m, CODE_OPERATOR, off - 1, 1);
}

static uint32_t begin_call(struct markup *m, const struct node *n, uint32_t in)
{
	const uint32_t index = (uint32_t)m->code->calls.count;
	const uint32_t dash = push_dash(m, n->key_span.off);
	const uint32_t token =
		push(m, CODE_WORD, n->key_span.off, n->key_span.len);

	vec_push(&m->code->calls, m->code->arena,
		 (struct code_call){ .name = n->key,
				     .token = token,
				     .first = dash == CODE_NONE ? token : dash,
				     .end = token + 1,
				     .on = CODE_NONE,
				     .next = CODE_NONE,
				     .in = in,
				     .block = CODE_NONE,
				     .arg = (uint32_t)m->code->args.count });
	m->code->tokens.item[token].match = index;
	return index;
}

/* All that stands in the call is its block. The parser ends it only where
 * something else begins, behind comments and blanks. */
static void end_call(struct markup *m, uint32_t call)
{
	struct code *c = m->code;
	struct code_call *k = &c->calls.item[call];
	size_t end = 0;

	for (size_t i = k->first; i < c->tokens.count; i++) {
		const struct code_token *t = &c->tokens.item[i];

		if (t->off + t->len > end)
			end = t->off + t->len;
	}
	while (end && is_blank(c->text.ptr[end - 1]))
		end--;
	push(m, CODE_END, end, 0);
	vec_push(&c->scopes, c->arena,
		 (struct code_scope){ .kind = SCOPE_BLOCK,
				      .first = k->first,
				      .end = (uint32_t)c->tokens.count - 1,
				      .call = k->in });
	k->block = (uint32_t)c->scopes.count - 1;
}

static void read_node(struct markup *m, const struct node *n, uint32_t in);

static void read_children(struct markup *m, const struct node *n, uint32_t in)
{
	node_each(child, n) read_node(m, child, in);
}

/* sql: { sql: text } is one call, not one in another. */
static bool is_own_text(const struct markup *m, const struct node *n,
			uint32_t in)
{
	return in != CODE_NONE && n->kind == NODE_SCALAR &&
	       str_eq(m->code->calls.item[in].name, n->key);
}

/* Trees are at most TREE_DEPTH deep. */
static void read_node(struct markup *m, const struct node *n, uint32_t in)
{
	uint32_t call;

	if (!n->key.len) {
		read_children(m, n, in);
		return;
	}
	if (is_own_text(m, n, in))
		return;
	call = begin_call(m, n, in);
	if (n->kind == NODE_SCALAR) {
		add_arg(m, call, CODE_NONE, push_value(m, n));
	} else {
		node_each(child, n) if (child->kind == NODE_SCALAR)
		{
			const uint32_t key = push_key(m, child);

			add_arg(m, call, key, push_value(m, child));
		}
		read_children(m, n, call);
	}
	end_call(m, call);
}

static void make_ends(struct code *c)
{
	const size_t n = c->tokens.count;
	uint32_t *ends = arena_array(c->arena, uint32_t, n);

	for (uint32_t i = (uint32_t)n; i-- > 0;)
		ends[i] = i + 1 == n || c->tokens.item[i].kind == CODE_END
				  ? i
				  : ends[i + 1];
	c->statement_end = c->element_end = ends;
}

bool code_is_markup(const char *path)
{
	const struct str p = str_of(path);

	return str_iends(p, STR(".yaml")) || str_iends(p, STR(".yml")) ||
	       str_iends(p, STR(".json"));
}

void code_read_markup(struct code *out, struct arena *a,
		      const struct source *src, struct reading *r)
{
	struct markup m = { .code = out, .src = src };
	const struct node *root;

	*out = (struct code){ .arena = a,
			      .text = src->text,
			      .lang = language_named(STR("xml")) };
	vec_push(&out->scopes, a, (struct code_scope){ .call = CODE_NONE });
	m.json = str_iends(str_of(src->path), STR(".json"));
	root = m.json ? read_json(r, src) : read_yaml(r, src);
	read_children(&m, root, CODE_NONE);
	push(&m, CODE_END, src->text.len, 0);
	out->scopes.item[0].end = (uint32_t)out->tokens.count - 1;
	make_ends(out);
}
