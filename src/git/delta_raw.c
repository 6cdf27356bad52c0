#include "delta_raw.h"

#include "arena.h"
#include "err.h"

static struct str next_word(struct str *line)
{
	const size_t end = str_find_byte(*line, ' ');
	const struct str word = str_slice(*line, 0, end);

	*line = str_slice(*line, end == SIZE_MAX ? end : end + 1, line->len);
	return word;
}

static bool parse_mode(struct str word, unsigned *out)
{
	*out = 0;
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] < '0' || word.ptr[i] > '7')
			return false;
		*out = *out << 3 | (unsigned)(word.ptr[i] - '0');
	}
	return word.len == 6;
}

/* One side's id; all zeros where the path is not there. */
static bool parse_id(const struct oid **out, const struct git *git,
		     struct str word, struct arena *a)
{
	struct oid oid;

	if (!oid_from_hex(&oid, git, word))
		return false;
	*out = oid_is_zero(&oid) ? NULL : oid_keep(oid, a);
	return true;
}

static bool parse_raw(struct delta *out, const struct git *git, struct str line,
		      struct arena *a)
{
	if (!line.len || *line.ptr != ':')
		return false;
	line = str_slice(line, 1, line.len);
	return parse_mode(next_word(&line), &out->old_mode) &&
	       parse_mode(next_word(&line), &out->new_mode) &&
	       parse_id(&out->old_oid, git, next_word(&line), a) &&
	       parse_id(&out->new_oid, git, next_word(&line), a) &&
	       !out->old_mode == !out->old_oid &&
	       !out->new_mode == !out->new_oid;
}

/* With -z: ":100644 100644 <id> <id> M" and the path, in turns. */
struct raw_reader {
	struct deltas *out;
	const struct git *git;
	struct arena *a;
	struct delta next;
	bool has_next; /* its path is to come */
	bool unmerged;
	bool nonsense;
};

static void raw_field(void *payload, struct str field)
{
	struct raw_reader *r = payload;

	if (r->has_next) {
		r->next.path = str_dup(r->a, field);
		vec_push(r->out, r->a, r->next);
		r->has_next = false;
		return;
	}
	r->next = (struct delta){ 0 };
	r->has_next = parse_raw(&r->next, r->git, field, r->a);
	r->nonsense |= !r->has_next;
	r->unmerged |= str_ends(field, STR(" U"));
}

int deltas_read_raw(struct deltas *out, const struct git *git,
		    struct question *q, struct arena *a, struct err *err)
{
	struct raw_reader reader = { .out = out, .git = git, .a = a };
	const struct line_taker fields = { raw_field, &reader, '\0' };
	struct str unused;

	q->lines = &fields;
	if (git_ask(&unused, git, q, a, err) < 0)
		return -1;
	if (reader.nonsense || reader.has_next)
		return err_set(err, "what git says of the changes cannot be "
				    "understood");
	if (reader.unmerged)
		return err_set(err, "the index has unmerged paths");
	deltas_sort(out);
	return 0;
}
