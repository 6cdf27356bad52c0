/*
 * mkdata rules|frameworks FILE.yaml... : compiles data files into one C table
 * on standard output, sorted by name (a program of the build).
 */
#include <stdio.h>
#include <stdlib.h>

#include "err.h"
#include "framework_load.h"
#include "rule_load.h"
#include "strbuf.h"

static int read_file(struct str *out, const char *path, struct arena *a,
		     struct err *err)
{
	struct strbuf b = STRBUF(a);
	char chunk[4096];
	size_t n;
	FILE *in = fopen(path, "rb");

	if (!in)
		return err_set(err, "%s: cannot be read", path);
	while ((n = fread(chunk, 1, sizeof(chunk), in)) > 0)
		strbuf_add(&b, (struct str){ chunk, n });
	fclose(in);
	*out = strbuf_str(&b);
	return 0;
}

/* A C string in short pieces: a literal may have 4095 bytes at most. */
static void put_string(const char *s)
{
	if (!s) {
		fputs("NULL", stdout);
		return;
	}
	putchar('"');
	for (size_t n = 1; *s; s++, n++) {
		const unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\' || c == '?')
			printf("\\%c", c);
		else if (c == '\n')
			fputs("\\n", stdout);
		else if (c < 0x20 || c > 0x7e)
			printf("\\%03o", c);
		else
			putchar(c);
		if (!(n % 60) && s[1])
			fputs("\"\n\t\t\"", stdout);
	}
	putchar('"');
}

static void put_field(const char *name, const char *value)
{
	printf("\t.%s = ", name);
	put_string(value);
	puts(",");
}

static void put_list(const char *what, int n, const char *const *list)
{
	printf("static const char *const %s_%d[] = {\n", what, n);
	for (; list && *list; list++) {
		putchar('\t');
		put_string(*list);
		puts(",");
	}
	puts("\tNULL,\n};");
}

/* One glob, its braces replaced by all their alternatives: at run time there
 * are none left to be tried. */
static void put_glob(const char *glob, struct arena *a)
{
	const char *open = strrchr(glob, '{');
	const char *close = open ? strchr(open, '}') : NULL;

	if (!close) {
		putchar('\t');
		put_string(glob);
		puts(",");
		return;
	}
	for (const char *from = open + 1; from <= close;) {
		const char *to = from + strcspn(from, ",}");

		put_glob(arena_format(a, "%.*s%.*s%s", (int)(open - glob), glob,
				      (int)(to - from), from, close + 1),
			 a);
		from = to + 1;
	}
}

static void put_globs(const char *what, int n, const char *const *list,
		      struct arena *a)
{
	printf("static const char *const %s_%d[] = {\n", what, n);
	for (; list && *list; list++)
		put_glob(*list, a);
	puts("\tNULL,\n};");
}

static void put_patterns(const struct rule *r, int n)
{
	printf("static const struct rule_pattern match_%d[] = {\n", n);
	for (size_t i = 0; i < r->match_count; i++) {
		fputs("\t{ ", stdout);
		put_string(r->match[i].regex);
		fputs(", ", stdout);
		put_string(r->match[i].head);
		fputs(", ", stdout);
		put_string(r->match[i].tail);
		puts(" },");
	}
	puts("\t{ NULL, NULL, NULL },\n};");
}

static void put_predicates(const char *what, int n, const enum predicate *p,
			   size_t count)
{
	printf("static const enum predicate %s_%d[] = {\n", what, n);
	for (size_t i = 0; i < count; i++)
		printf("\tPREDICATE_%s,\n", predicate_name(p[i]));
	puts("\tPREDICATE_COUNT,\n};");
}

static void put_examples(const struct rule *r, int n)
{
	printf("static const struct rule_example examples_%d[] = {\n", n);
	for (size_t i = 0; i < r->example_count; i++) {
		const struct rule_example *e = &r->examples[i];

		fputs("\t{ ", stdout);
		put_string(e->text);
		fputs(", ", stdout);
		put_string(e->as);
		fputs(", ", stdout);
		put_string(e->before);
		printf(", %d, %s },\n", e->line, e->bad ? "true" : "false");
	}
	puts("\t{ NULL, NULL, NULL, 0, false },\n};");
}

static void put_lists(const struct rule *r, int n)
{
	put_patterns(r, n);
	put_predicates("when", n, r->when, r->when_count);
	put_predicates("unless", n, r->unless, r->unless_count);
	printf("static const struct rule_level_when level_when_%d[] = {\n", n);
	for (size_t i = 0; i < r->level_when_count; i++)
		printf("\t{ PREDICATE_%s, (enum level)%d },\n",
		       predicate_name(r->level_when[i].predicate),
		       (int)r->level_when[i].level);
	puts("\t{ PREDICATE_COUNT, LEVEL_OFF },\n};");
	printf("static const struct rule_also also_%d[] = {\n", n);
	for (size_t i = 0; i < r->also_count; i++) {
		printf("\t{ PREDICATE_%s, ",
		       predicate_name(r->also[i].predicate));
		put_string(r->also[i].text);
		puts(" },");
	}
	puts("\t{ PREDICATE_COUNT, NULL },\n};");
	put_list("replaces", n, r->replaces);
	put_examples(r, n);
}

static void put_rule(const struct rule *r, int n)
{
	puts("{");
	put_field("id", r->id);
	put_field("file", r->file);
	printf("\t.level = (enum level)%d,\n\t.on = (enum rule_on)%d,\n"
	       "\t.dialects = %uu,\n",
	       (int)r->level, (int)r->on, r->dialects);
	put_field("except", r->except);
	put_field("title", r->title);
	put_field("why", r->why);
	put_field("instead", r->instead);
#define LIST(name, count)                                                 \
	printf("\t." #name " = " #name "_%d,\n\t." #count " = %zu,\n", n, \
	       r->count)
	LIST(match, match_count);
	LIST(when, when_count);
	LIST(unless, unless_count);
	LIST(level_when, level_when_count);
	LIST(also, also_count);
	LIST(replaces, replaces_count);
#undef LIST
	printf("\t.examples = examples_%d,\n\t.example_count = %zu,\n},\n", n,
	       r->example_count);
}

static int rule_cmp(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static int framework_cmp(const void *a, const void *b)
{
	const struct framework *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void put_framework_lists(const struct framework *f, int n,
				struct arena *a)
{
	put_globs("paths", n, f->paths, a);
	put_globs("down", n, f->down, a);
	put_globs("exclude", n, f->exclude, a);
	put_list("evidence", n, f->evidence);
	printf("static const struct framework_example examples_%d[] = {\n", n);
	for (size_t i = 0; i < f->example_count; i++) {
		fputs("\t{ ", stdout);
		put_string(f->examples[i].path);
		printf(", %s, %d },\n", f->examples[i].down ? "true" : "false",
		       f->examples[i].line);
	}
	puts("};");
}

static const char *flag(bool b)
{
	return b ? "true" : "false";
}

static void put_framework(const struct framework *f, int n)
{
	puts("{");
	put_field("name", f->name);
	put_field("title", f->title);
	put_field("file", f->file);
	put_field("reader", f->reader);
	printf("\t.paths = paths_%d,\n\t.down = down_%d,\n"
	       "\t.exclude = exclude_%d,\n\t.evidence = evidence_%d,\n",
	       n, n, n, n);
	put_field("content", f->content);
	put_field("mark_up", f->mark_up);
	put_field("mark_down", f->mark_down);
	put_field("name_regex", f->name_regex);
	put_field("name_help", f->name_help);
	printf("\t.needs_evidence = %s,\n\t.name_of_folder = %s,\n"
	       "\t.checksums = %s,\n\t.skips_late = %s,\n"
	       "\t.runs_empty = %s,\n\t.foreign_keys = %s,\n",
	       flag(f->needs_evidence), flag(f->name_of_folder),
	       flag(f->checksums), flag(f->skips_late), flag(f->runs_empty),
	       flag(f->foreign_keys));
	printf("\t.unique_versions = %s,\n", flag(f->unique_versions));
	printf("\t.dialect = (enum dialect)%d,\n"
	       "\t.transaction = (enum transaction_model)%d,\n"
	       "\t.order = (enum migration_order)%d,\n\t.priority = %d,\n",
	       (int)f->dialect, (int)f->transaction, (int)f->order,
	       f->priority);
	printf("\t.examples = examples_%d,\n\t.example_count = %zu,\n},\n", n,
	       f->example_count);
}

static int make_rules(char **path, int count, struct arena *a, struct err *err)
{
	struct rule *rules = arena_array(a, struct rule, (size_t)count + 1);

	for (int i = 0; i < count; i++) {
		struct str text;

		if (read_file(&text, path[i], a, err) < 0 ||
		    rule_load(&rules[i], path[i], text, a, err) < 0)
			return -1;
	}
	qsort(rules, (size_t)count, sizeof(*rules), rule_cmp);
	puts("/* Made by mkdata. */\n#include \"builtin_rules.h\"\n");
	for (int i = 0; i < count; i++)
		put_lists(&rules[i], i);
	puts("static const struct rule items[] = {");
	for (int i = 0; i < count; i++)
		put_rule(&rules[i], i);
	printf("};\n\nconst struct rules builtin_rules = { items, %d };\n",
	       count);
	return 0;
}

static int make_frameworks(char **path, int count, struct arena *a,
			   struct err *err)
{
	struct framework *all =
		arena_array(a, struct framework, (size_t)count + 1);

	for (int i = 0; i < count; i++) {
		struct str text;

		if (read_file(&text, path[i], a, err) < 0 ||
		    framework_load(&all[i], path[i], text, a, err) < 0)
			return -1;
	}
	qsort(all, (size_t)count, sizeof(*all), framework_cmp);
	puts("/* Made by mkdata. */\n#include \"builtin_frameworks.h\"\n");
	for (int i = 0; i < count; i++)
		put_framework_lists(&all[i], i, a);
	puts("static const struct framework items[] = {");
	for (int i = 0; i < count; i++)
		put_framework(&all[i], i);
	printf("};\n\nconst struct frameworks builtin_frameworks = { items, "
	       "%d };\n",
	       count);
	return 0;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err err = { "usage: mkdata rules|frameworks FILE.yaml..." };
	int rc = -1;

	if (argc > 2 && !strcmp(argv[1], "rules"))
		rc = make_rules(argv + 2, argc - 2, &a, &err);
	else if (argc > 2 && !strcmp(argv[1], "frameworks"))
		rc = make_frameworks(argv + 2, argc - 2, &a, &err);
	if (rc < 0)
		fprintf(stderr, "%s\n", err.text);
	arena_free(&a);
	return rc < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
