#include "node.h"
#include "suite.h"

typedef struct node *reader(struct reading *r, const struct source *src);

static struct arena arena;
static struct reading reading;
static struct source source;
static struct node *doc; /* the first document */

static void setup(void)
{
	arena = (struct arena){ 0 };
}

static void teardown(void)
{
	arena_free(&arena);
}

static struct node *read_text(reader *read, const char *text)
{
	reading = (struct reading){ .arena = &arena };
	source = (struct source){ .path = "x", .text = str_of(text) };
	struct node *root = read(&reading, &source);

	doc = root->child;
	return root;
}

/* The value at the path, and the bytes it was written as. */
static void is(const char *path, const char *value, const char *raw)
{
	const struct node *n = node_at(doc, path);

	ck_assert_msg(n != NULL, "there is no %s", path);
	str_is(n->value, value);
	str_is(source_slice(&source, n->span), raw);
}

/* The place of every byte of a value holds that byte, or begins an escape. */
static void places_hold(const char *path)
{
	const struct node *n = node_at(doc, path);
	const uint32_t *place = node_places(&arena, &source, n);

	ck_assert_ptr_nonnull(place);
	for (size_t i = 0; i < n->value.len; i++) {
		const char at = source.text.ptr[place[i]];

		if (!is_blank(n->value.ptr[i]))
			ck_assert_msg(at == n->value.ptr[i] || at == '\\',
				      "%s[%zu]: '%c' at '%c'", path, i,
				      n->value.ptr[i], at);
	}
}

START_TEST(yaml_keeps_positions_and_comments)
{
	read_text(read_yaml, "a:\n  b: 'x' # why\n  c: [1, two]\n");
	is("a.b", "x", "'x'");
	ck_assert_uint_eq(node_at(doc, "a.c")->count, 2);
	ck_assert_uint_eq(reading.comments.count, 1);
	str_is(reading.comments.item[0].text, "why");
	ck_assert_uint_eq(reading.gaps.count, 0);
}
END_TEST

START_TEST(yaml_merges_what_is_not_set)
{
	read_text(read_yaml, "base: &b\n  adapter: sqlite3\n  pool: 5\n"
			     "production:\n  <<: *b\n  pool: 9\n");
	is("production.adapter", "sqlite3", "sqlite3");
	is("production.pool", "9", "9");
	ck_assert(node_at(doc, "production.adapter")->merged);
}
END_TEST

START_TEST(yaml_merges_a_list_of_maps)
{
	read_text(read_yaml,
		  "a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: [*a, *b]\n");
	is("c.x", "1", "1");
	is("c.y", "2", "2");
}
END_TEST

START_TEST(yaml_reads_templates_and_says_what_they_compute)
{
	read_text(read_yaml, "<% if x %>\na: 1\n<% end %>\n"
			     "b: <%= ENV['B'] %>\nc: {{ .Values.c }}\n");
	is("a", "1", "1");
	is("b", "<%= ENV['B'] %>", "<%= ENV['B'] %>");
	ck_assert(node_at(doc, "b")->computed);
	ck_assert(node_at(doc, "c")->computed);
	ck_assert_uint_eq(reading.gaps.count, 0);
	ck_assert_uint_eq(reading.comments.count, 0);
}
END_TEST

START_TEST(yaml_counts_bytes_where_libyaml_counts_characters)
{
	read_text(read_yaml, "ä: \xe2\x82\xac\nkey: value\n");
	is("key", "value", "value");
}
END_TEST

START_TEST(yaml_that_breaks_off_is_a_gap)
{
	read_text(read_yaml, "a: 1\nb: [1, 2\nc: : :\n");
	ck_assert_uint_eq(reading.gaps.count, 1);
	is("a", "1", "1");
}
END_TEST

START_TEST(yaml_that_nests_too_deeply_is_a_gap)
{
	enum { LEVELS = 200000 };
	char *text = malloc(LEVELS + 1);

	ck_assert_ptr_nonnull(text);
	memset(text, '[', LEVELS);
	text[LEVELS] = '\0';
	read_text(read_yaml, text);
	ck_assert_uint_gt(reading.gaps.count, 0);
	free(text);
}
END_TEST

START_TEST(yaml_aliases_cannot_blow_up)
{
	read_text(read_yaml, "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
			     "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
			     "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
			     "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
			     "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
			     "f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n"
			     "g: [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\n");
	ck_assert_ptr_nonnull(doc);
}
END_TEST

START_TEST(yaml_has_a_document_for_each)
{
	const struct node *root = read_text(read_yaml, "a: 1\n---\nb: 2\n");

	ck_assert_uint_eq(root->count, 2);
	str_is(node_text(root->child->next, "b"), "2");
}
END_TEST

START_TEST(places_follow_folding_and_escapes)
{
	read_text(read_yaml, "a: |\n  one\n  two\nb: >-\n  one\n  two\n"
			     "c: \"x\\ty\\u00e9z\"\nd: 'it''s'\n");
	places_hold("a");
	places_hold("b");
	places_hold("c");
	places_hold("d");
}
END_TEST

START_TEST(json_takes_comments_and_a_last_comma)
{
	read_text(read_json, "{\"a\": [1, {\"b\": \"c\\n\"}], // why\n"
			     " 'd': true, /* and */ e: null,}");
	is("d", "true", "true");
	is("e", "null", "null");
	ck_assert_uint_eq(node_at(doc, "a")->count, 2);
	str_is(node_text(node_at(doc, "a")->last, "b"), "c\n");
	ck_assert_uint_eq(reading.comments.count, 2);
	ck_assert_uint_eq(reading.gaps.count, 0);
}
END_TEST

START_TEST(json_that_is_none_is_a_gap)
{
	static const char *const texts[] = { "{\"a\": ", "{\"a\" 1}",
					     "{\"a\": \"b", "]" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		read_text(read_json, texts[i]);
		ck_assert_msg(reading.gaps.count == 1, "%s", texts[i]);
	}
}
END_TEST

START_TEST(toml_has_tables_lists_and_dotted_keys)
{
	read_text(read_toml, "top = 1\n[deploy] # c\n"
			     "release_command = \"npm run x\"\n"
			     "[[mounts]]\ndestination = '/data'\n"
			     "[a.b]\nc.d = [1, { e = \"f\" },\n 2]\n");
	is("deploy.release_command", "npm run x", "npm run x");
	str_is(node_text(node_at(doc, "mounts")->child, "destination"),
	       "/data");
	ck_assert_uint_eq(node_at(doc, "a.b.c.d")->count, 3);
	ck_assert_uint_eq(reading.comments.count, 1);
}
END_TEST

START_TEST(toml_that_does_not_close_is_a_gap)
{
	static const char *const texts[] = {
		"a = [1, 2\n[b]\nc = 1\n", "a = { b = 1\n",
		"a = \"\"\"\nb\n[c]\n",
		"a = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		read_text(read_toml, texts[i]);
		ck_assert_msg(reading.gaps.count == 1, "%s", texts[i]);
	}
	read_text(read_toml, "a = [[1], { b = 'x' }]\n");
	ck_assert_uint_eq(reading.gaps.count, 0);
}
END_TEST

START_TEST(ini_has_sections_and_documents)
{
	const struct node *root =
		read_text(read_ini,
			  "[alembic]\nurl = sqlite:///a.db\n; c\n#---\n"
			  "a.b=x\\\n  y\n");

	is("alembic.url", "sqlite:///a.db", "sqlite:///a.db");
	ck_assert_uint_eq(root->count, 2);
	str_is(node_child(root->child->next, "a.b")->value, "xy");
}
END_TEST

START_TEST(a_path_names_the_keys_from_the_document_down)
{
	read_text(read_yaml, "a:\n  - b:\n      c: 1\n");
	str_is(node_path(&arena, node_at(node_at(doc, "a")->child, "b.c")),
	       "a.b.c");
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("node");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, yaml_keeps_positions_and_comments);
	tcase_add_test(tc, yaml_merges_what_is_not_set);
	tcase_add_test(tc, yaml_merges_a_list_of_maps);
	tcase_add_test(tc, yaml_reads_templates_and_says_what_they_compute);
	tcase_add_test(tc, yaml_counts_bytes_where_libyaml_counts_characters);
	tcase_add_test(tc, yaml_that_breaks_off_is_a_gap);
	tcase_add_test(tc, yaml_that_nests_too_deeply_is_a_gap);
	tcase_add_test(tc, yaml_aliases_cannot_blow_up);
	tcase_add_test(tc, yaml_has_a_document_for_each);
	tcase_add_test(tc, places_follow_folding_and_escapes);
	tcase_add_test(tc, json_takes_comments_and_a_last_comma);
	tcase_add_test(tc, json_that_is_none_is_a_gap);
	tcase_add_test(tc, toml_has_tables_lists_and_dotted_keys);
	tcase_add_test(tc, toml_that_does_not_close_is_a_gap);
	tcase_add_test(tc, ini_has_sections_and_documents);
	tcase_add_test(tc, a_path_names_the_keys_from_the_document_down);
	return suite_status(suite_create("yaml, json, toml, ini"), tc);
}
