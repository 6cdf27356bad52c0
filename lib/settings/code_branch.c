/* Branches, blocks and calls of a program: what holds for what stands in
 * them. */
#include "code_walk.h"
#include "compiler.h"
#include "condition.h"

struct scope walk_scope(const struct code_walk *w)
{
	struct scope scope = *w->c->scope;
	unsigned marks = w->single ? w->single_marks : 0;

	for (size_t i = 0; i < w->levels; i++)
		marks |= w->level[i].marks;
	for (size_t i = 0; i < w->levels; i++) {
		scope.deploy = scope.deploy || w->level[i].deploy;
		scope.asked = scope.asked || w->level[i].asked;
	}
	if (marks & (NAME_TEST | NAME_DEVELOPMENT | NAME_PREVIEW))
		scope.environment =
			marks & NAME_TEST ? ENV_TEST : ENV_DEVELOPMENT;
	else if (marks & NAME_PRODUCTION)
		scope.environment = ENV_PRODUCTION;
	else if (marks & NAME_STAGING && scope.deploy)
		scope.environment = ENV_STAGING;
	return scope;
}

bool walk_is_talk(const struct code_walk *w)
{
	for (size_t i = 0; i < w->levels; i++)
		if (w->level[i].talk)
			return true;
	return false;
}

bool walk_is_guarded(const struct code_walk *w)
{
	for (size_t i = 0; i < w->levels; i++)
		if (w->level[i].asks)
			return true;
	return w->guarded || w->single;
}

static bool is_branch_word(struct str s)
{
	return str_eq(s, STR("if")) || str_eq(s, STR("unless")) ||
	       str_eq(s, STR("elif")) || str_eq(s, STR("elsif")) ||
	       str_eq(s, STR("when")) || str_eq(s, STR("elseif"));
}

/* Does a block of Python open at token `i`, on the line below its branch? */
static bool is_indent(const struct code_walk *w, uint32_t i)
{
	const struct code_token *t = walk_token(w, i);

	return i && t->kind == CODE_OPEN && t->flags & CODE_BLOCK && !t->len;
}

/* The condition of the branch that a block at token `i` is the body of: the
 * text from `if` up to it. Empty where it is none. */
static struct str condition_of(const struct code_walk *w, uint32_t i)
{
	if (is_indent(w, i) && walk_token(w, i - 1)->kind == CODE_END)
		i--;
	for (uint32_t at = i; at-- && at + 64 > i;) {
		const struct code_token *t = walk_token(w, at);

		if (t->kind == CODE_WORD &&
		    is_branch_word(code_text(&w->code, at))) {
			const struct span s = code_span(&w->code, at, i);

			return str_slice(w->code.text, s.off, span_end(s));
		}
		if (t->kind == CODE_CLOSE && t->match < at)
			at = t->match;
		else if (t->kind == CODE_END || t->kind == CODE_OPEN)
			break;
	}
	return STR("");
}

/* The condition behind a branch word that opens its block itself. */
static struct str condition_after(const struct code_walk *w, uint32_t i)
{
	uint32_t end = i + 1;
	struct span s;

	if (!is_branch_word(code_text(&w->code, i)))
		return STR("");
	while (walk_token(w, end)->kind != CODE_END && end < i + 64)
		end++;
	s = code_span(&w->code, i, end);
	return str_slice(w->code.text, s.off, span_end(s));
}

/* `else` between such a word and its `end`. */
void code_flip_branch(struct code_walk *w, uint32_t i)
{
	struct code_level *l;

	if (!w->levels || !walk_is(w, i, "else"))
		return;
	l = &w->level[w->levels - 1];
	if (l->condition.len)
		l->marks = condition_marks(l->condition, true);
}

static bool is_talk_name(struct str s)
{
	static const struct str names[] = {
		STR_INIT("log"),	STR_INIT("info"),
		STR_INIT("warn"),	STR_INIT("error"),
		STR_INIT("debug"),	STR_INIT("print"),
		STR_INIT("puts"),	STR_INIT("printf"),
		STR_INIT("println"),	STR_INIT("Println"),
		STR_INIT("Printf"),	STR_INIT("echo"),
		STR_INIT("expect"),	STR_INIT("describe"),
		STR_INIT("it"),		STR_INIT("includes"),
		STR_INIT("startsWith"), STR_INIT("endsWith"),
		STR_INIT("test"),	STR_INIT("assert"),
		STR_INIT("startswith"), STR_INIT("Error"),
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(s, names[i]))
			return true;
	return false;
}

/* `stage('Deploy') {` of a Jenkinsfile: its name, which says where it runs. */
static struct str stage_of(const struct code_walk *w, uint32_t i)
{
	const uint32_t open = i ? walk_token(w, i - 1)->match : CODE_NONE;

	if (!i || walk_token(w, i - 1)->kind != CODE_CLOSE || open >= i ||
	    !open || !walk_is(w, open - 1, "stage") ||
	    walk_token(w, open + 1)->kind != CODE_STRING)
		return STR("");
	return code_body(&w->code, open + 1);
}

static void open_stage(struct code_level *l, struct str name)
{
	const unsigned marks = name_marks(name);

	l->marks |= marks;
	l->deploy = marks & (NAME_DEPLOY | NAME_PRODUCTION) &&
		    !(marks & (NAME_TEST | NAME_DEVELOPMENT | NAME_PREVIEW));
	l->asked = !l->deploy && names_reset(name);
}

/* Is the block at token `i` that of the `else` behind the branch that was
 * closed last? */
static bool is_else(const struct code_walk *w, uint32_t i)
{
	if (is_indent(w, i)) {
		i -= walk_token(w, i - 1)->kind == CODE_END;
		i -= i && walk_is(w, i - 1, ":");
	}
	if (i < 2 || !walk_is(w, i - 1, "else"))
		return false;
	i -= 2;
	return w->closed == i ||
	       (i && walk_token(w, i)->kind == CODE_END && w->closed == i - 1);
}

void code_open_level(struct code_walk *w, uint32_t i)
{
	const struct code_token *t = walk_token(w, i);
	struct code_level *l;
	struct str condition = condition_of(w, i);
	bool inverted = false;

	if (w->levels == CODE_FRAMES_MAX)
		return;
	if (is_else(w, i)) {
		condition = w->condition;
		inverted = true;
	}
	l = &w->level[w->levels++];
	*l = (struct code_level){
		.end = t->match,
		.condition = condition_after(w, i),
		.label = code_label_at(w, i),
		.function = code_function_at(w, i),
		.talk = i && walk_token(w, i - 1)->kind == CODE_WORD &&
			is_talk_name(code_text(&w->code, i - 1)),
	};
	if (l->condition.len)
		condition = l->condition;
	else if (code_is(&w->code, i, "(") && condition.len)
		return; /* the condition itself */
	l->marks = condition.len ? condition_marks(condition, inverted) : 0;
	open_stage(l, stage_of(w, i));
	l->asks = condition.len && condition_asks(condition);
	l->branch = inverted ? STR("") : condition;
}

static bool leaves(const struct code_walk *w, uint32_t i)
{
	static const char *const words[] = { "exit",  "throw",	"raise",
					     "abort", "return", "die",
					     "fail",  "Exit" };

	for (size_t k = 0; k < ARRAY_LEN(words); k++)
		if (walk_token(w, i)->kind == CODE_WORD &&
		    walk_is(w, i, words[k]))
			return true;
	return false;
}

/* `if (production) process.exit(1)`, `abort if Rails.env.production?`: what
 * comes after it does not run there. */
void code_note_exit(struct code_walk *w, uint32_t i)
{
	uint32_t end = i;
	struct span s;

	if (!leaves(w, i))
		return;
	while (walk_token(w, end)->kind != CODE_END && end < i + 64)
		end++;
	s = code_span(&w->code, i, end);
	if (condition_asks(str_slice(w->code.text, s.off, span_end(s))) ||
	    w->single)
		w->guarded = true;
	for (size_t k = 0; k < w->levels; k++)
		if (w->level[k].asks)
			w->guarded = true;
}

/* A branch of one statement, without braces. */
void code_note_single(struct code_walk *w, uint32_t i)
{
	uint32_t body = i + 1;
	struct span s;

	if (walk_token(w, i)->kind != CODE_WORD ||
	    !is_branch_word(code_text(&w->code, i)) || !walk_is(w, body, "("))
		return;
	body = walk_token(w, body)->match;
	if (body >= w->code.tokens.count || walk_is(w, body + 1, "{") ||
	    walk_is(w, body + 1, ":") ||
	    walk_token(w, body)->kind != CODE_CLOSE)
		return;
	s = code_span(&w->code, i, body + 1);
	const struct str condition =
		str_slice(w->code.text, s.off, span_end(s));

	if (!condition_asks(condition))
		return;
	w->single = w->code.statement_end[body + 1];
	w->single_marks = condition_marks(condition, false);
}

void code_close_levels(struct code_walk *w, uint32_t i)
{
	while (w->levels && w->level[w->levels - 1].end <= i) {
		w->condition = w->level[--w->levels].branch;
		w->closed = i;
	}
	if (w->single && i >= w->single)
		w->single = 0;
}
