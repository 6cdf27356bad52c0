#include <assert.h>
#include <stdint.h>

#include "builtin_frameworks.h"
#include "calls_value.h"
#include "choices.h"
#include "code_check.h"
#include "code_rules.h"
#include "lang.h"
#include "strbuf.h"

/*
 * Any bytes as a program: the tree of calls is whole, and every framework
 * whose migrations are programs reads it to its end. The first byte picks the
 * language, the second the framework (and for markup the format).
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_form(const struct form *f, struct span all)
{
	assert(f->text.len > 0);
	assert(span_holds(all, f->whole) && span_holds(f->whole, f->span));
	for (size_t i = 0; i < f->text.len; i++)
		assert(f->text.ptr[i] != '\n' && f->text.ptr[i] != '\r');
}

static void check_reading(const struct reading *r, struct str text)
{
	const struct span all = { 0, (uint32_t)text.len };

	vec_each(struct form, f, &r->forms)
		check_form(f, all);
	for (size_t i = 0; i < r->comments.count; i++) {
		const struct comment *c = &r->comments.item[i];

		assert(span_holds(all, c->span));
		assert(!i || c[-1].span.off <= c->span.off);
	}
	vec_each(struct block, b, &r->blocks)
		assert(span_holds(all, b->span));
	vec_each(struct mark, m, &r->marks)
		assert(span_holds(all, m->covers));
	vec_each(struct gap, g, &r->gaps)
		assert(*g->reason && span_holds(all, g->span));
}

static void check_values(const struct code *c)
{
	for (uint32_t i = 0; i < c->calls.count && i < 64; i++) {
		const struct code_call *k = &c->calls.item[i];

		for (uint32_t n = 0; n < k->args; n++) {
			const struct code_arg *a = &c->args.item[k->arg + n];
			struct code_string_value s = {
				.text = STRBUF(c->arena),
				.budget = 500,
			};
			const struct code_value v =
				code_value(c, a->first, a->end, k->scope);

			if (v.kind != VALUE_NONE)
				code_text_of(&s, c, &v);
		}
	}
}

/* The n-th framework that reads programs. */
static const struct framework *framework_at(size_t n)
{
	const struct frameworks *all = &builtin_frameworks;

	for (size_t i = n;; i++)
		if (all->item[i % all->count].code)
			return &all->item[i % all->count];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	const struct language *lang = language_at(data[0] % language_count());
	const struct framework *f = framework_at(data[1]);
	const struct str text = { (const char *)data + 2, size - 2 };
	static const char *const markup[] = { "a.xml", "a.yaml", "a.json" };
	const struct source src = {
		.path = strcmp(lang->name, "xml") ? "a"
						  : markup[(data[1] >> 6) % 3],
		.text = text,
	};
	struct code_rules rules = *f->code;
	const struct read_options opt = { .dialect = DIALECT_POSTGRES };
	struct arena a = { 0 };
	struct reading r = { .arena = &a }, models = { .arena = &a };
	struct code c;

	code_read(&c, &a, text, lang);
	check_tokens(&c);
	check_tree(&c);
	check_values(&c);
	rules.language = lang->name;
	read_code(&r, &src, &rules, &opt, STR("app"));
	check_reading(&r, text);
	read_choices(&models,
		     &(struct source){ .path = "models/a.rb", .text = text });
	arena_free(&a);
	return 0;
}
