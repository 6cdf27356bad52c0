/* Stored values of models: what a text says, and what a change does to it. */
#include "builtin_frameworks.h"
#include "builtin_rules.h"
#include "choices.h"
#include "err.h"
#include "memory_tree.h"
#include "run.h"
#include "strbuf.h"
#include "suite.h"

static struct arena arena;

static void has_choices(const char *path, const char *text, const char *wanted)
{
	const struct source src = { .path = path, .text = str_of(text) };
	struct reading r = { .arena = &arena };
	struct strbuf b = STRBUF(&arena);

	read_choices(&r, &src);
	vec_each(struct choice, c, &r.choices)
		strbuf_printf(&b, STR_FMT " " STR_FMT "=" STR_FMT "\n",
			      STR_ARG(c->of), STR_ARG(c->value),
			      STR_ARG(c->label));
	ck_assert_str_eq(strbuf_cstr(&b), wanted);
}

/* How often the rule says something of the change. */
static size_t reported(const char *rule, const struct memory_file *file)
{
	struct memory_tree tree = { file, 1 };
	const struct changes changes = memory_changes(&tree, &arena);
	const struct run_options options = { .command = "test" };
	struct outcome outcome;
	struct err err;
	size_t n = 0;

	ck_assert_msg(run_changes(&outcome, &changes, &options, &arena, &err) ==
			      0,
		      "%s", err.text);
	vec_each(struct finding, f, &outcome.findings)
		n += !strcmp(f->rule->id, rule);
	return n;
}

static size_t changed(const char *path, const char *old, const char *now)
{
	const struct memory_file file = { path, str_of(now), MEMORY_MODIFIED,
					  str_of(old) };

	return reported("enum-value-changed", &file);
}

START_TEST(rails_enums_in_every_spelling)
{
	has_choices("app/models/user.rb",
		    "class User < ApplicationRecord\n"
		    "  KINDS = { a: 'A', \"b\" => 'B' }.freeze\n"
		    "  enum :status, { active: 0, gone: 5 }, prefix: true\n"
		    "  enum :rank, [:low, :high]\n"
		    "  enum size: %w[s m], _suffix: true\n"
		    "  enum :kind, KINDS\n"
		    "  enum :mood, sad: 1, glad: 2, default: :sad\n"
		    "  enum :plan, PLANS, validate: true\n"
		    "  PLANS = %i[free paid].freeze\n"
		    "  enum :tier, %w[one two].index_with(&:itself)\n"
		    "  enum :step, [:a, :b].index_by(&:to_s)\n"
		    "  enum :made, NAMES.map { |n| [n, n.hash] }.to_h\n"
		    "end\n",
		    "User.status 0=active\nUser.status 5=gone\n"
		    "User.rank 0=low\nUser.rank 1=high\n"
		    "User.size 0=s\nUser.size 1=m\n"
		    "User.kind A=a\nUser.kind B=b\n"
		    "User.mood 1=sad\nUser.mood 2=glad\n"
		    "User.plan 0=free\nUser.plan 1=paid\n"
		    "User.tier one=one\nUser.tier two=two\n"
		    "User.step a=a\nUser.step b=b\n");
}
END_TEST

START_TEST(django_choices_in_every_spelling)
{
	has_choices(
		"shop/models.py",
		"class Order(models.Model):\n"
		"    class Status(models.TextChoices):\n"
		"        OPEN = 'o', _('Open')\n"
		"        PAID = 'p'\n"
		"    KIND_CHOICES = [('a', 'A'), ('b', _('B'))]\n"
		"    size = models.CharField(choices=[('s', 'Small')])\n"
		"    other = models.CharField(choices=KIND_CHOICES)\n"
		"    TYPES = (('t', 'T'), ('u', 'U'))\n"
		"    typ = models.CharField(choices=TYPES)\n"
		"    tuple = models.CharField(choices=(('x', 'X'),))\n"
		"    group = models.CharField(choices=[('G', [('g', 'G')])])\n"
		"    named = models.CharField(choices={'n': 'N'})\n",
		"Order.size s=s\n"
		"Order.typ t=t\nOrder.typ u=u\nOrder.tuple x=x\n"
		"Order.group g=g\nOrder.named n=n\n"
		"Order.Status o=OPEN\nOrder.Status p=PAID\n"
		"Order.KIND_CHOICES a=a\nOrder.KIND_CHOICES b=b\n");
}
END_TEST

START_TEST(prisma_enums)
{
	has_choices(
		"prisma/schema.prisma",
		"model A {\n  id Int\n}\n"
		"enum Role {\n  USER // the many\n  ADMIN @map(\"adm\")\n}\n",
		"Role USER=USER\nRole adm=adm\n");
}
END_TEST

START_TEST(a_value_that_shifts_or_goes_is_reported)
{
	const char *model = "app/models/user.rb";

	ck_assert_uint_eq(changed(model, "class A; enum :b, [:x, :y]; end",
				  "class A; enum :b, [:w, :x, :y]; end"),
			  2);
	ck_assert_uint_eq(changed(model, "class A; enum b: { x: 0, y: 1 }; end",
				  "class A; enum b: { x: 0 }; end"),
			  1);
	ck_assert_uint_eq(changed("prisma/schema.prisma", "enum R {\n A\n B\n}",
				  "enum R {\n A\n}"),
			  1);
	/* two that go from one place are two */
	ck_assert_uint_eq(changed(model, "class A; enum :b, %w[x y]; end",
				  "class A; enum :b, %w[y x]; end"),
			  2);
}
END_TEST

START_TEST(a_new_value_at_the_end_or_a_new_label_is_none)
{
	ck_assert_uint_eq(changed("app/models/user.rb",
				  "class A; enum :b, [:x, :y]; end",
				  "class A; enum :b, [:x, :y, :z]; end"),
			  0);
	ck_assert_uint_eq(changed("shop/models.py", "A_CHOICES = [('a', 'X')]",
				  "A_CHOICES = [('a', 'Y'), ('b', 'Z')]"),
			  0);
	/* the whole attribute goes with its column */
	ck_assert_uint_eq(changed("app/models/user.rb",
				  "class A; enum :b, [:x]; end",
				  "class A; end"),
			  0);
}
END_TEST

START_TEST(an_override_covers_a_changed_value)
{
	const struct memory_file file = {
		"app/models/user.rb",
		STR("class A\n"
		    "  # @allow enum-value-changed: no row ever had it\n"
		    "  enum :b, [:y]\nend\n"),
		MEMORY_MODIFIED,
		STR("class A\n  enum :b, [:x, :y]\nend\n"),
	};

	ck_assert_uint_gt(reported("enum-value-changed", &file), 0);
	ck_assert_uint_eq(reported("unused-override", &file), 0);
}
END_TEST

START_TEST(a_deleted_file_of_a_numbered_api_is_reported)
{
	static const struct {
		const char *path;
		size_t wanted;
	} files[] = {
		{ "app/api/v1/users/route.ts", 1 },
		{ "src/api/v2/users.py", 1 },
		{ "app/api/users/route.ts", 0 },
		{ "test/api/v1/users_test.rb", 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		const struct memory_file file = { files[i].path, STR("x"),
						  MEMORY_DELETED, STR("x") };

		ck_assert_msg(reported("api-removed", &file) == files[i].wanted,
			      "%s", files[i].path);
	}
}
END_TEST

static void free_arena(void)
{
	arena_free(&arena);
}

int main(void)
{
	Suite *s = suite_create("choices");
	TCase *tc = tcase_create("choices");

	tcase_add_checked_fixture(tc, NULL, free_arena);
	tcase_add_test(tc, rails_enums_in_every_spelling);
	tcase_add_test(tc, django_choices_in_every_spelling);
	tcase_add_test(tc, prisma_enums);
	tcase_add_test(tc, a_value_that_shifts_or_goes_is_reported);
	tcase_add_test(tc, a_new_value_at_the_end_or_a_new_label_is_none);
	tcase_add_test(tc, an_override_covers_a_changed_value);
	tcase_add_test(tc, a_deleted_file_of_a_numbered_api_is_reported);
	return suite_status(s, tc);
}
