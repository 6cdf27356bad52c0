#include "finding_make.h"

#include <stdint.h>

#include "map.h"
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

struct str finding_expand(const char *text, const struct captures *captures,
			  struct arena *a)
{
	struct strbuf b = STRBUF(a);
	struct str s = str_of(text);

	strbuf_reserve(&b, s.len + 64);
	while (s.len) {
		const size_t open = str_find_byte(s, '{');

		strbuf_add(&b, str_slice(s, 0, open));
		s = str_slice(s, open, s.len);
		const struct str word = braced(s);
		const struct capture *c = capture_named(captures, word);

		if (word.len)
			strbuf_add(&b, c ? c->value : word);
		else
			strbuf_add(&b, str_slice(s, 0, 1));
		s = str_slice(s, word.len ? word.len + 2 : 1, s.len);
	}
	return strbuf_str(&b);
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

/* Below the rule's own words. */
static void add_line(struct strbuf *b, const struct rule *r, const char *text)
{
	if (!b->len)
		strbuf_add(b, str_trim(str_of(r->why)));
	strbuf_byte(b, '\n');
	strbuf_add(b, str_trim(str_of(text)));
}

/* Does it name what a program names only while it runs? */
static bool is_put_together(const struct rule *r, const struct form *f)
{
	return f->kind == FORM_STATEMENT && f->flags & FORM_DYNAMIC &&
	       r->level > LEVEL_CAUTION;
}

/* What the rule says, and what `also` adds here. Few rules have an `also`, and
 * few of those hold, so that texts are made once: `whys` has all. */
static const char *why_of(const struct rule *r, const struct question *q,
			  struct map *whys, struct arena *a)
{
	struct arena scratch = { 0 };
	struct strbuf b = STRBUF(&scratch);

	for (size_t i = 0; i < r->also_count; i++) {
		if (predicate_holds(r->also[i].predicate, q))
			add_line(&b, r, r->also[i].text);
	}
	if (is_put_together(r, q->form))
		add_line(&b, r,
			 "A part of this statement is put together while it "
			 "runs: names stand here as far as they can be read, "
			 "and there may be others.");
	const struct str text = strbuf_str(&b);
	char *why = text.len ? map_get(whys, text) : NULL;

	if (text.len && !why) {
		why = arena_copy(a, text.ptr, text.len);
		map_put(whys, a, (struct str){ why, text.len }, why);
	}
	arena_free(&scratch);
	return why ? why : r->why;
}

void finding_texts(struct finding *f, const struct question *q,
		   struct map *whys, struct arena *a)
{
	f->title = f->rule->title;
	f->why = why_of(f->rule, q, whys, a);
	f->instead = f->rule->instead;
}

void finding_fingerprint(struct finding *f)
{
	const struct str parts[] = { str_of(f->rule->id),
				     str_of(f->source->path), f->form };
	uint64_t h = 0;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		h = str_hash(h, parts[i]);
	for (size_t i = 0; i < 16; i++)
		f->fingerprint[i] = "0123456789abcdef"[h >> (60 - 4 * i) & 15];
	f->fingerprint[16] = '\0';
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
