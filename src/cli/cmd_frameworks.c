#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "builtin_frameworks.h"
#include "cmd.h"
#include "listing.h"
#include "markdown.h"
#include "run.h"

static const char usage[] =
	"usage: holdfast frameworks [--format text|json|markdown]\n\n"
	"Lists every framework whose migrations are known, by the name that\n"
	"--framework and .holdfast.yaml take. The markdown is "
	"docs/frameworks.md.\n";

static void print_text(void)
{
	for (size_t i = 0; i < builtin_frameworks.count; i++) {
		const struct framework *f = &builtin_frameworks.item[i];

		printf("%-16s %s\n", f->name, f->title);
	}
}

static json_t *json_list(const char *const *list)
{
	json_t *array = json_array();

	for (; list && *list; list++)
		json_array_append_new(array, json_string(*list));
	return array;
}

static int print_json(void)
{
	json_t *all = json_array();

	for (size_t i = 0; i < builtin_frameworks.count; i++) {
		const struct framework *f = &builtin_frameworks.item[i];

		json_array_append_new(
			all,
			json_pack("{ss ss so so so}", "name", f->name, "title",
				  f->title, "paths", json_list(f->paths),
				  "down", json_list(f->down), "evidence",
				  json_list(f->evidence)));
	}
	const int rc = json_dumpf(all, stdout, JSON_INDENT(2));

	putchar('\n');
	json_decref(all);
	return rc ? RUN_INTERNAL : RUN_CLEAN;
}

static void print_list(const struct framework *f, const char *what,
		       const char *const *list)
{
	if (!list || !*list)
		return;
	printf("- %s: ", what);
	markdown_names(list, f->file);
	putchar('\n');
}

static void print_runner(const struct framework *f)
{
	printf("- runs %s, %s\n",
	       f->transaction == TRANSACTION_FILE
		       ? "each file in one transaction"
		       : "files without a transaction of its own",
	       f->order == ORDER_BYTES ? "in the order of names as bytes"
				       : "in the order of numbers in names");
	if (f->checksums)
		puts("- refuses a migration that was edited after it ran");
	if (f->skips_late)
		puts("- silently skips a migration that sorts before the last "
		     "one it ran");
	if (f->runs_empty)
		puts("- records an empty migration as run");
	if (f->foreign_keys)
		puts("- runs SQLite with foreign keys on");
}

static void print_framework(const struct framework *f)
{
	printf("## %s\n\n", f->name);
	markdown_text(f->title);
	puts("\n");
	print_list(f, "files", f->paths);
	print_list(f, "way back", f->down);
	print_list(f, "not", f->exclude);
	print_list(f, "the file holds one of", f->content);
	if (f->mark_down)
		printf("- way back: what stands below `%s`\n", f->mark_down);
	if (f->headings)
		puts("- way back: what stands below a comment such as "
		     "`-- DOWN`, below one such as `-- UP`");
	print_list(f,
		   f->needs_evidence ? "needed beside or above them"
				     : "preferred where beside or above them",
		   f->evidence);
	if (f->dialect != DIALECT_UNKNOWN)
		printf("- dialect: %s\n", dialect_name(f->dialect));
	if (f->name_help) {
		fputs("- named: ", stdout);
		markdown_text(f->name_help);
		putchar('\n');
	}
	print_runner(f);
	putchar('\n');
}

static void print_markdown(void)
{
	printf("# Frameworks\n\n"
	       "Made by `holdfast frameworks --format markdown` from the files "
	       "of `lib/frameworks`\n"
	       "([how to add one](writing-frameworks.md)). There are %zu. Where "
	       "several claim a file,\n"
	       "the one with proof beside it wins; `migrations:` in "
	       "[.holdfast.yaml](configuration.md#migrations)\n"
	       "and `--framework` decide otherwise.\n\n",
	       builtin_frameworks.count);
	for (size_t i = 0; i < builtin_frameworks.count; i++)
		print_framework(&builtin_frameworks.item[i]);
}

int cmd_frameworks(int argc, char **argv)
{
	static const struct listing listing = { usage, print_text,
						print_markdown, print_json };

	return listing_run(&listing, argc, argv);
}
