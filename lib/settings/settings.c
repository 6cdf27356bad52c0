#include "settings.h"

#include <stdint.h>
#include <stdlib.h>

#include "compiler.h"
#include "durable.h"
#include "parity.h"
#include "reach.h"

const char *const *settings_preset(struct str name)
{
	/* Of the guide "Safe Updates & Data Persistence". */
	static const char *const safe_updates[] = {
		"DATABASE_URL",
		"BLOB_READ_WRITE_TOKEN|*_READ_WRITE_TOKEN",
		"NEXT_PUBLIC_BLOB_BASE_URL",
		"FEATURE_FLAGS_JSON",
		NULL,
	};

	return str_eq(name, STR("safe-updates")) ? safe_updates : NULL;
}

static int form_cmp(const void *a, const void *b)
{
	const struct form *x = a, *y = b;

	if (x->span.off != y->span.off)
		return x->span.off < y->span.off ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return str_cmp(x->text, y->text);
}

static int block_cmp(const void *a, const void *b)
{
	const struct block *x = a, *y = b;

	return (x->span.off > y->span.off) - (x->span.off < y->span.off);
}

static int comment_cmp(const void *a, const void *b)
{
	const struct comment *x = a, *y = b;

	return (x->span.off > y->span.off) - (x->span.off < y->span.off);
}

/* Most files are read from their beginning to their end. */
static bool is_sorted(const struct reading *r)
{
	for (size_t i = 1; i < r->forms.count; i++)
		if (form_cmp(&r->forms.item[i - 1], &r->forms.item[i]) > 0)
			return false;
	return true;
}

static bool is_in_order(const struct comments *c)
{
	for (size_t i = 1; i < c->count; i++)
		if (comment_cmp(&c->item[i - 1], &c->item[i]) > 0)
			return false;
	return true;
}

/* In the order of the source; what was taken back has no text. */
static void tidy(struct reading *r)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->forms.count; i++)
		if (r->forms.item[i].text.len)
			r->forms.item[kept++] = r->forms.item[i];
	r->forms.count = kept;
	if (!is_sorted(r))
		qsort(r->forms.item, kept, sizeof(*r->forms.item), form_cmp);
	if (r->blocks.count)
		qsort(r->blocks.item, r->blocks.count, sizeof(*r->blocks.item),
		      block_cmp);
	if (!is_in_order(&r->comments))
		qsort(r->comments.item, r->comments.count,
		      sizeof(*r->comments.item), comment_cmp);
}

void settings_read(struct reading *out, const struct source *src,
		   const struct settings_kind *kind, struct settings_run *run,
		   const struct str *old)
{
	struct collector c;

	collect(&c, out, src, kind);
	durable_mark(run, &c);
	if (kind->format == FORMAT_DOTENV)
		parity_check(run, &c, old);
	else if (kind->format == FORMAT_PRISMA)
		parity_schema(run, &c);
	reach_inward(run, &c);
	reach_outward(run, &c);
	if (kind->environment == ENV_EXAMPLE)
		out->gaps.count = 0; /* a template of a file need not be one */
	tidy(out);
}
