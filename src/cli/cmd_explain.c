#include <stdio.h>
#include <string.h>

#include "builtin_rules.h"
#include "cmd.h"
#include "form.h"
#include "run.h"

static const char usage[] =
	"usage: holdfast explain RULE\n\n"
	"Says what a rule is about, why, what to do instead, and shows its\n"
	"examples. holdfast rules lists them.\n";

/* The lines of a text, each behind two blanks. */
static void print_block(const char *text)
{
	struct str rest = str_trim(str_of(text)), line;

	while (str_next_line(&rest, &line))
		printf("  " STR_FMT "\n", STR_ARG(line));
}

static void print_examples(const struct rule *r, bool bad)
{
	for (size_t i = 0; i < r->example_count; i++) {
		const struct rule_example *e = &r->examples[i];

		if (e->bad != bad)
			continue;
		const char *as = e->path ? e->path : e->as;

		printf("\n%s%s%s%s\n", bad ? "reported" : "not reported",
		       as ? " (" : "", as ? as : "", as ? ")" : "");
		if (e->before) {
			puts("  -- an earlier migration:");
			print_block(e->before);
			puts("  -- this one:");
		}
		print_block(e->text);
	}
}

static void print_passing(const struct rule *r)
{
	switch (r->level) {
	case LEVEL_DANGEROUS:
		puts("blocks; passes with @override-destructive and "
		     "@rollback-plan: …");
		return;
	case LEVEL_RESTRICTED:
		puts("blocks; passes with @override-destructive");
		return;
	case LEVEL_CAUTION: puts("is printed and blocks nothing"); return;
	case LEVEL_OFF:
		puts("is reported under --strict only, or where "
		     ".holdfast.yaml gives it a level");
		return;
	}
}

/* "drop-column (dangerous; restricted where column copied)" */
static void print_levels(const struct rule *r)
{
	printf("%s (%s", r->entry ? r->entry : r->id, level_name(r->level));
	if (r->entry)
		printf("; an entry of %s", r->id);
	for (size_t i = 0; i < r->level_when_count; i++) {
		const struct rule_level_when *l = &r->level_when[i];

		printf("; %s where ", level_name(l->level));
		for (const char *c = predicate_name(l->predicate); *c; c++)
			putchar(*c == '_' ? ' ' : *c);
	}
	for (int d = 1, n = 0; r->dialects && d < DIALECT_COUNT; d++)
		if (r->dialects & 1u << d)
			printf("%s%s", n++ ? ", " : "; ",
			       dialect_name((enum dialect)d));
	puts(")\n");
}

static void print_rule(const struct rule *r)
{
	print_levels(r);
	print_block(r->title);
	puts("\nwhy");
	print_block(r->why);
	puts("\ninstead");
	print_block(r->instead);
	fputs("\nIt ", stdout);
	print_passing(r);
	print_examples(r, true);
	print_examples(r, false);
}

/* The entries of a catalogue, which can be explained by their names. */
static void print_entries(const struct rule *r)
{
	const char *title = "\nentries";

	for (size_t i = 0; i < builtin_rules.count; i++) {
		const struct rule *one = &builtin_rules.item[i];

		if (r->entry || !one->entry || strcmp(one->id, r->id) != 0)
			continue;
		if (title)
			puts(title);
		title = NULL;
		printf("  %-32s %s\n", one->entry, one->title);
	}
}

/* The rule of that id, or the entry of a catalogue of that name. */
static const struct rule *find_rule(const char *id)
{
	for (size_t i = 0; i < builtin_rules.count; i++)
		if (builtin_rules.item[i].entry &&
		    !strcmp(builtin_rules.item[i].entry, id))
			return &builtin_rules.item[i];
	return rule_named(&builtin_rules, str_of(id));
}

int cmd_explain(int argc, char **argv)
{
	const char *id = argc == 2 ? argv[1] : "";
	const struct rule *r = find_rule(id);

	if (!strcmp(id, "--help") || !strcmp(id, "-h")) {
		fputs(usage, stdout);
		return RUN_CLEAN;
	}
	if (r) {
		print_rule(r);
		print_entries(r);
		return RUN_CLEAN;
	}
	const char *near = rule_nearest(&builtin_rules, str_of(id));

	if (argc != 2)
		fputs(usage, stderr);
	else if (near)
		fprintf(stderr,
			"holdfast: unknown rule \"%s\"; did you mean %s?\n", id,
			near);
	else
		fprintf(stderr,
			"holdfast: unknown rule \"%s\"; see holdfast rules\n",
			id);
	return RUN_CANNOT_JUDGE;
}
