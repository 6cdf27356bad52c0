/*
 * Structure over the words of shell_word.c. One pass; a frame for every
 * construct that is open (if, loop, case, parentheses, braces), so nothing
 * recurses. Insides of $( … ) are read after the text that holds them, from
 * a queue.
 *
 * What has to hold for a command is kept as a chain of guards: the condition
 * of an `if`, the test in `[ … ] && command`, and what is left behind an
 * `if … exit; fi` or a `[ … ] || exit`.
 */
#include "shell.h"

#include "shell_word.h"

enum { FRAMES_MAX = 64, NESTED_DEPTH = 6, NESTED_MAX = 4096 };

enum frame_kind {
	FRAME_IF,
	FRAME_LOOP,
	FRAME_CASE,
	FRAME_PAREN,
	FRAME_BRACE,
	FRAME_FUNCTION,
};

struct frame {
	enum frame_kind kind;
	const struct shell_guard *outside; /* in force around it */
	const struct shell_guard *chain;
	size_t condition;    /* where that of an `if` or `while` begins */
	struct str text;     /* the condition of the branch being read */
	struct str function; /* in force around it */
	bool in_condition;
	bool exits;	  /* the branch being read ends with `exit` */
	bool first_exits; /* the `then` branch did, and there is no other */
};

struct heredoc {
	struct str mark;
	bool indented;
	size_t command;
};

struct heredocs VEC(struct heredoc);

struct parser {
	struct shell_lexer lexer;
	struct shell *out;
	struct frame frame[FRAMES_MAX];
	size_t frames;
	size_t deeper;			 /* frames that did not fit */
	const struct shell_guard *base;	 /* of the enclosing constructs */
	const struct shell_guard *chain; /* and of `a && b` before */
	struct heredocs heredocs;
	struct str subject; /* of the `case` being read */
	int previous; /* the last command; SHELL_NONE after ; or newline */
	bool piped;   /* it is piped into the next */
	struct str function; /* the name of that being read; or empty */
};

static const struct shell_guard *guard_add(struct parser *p,
					   const struct shell_guard *outer,
					   struct str condition, bool inverted)
{
	struct shell_guard *g = arena_new(p->lexer.arena, struct shell_guard);

	g->condition = str_trim(condition);
	g->inverted = inverted;
	g->outer = outer;
	return g;
}

static struct frame *top(struct parser *p)
{
	return p->frames && !p->deeper ? &p->frame[p->frames - 1] : NULL;
}

static void end_chain(struct parser *p)
{
	p->chain = p->base;
	p->previous = SHELL_NONE;
	p->piped = false;
}

static void push(struct parser *p, enum frame_kind kind)
{
	if (p->frames == FRAMES_MAX || p->deeper) {
		p->deeper++;
		return;
	}
	p->frame[p->frames++] = (struct frame){
		.kind = kind,
		.outside = p->base,
		.chain = p->chain,
		.condition = p->lexer.at,
		.function = p->function,
		.in_condition = kind == FRAME_IF || kind == FRAME_LOOP,
	};
	if (kind != FRAME_IF && kind != FRAME_LOOP)
		p->base = p->chain;
	end_chain(p);
}

/* Behind `if test; then …; exit; fi` the test did not hold; behind
 * `test || { …; exit; }` it did. */
static void pop(struct parser *p)
{
	struct frame *f = top(p);

	if (p->deeper) {
		p->deeper--;
		return;
	}
	if (!f)
		return;
	p->frames--;
	p->base = f->outside;
	if (f->kind == FRAME_IF && f->text.len && (f->exits || f->first_exits))
		p->base = guard_add(p, p->base, f->text, true);
	else if (f->kind == FRAME_BRACE && f->exits && f->chain != f->outside)
		p->base = guard_add(p, p->base, f->chain->condition,
				    !f->chain->inverted);
	p->function = f->function;
	end_chain(p);
}

/* `then`, `do`: the condition is over. */
static void begin_branch(struct parser *p, size_t end)
{
	struct frame *f = top(p);

	if (!f || !f->in_condition)
		return;
	f->in_condition = false;
	f->text = str_slice(p->lexer.text, f->condition, end);
	p->base = guard_add(p, p->base, f->text, false);
	f->exits = false;
	end_chain(p);
}

static void begin_else(struct parser *p, bool another)
{
	struct frame *f = top(p);

	if (!f || f->kind != FRAME_IF)
		return;
	f->first_exits = f->exits && f->text.len;
	f->exits = false;
	p->base = guard_add(p, f->outside, f->text, true);
	if (another) {
		f->in_condition = true;
		f->condition = p->lexer.at;
	} else if (!f->first_exits) {
		f->text = STR("");
	}
	end_chain(p);
}

static void read_heredocs(struct parser *p)
{
	struct shell_lexer *l = &p->lexer;

	vec_each(struct heredoc, h, &p->heredocs) {
		struct str rest = str_slice(l->text, l->at, l->end);
		const struct str body = rest;
		struct str line;
		size_t len = 0;

		while (str_next_line(&rest, &line)) {
			const struct str s =
				h->indented ? str_trim(line) : line;

			if (str_eq(s, h->mark))
				break;
			len = (size_t)(rest.ptr - body.ptr);
		}
		p->out->commands.item[h->command].input =
			str_slice(body, 0, len);
		l->at = (size_t)(rest.ptr - l->text.ptr);
	}
	p->heredocs.count = 0;
}

/* `<`, `>`, `<<EOF`, `<<<word`, `<( … )` at the lexer, for command `number`. */
static void read_redirection(struct parser *p, size_t number)
{
	struct shell_lexer *l = &p->lexer;
	const size_t start = l->at;
	struct str op;

	if (shell_peek(l, 1) == '(') {
		const size_t end = shell_closing(l->text, l->at + 2, l->end);

		vec_push(l->nested, l->arena,
			 (struct span){ (uint32_t)l->at + 2,
					(uint32_t)(end - l->at - 2) });
		l->at = end < l->end ? end + 1 : l->end;
		return;
	}
	while (shell_peek(l, 0) == '<' || shell_peek(l, 0) == '>' ||
	       shell_peek(l, 0) == '&' || shell_peek(l, 0) == '|' ||
	       (shell_peek(l, 0) == '-' && l->at == start + 2))
		l->at++;
	op = str_slice(l->text, start, l->at);
	shell_skip_blanks(l);
	const struct shell_word w = shell_word_next(l);
	struct shell_command *c = &p->out->commands.item[number];

	if (str_eq(op, STR("<<<")))
		c->input = w.text;
	else if (str_starts(op, STR("<<")))
		vec_push(&p->heredocs, l->arena,
			 (struct heredoc){ w.text, op.len == 3, number });
}

static bool is_name(struct str s)
{
	if (!s.len || is_digit(s.ptr[0]))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_alpha(s.ptr[i]) && !is_digit(s.ptr[i]) &&
		    s.ptr[i] != '_')
			return false;
	return true;
}

static bool is_assignment(const struct shell_word *w, struct str script)
{
	const struct str raw =
		str_slice(script, w->span.off, span_end(w->span));
	size_t eq = str_find_byte(raw, '=');

	if (eq == (size_t)-1)
		return false;
	if (eq && raw.ptr[eq - 1] == '+')
		eq--;
	return is_name(str_slice(raw, 0, eq));
}

static bool is_test(const struct shell_command *c)
{
	const struct str first =
		c->count > c->assigned ? c->word[c->assigned].text : STR("");

	return str_eq(first, STR("[")) || str_eq(first, STR("[[")) ||
	       str_eq(first, STR("test")) || str_eq(first, STR("grep"));
}

static bool is_exit(const struct shell_command *c)
{
	const struct str first =
		c->count > c->assigned ? c->word[c->assigned].text : STR("");

	return str_eq(first, STR("exit")) || str_eq(first, STR("return")) ||
	       str_eq(first, STR("die")) || str_eq(first, STR("abort"));
}

/* What it means for the commands behind it that command `c` ended the script:
 * the tests in front of it did not hold. */
static void note_exit(struct parser *p, const struct shell_command *c)
{
	struct frame *f = top(p);

	if (!is_exit(c))
		return;
	if (p->chain != p->base)
		p->base = guard_add(p, p->base, p->chain->condition,
				    !p->chain->inverted);
	else if (f && !f->in_condition)
		f->exits = true;
}

struct words VEC(struct shell_word);

/* Everything up to the next operator that ends a simple command. */
static void read_words(struct parser *p, struct words *words, size_t number)
{
	struct shell_lexer *l = &p->lexer;

	for (;;) {
		shell_skip_blanks(l);
		const char c = shell_peek(l, 0);

		if (l->at >= l->end)
			return;
		if (c == '<' || c == '>' ||
		    (c == '&' && shell_peek(l, 1) == '>')) {
			read_redirection(p, number);
			continue;
		}
		if (shell_is_operator(c))
			return;
		struct shell_word w = shell_word_next(l);

		if (shell_peek(l, 0) == '(' && w.text.len &&
		    w.text.ptr[w.text.len - 1] == '=') {
			l->at = shell_closing(l->text, l->at + 1, l->end);
			l->at += l->at < l->end;
			w.span.len = (uint32_t)l->at - w.span.off;
		}
		if ((shell_peek(l, 0) == '<' || shell_peek(l, 0) == '>') &&
		    w.text.len == 1 && is_digit(w.text.ptr[0]))
			continue;
		vec_push(words, l->arena, w);
	}
}

static void read_command(struct parser *p)
{
	struct shell_lexer *l = &p->lexer;
	const size_t number = p->out->commands.count;
	struct words words = { 0 };
	struct shell_command *c;

	vec_push(&p->out->commands, l->arena,
		 (struct shell_command){
			 .piped_from = p->piped ? p->previous : SHELL_NONE,
			 .guard = p->chain,
			 .function = p->function,
			 .input = STR(""),
			 .span = { (uint32_t)l->at, 0 },
		 });
	read_words(p, &words, number);
	c = &p->out->commands.item[number];
	c->word = words.item;
	c->count = words.count;
	while (c->assigned < c->count &&
	       is_assignment(&c->word[c->assigned], l->text))
		c->assigned++;
	if (c->count)
		c->span.len =
			span_end(c->word[c->count - 1].span) - c->span.off;
	note_exit(p, c);
	p->previous = (int)number;
	p->piped = false;
}

/* `case` up to the first pattern; the pattern itself becomes a guard. */
static void read_pattern(struct parser *p)
{
	struct shell_lexer *l = &p->lexer;
	struct frame *f = top(p);
	size_t start;

	while (l->at < l->end &&
	       (is_blank(shell_peek(l, 0)) || shell_peek(l, 0) == '#'))
		if (shell_peek(l, 0) == '\n')
			l->at++;
		else
			shell_skip_blanks(l);
	if (str_starts(str_slice(l->text, l->at, l->end), STR("esac")))
		return;
	if (shell_peek(l, 0) == '(')
		l->at++;
	start = l->at;
	l->at = shell_closing(l->text, l->at, l->end);
	if (f) {
		const struct str pattern = str_slice(l->text, start, l->at);

		p->base = guard_add(p, f->outside, p->subject, false);
		p->base = guard_add(p, p->base, pattern, false);
	}
	l->at += l->at < l->end;
	end_chain(p);
}

static void read_case(struct parser *p)
{
	struct shell_lexer *l = &p->lexer;

	push(p, FRAME_CASE);
	shell_skip_blanks(l);
	p->subject = shell_word_next(l).text;
	while (l->at < l->end && is_blank(shell_peek(l, 0)))
		l->at++;
	if (str_eq(shell_word_next(l).text, STR("in")))
		read_pattern(p);
}

/* `for x in a b; do`: the words are no command. */
static void read_for(struct parser *p)
{
	struct shell_lexer *l = &p->lexer;

	push(p, FRAME_LOOP);
	while (l->at < l->end && shell_peek(l, 0) != ';' &&
	       shell_peek(l, 0) != '\n') {
		shell_skip_blanks(l);
		if (shell_peek(l, 0) == '(')
			l->at = shell_closing(l->text, l->at + 1, l->end);
		if (!shell_word_next(l).span.len && shell_peek(l, 0) != ';' &&
		    shell_peek(l, 0) != '\n')
			l->at++;
	}
	if (top(p))
		top(p)->condition = l->at;
}

/* A word of the grammar where a command may begin: true where it is one, and
 * dealt with. `start` is where it begins. */
static bool read_keyword(struct parser *p, struct str w, size_t start)
{
	if (str_eq(w, STR("if")))
		push(p, FRAME_IF);
	else if (str_eq(w, STR("while")) || str_eq(w, STR("until")))
		push(p, FRAME_LOOP);
	else if (str_eq(w, STR("for")) || str_eq(w, STR("select")))
		read_for(p);
	else if (str_eq(w, STR("case")))
		read_case(p);
	else if (str_eq(w, STR("then")) || str_eq(w, STR("do")))
		begin_branch(p, start);
	else if (str_eq(w, STR("else")) || str_eq(w, STR("elif")))
		begin_else(p, w.ptr[2] == 'i');
	else if (str_eq(w, STR("fi")) || str_eq(w, STR("done")) ||
		 str_eq(w, STR("esac")) || str_eq(w, STR("}")))
		pop(p);
	else if (str_eq(w, STR("{")))
		push(p, FRAME_BRACE);
	else
		return str_eq(w, STR("!")) || str_eq(w, STR("time"));
	return true;
}

/* The `{` of a function may stand on the next line. */
static void skip_to_body(struct shell_lexer *l)
{
	size_t at = l->at;

	while (at < l->end &&
	       (is_blank(l->text.ptr[at]) || strchr("\r\n", l->text.ptr[at])))
		at++;
	if (at < l->end && l->text.ptr[at] == '{')
		l->at = at + 1;
}

/* `name()` or `function name`, with the opening of its body. */
static bool read_function(struct parser *p, struct str w, size_t start)
{
	struct shell_lexer *l = &p->lexer;
	const bool keyword = str_eq(w, STR("function"));
	struct str name = w;

	if (keyword) {
		shell_skip_blanks(l);
		name = shell_word_next(l).text;
	}
	if (shell_peek(l, 0) == '(' && w.len) {
		const size_t end = shell_closing(l->text, l->at + 1, l->end);

		if (!str_trim(str_slice(l->text, l->at + 1, end)).len)
			l->at = end < l->end ? end + 1 : l->end;
		else if (!keyword) {
			l->at = start;
			return false;
		}
	} else if (!keyword) {
		l->at = start;
		return false;
	}
	skip_to_body(l);
	push(p, FRAME_FUNCTION);
	p->function = name;
	return true;
}

static void read_operator(struct parser *p)
{
	struct shell_lexer *l = &p->lexer;
	const char c = shell_peek(l, 0);
	const bool twice = shell_peek(l, 1) == c;

	l->at += twice && c != '(' && c != ')' && c != '\n' ? 2 : 1;
	if (c == '\n') {
		read_heredocs(p);
		end_chain(p);
	} else if (c == '(') {
		push(p, FRAME_PAREN);
	} else if (c == ')') {
		pop(p);
	} else if (c == ';' && twice) {
		if (shell_peek(l, 0) == '&')
			l->at++;
		end_chain(p);
		if (top(p) && top(p)->kind == FRAME_CASE)
			read_pattern(p);
	} else if (c == '|' && !twice) {
		l->at += shell_peek(l, 0) == '&';
		p->piped = true;
	} else if (twice && p->previous != SHELL_NONE) {
		const struct shell_command *prev =
			&p->out->commands.item[p->previous];

		if (is_test(prev))
			p->chain = guard_add(p, p->chain,
					     str_slice(l->text, prev->span.off,
						       span_end(prev->span)),
					     c == '|');
	} else if (!twice) {
		end_chain(p);
	}
}

static void read_text(struct parser *p)
{
	struct shell_lexer *l = &p->lexer;

	for (;;) {
		shell_skip_blanks(l);
		if (l->at >= l->end)
			return;
		const char c = shell_peek(l, 0);
		const size_t start = l->at;

		if (shell_is_operator(c) && c != '<' && c != '>') {
			read_operator(p);
			continue;
		}
		const struct shell_word w = shell_word_next(l);

		if (w.text.len && !w.quoted && read_keyword(p, w.text, start))
			continue;
		if (!w.quoted && read_function(p, w.text, start))
			continue;
		l->at = start;
		read_command(p);
		if (l->at == start)
			l->at++;
	}
}

void shell_read(struct shell *out, struct arena *a, struct str script,
		enum shell_host host)
{
	struct shell_spans nested = { 0 };
	struct parser p = {
		.out = out,
		.lexer = { .arena = a,
			   .text = script,
			   .end = script.len,
			   .host = host,
			   .nested = &nested,
			   .comments = &out->comments },
		.function = STR(""),
	};
	size_t level_end = 0;

	*out = (struct shell){ 0 };
	end_chain(&p);
	read_text(&p);
	p.lexer.comments = NULL;
	for (size_t i = 0, depth = 0; i < nested.count; i++) {
		const struct span s = nested.item[i];

		if (i == level_end) {
			level_end = nested.count;
			depth++;
		}
		if (depth > NESTED_DEPTH || i == NESTED_MAX) {
			out->unread = s;
			return;
		}

		p.frames = 0;
		p.deeper = 0;
		p.base = NULL;
		p.function = STR("");
		p.heredocs.count = 0;
		end_chain(&p);
		p.lexer.at = s.off;
		p.lexer.end = span_end(s);
		read_text(&p);
	}
}

struct shell_word *shell_words(struct arena *a, struct str line,
			       enum shell_host host, size_t *count)
{
	struct shell_lexer l = {
		.arena = a, .text = line, .end = line.len, .host = host
	};
	struct words words = { 0 };

	while (shell_skip_blanks(&l), l.at < l.end) {
		const size_t start = l.at;
		const struct shell_word w = shell_word_next(&l);

		if (l.at == start)
			l.at++;
		else
			vec_push(&words, a, w);
	}
	*count = words.count;
	return words.item;
}
