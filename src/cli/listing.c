#include "listing.h"

#include <stdio.h>
#include <string.h>

#include "run.h"

static int wrong_option(const char *command, const char *option)
{
	if (!strcmp(option, "--format"))
		fprintf(stderr, "holdfast: %s: --format needs a value\n",
			command);
	else
		fprintf(stderr,
			"holdfast: %s: unknown option \"%s\"; see holdfast %s "
			"--help\n",
			command, option, command);
	return RUN_CANNOT_JUDGE;
}

static int print_as(const struct listing *l, const char *command,
		    const char *format)
{
	if (!strcmp(format, "json"))
		return l->json();
	if (!strcmp(format, "text")) {
		l->text();
	} else if (!strcmp(format, "markdown")) {
		l->markdown();
	} else {
		fprintf(stderr,
			"holdfast: %s: unknown format \"%s\": it is text, json, "
			"markdown\n",
			command, format);
		return RUN_CANNOT_JUDGE;
	}
	return RUN_CLEAN;
}

int listing_run(const struct listing *listing, int argc, char **argv)
{
	const char *format = "text";

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			fputs(listing->usage, stdout);
			return RUN_CLEAN;
		}
		if (!strcmp(argv[i], "--format") && i + 1 < argc)
			format = argv[++i];
		else if (!strncmp(argv[i], "--format=", 9))
			format = argv[i] + 9;
		else
			return wrong_option(argv[0], argv[i]);
	}
	return print_as(listing, argv[0], format);
}
