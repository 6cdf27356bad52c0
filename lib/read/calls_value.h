#ifndef READ_CALLS_VALUE_H
#define READ_CALLS_VALUE_H

#include "calls.h"
#include "strbuf.h"

/*
 * What an argument is worth, as far as the text says it: names are followed
 * to where they are set, strings are put together from their pieces.
 */
enum value_kind {
	VALUE_NONE,
	VALUE_NULL,
	VALUE_FALSE,
	VALUE_TRUE,
	VALUE_NUMBER,
	VALUE_TEXT, /* a string or symbol, joined or interpolated */
	VALUE_NAME, /* a name that is set nowhere in the text: User, a.b */
	VALUE_CALL,
	VALUE_LIST,
	VALUE_MAP,
	VALUE_FUNCTION,
	VALUE_OTHER, /* an expression */
};

struct code_value {
	enum value_kind kind;
	uint32_t first, end; /* tokens: for a list or map its elements */
	uint32_t scope;	     /* in which its names are looked up */
	uint32_t call;	     /* of VALUE_CALL */
	bool each;	   /* a loop's variable: one of the list in turn … */
	uint32_t variable; /* the name of it, or the one that was followed to
			    * the value: one more than its token; or 0 */
	uint8_t part;	   /* … or the n-th part of it, from 1 */
	struct str entry;  /* … or the entry of that name */
};

/* The value of the tokens from `first` up to `end`. */
struct code_value code_value(const struct code *c, uint32_t first, uint32_t end,
			     uint32_t scope);

/* What a name is set to; a loop's variable is one of what it goes through. */
struct code_value code_bound_value(const struct code *c,
				   const struct code_binding *set);

/* x["key"], x[:key] from token i: the token of the key, else CODE_NONE. */
uint32_t code_subscript(const struct code *c, uint32_t i, uint32_t end);

/* The next element of a list or map; false at the end. `*at` begins as
 * `v->first`. A list of words (%w[a b]) has none: see code_words(). */
bool code_next_element(const struct code *c, const struct code_value *v,
		       uint32_t *at, struct code_arg *out);

/*
 * What `list->part` or `list->entry` takes of an element of the list. A pair
 * with a name has two parts: the name (only `out->key` is set then, its value
 * is empty) and the value. What has no parts is its own first. False where
 * there is none.
 */
bool code_part_of(const struct code *c, const struct code_value *list,
		  const struct code_arg *element, struct code_arg *out);

/* The entry of a map by its name; { table } is { table: table }. */
bool code_entry_of(const struct code *c, const struct code_value *map,
		   struct str key, struct code_arg *out);

/* The map that a function gives without a statement, x => ({ a: 1 }); false
 * where it is none. */
bool code_given_map(const struct code *c, const struct code_value *function,
		    struct code_value *out);

/* The i-th word of a list of words; false where there are fewer. */
bool code_word_of(const struct code *c, uint32_t token, size_t i,
		  struct str *out);

/* Part of a text and where it stands in the source. */
struct code_piece {
	uint32_t off;  /* in the text */
	uint32_t from; /* in the source */
	uint32_t len;
	bool computed; /* not literal: the name of what is put there */
};

struct code_pieces VEC(struct code_piece);

/*
 * Which element of each list is taken: a loop's variables go through their
 * list, and of several lists each element meets each of the others.
 */
struct code_turns {
	size_t number; /* of the combination, from 0 */
	size_t count;  /* lists that were met */
	struct {
		uint32_t list; /* its first token; one more: in its elements */
		size_t length;
	} met[4];
};

/* The element of the list whose turn it is. Lists that are elements of one
 * list share their turns; the longest of them says how many there are. */
size_t code_turn(struct code_turns *turns, uint32_t list, size_t length);

/* How many combinations the lists that were met have; bounded. */
size_t code_turns_all(const struct code_turns *turns);

/* A text that is put together. */
struct code_string_value {
	struct strbuf text;
	struct code_pieces pieces;
	bool computed;		  /* some piece is */
	bool literal;		  /* some piece is literal */
	struct code_turns *turns; /* of loop variables; NULL: the first */
	unsigned budget;	  /* steps that are left */
	/* What `??` and `:name:` in it stand for; NULL: nothing. */
	const struct code_arg *bound;
	uint32_t bound_count, bound_scope;
};

/* The text of a value. A list of texts has `;` between its statements. */
void code_text_of(struct code_string_value *out, const struct code *c,
		  const struct code_value *v);

#endif
