#ifndef TESTS_SETTINGS_TREE_H
#define TESTS_SETTINGS_TREE_H

#include "memory_tree.h"
#include "settings.h"

/* A file among others, read as settings and commands. */
struct settings_case {
	struct arena arena;
	struct memory_tree tree;
	struct reading reading;
	struct source source;
};

static inline bool settings_none_changed(void *payload, const char *path)
{
	(void)payload;
	(void)path;
	return false;
}

/* Reads the first file of `files`. False where it is of no interest. */
static inline bool settings_case_read(struct settings_case *c,
				      const struct memory_file *files,
				      size_t count,
				      const struct settings_policy *policy)
{
	struct settings_kind kind;

	*c = (struct settings_case){ .tree = { files, count } };
	c->reading.arena = &c->arena;
	c->source =
		(struct source){ .path = files[0].path, .text = files[0].text };
	if (!settings_kind_of(&kind, str_of(files[0].path)) ||
	    !settings_kind_of_text(&kind, files[0].text))
		return false;
	const struct snapshot now = memory_snapshot(&c->tree);
	struct settings_run run = { .arena = &c->arena,
				    .now = &now,
				    .is_changed = settings_none_changed,
				    .policy = policy };

	settings_read(&c->reading, &c->source, &kind, &run,
		      files[0].old.len ? &files[0].old : NULL);
	return true;
}

/* The form of that text, or NULL. */
static inline const struct form *settings_case_form(
	const struct settings_case *c, const char *text)
{
	for (size_t i = 0; i < c->reading.forms.count; i++)
		if (str_eq(c->reading.forms.item[i].text, str_of(text)))
			return &c->reading.forms.item[i];
	return NULL;
}

#endif
