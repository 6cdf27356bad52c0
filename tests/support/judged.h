#ifndef TESTS_JUDGED_H
#define TESTS_JUDGED_H

#include <check.h>

#include "err.h"
#include "memory_tree.h"
#include "run.h"
#include "strbuf.h"

/*
 * One migration through the whole engine: `text` beside a configuration and
 * its own earlier text, where there are any.
 */
struct judged {
	struct arena arena;
	struct outcome outcome;
	struct err err;
	int rc;
};

static inline void judge_text(struct judged *j, const char *text,
			      const char *config, const char *old)
{
	struct memory_file files[2] = {
		{ .path = "migrations/1.sql",
		  .text = str_of(text),
		  .status = old ? MEMORY_MODIFIED : MEMORY_ADDED,
		  .old = str_of(old) },
		{ .path = CONFIG_NAME, .text = str_of(config) },
	};
	struct memory_tree tree = { files, config ? 2 : 1 };
	const struct run_options options = { .command = "test",
					     .dialect = DIALECT_POSTGRES };

	*j = (struct judged){ 0 };
	const struct changes changes = memory_changes(&tree, &j->arena);

	j->rc = run_changes(&j->outcome, &changes, &options, &j->arena,
			    &j->err);
}

/* "drop-table blocked@3, drop-index overridden@4": all findings but those
 * about locks. */
static inline const char *judged_findings(struct judged *j)
{
	static const char *const names[] = { "noted", "overridden", "blocked" };
	struct strbuf b = STRBUF(&j->arena);

	if (j->rc < 0)
		return j->err.text;
	vec_each(struct finding, f, &j->outcome.findings) {
		const struct place at =
			source_place(f->source, &j->arena, f->span.off);

		if (!strncmp(f->rule->id, "lock-", 5))
			continue;
		strbuf_printf(&b, "%s%s %s@%u", b.len ? ", " : "", f->rule->id,
			      names[f->status], at.line);
	}
	return strbuf_cstr(&b);
}

#endif
