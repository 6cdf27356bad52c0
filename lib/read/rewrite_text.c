#include "rewrite.h"

enum {
	NAME_LIMIT = 200,
	SQL_LIMIT = 2000,
};

static bool is_word_byte(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' || c == '$' ||
	       (unsigned char)c > 127;
}

/* White space to single blanks. */
static struct str one_line(struct arena *a, struct str s)
{
	struct strbuf b = STRBUF(a);
	bool blank = false;

	s = str_trim(s);
	if (str_find_byte(s, '\n') == SIZE_MAX)
		return s;
	for (size_t i = 0; i < s.len; i++)
		if (is_blank(s.ptr[i])) {
			blank = true;
		} else {
			if (blank)
				strbuf_byte(&b, ' ');
			blank = false;
			strbuf_byte(&b, s.ptr[i]);
		}
	return strbuf_str(&b);
}

/* x => x.Name, t => new { t.A, t.B }: the members. */
static struct str members(const struct env *env, const struct code_value *v)
{
	const struct code *c = env->r->c;
	struct strbuf b = STRBUF(env->r->arena);

	for (uint32_t i = v->first + 1; i < v->end; i++) {
		const struct code_token *t = &c->tokens.item[i];

		if (t->kind != CODE_WORD || t[-1].kind != CODE_OPERATOR ||
		    !(t[-1].flags & CODE_MEMBER))
			continue;
		if (b.len)
			strbuf_puts(&b, ", ");
		strbuf_add(&b, code_text(c, i));
	}
	return strbuf_str(&b);
}

/* The last name of a path that is the whole value. */
static struct str last_word(const struct code *c, const struct code_value *v)
{
	for (uint32_t i = v->end; i-- > v->first;) {
		struct str word = code_text(c, i);

		if (c->tokens.item[i].kind != CODE_WORD)
			continue;
		while (word.len && (word.ptr[0] == '$' || word.ptr[0] == '@'))
			word = str_slice(word, 1, word.len);
		return word;
	}
	return STR("");
}

static struct str joined_text(const struct env *env, const struct found *f,
			      bool *computed)
{
	env->r->turns = env->turns ? *env->turns : (struct code_turns){ 0 };
	struct code_string_value s = {
		.text = STRBUF(env->r->arena),
		.turns = &env->r->turns,
		.budget = env->r->budget,
	};

	code_text_of(&s, env->r->c, &f->value);
	env->r->budget = s.budget;
	*computed = s.computed;
	return one_line(env->r->arena, strbuf_str(&s.text));
}

/* keys.find(k => …): what comes of it has no name of its own. */
static bool finds(const struct code *c, uint32_t call)
{
	const struct code_call *k = &c->calls.item[call];
	const struct code_arg *a = &c->args.item[k->arg];

	return k->args &&
	       code_value(c, a->first, a->end, k->scope).kind == VALUE_FUNCTION;
}

struct str rewrite_text(const struct env *env, const struct found *f,
			bool *computed)
{
	const struct code *c = env->r->c;

	*computed = false;
	if (f->has_text)
		return f->text;
	switch (f->value.kind) {
	case VALUE_NONE: return STR("");
	case VALUE_NULL: return STR("null");
	case VALUE_TRUE: return STR("true");
	case VALUE_FALSE: return STR("false");
	case VALUE_NAME: *computed = true; return last_word(c, &f->value);
	case VALUE_FUNCTION: return members(env, &f->value);
	case VALUE_CALL:
		/* What a call gives to a loop, or finds: the name of its
		 * variable. */
		if (f->value.variable &&
		    (f->value.each || finds(c, f->value.call))) {
			*computed = true;
			return code_text(c, f->value.variable - 1);
		}
		if (!c->calls.item[f->value.call].args) {
			*computed = true;
			return c->calls.item[f->value.call].name;
		}
		return joined_text(env, f, computed);
	case VALUE_NUMBER:
	case VALUE_TEXT:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OTHER: return joined_text(env, f, computed);
	}
	return STR("");
}

/* A name as plain forms have it: bare where it can be, else in quotes. */
static void put_name(struct expansion *x, struct str s)
{
	struct strbuf *b = &x->text;
	bool bare = s.len > 0;

	s = str_trim(s);
	if (s.len > 2 && strchr("\"`", s.ptr[0]) &&
	    s.ptr[s.len - 1] == s.ptr[0] &&
	    str_find_byte(str_slice(s, 1, s.len - 1), s.ptr[0]) == SIZE_MAX) {
		s = str_slice(s, 1, s.len - 1);
		bare = false;
	}
	if (!s.len) {
		strbuf_puts(b, "unknown");
		x->computed = true;
		return;
	}
	for (size_t i = 0; i < s.len; i++)
		bare = bare && (is_word_byte(s.ptr[i]) ||
				(s.ptr[i] == '.' && i && i + 1 < s.len));
	if (!bare)
		strbuf_byte(b, '"');
	for (size_t i = 0; i < s.len && i < NAME_LIMIT; i++)
		strbuf_byte(b, s.ptr[i] == '"' || (unsigned char)s.ptr[i] < ' '
				       ? '_'
				       : s.ptr[i]);
	if (!bare)
		strbuf_byte(b, '"');
}

/* A piece of SQL: literals masked, white space folded. */
static void put_sql(struct strbuf *b, struct str s)
{
	bool blank = false;

	s = str_slice(str_trim(s), 0, SQL_LIMIT);
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.ptr[i];

		if (is_blank(c)) {
			blank = true;
			continue;
		}
		if (blank && c != ',' && c != ')')
			strbuf_byte(b, ' ');
		blank = false;
		if (c != '\'') {
			strbuf_byte(b, c == '`' ? '"' : c);
			continue;
		}
		for (i++; i < s.len; i++)
			if (s.ptr[i] == '\'') {
				if (i + 1 >= s.len || s.ptr[i + 1] != '\'')
					break;
				i++;
			}
		strbuf_puts(b, "''");
	}
}

/* now(), gen_random_uuid(), CURRENT_TIMESTAMP: SQL although it is a string */
static bool is_sql_default(struct str s)
{
	size_t i = 0;

	if (str_istarts(s, STR("current_")) || str_istarts(s, STR("nextval(")))
		return true;
	while (i < s.len && (is_word_byte(s.ptr[i]) || s.ptr[i] == '.'))
		i++;
	return i && i < s.len && s.ptr[i] == '(' && s.ptr[s.len - 1] == ')' &&
	       is_alpha(s.ptr[0]);
}

/* The string in -> { "now()" } */
static struct str inner_string(const struct code *c, const struct code_value *v)
{
	for (uint32_t i = v->first; i < v->end; i++)
		if (c->tokens.item[i].kind == CODE_STRING)
			return code_body(c, i);
	return STR("");
}

/* The one argument of text("now()"), knex.raw("now()") */
static struct str sole_string(const struct env *env, const struct code_value *v)
{
	const struct code *c = env->r->c;
	const struct code_call *call = &c->calls.item[v->call];
	const struct code_arg *a = &c->args.item[call->arg];
	bool computed;

	if (v->first != call->first || call->args != 1)
		return STR("");
	const struct found f = { .value = code_value(c, a->first, a->end,
						     v->scope) };

	return f.value.kind == VALUE_TEXT ? rewrite_text(env, &f, &computed)
					  : STR("");
}

/* What a column's default is: literals masked, functions by name. */
static void put_default(struct strbuf *b, const struct env *env,
			const struct found *f)
{
	const struct code_call *call;
	bool computed;
	struct str s;

	switch (f->value.kind) {
	case VALUE_NULL: strbuf_puts(b, "NULL"); return;
	case VALUE_TRUE:
	case VALUE_FALSE:
	case VALUE_NUMBER:
		strbuf_add(b, rewrite_text(env, f, &computed));
		return;
	case VALUE_CALL:
	case VALUE_FUNCTION:
		s = f->value.kind == VALUE_CALL
			    ? sole_string(env, &f->value)
			    : inner_string(env->r->c, &f->value);
		if (s.len) {
			put_sql(b, s);
			return;
		}
		if (f->value.kind == VALUE_FUNCTION)
			break;
		call = &env->r->c->calls.item[f->value.call];
		if (!call->args) {
			strbuf_add(b, call->name);
			strbuf_puts(b, "()");
			return;
		}
		break;
	case VALUE_TEXT:
		s = rewrite_text(env, f, &computed);
		if (is_sql_default(s)) {
			put_sql(b, s);
			return;
		}
		break;
	case VALUE_NONE:
	case VALUE_NAME:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OTHER: break;
	}
	strbuf_puts(b, "''");
}

/* 'a', 'b': the labels of an enum, or the arguments of a call; they keep their
 * text. */
static void put_labels(struct strbuf *b, const struct env *env, struct found *f)
{
	const struct code *c = env->r->c;
	struct code_arg e;
	size_t n = 0;
	bool computed;

	if (!f->has_text && f->value.kind == VALUE_CALL)
		rewrite_take_call(env, f->value.call, f);
	if (f->has_text || f->value.kind != VALUE_LIST)
		return;
	for (uint32_t at = f->value.first;
	     code_next_element(c, &f->value, &at, &e);) {
		const struct found one = {
			.value = code_value(c, e.first, e.end, f->value.scope)
		};
		const struct str s = rewrite_text(env, &one, &computed);

		if (one.value.kind != VALUE_TEXT)
			continue;
		strbuf_puts(b, n++ ? ", '" : "'");
		for (size_t i = 0; i < s.len; i++)
			strbuf_byte(b, s.ptr[i] == '\'' ? '_' : s.ptr[i]);
		strbuf_byte(b, '\'');
	}
}

const char *rewrite_type(const struct code_rules *rules, struct str name)
{
	const char *const *t = rules->types;
	const char first = name.len ? lower(name.ptr[0]) : '\0';

	for (; t && t[0]; t += 2)
		if (lower(t[0][0]) == first && str_ieq(name, str_of(t[0])))
			return t[1];
	return NULL;
}

/* The call that makes a type: String(10).with_variant(…) is a String. */
static uint32_t type_call(const struct code *c, uint32_t call)
{
	enum { CHAIN_MAX = 16 };

	for (int n = 0; c->calls.item[call].on != CODE_NONE && n < CHAIN_MAX;
	     n++)
		call = c->calls.item[call].on;
	return call;
}

/* What an expression begins with: X in X(y).impl. */
static struct str head_of_expression(const struct code *c,
				     const struct code_value *v)
{
	uint32_t end = v->first;

	while (end + 2 < v->end && c->tokens.item[end].kind == CODE_WORD &&
	       (c->tokens.item[end + 1].flags & CODE_MEMBER))
		end += 2;
	return str_slice(c->text, c->tokens.item[v->first].off,
			 c->tokens.item[end].off + c->tokens.item[end].len);
}

/* Is it put together from strings? */
static bool has_string(const struct code *c, const struct code_value *v)
{
	for (uint32_t i = v->first; i < v->end; i++)
		if (c->tokens.item[i].kind == CODE_STRING)
			return true;
	return false;
}

/*
 * A type by the table of types, else as it is written. Of a class of the
 * author's own, of an expression and of a length that is computed, nobody
 * knows the type: nothing is added, or, with `spell`, what it is called.
 */
static void put_type(struct expansion *x, const struct found *f, bool spell)
{
	const struct env *env = x->env;
	const struct code *c = env->r->c;
	struct expansion type = { .text = STRBUF(env->r->arena),
				  .depth = x->depth + 1 };
	struct env inner = *env;
	bool computed, made = false;
	const char *text;
	struct str name;

	if (!f->has_text && f->value.kind == VALUE_CALL) {
		inner = (struct env){
			.r = env->r,
			.call = type_call(c, f->value.call),
			.outer = env,
		};
		name = c->calls.item[inner.call].name;
		made = true;
	} else if (!f->has_text && f->value.kind == VALUE_OTHER &&
		   !has_string(c, &f->value)) {
		name = head_of_expression(c, &f->value);
		made = true;
	} else {
		name = rewrite_text(env, f, &computed);
	}
	type.env = &inner;
	text = rewrite_type(env->r->rules, name);
	if (text)
		template_expand(&type, str_of(text));
	else if (!made || spell)
		put_sql(&type.text, name);
	if (!type.computed || spell)
		strbuf_add(&x->text, strbuf_str(&type.text));
	x->missing |= type.missing && !type.computed;
}

/* Filters of a value, which end a chain. */
static const char *const last_filters[] = { "name",    "sql",	"type",
					    "known",   "value", "labels",
					    "spelled", "table", "iden" };

bool filter_known(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(last_filters); i++)
		if (str_eq(name, str_of(last_filters[i])))
			return true;
	return rewrite_word_filter(name);
}

/* As it is written. */
static struct str spanned(const struct code *c, const struct code_value *v)
{
	const struct span s = code_span(c, v->first, v->end);

	return str_slice(c->text, s.off, span_end(s));
}

/* The name that an enum's variant stands for (sea-query's Iden): User::Table
 * is user, User::CreatedAt is created_at; and the one that a module of SeaORM
 * is made from: entity::user::Entity is user. */
static struct str iden(const struct env *env, const struct found *f,
		       bool *computed)
{
	static const char *const ends[] = { "::Table", "::Entity" };
	struct str s;

	if (f->has_text || f->value.kind != VALUE_NAME)
		return rewrite_text(env, f, computed);
	s = spanned(env->r->c, &f->value);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_ends(s, str_of(ends[i])))
			s.len -= strlen(ends[i]);
	return rewrite_snake(env->r->arena, s);
}

/* (*User)(nil) of Go is User. */
static struct found model_of(const struct code *c, struct found f)
{
	struct code_value *v = &f.value;

	if (!f.has_text && v->kind == VALUE_OTHER && v->end - v->first > 3 &&
	    code_is(c, v->end - 2, "nil") && code_is(c, v->end - 3, "("))
		v->end -= 3;
	return f;
}

/* A model's table is derived, one that is named is that. */
static struct str table_of(const struct env *env, const struct found *f,
			   bool *computed)
{
	const struct found model = model_of(env->r->c, *f);
	const struct str own = rewrite_struct_table(env->r->c, &f->value);

	if (!f->has_text && own.len)
		return own;
	const struct str s = rewrite_text(env, &model, computed);

	return f->has_text || f->value.kind != VALUE_TEXT
		       ? rewrite_model_table(env->r, s)
		       : s;
}

/* What is not one text: the first of those that it may be. */
static struct str first_of(struct str s, bool *computed)
{
	const size_t n = str_find_byte(s, ';');

	*computed |= n < s.len;
	return n < s.len ? str_slice(s, 0, n) : s;
}

/* The text of a name; "old_#{name}" in a loop over names is so many. */
static struct str name_text(struct expansion *x, const struct found *f,
			    bool *computed)
{
	struct found named;

	if (f->has_text)
		return f->text;
	if (f->value.kind == VALUE_MAP) {
		*computed = true;
		if (!rewrite_find_name(x->env, &f->value, &named) ||
		    named.value.kind == VALUE_MAP)
			return STR("");
		return rewrite_text(x->env, &named, computed);
	}
	if (x->env->turns)
		x->env->r->turns = *x->env->turns;
	const struct str s = rewrite_text(x->env, f, computed);

	if (x->env->turns)
		*x->env->turns = x->env->r->turns;
	return first_of(s, computed);
}

void filter_value(struct expansion *x, const struct found *f, struct str filter)
{
	const size_t before = x->text.len;
	bool computed = false;
	struct str s;

	if (f->value.kind == VALUE_NONE) {
		x->missing = true;
	} else if (str_eq(filter, STR("type")) ||
		   str_eq(filter, STR("spelled"))) {
		put_type(x, f, str_eq(filter, STR("spelled")));
	} else if (str_eq(filter, STR("known"))) {
		put_type(x, f, false);
		x->missing |= x->text.len == before;
	} else if (str_eq(filter, STR("value"))) {
		put_default(&x->text, x->env, f);
	} else if (str_eq(filter, STR("labels"))) {
		put_labels(&x->text, x->env,
			   &(struct found){ f->value, f->text, f->has_text });
	} else if (str_eq(filter, STR("iden"))) {
		put_name(x, iden(x->env, f, &computed));
		x->computed |= computed;
	} else if (str_eq(filter, STR("table"))) {
		put_name(x, table_of(x->env, f, &computed));
		x->computed |= computed;
	} else {
		s = str_ends(filter, STR("sql"))
			    ? rewrite_text(x->env, f, &computed)
			    : name_text(x, f, &computed);
		if (str_ends(filter, STR("sql")))
			put_sql(&x->text, s);
		else
			put_name(x, rewrite_words(x->env->r->arena, s, filter));
		x->computed |= computed;
	}
}
