#ifndef READ_REWRITE_H
#define READ_REWRITE_H

#include "calls_value.h"
#include "code_rules.h"

struct code_range {
	uint32_t first, end; /* tokens */
};

struct code_ranges VEC(struct code_range);

/*
 * Calls into plain statements, as a framework's rules say. Shared by the
 * files that do it; code.c holds what the rest of the project calls.
 */
struct rewriter {
	struct arena *arena;
	const struct code *c;
	const struct code_rules *rules;
	struct str app;
	enum dialect dialect;
	const struct code_rewrite **of; /* of each call, or NULL */
	/* What the name is set to that each call is made on, or CODE_NONE:
	 * table("users") for t.drop() behind t = table("users"); and, the
	 * other way round, the last call that is made so on each. */
	const uint32_t *maker;
	const uint32_t *last_made;
	struct map functions;	   /* names of the functions of the text */
	struct map runs;	   /* … and what runs each of them */
	struct code_ranges states; /* what runs no SQL, wherever it is */
	unsigned budget;	   /* steps left for putting texts together */
	struct code_turns turns;   /* with the lists that the last text met */
};

/* Where names of a template are looked up. */
struct env {
	struct rewriter *r;
	uint32_t call;
	const struct code_rewrite *rewrite; /* of that call */
	const struct env *outer;  /* an entry's list, a type's column */
	struct code_arg entry;	  /* one element of a list or map … */
	bool has_entry;		  /* … if this is so */
	bool aliased;		  /* in what `set` says a name stands for */
	struct code_turns *turns; /* which element of a list {x} stands for;
				   * NULL: the first */
};

/*
 * One template on its way to a text: where names are looked up, where the
 * text goes, and what came of it beside.
 */
struct expansion {
	const struct env *env;
	struct strbuf text;
	int depth;     /* of templates in templates, bounded */
	bool computed; /* some name is not literal */
	bool missing;  /* some name has no value */
};

/* A value that was found: from the source, or a text. */
struct found {
	struct code_value value;
	struct str text; /* of a builtin; value.kind is VALUE_TEXT */
	bool has_text;
};

/* The value of a path: `table`, `options.type`, `what.1`; `.type` asks only
 * the call itself, not what holds it; `^where` what the chain comes from, as
 * rewrite_find_origin() does; `+Nullable` what follows in its chain; `=Text` what a
 * member of its receiver is set to. Alternatives stand between slashes; the
 * first that has a value counts. */
bool rewrite_find(const struct env *env, struct str path, struct found *out);

/* A name of the call itself. */
bool rewrite_find_own(const struct env *env, struct str name,
		      struct found *out);

/*
 * A call of that name (`where*`: that begins so) before it, in its chain or
 * in those that its first name is set to; `class`: the class that the first of them begins with, `each`:
 * some name on the way takes each of a list, `subscript`: what stands in the
 * brackets of its head, self[:users], `nulls`: they ask for the rows in
 * which one column is NULL, and that as SQL.
 */
bool rewrite_find_origin(const struct env *env, struct str name,
			 struct found *out);

/* What is set on the receiver before the call, as assignments of SQL:
 * `u.name = x` before `u.save()`. */
bool rewrite_find_assigned(const struct env *env, struct found *out);

/* What a map is the name of, as far as its entries say: { tableName: 'a' }. */
bool rewrite_find_name(const struct env *env, const struct code_value *map,
		       struct found *out);

/* What a member of the receiver was last set to before the call:
 * `c.CommandText = x` before `c.ExecuteNonQuery()`. */
bool rewrite_find_member(const struct env *env, struct str name,
			 struct found *out);

/* What a call is worth as a value: its argument, its list of them, or that it
 * is there. */
bool rewrite_take_call(const struct env *env, uint32_t index,
		       struct found *out);

/* The table of a class of models, Spree::Order. */
struct str rewrite_model_table(const struct rewriter *r, struct str path);

/* The table that a struct which stands there says in a tag; "" for none. */
struct str rewrite_struct_table(const struct code *c,
				const struct code_value *v);

/* CamelCase, with::its::Module, to snake_case; a name to its plural. */
struct str rewrite_snake(struct arena *a, struct str s);
struct str rewrite_plural(struct arena *a, struct str s);

/* Is it a filter of names: lower, plural? */
bool rewrite_word_filter(struct str name);

/* A name through such filters, `|` between them; others change nothing. */
struct str rewrite_words(struct arena *a, struct str s, struct str filters);

/* `null=false and not default` */
bool rewrite_holds(const struct env *env, struct str condition);

/* Adds the text of a template. */
void template_expand(struct expansion *x, struct str s);

/* {parts...}: what the calls inside the expansion's call give to it. */
void rewrite_parts(struct expansion *x);

/* Adds one value through its filters. */
void filter_value(struct expansion *x, const struct found *found,
		  struct str filter);

/* Is it a filter? */
bool filter_known(struct str name);

/* The rewrite of a call, or NULL; those of the calls around it are known. */
const struct code_rewrite *rewrite_of(struct rewriter *r, uint32_t call);

/* Does a rewrite have that very name? */
bool rewrite_names(const struct code_rules *rules, struct str name);

/* Calls of classes that are made from such a name are calls of it. */
void rewrite_name_bases(const struct rewriter *r, struct code *c);

/* What the table of types has for a name, or NULL. */
const char *rewrite_type(const struct code_rules *rules, struct str name);

/* Fills `maker` and `last_made`. */
void rewrite_find_makers(struct rewriter *r);

/* The nearest call around it that becomes statements, or CODE_NONE. */
uint32_t rewrite_collector(const struct rewriter *r, uint32_t call);

typedef uint32_t call_holder_fn(const struct rewriter *r, uint32_t call);

/* What holds the call: what it is made on, or an argument or in a block of. */
static inline uint32_t call_holder(const struct rewriter *r, uint32_t call)
{
	const struct code_call *k = &r->c->calls.item[call];

	return k->on != CODE_NONE ? k->on : k->in;
}

/* The same, where what the name is set to comes first that it is made on. */
static inline uint32_t call_maker(const struct rewriter *r, uint32_t call)
{
	const uint32_t maker = r->maker[call];

	return maker != CODE_NONE ? maker : call_holder(r, call);
}

/* The text of a value as a single line; sets *computed. */
struct str rewrite_text(const struct env *env, const struct found *f,
			bool *computed);

#endif
