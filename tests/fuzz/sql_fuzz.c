#include <assert.h>
#include <stdlib.h>

#include "builtin_rules.h"
#include "err.h"
#include "memory_tree.h"
#include "read.h"
#include "run.h"
#include "sql_token.h"

/*
 * Any bytes as SQL of any dialect: what lib/read/read.h, lib/text/form.h and
 * docs/plain-form.md promise holds, and the whole engine gets to its end. The
 * first byte picks the dialect: p, m, l, s, c, or u; a capital stops behind
 * the reader.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char dialect_letters[] = "upmlsc";

static enum dialect dialect_of_byte(uint8_t byte)
{
	const char *letter = strchr(dialect_letters, lower((char)byte));

	return (enum dialect)(letter && *letter
				      ? (size_t)(letter - dialect_letters)
				      : byte % DIALECT_COUNT);
}

/* Laid end to end, the tokens are the text. */
static void check_tokens(struct str text, enum dialect d)
{
	uint32_t at = 0;

	for (;;) {
		const struct sql_token t = sql_token_at(text, at, d);

		assert(t.span.off == at);
		if (t.kind == SQL_END)
			break;
		assert(t.span.len > 0);
		assert(!t.open || span_end(t.span) == text.len);
		at = span_end(t.span);
	}
	assert(at == text.len);
}

/* One line of plain form: the longest thing a text can grow into is a list of
 * one-byte items with a blank behind each comma, or quotes made double. */
static void check_text(struct str form, size_t bound)
{
	assert(form.len > 0 && form.len <= bound);
	assert(form.ptr[form.len - 1] != ';');
	for (size_t i = 0; i < form.len; i++)
		assert(form.ptr[i] != '\n' && form.ptr[i] != '\r');
}

static void check_forms(const struct reading *r, struct str text)
{
	const struct span all = { 0, (uint32_t)text.len };
	/* the words of an ALTER TABLE that a short one stands for */
	const size_t bound = 4 * text.len + 128;

	vec_each(struct form, f, &r->forms) {
		check_text(f->text, bound);
		assert(f->kind == FORM_STATEMENT);
		assert(span_holds(all, f->whole));
		assert(span_holds(f->whole, f->span));
	}
	for (size_t i = 0; i < r->comments.count; i++) {
		const struct comment *c = &r->comments.item[i];

		assert(c->span.len && span_holds(all, c->span));
		assert(!i || c[-1].span.off < c->span.off);
	}
	vec_each(struct block, b, &r->blocks)
		assert(b->span.len && span_holds(all, b->span));
	vec_each(struct gap, g, &r->gaps)
		assert(*g->reason && span_holds(all, g->span));
}

static void check_reader(struct str text, enum dialect d)
{
	struct arena a = { 0 };
	struct reading r = { .arena = &a };
	const struct source src = { .path = "a.sql", .text = text };
	const struct read_options opt = {
		.dialect = d,
		.mark_up = "+goose Up",
		.mark_down = "+goose Down",
		.headings = true,
	};

	read_sql(&r, &src, (struct span){ 0, (uint32_t)text.len }, &opt, 0);
	check_forms(&r, text);
	arena_free(&a);
}

/* The text as a new migration behind one that is its first half. */
static void check_engine(struct str text, enum dialect d)
{
	const struct run_options options = {
		.command = "test",
		.dialect = d,
		.strict = true,
	};
	const struct memory_file files[] = {
		{ .path = "migrations/1.sql",
		  .text = str_slice(text, 0, text.len / 2) },
		{ .path = "migrations/2.sql",
		  .text = text,
		  .status = MEMORY_ADDED },
		{ .path = "migrations/3.sql",
		  .text = text,
		  .status = MEMORY_MODIFIED,
		  .old = str_slice(text, text.len / 2, text.len) },
	};
	struct memory_tree tree = { files, ARRAY_LEN(files) };
	struct arena a = { 0 };
	const struct changes changes = memory_changes(&tree, &a);
	struct outcome outcome;
	struct err err;

	const int rc = run_changes(&outcome, &changes, &options, &a, &err);

	assert(rc == 0);
	vec_each(struct finding, f, &outcome.findings) {
		assert(*f->title && *f->why);
		assert(span_end(f->span) <= f->source->text.len);
	}
	arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	/* a copy of its own size, so that reading past its end is seen */
	char *copy = malloc(size - 1 ? size - 1 : 1);

	if (!copy)
		abort();
	memcpy(copy, data + 1, size - 1);
	const enum dialect d = dialect_of_byte(*data);
	const struct str text = { copy, size - 1 };

	check_tokens(text, d);
	check_reader(text, d);
	if (*data != (uint8_t)upper((char)*data))
		check_engine(text, d);
	free(copy);
	return 0;
}
