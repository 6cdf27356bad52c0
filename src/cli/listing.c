#include "listing.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "run.h"

static const char *wrong_option(const char *command, const char *option)
{
	if (!strcmp(option, "--format"))
		fprintf(stderr, "holdfast: %s: --format needs a value\n",
			command);
	else
		fprintf(stderr,
			"holdfast: %s: unknown option \"%s\"; see holdfast %s "
			"--help\n",
			command, option, command);
	return NULL;
}

static const char *known_format(const char *command, const char *name,
				const char *const *formats)
{
	for (size_t i = 0; formats[i]; i++)
		if (!strcmp(name, formats[i]))
			return formats[i];
	fprintf(stderr, "holdfast: %s: unknown format \"%s\": it is", command,
		name);
	for (size_t i = 0; formats[i]; i++)
		fprintf(stderr, "%s %s", i ? "," : "", formats[i]);
	fputs("\n", stderr);
	return NULL;
}

const char *listing_format(int argc, char **argv, const char *usage,
			   const char *const *formats, int *status)
{
	const char *name = formats[0];

	*status = RUN_CANNOT_JUDGE;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			fputs(usage, stdout);
			*status = RUN_CLEAN;
			return NULL;
		}
		if (!strcmp(argv[i], "--format") && i + 1 < argc)
			name = argv[++i];
		else if (!strncmp(argv[i], "--format=", 9))
			name = argv[i] + 9;
		else
			return wrong_option(argv[0], argv[i]);
	}
	return known_format(argv[0], name, formats);
}
