#ifndef REPORT_SHOWN_H
#define REPORT_SHOWN_H

#include "arena.h"
#include "finding.h"
#include "secret.h"

/* Line and column in characters, from 1, as editors count. The end lies
 * behind the last character. A finding of a whole file is at 1:1. */
struct region {
	uint32_t line, column;
	uint32_t end_line, end_column;
	bool whole_file;
};

/*
 * What of a finding any format may show: valid UTF-8, with what may be a
 * secret masked. Line ends and control characters are still in it. NULL where
 * the finding has none. Reporters take all text from here.
 */
struct shown {
	const char *path, *title;
	const char *form; /* "" for none */
	const char *commit, *note;
	struct override_used override;
	struct region at;
};

struct shown shown_of(const struct finding *f, struct arena *a);

/* Where to rewind the arena to when the finding is printed: what its source
 * keeps there lies before it. */
struct arena_mark shown_mark(const struct finding *f, struct arena *a);

/* The long texts, as prose. */
const char *shown_why(const struct finding *f, struct arena *a);
const char *shown_instead(const struct finding *f, struct arena *a);

/* "Instead: …", on a line of its own where it begins with a list. */
const char *shown_advice(const char *instead, struct arena *a);

/* The value of a capture, or NULL where it must not be shown. */
const char *shown_capture(const struct finding *f, const struct capture *c,
			  struct arena *a);

/* May the text of the file be quoted? Never for a setting, nor where a
 * finding of the file itself may stand among settings. */
bool shown_source(const struct finding *f);

/* How secrets are looked for around this finding. */
enum secret_in shown_secrets(const struct finding *f);

/* The line above which an override comment goes. */
uint32_t shown_override_line(const struct finding *f, struct arena *a);

#endif
