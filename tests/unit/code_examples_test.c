/* Every example of a framework file whose migrations are programs. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "builtin_frameworks.h"
#include "code_rules.h"
#include "strbuf.h"

/* The statements of an example, one a line, those of the way back marked. */
static const char *statements_of(const struct code_rules *rules,
				 const char *text, struct arena *a)
{
	const struct source src = { .path = "example", .text = str_of(text) };
	const struct read_options opt = { .dialect = DIALECT_POSTGRES };
	struct reading r = { .arena = a };
	struct strbuf b = STRBUF(a);

	read_code(&r, &src, rules, &opt, STR("app"));
	vec_each(struct form, f, &r.forms) {
		if (f->direction == DIRECTION_BACKWARD)
			strbuf_puts(&b, "down: ");
		if (f->flags & FORM_STATE_ONLY)
			strbuf_puts(&b, "state: ");
		strbuf_add(&b, f->text);
		strbuf_byte(&b, '\n');
	}
	return strbuf_cstr(&b);
}

static const char *wanted_of(const struct code_example *e, struct arena *a)
{
	struct strbuf b = STRBUF(a);

	for (const char *const *s = e->becomes; *s; s++) {
		strbuf_puts(&b, *s);
		strbuf_byte(&b, '\n');
	}
	return strbuf_cstr(&b);
}

START_TEST(every_example_of_a_framework_becomes_what_it_says)
{
	const struct framework *f = &builtin_frameworks.item[_i];
	struct arena a = { 0 };
	int wrong = 0;

	for (size_t i = 0; f->code && i < f->code->example_count; i++) {
		const struct code_example *e = &f->code->examples[i];
		const char *got = statements_of(f->code, e->text, &a);
		const char *wanted = wanted_of(e, &a);

		if (!strcmp(got, wanted))
			continue;
		fprintf(stderr, "%s:%d: %s\nbecomes\n%sbut should become\n%s\n",
			f->file, e->line, e->text, got, wanted);
		wrong++;
	}
	arena_free(&a);
	ck_assert_int_eq(wrong, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("examples of calls");
	TCase *tc = tcase_create("frameworks");
	SRunner *sr;
	int failed;

	tcase_add_loop_test(tc,
			    every_example_of_a_framework_becomes_what_it_says,
			    0, (int)builtin_frameworks.count);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
