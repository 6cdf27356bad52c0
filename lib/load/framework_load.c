#include "framework_load.h"

#include <stdlib.h>

#include "code_load.h"
#include "matcher.h"
#include "vec.h"
#include "yaml_tree.h"

enum key_kind { KEY_TEXT, KEY_LIST, KEY_FLAG };

/* Keys of one text, one list of texts, true or false. A new key is a row. */
static const struct key {
	const char *name;
	enum key_kind kind;
	size_t offset;
} keys[] = {
	{ "name", KEY_TEXT, offsetof(struct framework, name) },
	{ "title", KEY_TEXT, offsetof(struct framework, title) },
	{ "reader", KEY_TEXT, offsetof(struct framework, reader) },
	{ "paths", KEY_LIST, offsetof(struct framework, paths) },
	{ "down", KEY_LIST, offsetof(struct framework, down) },
	{ "exclude", KEY_LIST, offsetof(struct framework, exclude) },
	{ "evidence", KEY_LIST, offsetof(struct framework, evidence) },
	{ "needs-evidence", KEY_FLAG,
	  offsetof(struct framework, needs_evidence) },
	{ "content", KEY_LIST, offsetof(struct framework, content) },
	{ "mark-up", KEY_TEXT, offsetof(struct framework, mark_up) },
	{ "mark-down", KEY_TEXT, offsetof(struct framework, mark_down) },
	{ "headings", KEY_FLAG, offsetof(struct framework, headings) },
	{ "named", KEY_TEXT, offsetof(struct framework, name_regex) },
	{ "named-help", KEY_TEXT, offsetof(struct framework, name_help) },
	{ "named-folder", KEY_FLAG,
	  offsetof(struct framework, name_of_folder) },
	{ "checksums", KEY_FLAG, offsetof(struct framework, checksums) },
	{ "skips-late", KEY_FLAG, offsetof(struct framework, skips_late) },
	{ "grows", KEY_LIST, offsetof(struct framework, grows) },
	{ "unique-versions", KEY_FLAG,
	  offsetof(struct framework, unique_versions) },
	{ "sqlite-foreign-keys", KEY_FLAG,
	  offsetof(struct framework, foreign_keys) },
	{ "own-names", KEY_FLAG, offsetof(struct framework, own_names) },
	{ "runs-empty", KEY_FLAG, offsetof(struct framework, runs_empty) },
};

struct load {
	struct yaml_tree tree;
	struct framework *framework;
	struct code_rules code;
};

struct examples VEC(struct framework_example);
struct texts VEC(const char *);

static int load_dialect(struct load *l, const yaml_node_t *value)
{
	const char *name = yaml_text(&l->tree, value);

	if (!name || !dialect_from_name(&l->framework->dialect, str_of(name)))
		return yaml_complain(&l->tree, value, "unknown dialect");
	return 0;
}

/* dialect-marks: { sqlite: ['a text'], … } */
static int load_dialect_marks(struct load *l, const yaml_node_t *map)
{
	struct texts all = { 0 };
	const yaml_node_t *key, *value;

	if (map->type != YAML_MAPPING_NODE)
		return yaml_complain(&l->tree, map,
				     "dialect-marks has a list of texts for "
				     "each dialect");
	yaml_each_pair(&l->tree, map, key, value)
	{
		const char *name = yaml_text(&l->tree, key);
		const char *const *texts;
		enum dialect known;

		if (!name || !dialect_from_name(&known, str_of(name)))
			return yaml_complain(&l->tree, key, "unknown dialect");
		if (yaml_texts(&l->tree, value, &texts, NULL) < 0)
			return -1;
		for (; texts && *texts; texts++) {
			vec_push(&all, l->tree.arena, name);
			vec_push(&all, l->tree.arena, *texts);
		}
	}
	vec_push(&all, l->tree.arena, NULL);
	l->framework->dialect_marks = all.item;
	return 0;
}

static int load_transaction(struct load *l, const yaml_node_t *value)
{
	const char *name = yaml_text(&l->tree, value);

	if (!name)
		return -1;
	if (!strcmp(name, "file"))
		l->framework->transaction = TRANSACTION_FILE;
	else if (strcmp(name, "none") != 0)
		return yaml_complain(&l->tree, value,
				     "transaction is file or none");
	return 0;
}

static int load_order(struct load *l, const yaml_node_t *value)
{
	const char *name = yaml_text(&l->tree, value);

	if (!name)
		return -1;
	if (!strcmp(name, "bytes"))
		l->framework->order = ORDER_BYTES;
	else if (strcmp(name, "natural") != 0)
		return yaml_complain(&l->tree, value,
				     "order is natural or bytes");
	return 0;
}

static int load_priority(struct load *l, const yaml_node_t *value)
{
	const char *text = yaml_text(&l->tree, value);
	char *end;

	if (!text)
		return -1;
	const long n = strtol(text, &end, 10);

	if (!*text || *end || n < 0 || n > 100)
		return yaml_complain(&l->tree, value,
				     "priority is a number from 0 to 100");
	l->framework->priority = (int)n;
	return 0;
}

/* examples: [ { up: path }, { down: path } ] */
static int load_examples(struct load *l, const yaml_node_t *seq)
{
	const yaml_node_t *item, *key, *value;
	struct examples all = { 0 };

	if (seq->type != YAML_SEQUENCE_NODE)
		return yaml_complain(&l->tree, seq, "examples is a list");
	yaml_each_item(&l->tree, seq, item)
	{
		if (item->type != YAML_MAPPING_NODE)
			return yaml_complain(&l->tree, item,
					     "an example is up: or down:");
		yaml_each_pair(&l->tree, item, key, value)
		{
			const char *kind = yaml_text(&l->tree, key);
			const char *path = yaml_text(&l->tree, value);

			if (!kind || !path ||
			    (strcmp(kind, "up") != 0 &&
			     strcmp(kind, "down") != 0))
				return yaml_complain(
					&l->tree, key,
					"an example is up: or down:");
			vec_push(&all, l->tree.arena,
				 (struct framework_example){ path, *kind == 'd',
							     yaml_line(key) });
		}
	}
	l->framework->examples = all.item;
	l->framework->example_count = all.count;
	return 0;
}

static const struct {
	const char *name;
	int (*load)(struct load *l, const yaml_node_t *value);
} special[] = {
	{ "dialect", load_dialect },
	{ "dialect-marks", load_dialect_marks },
	{ "transaction", load_transaction },
	{ "order", load_order },
	{ "priority", load_priority },
	{ "examples", load_examples },
};

static int load_plain(struct load *l, const struct key *k,
		      const yaml_node_t *value)
{
	char *to = (char *)l->framework + k->offset;
	const char *const *list = NULL;
	const char *text;
	bool flag;

	switch (k->kind) {
	case KEY_TEXT:
		text = yaml_text(&l->tree, value);
		memcpy(to, &text, sizeof(text));
		return text ? 0 : -1;
	case KEY_LIST:
		if (yaml_texts(&l->tree, value, &list, NULL) < 0)
			return -1;
		memcpy(to, &list, sizeof(list));
		return 0;
	case KEY_FLAG:
		if (yaml_bool(&l->tree, value, &flag) < 0)
			return -1;
		memcpy(to, &flag, sizeof(flag));
		return 0;
	}
	return -1;
}

static int load_pair(struct load *l, const yaml_node_t *key,
		     const yaml_node_t *value)
{
	const char *name = yaml_text(&l->tree, key);

	if (!name)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!strcmp(name, keys[i].name))
			return load_plain(l, &keys[i], value);
	for (size_t i = 0; i < ARRAY_LEN(special); i++)
		if (!strcmp(name, special[i].name))
			return special[i].load(l, value);
	const int taken = code_load_pair(&l->code, &l->tree, key, value);

	if (taken)
		return taken < 0 ? -1 : 0;
	return yaml_complain(&l->tree, key, "unknown key %s", name);
}

/* What calls mean, for frameworks whose migrations are programs. */
static int load_code(struct load *l, const yaml_node_t *root)
{
	struct code_rules *code;

	if (!l->code.language && strcmp(l->framework->reader, "code") != 0)
		return 0;
	if (code_load_done(&l->code, &l->tree, root) < 0)
		return -1;
	code = arena_new(l->tree.arena, struct code_rules);
	*code = l->code;
	l->framework->code = code;
	return 0;
}

/* Paths are looked at folder by folder: "**" is a part of one, or all of a
 * name. */
static bool is_cut_wrong(const char *const *globs)
{
	for (; globs && *globs; globs++) {
		const char *slash = strrchr(*globs, '/');
		const char *name = slash ? slash + 1 : *globs;

		if (strstr(name, "**") && strcmp(name, "**") != 0)
			return true;
	}
	return false;
}

static int check_whole(struct load *l, const yaml_node_t *root)
{
	const struct framework *f = l->framework;
	struct err why;

	if (!f->name || !f->title || !f->reader || !f->paths)
		return yaml_complain(
			&l->tree, root,
			"name, title, reader and paths are needed");
	if (!f->example_count)
		return yaml_complain(&l->tree, root, "examples are needed");
	if (is_cut_wrong(f->paths) || is_cut_wrong(f->exclude))
		return yaml_complain(&l->tree, root,
				     "** in a name stands alone: a/**/b*.sql");
	if (f->name_regex && matcher_check(f->name_regex, &why) < 0)
		return yaml_complain(&l->tree, root, "named: %s", why.text);
	if (f->name_regex && !f->name_help)
		return yaml_complain(&l->tree, root,
				     "named wants named-help beside it");
	return load_code(l, root);
}

int framework_load(struct framework *out, const char *path, struct str text,
		   struct arena *a, struct err *err)
{
	struct load l = { .framework = out };
	const yaml_node_t *key, *value;
	int rc = 0;

	*out = (struct framework){ .file = path };
	if (yaml_tree_init(&l.tree, path, text, a, err) < 0)
		return -1;
	const yaml_node_t *root = yaml_root(&l.tree);

	if (!root || root->type != YAML_MAPPING_NODE) {
		rc = yaml_complain(&l.tree, root, "a framework is a mapping");
		goto out;
	}
	yaml_each_pair(&l.tree, root, key, value)
	{
		if ((rc = load_pair(&l, key, value)) < 0)
			goto out;
	}
	rc = check_whole(&l, root);
out:
	yaml_tree_free(&l.tree);
	return rc;
}
