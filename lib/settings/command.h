#ifndef SETTINGS_COMMAND_H
#define SETTINGS_COMMAND_H

#include "environment.h"
#include "piece.h"
#include "shell.h"

/*
 * A simple command as rules see it: what runs it (npx, bundle exec, sudo,
 * dotenv --, ssh, bash -c, …) is taken off, its name is the one the manual
 * uses. What the wrappers and the words say about its target is kept as marks.
 */
struct command {
	struct shell_word *word;
	size_t count;
	struct str path;   /* the first word as written: ./bin/reset.sh */
	struct str feeds;  /* the program that reads its output; or empty */
	struct piece from; /* what the spans of the words count in */
	struct span span;  /* in the file */
	struct str input;  /* SQL or a script on its standard input; or empty */
	unsigned marks;	   /* NAME_*: what its words and variables speak of */
	bool remote;	   /* runs on another machine: heroku run, ssh, … */
	bool contained;	   /* … in a container of this one: docker exec */
	bool asked;  /* somebody was asked first, or asks for it by name */
	bool script; /* `word[0]` may be a script of package.json: npm run */
	const struct shell_guard *guard;
};

struct command_variable {
	struct str key, value;
	struct span span; /* of the value, in the file */
	unsigned marks;	  /* NAME_*: of all that is set beside it */
	const struct shell_guard *guard;
};

/* Whoever wants the commands of a script. */
struct command_sink {
	struct arena *arena;
	struct reading *reading; /* takes the comments; may be NULL */
	void *payload;
	void (*command)(void *payload, const struct command *c);
	void (*variable)(void *payload, const struct command_variable *v);
};

/* All simple commands that a script runs, those inside others too. */
void commands_of_script(const struct command_sink *sink,
			const struct piece *script, enum shell_host host);

/* The same for a command that is given as a list of words. */
void commands_of_words(const struct command_sink *sink,
		       const struct piece *from, struct shell_word *word,
		       size_t count);

/* The plain form: words with blanks between, quoted where they hold blanks;
 * `***` for what may be secret. */
struct str command_text(struct arena *a, const struct command *c);

static inline struct str command_word(const struct command *c, size_t i)
{
	return i < c->count ? c->word[i].text : STR("");
}

/* Is word `i` that one? */
static inline bool command_is(const struct command *c, size_t i,
			      const char *word)
{
	return i < c->count && str_eq(c->word[i].text, str_of(word));
}

#endif
