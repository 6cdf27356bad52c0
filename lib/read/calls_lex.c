#include "calls_lexer.h"

#include "calls_string.h"

enum { DEF_HEADER_MAX = 256 };

static bool is_word_byte(const struct language *lang, char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' ||
	       (unsigned char)c > 127 || (c && strchr(lang->in_word, c));
}

/* Could what stands before be the left side of an operator? */
static bool value_before(const struct lexer *lx)
{
	const struct code_token *p = lexer_last(lx);

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
	struct code_token *t = lexer_push(lx, CODE_STRING, lx->i, found->len);

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
	const struct code_token *p = lexer_last(lx);
	const char next = lexer_at(lx, lx->i + 1);
	struct code_string found;

	if (!(lx->lang->flags & LANG_SYMBOLS) || lexer_at(lx, lx->i) != ':')
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
	while (is_word_byte(lx->lang, lexer_at(lx, end)))
		end++;
	if ((lexer_at(lx, end) == '?' || lexer_at(lx, end) == '!') &&
	    lexer_at(lx, end + 1) != '=')
		end++;
	struct code_token *t = lexer_push(lx, CODE_SYMBOL, lx->i, end - lx->i);

	t->body = t->off + 1;
	t->body_len = t->len - 1;
	lx->i = end;
	return true;
}

static bool number(struct lexer *lx)
{
	size_t end = lx->i;

	if (!is_digit(lexer_at(lx, end)))
		return false;
	while (is_alpha(lexer_at(lx, end)) || is_digit(lexer_at(lx, end)) ||
	       lexer_at(lx, end) == '_' ||
	       (lexer_at(lx, end) == '.' && is_digit(lexer_at(lx, end + 1))))
		end++;
	lexer_push(lx, CODE_NUMBER, lx->i, end - lx->i);
	lx->i = end;
	return true;
}

/* def name(args) = expression: no `end` follows. */
static bool is_endless_def(const struct lexer *lx, size_t i)
{
	const size_t limit = i + DEF_HEADER_MAX;
	size_t depth = 0;

	while (lexer_at(lx, i) == ' ')
		i++;
	for (; i < limit && lexer_at(lx, i) && lexer_at(lx, i) != '\n'; i++) {
		const char c = lexer_at(lx, i);

		depth += c == '(';
		depth -= c == ')' && depth;
		if (depth || c == ')')
			continue;
		if (c == ' ')
			return lexer_stands(lx, i, " = ");
		if (c == ';')
			return false;
	}
	return false;
}

/* Does `if`, `while` … begin a statement here, or qualify the one before? */
static bool begins_statement(const struct lexer *lx)
{
	const struct code_token *p = lexer_last(lx);

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

/* The words that open and close blocks in Ruby. */
static bool ruby_block_word(struct lexer *lx, enum lang_role role, size_t len)
{
	switch (role) {
	case ROLE_FUNCTION:
		if (is_endless_def(lx, lx->i + len))
			return false;
		lexer_open_block(lx, len, true);
		return true;
	case ROLE_CLASS:
	case ROLE_BLOCK: lexer_open_block(lx, len, false); return true;
	case ROLE_BRANCH:
	case ROLE_LOOP:
		if (!begins_statement(lx) && lexer_at(lx, lx->i) != 'c' &&
		    lexer_at(lx, lx->i) != 'f')
			return false;
		lexer_open_block(lx, len, false);
		lx->loop |= role == ROLE_LOOP;
		return true;
	case ROLE_DO:
		if (lx->loop) {
			lexer_end_statement(lx);
			lx->spaced = true;
			return false;
		}
		lexer_open_block(lx, len, false);
		return true;
	case ROLE_END: return lexer_close(lx, 'e', lx->i, len);
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
	const struct code_token *p = lexer_last(lx);
	const struct str word = str_slice(lx->s, lx->i, lx->i + len);
	const enum lang_role role = language_role(lx->lang, word);
	const char next = lexer_at(lx, lx->i + len);

	if (lx->lang->blocks != BLOCKS_END || role == ROLE_NAME ||
	    (p && (p->flags & CODE_MEMBER) && p->kind == CODE_OPERATOR) ||
	    (next == ':' && lexer_at(lx, lx->i + len + 1) != ':'))
		return false;
	if (lx->lang->flags & LANG_TRAILING)
		return ruby_block_word(lx, role, len);
	if (role == ROLE_END)
		return lexer_close(lx, 'e', lx->i, len);
	if (role != ROLE_DO && role != ROLE_BLOCK)
		return false;
	lexer_open_block(lx, len, false);
	return true;
}

/* &1 in Elixir's short functions: a name. */
static bool capture(struct lexer *lx)
{
	size_t end = lx->i + 1;

	if (!(lx->lang->flags & LANG_SIGILS) || lexer_at(lx, lx->i) != '&')
		return false;
	while (is_digit(lexer_at(lx, end)))
		end++;
	if (end == lx->i + 1)
		return false;
	lexer_push(lx, CODE_WORD, lx->i, end - lx->i);
	lx->i = end;
	return true;
}

static bool word(struct lexer *lx)
{
	const size_t from = lx->i;
	size_t end = from;

	while (is_word_byte(lx->lang, lexer_at(lx, end)))
		end++;
	if (end == from)
		return false;
	if ((lx->lang->flags & LANG_BANG) &&
	    (lexer_at(lx, end) == '?' || lexer_at(lx, end) == '!') &&
	    lexer_at(lx, end + 1) != '=')
		end++;
	if (!block_word(lx, end - from))
		lexer_push(lx, CODE_WORD, from, end - from);
	lx->i = end;
	if ((lx->lang->flags & LANG_MACROS) && lexer_at(lx, end) == '!' &&
	    strchr("([{", lexer_at(lx, end + 1)) && lexer_at(lx, end + 1))
		lx->i++;
	return true;
}

/* |a, b| after `do` or `{` */
static bool block_params(struct lexer *lx)
{
	const struct code_token *p = lexer_last(lx);

	if (!(lx->lang->flags & LANG_HEREDOC_RUBY))
		return false;
	if (lexer_innermost(lx) == '|') {
		lexer_close(lx, '|', lx->i++, 1);
		return true;
	}
	if (!p || p->kind != CODE_OPEN || lexer_at(lx, lx->i + 1) == '|')
		return false;
	lexer_open(lx, '|', lx->i++, 1, 0);
	return true;
}

static bool bracket(struct lexer *lx)
{
	switch (lexer_at(lx, lx->i)) {
	case '(':
	case '[':
	case '{':
		lexer_open(lx, lexer_at(lx, lx->i), lx->i, 1, 0);
		lx->i++;
		return true;
	case ')':
		if (!lexer_close(lx, '(', lx->i, 1))
			return false;
		lx->i++;
		return true;
	case ']':
		if (!lexer_close(lx, '[', lx->i, 1))
			return false;
		lx->i++;
		return true;
	case '}':
		if (!lexer_close(lx, '{', lx->i, 1))
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
		"++",  "--",  "..",  "=~",  "**",  "|>",
	};
	const char c = lexer_at(lx, lx->i);
	const size_t member = member_len(lx);
	size_t len = 1;

	if (c == ',' || c == ';') {
		if (c == ',')
			lexer_push(lx, CODE_COMMA, lx->i, 1);
		else
			lexer_push(lx, CODE_END, lx->i, 1);
		lx->i++;
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(operators); i++)
		if (lexer_stands(lx, lx->i, operators[i])) {
			len = strlen(operators[i]);
			break;
		}
	if (member >= len)
		lexer_push(lx, CODE_OPERATOR, lx->i, member)->flags |=
			CODE_MEMBER;
	else
		lexer_push(lx, CODE_OPERATOR, lx->i, len);
	lx->i += member >= len ? member : len;
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
		lexer_skip_template(&lx);
	while (lx.i < lx.s.len) {
		if (lexer_skip(&lx))
			continue;
		lx.first = lx.newline;
		if (lx.first)
			lexer_line_begins(&lx);
		const size_t count = out->tokens.count;

		if (!string(&lx) && !symbol(&lx) && !number(&lx) &&
		    !capture(&lx) && !word(&lx) && !bracket(&lx))
			operator_or_mark(&lx);
		if (lx.first && out->tokens.count > count)
			out->tokens.item[count].flags |= CODE_FIRST;
	}
	while (lx.open.count)
		lexer_pop(&lx);
	lexer_push(&lx, CODE_END, lx.s.len, 0);
}
