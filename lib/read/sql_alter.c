/* ALTER TABLE: one plain statement per action, in one spelling. */
#include "sql_reader.h"

/* One action of one ALTER TABLE: tokens `from` to `to`. */
struct action {
	struct sql_reader *r;
	struct words *w;
	struct str table; /* "users", or "IF EXISTS users" */
	struct str bare;  /* without IF EXISTS */
	size_t from, to;
	struct span span;
	unsigned flags;
};

static struct strbuf begin(const struct action *a, const char *head)
{
	struct strbuf b = STRBUF(a->r->out->arena);

	strbuf_reserve(&b, 64 + a->table.len);
	strbuf_puts(&b, "ALTER TABLE ");
	strbuf_add(&b, a->table);
	strbuf_byte(&b, ' ');
	strbuf_puts(&b, head);
	return b;
}

/* ALTER TABLE t HEAD and tokens `from` to the end of the action. */
static void emit_rest(const struct action *a, const char *head, size_t from)
{
	struct strbuf b = begin(a, head);

	if (from < a->to) {
		if (*head)
			strbuf_byte(&b, ' ');
		words_put(a->w, from, a->to, &b);
	}
	sql_emit(a->r, &b, a->span, a->flags);
}

static struct str name_at(const struct action *a)
{
	struct strbuf b = STRBUF(a->r->out->arena);

	words_name(a->w, &b);
	return strbuf_str(&b);
}

/* Where the type of a column definition ends and its attributes begin. */
static size_t type_end(const struct words *w, size_t from, size_t to)
{
	size_t i = from;

	while (i < to && i < w->count) {
		if (i > from &&
		    words_in(w, i,
			     "|NOT|NULL|DEFAULT|COMMENT|AUTO_INCREMENT|FIRST|"
			     "AFTER|GENERATED|ON|CONSTRAINT|UNIQUE|PRIMARY|"
			     "CHECK|REFERENCES|CODEC|TTL|MATERIALIZED|ALIAS|"
			     "EPHEMERAL|KEY|VISIBLE|INVISIBLE|STORAGE|AS|"
			     "IDENTITY|SPARSE|ROWGUIDCOL|ENCRYPTED|MASKED|"
			     "PERSISTED|REMOVE|USING|COLLATE|CHARACTER|"
			     "CHARSET|STATISTICS|"))
			return i;
		i = words_is(w, i, "(") ? words_close(w, i) + 1 : i + 1;
	}
	return i < to ? i : to;
}

/* A whole definition repeated (MODIFY, CHANGE, T-SQL ALTER COLUMN): the type,
 * and whether it takes NULL. */
static void emit_definition(const struct action *a, struct str column)
{
	const struct words *w = a->w;
	const size_t from = w->at, end = type_end(w, from, a->to);
	struct strbuf b = begin(a, "ALTER COLUMN ");

	strbuf_add(&b, column);
	strbuf_puts(&b, " TYPE ");
	words_put(w, from, end, &b);
	sql_emit(a->r, &b, a->span, a->flags);

	const size_t not_at = words_find(w, end, a->to, "NOT");
	const bool not_null = not_at < a->to && words_is(w, not_at + 1, "NULL");
	struct strbuf n = begin(a, "ALTER COLUMN ");

	if (a->r->dialect == DIALECT_CLICKHOUSE)
		return;
	strbuf_add(&n, column);
	strbuf_puts(&n, not_null ? " SET NOT NULL" : " DROP NOT NULL");
	sql_emit(a->r, &n, a->span, a->flags | FORM_IMPLIED);
}

/* CREATE [UNIQUE …] INDEX name ON table …: ADD INDEX inside ALTER TABLE. */
static void emit_create_index(const struct action *a, const char *kind)
{
	struct strbuf b = STRBUF(a->r->out->arena);

	strbuf_puts(&b, "CREATE ");
	strbuf_puts(&b, kind);
	strbuf_puts(&b, "INDEX ");
	if (words_accept(a->w, "IF NOT EXISTS"))
		strbuf_puts(&b, "IF NOT EXISTS ");
	if (!words_is(a->w, a->w->at, "(") &&
	    !words_is(a->w, a->w->at, "USING") && words_name(a->w, &b))
		strbuf_byte(&b, ' ');
	strbuf_puts(&b, "ON ");
	strbuf_add(&b, a->bare);
	if (a->w->at < a->to) {
		strbuf_byte(&b, ' ');
		words_put(a->w, a->w->at, a->to, &b);
	}
	sql_emit(a->r, &b, a->span, a->flags);
}

static void add_column(const struct action *a, size_t from, size_t to)
{
	struct action one = *a;

	one.to = to;
	emit_rest(&one, "ADD COLUMN", from);
}

/* ADD (a int, b int): one column each. */
static void add_column_list(const struct action *a)
{
	const size_t close = words_close(a->w, a->w->at);
	size_t from = a->w->at + 1;

	while (from < close) {
		size_t to = words_find(a->w, from, close, ",");

		if (to > close)
			to = close;
		if (to > from)
			add_column(a, from, to);
		from = to + 1;
	}
}

/* "UNIQUE KEY name (a)" and "UNIQUE name (a)" make an index in MySQL; the
 * other forms of UNIQUE are constraints. */
static bool is_unique_index(const struct words *w)
{
	if (words_in(w, w->at + 1, "|INDEX|KEY|"))
		return true;
	const size_t n = words_name_len(w, w->at + 1);

	return n && words_is(w, w->at + 1 + n, "(") &&
	       !words_in(w, w->at + 1, "|USING|NULLS|CLUSTERED|NONCLUSTERED|");
}

static void add_action(struct action *a)
{
	struct words *w = a->w;
	const size_t start = w->at;

	if (words_is(w, start, "UNIQUE") && is_unique_index(w)) {
		w->at++;
		if (!words_accept(w, "INDEX"))
			words_accept(w, "KEY");
		emit_create_index(a, "UNIQUE ");
	} else if (words_in(w, start, "|INDEX|KEY|")) {
		w->at++;
		emit_create_index(a, "");
	} else if (words_in(w, start, "|FULLTEXT|SPATIAL|")) {
		const bool full = words_is(w, start, "FULLTEXT");

		w->at++;
		if (!words_accept(w, "INDEX"))
			words_accept(w, "KEY");
		emit_create_index(a, full ? "FULLTEXT " : "SPATIAL ");
	} else if (words_in(w, start,
			    "|CONSTRAINT|PRIMARY|FOREIGN|CHECK|EXCLUDE|UNIQUE|"
			    "PARTITION|PERIOD|DEFAULT|PROJECTION|")) {
		emit_rest(a, "ADD", start);
	} else {
		words_accept(w, "COLUMN");
		if (words_is(w, w->at, "("))
			add_column_list(a);
		else
			add_column(a, w->at, a->to);
	}
}

/* DROP INDEX name ON table. */
static void emit_drop_index(const struct action *a)
{
	struct strbuf b = STRBUF(a->r->out->arena);

	strbuf_puts(&b, "DROP INDEX ");
	if (words_accept(a->w, "IF EXISTS"))
		strbuf_puts(&b, "IF EXISTS ");
	words_name(a->w, &b);
	strbuf_puts(&b, " ON ");
	strbuf_add(&b, a->bare);
	sql_emit(a->r, &b, a->span, a->flags);
}

static void drop_action(struct action *a)
{
	struct words *w = a->w;
	const bool last = w->at + 1 >= a->to;
	const size_t name = w->at + 1 + words_is(w, w->at + 1, "[");

	if (last) {
		emit_rest(a, "DROP COLUMN", w->at);
	} else if (words_match(w, w->at, "PRIMARY KEY")) {
		emit_rest(a, "DROP", w->at);
	} else if (sql_names_default(a->r, words_raw(w, name))) {
		struct strbuf b = begin(a, "ALTER COLUMN ");

		strbuf_add(&b, words_raw(w, name));
		strbuf_puts(&b, " DROP DEFAULT");
		sql_emit(a->r, &b, a->span, a->flags);
	} else if (words_accept(w, "CONSTRAINT") ||
		   words_accept(w, "FOREIGN KEY") || words_accept(w, "CHECK")) {
		emit_rest(a, "DROP CONSTRAINT", w->at);
	} else if (words_accept(w, "INDEX") || words_accept(w, "KEY")) {
		emit_drop_index(a);
	} else if (words_in(w, w->at,
			    "|PARTITION|PERIOD|EXPRESSION|PROJECTION|"
			    "STATISTICS|PART|DETACHED|SYSTEM|")) {
		emit_rest(a, "DROP", w->at);
	} else {
		words_accept(w, "COLUMN");
		if (words_is(w, w->at, "(")) {
			const struct action whole = *a;
			const size_t close = words_close(w, w->at);

			for (size_t i = w->at + 1; i < close; i++) {
				struct action one = whole;

				one.to = i + 1;
				if (!words_is(w, i, ","))
					emit_rest(&one, "DROP COLUMN", i);
			}
			return;
		}
		emit_rest(a, "DROP COLUMN", w->at);
	}
}

static void alter_action(struct action *a)
{
	struct words *w = a->w;
	const size_t start = w->at;

	if (words_in(w, start, "|INDEX|CONSTRAINT|CHECK|") &&
	    words_name_len(w, start + 1) &&
	    !words_in(w, start + 1, "|SET|DROP|TYPE|ADD|")) {
		emit_rest(a, "ALTER", start);
		return;
	}
	words_accept(w, "COLUMN");
	words_accept(w, "IF EXISTS");
	const struct str column = name_at(a);
	struct strbuf b = begin(a, "ALTER COLUMN ");

	strbuf_add(&b, column);
	if (words_accept(w, "SET DATA TYPE") || words_accept(w, "TYPE")) {
		strbuf_puts(&b, " TYPE");
	} else if (!words_in(w, w->at,
			     "|SET|DROP|ADD|RESET|RESTART|REMOVE|COMMENT|"
			     "CODEC|MODIFY|")) {
		emit_definition(a, column);
		return;
	}
	if (w->at < a->to) {
		strbuf_byte(&b, ' ');
		words_put(w, w->at, a->to, &b);
	}
	sql_emit(a->r, &b, a->span, a->flags);
}

/* MODIFY COLUMN c String TTL at + INTERVAL 1 DAY (ClickHouse). */
static void emit_column_ttl(struct action *a, struct str name)
{
	const size_t ttl = words_find(a->w, a->w->at, a->to, "TTL");

	if (a->w->dialect != DIALECT_CLICKHOUSE || ttl >= a->to)
		return;
	struct strbuf b = begin(a, "ALTER COLUMN ");

	strbuf_add(&b, name);
	strbuf_byte(&b, ' ');
	words_put(a->w, ttl, a->to, &b);
	sql_emit(a->r, &b, a->span, a->flags);
}

static void modify_action(struct action *a)
{
	struct words *w = a->w;
	const bool column = words_accept(w, "COLUMN");

	words_accept(w, "IF EXISTS");
	if (!column &&
	    words_in(w, w->at,
		     "|TTL|ORDER|SETTING|QUERY|COMMENT|SAMPLE|DEFINER|SQL|")) {
		emit_rest(a, "MODIFY", w->at);
		return;
	}
	const struct str name = name_at(a);

	if (words_in(w, w->at, "|REMOVE|COMMENT|CODEC|TTL|DEFAULT|MODIFY|")) {
		struct strbuf b = begin(a, "ALTER COLUMN ");

		strbuf_add(&b, name);
		strbuf_byte(&b, ' ');
		words_put(w, w->at, a->to, &b);
		sql_emit(a->r, &b, a->span, a->flags);
		return;
	}
	emit_column_ttl(a, name);
	emit_definition(a, name);
}

static void change_action(struct action *a)
{
	words_accept(a->w, "COLUMN");
	words_accept(a->w, "IF EXISTS");
	const struct str old = name_at(a), new = name_at(a);

	if (!str_ieq(old, new)) {
		struct strbuf b = begin(a, "RENAME COLUMN ");

		strbuf_add(&b, old);
		strbuf_puts(&b, " TO ");
		strbuf_add(&b, new);
		sql_emit(a->r, &b, a->span, a->flags);
	}
	if (a->w->at < a->to)
		emit_definition(a, new);
}

static void rename_action(struct action *a)
{
	struct words *w = a->w;

	if (words_accept(w, "TO") || words_accept(w, "AS")) {
		emit_rest(a, "RENAME TO", w->at);
	} else if (words_is(w, w->at, "CONSTRAINT")) {
		emit_rest(a, "RENAME", w->at);
	} else if (words_in(w, w->at, "|INDEX|KEY|")) {
		struct strbuf b = STRBUF(a->r->out->arena);

		w->at++;
		strbuf_puts(&b, "ALTER INDEX ");
		words_name(w, &b);
		strbuf_puts(&b, " RENAME ");
		words_put(w, w->at, a->to, &b);
		sql_emit(a->r, &b, a->span, a->flags);
	} else if (w->at + 1 == a->to) {
		emit_rest(a, "RENAME TO", w->at);
	} else {
		words_accept(w, "COLUMN");
		words_accept(w, "IF EXISTS");
		emit_rest(a, "RENAME COLUMN", w->at);
	}
}

/* ClickHouse writes its row changes as ALTER TABLE t DELETE/UPDATE. */
static bool clickhouse_dml(const struct action *a)
{
	struct strbuf b = STRBUF(a->r->out->arena);
	const size_t where = words_find(a->w, a->from, a->to, "WHERE");
	size_t from = a->from + 1;

	if (words_is(a->w, a->from, "DELETE") && where < a->to) {
		strbuf_puts(&b, "DELETE FROM ");
		strbuf_add(&b, a->bare);
		strbuf_byte(&b, ' ');
		from = where; /* IN PARTITION stands before it */
	} else if (words_is(a->w, a->from, "UPDATE")) {
		strbuf_puts(&b, "UPDATE ");
		strbuf_add(&b, a->bare);
		strbuf_puts(&b, " SET ");
	} else {
		return false;
	}
	words_put(a->w, from, a->to, &b);
	sql_emit(a->r, &b, a->span, a->flags);
	return true;
}

/* The verb of one action; T-SQL leaves it out after the first ("ADD a int, b
 * int"), then `inherited` is in force. */
static const char *verb_of(const struct words *w, size_t at,
			   const char *inherited)
{
	static const char *const verbs[] = { "ADD",    "DROP",	 "ALTER",
					     "MODIFY", "CHANGE", "RENAME" };

	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (words_is(w, at, verbs[i]))
			return verbs[i];
	/* an item of T-SQL's list is a name or CONSTRAINT, never a keyword */
	if (w->dialect != DIALECT_SQLSERVER && w->dialect != DIALECT_UNKNOWN)
		return NULL;
	if (inherited && (*inherited == 'A' || *inherited == 'D') &&
	    !words_in(w, at,
		      "|ENGINE|ALGORITHM|LOCK|COMMENT|SET|ENABLE|DISABLE|"
		      "OWNER|VALIDATE|ATTACH|DETACH|CLUSTER|INHERIT|NO|FORCE|"
		      "AUTO_INCREMENT|CONVERT|DEFAULT|CHARACTER|COLLATE|"
		      "ROW_FORMAT|ORDER|REPLICA|WITHOUT|REMOVE|CHARSET|"))
		return inherited;
	return NULL;
}

/* DROP PARTITION p0, p1: the comma goes on with the list, not with the next
 * action. The words that the next item inherits, or NULL. */
static const char *partition_verb(const struct words *w, size_t at)
{
	if (words_match(w, at, "DROP PARTITION"))
		return "DROP PARTITION";
	return words_match(w, at, "TRUNCATE PARTITION") ? "TRUNCATE PARTITION"
							: NULL;
}

static const char *one_action(struct action *a, const char *inherited)
{
	const char *list = partition_verb(a->w, a->from);

	if (inherited && strstr(inherited, " PARTITION") &&
	    words_name_len(a->w, a->from) == a->to - a->from) {
		emit_rest(a, inherited, a->from);
		return inherited;
	}
	const char *verb = verb_of(a->w, a->from, inherited);

	a->w->at = a->from + (verb && words_is(a->w, a->from, verb));
	if (!verb) {
		if (!clickhouse_dml(a))
			emit_rest(a, "", a->from);
	} else if (!strcmp(verb, "ADD")) {
		add_action(a);
	} else if (!strcmp(verb, "DROP")) {
		drop_action(a);
	} else if (!strcmp(verb, "ALTER")) {
		alter_action(a);
	} else if (!strcmp(verb, "MODIFY")) {
		modify_action(a);
	} else if (!strcmp(verb, "CHANGE")) {
		change_action(a);
	} else {
		rename_action(a);
	}
	return list ? list : verb;
}

void sql_alter_table(struct sql_reader *r, struct words *w, unsigned flags)
{
	struct strbuf name = STRBUF(r->out->arena);
	const char *verb = NULL;
	size_t prefix = 0;

	if (words_accept(w, "IF EXISTS")) {
		strbuf_puts(&name, "IF EXISTS ");
		prefix = name.len;
	}
	words_accept(w, "ONLY");
	words_name(w, &name);
	words_accept(w, "*");
	if (words_accept(w, "ON CLUSTER"))
		w->at++;
	/* T-SQL: WITH CHECK ADD CONSTRAINT … */
	if (!words_accept(w, "WITH CHECK"))
		words_accept(w, "WITH NOCHECK");
	const size_t first = w->at;
	size_t from = first;

	while (from < w->count) {
		size_t to = words_find(w, from, w->count, ",");
		const bool only = from == first && to == w->count;
		struct action a = {
			.r = r,
			.w = w,
			.table = strbuf_str(&name),
			.bare = str_slice(strbuf_str(&name), prefix, name.len),
			.from = from,
			.to = to,
			.span = only ? words_span(w, 0, w->count)
				     : words_span(w, from, to),
			.flags = flags,
		};

		if (to > from)
			verb = one_action(&a, verb);
		from = to + 1;
		w->at = from;
	}
}
