/* Predicates on where a form holds: the environment, the framework. */
#include "ask.h"

bool ask_production(const struct question *q)
{
	return q->form->environment == ENV_PRODUCTION;
}

bool ask_development(const struct question *q)
{
	return q->form->environment == ENV_DEVELOPMENT ||
	       q->form->environment == ENV_TEST ||
	       q->form->environment == ENV_EXAMPLE;
}

bool ask_staging(const struct question *q)
{
	return q->form->environment == ENV_STAGING;
}

bool ask_example(const struct question *q)
{
	return q->form->environment == ENV_EXAMPLE;
}

bool ask_environment_unknown(const struct question *q)
{
	return q->form->environment == ENV_UNKNOWN;
}

bool ask_after_backup(const struct question *q)
{
	return q->form->flags & FORM_AFTER_BACKUP;
}

bool ask_test_run(const struct question *q)
{
	return q->form->environment == ENV_TEST;
}

bool ask_durable(const struct question *q)
{
	return q->form->flags & FORM_DURABLE;
}

bool ask_required_setting(const struct question *q)
{
	return q->form->flags & FORM_REQUIRED;
}

bool ask_optional_setting(const struct question *q)
{
	return !ask_required_setting(q);
}

bool ask_guarded(const struct question *q)
{
	return q->form->flags & FORM_GUARDED;
}

bool ask_not_deployed(const struct question *q)
{
	return !(q->form->flags & FORM_DEPLOY) && !ask_production(q);
}

bool ask_runner_checksums(const struct question *q)
{
	return q->framework && q->framework->checksums;
}

bool ask_runner_skips_late(const struct question *q)
{
	return q->framework && q->framework->skips_late;
}
