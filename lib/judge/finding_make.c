#include "finding_make.h"

#include <inttypes.h>
#include <stdio.h>

#include "plain.h"
#include "strbuf.h"

const char *status_name(enum status s)
{
	static const char *const names[] = {
		[STATUS_NOTED] = "noted",
		[STATUS_OVERRIDDEN] = "overridden",
		[STATUS_BLOCKED] = "blocked",
	};

	return names[s];
}

static const struct capture *capture_named(const struct captures *captures,
					   struct str name)
{
	for (size_t i = 0; i < captures->count; i++)
		if (str_eq(name, str_of(captures->item[i].name)))
			return &captures->item[i];
	return NULL;
}

/* The word inside "{word}" at the start of `s`; empty where none is. */
static struct str braced(struct str s)
{
	size_t i = 1;

	while (i < s.len && (is_alpha(s.ptr[i]) || s.ptr[i] == '_'))
		i++;
	if (s.len < 3 || s.ptr[0] != '{' || i >= s.len || s.ptr[i] != '}')
		return (struct str){ "", 0 };
	return str_slice(s, 1, i);
}

const char *finding_expand(const char *text, const struct captures *captures,
			   struct arena *a)
{
	struct strbuf b = STRBUF(a);
	struct str s = str_of(text);

	while (s.len) {
		const struct str word = braced(s);
		const struct capture *c = capture_named(captures, word);

		if (word.len) {
			strbuf_add(&b, c ? c->value : word);
			s = str_slice(s, word.len + 2, s.len);
		} else {
			strbuf_byte(&b, s.ptr[0]);
			s = str_slice(s, 1, s.len);
		}
	}
	return strbuf_cstr(&b);
}

void finding_captures(struct captures *out, const struct groups *groups,
		      struct arena *a)
{
	for (size_t i = 0; i < groups->count; i++) {
		const struct group *g = &groups->item[i];

		if (!capture_named(out, str_of(g->name)))
			vec_push(
				out, a,
				(struct capture){
					str_dup(a, str_of(g->name)),
					str_copy(a, plain_show(g->value, a)) });
	}
}

/* Texts of rules end in a line end, as YAML blocks do. */
static struct str without_end(const char *text)
{
	return str_trim(str_of(text));
}

void finding_texts(struct finding *f, const struct question *q, struct arena *a)
{
	const struct rule *r = f->rule;
	struct strbuf why = STRBUF(a);

	f->title = finding_expand(r->title, &f->captures, a);
	strbuf_add(&why, without_end(finding_expand(r->why, &f->captures, a)));
	for (size_t i = 0; q && i < r->also_count; i++)
		if (predicate_holds(r->also[i].predicate, q)) {
			strbuf_byte(&why, '\n');
			strbuf_add(&why,
				   without_end(finding_expand(
					   r->also[i].text, &f->captures, a)));
		}
	f->why = strbuf_cstr(&why);
	f->instead = str_dup(
		a, without_end(finding_expand(r->instead, &f->captures, a)));
}

void finding_fingerprint(struct finding *f)
{
	const struct str parts[] = { str_of(f->rule->id),
				     str_of(f->source->path), f->form };
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < 3; i++) {
		for (size_t n = 0; n < parts[i].len; n++)
			h = (h ^ (unsigned char)parts[i].ptr[n]) *
			    1099511628211u;
		h = (h ^ 0x1f) * 1099511628211u;
	}
	snprintf(f->fingerprint, sizeof(f->fingerprint), "%016" PRIx64, h);
}

int finding_cmp(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int c = strcmp(x->source->path, y->source->path);

	if (!c)
		c = (x->span.off > y->span.off) - (x->span.off < y->span.off);
	if (!c)
		c = strcmp(x->rule->id, y->rule->id);
	if (!c)
		c = str_cmp(x->form, y->form);
	if (!c && x->commit && y->commit)
		c = strcmp(x->commit, y->commit);
	return c;
}
