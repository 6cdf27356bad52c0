/* format('DROP TABLE %I', name): the text, and what stands in it for what. */
#include "sql_reader.h"

/* More text than that, by an argument that is put often, is no statement. */
enum { ARGUMENTS_MAX = 16, FORMAT_MAX = 64 * 1024 };

/* Tokens from[n] to to[n] are one; the first is the text with its marks. */
struct arguments {
	size_t from[ARGUMENTS_MAX], to[ARGUMENTS_MAX];
	size_t count;
};

static void split_arguments(const struct words *w, size_t open, size_t end,
			    struct arguments *out)
{
	size_t close = words_close(w, open);

	if (close > end)
		close = end;
	for (size_t i = open + 1; i < close && out->count < ARGUMENTS_MAX;) {
		size_t comma = words_find(w, i, close, ",");

		if (comma > close)
			comma = close;
		out->from[out->count] = i;
		out->to[out->count++] = comma;
		i = comma + 1;
	}
}

static bool is_literal(const struct words *w, size_t from, size_t to)
{
	return to == from + 1 && w->token[from].kind == SQL_STRING;
}

/* A format() in it is not followed: that would go as deep, and grow as fast, as
 * anybody likes. */
static bool is_followed(const struct words *w, const struct arguments *args,
			size_t n)
{
	return n < args->count && !words_is(w, args->from[n], "FORMAT");
}

/* False: nobody can say what it is. */
static bool put_argument(const struct words *w, const struct arguments *args,
			 size_t n, char mark, struct strbuf *out)
{
	if (!is_followed(w, args, n))
		return false;
	if (mark == 'L') {
		strbuf_puts(out, "''");
		return true;
	}
	const size_t from = args->from[n], to = args->to[n];
	const struct str text = sql_joined_text(w, from, to, out->arena);

	if (mark == 'I' && is_literal(w, from, to))
		sql_put_name(out, text);
	else
		strbuf_add(out, text);
	return text.len > 0;
}

/* "1$" of %1$I: which argument; the next one where it does not say. */
static size_t argument_number(struct str text, size_t *at, size_t *next)
{
	size_t i = *at, n = 0;

	while (i < text.len && is_digit(text.ptr[i]) && n < ARGUMENTS_MAX)
		n = n * 10 + (size_t)(text.ptr[i++] - '0');
	if (!n || i >= text.len || text.ptr[i] != '$')
		return (*next)++;
	*at = i + 1;
	*next = n + 1;
	return n;
}

struct str sql_format_text(const struct words *w, size_t open, size_t end,
			   struct arena *a)
{
	struct arguments args = { .count = 0 };
	struct strbuf b = STRBUF(a);
	size_t next = 1;

	split_arguments(w, open, end, &args);
	if (!is_followed(w, &args, 0))
		return (struct str){ "", 0 };
	const struct str text = sql_joined_text(w, args.from[0], args.to[0], a);

	for (size_t i = 0; i < text.len && b.len < FORMAT_MAX; i++) {
		size_t at = i + 1;

		if (text.ptr[i] != '%' || at >= text.len) {
			strbuf_byte(&b, text.ptr[i]);
			continue;
		}
		const size_t n = text.ptr[at] == '%'
					 ? 0
					 : argument_number(text, &at, &next);
		const char mark = at < text.len ? upper(text.ptr[at]) : '\0';

		if (mark != '%' && !put_argument(w, &args, n, mark, &b))
			strbuf_add(&b, str_slice(text, i, at + 1));
		else if (mark == '%')
			strbuf_byte(&b, '%');
		i = at;
	}
	return b.len < FORMAT_MAX ? strbuf_str(&b) : text;
}
