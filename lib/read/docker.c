#include "docker.h"

#include <stdint.h>

#include "compiler.h"

struct docker_reader {
	struct docker *out;
	struct reading *reading;
	struct str text;
	size_t at;
	char escape; /* what continues a line */
};

static struct span span_of(const struct docker_reader *d, struct str s)
{
	return (struct span){ (uint32_t)(s.ptr - d->text.ptr),
			      (uint32_t)s.len };
}

static struct str line_at(const struct docker_reader *d)
{
	struct str rest = str_slice(d->text, d->at, d->text.len);
	struct str line = { rest.ptr, 0 };

	str_next_line(&rest, &line);
	return line;
}

static void next_line(struct docker_reader *d)
{
	const struct str rest = str_slice(d->text, d->at, d->text.len);
	const size_t end = str_find_byte(rest, '\n');

	d->at = end == SIZE_MAX ? d->text.len : d->at + end + 1;
}

static void read_comment(struct docker_reader *d, struct str line)
{
	const struct str text = str_trim(str_slice(line, 1, line.len));

	if (str_istarts(text, STR("escape=`")))
		d->escape = '`';
	vec_push(&d->reading->comments, d->reading->arena,
		 (struct comment){ span_of(d, line), text });
}

/* To the end of the instruction that begins at the line. Comments between its
 * lines are kept: the shell reader skips them again. */
static size_t instruction_end(struct docker_reader *d)
{
	for (;;) {
		const struct str line = line_at(d);
		const struct str body = str_trim(line);
		const size_t end = d->at + line.len;
		const bool comment = body.len && body.ptr[0] == '#';

		if (comment)
			read_comment(d, body);
		next_line(d);
		if (d->at >= d->text.len)
			return end;
		if (!comment && body.len && body.ptr[body.len - 1] != d->escape)
			return end;
	}
}

/* The body of `<<EOF`, which begins at the next line. */
static struct str read_heredoc(struct docker_reader *d, struct str text)
{
	const size_t mark = str_find(text, STR("<<"));
	const size_t start = d->at;
	struct str word;
	size_t n = 0;
	size_t end;

	if (mark == SIZE_MAX)
		return STR("");
	word = str_slice(text, mark + 2, text.len);
	while (word.len && strchr("-\"'", word.ptr[0]))
		word = str_slice(word, 1, word.len);
	while (n < word.len && (is_alpha(word.ptr[n]) || word.ptr[n] == '_'))
		n++;
	word = str_slice(word, 0, n);
	if (!n)
		return STR("");
	while (d->at < d->text.len) {
		end = d->at;
		const bool last = str_eq(str_trim(line_at(d)), word);

		next_line(d);
		if (last)
			return str_slice(d->text, start, end);
	}
	return str_slice(d->text, start, d->text.len);
}

static enum docker_kind kind_of(struct str word)
{
	static const struct {
		struct str word;
		enum docker_kind kind;
	} kinds[] = {
		{ STR_INIT("FROM"), DOCKER_FROM },
		{ STR_INIT("RUN"), DOCKER_RUN },
		{ STR_INIT("CMD"), DOCKER_CMD },
		{ STR_INIT("ENTRYPOINT"), DOCKER_ENTRYPOINT },
		{ STR_INIT("ENV"), DOCKER_ENV },
		{ STR_INIT("ARG"), DOCKER_ARG },
		{ STR_INIT("VOLUME"), DOCKER_VOLUME },
		{ STR_INIT("WORKDIR"), DOCKER_WORKDIR },
		{ STR_INIT("COPY"), DOCKER_COPY },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_ieq(word, kinds[i].word))
			return kinds[i].kind;
	return DOCKER_OTHER;
}

static struct str cut_word(struct str *s)
{
	size_t n = 0;

	while (n < s->len && !is_blank(s->ptr[n]))
		n++;
	const struct str word = str_slice(*s, 0, n);

	*s = str_trim(str_slice(*s, n, s->len));
	return word;
}

static void open_stage(struct docker_reader *d, struct str text)
{
	struct docker_stage stage = { .image = cut_word(&text) };

	if (str_ieq(cut_word(&text), STR("AS")))
		stage.name = cut_word(&text);
	vec_push(&d->out->stages, d->reading->arena, stage);
}

static void read_instruction(struct docker_reader *d)
{
	const size_t start = d->at;
	struct docker_instruction in = { .input = STR("") };
	struct str text =
		str_trim(str_slice(d->text, start, instruction_end(d)));
	struct str word;

	in.whole = span_of(d, text);
	word = cut_word(&text);
	if (str_ieq(word, STR("ONBUILD")))
		word = cut_word(&text);
	in.kind = kind_of(word);
	while (str_starts(text, STR("--")) && in.kind != DOCKER_COPY)
		cut_word(&text);
	if (in.kind == DOCKER_FROM)
		open_stage(d, text);
	if (in.kind == DOCKER_RUN || in.kind == DOCKER_COPY)
		in.input = read_heredoc(d, text);
	in.text = text;
	in.span = span_of(d, text);
	in.stage =
		d->out->stages.count ? (unsigned)d->out->stages.count - 1 : 0;
	vec_push(&d->out->instructions, d->reading->arena, in);
}

/* The stage is used by the last one, and so is the stage it is made from. */
static void mark_used(struct docker_stages *stages)
{
	size_t i = stages->count;

	while (i--) {
		struct docker_stage *s = &stages->item[i];
		size_t from = i;

		s->used = true;
		while (from &&
		       !(stages->item[from - 1].name.len &&
			 str_ieq(stages->item[from - 1].name, s->image)))
			from--;
		i = from;
	}
}

void docker_read(struct docker *out, struct reading *r,
		 const struct source *src)
{
	struct docker_reader d = {
		.out = out,
		.reading = r,
		.text = src->text,
		.escape = '\\',
	};

	*out = (struct docker){ 0 };
	while (d.at < d.text.len) {
		const struct str line = str_trim(line_at(&d));

		if (!line.len) {
			next_line(&d);
		} else if (line.ptr[0] == '#') {
			read_comment(&d, line);
			next_line(&d);
		} else {
			read_instruction(&d);
		}
	}
	mark_used(&out->stages);
}

static struct docker_variable variable(const struct docker_instruction *in,
				       const struct shell_word *w)
{
	const size_t eq = str_find_byte(w->text, '=');
	struct docker_variable v;

	v.key = str_slice(w->text, 0, eq);
	v.value = str_slice(w->text, eq + 1, w->text.len);
	v.key_span = (struct span){ in->span.off + w->span.off,
				    (uint32_t)v.key.len };
	v.span = (struct span){ v.key_span.off + (uint32_t)eq + 1,
				w->span.len - (uint32_t)eq - 1 };
	return v;
}

struct docker_variables docker_env(struct arena *a,
				   const struct docker_instruction *in)
{
	struct docker_variables vars = { 0 };
	size_t count;
	const struct shell_word *w =
		shell_words(a, in->text, SHELL_DOCKER, &count);

	if (count > 1 && str_find_byte(w[0].text, '=') == SIZE_MAX) {
		/* The old form: `ENV KEY the rest of the line`. */
		const struct str value =
			str_slice(in->text, w[1].span.off, in->text.len);
		const struct docker_variable v = {
			.key = w[0].text,
			.value = count == 2 ? w[1].text : value,
			.key_span = { in->span.off + w[0].span.off,
				      w[0].span.len },
			.span = { in->span.off + w[1].span.off,
				  (uint32_t)value.len },
		};

		vec_push(&vars, a, v);
		return vars;
	}
	for (size_t i = 0; i < count; i++)
		if (str_find_byte(w[i].text, '=') != SIZE_MAX)
			vec_push(&vars, a, variable(in, &w[i]));
	return vars;
}

struct shell_word *docker_words(struct arena *a,
				const struct docker_instruction *in,
				size_t *count)
{
	struct reading scratch = { .arena = a };
	const struct source src = { .path = "", .text = in->text };
	const struct node *root, *list;
	struct shell_word *words;

	*count = 0;
	if (!str_starts(in->text, STR("[")))
		return NULL;
	root = read_json(&scratch, &src);
	list = root->child;
	if (!list || list->kind != NODE_LIST || scratch.gaps.count)
		return NULL;
	words = arena_array(a, struct shell_word, list->count + 1);
	node_each(n, list)
	{
		if (n->kind != NODE_SCALAR)
			continue;
		words[*count] = (struct shell_word){
			.text = n->value,
			.span = { in->span.off + n->span.off, n->span.len },
			.quoted = true,
		};
		(*count)++;
	}
	return words;
}
