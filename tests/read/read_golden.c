/*
 * read_golden FILE.DIALECT.sql: reads the file and compares the plain forms,
 * comments, blocks and gaps with FILE.DIALECT.expected beside it. UPDATE=1 in
 * the environment accepts what is read now.
 */
#include <stdio.h>
#include <stdlib.h>

#include "arena.h"
#include "read.h"
#include "strbuf.h"

static struct str slurp(struct arena *a, const char *path)
{
	struct strbuf b = STRBUF(a);
	char chunk[4096];
	size_t n;
	FILE *f = fopen(path, "rb");

	if (!f)
		return (struct str){ "", 0 };
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		strbuf_add(&b, (struct str){ chunk, n });
	fclose(f);
	return strbuf_str(&b);
}

static void put_span(struct strbuf *b, struct source *src, struct arena *a,
		     struct span s)
{
	const struct place from = source_place(src, a, s.off);
	const struct place to = source_place(src, a, span_end(s));

	strbuf_printf(b, "%u:%u-%u:%u", from.line, from.col, to.line, to.col);
}

static const struct {
	unsigned flag;
	const char *name;
} flag_names[] = {
	{ FORM_IN_TRANSACTION, "transaction" },
	{ FORM_CONDITIONAL, "if" },
	{ FORM_IMPLIED, "implied" },
	{ FORM_DYNAMIC, "dynamic" },
	{ FORM_ROUTINE, "routine" },
};

static void put_form(struct strbuf *b, struct source *src, struct arena *a,
		     const struct form *f)
{
	put_span(b, src, a, f->span);
	strbuf_puts(b, f->direction == DIRECTION_BACKWARD ? " < " : " > ");
	strbuf_add(b, f->text);
	for (size_t i = 0; i < sizeof(flag_names) / sizeof(*flag_names); i++)
		if (f->flags & flag_names[i].flag)
			strbuf_printf(b, " [%s]", flag_names[i].name);
	strbuf_byte(b, '\n');
}

static void put_reading(struct strbuf *b, struct source *src, struct arena *a,
			struct reading *r)
{
	vec_each(struct form, f, &r->forms)
		put_form(b, src, a, f);
	vec_each(struct comment, c, &r->comments) {
		put_span(b, src, a, c->span);
		strbuf_puts(b, " # ");
		strbuf_add(b, c->text);
		strbuf_byte(b, '\n');
	}
	vec_each(struct block, k, &r->blocks) {
		put_span(b, src, a, k->span);
		strbuf_puts(b, " block\n");
	}
	vec_each(struct gap, g, &r->gaps) {
		put_span(b, src, a, g->span);
		strbuf_printf(b, " gap: %s\n", g->reason);
	}
	if (r->no_transaction)
		strbuf_puts(b, "no transaction\n");
}

static enum dialect dialect_of(struct str path)
{
	enum dialect d = DIALECT_UNKNOWN;
	struct str stem = str_slice(path, 0, path.len - 4);
	size_t dot = stem.len;

	while (dot && stem.ptr[dot - 1] != '.')
		dot--;
	dialect_from_name(&d, str_slice(stem, dot, stem.len));
	return d;
}

static int accept_now(const char *path, struct str text)
{
	FILE *f = fopen(path, "wb");

	if (!f)
		return EXIT_FAILURE;
	fwrite(text.ptr, 1, text.len, f);
	return fclose(f) ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	const struct str path = str_of(argc > 1 ? argv[1] : "");
	struct str bytes = slurp(&a, path.ptr), text;
	struct strbuf out = STRBUF(&a), expected = STRBUF(&a);
	struct reading r = { .arena = &a };

	if (!str_ends(path, STR(".sql")) || decode_text(&a, bytes, &text)) {
		fprintf(stderr, "usage: read_golden FILE.DIALECT.sql\n");
		return EXIT_FAILURE;
	}
	struct source src = { .path = path.ptr, .text = text };
	const struct read_options opt = {
		.dialect = dialect_of(path),
		.mark_up = "+goose Up",
		.mark_down = "+goose Down",
	};

	read_sql(&r, &src, (struct span){ 0, (uint32_t)text.len }, &opt, 0);
	put_reading(&out, &src, &a, &r);
	strbuf_add(&expected, str_slice(path, 0, path.len - 4));
	strbuf_puts(&expected, ".expected");
	int status = EXIT_SUCCESS;

	if (getenv("UPDATE")) {
		status = accept_now(strbuf_cstr(&expected), strbuf_str(&out));
	} else if (!str_eq(slurp(&a, strbuf_cstr(&expected)),
			   strbuf_str(&out))) {
		printf("%s differs; it is now:\n" STR_FMT
		       "\naccept it with UPDATE=1\n",
		       strbuf_cstr(&expected), STR_ARG(strbuf_str(&out)));
		status = EXIT_FAILURE;
	}
	arena_free(&a);
	return status;
}
