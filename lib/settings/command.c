#include "command.h"

#include <stdint.h>

#include "condition.h"
#include "program.h"
#include "script_functions.h"
#include "script_names.h"
#include "strbuf.h"
#include "wrapper.h"

/* Commands inside commands: `ssh host "bash -c '…'"`. */
enum { NESTING_MAX = 5 };

struct unwrapper {
	const struct command_sink *sink;
	unsigned depth;
};

static void take_script(const struct unwrapper *u, const struct piece *script,
			enum shell_host host, const struct command *around);

static bool is_assignment(struct str s)
{
	const size_t eq = str_find_byte(s, '=');

	if (eq == SIZE_MAX || !eq || is_digit(s.ptr[0]))
		return false;
	for (size_t i = 0; i < eq; i++)
		if (!is_alpha(s.ptr[i]) && !is_digit(s.ptr[i]) &&
		    s.ptr[i] != '_' && !(s.ptr[i] == '+' && i + 1 == eq))
			return false;
	return true;
}

/* Is it the name of something other than a word of the tool: an address, a
 * file, a variable, a value behind an option? */
static bool speaks(struct str word, struct str before)
{
	if (before.len > 1 && before.ptr[0] == '-')
		return true;
	for (size_t i = 0; i < word.len; i++)
		if (strchr("./_=$@{", word.ptr[i]) || (word.ptr[i] == '-' && i))
			return word.ptr[0] != '-' ||
			       str_find_byte(word, '=') != SIZE_MAX;
	return false;
}

/* A production image often carries a file that is called dev. */
static bool is_database_file(struct str word)
{
	return str_iends(word, STR(".db")) || str_iends(word, STR(".sqlite")) ||
	       str_iends(word, STR(".sqlite3"));
}

static unsigned word_marks(struct str word, struct str before)
{
	static const struct str only[] = {
		STR_INIT("--only="),
		STR_INIT("--omit="),
		STR_INIT("--include="),
	};

	for (size_t i = 0; i < sizeof(only) / sizeof(*only); i++)
		if (str_starts(word, only[i]))
			return 0;
	if (str_eq(word, STR("--remote")) || str_eq(word, STR("--linked")))
		return NAME_PRODUCTION;
	if (str_eq(word, STR("--local")))
		return NAME_DEVELOPMENT;
	if (str_eq(word, STR("--production")) || str_eq(word, STR("--prod")))
		return NAME_PRODUCTION;
	if (word.len && word.ptr[0] == '-' &&
	    str_find_byte(word, '=') == SIZE_MAX)
		return 0;
	if (str_find(word, STR("127.0.0.1")) != SIZE_MAX)
		return NAME_DEVELOPMENT;
	if (is_database_file(word))
		return name_marks(word) & (NAME_PRODUCTION | NAME_TEST);
	return speaks(word, before) ? name_marks(word) & ~(unsigned)NAME_LIVE
				    : 0;
}

/* NODE_ENV=production names the target; so does a variable of the database. */
static unsigned variable_marks(struct str key, struct str value)
{
	const unsigned marks = name_marks(value);

	if (names_environment(key))
		return marks;
	if (str_find(value, STR("$")) != SIZE_MAX ||
	    str_find(value, STR("://")) != SIZE_MAX)
		return marks & (NAME_PRODUCTION | NAME_TEST | NAME_STAGING |
				NAME_DEVELOPMENT);
	return name_marks(key) & NAME_TEST;
}

static void take_variable(const struct unwrapper *u, struct command *c,
			  const struct shell_word *w)
{
	const size_t eq = str_find_byte(w->text, '=');
	const size_t end = eq && w->text.ptr[eq - 1] == '+' ? eq - 1 : eq;
	struct command_variable v = {
		.key = str_slice(w->text, 0, end),
		.value = str_slice(w->text, eq + 1, w->text.len),
		.guard = c->guard,
	};
	struct span raw = { w->span.off + (uint32_t)eq + 1,
			    w->span.len - (uint32_t)eq - 1 };

	if (w->span.len <= eq)
		raw = w->span;
	v.span = piece_span(&c->from, raw);
	c->marks |= variable_marks(v.key, v.value);
	v.marks = c->marks;
	if (u->sink->variable)
		u->sink->variable(u->sink->payload, &v);
}

static void drop(struct command *c, size_t n)
{
	n = n < c->count ? n : c->count;
	for (size_t i = 0; i < n; i++)
		c->marks |= word_marks(c->word[i].text,
				       i ? c->word[i - 1].text : STR(""));
	c->word += n;
	c->count -= n;
}

static void take_variables(const struct unwrapper *u, struct command *c)
{
	for (size_t i = 0; i < c->count && is_assignment(c->word[i].text);
	     i++) {
		const struct str s = c->word[i].text;
		const size_t eq = str_find_byte(s, '=');

		c->marks |= variable_marks(str_slice(s, 0, eq),
					   str_slice(s, eq + 1, s.len));
	}
	while (c->count && is_assignment(c->word[0].text)) {
		take_variable(u, c, &c->word[0]);
		c->word++;
		c->count--;
	}
}

/* The words from `i` on as one script. */
static struct piece joined(const struct unwrapper *u, const struct command *c,
			   size_t i)
{
	struct strbuf b = STRBUF(u->sink->arena);
	struct span raw;

	if (i + 1 == c->count)
		return piece_part(&c->from, c->word[i].text, c->word[i].span);
	raw = c->word[i].span;
	raw.len = span_end(c->word[c->count - 1].span) - raw.off;
	for (; i < c->count; i++) {
		if (b.len)
			strbuf_byte(&b, ' ');
		strbuf_add(&b, c->word[i].text);
	}
	return (struct piece){ .text = strbuf_str(&b),
			       .whole = piece_span(&c->from, raw) };
}

/* The word behind `-c`, alone or at the end of a cluster: -lc, -euc. */
static size_t script_option(const struct command *c, size_t from)
{
	for (size_t i = from; i + 1 < c->count; i++) {
		const struct str s = c->word[i].text;

		if (str_eq(s, STR("--run")) || str_eq(s, STR("--command")) ||
		    str_eq(s, STR("-C")))
			return i + 1;
		if (s.len > 1 && s.len < 8 && s.ptr[0] == '-' &&
		    s.ptr[1] != '-' && s.ptr[s.len - 1] == 'c')
			return i + 1;
	}
	return SIZE_MAX;
}

/* True where the wrapper's commands were taken, and nothing is left. */
static bool take_wrapped(const struct unwrapper *u, struct command *c,
			 const struct wrapper *wr, size_t named)
{
	const bool option =
		wr->kind == WRAPPER_SHELL || wr->flags & WRAPPER_OPTION;
	const size_t n = wrapper_length(wr, c->word, c->count, named);
	const size_t at = option ? script_option(c, named) : n;

	if (wr->flags & WRAPPER_REMOTE)
		c->remote = true;
	if (wr->flags & WRAPPER_CONTAINER)
		c->contained = true;
	if (wr->flags & WRAPPER_LOCAL)
		c->marks |= NAME_DEVELOPMENT;
	if (wr->kind == WRAPPER_PREFIX)
		return false;
	if (wr->kind == WRAPPER_EACH) {
		for (size_t i = n; i < c->count; i++) {
			const struct piece p = piece_part(
				&c->from, c->word[i].text, c->word[i].span);

			take_script(u, &p, SHELL_SCRIPT, c);
		}
		return true;
	}
	if (at < c->count) {
		struct command inner = *c;

		if (option)
			inner.count = at + 1;
		const struct piece p = joined(u, &inner, at);

		drop(c, at);
		take_script(u, &p, SHELL_SCRIPT, c);
		return true;
	}
	if (c->input.len) {
		const struct piece p =
			piece_part(&c->from, c->input, (struct span){ 0, 0 });

		take_script(u, &p, SHELL_SCRIPT, c);
		return n >= c->count;
	}
	return false;
}

/* `docker-compose x` is `docker compose x`. */
static void split_compose(const struct unwrapper *u, struct command *c)
{
	struct shell_word *w;

	if (!command_is(c, 0, "docker-compose") &&
	    !command_is(c, 0, "podman-compose"))
		return;
	w = arena_array(u->sink->arena, struct shell_word, c->count + 1);
	w[0] = c->word[0];
	w[0].text = STR("docker");
	memcpy(w + 1, c->word, c->count * sizeof(*w));
	w[1].text = STR("compose");
	c->word = w;
	c->count++;
}

/* Takes off what runs the command; false where that was all. */
static bool unwrap(const struct unwrapper *u, struct command *c)
{
	for (;;) {
		const struct wrapper *wr;
		size_t named, n;

		take_variables(u, c);
		if (!c->count)
			return false;
		c->path = c->word[0].text;
		c->word[0].text = program_name(c->path);
		split_compose(u, c);
		wr = wrapper_of(c->word, c->count, &named);
		if (!wr) {
			n = program_unwrap(c->word, c->count);
			drop(c, n);
			return true;
		}
		if (take_wrapped(u, c, wr, named))
			return false;
		if (wr->kind == WRAPPER_SHELL)
			return true;
		n = wrapper_length(wr, c->word, c->count, named);
		if (n >= c->count)
			return true;
		c->script = wr->flags & WRAPPER_SCRIPT;
		drop(c, n);
		if (c->script && command_is(c, 0, "run"))
			drop(c, 1);
		if (c->script && named > 1)
			c->path = c->word[0].text;
	}
}

static void emit(const struct unwrapper *u, struct command *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct str s = c->word[i].text;
		const size_t eq = str_find_byte(s, '=');

		if (i && is_assignment(s))
			c->marks |= variable_marks(str_slice(s, 0, eq),
						   str_slice(s, eq + 1, s.len));
		else
			c->marks |= word_marks(s, i ? c->word[i - 1].text
						    : STR(""));
	}
	if (c->count && u->sink->command)
		u->sink->command(u->sink->payload, c);
}

/* `mix do a, b` is two commands. */
static bool take_mix(const struct unwrapper *u, const struct command *c)
{
	size_t start = 2;

	if (!command_is(c, 0, "mix") || !command_is(c, 1, "do"))
		return false;
	for (size_t i = 2; i < c->count; i++) {
		struct str *s = &c->word[i].text;
		const bool plus = str_eq(*s, STR("+"));
		const bool comma = s->len && s->ptr[s->len - 1] == ',';

		if (comma)
			s->len--;
		if (!plus && !comma && i + 1 < c->count)
			continue;
		struct command one = *c;

		one.word = &c->word[start - 1];
		one.word[0].text = STR("mix");
		one.count = i + (plus ? 0 : 1) - start + 1;
		emit(u, &one);
		start = i + 1;
	}
	return true;
}

/* export A=b, declare -x A=b: the words are variables. */
static bool take_exports(const struct unwrapper *u, struct command *c)
{
	static const struct str words[] = {
		STR_INIT("export"),  STR_INIT("declare"), STR_INIT("readonly"),
		STR_INIT("typeset"), STR_INIT("local"),	  STR_INIT("setenv"),
	};
	bool found = false;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		found = found ||
			(c->count && str_eq(c->word[0].text, words[i]));
	if (!found)
		return false;
	for (size_t i = 1; i < c->count; i++)
		if (is_assignment(c->word[i].text))
			take_variable(u, c, &c->word[i]);
	return true;
}

static void take(const struct unwrapper *u, struct command *c)
{
	if (take_exports(u, c) || !unwrap(u, c))
		return;
	if (c->word[0].text.len && !take_mix(u, c))
		emit(u, c);
}

/* What a command writes, where that can be said: the words of echo, the
 * here-document of cat. */
static struct str output_of(struct arena *a, const struct shell_command *c)
{
	struct strbuf b = STRBUF(a);
	struct str name;

	if (c->count == c->assigned)
		return STR("");
	name = c->word[c->assigned].text;
	if (str_eq(name, STR("cat")))
		return c->input;
	if (!str_eq(name, STR("echo")) && !str_eq(name, STR("printf")))
		return STR("");
	for (size_t i = c->assigned + 1; i < c->count; i++) {
		strbuf_add(&b, c->word[i].text);
		strbuf_byte(&b, ' ');
	}
	return strbuf_str(&b);
}

/* `manage.py dbshell` is whatever client the project has. */
static bool is_dbshell(const struct shell_command *c)
{
	for (size_t i = c->assigned; i < c->count; i++)
		if (str_eq(c->word[i].text, STR("dbshell")) ||
		    str_eq(c->word[i].text, STR("dbconsole")))
			return true;
	return false;
}

static struct str name_of(const struct shell_command *c)
{
	if (is_dbshell(c))
		return STR("dbshell");
	return c->count > c->assigned ? program_name(c->word[c->assigned].text)
				      : STR("");
}

/* Does the command only speak, or look? */
static bool is_talk(const struct shell_command *c)
{
	static const struct str words[] = {
		STR_INIT("echo"),    STR_INIT("printf"), STR_INIT("grep"),
		STR_INIT("egrep"),   STR_INIT("rg"),	 STR_INIT("["),
		STR_INIT("[["),	     STR_INIT("test"),	 STR_INIT("cat"),
		STR_INIT("sed"),     STR_INIT("awk"),	 STR_INIT("which"),
		STR_INIT("read"),    STR_INIT("man"),	 STR_INIT("type"),
		STR_INIT("log"),     STR_INIT("info"),	 STR_INIT("warn"),
		STR_INIT("alias"),   STR_INIT("trap"),	 STR_INIT("error"),
		STR_INIT("die"),     STR_INIT("abort"),	 STR_INIT("tee"),
		STR_INIT("success"), STR_INIT("print"),	 STR_INIT("fail"),
	};
	const struct str name = name_of(c);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(name, words[i]))
			return true;
	return str_starts(name, STR("log_")) ||
	       str_starts(name, STR("print_")) ||
	       str_starts(name, STR("echo_"));
}

/* `read -p 'Delete all? '`: nobody answers where nobody sits. */
static bool asks_somebody(const struct shell_command *c)
{
	if (!str_eq(name_of(c), STR("read")))
		return false;
	for (size_t i = c->assigned + 1; i < c->count; i++) {
		const struct str s = c->word[i].text;

		if (s.len > 1 && s.ptr[0] == '-' &&
		    str_find_byte(s, 'p') != SIZE_MAX)
			return true;
	}
	return false;
}

/* Where a script asks: those guards under which it has by now. */
enum { ASKED_MAX = 16 };

struct asked {
	const struct shell_guard *guard[ASKED_MAX];
	size_t count;
};

static void note_asking(struct asked *a, const struct shell_command *c)
{
	if (a->count < ASKED_MAX && asks_somebody(c))
		a->guard[a->count++] = c->guard;
}

static bool was_asked(const struct asked *a, const struct shell_guard *guard)
{
	for (size_t i = 0; i < a->count; i++)
		if (guard_is_inside(guard, a->guard[i]))
			return true;
	return guard_is_asked_for(guard);
}

static void take_comments(const struct unwrapper *u, const struct piece *script,
			  const struct comments *comments)
{
	struct reading *r = u->sink->reading;

	if (!r)
		return;
	vec_each(struct comment, c, comments) {
		struct comment placed = *c;

		placed.span = piece_span(script, c->span);
		if (script->exact || script->place)
			vec_push(&r->comments, r->arena, placed);
	}
}

/* Commands that stand too deep are not said to be harmless. */
static void add_gap(const struct unwrapper *u, struct span span)
{
	struct reading *r = u->sink->reading;

	if (r)
		vec_push(&r->gaps, r->arena,
			 (struct gap){ span, "commands are nested too "
					     "deeply" });
}

static void take_script(const struct unwrapper *outer,
			const struct piece *script, enum shell_host host,
			const struct command *around)
{
	struct unwrapper u = { outer->sink, outer->depth + 1 };
	struct script_names names = { .arena = u.sink->arena };
	struct script_functions functions;
	struct asked asked = { 0 };
	struct shell sh;

	if (u.depth > NESTING_MAX) {
		add_gap(&u, piece_span(script, (struct span){ 0, 1 }));
		return;
	}
	shell_read(&sh, u.sink->arena, script->text, host);
	take_comments(&u, script, &sh.comments);
	if (sh.unread.len)
		add_gap(&u, piece_span(script, sh.unread));
	script_functions_find(&functions, u.sink->arena, &sh);
	for (size_t i = 0; i < sh.commands.count; i++) {
		const struct shell_command *s = &sh.commands.item[i];
		const struct shell_command run =
			script_functions_fill(&functions, u.sink->arena, s);
		const struct shell_command full =
			script_names_fill(&names, &run);
		struct command c = {
			.word = full.word,
			.count = full.count,
			.path = STR(""),
			.feeds = STR(""),
			.from = *script,
			.span = piece_span(script, s->span),
			.input = s->input,
			.guard = s->guard,
		};

		note_asking(&asked, s);
		c.asked = was_asked(&asked, s->guard);
		if (around) {
			c.asked = c.asked || around->asked;
			c.marks = around->marks;
			c.remote = around->remote;
			c.contained = around->contained;
			if (!c.guard)
				c.guard = around->guard;
		}
		if (s->piped_from >= 0 && !c.input.len)
			c.input = output_of(u.sink->arena,
					    &sh.commands.item[s->piped_from]);
		if (i + 1 < sh.commands.count &&
		    sh.commands.item[i + 1].piped_from == (int)i)
			c.feeds = name_of(&sh.commands.item[i + 1]);
		script_names_note(&names, s);
		if (!is_talk(&full))
			take(&u, &c);
	}
}

void commands_of_script(const struct command_sink *sink,
			const struct piece *script, enum shell_host host)
{
	const struct unwrapper u = { sink, 0 };

	take_script(&u, script, host, NULL);
}

void commands_of_words(const struct command_sink *sink,
		       const struct piece *from, struct shell_word *word,
		       size_t count)
{
	const struct unwrapper u = { sink, 0 };
	struct command c = {
		.word = word,
		.count = count,
		.path = STR(""),
		.feeds = STR(""),
		.from = *from,
		.input = STR(""),
	};

	if (!count)
		return;
	c.span = word[0].span;
	c.span.len = span_end(word[count - 1].span) - c.span.off;
	c.span = piece_span(from, c.span);
	take(&u, &c);
}
