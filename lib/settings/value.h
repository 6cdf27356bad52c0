#ifndef SETTINGS_VALUE_H
#define SETTINGS_VALUE_H

#include "str.h"

struct arena;

/*
 * What a value is, so that nobody has to see it. The text of a class is all
 * that forms, rules and reports ever get of a value: the scheme of a URL, a
 * word of a short closed list, never a part of what may be secret.
 */
enum value_class {
	CLASS_TEXT,	   /* anything else */
	CLASS_EMPTY,	   /* nothing, or blanks */
	CLASS_PLACEHOLDER, /* changeme, <your-key>, xxx */
	CLASS_COMPUTED,	   /* only the run time knows */
	CLASS_WORD,	   /* a word that cannot be secret: true, sqlite3 */
	CLASS_NUMBER,
	CLASS_SQLITE,	/* a database in a file, in memory, embedded */
	CLASS_LOCAL,	/* the URL of a database on this very machine */
	CLASS_DATABASE, /* the URL of a database elsewhere */
	CLASS_URL,
	CLASS_SECRET, /* a key or token by its shape */
	CLASS_PATH,   /* a path of the file system */
	CLASS_JSON,
};

struct value {
	enum value_class class;
	struct str detail; /* printable: scheme, word, kind of secret */
	struct str path;   /* of CLASS_SQLITE: the file; empty in memory */
};

/* What `value` is under that key (its path of keys, '.' between). Pointers
 * go into `value` and into literals. */
struct value value_of(struct str key, struct str value);

/* `sqlite (file:)`, `database (postgres://)`, `empty`, `true`, `text` */
struct str value_text(struct arena *a, const struct value *v);

/* The same, to be joined with what stands round it. Returns how many parts it
 * has. */
enum { VALUE_PARTS = 4 };
size_t value_parts(const struct value *v, struct str part[VALUE_PARTS]);

/* Does a setting of that name hold a database, or say which kind it is? */
bool names_database(struct str key);
/* … its URL or connection string: DATABASE_URL, MONGODB_URI, DB_DSN */
bool names_database_url(struct str key);
/* … a password, a token, a key of a server */
bool names_secret(struct str key);

/* Is it JSON, as a parser of JSON has it; an object, if `object`? */
bool is_json(struct str s, bool object);

/* May the key be printed? Letters, digits, `_ . -`, not too long and not a
 * key or token itself. */
bool key_is_printable(struct str key);

#endif
