#ifndef READ_CALLS_JOIN_H
#define READ_CALLS_JOIN_H

#include "calls_marks.h"
#include "calls_value.h"

/*
 * A text is put together from the strings of an expression, in their order.
 * What is not a string is followed to where it is set; where that is nowhere,
 * its name stands in its place. Depth and steps are bounded.
 * These are the parts of that; calls_value.h has what others need.
 */
enum { TEXT_DEPTH_MAX = 24 };

/* The values that the marks of a string stand for: "… %s" % x,
 * "… {}".format(x), sprintf("… %s", x), raw("… ??", [x]). */
struct format {
	const struct code_arg *args;
	uint32_t count, next;
	uint32_t scope; /* where the names in them are looked up */
	enum mark_kind marks;
};

struct joiner {
	const struct code *c;
	struct code_string_value *out;
	uint32_t scope; /* where names are looked up */
	int depth;
	const char *between; /* elements of a list; NULL: as the list says */
	struct format format;
};

static inline const struct code_token *text_token(const struct joiner *j,
						  uint32_t i)
{
	return &j->c->tokens.item[i];
}

/* Adds the text of the expression in tokens `first` to `end`. */
void text_join(struct joiner *j, uint32_t first, uint32_t end);

/* Adds bytes that stand at `from` in the source, or, `computed`, the name of
 * what is known when the program runs. */
void text_add(struct joiner *j, struct str s, size_t from, bool computed);

/* Adds a mark between two texts, unless nothing stands before it. All its
 * bytes come from the first one of that token. */
void text_separate(struct joiner *j, uint32_t at, const char *mark);

/* Takes back what was added since the text had that length. */
void text_take_back(struct joiner *j, size_t length);

/* Counts so many bytes that were looked at among the steps. */
void text_spend(struct joiner *j, size_t bytes);

/* The word that a text ends with. */
struct str text_last_word(struct str s);

/* Adds what a name stands for, or the name. `member`: it is one of an
 * object. */
void text_name(struct joiner *j, struct str name, uint32_t at, size_t from,
	       bool member);

/* Adds the element of a loop's list whose turn it is; false where there is
 * none. */
bool text_element(struct joiner *j, const struct code_value *list);

/* Adds what pair[0] is, where `name` takes each of a list of lists in turn;
 * `behind`: the text behind the name. */
bool text_subscript(struct joiner *j, struct str name, uint32_t at,
		    struct str behind);

/* Adds the entry of that name of each element that `head` takes in turn. */
bool text_entry(struct joiner *j, struct str head, uint32_t at,
		struct str entry);

/* Adds string token `i` with what fills its marks. */
void text_string(struct joiner *j, uint32_t i, uint32_t end);

/* The call of a method right behind token `i`: a literal's, a list's; NULL
 * where there is none. */
const struct code_call *text_method(const struct joiner *j, uint32_t i,
				    uint32_t end, const char *name);

#endif
