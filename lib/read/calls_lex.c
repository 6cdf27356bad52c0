#include "calls.h"

#include "calls_string.h"
#include "lang.h"

enum {
	HEREDOCS_A_LINE = 8,  /* more are read as code */
	HEREDOCS_OPEN = 16,   /* so many without an end: none is one */
	DEF_HEADER_MAX = 256,
	TAB = 8,
};

/* One opened bracket or block. */
struct open {
	uint32_t token;
	uint32_t column;
	uint32_t def; /* the enclosing `def` in the stack, or CODE_NONE */
	char kind;    /* ( [ { | or e: ended by `end`, i: by an indent */
};

struct opens VEC(struct open);

struct lexer {
	struct code *code;
	const struct language *lang;
	struct str s;
	size_t i;
	size_t line_start;
	struct opens open;
	uint32_t count[128]; /* of each kind in `open` */
	uint32_t def;	     /* the innermost `def` in `open` */
	uint32_t heredoc[HEREDOCS_A_LINE]; /* tokens whose body comes next */
	struct str mark[HEREDOCS_A_LINE];
	size_t heredocs, lost_heredocs;
	bool newline, spaced;
	bool first; /* the token to come is the first of its line */
	bool loop; /* the `do` of this line belongs to a loop */
};

static char at(const struct lexer *lx, size_t i)
{
	return i < lx->s.len ? lx->s.ptr[i] : '\0';
}

static bool stands(const struct lexer *lx, size_t i, const char *what)
{
	return str_starts(str_slice(lx->s, i, lx->s.len), str_of(what));
}

static const struct code_token *previous(const struct lexer *lx)
{
	const struct code_tokens *t = &lx->code->tokens;

	return t->count ? &t->item[t->count - 1] : NULL;
}

static bool is_word_byte(const struct language *lang, char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' ||
	       (unsigned char)c > 127 || (c && strchr(lang->in_word, c));
}

static struct code_token *push(struct lexer *lx, enum code_kind kind,
			       size_t off, size_t len)
{
	vec_push(&lx->code->tokens, lx->code->arena,
		 (struct code_token){
			 .off = (uint32_t)off,
			 .len = (uint32_t)len,
			 .match = CODE_NONE,
			 .owner = CODE_NONE,
			 .kind = (uint8_t)kind,
			 .flags = lx->spaced ? CODE_SPACED : 0,
		 });
	lx->spaced = false;
	return vec_last(&lx->code->tokens);
}

static void push_open(struct lexer *lx, char kind, size_t off, size_t len,
		      uint32_t column)
{
	struct code_token *t = push(lx, CODE_OPEN, off, len);

	if (kind == 'e' || kind == 'i')
		t->flags |= CODE_BLOCK;
	vec_push(&lx->open, lx->code->arena,
		 (struct open){
			 .token = (uint32_t)lx->code->tokens.count - 1,
			 .column = column,
			 .def = lx->def,
			 .kind = kind,
		 });
	lx->count[(unsigned char)kind]++;
}

/* Takes the innermost open one off; the token to come ends it. */
static uint32_t pop(struct lexer *lx)
{
	const struct open o = *vec_last(&lx->open);

	lx->open.count--;
	lx->count[(unsigned char)o.kind]--;
	lx->def = o.def;
	lx->code->tokens.item[o.token].match =
		(uint32_t)lx->code->tokens.count;
	return o.token;
}

/* Closes the innermost of a kind, and what was left open inside it. */
static bool push_close(struct lexer *lx, char kind, size_t off, size_t len)
{
	uint32_t opener;

	if (!lx->count[(unsigned char)kind])
		return false;
	do {
		const bool found = vec_last(&lx->open)->kind == kind;

		opener = pop(lx);
		if (found)
			break;
	} while (lx->open.count);
	struct code_token *t = push(lx, CODE_CLOSE, off, len);

	t->match = opener;
	if (kind == 'e' || kind == 'i')
		t->flags |= CODE_BLOCK;
	return true;
}

static void push_end(struct lexer *lx)
{
	const struct code_token *p = previous(lx);

	if (p && p->kind != CODE_END)
		push(lx, CODE_END, p->off + p->len, 0);
	lx->loop = false;
}

static char innermost(const struct lexer *lx)
{
	return lx->open.count ? vec_last(&lx->open)->kind : '\0';
}

static uint32_t column_of(const struct lexer *lx)
{
	uint32_t column = 0;

	for (size_t i = lx->line_start; i < lx->i; i++)
		column += at(lx, i) == '\t' ? TAB - column % TAB : 1;
	return column;
}

/* Does the line that begins here go on with the statement before it? */
static bool line_continues(const struct lexer *lx)
{
	static const char *const marks[] = { "&.", "&&", "||", "|>", "<>",
					     "?.", "!.", "!!.", "?:", "++" };
	const char c = at(lx, lx->i);
	const bool ruby = lx->lang->flags & LANG_SYMBOLS;

	if (!(lx->lang->flags & LANG_LEADING))
		return false;
	if (c == '.')
		return at(lx, lx->i + 1) != '.';
	if (!ruby && (c == '?' || c == ':' || c == '+'))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (stands(lx, lx->i, marks[i]))
			return true;
	return false;
}

/* Is the statement before the line end complete? */
static bool statement_ended(const struct lexer *lx)
{
	const struct code_token *p = previous(lx);

	if (!p || p->kind == CODE_COMMA || p->kind == CODE_END)
		return false;
	if (lx->lang->blocks == BLOCKS_INDENT)
		return true;
	if (p->kind == CODE_OPEN)
		return p->flags & CODE_BLOCK;
	if (p->kind != CODE_OPERATOR)
		return true;
	const struct str op =
		str_slice(lx->s, p->off, (size_t)p->off + p->len);

	return str_eq(op, STR("++")) || str_eq(op, STR("--"));
}

/* The lines of a Python block stand deeper than the one that opens it. */
static void indent(struct lexer *lx, bool opens)
{
	const uint32_t column = column_of(lx);

	while (innermost(lx) == 'i' && column < vec_last(&lx->open)->column)
		push_close(lx, 'i', lx->i, 0);
	const uint32_t outer = innermost(lx) == 'i' ?
				       vec_last(&lx->open)->column :
				       0;

	if (opens && column > outer)
		push_open(lx, 'i', lx->i, 0, column);
}

/* Before the first token of a line. */
static void line_begins(struct lexer *lx)
{
	const struct code_token *p = previous(lx);
	const bool colon = p && p->kind == CODE_OPERATOR &&
			   at(lx, p->off) == ':';
	const bool python = lx->lang->blocks == BLOCKS_INDENT;

	lx->newline = false;
	/* A bracket that was never closed does not reach the next function. */
	if (python && lx->i == lx->line_start &&
	    (stands(lx, lx->i, "def ") || stands(lx, lx->i, "class ")))
		while (lx->open.count && innermost(lx) != 'i')
			pop(lx);
	if (!(lx->lang->flags & LANG_NEWLINES) || innermost(lx) == '(' ||
	    innermost(lx) == '[' || (python && innermost(lx) == '{'))
		return;
	if (statement_ended(lx) && !line_continues(lx))
		push_end(lx);
	if (python)
		indent(lx, colon);
}

/* The bodies of the heredocs that began on the line which ends at lx->i. */
static void heredoc_bodies(struct lexer *lx)
{
	for (size_t n = 0; n < lx->heredocs; n++) {
		struct code_token *t =
			&lx->code->tokens.item[lx->heredoc[n]];
		const size_t after = code_heredoc(&t->body, &t->body_len,
						  lx->s, lx->i, lx->mark[n]);

		lx->lost_heredocs += after == lx->i;
		lx->i = after;
	}
	lx->heredocs = 0;
}

static void line_ends(struct lexer *lx)
{
	lx->i++;
	heredoc_bodies(lx);
	lx->line_start = lx->i;
	lx->newline = lx->spaced = true;
}

static void add_comment(struct lexer *lx, size_t off, size_t end, size_t open,
			size_t close)
{
	vec_push(&lx->code->comments, lx->code->arena,
		 (struct comment){
			 .span = { (uint32_t)off, (uint32_t)(end - off) },
			 .text = str_trim(
				 str_slice(lx->s, off + open, end - close)),
		 });
	lx->i = end;
	lx->spaced = true;
}

static size_t line_end(const struct lexer *lx, size_t i)
{
	const struct str rest = str_slice(lx->s, i, lx->s.len);
	const size_t n = str_find_byte(rest, '\n');

	return n == SIZE_MAX ? lx->s.len : i + n;
}

static bool line_comment(struct lexer *lx)
{
	for (size_t k = 0; k < ARRAY_LEN(lx->lang->line_comment); k++) {
		const char *mark = lx->lang->line_comment[k];

		if (!mark || !stands(lx, lx->i, mark))
			continue;
		/* PHP's #[attribute] is none. */
		if ((lx->lang->flags & LANG_HEREDOC_PHP) &&
		    stands(lx, lx->i, "#["))
			return false;
		size_t text = lx->i + strlen(mark);

		while (at(lx, text) == mark[0] || at(lx, text) == '!')
			text++;
		const size_t end = line_end(lx, text);

		add_comment(lx, lx->i, end, text - lx->i, 0);
		return true;
	}
	return false;
}

static bool block_comment(struct lexer *lx)
{
	const char *open = lx->lang->comment_open;
	const char *close = lx->lang->comment_close;
	const bool nests = lx->lang->flags & LANG_NESTED_COMMENTS;
	size_t depth = 0;
	size_t i = lx->i;

	if (!open || !stands(lx, i, open))
		return false;
	do {
		if (stands(lx, i, open) && (nests || !depth)) {
			depth++;
			i += strlen(open);
		} else if (stands(lx, i, close)) {
			depth--;
			i += strlen(close);
		} else {
			i++;
		}
	} while (depth && i < lx->s.len);
	i = i < lx->s.len ? i : lx->s.len;
	add_comment(lx, lx->i, i, strlen(open), depth ? 0 : strlen(close));
	return true;
}

/* =begin … =end */
static bool ruby_comment(struct lexer *lx)
{
	if (!(lx->lang->flags & LANG_HEREDOC_RUBY) || lx->i != lx->line_start ||
	    !stands(lx, lx->i, "=begin"))
		return false;
	size_t end = lx->i;

	do {
		end = line_end(lx, end) + 1;
	} while (end < lx->s.len && !stands(lx, end, "=end"));
	end = end < lx->s.len ? line_end(lx, end) : lx->s.len;
	add_comment(lx, lx->i, end, 6, 4);
	return true;
}

static bool comment(struct lexer *lx)
{
	return line_comment(lx) || block_comment(lx) || ruby_comment(lx);
}

/* Could what stands before be the left side of an operator? */
static bool value_before(const struct lexer *lx)
{
	const struct code_token *p = previous(lx);

	if (!p || lx->newline)
		return false;
	if (p->kind == CODE_WORD) {
		const enum lang_role role = language_role(
			lx->lang,
			str_slice(lx->s, p->off, (size_t)p->off + p->len));

		return role == ROLE_NAME || role == ROLE_CONSTANT;
	}
	return p->kind == CODE_NUMBER || p->kind == CODE_STRING ||
	       p->kind == CODE_SYMBOL || p->kind == CODE_CLOSE;
}

static void push_string(struct lexer *lx, const struct code_string *found)
{
	struct code_token *t = push(lx, CODE_STRING, lx->i, found->len);

	t->body = found->body;
	t->body_len = found->body_len;
	t->string = (uint16_t)found->flags;
	if (found->heredoc.len) {
		lx->heredoc[lx->heredocs] =
			(uint32_t)lx->code->tokens.count - 1;
		lx->mark[lx->heredocs++] = found->heredoc;
	}
	for (uint32_t i = 0; i < found->len; i++)
		if (lx->s.ptr[lx->i + i] == '\n')
			lx->line_start = lx->i + i + 1;
	lx->i += found->len;
}

static bool string(struct lexer *lx)
{
	struct code_string found;

	if (!code_string_at(&found, lx->s, lx->i, lx->lang, value_before(lx)))
		return false;
	if (found.heredoc.len && (lx->heredocs == HEREDOCS_A_LINE ||
				  lx->lost_heredocs > HEREDOCS_OPEN))
		return false;
	push_string(lx, &found);
	return true;
}

/* :name, :"a name"; not the colon of a label, `a ? b : c` or `A::B`. */
static bool symbol(struct lexer *lx)
{
	const struct code_token *p = previous(lx);
	const char next = at(lx, lx->i + 1);
	struct code_string found;

	if (!(lx->lang->flags & LANG_SYMBOLS) || at(lx, lx->i) != ':')
		return false;
	if (p && p->off + p->len == lx->i &&
	    (p->kind == CODE_WORD || p->kind == CODE_STRING))
		return false;
	if (next == '"' || next == '\'') {
		lx->i++;
		if (!code_string_at(&found, lx->s, lx->i, lx->lang, false))
			return false;
		push_string(lx, &found);
		return true;
	}
	size_t end = lx->i + 1;

	if (!is_word_byte(lx->lang, next) || is_digit(next))
		return false;
	while (is_word_byte(lx->lang, at(lx, end)))
		end++;
	if ((at(lx, end) == '?' || at(lx, end) == '!') &&
	    at(lx, end + 1) != '=')
		end++;
	struct code_token *t = push(lx, CODE_SYMBOL, lx->i, end - lx->i);

	t->body = t->off + 1;
	t->body_len = t->len - 1;
	lx->i = end;
	return true;
}

static bool number(struct lexer *lx)
{
	size_t end = lx->i;

	if (!is_digit(at(lx, end)))
		return false;
	while (is_alpha(at(lx, end)) || is_digit(at(lx, end)) ||
	       at(lx, end) == '_' ||
	       (at(lx, end) == '.' && is_digit(at(lx, end + 1))))
		end++;
	push(lx, CODE_NUMBER, lx->i, end - lx->i);
	lx->i = end;
	return true;
}

/* def name(args) = expression: no `end` follows. */
static bool is_endless_def(const struct lexer *lx, size_t i)
{
	const size_t limit = i + DEF_HEADER_MAX;
	size_t depth = 0;

	while (at(lx, i) == ' ')
		i++;
	for (; i < limit && at(lx, i) && at(lx, i) != '\n'; i++) {
		const char c = at(lx, i);

		depth += c == '(';
		depth -= c == ')' && depth;
		if (depth || c == ')')
			continue;
		if (c == ' ')
			return stands(lx, i, " = ");
		if (c == ';')
			return false;
	}
	return false;
}

/* Does `if`, `while` … begin a statement here, or qualify the one before? */
static bool begins_statement(const struct lexer *lx)
{
	const struct code_token *p = previous(lx);

	if (!p || p->kind == CODE_END || p->kind == CODE_OPEN ||
	    p->kind == CODE_OPERATOR || p->kind == CODE_COMMA)
		return true;
	if (p->kind != CODE_WORD)
		return false;
	const struct str word =
		str_slice(lx->s, p->off, (size_t)p->off + p->len);

	return str_eq(word, STR("else")) ||
	       language_role(lx->lang, word) == ROLE_MODIFIER;
}

/* A `def` that stands no deeper than the one around it: an `end` was missed
 * or a block misread, and the one around it is over. */
static void end_missed_defs(struct lexer *lx, uint32_t column)
{
	while (lx->def != CODE_NONE &&
	       lx->open.item[lx->def].column >= column) {
		const uint32_t def = lx->def;

		while (lx->open.count > def)
			pop(lx);
	}
}

static void push_block(struct lexer *lx, size_t len, bool function)
{
	const uint32_t column = lx->first ? column_of(lx) : 0;

	if (function && lx->first)
		end_missed_defs(lx, column);
	push_open(lx, 'e', lx->i, len, column);
	if (function)
		lx->def = (uint32_t)lx->open.count - 1;
}

/* The words that open and close blocks in Ruby. */
static bool ruby_block_word(struct lexer *lx, enum lang_role role, size_t len)
{
	switch (role) {
	case ROLE_FUNCTION:
		if (is_endless_def(lx, lx->i + len))
			return false;
		push_block(lx, len, true);
		return true;
	case ROLE_CLASS:
	case ROLE_BLOCK: push_block(lx, len, false); return true;
	case ROLE_BRANCH:
	case ROLE_LOOP:
		if (!begins_statement(lx) && at(lx, lx->i) != 'c' &&
		    at(lx, lx->i) != 'f')
			return false;
		push_block(lx, len, false);
		lx->loop |= role == ROLE_LOOP;
		return true;
	case ROLE_DO:
		if (lx->loop) {
			push_end(lx);
			lx->spaced = true;
			return false;
		}
		push_block(lx, len, false);
		return true;
	case ROLE_END: return push_close(lx, 'e', lx->i, len);
	case ROLE_NAME:
	case ROLE_MODIFIER:
	case ROLE_PREFIX:
	case ROLE_QUALIFIER:
	case ROLE_CONSTANT: return false;
	}
	return false;
}

/* In Elixir only `do` and `fn` open one. */
static bool block_word(struct lexer *lx, size_t len)
{
	const struct code_token *p = previous(lx);
	const struct str word = str_slice(lx->s, lx->i, lx->i + len);
	const enum lang_role role = language_role(lx->lang, word);
	const char next = at(lx, lx->i + len);

	if (lx->lang->blocks != BLOCKS_END || role == ROLE_NAME ||
	    (p && (p->flags & CODE_MEMBER) && p->kind == CODE_OPERATOR) ||
	    (next == ':' && at(lx, lx->i + len + 1) != ':'))
		return false;
	if (lx->lang->flags & LANG_TRAILING)
		return ruby_block_word(lx, role, len);
	if (role == ROLE_END)
		return push_close(lx, 'e', lx->i, len);
	if (role != ROLE_DO && role != ROLE_BLOCK)
		return false;
	push_block(lx, len, false);
	return true;
}

static bool word(struct lexer *lx)
{
	const size_t from = lx->i;
	size_t end = from;

	while (is_word_byte(lx->lang, at(lx, end)))
		end++;
	if (end == from)
		return false;
	if ((lx->lang->flags & LANG_BANG) &&
	    (at(lx, end) == '?' || at(lx, end) == '!') &&
	    at(lx, end + 1) != '=')
		end++;
	if (!block_word(lx, end - from))
		push(lx, CODE_WORD, from, end - from);
	lx->i = end;
	if ((lx->lang->flags & LANG_MACROS) && at(lx, end) == '!' &&
	    strchr("([{", at(lx, end + 1)) && at(lx, end + 1))
		lx->i++;
	return true;
}

/* |a, b| after `do` or `{` */
static bool block_params(struct lexer *lx)
{
	const struct code_token *p = previous(lx);

	if (!(lx->lang->flags & LANG_HEREDOC_RUBY))
		return false;
	if (innermost(lx) == '|') {
		push_close(lx, '|', lx->i++, 1);
		return true;
	}
	if (!p || p->kind != CODE_OPEN || at(lx, lx->i + 1) == '|')
		return false;
	push_open(lx, '|', lx->i++, 1, 0);
	return true;
}

static bool bracket(struct lexer *lx)
{
	switch (at(lx, lx->i)) {
	case '(':
	case '[':
	case '{':
		push_open(lx, at(lx, lx->i), lx->i, 1, 0);
		lx->i++;
		return true;
	case ')':
		if (!push_close(lx, '(', lx->i, 1))
			return false;
		lx->i++;
		return true;
	case ']':
		if (!push_close(lx, '[', lx->i, 1))
			return false;
		lx->i++;
		return true;
	case '}':
		if (!push_close(lx, '{', lx->i, 1))
			return false;
		lx->i++;
		return true;
	case '|': return block_params(lx);
	default: return false;
	}
}

/* The operator that reaches a member at lx->i, or 0. */
static size_t member_len(const struct lexer *lx)
{
	struct str rest = str_of(lx->lang->member);

	while (rest.len) {
		size_t n = str_find_byte(str_slice(rest, 1, rest.len), '|');

		n = n == SIZE_MAX ? rest.len : n + 1;
		if (n && str_starts(str_slice(lx->s, lx->i, lx->s.len),
				    str_slice(rest, 0, n)))
			return n;
		rest = str_slice(rest, n + 1, rest.len);
	}
	return 0;
}

static void operator_or_mark(struct lexer *lx)
{
	/* Longer ones first. */
	static const char *const operators[] = {
		"...", "===", "!==", "<=>", "**=", "||=", "&&=", "=>", "->",
		":=",  "<-",  "==",  "!=",  "<=",  ">=",  "&&",	 "||", "??",
		"+=",  "-=",  ".=",  "*=",  "/=",  "|=",  "<<",	 ">>", "<>",
		"++",  "--",  "..",  "=~",  "**",
	};
	const char c = at(lx, lx->i);
	const size_t member = member_len(lx);
	size_t len = 1;

	if (c == ',' || c == ';') {
		if (c == ',')
			push(lx, CODE_COMMA, lx->i, 1);
		else
			push(lx, CODE_END, lx->i, 1);
		lx->i++;
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(operators); i++)
		if (stands(lx, lx->i, operators[i])) {
			len = strlen(operators[i]);
			break;
		}
	if (member >= len)
		push(lx, CODE_OPERATOR, lx->i, member)->flags |= CODE_MEMBER;
	else
		push(lx, CODE_OPERATOR, lx->i, len);
	lx->i += member >= len ? member : len;
}

/* Text outside <?php … ?>. A file without the mark is all code. */
static void skip_template(struct lexer *lx)
{
	const struct str rest = str_slice(lx->s, lx->i, lx->s.len);
	const size_t n = str_find(rest, STR("<?php"));

	lx->i = n == SIZE_MAX ? lx->s.len : lx->i + n + 5;
	push_end(lx);
}

/* What is no token: blanks, comments, text around code. */
static bool skipped(struct lexer *lx)
{
	const char c = at(lx, lx->i);

	if (c == '\n') {
		line_ends(lx);
		return true;
	}
	if (c == '\\' && (at(lx, lx->i + 1) == '\n' ||
			  stands(lx, lx->i, "\\\r\n"))) {
		lx->i += at(lx, lx->i + 1) == '\n' ? 2 : 3;
		lx->spaced = true;
		return true;
	}
	if (is_blank(c)) {
		lx->i++;
		lx->spaced = true;
		return true;
	}
	if ((lx->lang->flags & LANG_HEREDOC_PHP) && stands(lx, lx->i, "?>")) {
		skip_template(lx);
		return true;
	}
	return comment(lx);
}

void code_lex(struct code *out)
{
	struct lexer lx = { .code = out,
			    .lang = out->lang,
			    .s = out->text,
			    .def = CODE_NONE,
			    .newline = true };

	if ((lx.lang->flags & LANG_HEREDOC_PHP) &&
	    str_find(lx.s, STR("<?php")) != SIZE_MAX)
		skip_template(&lx);
	while (lx.i < lx.s.len) {
		if (skipped(&lx))
			continue;
		lx.first = lx.newline;
		if (lx.first)
			line_begins(&lx);
		const size_t count = out->tokens.count;

		if (!string(&lx) && !symbol(&lx) && !number(&lx) &&
		    !word(&lx) && !bracket(&lx))
			operator_or_mark(&lx);
		if (lx.first && out->tokens.count > count)
			out->tokens.item[count].flags |= CODE_FIRST;
	}
	while (lx.open.count)
		pop(&lx);
	push(&lx, CODE_END, lx.s.len, 0);
}
