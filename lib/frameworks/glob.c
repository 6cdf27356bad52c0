#include "framework.h"

#include <stdint.h>

/*
 * A glob is matched piece by piece, with one place to come back to for the
 * last "*" and one for the last "**": like every matcher that keeps only the
 * last star, it needs no recursion and at most a quadratic number of steps.
 */

/* Does the class at glob[*g] == '[' hold `c`? Steps behind it. */
static bool class_holds(struct str glob, size_t *g, char c)
{
	size_t i = *g + 1;
	const bool not = i < glob.len && glob.ptr[i] == '!';
	bool in = false;

	for (i += not ; i < glob.len && glob.ptr[i] != ']'; i++) {
		if (i + 2 < glob.len && glob.ptr[i + 1] == '-' &&
		    glob.ptr[i + 2] != ']') {
			in |= c >= glob.ptr[i] && c <= glob.ptr[i + 2];
			i += 2;
		} else {
			in |= c == glob.ptr[i];
		}
	}
	*g = i + 1;
	return in != not &&c != '/';
}

/* One byte of the path against one item of the glob; steps behind the item. */
static bool item_matches(struct str glob, size_t *g, char c)
{
	const char want = glob.ptr[*g];

	if (want == '[')
		return class_holds(glob, g, c);
	(*g)++;
	return want == '?' ? c != '/' : want == c;
}

/* Could what stands at glob[g], which is not its end, begin with `c`? */
static bool may_begin(struct str glob, size_t g, char c)
{
	const char want = glob.ptr[g];

	return want == c || want == '*' || want == '?' || want == '[';
}

static bool is_special(char c)
{
	return c == '*' || c == '?' || c == '[' || c == '{';
}

/* The next place from `p` on where glob[g] may begin, within the part. */
static size_t next_byte(struct str glob, size_t g, struct str path, size_t p)
{
	const char want = g < glob.len ? glob.ptr[g] : '*';

	while (!is_special(want) && p < path.len && path.ptr[p] != want &&
	       path.ptr[p] != '/')
		p++;
	return p;
}

/* The first place behind a slash, from `p` on, where glob[g] may begin;
 * SIZE_MAX where there is none. */
static size_t next_part(struct str glob, size_t g, struct str path, size_t p)
{
	for (;;) {
		const size_t slash =
			str_find_byte(str_slice(path, p, path.len), '/');

		p += slash + 1;
		if (slash == SIZE_MAX || p >= path.len)
			return SIZE_MAX;
		if (may_begin(glob, g, path.ptr[p]))
			return p;
	}
}

/* Does the last "**" stand before glob[g]? What is behind it then fits in one
 * place only, where the path has as many parts left; SIZE_MAX if that is
 * before `p`. */
static bool is_last_deep(struct str glob, size_t g, struct str path, size_t p,
			 size_t *place)
{
	size_t slashes = 0, at = path.len;

	for (size_t i = g; i < glob.len; i++) {
		slashes += glob.ptr[i] == '/';
		if (glob.ptr[i] == '*' && i + 1 < glob.len &&
		    glob.ptr[i + 1] == '*')
			return false;
	}
	for (;;) {
		while (at > p && path.ptr[at - 1] != '/')
			at--;
		if (!slashes--)
			break;
		if (at-- == p) {
			*place = SIZE_MAX;
			return true;
		}
	}
	*place = at;
	return true;
}

static bool pieces_match(struct str glob, struct str path)
{
	size_t g = 0, p = 0;
	size_t star_g = SIZE_MAX, star_p = 0, deep_g = SIZE_MAX, deep_p = 0;

	for (;;) {
		if (g < glob.len && glob.ptr[g] == '*') {
			const bool deep =
				g + 1 < glob.len && glob.ptr[g + 1] == '*';

			g += deep ? 2 : 1;
			if (deep) {
				/* a slash behind it may stand for nothing */
				if (g < glob.len && glob.ptr[g] == '/')
					g++;
				if (g == glob.len)
					return true;
				star_g = SIZE_MAX;
				deep_p = p;
				deep_g = g;
				if (is_last_deep(glob, g, path, p, &p))
					deep_g = SIZE_MAX;
				if (p == SIZE_MAX)
					return false;
			} else {
				star_g = g;
				star_p = p;
			}
			continue;
		}
		if (g == glob.len && p == path.len)
			return true;
		if (p < path.len && g < glob.len) {
			size_t next = g;

			if (item_matches(glob, &next, path.ptr[p])) {
				g = next;
				p++;
				continue;
			}
		}
		if (star_g != SIZE_MAX && star_p < path.len &&
		    path.ptr[star_p] != '/') {
			star_p = next_byte(glob, star_g, path, star_p + 1);
			p = star_p;
			g = star_g;
		} else if (deep_g != SIZE_MAX) {
			deep_p = next_part(glob, deep_g, path, deep_p);
			if (deep_p == SIZE_MAX)
				return false;
			p = deep_p;
			g = deep_g;
			star_g = SIZE_MAX;
		} else {
			return false;
		}
	}
}

/* The first literal words behind the stars and classes that the glob begins
 * with are nowhere in the path. */
static bool words_differ(struct str glob, struct str path)
{
	size_t from = 0;

	while (from < glob.len &&
	       (glob.ptr[from] == '/' ||
		(glob.ptr[from] != '{' && is_special(glob.ptr[from]))))
		if (glob.ptr[from++] == '[')
			while (from < glob.len && glob.ptr[from++] != ']')
				;
	size_t to = from;

	while (to < glob.len && !is_special(glob.ptr[to]))
		to++;
	return from && str_find(path, str_slice(glob, from, to)) == SIZE_MAX;
}

bool glob_match_plain(struct str glob, struct str path)
{
	return !words_differ(glob, path) && pieces_match(glob, path);
}

enum { GLOB_MAX = 256, BRACE_MAX = 64 };

/* Globs still to be tried. */
struct globs {
	char text[BRACE_MAX][GLOB_MAX];
	size_t len[BRACE_MAX], count;
};

static void push(struct globs *out, struct str before, struct str middle,
		 struct str after)
{
	const size_t len = before.len + middle.len + after.len;

	if (out->count == BRACE_MAX || len >= GLOB_MAX)
		return;
	char *p = out->text[out->count];

	memcpy(p, before.ptr, before.len);
	memcpy(p + before.len, middle.ptr, middle.len);
	memcpy(p + before.len + middle.len, after.ptr, after.len);
	out->len[out->count++] = len;
}

/* The glob once for each alternative of the brace that opens at `open`. */
static void push_alternatives(struct globs *out, struct str glob, size_t open)
{
	const struct str before = str_slice(glob, 0, open);
	const struct str inside = str_slice(glob, open + 1, glob.len);
	const size_t close = str_find_byte(inside, '}');
	const struct str after = str_slice(inside, close, inside.len);
	size_t from = 0;

	for (size_t i = 0; i <= close && i <= inside.len; i++) {
		if (i < inside.len && i != close && inside.ptr[i] != ',')
			continue;
		push(out, before, str_slice(inside, from, i),
		     str_slice(after, 1, after.len));
		from = i + 1;
	}
}

/* The literal end of the glob is not the end of the path: most paths are told
 * apart by that alone. */
static bool ends_differ(struct str glob, struct str path)
{
	size_t g = glob.len, p = path.len;

	while (g && p) {
		const char c = glob.ptr[g - 1];

		if (c == '*' || c == '?' || c == ']' || c == '}')
			return false;
		if (c != path.ptr[p - 1])
			return true;
		g--;
		p--;
	}
	return false;
}

static bool braces_match(struct str glob, struct str path)
{
	struct globs todo;

	todo.count = 0;
	push(&todo, glob, (struct str){ "", 0 }, (struct str){ "", 0 });
	while (todo.count) {
		char one[GLOB_MAX];
		const struct str g = { one, todo.len[--todo.count] };
		size_t open = g.len;

		memcpy(one, todo.text[todo.count], g.len);
		if (ends_differ(g, path))
			continue;
		while (open && one[open - 1] != '{')
			open--;
		if (open)
			push_alternatives(&todo, g, open - 1);
		else if (glob_match_plain(g, path))
			return true;
	}
	return false;
}

bool glob_match(const char *glob, struct str path)
{
	const struct str whole = str_of(glob);

	if (ends_differ(whole, path))
		return false;
	return str_find_byte(whole, '{') == SIZE_MAX
		       ? glob_match_plain(whole, path)
		       : braces_match(whole, path);
}
