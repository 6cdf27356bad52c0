#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "builtin_rules.h"
#include "cmd.h"
#include "run.h"

static const char usage[] = "usage: holdfast rules [--format text|json]\n\n"
			    "Lists every rule with its level.\n";

static void print_text(void)
{
	for (size_t i = 0; i < builtin_rules.count; i++) {
		const struct rule *r = &builtin_rules.item[i];

		printf("%-32s %-10s %s\n", r->id, level_name(r->level),
		       r->title);
	}
}

static int print_json(void)
{
	json_t *all = json_array();

	for (size_t i = 0; i < builtin_rules.count; i++) {
		const struct rule *r = &builtin_rules.item[i];

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

int cmd_rules(int argc, char **argv)
{
	const char *format = "text";

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			fputs(usage, stdout);
			return RUN_CLEAN;
		}
		if (!strcmp(argv[i], "--format") && i + 1 < argc) {
			format = argv[++i];
		} else if (!strncmp(argv[i], "--format=", 9)) {
			format = argv[i] + 9;
		} else {
			fprintf(stderr,
				"holdfast: rules: unknown option \"%s\"; see "
				"holdfast rules --help\n",
				argv[i]);
			return RUN_CANNOT_JUDGE;
		}
	}
	if (!strcmp(format, "json"))
		return print_json();
	if (strcmp(format, "text") != 0) {
		fprintf(stderr,
			"holdfast: rules: unknown format \"%s\": it is text "
			"or json\n",
			format);
		return RUN_CANNOT_JUDGE;
	}
	print_text();
	return RUN_CLEAN;
}
