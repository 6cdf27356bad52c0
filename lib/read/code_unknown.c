#include "code_unknown.h"

#include "code_sql.h"

enum { HOLDERS_MAX = 16, WORDS_MAX = 8 };

static bool is_any(struct str name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_ieq(name, str_of(names[i])))
			return true;
	return false;
}

/* Calls that only say something. */
static bool is_message(struct str name)
{
	static const char *const names[] = {
		"log",	  "info",    "warn",  "warning", "error",
		"debug",  "print",   "puts",  "say",	 "echo",
		"raise",  "printf",  "trace", "panic",	 "assert",
		"Errorf", "Println", "write", "fatal",	 "describe",
	};

	return is_any(name, names, ARRAY_LEN(names));
}

size_t code_words_of(struct str name, struct str *words, size_t max)
{
	size_t count = 0, begin = 0;

	for (size_t i = 0; i <= name.len && count < max; i++) {
		const bool end = i == name.len || name.ptr[i] == '_' ||
				 (name.ptr[i] != lower(name.ptr[i]) && i &&
				  name.ptr[i - 1] == lower(name.ptr[i - 1]));

		if (!end)
			continue;
		if (i > begin)
			words[count++] = str_slice(name, begin, i);
		begin = i + (i < name.len && name.ptr[i] == '_');
	}
	return count;
}

/* Calls that run what they are handed, whatever comes of them: by their name
 * or by the first word of it, run_sql_safely. */
static bool is_runner(struct str name)
{
	static const char *const names[] = {
		"executescript", "unsafe",	 "batch",
		"multi_query",	 "mysqli_query", "pg_query",
	};
	static const char *const verbs[] = { "query", "execute", "exec",
					     "run" };
	struct str words[WORDS_MAX];

	return is_any(name, names, ARRAY_LEN(names)) ||
	       (code_words_of(name, words, WORDS_MAX) &&
		is_any(words[0], verbs, ARRAY_LEN(verbs)));
}

/* Calls that put their arguments into the text. */
static bool is_formatter(struct str name)
{
	static const char *const names[] = { "Sprintf", "sprintf", "format" };

	return is_any(name, names, ARRAY_LEN(names));
}

static bool in_binding(const struct code *c, uint32_t token)
{
	enum { NESTED_MAX = 16 };
	size_t i = code_bindings_before(c, token);

	for (int n = 0; i-- > 0 && n < NESTED_MAX; n++)
		if (c->bindings.item[i].first <= token &&
		    token < c->bindings.item[i].end)
			return true;
	return false;
}

/* Is it only the value of a constant or of a member of one? What is kept in
 * a function or a class is run further below. */
static bool is_kept(const struct code *c, const struct code_call *k)
{
	if (c->scopes.item[k->scope].kind != SCOPE_FILE || is_runner(k->name) ||
	    !k->first)
		return false;
	return !code_is(c, k->first - 1, "await") &&
	       (code_is(c, k->first - 1, ":") || in_binding(c, k->first));
}

/* Does a call around it say what becomes of its SQL? */
static bool is_taken(const struct rewriter *r, uint32_t call)
{
	const struct code *c = r->c;
	const uint32_t scope = c->calls.item[call].scope;
	uint32_t holder = call_holder(r, call);

	for (int n = 0; holder != CODE_NONE && n < HOLDERS_MAX; n++) {
		const struct code_rewrite *w = r->of[holder];

		if (w && (w->sql || w->to) &&
		    c->calls.item[holder].scope == scope)
			return true;
		if (!w && is_message(c->calls.item[holder].name))
			return true;
		holder = call_holder(r, holder);
	}
	return false;
}

/* Of { text: "DELETE …", values: [] } the SQL. */
static void take_entry(const struct code *c, struct code_value *v)
{
	static const char *const names[] = { "sql", "query", "text",
					     "statement" };
	struct code_arg entry;

	for (size_t i = 0; v->kind == VALUE_MAP && i < ARRAY_LEN(names); i++)
		if (code_entry_of(c, v, str_of(names[i]), &entry))
			*v = code_value(c, entry.first, entry.end, v->scope);
}

/* sanitize_sql(["UPDATE … = ?", value]): the string that is the first of a
 * list, else the argument as it is. */
static struct code_arg first_of_list(const struct code *c,
				     const struct code_arg *a)
{
	uint32_t i = a->first + 1;

	if (a->first >= a->end || !code_is(c, a->first, "["))
		return *a;
	while (i < a->end && c->tokens.item[i].kind == CODE_END)
		i++;
	return c->tokens.item[i].kind == CODE_STRING
		       ? (struct code_arg){ CODE_NONE, i, c->element_end[i] }
		       : *a;
}

/* A string that stands there; what a name stands for, where a runner is
 * handed it. */
static bool take_text(const struct rewriter *r, const struct code_call *k,
		      const struct code_arg *a, struct found *sql)
{
	const struct code *c = r->c;

	*sql = (struct found){ .value = { .kind = VALUE_TEXT,
					  .first = a->first,
					  .end = a->end,
					  .scope = k->scope } };
	if (a->first >= a->end)
		return false;
	if (c->tokens.item[a->first].kind == CODE_STRING) {
		if (is_formatter(k->name))
			sql->value = code_value(c, k->first, k->end, k->scope);
		return true;
	}
	if (!is_runner(k->name) && !str_eq(k->name, STR("command")))
		return false;
	sql->value = code_value(c, a->first, a->end, k->scope);
	take_entry(c, &sql->value);
	return sql->value.kind == VALUE_TEXT &&
	       c->tokens.item[sql->value.first].kind == CODE_STRING;
}

bool code_runs_argument(const struct rewriter *r, uint32_t call, uint32_t i,
			struct found *sql)
{
	const struct code *c = r->c;
	const struct code_call *k = &c->calls.item[call];
	const struct code_arg a = first_of_list(c, &c->args.item[k->arg + i]);

	if (!take_text(r, k, &a, sql))
		return false;
	const uint32_t string =
		sql->value.kind == VALUE_CALL ? a.first : sql->value.first;

	return code_looks_like_sql(code_body(c, string)) &&
	       !is_message(k->name) && !is_kept(c, k) && !is_taken(r, call);
}

bool code_next_returned(const struct rewriter *r, uint32_t *token,
			struct found *sql)
{
	const struct code *c = r->c;

	for (uint32_t i = *token + 1; i < c->tokens.count; i++) {
		if (c->tokens.item[i].kind != CODE_STRING ||
		    !code_is(c, i - 1, "return") ||
		    !code_looks_like_sql(code_body(c, i)))
			continue;
		*token = i;
		*sql = (struct found){
			.value = { .kind = VALUE_TEXT,
				   .first = i,
				   .end = c->statement_end[i],
				   .scope = code_scope_at(c, i) },
		};
		return true;
	}
	return false;
}

/* Does a call in its arguments say what it does: manager.drop(table(…))? */
static bool is_told_inside(const struct rewriter *r, uint32_t call)
{
	const struct code *c = r->c;

	for (uint32_t i = call + 1; i < c->calls.count; i++) {
		if (c->calls.item[i].token >= c->calls.item[call].end)
			break;
		if (r->of[i] && (r->of[i]->to || r->of[i]->sql))
			return true;
	}
	return false;
}

/* A string that is the name of something. */
static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_alpha(s.ptr[i]) && !is_digit(s.ptr[i]) &&
		    s.ptr[i] != '_' && s.ptr[i] != '.')
			return false;
	return s.len > 0;
}

/* The names among the arguments, at most NAMES_MAX; returns how many. */
enum { NAMES_MAX = 3 };

static size_t names_given(const struct rewriter *r, uint32_t call,
			  struct str *names)
{
	const struct code *c = r->c;
	const struct code_call *k = &c->calls.item[call];
	size_t count = 0;

	for (uint32_t i = 0; i < k->args && count < NAMES_MAX; i++) {
		const struct code_arg *a = &c->args.item[k->arg + i];
		const struct code_value v =
			code_value(c, a->first, a->end, k->scope);

		if (v.kind == VALUE_TEXT && v.first + 1 == v.end &&
		    is_name(code_body(c, v.first)))
			names[count++] = code_body(c, v.first);
	}
	return count;
}

/* Which of the words is the verb, with one behind it: the first, or the one
 * behind "create" and the like, createDropColumnMigration(…), which makes what
 * does it; SIZE_MAX where none is. */
static size_t verb_at(const struct str *words, size_t count,
		      const char *const *verbs, size_t verb_count)
{
	static const char *const makers[] = { "create", "make", "build", "safe",
					      "safely" };
	const size_t at =
		count && is_any(words[0], makers, ARRAY_LEN(makers)) ? 1 : 0;

	return at + 1 < count && is_any(words[at], verbs, verb_count)
		       ? at
		       : SIZE_MAX;
}

/* Is it named whole there, or is the next word a part of it,
 * dropTableComment(…)? */
static bool names_whole(const struct str *words, size_t count, size_t at)
{
	static const char *const behind[] = {
		"if",	"from",	   "in",   "on",	"by",	 "with",
		"of",	"for",	   "when", "where",	"and",	 "safe",
		"all",	"safely",  "now",  "migration", "step",	 "exists",
		"sync", "cascade", "op",   "operation", "async",
	};

	return at + 1 >= count || is_digit(words[at + 1].ptr[0]) ||
	       is_any(words[at + 1], behind, ARRAY_LEN(behind));
}

struct str code_destroyed(const struct rewriter *r, uint32_t call)
{
	static const char *const verbs[] = { "drop", "remove" };
	struct str words[WORDS_MAX], names[NAMES_MAX];
	const struct str name = r->c->calls.item[call].name;
	const size_t count = names_given(r, call, names);

	const size_t said = code_words_of(name, words, WORDS_MAX);
	const size_t verb = verb_at(words, said, verbs, ARRAY_LEN(verbs));

	if (verb == SIZE_MAX || !names_whole(words, said, verb + 1))
		return STR("");
	const struct str object = words[verb + 1];

	if (str_ieq(object, STR("table")) && count == 1)
		return str_of(arena_format(r->arena, "DROP TABLE " STR_FMT,
					   STR_ARG(names[0])));
	if (str_ieq(object, STR("column")) && count == 2)
		return str_of(arena_format(
			r->arena,
			"ALTER TABLE " STR_FMT " DROP COLUMN " STR_FMT,
			STR_ARG(names[0]), STR_ARG(names[1])));
	return STR("");
}

bool code_says_it_destroys(const struct rewriter *r, uint32_t call)
{
	static const char *const verbs[] = {
		"drop", "truncate", "delete", "remove", "purge", "wipe",
	};
	static const char *const objects[] = {
		"table", "tables", "column",  "columns", "row",
		"rows",	 "record", "records", "schema",	 "database",
	};
	const struct code_call *k = &r->c->calls.item[call];
	struct str words[WORDS_MAX];
	const size_t count = code_words_of(k->name, words, WORDS_MAX);
	const size_t verb = verb_at(words, count, verbs, ARRAY_LEN(verbs));

	if (verb == SIZE_MAX || map_get(&r->functions, k->name) ||
	    is_taken(r, call) || is_told_inside(r, call))
		return false;
	for (size_t i = verb + 1; i < count; i++)
		if (is_any(words[i], objects, ARRAY_LEN(objects)) &&
		    names_whole(words, count, i))
			return true;
	return false;
}
