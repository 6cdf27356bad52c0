/* lib/base: arena, map, str, strbuf. */
#include <stdint.h>

#include "arena.h"
#include "err.h"
#include "map.h"
#include "strbuf.h"
#include "suite.h"
#include "vec.h"

static struct arena arena;

static bool is_zero(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (p[i])
			return false;
	return true;
}

START_TEST(memory_of_an_arena_is_zeroed_even_after_a_rewind)
{
	const struct arena_mark mark = arena_mark(&arena);

	for (size_t size = 1; size < 300 * 1000; size *= 3) {
		char *p = arena_alloc(&arena, size);

		ck_assert(is_zero(p, size));
		ck_assert_uint_eq((uintptr_t)p % _Alignof(max_align_t), 0);
		memset(p, 'x', size);
	}
	arena_rewind(&arena, mark);
	for (int i = 0; i < 100; i++) {
		char *p = arena_alloc(&arena, 1000);

		ck_assert(is_zero(p, 1000));
		memset(p, 'y', 1000);
	}
	arena_free(&arena);
}
END_TEST

START_TEST(rewinding_an_arena_keeps_what_came_before_the_mark)
{
	char *kept = arena_copy(&arena, "kept", 4);
	const struct arena_mark mark = arena_mark(&arena);

	for (int i = 0; i < 50; i++) {
		memset(arena_alloc(&arena, 100 * 1000), 'x', 100 * 1000);
		arena_rewind(&arena, mark);
	}
	ck_assert_str_eq(kept, "kept");
	ck_assert_str_eq(arena_format(&arena, "%s %d", kept, 7), "kept 7");
	arena_free(&arena);
}
END_TEST

START_TEST(an_arena_grows_beyond_any_of_its_blocks)
{
	enum { COUNT = 2000, EACH = 5000, LARGE = 5 * 1000 * 1000 };
	char *piece[COUNT];

	for (int i = 0; i < COUNT; i++) {
		piece[i] = arena_bytes(&arena, EACH);
		memset(piece[i], i % 128, EACH);
	}
	const struct arena_mark mark = arena_mark(&arena);

	memset(arena_bytes(&arena, LARGE), 'x', LARGE);
	memset(arena_bytes(&arena, EACH), 'y', EACH);
	arena_rewind(&arena, mark);
	memset(arena_bytes(&arena, EACH), 'z', EACH);
	for (int i = 0; i < COUNT; i++) {
		ck_assert_int_eq(piece[i][0], i % 128);
		ck_assert_int_eq(piece[i][EACH - 1], i % 128);
	}
	arena_free(&arena);
}
END_TEST

START_TEST(an_arena_can_be_used_again_after_it_was_freed)
{
	arena_free(&arena);
	ck_assert_str_eq(arena_copy(&arena, "", 0), "");
	arena_free(&arena);
}
END_TEST

START_TEST(a_map_finds_what_was_put_and_nothing_else)
{
	struct map m = { 0 };
	int values[500];

	ck_assert_ptr_null(map_get(&m, STR("k")));
	map_remove(&m, STR("k"));
	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		map_put(&m, &arena, str_of(arena_format(&arena, "k%zu", i)),
			&values[i]);
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		const char *key = arena_format(&arena, "k%zu", i);

		ck_assert_ptr_eq(map_get(&m, str_of(key)), &values[i]);
	}
	ck_assert_ptr_null(map_get(&m, STR("k500")));
	ck_assert_ptr_null(map_get(&m, STR("")));
	ck_assert_uint_eq(m.count, ARRAY_LEN(values));
	arena_free(&arena);
}
END_TEST

START_TEST(a_removed_key_can_come_back_in_its_old_place)
{
	struct map m = { 0 };
	int one, two;

	map_put(&m, &arena, STR("a"), &one);
	map_put(&m, &arena, STR("b"), &two);
	map_remove(&m, STR("a"));
	ck_assert_ptr_null(map_get(&m, STR("a")));
	ck_assert_ptr_eq(map_get(&m, STR("b")), &two);
	map_put(&m, &arena, STR("a"), &two);
	ck_assert_ptr_eq(map_get(&m, STR("a")), &two);
	ck_assert_uint_eq(m.count, 2);
	str_is(m.slot[0].key, "a");
	arena_free(&arena);
}
END_TEST

START_TEST(slices_are_clamped_to_the_text)
{
	str_is(str_slice(STR("hook"), 1, 3), "oo");
	str_is(str_slice(STR("hook"), 2, SIZE_MAX), "ok");
	str_is(str_slice(STR("hook"), 9, 12), "");
	str_is(str_slice(STR("hook"), 3, 1), "");
	str_is(str_slice((struct str){ NULL, 0 }, 0, 5), "");
	str_is(str_of(NULL), "");
}
END_TEST

START_TEST(prefixes_and_suffixes_are_found_in_any_case_where_asked)
{
	ck_assert(str_starts(STR("up.sql"), STR("up")));
	ck_assert(str_starts(STR("up"), STR("")));
	ck_assert(!str_starts(STR("u"), STR("up")));
	ck_assert(str_ends(STR("up.sql"), STR(".sql")));
	ck_assert(!str_ends(STR("sql"), STR(".sql")));
	ck_assert(!str_ends(STR("up.SQL"), STR(".sql")));
	ck_assert(str_iends(STR("up.SQL"), STR(".sql")));
	ck_assert(str_istarts(STR("DROP x"), STR("drop ")));
	ck_assert(!str_istarts(STR("DRO"), STR("drop")));
	ck_assert(str_ieq(STR("aZ"), STR("Az")));
	ck_assert(!str_ieq(STR("a"), STR("ab")));
	/* ASCII only: these two differ by the bit that makes case */
	ck_assert(!str_ieq(STR("\xc3\x84"), STR("\xc3\xa4")));
	ck_assert(!str_ieq(STR("["), STR("{")));
}
END_TEST

START_TEST(only_the_letters_of_ascii_become_large)
{
	char text[256], out[256];

	for (int i = 0; i < 256; i++)
		text[i] = (char)i;
	for (size_t from = 0; from < 9; from++) {
		const struct str s = { text + from, sizeof(text) - from };

		str_upper_to(out, s);
		for (size_t i = 0; i < s.len; i++)
			ck_assert_int_eq(out[i], upper(s.ptr[i]));
	}
}
END_TEST

START_TEST(a_needle_is_found_at_its_first_place)
{
	ck_assert_uint_eq(str_find(STR("aab"), STR("ab")), 1);
	ck_assert_uint_eq(str_find(STR("aab"), STR("")), 0);
	ck_assert(str_find(STR("aab"), STR("abc")) == SIZE_MAX);
	ck_assert(str_find(STR(""), STR("a")) == SIZE_MAX);
	ck_assert_uint_eq(str_ifind(STR("x DROP drop"), STR("drop")), 2);
	ck_assert_uint_eq(str_ifind(STR("a -- x -- Y"), STR("-- y")), 7);
	ck_assert(str_ifind(STR("a -- x"), STR("-- y")) == SIZE_MAX);
	ck_assert_uint_eq(str_ifind(STR("a"), STR("")), 0);
	ck_assert_uint_eq(str_find_byte(STR("a\0b"), '\0'), 1);
	ck_assert(str_find_byte(STR(""), 'a') == SIZE_MAX);
}
END_TEST

START_TEST(lines_end_in_lf_or_crlf_and_the_last_in_neither)
{
	static const char *const lines[] = { "a", "", "b\rc", "d" };
	struct str rest = STR("a\r\n\nb\rc\nd"), line;
	size_t n = 0;

	while (str_next_line(&rest, &line))
		str_is(line, lines[n++]);
	ck_assert_uint_eq(n, ARRAY_LEN(lines));
	rest = STR("a\n");
	ck_assert(str_next_line(&rest, &line));
	ck_assert(!str_next_line(&rest, &line));
}
END_TEST

START_TEST(blanks_are_trimmed_at_both_ends_only)
{
	str_is(str_trim(STR(" \t\r\n a b \v\f")), "a b");
	str_is(str_trim(STR("  ")), "");
	str_is(str_trim(STR("")), "");
}
END_TEST

/* Each is less than the next. */
static const char *const in_order[] = {
	"",	   "1",	      "1_users", "V1_2__b", "V1_10__a", "V2__a",
	"V010__a", "V010__b", "a",	 "a01",	    "a1",	"a1b",
	"a2",	   "a010",    "a10b",	 "ab",	    "b",	"\xc3\xa4",
};

START_TEST(numbers_in_names_are_compared_by_value)
{
	for (size_t i = 0; i < ARRAY_LEN(in_order); i++)
		for (size_t n = 0; n < ARRAY_LEN(in_order); n++) {
			const int c = str_natural_cmp(str_of(in_order[i]),
						      str_of(in_order[n]));
			const int wanted = (i > n) - (i < n);

			ck_assert_msg((c > 0) - (c < 0) == wanted, "%s and %s",
				      in_order[i], in_order[n]);
		}
}
END_TEST

START_TEST(bytes_are_compared_with_the_shorter_first)
{
	ck_assert_int_lt(str_cmp(STR("a"), STR("ab")), 0);
	ck_assert_int_gt(str_cmp(STR("b"), STR("ab")), 0);
	ck_assert_int_eq(str_cmp(STR("ab"), STR("ab")), 0);
	ck_assert_int_gt(str_cmp(STR("\xff"), STR("a")), 0);
	ck_assert_int_lt(str_cmp(STR(""), STR("a")), 0);
}
END_TEST

START_TEST(parts_are_joined_without_anything_between)
{
	struct arena a = { 0 };
	const struct str parts[] = { STR("A"), STR(""), STR(" = "), STR("b") };

	ck_assert(str_eq(str_join(&a, parts, 4), STR("A = b")));
	ck_assert_uint_eq(str_join(&a, parts, 0).len, 0);
	arena_free(&a);
}
END_TEST

START_TEST(an_index_finds_items_by_the_name_they_have)
{
	struct arena a = { 0 };
	const struct {
		int other;
		struct str name;
	} items[] = { { 1, STR_INIT("a") }, { 2, STR_INIT("b") } };
	const struct index x = index_new(&a, 2, &items[0].name, sizeof(*items));

	ck_assert_uint_eq(*index_place(&x, STR("a")), 0);
	*index_place(&x, STR("a")) = 1;
	*index_place(&x, STR("b")) = 2;
	ck_assert_uint_eq(*index_place(&x, STR("a")), 1);
	ck_assert_uint_eq(*index_place(&x, STR("b")), 2);
	ck_assert_uint_eq(*index_place(&x, STR("c")), 0);
	arena_free(&a);
}
END_TEST

/* Fingerprints of findings are made of it: people keep them. */
START_TEST(a_hash_is_the_same_on_every_machine)
{
	ck_assert_uint_eq(str_hash(0, STR("users")), 0xfbfeb5fb8bfe4287u);
	ck_assert_uint_eq(str_hash(1, STR("migrations/0001_users.sql")),
			  0x2a84b7841f972ddeu);
	ck_assert_uint_ne(str_hash(0, STR("user1")), str_hash(0, STR("user2")));
	ck_assert_uint_ne(str_hash(0, STR("a")), str_hash(0, STR("")));
	ck_assert_uint_ne(str_hash(str_hash(0, STR("ab")), STR("c")),
			  str_hash(str_hash(0, STR("a")), STR("bc")));
}
END_TEST

START_TEST(a_slip_of_the_finger_is_one_edit)
{
	ck_assert_uint_eq(str_distance(STR("drop"), STR("drop"), 3), 0);
	ck_assert_uint_eq(str_distance(STR("drop"), STR("drp"), 3), 1);
	ck_assert_uint_eq(str_distance(STR("drop"), STR("droop"), 3), 1);
	ck_assert_uint_eq(str_distance(STR("drop"), STR("drip"), 3), 1);
	ck_assert_uint_eq(str_distance(STR("drop"), STR("dorp"), 3), 1);
	ck_assert_uint_eq(str_distance(STR("index"), STR("idnexx"), 3), 2);
	ck_assert_uint_eq(str_distance(STR("drop"), STR("create"), 3), 4);
	ck_assert_uint_eq(str_distance(STR(""), STR("ab"), 3), 2);
}
END_TEST

START_TEST(what_is_too_long_to_compare_is_far_away)
{
	char far[100];

	memset(far, 'a', sizeof(far));
	ck_assert_uint_eq(
		str_distance((struct str){ far, sizeof(far) }, STR("a"), 5), 6);
}
END_TEST

START_TEST(a_buffer_grows_byte_by_byte_and_by_the_format)
{
	struct strbuf b = STRBUF(&arena);

	str_is(strbuf_str(&b), "");
	ck_assert_str_eq(strbuf_cstr(&b), "");
	for (int i = 0; i < 1000; i++)
		strbuf_byte(&b, 'a');
	strbuf_add(&b, STR(""));
	strbuf_printf(&b, "%d-%s", 42, "x");
	strbuf_printf(&b, "%s", "");
	strbuf_puts(&b, "!");
	ck_assert_uint_eq(b.len, 1005);
	ck_assert_str_eq(strbuf_cstr(&b) + 999, "a42-x!");
	ck_assert_uint_eq(b.len, 1005);
	arena_free(&arena);
}
END_TEST

START_TEST(a_vector_keeps_its_items_when_it_grows)
{
	struct numbers VEC(size_t) v = { 0 };
	size_t sum = 0;

	vec_each(size_t, n, &v)
		sum += *n;
	for (size_t i = 0; i < 1000; i++)
		vec_push(&v, &arena, i);
	vec_each(size_t, n, &v)
		sum += *n;
	ck_assert_uint_eq(sum, 499500);
	ck_assert_uint_eq(*vec_last(&v), 999);
	arena_free(&arena);
}
END_TEST

START_TEST(an_error_too_long_for_its_place_is_cut)
{
	struct err err;
	char name[1000];

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	ck_assert_int_eq(err_set(&err, "no %s", name), -1);
	ck_assert_uint_lt(strlen(err.text), sizeof(err.text));
	ck_assert(!strncmp(err.text, "no nnn", 6));
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("base");

	tcase_add_test(tc, memory_of_an_arena_is_zeroed_even_after_a_rewind);
	tcase_add_test(tc, rewinding_an_arena_keeps_what_came_before_the_mark);
	tcase_add_test(tc, an_arena_grows_beyond_any_of_its_blocks);
	tcase_add_test(tc, an_arena_can_be_used_again_after_it_was_freed);
	tcase_add_test(tc, a_map_finds_what_was_put_and_nothing_else);
	tcase_add_test(tc, a_removed_key_can_come_back_in_its_old_place);
	tcase_add_test(tc, slices_are_clamped_to_the_text);
	tcase_add_test(tc,
		       prefixes_and_suffixes_are_found_in_any_case_where_asked);
	tcase_add_test(tc, only_the_letters_of_ascii_become_large);
	tcase_add_test(tc, a_needle_is_found_at_its_first_place);
	tcase_add_test(tc, lines_end_in_lf_or_crlf_and_the_last_in_neither);
	tcase_add_test(tc, blanks_are_trimmed_at_both_ends_only);
	tcase_add_test(tc, numbers_in_names_are_compared_by_value);
	tcase_add_test(tc, bytes_are_compared_with_the_shorter_first);
	tcase_add_test(tc, parts_are_joined_without_anything_between);
	tcase_add_test(tc, an_index_finds_items_by_the_name_they_have);
	tcase_add_test(tc, a_hash_is_the_same_on_every_machine);
	tcase_add_test(tc, a_slip_of_the_finger_is_one_edit);
	tcase_add_test(tc, what_is_too_long_to_compare_is_far_away);
	tcase_add_test(tc, a_buffer_grows_byte_by_byte_and_by_the_format);
	tcase_add_test(tc, a_vector_keeps_its_items_when_it_grows);
	tcase_add_test(tc, an_error_too_long_for_its_place_is_cut);
	return suite_status(suite_create("base"), tc);
}
