#include <assert.h>
#include <jansson.h>
#include <stdlib.h>

#include "export.h"
#include "utf8.h"

/*
 * Any bytes as a file, a path and a name, any place in it: every format stays
 * valid UTF-8 without control characters, and JSON stays JSON.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct rule rules[] = {
	{ .id = "a",
	  .level = LEVEL_DANGEROUS,
	  .title = "t",
	  .why = "w",
	  .instead = "i" },
	{ .id = "b",
	  .level = LEVEL_CAUTION,
	  .on = ON_SETTING,
	  .title = "t",
	  .why = "w",
	  .instead = "i" },
	{ .id = "c",
	  .level = LEVEL_RESTRICTED,
	  .on = ON_COMMAND,
	  .title = "t",
	  .why = "w",
	  .instead = "i" },
	{ .id = "d",
	  .level = LEVEL_RESTRICTED,
	  .on = ON_FILE,
	  .title = "t",
	  .why = "w",
	  .instead = "i" },
};

static const char *const paths[] = { "a.sql", "b.json", "bin/c", ".env" };
static const char *const formats[] = { "text",	 "json",   "sarif",
				       "github", "gitlab", "junit" };

static void check_text(struct str s)
{
	for (size_t i = 0; i < s.len;) {
		const struct utf8_char c = utf8_first(str_slice(s, i, s.len));

		assert(c.valid);
		assert(c.code >= ' ' || c.code == '\n');
		i += c.len;
	}
}

static void check_format(const char *format, const struct outcome *o,
			 unsigned width, struct arena *a)
{
	const struct report_style style = { .width = width,
					    .command = "check" };
	char *bytes = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&bytes, &len);
	json_t *root;

	assert(out);
	reporter_named(format)->print(o, &style, a, out);
	fclose(out);
	check_text((struct str){ bytes, len });
	if (!strcmp(format, "json") || !strcmp(format, "sarif") ||
	    !strcmp(format, "gitlab")) {
		root = json_loadb(bytes, len, 0, NULL);
		assert(root);
		json_decref(root);
	}
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { HEAD = 6 };
	struct arena a = { 0 };

	if (size < HEAD)
		return 0;
	/* A copy of its own size, so that reading past its end is seen. */
	char *text = malloc(size - HEAD + 1);

	memcpy(text, data + HEAD, size - HEAD);
	text = realloc(text, size - HEAD ? size - HEAD : 1);
	const struct str file = { text, size - HEAD };
	const uint32_t off = data[2] % (uint32_t)(file.len + 1);
	struct source src = { .path = paths[data[1] % 4], .text = file };
	struct capture capture = { "x", str_slice(file, off, off + 8) };
	struct finding found[2] = { {
		.rule = &rules[data[0] % 4],
		.level = rules[data[0] % 4].level,
		.status = data[0] / 4 % 3,
		.source = &src,
		.span = { off, data[3] % (uint32_t)(file.len - off + 1) },
		.form = str_slice(file, 0, 40),
		.captures = { &capture, 1, 1 },
		.title = str_dup(&a, str_slice(file, 0, 20)),
		.why = str_dup(&a, str_slice(file, 10, 60)),
		.instead = str_dup(&a, str_slice(file, 20, 90)),
		.missing = data[4] / 2 % 32,
		.fingerprint = "f",
	} };
	struct unread_file unread = { str_dup(&a, str_slice(file, 0, 9)), "r" };
	const struct outcome o = { .findings = { found, 2, 2 },
				   .unread = { &unread, 1, 1 },
				   .blocked = data[4] & 1 };

	found[1] = found[0];
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		check_format(formats[i], &o, data[5] % 128, &a);
	arena_free(&a);
	free(text);
	return 0;
}
