#include "sibling.h"

#include <stdint.h>

#include "strbuf.h"

/* A larger file is no deploy configuration that a person wrote. */
enum { SIBLING_MAX = 512 * 1024 };

struct str path_folder(struct str path)
{
	size_t i = path.len;

	while (i && path.ptr[i - 1] != '/')
		i--;
	return str_slice(path, 0, i);
}

static struct sibling *read_sibling(struct settings_run *run, const char *path)
{
	struct arena *a = run->arena;
	struct sibling *s = arena_new(a, struct sibling);
	struct reading *r = arena_new(a, struct reading);
	struct str bytes;

	s->path = path;
	if (!settings_kind_of(&s->kind, str_of(path)) ||
	    !snapshot_read(run->now, a, path, &bytes) ||
	    bytes.len > SIBLING_MAX || decode_text(a, bytes, &s->source.text) ||
	    !settings_kind_of_text(&s->kind, s->source.text))
		return NULL;
	s->source.path = path;
	r->arena = a;
	collect(&s->read, r, &s->source, &s->kind);
	return s;
}

const struct sibling *sibling_at(struct settings_run *run, const char *path)
{
	/* What stands for "asked before, and there is none". */
	static const struct sibling none;
	const struct str key = str_of(path);
	const struct sibling *s = map_get(&run->others, key);

	if (!s) {
		const char *kept = str_dup(run->arena, key);

		s = snapshot_has(run->now, kept) ? read_sibling(run, kept)
						 : NULL;
		map_put(&run->others, run->arena, str_of(kept),
			(void *)(uintptr_t)(s ? s : &none));
	}
	return s == &none || !s ? NULL : s;
}

const struct sibling *sibling_above(struct settings_run *run, const char *path,
				    const char *name)
{
	struct str folder = path_folder(str_of(path));

	for (;;) {
		struct strbuf b = STRBUF(run->arena);
		const struct sibling *s;

		strbuf_add(&b, folder);
		strbuf_puts(&b, name);
		s = sibling_at(run, strbuf_cstr(&b));
		if (s || !folder.len)
			return s;
		folder = path_folder(str_slice(folder, 0, folder.len - 1));
	}
}

struct str sibling_text(struct settings_run *run, const char *path,
			const char *name)
{
	struct str folder = path_folder(str_of(path));

	for (;;) {
		struct strbuf b = STRBUF(run->arena);
		struct str bytes;

		strbuf_add(&b, folder);
		strbuf_puts(&b, name);
		if (snapshot_has(run->now, strbuf_cstr(&b)) &&
		    snapshot_read(run->now, run->arena, strbuf_cstr(&b),
				  &bytes) &&
		    bytes.len <= SIBLING_MAX)
			return bytes;
		if (!folder.len)
			return STR("");
		folder = path_folder(str_slice(folder, 0, folder.len - 1));
	}
}
