#ifndef SETTINGS_CODE_WALK_H
#define SETTINGS_CODE_WALK_H

#include "calls.h"
#include "collect.h"

enum { CODE_FRAMES_MAX = 64 };

/* An open bracket or block of a program: what it is called, and when what
 * stands in it runs. */
struct code_level {
	uint32_t end;	      /* the token that closes it */
	struct str label;     /* the key or name it is the value of */
	struct str condition; /* of a block that a word opens and `end` ends */
	struct str branch;    /* the condition that an `else` behind it ends */
	struct str function;  /* the name of the function it is the body of */
	unsigned marks;	      /* NAME_*: of the condition in front of it */
	bool asks;	      /* that condition asks for the environment */
	bool asked;	      /* a stage that is called destroy */
	bool deploy;	      /* a stage of a pipeline that deploys */
	bool talk;	      /* the arguments of a call that only prints */
};

/* Something inside a function: a call of another one, or a form. */
struct code_use {
	struct str function; /* that it stands in; empty: in none */
	struct str name;     /* that is called */
	size_t form;
	bool guarded; /* where it stands, an environment was asked for */
};

struct code_uses VEC(struct code_use);

/* One walk over the tokens of a program. */
struct code_walk {
	struct collector *c;
	struct code code;
	struct code_level level[CODE_FRAMES_MAX];
	size_t levels;
	struct str condition; /* of the branch that was closed last … */
	uint32_t closed;      /* … at this token, for an `else` behind it */
	uint32_t single;      /* a branch without braces ends here */
	unsigned single_marks;
	bool guarded; /* an environment was asked for, and the program left */
	struct code_uses calls; /* of functions of this program */
	struct code_uses forms; /* that stand in one, unguarded */
	/* Forms of Django's DATABASES: a later assignment counts instead. */
	struct {
		size_t *item;
		size_t count;
		size_t size;
	} databases;
};

static inline const struct code_token *walk_token(const struct code_walk *w,
						  uint32_t i)
{
	static const struct code_token none = { .kind = CODE_END };

	return i < w->code.tokens.count ? &w->code.tokens.item[i] : &none;
}

static inline bool walk_is(const struct code_walk *w, uint32_t i,
			   const char *text)
{
	return i < w->code.tokens.count && code_is(&w->code, i, text);
}

/* What is round token `i`: environment and all, by file and conditions. */
struct scope walk_scope(const struct code_walk *w);

/* Is it inside something that is only printed? */
bool walk_is_talk(const struct code_walk *w);

/* Does the program ask for the environment before it comes here? */
bool walk_is_guarded(const struct code_walk *w);

/* At a token that opens something: what holds for all that stands in it. */
void code_open_level(struct code_walk *w, uint32_t i);

/* At each token: what ends there, or before it. */
void code_close_levels(struct code_walk *w, uint32_t i);

/* At a word: an `else` turns the branch that it stands in round. */
void code_flip_branch(struct code_walk *w, uint32_t i);

/* At a word: a branch of one statement, without braces, begins. */
void code_note_single(struct code_walk *w, uint32_t i);

/* At a word: where it leaves the program under a condition that asks for the
 * environment, what comes after it is guarded. */
void code_note_exit(struct code_walk *w, uint32_t i);

/* The key or name that what opens at token `i` is the value of. */
struct str code_label_at(const struct code_walk *w, uint32_t i);

/* Is the word at `i`, with parentheses behind it, being defined? */
bool code_is_definition(const struct code_walk *w, uint32_t i);

/* Takes note of a form that nothing round it guards: what calls the function
 * that it stands in may. */
void code_note_form(struct code_walk *w, size_t form);

/* Takes note of a call, where token `i` is one; and of the function whose body
 * opens at token `i`. */
void code_note_call(struct code_walk *w, uint32_t i);
struct str code_function_at(const struct code_walk *w, uint32_t i);

/* At the end: forms in functions that are only called under a guard. */
void code_guard_forms(struct code_walk *w);

/* The string at token `i` is the database where `key` is not set; the form
 * begins at token `from`. Nothing where it is no file of a database. */
void code_add_default(struct code_walk *w, struct str key, uint32_t i,
		      uint32_t from);

/* A call at the word `i`, whose arguments open at `i + 1`: commands it runs,
 * a variable it reads with a default. */
void code_take_call(struct code_walk *w, uint32_t i);

/* A call at the word `i` that no program should make, seed or not: what drops
 * tables, or the database. */
void code_take_dropper(struct code_walk *w, uint32_t i);

/* In a program that fills a database: a call or an SQL text at token `i` that
 * empties it first. */
void code_take_seed(struct code_walk *w, uint32_t i);

#endif
