#include "value.h"

/*
 * Strict JSON, one pass and no recursion: a bit for every open bracket says
 * whether it is an object.
 */
enum { NESTING_MAX = 512 };

enum expect {
	EXPECT_VALUE,
	EXPECT_VALUE_OR_END, /* after [ */
	EXPECT_KEY,
	EXPECT_KEY_OR_END, /* after { */
	EXPECT_COLON,
	EXPECT_COMMA_OR_END,
	EXPECT_NOTHING,
};

struct check {
	struct str s;
	size_t at;
	bool object[NESTING_MAX];
	size_t depth;
	enum expect expect;
};

static bool skip_string(struct check *c)
{
	for (size_t i = c->at + 1; i < c->s.len; i++) {
		const char b = c->s.ptr[i];

		if ((unsigned char)b < 0x20)
			return false;
		if (b == '\\') {
			i++;
			if (i >= c->s.len ||
			    !strchr("\"\\/bfnrtu", c->s.ptr[i]))
				return false;
		} else if (b == '"') {
			c->at = i + 1;
			return true;
		}
	}
	return false;
}

static bool skip_literal(struct check *c)
{
	static const struct str literals[] = { STR_INIT("true"),
					       STR_INIT("false"),
					       STR_INIT("null") };
	const struct str rest = str_slice(c->s, c->at, c->s.len);

	for (size_t i = 0; i < sizeof(literals) / sizeof(*literals); i++)
		if (str_starts(rest, literals[i])) {
			c->at += literals[i].len;
			return true;
		}
	return false;
}

static size_t digits(struct check *c)
{
	const size_t start = c->at;

	while (c->at < c->s.len && is_digit(c->s.ptr[c->at]))
		c->at++;
	return c->at - start;
}

static char peek(const struct check *c)
{
	return c->at < c->s.len ? c->s.ptr[c->at] : '\0';
}

static bool skip_number(struct check *c)
{
	if (peek(c) == '-')
		c->at++;
	if (peek(c) == '0')
		c->at++;
	else if (!digits(c))
		return false;
	if (peek(c) == '.') {
		c->at++;
		if (!digits(c))
			return false;
	}
	if (peek(c) == 'e' || peek(c) == 'E') {
		c->at++;
		if (peek(c) == '+' || peek(c) == '-')
			c->at++;
		return digits(c) > 0;
	}
	return true;
}

static void value_done(struct check *c)
{
	c->expect = c->depth ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static bool open_bracket(struct check *c, bool object)
{
	if (c->depth == NESTING_MAX)
		return false;
	c->object[c->depth++] = object;
	c->expect = object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
	c->at++;
	return true;
}

static bool close_bracket(struct check *c)
{
	const bool object = peek(c) == '}';

	if (!object && peek(c) != ']')
		return false;
	if (!c->depth || c->object[c->depth - 1] != object)
		return false;
	c->depth--;
	c->at++;
	value_done(c);
	return true;
}

static bool read_value(struct check *c)
{
	const char b = peek(c);
	bool ok;

	if (b == '{' || b == '[')
		return open_bracket(c, b == '{');
	if (b == '"')
		ok = skip_string(c);
	else if (b == '-' || is_digit(b))
		ok = skip_number(c);
	else
		ok = skip_literal(c);
	if (ok)
		value_done(c);
	return ok;
}

static bool step(struct check *c)
{
	const char b = peek(c);

	switch (c->expect) {
	case EXPECT_VALUE_OR_END:
		return b == ']' ? close_bracket(c) : read_value(c);
	case EXPECT_VALUE: return read_value(c);
	case EXPECT_KEY_OR_END:
		if (b == '}')
			return close_bracket(c);
		c->expect = EXPECT_COLON;
		return b == '"' && skip_string(c);
	case EXPECT_KEY:
		c->expect = EXPECT_COLON;
		return b == '"' && skip_string(c);
	case EXPECT_COLON:
		c->expect = EXPECT_VALUE;
		c->at++;
		return b == ':';
	case EXPECT_COMMA_OR_END:
		if (b != ',')
			return close_bracket(c);
		c->at++;
		c->expect = c->object[c->depth - 1] ? EXPECT_KEY : EXPECT_VALUE;
		return true;
	case EXPECT_NOTHING: break;
	}
	return false;
}

bool is_json(struct str s, bool object)
{
	struct check c = { .s = str_trim(s) };

	if (object && peek(&c) != '{')
		return false;
	for (;;) {
		while (c.at < c.s.len && is_blank(c.s.ptr[c.at]))
			c.at++;
		if (c.at >= c.s.len)
			return c.expect == EXPECT_NOTHING;
		if (!step(&c))
			return false;
	}
}
