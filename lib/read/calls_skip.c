#include "calls_lexer.h"

#include "calls_string.h"

/* The bodies of the heredocs that began on the line which ends at lx->i. */
static void heredoc_bodies(struct lexer *lx)
{
	for (size_t n = 0; n < lx->heredocs; n++) {
		struct code_token *t = &lx->code->tokens.item[lx->heredoc[n]];
		const size_t after = code_heredoc(&t->body, &t->body_len, lx->s,
						  lx->i, lx->mark[n]);

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

		if (!mark || !lexer_stands(lx, lx->i, mark))
			continue;
		/* PHP's #[attribute] is none. */
		if ((lx->lang->flags & LANG_HEREDOC_PHP) &&
		    lexer_stands(lx, lx->i, "#["))
			return false;
		size_t text = lx->i + strlen(mark);

		while (lexer_at(lx, text) == mark[0] ||
		       lexer_at(lx, text) == '!')
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

	if (!open || !lexer_stands(lx, i, open))
		return false;
	do {
		if (lexer_stands(lx, i, open) && (nests || !depth)) {
			depth++;
			i += strlen(open);
		} else if (lexer_stands(lx, i, close)) {
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
	    !lexer_stands(lx, lx->i, "=begin"))
		return false;
	size_t end = lx->i;

	do {
		end = line_end(lx, end) + 1;
	} while (end < lx->s.len && !lexer_stands(lx, end, "=end"));
	end = end < lx->s.len ? line_end(lx, end) : lx->s.len;
	add_comment(lx, lx->i, end, 6, 4);
	return true;
}

static bool comment(struct lexer *lx)
{
	return line_comment(lx) || block_comment(lx) || ruby_comment(lx);
}

/* Text outside <?php … ?>. A file without the mark is all code. */
void lexer_skip_template(struct lexer *lx)
{
	const struct str rest = str_slice(lx->s, lx->i, lx->s.len);
	const size_t n = str_find(rest, STR("<?php"));

	lx->i = n == SIZE_MAX ? lx->s.len : lx->i + n + 5;
	lexer_end_statement(lx);
}

/* What is no token: blanks, comments, text around code. */
bool lexer_skip(struct lexer *lx)
{
	const char c = lexer_at(lx, lx->i);

	if (c == '\n') {
		line_ends(lx);
		return true;
	}
	if (c == '\\' && (lexer_at(lx, lx->i + 1) == '\n' ||
			  lexer_stands(lx, lx->i, "\\\r\n"))) {
		lx->i += lexer_at(lx, lx->i + 1) == '\n' ? 2 : 3;
		lx->spaced = true;
		return true;
	}
	if (is_blank(c)) {
		lx->i++;
		lx->spaced = true;
		return true;
	}
	if ((lx->lang->flags & LANG_HEREDOC_PHP) &&
	    lexer_stands(lx, lx->i, "?>")) {
		lexer_skip_template(lx);
		return true;
	}
	return comment(lx);
}
