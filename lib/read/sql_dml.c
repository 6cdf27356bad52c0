/* Statements that change rows. */
#include "sql_reader.h"

static struct strbuf start(const struct sql_reader *r, const char *head)
{
	struct strbuf b = STRBUF(r->out->arena);

	strbuf_puts(&b, head);
	return b;
}

/* Tokens `from` to the end, behind a blank. */
static void put_rest(const struct words *w, size_t from, struct strbuf *b)
{
	if (from >= w->count)
		return;
	strbuf_byte(b, ' ');
	words_put(w, from, w->count, b);
}

static void emit(struct sql_reader *r, const struct words *w, struct strbuf *b,
		 unsigned flags)
{
	sql_emit(r, b, words_span(w, 0, w->count), flags);
}

/* Steps over the alias behind a table name, if there is one. */
static struct str skip_alias(struct words *w)
{
	if (words_accept(w, "AS") ||
	    (w->at < w->count && w->token[w->at].kind == SQL_WORD &&
	     !words_in(w, w->at,
		       "|WHERE|USING|RETURNING|ORDER|LIMIT|JOIN|INNER|LEFT|"
		       "RIGHT|CROSS|FULL|NATURAL|OUTPUT|FROM|SETTINGS|SET|"
		       "PARTITION|ON|WITH|VALUES|SELECT|DEFAULT|STRAIGHT_JOIN|"
		       "OPTION|")))
		return words_raw(w, w->at++);
	return (struct str){ "", 0 };
}

static void skip_modifiers(struct words *w)
{
	while (words_in(w, w->at,
			"|LOW_PRIORITY|QUICK|IGNORE|DELAYED|"
			"HIGH_PRIORITY|"))
		w->at++;
	if (words_accept(w, "TOP"))
		w->at = words_is(w, w->at, "(") ? words_close(w, w->at) + 1
						: w->at + 1;
	if (words_is(w, w->at, "OR") &&
	    words_in(w, w->at + 1, "|IGNORE|REPLACE|ROLLBACK|ABORT|FAIL|"))
		w->at += 2;
}

/* DELETE x FROM t x JOIN …: the table that `name` stands for in FROM, and
 * `w->at` behind it and its alias. */
static struct str table_of_alias(struct sql_reader *r, struct words *w,
				 struct str name)
{
	struct strbuf table = STRBUF(r->out->arena);
	const size_t from = w->at;

	words_accept(w, "ONLY");
	if (!words_name(w, &table))
		return name;
	const struct str alias = skip_alias(w);

	if (str_ieq(alias, name) || str_ieq(strbuf_str(&table), name))
		return strbuf_str(&table);
	/* it stands further right, behind a JOIN or a comma */
	for (size_t i = from; i < w->count; i++) {
		struct words look = *w;
		struct strbuf other = STRBUF(r->out->arena);

		if (!words_is(w, i, "JOIN") && !words_is(w, i, ","))
			continue;
		look.at = i + 1;
		if (words_name(&look, &other) &&
		    str_ieq(skip_alias(&look), name))
			return strbuf_str(&other);
	}
	return name;
}

void sql_delete(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct strbuf b = start(r, "DELETE FROM ");
	struct strbuf name = STRBUF(r->out->arena);

	w->at = 1;
	skip_modifiers(w);
	if (words_accept(w, "FROM")) {
		words_accept(w, "ONLY");
		words_name(w, &b);
		words_accept(w, "*");
		if (words_accept(w, "ON CLUSTER"))
			w->at++;
		skip_alias(w);
	} else {
		words_name(w, &name);
		if (words_is(w, w->at, ".") && words_is(w, w->at + 1, "*"))
			w->at += 2;
		const size_t next = words_find(w, w->at, w->count, "FROM");
		const size_t where = words_find(w, w->at, w->count, "WHERE");

		if (next < w->count && next < where) {
			w->at = next + 1;
			strbuf_add(&b, table_of_alias(r, w, strbuf_str(&name)));
		} else {
			strbuf_add(&b, strbuf_str(&name));
		}
	}
	put_rest(w, w->at, &b);
	emit(r, w, &b, flags);
}

void sql_update(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct strbuf b = start(r, "UPDATE ");
	struct strbuf name = STRBUF(r->out->arena);

	w->at = 1;
	skip_modifiers(w);
	words_accept(w, "ONLY");
	words_name(w, &name);
	words_accept(w, "*");
	const size_t set = words_find(w, w->at, w->count, "SET");
	struct str table = strbuf_str(&name);
	const size_t from = words_find(w, set, w->count, "FROM");

	if (r->dialect != DIALECT_POSTGRES && from < w->count) {
		struct words look = *w;

		look.at = from + 1;
		table = table_of_alias(r, &look, table);
	}
	skip_alias(w);
	strbuf_add(&b, table);
	if (set < w->count) {
		strbuf_byte(&b, ' ');
		words_put(w, set, w->count, &b);
	}
	/* MySQL: UPDATE t JOIN u SET, UPDATE t, u SET */
	if (w->at < set && set < w->count) {
		const bool comma = words_is(w, w->at, ",");

		strbuf_puts(&b, comma ? " JOIN " : " ");
		words_put(w, w->at + comma, set, &b);
	}
	emit(r, w, &b, flags);
}

void sql_insert(struct sql_reader *r, struct words *w, unsigned flags)
{
	const bool replace =
		words_is(w, 0, "REPLACE") || words_match(w, 1, "OR REPLACE");
	struct strbuf b = start(r, replace ? "REPLACE INTO " : "INSERT INTO ");
	const bool ignores =
		words_is(w, 1, "IGNORE") || words_match(w, 1, "OR IGNORE");

	w->at = 1;
	skip_modifiers(w);
	words_accept(w, "OVERWRITE");
	words_accept(w, "INTO");
	words_accept(w, "TABLE");
	words_name(w, &b);
	skip_alias(w);
	const size_t values = words_find(w, w->at, w->count, "VALUES");
	const size_t select = words_find(w, w->at, w->count, "SELECT");

	if (values < w->count && values < select) {
		const size_t on = words_find(w, values, w->count, "ON");

		if (values > w->at) {
			strbuf_byte(&b, ' ');
			words_put(w, w->at, values, &b);
		}
		strbuf_puts(&b, " VALUES");
		put_rest(w, on, &b);
	} else {
		put_rest(w, w->at, &b);
	}
	if (ignores && words_find(w, w->at, w->count, "ON") == w->count)
		strbuf_puts(&b, " ON CONFLICT DO NOTHING");
	emit(r, w, &b, flags);
}

void sql_truncate(struct sql_reader *r, struct words *w, unsigned flags)
{
	size_t tail;

	w->at = 1;
	words_accept(w, "TABLE");
	const bool exists = words_accept(w, "IF EXISTS");

	words_accept(w, "ONLY");
	for (tail = w->at; tail < w->count; tail++)
		if (words_in(w, tail,
			     "|RESTART|CONTINUE|CASCADE|RESTRICT|ON|"
			     "WITH|REUSE|DROP|SYNC|SETTINGS|"))
			break;
	const bool one = words_find(w, w->at, tail, ",") == w->count;

	while (w->at < tail) {
		struct strbuf b = start(r, "TRUNCATE ");
		const size_t from = w->at;

		if (exists)
			strbuf_puts(&b, "IF EXISTS ");
		words_accept(w, "ONLY");
		if (!words_name(w, &b)) { /* a place holder: TRUNCATE ? */
			words_put(w, w->at, tail, &b);
			sql_emit(r, &b, words_span(w, from, tail), flags);
			return;
		}
		words_accept(w, "*");
		const struct span span = one ? words_span(w, 0, w->count)
					     : words_span(w, from, w->at);

		put_rest(w, tail, &b);
		sql_emit(r, &b, span, flags);
		if (!words_accept(w, ","))
			return;
	}
}

/* WITH a AS (DELETE …) SELECT …: what the parentheses hold, then the rest. */
void sql_with(struct sql_reader *r, struct words *w, unsigned flags)
{
	w->at = 1;
	words_accept(w, "RECURSIVE");
	do {
		w->at += words_name_len(w, w->at);
		if (words_is(w, w->at, "("))
			w->at = words_close(w, w->at) + 1;
		if (!words_accept(w, "AS"))
			break;
		words_accept(w, "NOT");
		words_accept(w, "MATERIALIZED");
		if (!words_is(w, w->at, "("))
			break;
		const size_t close = words_close(w, w->at);

		if (words_in(w, w->at + 1, "|DELETE|UPDATE|INSERT|MERGE|")) {
			struct words inner = *w;

			inner.token += w->at + 1;
			inner.count = close - w->at - 1;
			inner.at = 0;
			sql_statement(r, &inner, flags);
		}
		w->at = close + 1;
	} while (words_accept(w, ","));
	if (w->at < w->count && !words_is(w, w->at, "WITH")) {
		struct words rest = *w;

		rest.token += w->at;
		rest.count -= w->at;
		rest.at = 0;
		sql_statement(r, &rest, flags);
	}
}
