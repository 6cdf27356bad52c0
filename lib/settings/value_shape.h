#ifndef SETTINGS_VALUE_SHAPE_H
#define SETTINGS_VALUE_SHAPE_H

#include "value.h"

struct value_word;

/* The shapes by which value.c tells values apart; `s` is trimmed and not
 * empty. What they return to be printed is a literal or a scheme. */

/* Bytes without which a value has none of some shapes. */
enum {
	BYTE_COLON = 1u << 0,
	BYTE_COMPUTED = 1u << 1, /* $ < { ` */
	BYTE_BRACKET = 1u << 2,	 /* < [ ! */
	BYTE_EQUALS = 1u << 3,
	BYTE_QUERY = 1u << 4,
	BYTE_AT = 1u << 5,
};

unsigned shape_bytes(struct str s);

/* `file:./dev.db`, `sqlite://…`, `jdbc:h2:mem:x`, `:memory:`. A bare `file:`
 * is a database only where the key says so. */
bool shape_sqlite_url(struct value *out, struct str s, bool database);

/* A path that ends like a database file, or `Data Source=app.db`. */
bool shape_sqlite_file(struct value *out, struct str s);

/* The name of an embedded database: sqlite3, better-sqlite3, h2. `word` is
 * shape_word() of it. */
bool shape_sqlite_name(struct value *out, struct str s,
		       const struct value_word *word, bool database);

/* `change-me-please`, `your_key`, `<password>`, the URL of a manual; `bytes`
 * are shape_bytes() of it. */
bool shape_is_placeholder(struct str s, unsigned bytes);

/* `$X`, `${X}`, `<%= … %>`, `{{ … }}`, `$(…)` */
bool shape_is_computed(struct str s);

/* `postgres://`, `mysql2://`, `jdbc:postgresql://` … */
bool shape_is_database_scheme(struct str scheme);

/* The host of a URL is this machine. */
bool shape_is_local_host(struct str url);

/* `Server=localhost;…`, `host=127.0.0.1 dbname=…` */
bool shape_is_local_string(struct str s);

/* The kind of secret that it is by its shape ("private key"); or empty. */
struct str shape_secret(struct str s);

/* The row of value_words, or NULL. */
const struct value_word *shape_word(struct str s);

#endif
