#include "condition.h"

#include <stdint.h>

#include "compiler.h"

static bool has(struct str s, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_find(s, list[i]) != SIZE_MAX)
			return true;
	return false;
}

static bool is_negative(struct str s)
{
	static const struct str marks[] = {
		STR_INIT("!="),	     STR_INIT("! "),	STR_INIT("-z "),
		STR_INIT("!is"),     STR_INIT("not "),	STR_INIT("unless "),
		STR_INIT("!Rails"),  STR_INIT("!app"),	STR_INIT("!process"),
		STR_INIT("!import"), STR_INIT("-ne "),	STR_INIT("!env"),
		STR_INIT("!App"),    STR_INIT("!prod"),
	};

	return has(s, marks, ARRAY_LEN(marks));
}

/* Variables that only a platform sets. */
static bool asks_platform(struct str s)
{
	static const struct str names[] = {
		STR_INIT("VERCEL"),
		STR_INIT("NETLIFY"),
		STR_INIT("RAILWAY_ENVIRONMENT"),
		STR_INIT("DYNO"),
		STR_INIT("FLY_APP_NAME"),
		STR_INIT("RENDER_"),
		STR_INIT("AWS_LAMBDA"),
		STR_INIT("K_SERVICE"),
	};

	return has(s, names, ARRAY_LEN(names));
}

/* `if DEBUG:`, `if not settings.DEBUG:`. */
static bool asks_debug(struct str s)
{
	return str_find(s, STR("DEBUG")) != SIZE_MAX &&
	       str_find(s, STR("!")) == SIZE_MAX &&
	       str_find(s, STR("alse")) == SIZE_MAX;
}

unsigned condition_marks(struct str condition, bool inverted)
{
	const unsigned nearby =
		NAME_TEST | NAME_DEVELOPMENT | NAME_STAGING | NAME_PREVIEW;
	const bool holds = is_negative(condition) == inverted;
	unsigned found = name_marks(condition);

	if (asks_platform(condition))
		found |= NAME_PRODUCTION;
	else if (asks_debug(condition))
		found |= NAME_DEVELOPMENT;
	if (found & NAME_PRODUCTION)
		return holds ? NAME_PRODUCTION : NAME_DEVELOPMENT;
	return holds ? found & nearby : 0;
}

/* Does it ask what the program was called with, by a word for what destroys:
 * `if (process.argv.includes("--reset"))`? */
static bool asks_for_option(struct str s)
{
	static const struct str names[] = {
		STR_INIT("argv"),     STR_INIT("args."), STR_INIT("args["),
		STR_INIT("options["), STR_INIT("opts."), STR_INIT("options."),
		STR_INIT("option("),
	};

	return has(s, names, ARRAY_LEN(names)) &&
	       (names_reset(s) || str_ifind(s, STR("force")) != SIZE_MAX);
}

bool condition_asks(struct str condition)
{
	static const struct str names[] = {
		STR_INIT("NODE_ENV"),	    STR_INIT("RAILS_ENV"),
		STR_INIT("APP_ENV"),	    STR_INIT("Rails.env"),
		STR_INIT("->environment"),  STR_INIT("::environment"),
		STR_INIT("isProd"),	    STR_INIT("is_prod"),
		STR_INIT("MIX_ENV"),	    STR_INIT("Mix.env"),
		STR_INIT("DJANGO_ENV"),	    STR_INIT("FLASK_ENV"),
		STR_INIT("settings.DEBUG"), STR_INIT("IsProduction"),
		STR_INIT("IsDevelopment"),  STR_INIT("localhost"),
		STR_INIT("isLocal"),	    STR_INIT("is_local"),
		STR_INIT("ALLOW_"),	    STR_INIT("CONFIRM"),
		STR_INIT("ENVIRONMENT"),    STR_INIT("nodeEnv"),
		STR_INIT("confirm"),	    STR_INIT("answer"),
	};
	const unsigned marks = name_marks(condition);

	return has(condition, names, ARRAY_LEN(names)) ||
	       asks_platform(condition) || marks & NAME_PRODUCTION ||
	       asks_for_option(condition);
}

/* The first words that a script is called with. */
static bool names_argument(struct str condition)
{
	static const struct str names[] = {
		STR_INIT("$1"),	       STR_INIT("${1"),
		STR_INIT("$2"),	       STR_INIT("${2"),
		STR_INIT("$@"),	       STR_INIT("$*"),
		STR_INIT("$cmd"),      STR_INIT("$CMD"),
		STR_INIT("$command"),  STR_INIT("$COMMAND"),
		STR_INIT("$action"),   STR_INIT("$ACTION"),
		STR_INIT("${cmd"),     STR_INIT("${CMD"),
		STR_INIT("${command"), STR_INIT("${COMMAND"),
		STR_INIT("${action"),  STR_INIT("${ACTION"),
	};

	return has(condition, names, ARRAY_LEN(names));
}

bool names_reset(struct str text)
{
	static const struct str words[] = {
		STR_INIT("reset"),    STR_INIT("clean"),
		STR_INIT("wipe"),     STR_INIT("drop"),
		STR_INIT("fresh"),    STR_INIT("destroy"),
		STR_INIT("purge"),    STR_INIT("nuke"),
		STR_INIT("down"),     STR_INIT("flush"),
		STR_INIT("seed"),     STR_INIT("remove"),
		STR_INIT("delete"),   STR_INIT("prune"),
		STR_INIT("rebuild"),  STR_INIT("uninstall"),
		STR_INIT("teardown"), STR_INIT("stop"),
		STR_INIT("restore"),
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ifind(text, words[i]) != SIZE_MAX)
			return true;
	return false;
}

bool guard_is_asked_for(const struct shell_guard *guard)
{
	bool argument = false, reset = false;
	const struct shell_guard *g = guard;

	for (unsigned depth = 0; g && depth < 16; g = g->outer, depth++) {
		if (g->inverted || is_negative(g->condition))
			continue;
		argument = argument || names_argument(g->condition);
		reset = reset || names_reset(g->condition);
	}
	return argument && reset;
}

bool guard_is_inside(const struct shell_guard *guard,
		     const struct shell_guard *outer)
{
	for (unsigned depth = 0; guard && depth < 32; depth++) {
		if (guard == outer)
			return true;
		guard = guard->outer;
	}
	return !outer;
}
