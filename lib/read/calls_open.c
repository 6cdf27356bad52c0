#include "calls_lexer.h"

#include <assert.h>

enum { TAB = 8 };

struct code_token *code_push(struct code *c, enum code_kind kind, size_t off,
			     size_t len)
{
	vec_push(&c->tokens, c->arena,
		 (struct code_token){
			 .off = (uint32_t)off,
			 .len = (uint32_t)len,
			 .match = CODE_NONE,
			 .owner = CODE_NONE,
			 .kind = (uint8_t)kind,
		 });
	return vec_last(&c->tokens);
}

struct code_token *lexer_push(struct lexer *lx, enum code_kind kind, size_t off,
			      size_t len)
{
	struct code_token *t = code_push(lx->code, kind, off, len);

	if (lx->spaced)
		t->flags |= CODE_SPACED;
	lx->spaced = false;
	return t;
}

void lexer_open(struct lexer *lx, char kind, size_t off, size_t len,
		uint32_t column)
{
	struct code_token *t = lexer_push(lx, CODE_OPEN, off, len);

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
uint32_t lexer_pop(struct lexer *lx)
{
	assert(lx->open.item && lx->open.count);

	const struct open o = lx->open.item[--lx->open.count];

	lx->count[(unsigned char)o.kind]--;
	lx->def = o.def;
	lx->code->tokens.item[o.token].match = (uint32_t)lx->code->tokens.count;
	return o.token;
}

/* Closes the innermost of a kind, and what was left open inside it. */
bool lexer_close(struct lexer *lx, char kind, size_t off, size_t len)
{
	uint32_t opener = CODE_NONE;
	bool found = false;

	if (!lx->count[(unsigned char)kind])
		return false;
	while (!found && lx->open.count) {
		found = vec_last(&lx->open)->kind == kind;
		opener = lexer_pop(lx);
	}
	struct code_token *t = lexer_push(lx, CODE_CLOSE, off, len);

	t->match = opener;
	if (kind == 'e' || kind == 'i')
		t->flags |= CODE_BLOCK;
	return true;
}

void lexer_end_statement(struct lexer *lx)
{
	const struct code_token *p = lexer_last(lx);

	if (p && p->kind != CODE_END)
		lexer_push(lx, CODE_END, p->off + p->len, 0);
	lx->loop = false;
}

char lexer_innermost(const struct lexer *lx)
{
	return lx->open.count ? vec_last(&lx->open)->kind : '\0';
}

static uint32_t column_of(const struct lexer *lx)
{
	uint32_t column = 0;

	for (size_t i = lx->line_start; i < lx->i; i++)
		column += lexer_at(lx, i) == '\t' ? TAB - column % TAB : 1;
	return column;
}

/* Does the line that begins here go on with the statement before it? */
static bool line_continues(const struct lexer *lx)
{
	static const char *const marks[] = { "&.", "&&", "||",	"|>", "<>",
					     "?.", "!.", "!!.", "?:", "++" };
	const char c = lexer_at(lx, lx->i);
	const bool ruby = lx->lang->flags & LANG_SYMBOLS;

	if (!(lx->lang->flags & LANG_LEADING))
		return false;
	if (c == '.')
		return lexer_at(lx, lx->i + 1) != '.';
	if (!ruby && (c == '?' || c == ':' || c == '+'))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (lexer_stands(lx, lx->i, marks[i]))
			return true;
	return false;
}

/* Is the statement before the line end complete? */
static bool statement_ended(const struct lexer *lx)
{
	const struct code_token *p = lexer_last(lx);

	if (!p || p->kind == CODE_COMMA || p->kind == CODE_END)
		return false;
	if (lx->lang->blocks == BLOCKS_INDENT)
		return true;
	if (p->kind == CODE_OPEN)
		return p->flags & CODE_BLOCK;
	if (p->kind != CODE_OPERATOR)
		return true;
	const struct str op = str_slice(lx->s, p->off, (size_t)p->off + p->len);

	return str_eq(op, STR("++")) || str_eq(op, STR("--"));
}

/* The lines of a Python block stand deeper than the one that opens it. */
static void indent(struct lexer *lx, bool opens)
{
	const uint32_t column = column_of(lx);

	while (lexer_innermost(lx) == 'i' &&
	       column < vec_last(&lx->open)->column)
		lexer_close(lx, 'i', lx->i, 0);
	const uint32_t outer =
		lexer_innermost(lx) == 'i' ? vec_last(&lx->open)->column : 0;

	if (opens && column > outer)
		lexer_open(lx, 'i', lx->i, 0, column);
}

/* Go's `const (`: what is between is statements, each with its line. */
static bool in_declarations(const struct lexer *lx)
{
	const uint32_t open = vec_last(&lx->open)->token;

	return (lx->lang->flags & LANG_RECEIVERS) && open &&
	       (code_is(lx->code, open - 1, "const") ||
		code_is(lx->code, open - 1, "var"));
}

/* Does the innermost bracket hold one expression over many lines? */
static bool in_expression(const struct lexer *lx)
{
	switch (lexer_innermost(lx)) {
	case '(': return !in_declarations(lx);
	case '[': return true;
	case '{': return lx->lang->blocks == BLOCKS_INDENT;
	default: return false;
	}
}

/* Before the first token of a line. */
void lexer_line_begins(struct lexer *lx)
{
	const struct code_token *p = lexer_last(lx);
	const bool colon =
		p && p->kind == CODE_OPERATOR && lexer_at(lx, p->off) == ':';
	const bool python = lx->lang->blocks == BLOCKS_INDENT;

	lx->newline = false;
	/* A bracket that was never closed does not reach the next function. */
	if (python && lx->i == lx->line_start &&
	    (lexer_stands(lx, lx->i, "def ") ||
	     lexer_stands(lx, lx->i, "class ")))
		while (lx->open.count && lexer_innermost(lx) != 'i')
			lexer_pop(lx);
	if (!(lx->lang->flags & LANG_NEWLINES) || in_expression(lx))
		return;
	if (statement_ended(lx) && !line_continues(lx))
		lexer_end_statement(lx);
	if (python)
		indent(lx, colon);
}

/* A `def` that stands no deeper than the one around it: an `end` was missed
 * or a block misread, and the one around it is over. */
static void end_missed_defs(struct lexer *lx, uint32_t column)
{
	while (lx->def != CODE_NONE &&
	       lx->open.item[lx->def].column >= column) {
		const uint32_t def = lx->def;

		while (lx->open.count > def)
			lexer_pop(lx);
	}
}

void lexer_open_block(struct lexer *lx, size_t len, bool function)
{
	const uint32_t column = lx->first ? column_of(lx) : 0;

	if (function && lx->first)
		end_missed_defs(lx, column);
	lexer_open(lx, 'e', lx->i, len, column);
	if (function)
		lx->def = (uint32_t)lx->open.count - 1;
}
