/* The pieces of a text, and where each comes from. */
#include "calls_join.h"

enum {
	TEXT_MAX = 4 * 1024 * 1024,
	STEP_BYTES = 64, /* looked at are one step */
};

/* The word that a text ends with. */
struct str text_last_word(struct str s)
{
	size_t i = s.len;

	while (i && code_is_name_byte(s.ptr[i - 1]))
		i--;
	return str_slice(s, i, s.len);
}

/* The name that stands for a value: `id = #{id}` compares no column with
 * itself. */
static struct str shown_name(struct str before, struct str name)
{
	const struct str text = str_trim(before);

	if (!str_ends(text, STR("=")) || !name.len)
		return name;
	return str_ieq(text_last_word(
			       str_trim(str_slice(text, 0, text.len - 1))),
		       name)
		       ? STR("value")
		       : name;
}

void text_spend(struct joiner *j, size_t bytes)
{
	unsigned *budget = &j->out->budget;
	const size_t steps = bytes / STEP_BYTES;

	*budget -= steps < *budget ? (unsigned)steps : *budget;
}

void text_add(struct joiner *j, struct str s, size_t from, bool computed)
{
	struct code_string_value *out = j->out;

	if (computed)
		s = shown_name(strbuf_str(&out->text), s);
	if (!s.len || out->text.len + s.len > TEXT_MAX)
		return;
	vec_push(&out->pieces, j->c->arena,
		 (struct code_piece){
			 .off = (uint32_t)out->text.len,
			 .from = (uint32_t)from,
			 .len = (uint32_t)s.len,
			 .computed = computed,
		 });
	strbuf_add(&out->text, s);
	text_spend(j, s.len);
	out->computed |= computed;
	out->literal |= !computed;
}

/* All its bytes come from the first one of that token. */
void text_separate(struct joiner *j, uint32_t at, const char *mark)
{
	for (; j->out->text.len && *mark; mark++)
		text_add(j, (struct str){ mark, 1 }, text_token(j, at)->off,
			 false);
}

/* Takes back what was added since. */
void text_take_back(struct joiner *j, size_t length)
{
	j->out->text.len = length;
	while (j->out->pieces.count && vec_last(&j->out->pieces)->off >= length)
		j->out->pieces.count--;
}
