#ifndef READ_YAML_TEXT_H
#define READ_YAML_TEXT_H

#include "form.h"

/*
 * What libyaml does not do for us: files that are templates of YAML, byte
 * offsets, and comments.
 */

/* Has it ERB, Helm or Jinja marks (`<%`, `{{`, `{%`)? */
bool yaml_is_template(struct str text);

/*
 * The text with its templates made harmless, byte for byte as long: a line
 * that is nothing but templates becomes a comment, a template inside a line
 * becomes a word.
 */
struct str yaml_without_templates(struct arena *a, struct str text);

/* libyaml counts characters, spans count bytes. */
struct yaml_offsets {
	const uint32_t *mark; /* the byte of every 64th character */
	size_t count;	      /* 0: every character is one byte */
	struct str text;
};

struct yaml_offsets yaml_offsets_of(struct arena *a, struct str text);
uint32_t yaml_offset(const struct yaml_offsets *o, size_t character);

struct yaml_spans VEC(struct span);

/* Adds the comments of `text`; `scalars` are in its order. `masked` is the
 * text that was parsed: a line of templates is no comment. */
void yaml_comments(struct reading *r, struct str text, struct str masked,
		   const struct yaml_spans *scalars);

#endif
