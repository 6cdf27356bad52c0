#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "dotenv.h"

/*
 * What real loaders made of .env texts, against the candidate values of our
 * reader. A file of cases is JSON lines: `{"id", "input", "results": {loader:
 * {key: value}}}`; a loader that refuses a text has a key that begins with
 * `__`, as have its messages. A line with `_meta` is passed over.
 *
 *	dotenv_loaders FILE [-v]
 *
 * Fails where less than COVERED_MIN of the readings of current loaders (the
 * newest build of each) are among the candidates, or where any other reading,
 * of whatever loader, carries no flag. `-v` names all that is not covered.
 */
enum { COVERED_MIN = 96, LOADERS_MAX = 64 };

struct tally {
	size_t readings;
	size_t covered;
	size_t flagged; /* of those that are not covered */
};

struct loader {
	const char *name;
	struct tally tally;
};

struct run {
	struct loader loader[LOADERS_MAX];
	size_t loaders;
	size_t cases;
	bool verbose;
};

static struct loader *loader_of(struct run *run, const char *name)
{
	for (size_t i = 0; i < run->loaders; i++)
		if (!strcmp(run->loader[i].name, name))
			return &run->loader[i];
	if (run->loaders == LOADERS_MAX)
		return NULL;
	run->loader[run->loaders].name = name;
	return &run->loader[run->loaders++];
}

/* `node20_x` and `node24_x`: the same loader, of two releases. */
static bool same_but_newer(const char *old, const char *name)
{
	const size_t n = strcspn(old, "0123456789");
	char *old_rest;
	char *rest;

	if (strcspn(name, "0123456789") != n || strncmp(old, name, n) != 0)
		return false;
	const unsigned long a = strtoul(old + n, &old_rest, 10);
	const unsigned long b = strtoul(name + n, &rest, 10);

	return !strcmp(old_rest, rest) && b > a;
}

static bool is_current(const struct run *run, const char *name)
{
	for (size_t i = 0; i < run->loaders; i++)
		if (same_but_newer(name, run->loader[i].name))
			return false;
	return true;
}

/* A key without a value is one whose entry has no candidates. */
static bool is_among(const struct dotenv_entry *e, const json_t *value)
{
	const struct str s = { json_string_value(value),
			       json_string_length(value) };

	if (!json_is_string(value))
		return !e->candidate_count;
	for (size_t i = 0; i < e->candidate_count; i++)
		if (str_eq(e->candidate[i], s))
			return true;
	return false;
}

/* Of a key: its value is a candidate; its entries are flagged. A key that no
 * entry has is flagged where anything in the text is. */
static void look_up(const struct dotenv *env, struct str key,
		    const json_t *value, bool *covered, bool *flagged)
{
	unsigned long long any = env->flags;
	unsigned long long own = env->flags;
	bool known = false;

	*covered = false;
	vec_each(const struct dotenv_entry, e, &env->entries) {
		any |= e->flags;
		if (!str_eq(e->key, key) &&
		    !str_eq(dotenv_long_key(env, e), key))
			continue;
		known = true;
		own |= e->flags;
		*covered = *covered || is_among(e, value);
	}
	*flagged = known ? own : any;
}

static void tell(const json_t *row, const char *loader, const char *key,
		 const json_t *value, bool flagged)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY);

	printf("%s: %s: %s = %s%s\n",
	       json_string_value(json_object_get(row, "id")), loader, key, text,
	       flagged ? "" : " (NOT FLAGGED)");
	free(text);
}

static void compare_loader(struct run *run, const json_t *row,
			   const struct dotenv *env, const char *name,
			   json_t *readings)
{
	struct loader *l = loader_of(run, name);
	const char *key;
	json_t *value;

	json_object_foreach(readings, key, value)
	{
		bool covered;
		bool flagged;

		if (!l || !strncmp(key, "__", 2))
			continue;
		look_up(env, str_of(key), value, &covered, &flagged);
		l->tally.readings++;
		l->tally.covered += covered;
		l->tally.flagged += !covered && flagged;
		if (!covered && (run->verbose || !flagged))
			tell(row, name, key, value, flagged);
	}
}

static void compare(struct run *run, const json_t *row)
{
	const json_t *input = json_object_get(row, "input");
	json_t *results = json_object_get(row, "results");
	struct arena a = { 0 };
	struct reading r = { .arena = &a };
	const struct source src = {
		.path = ".env",
		.text = { json_string_value(input), json_string_length(input) },
	};
	struct dotenv env;
	const char *name;
	json_t *readings;

	if (!json_is_string(input))
		return;
	run->cases++;
	dotenv_read(&env, &r, &src);
	json_object_foreach(results, name, readings)
		compare_loader(run, row, &env, name, readings);
	arena_free(&a);
}

static double covered_part(const struct tally *t)
{
	return t->readings ? 100.0 * (double)t->covered / (double)t->readings
			   : 0;
}

static void add_tally(struct tally *sum, const struct tally *t)
{
	sum->readings += t->readings;
	sum->covered += t->covered;
	sum->flagged += t->flagged;
}

static void print_tally(const char *name, const struct tally *t)
{
	printf("%-24s %5zu readings, %5zu covered (%.1f %%), "
	       "%zu others flagged, %zu not\n",
	       name, t->readings, t->covered, covered_part(t), t->flagged,
	       t->readings - t->covered - t->flagged);
}

static int conclude(const struct run *run)
{
	struct tally all = { 0 };
	struct tally current = { 0 };

	for (size_t i = 0; i < run->loaders; i++) {
		const struct loader *l = &run->loader[i];

		add_tally(&all, &l->tally);
		if (is_current(run, l->name))
			add_tally(&current, &l->tally);
		if (run->verbose)
			print_tally(l->name, &l->tally);
	}
	printf("%zu cases, %zu loaders\n", run->cases, run->loaders);
	print_tally("all loaders", &all);
	print_tally("current loaders", &current);
	const bool good = run->cases && covered_part(&current) >= COVERED_MIN &&
			  all.covered + all.flagged == all.readings;

	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	json_t *rows = json_array();
	struct run run = { .verbose = argc > 2 && !strcmp(argv[2], "-v") };
	FILE *f = argc > 1 ? fopen(argv[1], "r") : NULL;
	json_error_t error;
	json_t *row;

	if (!f) {
		fprintf(stderr, "usage: dotenv_loaders FILE [-v]\n");
		return EXIT_FAILURE;
	}
	/* kept to the end: names of loaders are views of them */
	while ((row = json_loadf(f, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL,
				 &error)))
		json_array_append_new(rows, row);
	fclose(f);
	for (size_t i = 0; i < json_array_size(rows); i++)
		compare(&run, json_array_get(rows, i));
	const int status = conclude(&run);

	json_decref(rows);
	return status;
}
