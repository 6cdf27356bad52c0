#include "shell_word.h"

#include "strbuf.h"

/* A word while it is put together. It stays a view of the script as long as
 * it is one piece that is written as it reads. */
struct word_builder {
	struct shell_lexer *l;
	struct strbuf copy;
	size_t from, to; /* the one piece */
	unsigned pieces;
	bool quoted;
};

static bool continues_line(const struct shell_lexer *l, size_t i, size_t *next)
{
	if (i + 1 >= l->end || l->text.ptr[i] != '\\')
		return false;
	i++;
	if (l->text.ptr[i] == '\r' && i + 1 < l->end)
		i++;
	if (l->text.ptr[i] != '\n')
		return false;
	*next = i + 1;
	return true;
}

static void read_comment(struct shell_lexer *l)
{
	const size_t start = l->at;
	struct comment c;

	while (l->at < l->end && shell_peek(l, 0) != '\n')
		l->at++;
	c.span = (struct span){ (uint32_t)start, (uint32_t)(l->at - start) };
	c.text = str_trim(str_slice(l->text, start + 1, l->at));
	if (l->comments)
		vec_push(l->comments, l->arena, c);
}

/* In a Dockerfile a line with only a comment does not end a continued one. */
static void skip_docker_comments(struct shell_lexer *l)
{
	for (;;) {
		const size_t start = l->at;

		while (shell_peek(l, 0) == ' ' || shell_peek(l, 0) == '\t')
			l->at++;
		if (shell_peek(l, 0) != '#') {
			l->at = start;
			return;
		}
		read_comment(l);
		if (shell_peek(l, 0) == '\n')
			l->at++;
	}
}

void shell_skip_blanks(struct shell_lexer *l)
{
	for (;;) {
		const char c = shell_peek(l, 0);

		if (l->at >= l->end)
			return;
		if (c == ' ' || c == '\t' || c == '\r' || c == '\f' ||
		    c == '\v') {
			l->at++;
		} else if (c == '#') {
			read_comment(l);
		} else if (continues_line(l, l->at, &l->at)) {
			if (l->host == SHELL_DOCKER)
				skip_docker_comments(l);
		} else {
			return;
		}
	}
}

static void add_piece(struct word_builder *b, size_t from, size_t to)
{
	if (b->pieces == 1)
		strbuf_add(&b->copy, str_slice(b->l->text, b->from, b->to));
	if (b->pieces)
		strbuf_add(&b->copy, str_slice(b->l->text, from, to));
	b->from = from;
	b->to = to;
	b->pieces++;
}

static void note_nested(struct shell_lexer *l, size_t from, size_t to)
{
	if (l->nested && to > from)
		vec_push(l->nested, l->arena,
			 (struct span){ (uint32_t)from,
					(uint32_t)(to - from) });
}

static size_t skip_quoted(struct str s, size_t i, size_t end, char quote)
{
	for (i++; i < end && s.ptr[i] != quote; i++)
		if (s.ptr[i] == '\\' && quote != '\'')
			i++;
	return i < end ? i : end;
}

size_t shell_closing(struct str s, size_t from, size_t end)
{
	size_t depth = 1;

	for (size_t i = from; i < end; i++) {
		const char c = s.ptr[i];

		if (c == '\\')
			i++;
		else if (c == '\'' || c == '"' || c == '`')
			i = skip_quoted(s, i, end, c);
		else if (c == '(')
			depth++;
		else if (c == ')' && !--depth)
			return i;
	}
	return end;
}

/* `${ … }`: to behind the closing brace. */
static size_t skip_braces(struct str s, size_t i, size_t end)
{
	size_t depth = 0;

	for (; i < end; i++) {
		if (s.ptr[i] == '{')
			depth++;
		else if (s.ptr[i] == '}' && !--depth)
			return i + 1;
		else if (s.ptr[i] == '\n')
			break;
	}
	return i < end ? i : end;
}

/* An expansion that begins at the lexer with `$` or a backtick: skipped, its
 * commands noted. Returns where it ends. */
static size_t skip_expansion(struct shell_lexer *l)
{
	const struct str s = l->text;
	size_t end;

	if (shell_peek(l, 0) == '`') {
		end = skip_quoted(s, l->at, l->end, '`');
		note_nested(l, l->at + 1, end);
		return end < l->end ? end + 1 : l->end;
	}
	if (shell_peek(l, 1) == '(') {
		const bool sum = shell_peek(l, 2) == '(';

		end = shell_closing(s, l->at + 2, l->end);
		if (!sum && l->host != SHELL_MAKE)
			note_nested(l, l->at + 2, end);
		return end < l->end ? end + 1 : l->end;
	}
	if (shell_peek(l, 1) == '{') {
		end = skip_braces(s, l->at + 1, l->end);
		return end > l->at ? end : l->at + 1;
	}
	return l->at + 1;
}

static void add_single(struct word_builder *b)
{
	struct shell_lexer *l = b->l;
	const size_t start = l->at + 1;
	const size_t end = skip_quoted(l->text, l->at, l->end, '\'');

	add_piece(b, start, end);
	l->at = end < l->end ? end + 1 : l->end;
	b->quoted = true;
}

static void add_double(struct word_builder *b)
{
	struct shell_lexer *l = b->l;
	size_t start = ++l->at;

	b->quoted = true;
	while (l->at < l->end && shell_peek(l, 0) != '"') {
		const char c = shell_peek(l, 0);
		const char next = shell_peek(l, 1);

		if (c == '\\' && next && strchr("\"\\$`\n", next)) {
			add_piece(b, start, l->at);
			start = l->at + (next == '\n' ? 2 : 1);
			l->at += 2;
		} else if (c == '$' || c == '`') {
			l->at = skip_expansion(l);
		} else {
			l->at++;
		}
	}
	add_piece(b, start, l->at < l->end ? l->at : l->end);
	l->at += l->at < l->end ? 1 : 0;
}

static void add_bare(struct word_builder *b)
{
	struct shell_lexer *l = b->l;
	size_t start = l->at;

	while (l->at < l->end) {
		const char c = shell_peek(l, 0);

		if (is_blank(c) || shell_is_operator(c) || c == '\'' ||
		    c == '"' || c == '\\')
			break;
		l->at = c == '$' || c == '`' ? skip_expansion(l) : l->at + 1;
	}
	add_piece(b, start, l->at);
}

struct shell_word shell_word_next(struct shell_lexer *l)
{
	struct word_builder b = { .l = l, .copy = STRBUF(l->arena) };
	const size_t start = l->at;
	struct shell_word w = { .text = STR("") };

	while (l->at < l->end) {
		const char c = shell_peek(l, 0);
		size_t next;

		if (is_blank(c) || shell_is_operator(c))
			break;
		if (c == '\'') {
			add_single(&b);
		} else if (c == '"') {
			add_double(&b);
		} else if (continues_line(l, l->at, &next)) {
			l->at = next;
			add_piece(&b, next, next);
		} else if (c == '\\') {
			add_piece(&b, l->at + 1,
				  l->at + 2 < l->end ? l->at + 2 : l->end);
			l->at += l->at + 1 < l->end ? 2 : 1;
		} else {
			add_bare(&b);
		}
	}
	if (b.pieces == 1)
		w.text = str_slice(l->text, b.from, b.to);
	else if (b.pieces)
		w.text = strbuf_str(&b.copy);
	w.span = (struct span){ (uint32_t)start, (uint32_t)(l->at - start) };
	w.quoted = b.quoted;
	return w;
}
