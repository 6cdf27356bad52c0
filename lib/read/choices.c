#include "choices.h"

#include <stdlib.h>

#include "calls_value.h"
#include "lang.h"

struct reader {
	struct reading *out;
	const struct code *c;
};

static bool has_folder(struct str path, struct str folder)
{
	return str_find(path, folder) != SIZE_MAX;
}

bool choices_possible(const char *path)
{
	const struct str p = str_of(path);

	if (str_ends(p, STR(".prisma")))
		return true;
	if (str_ends(p, STR(".rb")))
		return has_folder(p, STR("models/"));
	return str_ends(p, STR("models.py")) ||
	       (str_ends(p, STR(".py")) && has_folder(p, STR("models/")));
}

static void add(struct reader *r, struct str of, struct str value,
		struct str label, struct span span)
{
	if (value.len)
		vec_push(&r->out->choices, r->out->arena,
			 (struct choice){ of, value, label, span });
}

/* The literal text of a value; empty where it is computed. */
static struct str literal(const struct reader *r, const struct code_arg *a,
			  uint32_t scope)
{
	const struct code_value v = code_value(r->c, a->first, a->end, scope);
	struct code_string_value s = {
		.text = STRBUF(r->out->arena),
		.budget = 1000,
	};

	if (v.kind != VALUE_TEXT && v.kind != VALUE_NUMBER)
		return STR("");
	code_text_of(&s, r->c, &v);
	return s.computed ? STR("") : strbuf_str(&s.text);
}

/* Outer.Inner of a scope, and a name in it. */
static struct str owner(const struct reader *r, uint32_t scope, struct str name)
{
	enum { DEPTH_MAX = 8 };
	struct str path = name;

	for (int n = 0; scope && n < DEPTH_MAX; n++) {
		const struct code_scope *s = &r->c->scopes.item[scope];

		if (s->kind == SCOPE_CLASS && s->name.len)
			path = str_of(arena_format(
				r->out->arena, STR_FMT "%s" STR_FMT,
				STR_ARG(s->name), path.len ? "." : "",
				STR_ARG(path)));
		scope = s->parent;
	}
	return path;
}

/* { a: 0, b: 1 }: names and what is stored for them. */
static void read_map(struct reader *r, struct str of,
		     const struct code_value *map)
{
	uint32_t at = map->first;
	struct code_arg e;

	while (code_next_element(r->c, map, &at, &e))
		if (e.key != CODE_NONE && e.first < e.end)
			add(r, of, literal(r, &e, map->scope),
			    code_key_text(r->c, e.key),
			    code_span(r->c, e.key, e.end));
}

static bool is_words(const struct code *c, uint32_t token)
{
	return c->tokens.item[token].kind == CODE_STRING &&
	       (c->tokens.item[token].string & STRING_WORDS);
}

/* What is stored for each name of a list. */
enum stored { STORED_PLACE, STORED_NAME, STORED_OTHER };

/*
 * [:a, :b] and %w[a b]: each is stored as its place; with index_with(&:to_s)
 * and its like as its name. What is called on the list stands from `first` up
 * to `end`.
 */
static enum stored stored_as(const struct code *c, uint32_t first, uint32_t end)
{
	static const struct {
		const char *name;
		enum stored stored;
	} methods[] = {
		{ "index_with", STORED_NAME },
		{ "index_by", STORED_NAME },
		{ "zip", STORED_OTHER },
		{ "to_h", STORED_OTHER },
		{ "map", STORED_OTHER },
		{ "each_with_index", STORED_PLACE },
	};

	for (uint32_t i = first; i < end; i++)
		for (size_t n = 0; n < ARRAY_LEN(methods); n++)
			if (c->tokens.item[i].kind == CODE_WORD &&
			    code_is(c, i, methods[n].name))
				return methods[n].stored;
	return STORED_PLACE;
}

static void read_list(struct reader *r, struct str of,
		      const struct code_value *list, enum stored stored)
{
	const bool words = is_words(r->c, list->first);
	uint32_t at = list->first;
	struct code_arg e = { CODE_NONE, list->first, list->end };
	struct str label;

	for (size_t n = 0;; n++) {
		if (words ? !code_word_of(r->c, list->first, n, &label)
			  : !code_next_element(r->c, list, &at, &e))
			return;
		if (!words)
			label = literal(r, &e, list->scope);
		add(r, of,
		    stored == STORED_NAME
			    ? label
			    : str_of(arena_format(r->out->arena, "%zu", n)),
		    label, code_span(r->c, e.first, e.end));
	}
}

static void read_enum_values(struct reader *r, uint32_t scope, struct str name,
			     uint32_t first, uint32_t end)
{
	struct code_value v = code_value(r->c, first, end, scope);
	const struct str of = owner(r, scope, name);
	uint32_t methods = v.first + 1;
	enum stored stored;

	if (v.kind == VALUE_MAP) {
		read_map(r, of, &v);
		return;
	}
	if (v.kind == VALUE_CALL && code_is(r->c, v.first, "[")) {
		/* what stands before `.index_by(…)` */
		methods = r->c->tokens.item[v.first].match + 1;
		v.kind = VALUE_LIST;
	}
	if (v.kind != VALUE_LIST)
		return;
	stored = methods > v.first + 1 || is_words(r->c, v.first)
			 ? stored_as(r->c, methods, v.end)
			 : STORED_PLACE;
	if (methods > v.first + 1) {
		v.first++;
		v.end = methods - 1;
	}
	if (stored != STORED_OTHER)
		read_list(r, of, &v, stored);
}

/* enum :a, { … } · enum :a, x: 0, y: 1 · enum a: { … }, _prefix: true */
static void read_rails_enum(struct reader *r, const struct code_call *k)
{
	static const char *const options[] = { "prefix",   "suffix",
					       "scopes",   "default",
					       "validate", "instance_methods" };
	const struct code_arg *a = code_args_of(r->c, k);
	struct str name = STR("");

	if (!k->args)
		return;
	if (a->key == CODE_NONE)
		name = literal(r, a, k->scope);
	for (uint32_t i = name.len > 0; i < k->args; i++) {
		struct str key = STR("");
		bool option = false;

		if (a[i].key != CODE_NONE)
			key = code_key_text(r->c, a[i].key);
		for (size_t n = 0; n < ARRAY_LEN(options); n++)
			option |= str_eq(key, str_of(options[n])) ||
				  str_starts(key, STR("_"));
		if (option)
			continue;
		if (name.len && key.len)
			add(r, owner(r, k->scope, name),
			    literal(r, &a[i], k->scope), key,
			    code_span(r->c, a[i].key, a[i].end));
		else
			read_enum_values(r, k->scope, name.len ? name : key,
					 a[i].first, a[i].end);
	}
}

/* The first of each pair is stored, the label is for people. */
static void read_pair(struct reader *r, struct str of, const struct code_arg *e,
		      uint32_t scope)
{
	const struct code_value pair =
		code_value(r->c, e->first, e->end, scope);
	uint32_t at = pair.first;
	struct code_arg value;
	struct str s;

	if (pair.kind != VALUE_LIST ||
	    !code_next_element(r->c, &pair, &at, &value))
		return;
	s = literal(r, &value, pair.scope);
	add(r, of, s, s, code_span(r->c, e->first, e->end));
}

/* ("Group", [("a", "Label"), …]): the pairs in it. */
static bool read_group(struct reader *r, struct str of,
		       const struct code_arg *e, uint32_t scope)
{
	const struct code_value pair =
		code_value(r->c, e->first, e->end, scope);
	const struct code_value second = { .scope = scope, .part = 2 };
	struct code_arg part;
	struct code_value group;

	if (pair.kind != VALUE_LIST || !code_part_of(r->c, &second, e, &part))
		return false;
	group = code_value(r->c, part.first, part.end, scope);
	if (group.kind != VALUE_LIST)
		return false;
	for (uint32_t at = group.first;
	     code_next_element(r->c, &group, &at, &part);)
		read_pair(r, of, &part, group.scope);
	return true;
}

/* [("a", "Label"), …], {"a": "Label", …} */
static void read_pairs(struct reader *r, struct str of,
		       const struct code_value *list)
{
	uint32_t at = list->first;
	struct code_arg e;

	while (code_next_element(r->c, list, &at, &e)) {
		if (list->kind == VALUE_MAP && e.key != CODE_NONE) {
			const struct str s = code_key_text(r->c, e.key);

			add(r, of, s, s, code_span(r->c, e.key, e.end));
		} else if (!read_group(r, of, &e, list->scope)) {
			read_pair(r, of, &e, list->scope);
		}
	}
}

/* Does the header of the class name TextChoices, IntegerChoices …? */
static bool is_choices_class(const struct code *c, uint32_t scope)
{
	enum { HEADER_MAX = 16 };
	const struct code_scope *s = &c->scopes.item[scope];

	if (s->kind == SCOPE_BLOCK)
		s = &c->scopes.item[s->parent];
	if (s->kind != SCOPE_CLASS)
		return false;
	for (uint32_t i = s->first; i < s->end && i < s->first + HEADER_MAX;
	     i++) {
		if (c->tokens.item[i].kind == CODE_END)
			break;
		if (c->tokens.item[i].kind == CODE_WORD &&
		    str_ends(code_text(c, i), STR("Choices")))
			return true;
	}
	return false;
}

static bool is_choices_name(struct str name)
{
	return str_iends(name, STR("CHOICES"));
}

static void read_django_binding(struct reader *r, const struct code_binding *b)
{
	const struct code_value v =
		code_value(r->c, b->first, b->end, b->scope);

	if (is_choices_class(r->c, b->scope)) {
		/* ACTIVE = "a", _("Active") */
		const struct code_arg value = { CODE_NONE, b->first,
						r->c->element_end[b->first] };

		add(r, owner(r, b->scope, STR("")),
		    literal(r, &value, b->scope), b->name,
		    code_span(r->c, b->at, b->end));
	} else if (v.kind == VALUE_LIST && is_choices_name(b->name)) {
		read_pairs(r, owner(r, b->scope, b->name), &v);
	}
}

/* status = models.CharField(choices=[…]), choices=STATUSES */
static void read_django_field(struct reader *r, const struct code_call *k)
{
	const struct code_token *t = r->c->tokens.item;

	if (k->first < 2 || t[k->first - 2].kind != CODE_WORD ||
	    !code_is(r->c, k->first - 1, "="))
		return;
	for (uint32_t i = 0; i < k->args; i++) {
		const struct code_arg *a = &r->c->args.item[k->arg + i];
		struct code_value v;

		/* what is named so is read where it is set */
		if (a->key == CODE_NONE || !code_is(r->c, a->key, "choices") ||
		    is_choices_name(code_text(r->c, a->end - 1)))
			continue;
		v = code_value(r->c, a->first, a->end, k->scope);
		if (v.kind == VALUE_LIST || v.kind == VALUE_MAP)
			read_pairs(r,
				   owner(r, k->scope,
					 code_text(r->c, k->first - 2)),
				   &v);
	}
}

/* enum Role { USER ADMIN @map("admin") } */
static void read_prisma(struct reader *r, struct str text)
{
	struct str rest = text, line, of = STR("");

	while (str_next_line(&rest, &line)) {
		struct str s = str_trim(line);
		const size_t map = str_find(s, STR("@map(\""));
		size_t n = 0;

		if (str_starts(s, STR("enum ")) && str_ends(s, STR("{"))) {
			of = str_trim(str_slice(s, 5, s.len - 1));
			continue;
		}
		if (str_starts(s, STR("}")))
			of = STR("");
		while (n < s.len && (is_alpha(s.ptr[n]) || is_digit(s.ptr[n]) ||
				     s.ptr[n] == '_'))
			n++;
		if (!of.len || !n)
			continue;
		struct str value = str_slice(s, 0, n);

		if (map != SIZE_MAX) {
			value = str_slice(s, map + 6, s.len);
			value = str_slice(value, 0, str_find_byte(value, '"'));
		}
		add(r, of, value, value,
		    (struct span){ (uint32_t)(s.ptr - text.ptr), (uint32_t)n });
	}
}

static int block_cmp(const void *a, const void *b)
{
	const struct block *x = a, *y = b;

	return (x->span.off > y->span.off) - (x->span.off < y->span.off);
}

/* What a comment may stand above: a line that sets or calls something, a
 * class. */
static void add_blocks(struct reading *out, const struct code *c)
{
	for (size_t i = 0; i < c->calls.count; i++)
		vec_push(&out->blocks, out->arena,
			 (struct block){ code_span(c, c->calls.item[i].first,
						   c->calls.item[i].end) });
	for (size_t i = 0; i < c->bindings.count; i++)
		vec_push(&out->blocks, out->arena,
			 (struct block){ code_span(c, c->bindings.item[i].at,
						   c->bindings.item[i].end) });
	for (size_t i = 1; i < c->scopes.count; i++)
		if (c->scopes.item[i].kind == SCOPE_CLASS)
			vec_push(&out->blocks, out->arena,
				 (struct block){ code_span(
					 c, c->scopes.item[i].first,
					 c->scopes.item[i].end + 1) });
	if (out->blocks.count)
		qsort(out->blocks.item, out->blocks.count,
		      sizeof(*out->blocks.item), block_cmp);
}

void read_choices(struct reading *out, const struct source *src)
{
	struct reader r = { .out = out };
	const struct language *lang = language_of_path(src->path);
	struct code *c = arena_new(out->arena, struct code);

	if (str_ends(str_of(src->path), STR(".prisma"))) {
		read_prisma(&r, src->text);
		return;
	}
	if (!lang)
		return;
	code_read(c, out->arena, src->text, lang);
	r.c = c;
	out->comments = c->comments;
	for (uint32_t i = 0; i < c->calls.count; i++) {
		if (lang->blocks == BLOCKS_INDENT)
			read_django_field(&r, &c->calls.item[i]);
		else if (str_eq(c->calls.item[i].name, STR("enum")))
			read_rails_enum(&r, &c->calls.item[i]);
	}
	for (size_t i = 0;
	     lang->blocks == BLOCKS_INDENT && i < c->bindings.count; i++)
		read_django_binding(&r, &c->bindings.item[i]);
	add_blocks(out, c);
}
