#include "export.h"

#include "compiler.h"
#include "strbuf.h"

#define REPORTER(name) extern const struct reporter report_##name;
#include "reporters.inc"
#undef REPORTER

static const struct reporter *const reporters[] = {
#define REPORTER(name) &report_##name,
#include "reporters.inc"
#undef REPORTER
};

const struct reporter *reporter_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(reporters); i++)
		if (!strcmp(reporters[i]->name, name))
			return reporters[i];
	return NULL;
}

const char *reporter_names(struct arena *a)
{
	struct strbuf b = STRBUF(a);

	for (size_t i = 0; i < ARRAY_LEN(reporters); i++)
		strbuf_printf(&b, "%s%s", i ? "|" : "", reporters[i]->name);
	return strbuf_cstr(&b);
}
