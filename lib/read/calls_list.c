#include "calls_list.h"

#include "lang.h"

static const struct code_token *token(const struct code *c, uint32_t i)
{
	return &c->tokens.item[i];
}

/* array(…), list(…), List.of(…): the list of its arguments. */
bool code_is_list_call(const struct code *c, uint32_t call)
{
	static const char *const names[] = { "array",	"of",	 "asList",
					     "list",	"tuple", "listOf",
					     "arrayOf", "vec" };
	const struct code_call *k = &c->calls.item[call];

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(k->name, str_of(names[i])))
			return true;
	return false;
}

static bool is_php_list(struct str name)
{
	return str_eq(name, STR("collect")) ||
	       str_eq(name, STR("array_filter")) ||
	       str_eq(name, STR("array_reverse")) ||
	       str_eq(name, STR("array_unique")) ||
	       str_eq(name, STR("array_values"));
}

/* Ruby's Array(names) and Array.wrap(names), Laravel's Arr::wrap($names),
 * JavaScript's Array.from(names): a list as it is, else a list of one. */
static bool wraps(const struct code *c, const struct code_call *k)
{
	if (str_eq(k->name, STR("Array")))
		return c->lang->flags & LANG_SYMBOLS;
	return k->first + 2 == k->token && ((str_eq(k->name, STR("wrap")) &&
					     (code_is(c, k->first, "Array") ||
					      code_is(c, k->first, "Arr"))) ||
					    (str_eq(k->name, STR("from")) &&
					     code_is(c, k->first, "Array")));
}

/* set([…]), tuple(names): the list that it is made of. */
bool code_is_made_of(const struct code *c, uint32_t call)
{
	const struct code_call *k = &c->calls.item[call];

	/* list(x) copies in Python; elsewhere it is a list of one */
	const bool copies =
		c->lang->blocks == BLOCKS_INDENT &&
		(str_eq(k->name, STR("list")) || str_eq(k->name, STR("tuple")));

	return k->args && c->args.item[k->arg].key == CODE_NONE &&
	       (is_php_list(k->name) || wraps(c, k) ||
		(k->args == 1 && (copies || str_eq(k->name, STR("set")) ||
				  str_eq(k->name, STR("frozenset")) ||
				  str_eq(k->name, STR("sorted")) ||
				  str_eq(k->name, STR("reversed")))));
}

/* Does a list stand at `i`, as it is or in collect(…), or a name of one? */
static bool begins_list(const struct code *c, uint32_t i, uint32_t scope)
{
	const struct code_token *t = token(c, i);
	const struct code_binding *set = NULL;

	if (t->kind == CODE_WORD && code_is(c, i + 1, "("))
		return str_eq(code_text(c, i), STR("collect")) &&
		       code_is(c, i + 2, "[");
	if (t->kind == CODE_WORD)
		set = code_bound(c, code_text(c, i), i, scope, false);
	if (set && !set->each && set->first < set->end) {
		i = set->first;
		/* 'a', 'b' without brackets */
		if (c->element_end[i] < set->end)
			return true;
	}
	t = token(c, i);
	return (t->kind == CODE_OPEN && code_is(c, i, "[")) ||
	       (t->kind == CODE_STRING && (t->string & STRING_WORDS));
}

static bool sifts(struct str name)
{
	static const char *const names[] = {
		"select",  "filter",  "reject", "uniq",	  "unique",
		"compact", "sort",    "sortBy", "values", "toArray",
		"to_a",	   "reverse", "all",	"freeze", "flatten",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, str_of(names[i])))
			return true;
	return false;
}

/* list.select { … }.sort, collect([…])->filter(…)->all(): elements of the
 * list, as they are; true where *v is now that list. */
bool code_is_sifted(const struct code *c, struct code_value *v)
{
	uint32_t i = v->first + 1, list;

	if (!begins_list(c, v->first, v->scope))
		return false;
	if (token(c, v->first)->kind == CODE_OPEN)
		i = code_after(c, v->first);
	else if (token(c, i)->kind == CODE_OPEN)
		i = code_after(c, i);
	list = i;
	while (i + 1 < v->end && (token(c, i)->flags & CODE_MEMBER) &&
	       sifts(code_text(c, i + 1)))
		for (i += 2; i < v->end && token(c, i)->kind == CODE_OPEN;)
			i = code_after(c, i);
	if (i != v->end || i == list)
		return false;
	v->end = list;
	return true;
}

/* *v is that map, its keys or its values; false where it is no map. */
static bool take_map(struct code_value *v, const struct code_value *map,
		     bool keys, bool values)
{
	if (map->kind != VALUE_MAP)
		return false;
	v->kind = VALUE_MAP;
	v->first = map->first;
	v->end = map->end;
	v->scope = map->scope;
	if (keys || values)
		v->part = keys ? 1 : 2;
	return true;
}

/* PHP's array_keys($map) and array_values($map), JavaScript's Object.keys(map),
 * Object.values(map) and Object.entries(map) */
bool code_is_part_of_map(const struct code *c, struct code_value *v)
{
	const struct code_call *k = &c->calls.item[v->call];
	const struct code_arg *a = code_args_of(c, k);
	const bool object = code_is(c, k->first, "Object");
	const bool keys = str_eq(k->name, STR("array_keys")) ||
			  (object && str_eq(k->name, STR("keys")));
	const bool values = str_eq(k->name, STR("array_values")) ||
			    (object && str_eq(k->name, STR("values")));

	if ((!keys && !values &&
	     !(object && str_eq(k->name, STR("entries")))) ||
	    k->args != 1)
		return false;
	const struct code_value map = code_value(c, a->first, a->end, k->scope);

	return take_map(v, &map, keys, values);
}

/* The map that a loop goes through by pairs.items(), .keys() or .values(), or
 * Object.entries(pairs), with the part that its variable takes of each. */
bool code_is_of_map(const struct code *c, struct code_value *v)
{
	const struct code_call *k = &c->calls.item[v->call];
	const struct code_arg *a = code_args_of(c, k);
	const bool keys = str_eq(k->name, STR("keys"));
	const bool values = str_eq(k->name, STR("values"));

	if (!v->each || k->args > 1 || k->first + 2 != k->token ||
	    (a && !code_is(c, k->first, "Object")) ||
	    (!keys && !values &&
	     !str_eq(k->name, a ? STR("entries") : STR("items"))))
		return false;
	const struct code_value map =
		a ? code_value(c, a->first, a->end, k->scope)
		  : code_value(c, k->first, k->first + 1, k->scope);

	return take_map(v, &map, keys, values);
}

/* Which of the names between two tokens it is, from 1; 0 for none. */
static uint8_t place_of(const struct code *c, struct str name, uint32_t first,
			uint32_t end)
{
	uint8_t n = 1;

	for (uint32_t i = first; i < end && n < UINT8_MAX; i++) {
		if (token(c, i)->kind == CODE_COMMA)
			n++;
		else if (str_eq(code_text(c, i), name))
			return n;
	}
	return 0;
}

bool code_is_generated(const struct code *c, const struct code_value *v)
{
	return c->lang->blocks == BLOCKS_INDENT && v->end - v->first >= 5 &&
	       code_is(c, v->first + 1, "for");
}

/* [x for x in list if …]: some elements of the list, as they are; [x for y, x
 * in list]: the same part of each. */
bool code_is_picked(const struct code *c, struct code_value *v)
{
	uint32_t in = v->first + 3, end;
	uint8_t part;

	if (!code_is_generated(c, v))
		return false;
	while (in + 1 < v->end && !code_is(c, in, "in"))
		in++;
	part = place_of(c, code_text(c, v->first), v->first + 2, in);
	if (!part || (in > v->first + 3 && v->part))
		return false;
	if (in > v->first + 3)
		v->part = part;
	v->first = in + 1;
	for (end = v->first; end < v->end && !code_is(c, end, "if");)
		end = code_after(c, end);
	v->end = end < v->end ? end : v->end;
	return true;
}

/* [*names], [...names]: the list in another one. */
bool code_is_spread(const struct code *c, struct code_value *v)
{
	if (v->kind != VALUE_LIST || v->first + 1 >= v->end ||
	    c->element_end[v->first] < v->end ||
	    (!code_is(c, v->first, "*") && !code_is(c, v->first, "...")))
		return false;
	v->first++;
	return true;
}
