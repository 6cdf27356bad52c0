#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "builtin_rules.h"
#include "cmd.h"
#include "form.h"
#include "listing.h"
#include "markdown.h"
#include "run.h"

static const char usage[] =
	"usage: holdfast rules [--format text|json|markdown]\n\n"
	"Lists every rule with its level. holdfast explain RULE says more of "
	"one;\nthe markdown is docs/rules.md.\n";

static void print_text(void)
{
	for (size_t i = 0; i < builtin_rules.count; i++) {
		const struct rule *r = &builtin_rules.item[i];

		if (r->entry)
			continue;
		printf("%-32s %-10s %s\n", r->id, level_name(r->level),
		       r->title);
	}
}

static int print_json(void)
{
	json_t *all = json_array();

	for (size_t i = 0; i < builtin_rules.count; i++) {
		const struct rule *r = &builtin_rules.item[i];

		if (r->entry)
			continue;
		json_array_append_new(
			all, json_pack("{ssssssssss}", "id", r->id, "level",
				       level_name(r->level), "title", r->title,
				       "why", r->why, "instead", r->instead));
	}
	const int rc = json_dumpf(all, stdout, JSON_INDENT(2));

	putchar('\n');
	json_decref(all);
	return rc ? RUN_INTERNAL : RUN_CLEAN;
}

/* The folder a rule lies in: lib/rules/FAMILY/ID.yaml. */
static struct str family(const struct rule *r)
{
	const struct str path = str_of(r->file);
	size_t end = path.len, from;

	while (end && path.ptr[--end] != '/')
		;
	from = end;
	while (from && path.ptr[from - 1] != '/')
		from--;
	return str_slice(path, from, end);
}

static void print_summary(struct str name)
{
	printf("## " STR_FMT
	       "\n\n| rule | level | what it does |\n|---|---|---|\n",
	       STR_ARG(name));
	for (size_t i = 0; i < builtin_rules.count; i++) {
		const struct rule *r = &builtin_rules.item[i];

		if (r->entry || !str_eq(family(r), name))
			continue;
		printf("| [%s](#%s) | %s | ", r->id, r->id,
		       level_name(r->level));
		markdown_text(r->title);
		puts(" |");
	}
	putchar('\n');
}

/* "dangerous; restricted where column copied" */
static void print_levels(const struct rule *r)
{
	printf("**%s**", level_name(r->level));
	for (size_t i = 0; i < r->level_when_count; i++) {
		struct str rest =
			str_of(predicate_name(r->level_when[i].predicate));

		printf("; %s where ", level_name(r->level_when[i].level));
		for (size_t c = 0; c < rest.len; c++)
			putchar(rest.ptr[c] == '_' ? ' ' : rest.ptr[c]);
	}
	for (int d = 1, n = 0; r->dialects && d < DIALECT_COUNT; d++)
		if (r->dialects & 1u << d)
			printf("%s%s", n++ ? ", " : " · ",
			       dialect_name((enum dialect)d));
	puts("\n");
}

/* The language of an example, for highlighters: a dialect is SQL. */
static const char *language_of(const struct rule *r,
			       const struct rule_example *e)
{
	enum dialect d;

	if (r->on == ON_SETTING || e->path)
		return "";
	if (r->on == ON_COMMAND)
		return "sh";
	return e->as && !dialect_from_name(&d, str_of(e->as)) ? "" : "sql";
}

static void print_example(const struct rule *r, bool bad)
{
	for (size_t i = 0; i < r->example_count; i++) {
		const struct rule_example *e = &r->examples[i];

		if (e->bad != bad)
			continue;
		const char *as = e->path ? e->path : e->as;

		printf("%s%s%s%s:\n\n", bad ? "Reported" : "Not reported",
		       as ? " (" : "", as ? as : "", as ? ")" : "");
		if (e->before) {
			markdown_code(language_of(r, e), e->before);
			puts("and then, in a later change:\n");
		}
		markdown_code(language_of(r, e), e->text);
		return;
	}
}

static void print_rule(const struct rule *r)
{
	printf("%s %s\n\n", r->entry ? "####" : "###",
	       r->entry ? r->entry : r->id);
	print_levels(r);
	markdown_text(r->title);
	fputs("\n\n*Why:* ", stdout);
	markdown_prose(r->why);
	puts("*Instead:*\n");
	markdown_prose(r->instead);
	print_example(r, true);
	print_example(r, false);
}

/* An entry of a catalogue is told of with the rule it belongs to. */
static struct str family_of_id(const struct rule *r)
{
	return family(rule_named(&builtin_rules, str_of(r->id)));
}

/* The next family in the order of names; empty behind the last one. */
static struct str family_after(struct str last)
{
	struct str next = { "", 0 };

	for (size_t i = 0; i < builtin_rules.count; i++) {
		const struct str f = family(&builtin_rules.item[i]);

		if (str_cmp(f, last) > 0 && (!next.len || str_cmp(f, next) < 0))
			next = f;
	}
	return next;
}

static size_t count_rules(void)
{
	size_t count = 0;

	for (size_t i = 0; i < builtin_rules.count; i++)
		count += !builtin_rules.item[i].entry;
	return count;
}

static void print_markdown(void)
{
	printf("# Rules\n\n"
	       "Made by `holdfast rules --format markdown` from the files of "
	       "`lib/rules`.\n"
	       "There are %zu rules. Words in braces stand for names that are "
	       "found. A **dangerous**\n"
	       "or **restricted** finding blocks, a **caution** is printed, "
	       "and a rule that is **off**\n"
	       "reports under `--strict` only ([overrides](overrides.md), "
	       "[levels](configuration.md#rules)).\n\n",
	       count_rules());
	for (struct str f = family_after((struct str){ "", 0 }); f.len;
	     f = family_after(f)) {
		print_summary(f);
		for (size_t i = 0; i < builtin_rules.count; i++)
			if (str_eq(family_of_id(&builtin_rules.item[i]), f))
				print_rule(&builtin_rules.item[i]);
	}
}

int cmd_rules(int argc, char **argv)
{
	static const struct listing listing = { usage, print_text,
						print_markdown, print_json };

	return listing_run(&listing, argc, argv);
}
