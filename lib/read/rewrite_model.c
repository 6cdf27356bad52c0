#include "lang.h"
#include "rewrite.h"

/*
 * The table of a model. A class of the same text may say it
 * (`self.table_name = "people"`, Go's `TableName()`); else it is the plural of the name, behind
 * the modules that hold it.
 */

enum { CLASSES_MAX = 64 };

static struct str last_segment(struct str path)
{
	for (size_t i = path.len; i-- > 0;)
		if (path.ptr[i] == ':')
			return str_slice(path, i + 1, path.len);
	return path;
}

static bool is_class(const struct code *c, uint32_t scope, struct str name)
{
	return c->scopes.item[scope].kind == SCOPE_CLASS &&
	       str_eq(c->scopes.item[scope].name, name);
}

/* self.table_name = "people" in a class of that name; "" where none says. */
static struct str said_name(const struct rewriter *r, struct str class)
{
	const struct code *c = r->c;

	const struct code_binding *b = code_newest(c, STR("table_name"));

	for (int n = 0; b && n < CLASSES_MAX; n++, b = code_older(c, b)) {
		const struct code_value v =
			code_value(c, b->first, b->end, b->scope);
		struct code_string_value s = { .text = STRBUF(r->arena),
					       .budget = 100 };

		if (!is_class(c, b->scope, class) || v.kind != VALUE_TEXT)
			continue;
		code_text_of(&s, c, &v);
		if (!s.computed)
			return strbuf_str(&s.text);
	}
	return STR("");
}

/* The type of Go's receiver: User in func (u *User) TableName() */
static struct str receiver_of(const struct code *c, const struct code_scope *f)
{
	const uint32_t open = f->first + 1;
	uint32_t i;

	if (!code_is(c, open, "("))
		return STR("");
	i = c->tokens.item[open].match - 1;
	return i > open && c->tokens.item[i].kind == CODE_WORD ? code_text(c, i)
							       : STR("");
}

/* func (User) TableName() string { return "people" } */
static struct str returned_name(const struct rewriter *r, struct str class)
{
	const struct code *c = r->c;

	for (uint32_t i = 1; i < c->scopes.count; i++) {
		const struct code_scope *f = &c->scopes.item[i];

		if (f->kind != SCOPE_FUNCTION ||
		    !str_eq(f->name, STR("TableName")) ||
		    !str_eq(receiver_of(c, f), class))
			continue;
		for (uint32_t k = f->params_end; k < f->end; k++)
			if (c->tokens.item[k].kind == CODE_STRING &&
			    code_is(c, k - 1, "return"))
				return code_body(c, k);
	}
	return STR("");
}

/* The table in the tag of Go's bun, `bun:"table:people,alias:p"`, among the
 * tokens; "" where none says. */
static struct str tagged(const struct code *c, uint32_t first, uint32_t end)
{
	const struct str tag = STR("bun:\"table:");

	for (uint32_t i = first; i < end; i++) {
		const struct str body = c->tokens.item[i].kind == CODE_STRING
						? code_body(c, i)
						: STR("");
		size_t n = tag.len;

		if (!str_starts(body, tag))
			continue;
		while (n < body.len && body.ptr[n] != ',' && body.ptr[n] != '"')
			n++;
		return str_slice(body, tag.len, n);
	}
	return STR("");
}

struct str rewrite_struct_table(const struct code *c,
				const struct code_value *v)
{
	return tagged(c, v->first, v->end);
}

/* type User struct { bun.BaseModel `bun:"table:people"` } */
static struct str tagged_name(const struct code *c, struct str class)
{
	for (uint32_t i = 1; i + 2 < c->tokens.count; i++)
		if (code_is(c, i - 1, "type") && code_is(c, i + 1, "struct") &&
		    str_eq(code_text(c, i), class))
			return tagged(c, i + 2, code_after(c, i + 2));
	return STR("");
}

static bool has_class(const struct code *c, struct str name)
{
	for (uint32_t i = 1; i < c->scopes.count; i++)
		if (is_class(c, i, name))
			return true;
	return false;
}

struct str rewrite_model_table(const struct rewriter *r, struct str path)
{
	const struct str last = last_segment(path);
	const bool go = r->c->lang->flags & LANG_RECEIVERS;
	struct str said = go ? returned_name(r, last) : said_name(r, last);
	struct strbuf b = STRBUF(r->arena);

	if (go && !said.len)
		said = tagged_name(r->c, last);
	if (said.len)
		return said;
	for (struct str rest = path; rest.len > last.len;) {
		size_t n = str_find_byte(rest, ':');
		const struct str module = str_slice(rest, 0, n);

		/* The migration's own class is no module of models. */
		if (module.len && !has_class(r->c, module)) {
			strbuf_add(&b, rewrite_snake(r->arena, module));
			strbuf_byte(&b, '_');
		}
		rest = str_slice(rest, n + 1, rest.len);
	}
	strbuf_add(&b, rewrite_plural(r->arena, rewrite_snake(r->arena, last)));
	return strbuf_str(&b);
}
