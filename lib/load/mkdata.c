/*
 * mkdata rules|frameworks FILE.yaml... : compiles data files into one C table
 * on standard output, sorted by name (a program of the build).
 */
#include <stdio.h>
#include <stdlib.h>

#include "code_rules.h"
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
		fputs(", ", stdout);
		put_string(r->match[i].need);
		puts(" },");
	}
	puts("\t{ NULL, NULL, NULL, NULL },\n};");
}

static void put_predicates(const char *what, int n, const enum predicate *p,
			   size_t count)
{
	printf("static const enum predicate %s_%d[] = {\n", what, n);
	for (size_t i = 0; i < count; i++)
		printf("\tPREDICATE_%s,\n", predicate_name(p[i]));
	puts("\tPREDICATE_COUNT,\n};");
}

static void put_siblings(const struct rule *r, int n)
{
	size_t count = 0;

	for (size_t i = 0; i < r->example_count; i++)
		count += r->examples[i].sibling_count;
	if (!count)
		return;
	printf("static const struct rule_sibling siblings_%d[] = {\n", n);
	for (size_t i = 0; i < r->example_count; i++)
		for (size_t k = 0; k < r->examples[i].sibling_count; k++) {
			fputs("\t{ ", stdout);
			put_string(r->examples[i].siblings[k].path);
			fputs(", ", stdout);
			put_string(r->examples[i].siblings[k].text);
			puts(" },");
		}
	puts("\t{ NULL, NULL },\n};");
}

static void put_examples(const struct rule *r, int n)
{
	size_t siblings = 0;

	put_siblings(r, n);
	printf("static const struct rule_example examples_%d[] = {\n", n);
	for (size_t i = 0; i < r->example_count; i++) {
		const struct rule_example *e = &r->examples[i];

		fputs("\t{ ", stdout);
		put_string(e->text);
		fputs(", ", stdout);
		put_string(e->as);
		fputs(", ", stdout);
		put_string(e->path);
		fputs(", ", stdout);
		put_string(e->before);
		if (e->sibling_count)
			printf(", siblings_%d + %zu, %zu", n, siblings,
			       e->sibling_count);
		else
			fputs(", NULL, 0", stdout);
		printf(", %d, %s },\n", e->line, e->bad ? "true" : "false");
		siblings += e->sibling_count;
	}
	puts("\t{ NULL, NULL, NULL, NULL, NULL, 0, 0, false },\n};");
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

static const char *flag(bool b)
{
	return b ? "true" : "false";
}

static void put_rule(const struct rule *r, int n)
{
	puts("{");
	put_field("id", r->id);
	put_field("entry", r->entry);
	put_field("file", r->file);
	printf("\t.level = (enum level)%d,\n\t.on = (enum rule_on)%d,\n"
	       "\t.dialects = %uu,\n",
	       (int)r->level, (int)r->on, r->dialects);
	printf("\t.contract = %s,\n", flag(r->contract));
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
	const int c = strcmp(x->id, y->id);

	if (c || !x->entry || !y->entry)
		return c ? c : !!x->entry - !!y->entry;
	return strcmp(x->entry, y->entry);
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
	if (f->content)
		put_list("content", n, f->content);
	if (f->dialect_marks)
		put_list("dialect_marks", n, f->dialect_marks);
	if (f->grows)
		put_list("grows", n, f->grows);
	printf("static const struct framework_example examples_%d[] = {\n", n);
	for (size_t i = 0; i < f->example_count; i++) {
		fputs("\t{ ", stdout);
		put_string(f->examples[i].path);
		printf(", %s, %d },\n", f->examples[i].down ? "true" : "false",
		       f->examples[i].line);
	}
	puts("};");
}

/* A list of the k-th row of the n-th framework. */
static void put_row_list(const char *what, int n, size_t k,
			 const char *const *list)
{
	char name[64];

	if (!list)
		return;
	snprintf(name, sizeof(name), "%s_%zu", what, k);
	put_list(name, n, list);
}

static void put_row_field(const char *what, int n, size_t k,
			  const char *const *list)
{
	if (list)
		printf("\t.%s = %s_%zu_%d,\n", what, what, k, n);
}

#define REWRITE_LISTS(ROW) \
	ROW(in)            \
	ROW(on)            \
	ROW(args)          \
	ROW(set)           \
	ROW(each) ROW(to) ROW(undo) ROW(part) ROW(sql) ROW(undo_sql) ROW(state)

static void put_rewrites(const struct code_rules *c, int n)
{
	for (size_t k = 0; k < c->rewrite_count; k++) {
#define ROW(name) put_row_list(#name, n, k, c->rewrites[k].name);
		REWRITE_LISTS(ROW)
#undef ROW
	}
	printf("static const struct code_rewrite rewrites_%d[] = {\n", n);
	for (size_t k = 0; k < c->rewrite_count; k++) {
		const struct code_rewrite *w = &c->rewrites[k];

		puts("{");
		put_field("call", w->call);
		put_field("when", w->when);
		put_field("one_way", w->one_way);
#define ROW(name) put_row_field(#name, n, k, w->name);
		REWRITE_LISTS(ROW)
#undef ROW
		printf("\t.flags = %uu,\n\t.line = %d,\n},\n", w->flags,
		       w->line);
	}
	puts("};");
}

static void put_code_examples(const struct code_rules *c, int n)
{
	for (size_t k = 0; k < c->example_count; k++)
		put_row_list("becomes", n, k, c->examples[k].becomes);
	printf("static const struct code_example code_examples_%d[] = {\n", n);
	for (size_t k = 0; k < c->example_count; k++) {
		fputs("\t{ ", stdout);
		put_string(c->examples[k].text);
		printf(", becomes_%zu_%d, %d },\n", k, n, c->examples[k].line);
	}
	puts("\t{ NULL, NULL, 0 },\n};");
}

/* What calls mean, as one struct. */
static void put_code(const struct code_rules *c, int n)
{
	if (!c)
		return;
	put_list("backward", n, c->backward);
	put_list("forward", n, c->forward);
	put_list("reversible", n, c->reversible);
	put_list("no_transaction", n, c->no_transaction);
	put_list("types", n, c->types);
	put_list("parts", n, c->parts);
	put_rewrites(c, n);
	put_code_examples(c, n);
	printf("static const struct code_rules code_%d = {\n", n);
	put_field("language", c->language);
	printf("\t.one_way_calls = %s,\n\t.reversible = reversible_%d,\n",
	       flag(c->one_way_calls), n);
	printf("\t.backward = backward_%d,\n\t.forward = forward_%d,\n"
	       "\t.no_transaction = no_transaction_%d,\n"
	       "\t.types = types_%d,\n\t.parts = parts_%d,\n"
	       "\t.rewrites = rewrites_%d,\n\t.rewrite_count = %zu,\n"
	       "\t.pattern_count = %zu,\n\t.examples = code_examples_%d,\n"
	       "\t.example_count = %zu,\n};\n",
	       n, n, n, n, n, n, c->rewrite_count, c->pattern_count, n,
	       c->example_count);
}

static void put_framework(const struct framework *f, int n)
{
	puts("{");
	put_field("name", f->name);
	put_field("title", f->title);
	put_field("file", f->file);
	put_field("reader", f->reader);
	if (f->code)
		printf("\t.code = &code_%d,\n", n);
	printf("\t.paths = paths_%d,\n\t.down = down_%d,\n"
	       "\t.exclude = exclude_%d,\n\t.evidence = evidence_%d,\n",
	       n, n, n, n);
	if (f->content)
		printf("\t.content = content_%d,\n", n);
	if (f->dialect_marks)
		printf("\t.dialect_marks = dialect_marks_%d,\n", n);
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
	printf("\t.unique_versions = %s,\n\t.own_names = %s,\n"
	       "\t.headings = %s,\n",
	       flag(f->unique_versions), flag(f->own_names), flag(f->headings));
	if (f->grows)
		printf("\t.grows = grows_%d,\n", n);
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
	puts("/* Made by mkdata. */\n#include \"builtin_frameworks.h\"\n"
	     "#include \"code_rules.h\"\n");
	for (int i = 0; i < count; i++) {
		put_framework_lists(&all[i], i, a);
		put_code(all[i].code, i);
	}
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
