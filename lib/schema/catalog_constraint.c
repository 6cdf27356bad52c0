#include "catalog_parts.h"
#include "strbuf.h"

static void columns_of_list(struct words_list *out, struct catalog *c,
			    struct str list)
{
	struct words_list raw = { 0 };

	plain_split(&raw, list, c->arena);
	vec_each(struct str, one, &raw) {
		struct plain p = { *one, 0 };

		vec_push(out, c->arena,
			 plain_fold(plain_name(&p), c->dialect, c->arena));
	}
}

/* The names PostgreSQL gives to constraints without one (makeObjectName). */
static struct str constraint_name(struct catalog *c, const struct table *t,
				  const struct constraint *k)
{
	static const char *const suffix[] = {
		[CONSTRAINT_CHECK] = "_check",
		[CONSTRAINT_UNIQUE] = "_key",
		[CONSTRAINT_PRIMARY_KEY] = "_pkey",
		[CONSTRAINT_FOREIGN_KEY] = "_fkey",
		[CONSTRAINT_EXCLUDE] = "_excl",
		[CONSTRAINT_OTHER] = "",
	};
	struct strbuf cols = STRBUF(c->arena);
	const struct str table = plain_last_part(t->name);

	if (k->kind == CONSTRAINT_PRIMARY_KEY)
		return catalog_joined(c, table, "", STR(""), suffix[k->kind]);
	if (k->kind == CONSTRAINT_CHECK && k->columns.count != 1)
		return catalog_joined(c, table, "", STR(""), suffix[k->kind]);
	vec_each(struct str, one, &k->columns) {
		if (cols.len)
			strbuf_byte(&cols, '_');
		strbuf_add(&cols, *one);
	}
	return catalog_joined(c, table, "_", strbuf_str(&cols),
			      suffix[k->kind]);
}

static void constraint_add(struct catalog *c, struct table *t,
			   struct constraint k)
{
	k.change = c->change;
	k.validated = !str_iends(k.text, STR("NOT VALID"));
	if (!k.name.len) {
		k.name = constraint_name(c, t, &k);
		/* before PostgreSQL 12 only the first column */
		k.unsure =
			k.columns.count > 1 && k.kind != CONSTRAINT_PRIMARY_KEY;
	}
	vec_push(&t->constraints, c->arena, k);
	if (k.kind != CONSTRAINT_PRIMARY_KEY)
		return;
	vec_each(struct str, name, &k.columns) {
		struct column *col = table_column(t, *name);

		if (col)
			col->not_null = true;
	}
}

/* The columns a CHECK speaks of: those of the table it mentions. */
static void check_columns(struct catalog *c, const struct table *t,
			  struct constraint *k)
{
	for (size_t i = 0; i < t->columns.count; i++)
		if (plain_mentions(k->text, t->columns.item[i].name))
			vec_push(&k->columns, c->arena,
				 t->columns.item[i].name);
}

void constraint_read(struct catalog *c, struct table *t, struct str name,
		     struct str text)
{
	struct plain p = { text, 0 };
	struct constraint k = { .name = name,
				.kind = CONSTRAINT_OTHER,
				.text = text };

	if (plain_accept(&p, "PRIMARY KEY")) {
		k.kind = CONSTRAINT_PRIMARY_KEY;
	} else if (plain_accept(&p, "UNIQUE")) {
		k.kind = CONSTRAINT_UNIQUE;
	} else if (plain_accept(&p, "FOREIGN KEY")) {
		k.kind = CONSTRAINT_FOREIGN_KEY;
	} else if (plain_accept(&p, "CHECK")) {
		k.kind = CONSTRAINT_CHECK;
		check_columns(c, t, &k);
		constraint_add(c, t, k);
		return;
	} else if (plain_accept(&p, "EXCLUDE")) {
		k.kind = CONSTRAINT_EXCLUDE;
	}
	if (plain_accept(&p, "USING INDEX")) {
		const struct str index =
			plain_fold(plain_name(&p), c->dialect, c->arena);

		if (!k.name.len)
			k.name = index;
		map_remove(&c->indexes, index);
	}
	while (p.at < p.s.len && p.s.ptr[p.at] != '(')
		plain_step(&p);
	columns_of_list(&k.columns, c, plain_parens(&p));
	if (plain_accept(&p, "REFERENCES")) {
		k.refers = plain_fold(plain_name(&p), c->dialect, c->arena);
		k.cascades =
			str_ifind(text, STR("ON DELETE CASCADE")) != (size_t)-1;
	}
	constraint_add(c, t, k);
}

void constraint_of_column(struct catalog *c, struct table *t, struct str column,
			  enum constraint_kind kind, const struct column_def *d)
{
	struct constraint k = { .kind = kind };

	vec_push(&k.columns, c->arena, column);
	if (kind == CONSTRAINT_FOREIGN_KEY) {
		struct plain p = { d->references_text, 0 };

		k.refers = plain_fold(plain_name(&p), c->dialect, c->arena);
		k.cascades = str_ifind(d->references_text,
				       STR("ON DELETE CASCADE")) != (size_t)-1;
	}
	constraint_add(c, t, k);
}

void constraint_drop(struct table *t, struct str name)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->constraints.count; i++) {
		const struct constraint *k = &t->constraints.item[i];
		const bool gone = name.len ? str_eq(k->name, name)
					   : k->kind == CONSTRAINT_PRIMARY_KEY;

		if (!gone)
			t->constraints.item[kept++] = *k;
	}
	t->constraints.count = kept;
}
