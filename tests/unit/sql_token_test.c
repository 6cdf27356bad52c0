/* lib/read/sql_token.c: one token at a time, in every dialect. */
#include "arena.h"
#include "sql_token.h"
#include "strbuf.h"
#include "suite.h"

/* One letter for each kind, in the order of enum sql_kind. */
static const char letters[] = ".scHMTwqSDn;y";

/* The kinds of a text's tokens, "!" behind one that is open. */
static const char *kinds_of(struct str text, enum dialect d, struct arena *a)
{
	struct strbuf b = STRBUF(a);
	uint32_t at = 0;

	while (at < text.len) {
		const struct sql_token t = sql_token_at(text, at, d);

		ck_assert_uint_eq(t.span.off, at);
		ck_assert_uint_gt(t.span.len, 0);
		strbuf_byte(&b, letters[t.kind]);
		if (t.open)
			strbuf_byte(&b, '!');
		at = span_end(t.span);
	}
	ck_assert_uint_eq(at, text.len);
	ck_assert_int_eq(sql_token_at(text, at, d).kind, SQL_END);
	return strbuf_cstr(&b);
}

/* What a text is in the dialects, one letter each: Unknown, Postgres, Mysql,
 * sqLite, Sqlserver, Clickhouse. */
static const struct {
	const char *dialects;
	const char *text;
	const char *kinds;
} rows[] = {
	{ "UPMLSC", "", "" },
	{ "UPMLSC", "DROP TABLE a;", "wswsw;" },
	{ "UPMLSC", " \t\r\n\v\f", "s" },
	{ "UPMLSC", "a.b,(1)", "wywyyny" },
	{ "UPMLSC", "1e5 0x1F 2fa", "nsnsn" },
	{ "UPMLSC", "na\xc3\xafve \xc3\xa4", "wsw" },
	{ "UPMLSC", "-- to the end; 'x\nb", "csw" },
	{ "UPMLSC", "--", "c" },
	{ "UPMLSC", "a - b / c", "wsyswsysw" },
	/* strings */
	{ "UPMLSC", "'it''s'a", "Sw" },
	{ "UPMLSC", "'open ", "S!" },
	{ "UPMLSC", "''", "S" },
	{ "UPMLSC", "N'x' e'y' b'1' X'F'", "SsSsSsS" },
	{ "UPMLSC", "U&'x' n 'x'", "SswsS" },
	{ "UPLS", "'a\\'b", "Sw" },
	{ "MC", "'a\\'b", "S!" },
	{ "MC", "'a\\\\'b", "Sw" },
	{ "UPMLSC", "E'a\\'b'", "S" },
	{ "UPLSC", "\"a\"\"b\"", "q" },
	{ "M", "\"a\"\"b\"", "S" },
	{ "M", "\"a\\\"b\"", "S" },
	{ "UPMLSC", "`a``b`", "q" },
	{ "UPMLSC", "`open", "q!" },
	/* brackets */
	{ "LS", "[a b]", "q" },
	{ "S", "[a]]b]", "q" },
	{ "S", "[#t].[$x]", "qyq" },
	{ "LS", "[open", "q!" },
	{ "UPMC", "a[1]", "wyny" },
	{ "LS", "a[1]", "wyny" },
	/* comments */
	{ "UMLC", "/* a /* b */ c", "csw" },
	{ "PS", "/* a /* b */ c", "c!" },
	{ "PS", "/* a /* b */ */ c", "csw" },
	{ "UPMLSC", "/*/ a", "c!" },
	{ "UPMLSC", "/**/a", "cw" },
	{ "UPMLSC", "/* a", "c!" },
	{ "M", "# a\nb", "csw" },
	{ "UPL", "#a", "yw" },
	{ "S", "#a ##b", "wsw" },
	{ "UPMLSC", "/*!50001 a */", "HswsH" },
	{ "UPMLSC", "a */ b", "wsHsw" },
	/* dollars */
	{ "UPLC", "$$a;'b$$", "D" },
	{ "UPLC", "$t$ $$ $t$a", "Dw" },
	{ "UPLC", "$t$ $T$", "D!" },
	{ "UPLC", "$$open", "D!" },
	{ "MS", "$$a$$", "w" },
	{ "UPMLSC", "$1", "w" },
	{ "UPMLSC", "a$b$c", "w" },
	/* names with a sigil */
	{ "UPMLSC", "@a @@b", "wsw" },
	{ "UPMLSC", "@ a", "ysw" },
	{ "UPMLSC", ":a ::b", "ywsyyw" },
	/* templates */
	{ "UPMLSC", "{{ .x }}_y", "w" },
	{ "UPMLSC", "pre_${x}", "w" },
	{ "UPMLSC", "#{x}", "w" },
	{ "UPMLSC", "{x}", "w" },
	{ "UPMLSC", "{{ if .x }}a{{ end }}", "TwT" },
	{ "UPMLSC", "{% if x %}a", "Tw" },
	{ "UPMLSC", "<% x %>a", "Tw" },
	{ "UPMLSC", "a_<%= x %>_b", "w" },
	{ "UPMLSC", "{{- /* x */ -}}a", "Tw" },
	{ "UPMLSC", "{{! x }}{{ $y := 1 }}", "TT" },
	{ "UPMLSC", "{# x #}a", "Tw" },
	{ "UPMLSC", "{{ ifx }}", "w" },
	{ "UPMLSC", "{ a }", "yswsy" },
	{ "UPMLSC", "{a\n}", "ywsy" },
	{ "UPMLSC", "{a;}", "yw;y" },
	{ "UPMLSC", "{{", "yy" },
	/* psql */
	{ "UPMLSC", "\\c x\na", "Msw" },
	{ "UPMLSC", "a\n\\c x", "wsM" },
	{ "UPMLSC", "a \\gset x\nb", "wsMsw" },
	{ "UPMLSC", "a \\G", "wsM" },
	{ "UPMLSC", "(a, \\N)", "ywysywy" },
};

START_TEST(a_text_has_the_tokens_of_its_dialect)
{
	struct arena a = { 0 };
	const struct str text = str_of(rows[_i].text);

	for (const char *d = "UPMLSC"; *d; d++) {
		const char *got;

		if (!strchr(rows[_i].dialects, *d))
			continue;
		got = kinds_of(text, (enum dialect)(d - "UPMLSC"), &a);
		ck_assert_msg(!strcmp(got, rows[_i].kinds),
			      "%s in %c: %s is not %s", rows[_i].text, *d, got,
			      rows[_i].kinds);
	}
	arena_free(&a);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("tokens");

	tcase_add_loop_test(tc, a_text_has_the_tokens_of_its_dialect, 0,
			    (int)ARRAY_LEN(rows));
	return suite_status(suite_create("sql tokens"), tc);
}
