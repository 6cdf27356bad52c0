#include "effect.h"

/* Words that end the type of a column definition. */
static bool is_attribute(const struct plain *p)
{
	static const char *const words[] = {
		"NOT",
		"NULL",
		"DEFAULT",
		"PRIMARY",
		"UNIQUE",
		"REFERENCES",
		"CHECK",
		"CONSTRAINT",
		"GENERATED",
		"COLLATE",
		"AUTO_INCREMENT",
		"AUTOINCREMENT",
		"COMMENT",
		"ON",
		"AS",
		"IDENTITY",
		"KEY",
		"FIRST",
		"AFTER",
		"STORAGE",
		"COMPRESSION",
		"INVISIBLE",
		"VISIBLE",
		"CODEC",
		"TTL",
		"MATERIALIZED",
		"ALIAS",
		"USING",
		"ENCRYPTED",
		"SPARSE",
		"PERSISTED",
		"CHARACTER SET",
		"EXCLUDE",
		"DEFERRABLE",
		"INITIALLY",
		"CHARSET",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (plain_is(p, words[i]))
			return true;
	return false;
}

/* The expression of DEFAULT: up to the next attribute. */
static struct str expression(struct plain *p)
{
	const size_t from = p->at;

	do
		plain_step(p);
	while (p->at < p->s.len && (!is_attribute(p) || plain_is(p, "AS")));
	return str_trim(str_slice(p->s, from, p->at));
}

static void attribute(struct plain *p, struct column_def *d)
{
	if (plain_accept(p, "NOT NULL")) {
		d->not_null = true;
	} else if (plain_accept(p, "NULL")) {
		d->null = true;
	} else if (plain_accept(p, "DEFAULT")) {
		d->has_default = true;
		d->default_text = expression(p);
	} else if (plain_accept(p, "PRIMARY KEY")) {
		d->primary_key = true;
		d->not_null = true;
	} else if (plain_accept(p, "UNIQUE")) {
		d->unique = true;
	} else if (plain_accept(p, "CHECK")) {
		d->check = true;
	} else if (plain_accept(p, "REFERENCES")) {
		d->references = true;
		d->references_text = plain_rest(p);
		plain_name(p);
	} else if (plain_accept(p, "GENERATED") || plain_accept(p, "AS")) {
		const struct str rest = plain_rest(p);

		plain_accept(p, "BY DEFAULT");
		d->identity |= str_ifind(rest, STR("IDENTITY")) < 24;
		d->generated |= !d->identity;
		d->generated_stored |=
			d->generated &&
			(str_ifind(rest, STR("STORED")) != (size_t)-1 ||
			 str_ifind(rest, STR("PERSISTED")) != (size_t)-1);
	} else if (plain_accept(p, "IDENTITY") ||
		   plain_accept(p, "AUTO_INCREMENT") ||
		   plain_accept(p, "AUTOINCREMENT")) {
		d->identity = true;
	} else if (plain_accept(p, "ON")) { /* ON DELETE SET NULL, ON UPDATE */
		plain_step(p);
		plain_accept(p, "SET");
		plain_step(p);
	} else {
		plain_step(p);
	}
}

struct column_def column_def_of(struct str text)
{
	struct column_def d = { 0 };
	struct plain p = { text, 0 };

	while (p.at < p.s.len && !is_attribute(&p))
		plain_step(&p);
	d.type = str_trim(str_slice(text, 0, p.at));
	while (p.at < p.s.len)
		attribute(&p, &d);
	return d;
}
