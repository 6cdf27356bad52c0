#include "recipes.h"

#include <stdint.h>

#include "map.h"
#include "strbuf.h"

/* A variable that names itself may not grow for ever. */
enum { EXPANDED_MAX = 8192 };

struct lines {
	struct reading *reading;
	struct str text;
	struct str rest;
	struct str line; /* without its line end */
};

static struct span span_of(const struct lines *l, struct str s)
{
	return (struct span){ (uint32_t)(s.ptr - l->text.ptr),
			      (uint32_t)s.len };
}

static void add_comment(struct lines *l, struct str line)
{
	struct str text = line;

	while (text.len && text.ptr[0] == '#')
		text = str_slice(text, 1, text.len);
	vec_push(&l->reading->comments, l->reading->arena,
		 (struct comment){ span_of(l, line), str_trim(text) });
}

/* The line and those that continue it, as one view of the text. */
static bool next_logical(struct lines *l)
{
	struct str line;

	if (!str_next_line(&l->rest, &l->line))
		return false;
	line = l->line;
	while (line.len && line.ptr[line.len - 1] == '\\' &&
	       str_next_line(&l->rest, &line))
		l->line.len = (size_t)(line.ptr + line.len - l->line.ptr);
	return true;
}

static bool is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}

static bool all_names(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_name(s.ptr[i]))
			return false;
	return s.len > 0;
}

/* `NAME = value`, `NAME := value`, `export NAME ?= value`. */
static bool read_variable(struct map *vars, struct arena *a, struct str line)
{
	const size_t eq = str_find_byte(line, '=');
	struct str name;

	if (eq == SIZE_MAX)
		return false;
	name = str_trim(str_slice(line, 0, eq));
	while (name.len && strchr(":?+!", name.ptr[name.len - 1]))
		name.len--;
	name = str_trim(name);
	if (str_starts(name, STR("export ")))
		name = str_trim(str_slice(name, 7, name.len));
	if (!all_names(name))
		return false;
	struct str *value = arena_new(a, struct str);

	*value = str_trim(str_slice(line, eq + 1, line.len));
	map_put(vars, a, name, value);
	return true;
}

/* What the variable is that `s` begins with, `$(NAME)` or `${NAME}`; NULL
 * where the file does not set it. `*used` is how long its name is. */
static const struct str *value_at(const struct map *vars, struct str s,
				  size_t *used)
{
	if (s.len < 4 || s.ptr[0] != '$' ||
	    (s.ptr[1] != '(' && s.ptr[1] != '{'))
		return NULL;
	*used = str_find_byte(s, s.ptr[1] == '(' ? ')' : '}');
	if (*used == SIZE_MAX)
		return NULL;
	const struct str name = str_slice(s, 2, *used);

	++*used;
	return name.len < 128 ? map_get(vars, name) : NULL;
}

/* With the variables that the file itself sets; `line` where there is none. */
static struct str filled(struct arena *a, const struct map *vars,
			 struct str line)
{
	for (unsigned round = 0; round < 4; round++) {
		struct strbuf b = STRBUF(a);
		bool any = false;

		if (str_find_byte(line, '$') == SIZE_MAX ||
		    line.len > EXPANDED_MAX)
			return line;
		for (size_t i = 0; i < line.len;) {
			size_t used = 0;
			const struct str *value = value_at(
				vars, str_slice(line, i, line.len), &used);

			if (value && b.len + value->len < EXPANDED_MAX) {
				strbuf_add(&b, *value);
				i += used;
				any = true;
			} else {
				strbuf_byte(&b, line.ptr[i++]);
			}
		}
		if (!any)
			return line;
		line = strbuf_str(&b);
	}
	return line;
}

/* Without what tells make or just to be quiet or to go on. */
static struct str without_marks(struct str s)
{
	while (s.len && (strchr("@+-", s.ptr[0]) || is_blank(s.ptr[0])))
		s = str_slice(s, 1, s.len);
	return s;
}

/* `targets: depends`, and what stands behind a `;` as its first command. */
static bool read_rule(struct recipe *out, struct str *first, struct str line)
{
	const size_t colon = str_find_byte(line, ':');
	struct str rest;

	*first = str_slice(line, line.len, line.len);
	if (colon == SIZE_MAX || !colon || is_blank(line.ptr[0]))
		return false;
	out->name = str_trim(str_slice(line, 0, colon));
	if (!out->name.len)
		return false;
	rest = str_slice(line, colon + 1, line.len);
	if (rest.len && (rest.ptr[0] == ':' || rest.ptr[0] == '='))
		rest = str_slice(rest, 1, rest.len);
	const size_t semi = str_find_byte(rest, ';');

	out->depends = str_trim(str_slice(rest, 0, semi));
	if (semi != SIZE_MAX)
		*first = str_slice(rest, semi + 1, rest.len);
	return true;
}

static void add_script(struct recipes *out, const struct lines *l,
		       struct recipe of, struct str script)
{
	of.script = script;
	of.span = span_of(l, script);
	vec_push(out, l->reading->arena, of);
}

void read_makefile(struct recipes *out, struct reading *r,
		   const struct source *src)
{
	struct lines l = { r, src->text, src->text, { 0 } };
	struct recipe rule = { .host = SHELL_MAKE, .script = STR("") };
	struct map vars = { 0 };
	struct str first;

	*out = (struct recipes){ 0 };
	while (next_logical(&l)) {
		const struct str body = str_trim(l.line);

		if (!body.len)
			continue;
		if (body.ptr[0] == '#') {
			add_comment(&l, body);
		} else if (l.line.ptr[0] == '\t' && rule.name.len) {
			add_script(out, &l, rule, without_marks(body));
			vec_last(out)->script =
				filled(r->arena, &vars, vec_last(out)->script);
		} else if (!read_variable(&vars, r->arena, body) &&
			   read_rule(&rule, &first, l.line)) {
			add_script(out, &l, rule, without_marks(first));
		}
	}
}

static size_t indent(struct str s)
{
	size_t n = 0;

	while (n < s.len && (s.ptr[n] == ' ' || s.ptr[n] == '\t'))
		n++;
	return n;
}

/* A recipe whose first line is `#!`: all its lines are one script. */
static void read_shebang(struct recipes *out, struct lines *l,
			 struct recipe rule)
{
	const char *start = l->rest.ptr;
	struct str rest = l->rest;
	struct str line;

	while (str_next_line(&rest, &line)) {
		if (str_trim(line).len && !indent(line))
			break;
		l->rest = rest;
	}
	add_script(out, l, rule,
		   (struct str){ start, (size_t)(l->rest.ptr - start) });
}

void read_justfile(struct recipes *out, struct reading *r,
		   const struct source *src)
{
	struct lines l = { r, src->text, src->text, { 0 } };
	struct recipe rule = { .script = STR("") };
	struct map vars = { 0 };
	struct str first;

	*out = (struct recipes){ 0 };
	while (next_logical(&l)) {
		const struct str body = str_trim(l.line);
		const bool inside = indent(l.line) > 0;

		if (!body.len)
			continue;
		if (inside && rule.name.len && str_starts(body, STR("#!"))) {
			read_shebang(out, &l, rule);
		} else if (body.ptr[0] == '#') {
			add_comment(&l, body);
		} else if (inside && rule.name.len) {
			add_script(out, &l, rule, without_marks(body));
		} else if (str_find(body, STR(":=")) == SIZE_MAX &&
			   read_rule(&rule, &first, l.line)) {
			rule.name = str_slice(rule.name, 0,
					      str_find_byte(rule.name, ' '));
			rule.name = without_marks(rule.name);
			if (!rule.name.len)
				continue;
			add_script(out, &l, rule, str_slice(rule.name, 0, 0));
		} else {
			read_variable(&vars, r->arena, body);
		}
	}
}

void read_procfile(struct recipes *out, struct reading *r,
		   const struct source *src)
{
	struct lines l = { r, src->text, src->text, { 0 } };

	*out = (struct recipes){ 0 };
	while (str_next_line(&l.rest, &l.line)) {
		const struct str body = str_trim(l.line);
		const size_t colon = str_find_byte(body, ':');

		if (!body.len)
			continue;
		if (body.ptr[0] == '#') {
			add_comment(&l, body);
			continue;
		}
		if (!all_names(str_slice(body, 0, colon)))
			continue;
		add_script(out, &l,
			   (struct recipe){ .name = str_slice(body, 0, colon) },
			   str_trim(str_slice(body, colon + 1, body.len)));
	}
}

/* What stands in the parentheses of `@task('name', ['on' => 'server'])`: both
 * say what it is for. Empty where the line is no such. */
static struct str name_of_task(struct str line)
{
	const struct str start = STR("@task(");

	if (!str_starts(line, start))
		return STR("");
	return str_trim(str_slice(line, start.len,
				  line.len - str_ends(line, STR(")"))));
}

/* `{{ $dir }}` as a variable of the shell, `$___dir___`; returns how long it
 * is. */
static size_t write_variable(char *out, struct str text)
{
	const size_t end = str_find(text, STR("}}"));
	const size_t len = end == SIZE_MAX ? 2 : end + 2;

	for (size_t i = 0; i < len; i++)
		out[i] = is_name(text.ptr[i]) && text.ptr[i] != '-' &&
					 text.ptr[i] != '.'
				 ? text.ptr[i]
				 : '_';
	out[0] = '$';
	return len;
}

/* The text without what Blade is for: lines that begin with `@` are empty. As
 * long as it was, so that places stay. */
static struct str without_blade(struct arena *a, struct str text)
{
	char *out = arena_array(a, char, text.len + 1);
	bool fresh = true, blade = false;

	for (size_t i = 0; i < text.len;) {
		const struct str here = str_slice(text, i, text.len);
		const char c = here.ptr[0];

		if (c == '\n')
			blade = false;
		else if (fresh && c == '@')
			blade = true;
		fresh = c == '\n' || (fresh && is_blank(c));
		if (!blade && str_starts(here, STR("{{"))) {
			i += write_variable(out + i, here);
			continue;
		}
		out[i++] = blade ? ' ' : c;
	}
	return (struct str){ out, text.len };
}

void read_envoy(struct recipes *out, struct reading *r,
		const struct source *src)
{
	struct lines l = { r, src->text, src->text, { 0 } };
	struct recipe task = { .script = STR("") };
	const char *start = NULL;

	*out = (struct recipes){ 0 };
	while (str_next_line(&l.rest, &l.line)) {
		const struct str body = str_trim(l.line);
		const struct str name = name_of_task(body);

		if (name.len) {
			task.name = name;
			start = l.rest.ptr;
		} else if (start && str_starts(body, STR("@endtask"))) {
			const struct str text = { start, (size_t)(l.line.ptr -
								  start) };

			add_script(out, &l, task, text);
			vec_last(out)->script = without_blade(r->arena, text);
			start = NULL;
		}
	}
}
