#include "dotenv.h"

#include <stdint.h>

#include "dotenv_expand.h"
#include "dotenv_value.h"

struct reader {
	struct dotenv *out;
	struct reading *reading;
	struct str text;
	size_t mark;  /* bytes of a byte order mark at its beginning */
	bool returns; /* there is a '\r' in it */
};

const char *dotenv_flag_name(enum dotenv_flag_number n)
{
	static const char *const names[DOTENV_FLAG_COUNT] = {
#define ROW(name, text) [DOTENV_NUMBER_##name] = (text),
		DOTENV_FLAGS(ROW)
#undef ROW
	};

	return n < DOTENV_FLAG_COUNT ? names[n] : "";
}

static struct span span_of(const struct reader *r, struct str s)
{
	return (struct span){ (uint32_t)(s.ptr - r->text.ptr),
			      (uint32_t)s.len };
}

static bool ends_key(char c)
{
	return is_blank(c) || c == '=' || c == ':' || c == '#';
}

/* How many letters, digits and `_` the text begins with, the first of them no
 * digit. */
static size_t name_length(struct str s)
{
	size_t n = 0;

	if (s.len && is_digit(s.ptr[0]))
		return 0;
	while (n < s.len && is_ident(s.ptr[n]))
		n++;
	return n;
}

/* How long a word in front of the key is, with the blanks after it: `export`,
 * `set`, `declare -x`; 0 where there is none. */
static size_t prefix_length(struct str line, unsigned long long *flags)
{
	static const struct {
		struct str word;
		unsigned long long flag;
	} words[] = {
		{ STR_INIT("export"), DOTENV_BIT(EXPORT) },
		{ STR_INIT("set"), DOTENV_BIT(PREFIX) },
		{ STR_INIT("declare -x"), DOTENV_BIT(PREFIX) },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const size_t n = words[i].word.len;

		if (!line.len || line.ptr[0] != words[i].word.ptr[0] ||
		    !str_starts(line, words[i].word))
			continue;
		const size_t blanks =
			dotenv_indent(str_slice(line, n, line.len));

		if (!blanks || n + blanks >= line.len ||
		    ends_key(line.ptr[n + blanks]))
			return 0;
		*flags |= words[i].flag;
		return n + blanks;
	}
	return 0;
}

/* Cuts `n` bytes off the line; `name` of them are a name. */
static struct str cut(struct str *line, size_t n, size_t name,
		      unsigned long long *flags)
{
	const struct str key = str_slice(*line, 0, n);

	if (!n || name < n)
		*flags |= DOTENV_BIT(NONPORTABLE_KEY);
	*line = str_slice(*line, n, line->len);
	return key;
}

/* Cuts a key between quotes off the line. False where there is none. */
static bool cut_quoted_key(struct str *line, struct str *key,
			   unsigned long long *flags)
{
	struct str inside = str_slice(*line, 1, line->len);

	if (!line->len || (line->ptr[0] != '"' && line->ptr[0] != '\''))
		return false;
	const size_t n = str_find_byte(inside, line->ptr[0]);

	if (!n || n > inside.len)
		return false;
	*flags |= DOTENV_BIT(QUOTED_KEY);
	*key = cut(&inside, n, name_length(inside), flags);
	*line = str_slice(inside, 1, inside.len);
	return true;
}

/* Cuts the key off the line; its quotes are not part of it. */
static struct str cut_key(struct str *line, unsigned long long *flags)
{
	struct str key;

	if (cut_quoted_key(line, &key, flags))
		return key;
	const size_t name = name_length(*line);
	size_t n = name;

	while (n < line->len && !ends_key(line->ptr[n]))
		n++;
	return cut(line, n, name, flags);
}

/* Skips what separates key and value. False where nothing does. */
static bool cut_separator(struct str *line, unsigned long long *flags)
{
	const size_t blanks = dotenv_indent(*line);
	const struct str s = str_slice(*line, blanks, line->len);

	if (!s.len)
		return false;
	if (s.ptr[0] == ':' && (s.len == 1 || dotenv_blank(s.ptr[1])))
		*flags |= DOTENV_BIT(COLON_SEP);
	else if (s.ptr[0] != '=')
		return false;
	if (blanks)
		*flags |= DOTENV_BIT(SPACE_BEFORE_EQ);
	*line = str_slice(s, 1, s.len);
	return true;
}

/* Of entries with the same key, all but the last are hidden by it. */
static void find_duplicates(struct dotenv *env, struct arena *a)
{
	struct dotenv_entry *first = env->entries.item;

	if (!first)
		return;
	env->by_key =
		index_new(a, env->entries.count, &first->key, sizeof(*first));
	vec_each(struct dotenv_entry, e, &env->entries) {
		if (!e->candidate_count || e->inner)
			continue;
		unsigned *place = index_place(&env->by_key, e->key);

		if (*place) {
			e->flags |= DOTENV_BIT(DUPLICATE);
			first[*place - 1].flags |= DOTENV_BIT(SHADOWED);
		}
		*place = (unsigned)(e - first) + 1;
	}
}

/* What stands in front of the value; `line` is then what is behind the key. */
static void read_key(struct reader *r, struct dotenv_entry *e, struct str *line)
{
	const size_t lead = dotenv_indent(*line);
	const char *first = line->ptr + lead;

	if (lead)
		e->flags |= DOTENV_BIT(INDENT);
	else if (first == r->text.ptr + r->mark)
		first = r->text.ptr;
	*line = str_slice(*line, lead, line->len);
	*line = str_slice(*line, prefix_length(*line, &e->flags), line->len);
	e->key = cut_key(line, &e->flags);
	e->start = (uint32_t)(first - r->text.ptr);
}

/* One line with something on it. Returns how much of `rest`, which begins with
 * the line and ends with the text, it takes. */
static size_t read_entry(struct reader *r, struct str rest, size_t length,
			 bool inner)
{
	struct dotenv_entry e = { .inner = inner, .kind = DOTENV_JUNK };
	struct str line = str_slice(rest, 0, length);
	size_t used = length;

	read_key(r, &e, &line);
	e.span = span_of(r, e.key);
	if (!e.key.len) {
		e.flags |= DOTENV_BIT(UNPARSED);
	} else if (cut_separator(&line, &e.flags)) {
		const size_t at = (size_t)(line.ptr - rest.ptr);
		const size_t n =
			dotenv_value(&e, r->reading->arena,
				     str_slice(rest, at, rest.len), line.len);
		struct str value = str_slice(rest, at, at + n);

		used = at + n;
		value = str_slice(value, dotenv_indent(value), value.len);
		e.span = span_of(r, str_trim(value));
	} else if (str_find_byte(line, '=') != SIZE_MAX) {
		e.flags |= DOTENV_BIT(JUNK_BEFORE_EQ);
	} else {
		e.kind = DOTENV_BARE;
		e.flags |= DOTENV_BIT(BARE_KEY);
	}
	if (e.kind == DOTENV_JUNK)
		e.span.len =
			span_of(r, rest).off + (uint32_t)length - e.span.off;
	vec_push(&r->out->entries, r->reading->arena, e);
	return used;
}

static void read_comment(struct reader *r, struct str line)
{
	struct comment c = { .span = span_of(r, line) };

	while (line.len && line.ptr[0] == '#')
		line = str_slice(line, 1, line.len);
	c.text = str_trim(line);
	vec_push(&r->reading->comments, r->reading->arena, c);
}

/* The line, its length without the line end in `*length`; returns the bytes
 * up to the next line and notes which line ends the file has. */
static size_t next_line(struct reader *r, struct str rest, size_t *length)
{
	size_t i = str_find_byte(rest, '\n');
	const size_t bare = r->returns
				    ? str_find_byte(str_slice(rest, 0, i), '\r')
				    : SIZE_MAX;

	if (bare != SIZE_MAX)
		i = bare;
	else if (i == SIZE_MAX)
		i = rest.len;
	*length = i;
	if (i < rest.len && rest.ptr[i] == '\r') {
		const bool pair = i + 1 < rest.len && rest.ptr[i + 1] == '\n';

		r->out->flags |= pair ? DOTENV_BIT(CRLF) : DOTENV_BIT(BARE_CR);
		i += pair ? 1 : 0;
	}
	return i < rest.len ? i + 1 : i;
}

/* The comment after a value, or after the last line of one. */
static void read_tail_comment(struct reader *r, struct str tail)
{
	const size_t blanks = dotenv_indent(tail);

	if (blanks && blanks < tail.len && tail.ptr[blanks] == '#')
		read_comment(r, str_slice(tail, blanks, tail.len));
}

static void read_trailing(struct reader *r, struct str line)
{
	const struct dotenv_entry *e = vec_last(&r->out->entries);

	if (!(e->flags & DOTENV_BIT(INLINE_COMMENT)) || e->kind > DOTENV_DOUBLE)
		return;
	const size_t hash = str_find(line, STR(" #"));

	if (hash != SIZE_MAX)
		read_tail_comment(r, str_slice(line, hash, line.len));
}

/* What `rest` begins with: a blank line, a comment or an entry. Returns how
 * much of `rest` that takes; `*line` is the length of its first line. */
static size_t read_line(struct reader *r, struct str rest, bool inner,
			size_t *line)
{
	size_t length;
	const size_t next = next_line(r, rest, &length);
	const struct str text = str_slice(rest, 0, length);
	const struct str body = str_slice(text, dotenv_indent(text), length);

	*line = next;
	if (!body.len || (inner && str_find_byte(body, '=') == SIZE_MAX))
		return next;
	if (body.ptr[0] == '#') {
		if (!inner)
			read_comment(r, str_trim(body));
		return next;
	}
	const size_t used = read_entry(r, rest, length, inner);

	if (!inner)
		read_trailing(r, text);
	if (used <= length)
		return next;
	return used + next_line(r, str_slice(rest, used, rest.len), &length);
}

/* A value that took more than its line: what stands on the lines inside is an
 * entry of its own for loaders that read line by line. */
static void read_inner(struct reader *r, struct str rest)
{
	size_t line;

	while (rest.len)
		rest = str_slice(rest, read_line(r, rest, true, &line),
				 rest.len);
}

/* Room for what each line may be, so that nothing has to be moved. */
static void make_room(struct reader *r, struct str rest)
{
	size_t entries = 0, comments = 0, length;

	while (rest.len) {
		const size_t next = next_line(r, rest, &length);

		if (length && rest.ptr[0] == '#')
			comments++;
		else if (length)
			entries++;
		rest = str_slice(rest, next, rest.len);
	}
	vec_reserve(&r->out->entries, r->reading->arena, entries);
	vec_reserve(&r->reading->comments, r->reading->arena, comments);
}

void dotenv_read(struct dotenv *out, struct reading *r,
		 const struct source *src)
{
	struct str rest = src->text;
	struct reader reader = {
		.out = out,
		.reading = r,
		.text = rest,
		.returns = str_find_byte(rest, '\r') != SIZE_MAX,
	};

	*out = (struct dotenv){ .text = rest,
				.flags = src->marked ? DOTENV_BIT(BOM) : 0 };
	make_room(&reader, rest);
	if (str_starts(rest, STR("\xef\xbb\xbf"))) {
		out->flags |= DOTENV_BIT(BOM);
		reader.mark = 3;
		rest = str_slice(rest, 3, rest.len);
	}
	while (rest.len) {
		size_t line;
		const size_t used = read_line(&reader, rest, false, &line);

		read_inner(&reader, str_slice(rest, line, used));
		rest = str_slice(rest, used, rest.len);
	}
	find_duplicates(out, r->arena);
	dotenv_expand(out, r->arena);
	dotenv_swallow(out, r->arena);
}

const struct dotenv_entry *dotenv_get(const struct dotenv *env, struct str key)
{
	const unsigned place =
		env->by_key.size ? *index_place(&env->by_key, key) : 0;

	return place ? &env->entries.item[place - 1] : NULL;
}

struct span dotenv_key_span(const struct dotenv *env,
			    const struct dotenv_entry *e)
{
	return (struct span){ (uint32_t)(e->key.ptr - env->text.ptr),
			      (uint32_t)e->key.len };
}

struct span dotenv_whole(const struct dotenv *env, const struct dotenv_entry *e)
{
	const uint32_t from = dotenv_key_span(env, e).off;

	return (struct span){ from, span_end(e->span) - from };
}

struct str dotenv_long_key(const struct dotenv *env,
			   const struct dotenv_entry *e)
{
	const size_t quote = e->flags & DOTENV_BIT(QUOTED_KEY) ? 1 : 0;

	return str_slice(env->text, e->start,
			 span_end(dotenv_key_span(env, e)) + quote);
}
