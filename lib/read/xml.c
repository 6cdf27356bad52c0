#include "xml.h"

#include <assert.h>
#include <expat.h>

#include "lang.h"

/* An element that is open. */
struct element {
	uint32_t call;
	struct code_tokens text; /* pieces of its text, one STRING each */
};

struct elements VEC(struct element);

struct xml {
	struct code *code;
	XML_Parser parser;
	struct elements open;
	bool cdata;
};

static uint32_t here(const struct xml *x)
{
	return (uint32_t)XML_GetCurrentByteIndex(x->parser);
}

static uint32_t length(const struct xml *x)
{
	return (uint32_t)XML_GetCurrentByteCount(x->parser);
}

static uint32_t push(struct xml *x, enum code_kind kind, size_t off, size_t len)
{
	code_push(x->code, kind, off, len)->flags |= CODE_FIRST;
	return (uint32_t)x->code->tokens.count - 1;
}

static void add_arg(struct xml *x, uint32_t call, uint32_t key, uint32_t value)
{
	struct code_call *k = &x->code->calls.item[call];

	if (!k->args)
		k->arg = (uint32_t)x->code->args.count;
	vec_push(&x->code->args, x->code->arena,
		 (struct code_arg){ key, value, value + 1 });
	k->args++;
}

static bool is_name_byte(char c)
{
	return !is_blank(c) && !strchr("=<>/'\"", c);
}

/* name="value" … in a start tag; the parser has seen that it is one. */
static void read_attributes(struct xml *x, uint32_t call, struct str tag,
			    uint32_t at)
{
	size_t i = 1;

	while (i < tag.len && is_name_byte(tag.ptr[i]))
		i++;
	while (i < tag.len) {
		size_t name, end, quote;
		uint32_t key, value;

		while (i < tag.len && !is_name_byte(tag.ptr[i]))
			i++;
		for (name = end = i;
		     end < tag.len && is_name_byte(tag.ptr[end]);)
			end++;
		for (quote = end; quote < tag.len && tag.ptr[quote] != '"' &&
				  tag.ptr[quote] != '\'';)
			quote++;
		if (quote >= tag.len)
			return;
		for (i = quote + 1;
		     i < tag.len && tag.ptr[i] != tag.ptr[quote];)
			i++;
		/* the parser takes NUL and `<` for UTF-16, whatever it is told */
		if (i >= tag.len)
			return;
		key = push(x, CODE_WORD, at + name, end - name);
		value = push(x, CODE_STRING, at + quote, i + 1 - quote);
		x->code->tokens.item[value].body = at + (uint32_t)quote + 1;
		x->code->tokens.item[value].body_len =
			(uint32_t)(i - quote - 1);
		x->code->tokens.item[value].string = STRING_ENTITIES;
		add_arg(x, call, key, value);
		i++;
	}
}

/* Names may have a prefix: pro:dropColumn. */
static struct str local_name(struct str name)
{
	const size_t colon = str_find_byte(name, ':');

	return colon == SIZE_MAX ? name : str_slice(name, colon + 1, name.len);
}

static void XMLCALL on_start(void *data, const XML_Char *name,
			     const XML_Char **attributes)
{
	struct xml *x = data;
	const uint32_t at = here(x);
	const struct str tag = str_slice(x->code->text, at, at + length(x));
	const struct str whole = str_slice(tag, 1, 1 + strlen(name));
	const struct str local = local_name(whole);
	const uint32_t in =
		x->open.count ? vec_last(&x->open)->call : CODE_NONE;
	const uint32_t open = push(x, CODE_OPERATOR, at, 1);
	const uint32_t token =
		push(x, CODE_WORD, (size_t)(local.ptr - x->code->text.ptr),
		     local.len);
	const uint32_t call = (uint32_t)x->code->calls.count;

	(void)attributes;
	vec_push(&x->code->calls, x->code->arena,
		 (struct code_call){ .name = local,
				     .token = token,
				     .first = open,
				     .on = CODE_NONE,
				     .next = CODE_NONE,
				     .in = in,
				     .block = CODE_NONE });
	x->code->tokens.item[token].match = call;
	read_attributes(x, call, tag, at);
	push(x, CODE_OPERATOR, (size_t)at + (tag.len ? tag.len - 1 : 0), 1);
	x->code->calls.item[call].end = (uint32_t)x->code->tokens.count;
	vec_push(&x->open, x->code->arena, (struct element){ .call = call });
}

/* The element's text becomes its argument without a name, and all of it its
 * block. */
static void XMLCALL on_end(void *data, const XML_Char *name)
{
	struct xml *x = data;
	struct code *c = x->code;
	assert(x->open.item && x->open.count);

	const struct element e = x->open.item[--x->open.count];
	struct code_call *call = &c->calls.item[e.call];

	(void)name;
	for (size_t i = 0; i < e.text.count; i++) {
		const struct code_token *t = &e.text.item[i];
		const uint32_t value = push(x, CODE_STRING, t->off, t->len);

		c->tokens.item[value].body = t->off;
		c->tokens.item[value].body_len = t->len;
		c->tokens.item[value].string = t->string;
		if (i)
			vec_last(&c->args)->end++;
		else if (!call->args || call->arg + call->args == c->args.count)
			add_arg(x, e.call, CODE_NONE, value);
		else
			break;
	}
	push(x, CODE_END, here(x), length(x));
	vec_push(&c->scopes, c->arena,
		 (struct code_scope){ .kind = SCOPE_BLOCK,
				      .first = call->first,
				      .end = (uint32_t)c->tokens.count - 1,
				      .call = call->in });
	call->block = (uint32_t)c->scopes.count - 1;
}

/* Text comes in pieces; those that touch are one. */
static void XMLCALL on_text(void *data, const XML_Char *s, int len)
{
	struct xml *x = data;
	const uint32_t at = here(x), n = length(x);
	const uint16_t flags = x->cdata ? 0 : STRING_ENTITIES;
	struct element *e = x->open.count ? vec_last(&x->open) : NULL;
	struct code_token *last;

	(void)s;
	(void)len;
	if (!e || !n)
		return;
	last = e->text.count ? vec_last(&e->text) : NULL;
	if (last && last->off + last->len == at && last->string == flags) {
		last->len += n;
		return;
	}
	if (!last && is_blank(x->code->text.ptr[at]) &&
	    !str_trim(str_slice(x->code->text, at, at + n)).len)
		return;
	vec_push(&e->text, x->code->arena,
		 (struct code_token){ .off = at, .len = n, .string = flags });
}

static void XMLCALL on_cdata(void *data)
{
	((struct xml *)data)->cdata = true;
}

static void XMLCALL on_cdata_end(void *data)
{
	((struct xml *)data)->cdata = false;
}

static void XMLCALL on_comment(void *data, const XML_Char *text)
{
	struct xml *x = data;
	const struct span span = { here(x), length(x) };

	(void)text;
	vec_push(&x->code->comments, x->code->arena,
		 (struct comment){
			 .span = span,
			 .text = str_trim(str_slice(x->code->text, span.off + 4,
						    span_end(span) - 3)),
		 });
}

/* Nothing here asks where a statement ends but by its tokens. */
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

void code_read_xml(struct code *out, struct arena *a, struct str text,
		   struct reading *r)
{
	struct xml x = { .code = out, .parser = XML_ParserCreate("UTF-8") };

	*out = (struct code){ .arena = a,
			      .text = text,
			      .lang = language_named(STR("xml")) };
	vec_push(&out->scopes, a, (struct code_scope){ .call = CODE_NONE });
	if (x.parser) {
		XML_SetUserData(x.parser, &x);
		XML_SetElementHandler(x.parser, on_start, on_end);
		XML_SetCharacterDataHandler(x.parser, on_text);
		XML_SetCdataSectionHandler(x.parser, on_cdata, on_cdata_end);
		XML_SetCommentHandler(x.parser, on_comment);
	}
	if (!x.parser ||
	    XML_Parse(x.parser, text.ptr, (int)text.len, 1) != XML_STATUS_OK) {
		const uint32_t at = x.parser ? here(&x) : 0;

		vec_push(&r->gaps, r->arena,
			 (struct gap){ { at, at < text.len },
				       "it is not well-formed XML" });
	}
	if (x.parser)
		XML_ParserFree(x.parser);
	push(&x, CODE_END, text.len, 0);
	out->scopes.item[0].end = (uint32_t)out->tokens.count - 1;
	make_ends(out);
}
