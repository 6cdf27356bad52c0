/* One statement, by its first words, to plain forms. */
#include "sql_reader.h"

void sql_emit(struct sql_reader *r, struct strbuf *text, struct span span,
	      unsigned flags)
{
	struct str s = strbuf_str(text);

	/* a body that is never closed may end in its last ";" */
	while (s.len && (s.ptr[s.len - 1] == ';' || s.ptr[s.len - 1] == ' '))
		s.len--;
	struct form *f =
		reading_add(r->out, FORM_STATEMENT, s, r->at ? *r->at : span);

	f->whole = r->at ? *r->at : r->whole;
	f->direction = r->direction;
	f->flags = r->flags | flags |
		   (r->in_transaction ? FORM_IN_TRANSACTION : 0);
}

/* The statement as it is written. */
static void emit_whole(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);

	strbuf_reserve(&b, words_span(w, 0, w->count).len + 16);
	words_put(w, 0, w->count, &b);
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
}

static void emit_labels(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);

	words_put_labels(w, 0, w->count, &b);
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
}

/* BEGIN and its synonyms, COMMIT and its: what lies between is a block. */
static void begin_transaction(struct sql_reader *r, struct words *w,
			      unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);

	strbuf_puts(&b, "BEGIN");
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
	r->in_transaction = true;
	r->transaction_at = r->whole.off;
}

static void end_transaction(struct sql_reader *r, struct words *w,
			    const char *as, unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);

	if (r->in_transaction)
		vec_push(&r->out->blocks, r->out->arena,
			 (struct block){
				 { r->transaction_at,
				   span_end(r->whole) - r->transaction_at } });
	r->in_transaction = false;
	strbuf_puts(&b, as);
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
}

/* "DROP TABLE" and the like: how many words the kind of object takes. */
static size_t object_words(const struct words *w, size_t i)
{
	static const char *const two[] = {
		"MATERIALIZED VIEW", "FOREIGN TABLE",	 "EVENT TRIGGER",
		"FOREIGN DATA",	     "TEXT SEARCH",	 "USER MAPPING",
		"OPERATOR CLASS",    "OPERATOR FAMILY",	 "ACCESS METHOD",
		"FULLTEXT INDEX",    "FULLTEXT CATALOG", "OWNED BY"
	};

	for (size_t n = 0; n < sizeof(two) / sizeof(*two); n++)
		if (words_match(w, i, two[n]))
			return 2;
	return 1;
}

/* DROP INDEX t.i is T-SQL for DROP INDEX i ON t. */
static bool put_drop_index(struct words *w, struct strbuf *b)
{
	struct strbuf name = STRBUF(b->arena);

	if (!words_name(w, &name))
		return false;
	const struct str s = strbuf_str(&name);
	size_t dot = s.len;

	if (w->dialect == DIALECT_SQLSERVER && !words_is(w, w->at, "ON"))
		while (dot && s.ptr[dot - 1] != '.')
			dot--;
	else
		dot = 0;
	if (!dot) {
		strbuf_add(b, s);
		return true;
	}
	strbuf_add(b, str_slice(s, dot, s.len));
	strbuf_puts(b, " ON ");
	strbuf_add(b, str_slice(s, 0, dot - 1));
	return true;
}

static bool is_temporary_name(const struct words *w, size_t i)
{
	const struct str raw = words_raw(w, i);

	return w->dialect == DIALECT_SQLSERVER && raw.len &&
	       (raw.ptr[0] == '#' || str_starts(raw, STR("[#")));
}

/* One dropped object: head, name and (T-SQL, triggers) where it stands. */
static bool drop_one(struct sql_reader *r, struct words *w, struct str head,
		     bool exists, size_t tail, unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);
	const size_t from = w->at;
	const bool one = !from || words_find(w, 0, tail, ",") == w->count;

	strbuf_puts(&b, "DROP ");
	if (is_temporary_name(w, w->at) && str_eq(head, STR("TABLE")))
		strbuf_puts(&b, "TEMPORARY ");
	strbuf_add(&b, head);
	strbuf_puts(&b, exists ? " IF EXISTS " : " ");
	if (!(str_starts(head, STR("INDEX")) ? put_drop_index(w, &b)
					     : words_name(w, &b)))
		return false;
	if (words_is(w, w->at, "(")) {
		const size_t close = words_close(w, w->at);

		strbuf_byte(&b, '(');
		words_put(w, w->at + 1, close, &b);
		strbuf_byte(&b, ')');
		w->at = close + 1;
	}
	if (words_is(w, w->at, "ON") && w->at < tail) {
		strbuf_puts(&b, " ON ");
		w->at++;
		words_name(w, &b);
	}
	const struct span span =
		one ? words_span(w, 0, w->count) : words_span(w, from, w->at);

	if (tail < w->count) {
		strbuf_byte(&b, ' ');
		words_put(w, tail, w->count, &b);
	}
	sql_emit(r, &b, span, flags);
	return words_accept(w, ",");
}

void sql_drop(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct strbuf head = STRBUF(r->out->arena);

	w->at = 1;
	if (words_accept(w, "TEMPORARY") || words_accept(w, "TEMP"))
		strbuf_puts(&head, "TEMPORARY ");
	const size_t kind = object_words(w, w->at);

	if (w->at + kind >= w->count || w->token[w->at].kind != SQL_WORD) {
		emit_whole(r, w, flags);
		return;
	}
	for (size_t i = 0; i < kind; i++) {
		const struct str word = words_raw(w, w->at++);

		if (i)
			strbuf_byte(&head, ' ');
		for (size_t n = 0; n < word.len; n++)
			strbuf_byte(&head, upper(word.ptr[n]));
	}
	if (str_ends(strbuf_str(&head), STR("TABLES")))
		head.len--; /* DROP TABLES a, b (MySQL) */
	if (words_accept(w, "CONCURRENTLY"))
		strbuf_puts(&head, " CONCURRENTLY");
	const bool exists = words_accept(w, "IF EXISTS");
	size_t tail = w->at + words_name_len(w, w->at);

	while (tail < w->count &&
	       !words_in(w, tail,
			 "|CASCADE|RESTRICT|SYNC|PURGE|CLUSTER|"
			 "WITH|NO|FORCE|ALGORITHM|LOCK|"))
		tail++;
	if (words_is(w, tail, "CLUSTER") && words_is(w, tail - 1, "ON"))
		tail--;
	if (!words_name_len(w, w->at)) {
		emit_whole(r, w, flags);
		return;
	}
	while (drop_one(r, w, strbuf_str(&head), exists, tail, flags))
		;
}

/* RENAME TABLE a TO b, c TO d (MySQL, ClickHouse). */
static void rename_tables(struct sql_reader *r, struct words *w, unsigned flags)
{
	w->at = 2;
	words_accept(w, "IF EXISTS");
	do {
		struct strbuf b = STRBUF(r->out->arena);
		const size_t from = w->at;

		strbuf_puts(&b, "ALTER TABLE ");
		if (!words_name(w, &b))
			return;
		strbuf_puts(&b, " RENAME TO ");
		words_accept(w, "TO");
		words_name(w, &b);
		sql_emit(r, &b, words_span(w, from, w->at), flags);
	} while (words_accept(w, ","));
}

/* CREATE OR REPLACE TABLE drops the old one. */
static void drop_replaced(struct sql_reader *r, struct words *w, bool temporary,
			  unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);

	strbuf_puts(&b, temporary ? "DROP TEMPORARY TABLE IF EXISTS "
				  : "DROP TABLE IF EXISTS ");
	words_put(w, w->at, w->at + words_name_len(w, w->at), &b);
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
}

/* CREATE TABLE and CREATE INDEX in the common spelling. */
static void create_table(struct sql_reader *r, struct words *w, bool replace,
			 unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);

	strbuf_reserve(&b, words_span(w, 0, w->count).len + 32);
	strbuf_puts(&b, "CREATE ");
	words_accept(w, "GLOBAL");
	words_accept(w, "LOCAL");
	const bool temporary =
		words_accept(w, "TEMPORARY") || words_accept(w, "TEMP");

	if (words_accept(w, "UNLOGGED"))
		strbuf_puts(&b, "UNLOGGED ");
	words_accept(w, "TABLE");
	const bool exists = words_accept(w, "IF NOT EXISTS");

	if (replace)
		drop_replaced(r, w, temporary, flags);
	if (temporary || is_temporary_name(w, w->at))
		strbuf_puts(&b, "TEMPORARY ");
	strbuf_puts(&b, exists ? "TABLE IF NOT EXISTS " : "TABLE ");
	words_name(w, &b);
	if (words_accept(w, "ON CLUSTER"))
		w->at++;
	if (words_accept(w, "AS TABLE"))
		strbuf_puts(&b, " AS SELECT * FROM");
	if (w->at < w->count) {
		strbuf_byte(&b, ' ');
		words_put(w, w->at, w->count, &b);
	}
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
}

static void create_index(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct strbuf b = STRBUF(r->out->arena);
	const size_t on = words_find(w, w->at, w->count, "ON");

	words_put(w, 0, on, &b);
	if (on < w->count) {
		strbuf_puts(&b, " ON ");
		w->at = on + 1;
		words_accept(w, "ONLY");
		words_name(w, &b);
		if (w->at < w->count) {
			strbuf_byte(&b, ' ');
			words_put(w, w->at, w->count, &b);
		}
	}
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
}

static void create(struct sql_reader *r, struct words *w, unsigned flags)
{
	w->at = 1;
	const bool replace = words_accept(w, "OR REPLACE");

	words_accept(w, "OR ALTER");
	if (words_in(w, w->at, "|TABLE|TEMP|TEMPORARY|UNLOGGED|") ||
	    (words_in(w, w->at, "|GLOBAL|LOCAL|") &&
	     words_in(w, w->at + 1, "|TEMP|TEMPORARY|"))) {
		const size_t view = words_in(w, w->at + 1, "|VIEW|SEQUENCE|");

		if (!view) {
			create_table(r, w, replace, flags);
			return;
		}
	}
	if (words_in(w, w->at,
		     "|UNIQUE|INDEX|FULLTEXT|SPATIAL|CLUSTERED|"
		     "NONCLUSTERED|")) {
		create_index(r, w, flags);
		return;
	}
	if (words_is(w, w->at, "TYPE")) {
		emit_labels(r, w, flags);
		return;
	}
	for (size_t i = w->at; i < w->count && i < w->at + 12; i++)
		if (words_in(w, i,
			     "|FUNCTION|PROCEDURE|PROC|TRIGGER|EVENT|"
			     "PACKAGE|AGGREGATE|")) {
			w->at = i;
			sql_routine(r, w, flags);
			return;
		} else if (words_in(w, i, "|VIEW|RULE|POLICY|SCHEMA|AS|")) {
			break;
		}
	emit_whole(r, w, flags);
}

static void alter(struct sql_reader *r, struct words *w, unsigned flags)
{
	w->at = 1;
	if (words_accept(w, "IGNORE")) /* MySQL: rows in the way go */
		emit_whole(r, w, flags);
	words_accept(w, "ONLINE");
	words_accept(w, "FOREIGN");
	if (words_accept(w, "TABLE"))
		sql_alter_table(r, w, flags);
	else if (words_is(w, w->at, "TYPE"))
		emit_labels(r, w, flags);
	else if (words_in(w, w->at, "|PROCEDURE|PROC|FUNCTION|TRIGGER|") &&
		 r->dialect == DIALECT_SQLSERVER)
		sql_routine(r, w, flags);
	else
		emit_whole(r, w, flags);
}

/* SELECT f(…) with nothing else is there for what f does. */
static void emit_call(struct sql_reader *r, struct words *w, unsigned flags)
{
	const size_t open = 1 + words_name_len(w, 1);

	if (open == 1 || !words_is(w, open, "("))
		return;
	const size_t behind = words_close(w, open) + 1;

	if (behind < w->count && !words_is(w, behind, "AS"))
		return;
	struct strbuf b = STRBUF(r->out->arena);

	strbuf_puts(&b, "CALL ");
	words_put(w, 1, open, &b);
	sql_emit(r, &b, words_span(w, 0, w->count), flags);
}

/* SELECT cron.schedule('name', '0 3 * * *', 'DELETE FROM t …') (pg_cron): the
 * last literal runs again and again. */
static void read_schedule(struct sql_reader *r, struct words *w, unsigned flags)
{
	size_t last = 0;

	if (!words_match(w, 1, "CRON . SCHEDULE ("))
		return;
	for (size_t i = 5; i < words_close(w, 4); i++)
		if (w->token[i].kind == SQL_STRING ||
		    w->token[i].kind == SQL_DOLLAR)
			last = i;
	if (last)
		sql_inner(r, w, last, flags);
}

/* A SELECT runs the routines it calls; nothing else of it matters. */
static void select_calls(struct sql_reader *r, struct words *w, unsigned flags)
{
	read_schedule(r, w, flags);
	emit_call(r, w, flags);
	if (words_find(w, 1, w->count, "INTO") < w->count)
		emit_whole(r, w, flags);
	for (size_t i = 1; r->routines.count && i + 1 < w->count; i++)
		if (words_is(w, i + 1, "("))
			sql_call(r, w, i, flags);
}

static bool is_begin(const struct words *w)
{
	if (words_is(w, 0, "START"))
		return words_is(w, 1, "TRANSACTION");
	return words_is(w, 0, "BEGIN") &&
	       (w->count == 1 ||
		words_in(w, 1,
			 "|TRAN|TRANSACTION|WORK|ISOLATION|READ|"
			 "IMMEDIATE|EXCLUSIVE|DEFERRED|"));
}

static void do_block(struct sql_reader *r, struct words *w, unsigned flags)
{
	for (size_t i = 1; i < w->count; i++)
		if (w->token[i].kind == SQL_DOLLAR ||
		    w->token[i].kind == SQL_STRING) {
			vec_push(&r->out->blocks, r->out->arena,
				 (struct block){ r->whole });
			sql_inner(r, w, i, flags);
			return;
		}
	emit_whole(r, w, flags);
}

static void insert_or_values(struct sql_reader *r, struct words *w,
			     unsigned flags)
{
	if (words_match(w, 0, "REPLACE TABLE") &&
	    r->dialect == DIALECT_CLICKHOUSE) {
		struct strbuf b = STRBUF(r->out->arena);

		strbuf_puts(&b, "CREATE OR ");
		words_put(w, 0, w->count, &b);
		sql_emit(r, &b, words_span(w, 0, w->count), flags);
	} else if (words_is(w, 0, "REPLACE") && !words_is(w, 1, "INTO") &&
		   !words_name_len(w, 1))
		emit_whole(r, w, flags);
	else
		sql_insert(r, w, flags);
}

/* EXPLAIN ANALYZE runs the statement behind it. */
static void explain(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct words rest = *w;
	size_t i = 1;

	if (!words_is(w, 1, "ANALYZE"))
		return;
	while (words_in(w, i, "|ANALYZE|VERBOSE|EXPLAIN|"))
		i++;
	rest.token += i;
	rest.count -= i;
	sql_statement(r, &rest, flags);
}

static void execute(struct sql_reader *r, struct words *w, unsigned flags)
{
	w->at = 1;
	sql_execute(r, w, flags);
}

static void call(struct sql_reader *r, struct words *w, unsigned flags)
{
	emit_whole(r, w, flags);
	sql_call(r, w, 1, flags);
}

static void perform(struct sql_reader *r, struct words *w, unsigned flags)
{
	read_schedule(r, w, flags);
	emit_call(r, w, flags);
	for (size_t i = 1; i + 1 < w->count; i++)
		if (words_is(w, i + 1, "("))
			sql_call(r, w, i, flags);
}

static void commit(struct sql_reader *r, struct words *w, unsigned flags)
{
	end_transaction(r, w, "COMMIT", flags);
}

static void rollback(struct sql_reader *r, struct words *w, unsigned flags)
{
	if (words_is(w, 1, "TO") || words_is(w, 2, "TO"))
		emit_whole(r, w, flags);
	else
		end_transaction(r, w, "ROLLBACK", flags);
}

static void rename(struct sql_reader *r, struct words *w, unsigned flags)
{
	if (words_in(w, 1, "|TABLE|TABLES|"))
		rename_tables(r, w, flags);
	else
		emit_whole(r, w, flags);
}

/* SET session_replication_role = 'replica': the word decides, and is no
 * secret. */
static void set(struct sql_reader *r, struct words *w, unsigned flags)
{
	if (words_find(w, 1, w->count, "SESSION_REPLICATION_ROLE") < w->count)
		emit_labels(r, w, flags);
	else
		emit_whole(r, w, flags);
}

/* What to do by the first word. Anything else is kept as it is written. */
static const struct verb {
	const char *word;
	void (*read)(struct sql_reader *r, struct words *w, unsigned flags);
} verbs[] = {
	{ "CREATE", create },
	{ "ALTER", alter },
	{ "INSERT", sql_insert },
	{ "DROP", sql_drop },
	{ "UPDATE", sql_update },
	{ "DELETE", sql_delete },
	{ "TRUNCATE", sql_truncate },
	{ "WITH", sql_with },
	{ "SELECT", select_calls },
	{ "DO", do_block },
	{ "COMMIT", commit },
	{ "END", commit },
	{ "ROLLBACK", rollback },
	{ "RENAME", rename },
	{ "EXECUTE", execute },
	{ "EXEC", execute },
	{ "PREPARE", execute },
	{ "CALL", call },
	{ "PERFORM", perform },
	{ "EXPLAIN", explain },
	{ "REPLACE", insert_or_values },
	{ "SET", set },
};

static void by_verb(struct sql_reader *r, struct words *w, unsigned flags)
{
	if (words_in(w, 0, "|SET|SELECT|"))
		sql_assign(r, w, flags);
	if (is_begin(w)) {
		begin_transaction(r, w, flags);
		return;
	}
	if (words_in(w, 0, "|IF|BEGIN|WHILE|DECLARE|ELSE|LOOP|FOR|CASE|")) {
		sql_body(r, w, flags);
		return;
	}
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (words_is(w, 0, verbs[i].word)) {
			verbs[i].read(r, w, flags);
			return;
		}
	if (w->token[0].kind == SQL_WORD &&
	    str_find_byte(words_raw(w, 0), '{') != SIZE_MAX)
		sql_dynamic(r, words_span(w, 0, w->count), flags);
	else
		emit_whole(r, w, flags);
}

void sql_statement(struct sql_reader *r, struct words *w, unsigned flags)
{
	w->at = 0;
	if (!w->count)
		return;
	if (r->depth == SQL_DEPTH_MAX) {
		sql_dynamic(r, words_span(w, 0, w->count), flags);
		return;
	}
	r->depth++;
	by_verb(r, w, flags);
	r->depth--;
}
