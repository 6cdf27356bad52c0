#define PCRE2_CODE_UNIT_WIDTH 8
#include "matcher.h"

#include <pcre2.h>

#include "arena.h"
#include "err.h"
#include "map.h"

enum {
	/* Machine code costs more to make than a few matches do without. */
	JIT_AFTER = 12,
	MATCH_LIMIT = 200 * 1000,
	DEPTH_LIMIT = 20 * 1000,
};

struct regex {
	pcre2_code *code;
	unsigned uses;
	bool jit; /* there is machine code for it */
};

struct matcher {
	struct arena *arena;
	struct map regexes; /* by the pattern's address */
	pcre2_match_context *limits;
	pcre2_match_data *data;
	bool gave_up;
};

struct matcher *matcher_new(struct arena *a)
{
	struct matcher *m = arena_new(a, struct matcher);

	m->arena = a;
	m->limits = pcre2_match_context_create(NULL);
	m->data = pcre2_match_data_create(32, NULL);
	if (m->limits) {
		pcre2_set_match_limit(m->limits, MATCH_LIMIT);
		pcre2_set_depth_limit(m->limits, DEPTH_LIMIT);
	}
	return m;
}

void matcher_free(struct matcher *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->regexes.count; i++) {
		struct regex *re = m->regexes.slot[i].value;

		pcre2_code_free(re->code);
	}
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->limits);
}

static pcre2_code *compile(const char *pattern, int *error, size_t *where)
{
	return pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
			     PCRE2_CASELESS | PCRE2_DOTALL, error, where, NULL);
}

int matcher_check(const char *pattern, struct err *err)
{
	int error = 0;
	size_t where = 0;
	char text[128] = "";
	pcre2_code *code = compile(pattern, &error, &where);

	if (code) {
		pcre2_code_free(code);
		return 0;
	}
	pcre2_get_error_message(error, (PCRE2_UCHAR *)text, sizeof(text));
	return err_set(err, "bad regex at byte %zu: %s", where, text);
}

static struct regex *regex_of(struct matcher *m, const char *pattern)
{
	const struct str key = { (const char *)&pattern, sizeof(pattern) };
	struct regex *re = map_get(&m->regexes, key);
	int error;
	size_t where;

	if (!re) {
		re = arena_new(m->arena, struct regex);
		re->code = compile(pattern, &error, &where);
		map_put(&m->regexes, m->arena, str_copy(m->arena, key), re);
	}
	if (re->code && ++re->uses == JIT_AFTER)
		re->jit = !pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE);
	return re;
}

/* The table of names that PCRE2 keeps: two bytes of group number, then the
 * name (pcre2api, "Information about a compiled pattern"). */
static void add_groups(const struct matcher *m, const pcre2_code *code,
		       struct str text, struct arena *a, struct groups *groups)
{
	uint32_t count = 0, size = 0;
	PCRE2_SPTR table = NULL;
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(m->data);
	const uint32_t pairs = pcre2_get_ovector_count(m->data);

	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
	for (uint32_t i = 0; i < count; i++, table += size) {
		const uint32_t n = (uint32_t)table[0] << 8 | table[1];

		if (n >= pairs || at[2 * n] == PCRE2_UNSET)
			continue;
		vec_push(groups, a,
			 (struct group){
				 .name = (const char *)table + 2,
				 .value = str_slice(text, at[2 * n],
						    at[2 * n + 1]),
			 });
	}
}

bool matcher_match(struct matcher *m, const char *pattern, struct str text,
		   struct arena *a, struct groups *groups)
{
	const struct regex *re = regex_of(m, pattern);

	if (!re->code || !m->data) {
		m->gave_up = true;
		return false;
	}
	const PCRE2_SPTR s = (PCRE2_SPTR)text.ptr;
	const int rc = re->jit ? pcre2_jit_match(re->code, s, text.len, 0, 0,
						 m->data, m->limits)
			       : pcre2_match(re->code, s, text.len, 0, 0,
					     m->data, m->limits);

	if (rc == PCRE2_ERROR_NOMATCH)
		return false;
	if (rc < 0) {
		m->gave_up = true;
		return false;
	}
	if (groups)
		add_groups(m, re->code, text, a, groups);
	return true;
}

bool matcher_gave_up(struct matcher *m)
{
	const bool gave_up = m->gave_up;

	m->gave_up = false;
	return gave_up;
}
