#include "value.h"

#include <stdint.h>

#include "compiler.h"
#include "value_shape.h"
#include "value_words.h"

static unsigned word_bits(struct str word)
{
	const struct value_word *w =
		value_word_find(key_words, ARRAY_LEN(key_words), word);

	return w ? w->bits : 0;
}

/* The next word of a name: `databaseUrl`, `DB_URL` and `db.url` have two. */
static bool next_word(struct str *rest, struct str *word)
{
	const char *p = rest->ptr, *end = p + rest->len, *start;
	bool lower_before = false;

	while (p < end && !is_alpha(*p) && !is_digit(*p))
		p++;
	for (start = p; p < end; p++) {
		const bool is_lower = *p >= 'a' && *p <= 'z';

		if (!is_lower && !is_digit(*p)) {
			if (*p < 'A' || *p > 'Z' || lower_before)
				break;
		}
		lower_before = is_lower;
	}
	*word = (struct str){ start, (size_t)(p - start) };
	*rest = (struct str){ p, (size_t)(end - p) };
	return word->len > 0;
}

static unsigned key_bits(struct str key)
{
	unsigned bits = 0, last = 0;
	struct str word;

	while (next_word(&key, &word)) {
		last = is_digit(word.ptr[0]) ? 0 : word_bits(word);
		bits |= last & ~(unsigned)LAST_ANY;
	}
	return bits | last;
}

/* A database, and not one whose rows may be lost. */
static bool bits_database(unsigned bits)
{
	return (bits & (KEY_DATABASE | KEY_SKIPPED)) == KEY_DATABASE;
}

bool names_database(struct str key)
{
	return bits_database(key_bits(key));
}

bool names_database_url(struct str key)
{
	/* most keys are told apart by their last letter */
	if (!key.len || !strchr("LINGling", key.ptr[key.len - 1]))
		return false;
	const unsigned bits = key_bits(key);

	return bits_database(bits) && bits & LAST_URL;
}

bool names_secret(struct str key)
{
	return key_bits(key) & (KEY_SECRET | LAST_KEY);
}

/* The scheme of a URL with its `://`, or the `file:` of one without. */
static struct str scheme_of(struct str s)
{
	size_t i = 0;

	while (i < s.len && i < 40 &&
	       (is_alpha(s.ptr[i]) || is_digit(s.ptr[i]) || s.ptr[i] == '+' ||
		s.ptr[i] == '-' || s.ptr[i] == '.' || s.ptr[i] == ':')) {
		if (s.ptr[i] == ':' &&
		    (!str_istarts(s, STR("jdbc:")) ||
		     str_starts(str_slice(s, i, s.len), STR("://"))))
			break;
		i++;
	}
	if (!i || !is_alpha(s.ptr[0]))
		return STR("");
	if (str_starts(str_slice(s, i, s.len), STR("://")))
		return str_slice(s, 0, i + 3);
	return i < s.len && s.ptr[i] == ':' ? str_slice(s, 0, i + 1) : STR("");
}

static struct value classified(enum value_class class, struct str detail)
{
	return (struct value){ class, detail, STR("") };
}

/* What is lost with it can be made again. */
static bool is_queue(struct str scheme)
{
	return str_istarts(scheme, STR("redis")) ||
	       str_istarts(scheme, STR("amqp"));
}

static struct value of_url(bool database, struct str s)
{
	const struct str scheme = scheme_of(s);

	if (!shape_is_database_scheme(scheme) &&
	    !(database && str_ends(scheme, STR("://")) &&
	      !str_istarts(scheme, STR("http"))))
		return classified(CLASS_URL, scheme);
	return classified(shape_is_local_host(s) && !is_queue(scheme)
				  ? CLASS_LOCAL
				  : CLASS_DATABASE,
			  scheme);
}

static bool is_number(struct str s)
{
	size_t i = s.len && s.ptr[0] == '-';

	if (i == s.len)
		return false;
	for (; i < s.len; i++)
		if (!is_digit(s.ptr[i]) && s.ptr[i] != '.')
			return false;
	return true;
}

/* What the rest of value_of() does not depend on. */
static struct value of_text(struct str s, const struct value_word *word)
{
	const struct str secret = shape_secret(s);

	if (secret.len)
		return classified(CLASS_SECRET, secret);
	if (word && word->bits & WORD_HARMLESS)
		return classified(CLASS_WORD, word->word);
	if (is_number(s))
		return classified(CLASS_NUMBER, STR(""));
	if (s.ptr[0] == '{' || s.ptr[0] == '[')
		return classified(is_json(s, false) ? CLASS_JSON : CLASS_TEXT,
				  STR(""));
	if (s.ptr[0] == '/' || str_starts(s, STR("./")) ||
	    str_starts(s, STR("../")))
		return classified(CLASS_PATH, STR(""));
	return classified(CLASS_TEXT, STR(""));
}

/* Could it be another thing under another key? Most values could not. */
static bool depends_on_key(struct str s, unsigned bytes,
			   const struct value_word *word)
{
	struct value v;

	if (bytes & (BYTE_EQUALS | BYTE_QUERY))
		return true;
	if (bytes & BYTE_COLON)
		return !str_istarts(s, STR("https://")) &&
		       !str_istarts(s, STR("http://"));
	/* what names an embedded database, or its file, ends like this */
	if (!word && !strchr("3BEbe", s.ptr[s.len - 1]))
		return false;
	return shape_sqlite_name(&v, s, word, true) || shape_sqlite_file(&v, s);
}

struct value value_of(struct str key, struct str value)
{
	const struct str s = str_trim(value);
	struct value v;

	if (!s.len)
		return classified(CLASS_EMPTY, STR(""));
	const unsigned bytes = shape_bytes(s);
	const struct value_word *word = shape_word(s);

	if ((word && word->bits & WORD_PLACEHOLDER) ||
	    shape_is_placeholder(s, bytes))
		return classified(CLASS_PLACEHOLDER, STR(""));
	const unsigned bits =
		depends_on_key(s, bytes, word) ? key_bits(key) : 0;
	const bool database = bits_database(bits);
	const bool skipped = bits & KEY_SKIPPED;

	if ((!skipped && bytes & BYTE_COLON &&
	     shape_sqlite_url(&v, s, database)) ||
	    (!skipped && bits & LAST_SELECTS &&
	     shape_sqlite_name(&v, s, word, database)) ||
	    (database && shape_sqlite_file(&v, s)))
		return v;
	if (bytes & BYTE_COMPUTED && shape_is_computed(s))
		return classified(CLASS_COMPUTED, STR(""));
	if (bytes & BYTE_COLON && scheme_of(s).len &&
	    str_find(s, STR("://")) != SIZE_MAX)
		return of_url(database, s);
	if (database && shape_is_local_string(s))
		return classified(CLASS_LOCAL, STR(""));
	return of_text(s, word);
}

size_t value_parts(const struct value *v, struct str part[VALUE_PARTS])
{
	static const char *const names[] = {
		[CLASS_TEXT] = "text",
		[CLASS_EMPTY] = "empty",
		[CLASS_PLACEHOLDER] = "placeholder",
		[CLASS_COMPUTED] = "computed",
		[CLASS_WORD] = "",
		[CLASS_NUMBER] = "number",
		[CLASS_SQLITE] = "sqlite",
		[CLASS_LOCAL] = "local database",
		[CLASS_DATABASE] = "database",
		[CLASS_URL] = "url",
		[CLASS_SECRET] = "secret",
		[CLASS_PATH] = "path",
		[CLASS_JSON] = "json",
	};
	part[0] = v->class == CLASS_WORD ? v->detail : str_of(names[v->class]);
	if (v->class == CLASS_WORD || !v->detail.len)
		return 1;
	part[1] = STR(" (");
	part[2] = v->detail;
	part[3] = STR(")");
	return 4;
}

struct str value_text(struct arena *a, const struct value *v)
{
	struct str part[VALUE_PARTS];

	return str_join(a, part, value_parts(v, part));
}

/* A token or a line of a key file that stands where a name should. */
static bool looks_random(struct str key)
{
	size_t digits = 0, lowers = 0, uppers = 0;

	if (key.len <= 20 || str_find_byte(key, '_') != SIZE_MAX)
		return false;
	for (size_t i = 0; i < key.len; i++) {
		digits += is_digit(key.ptr[i]);
		lowers += key.ptr[i] >= 'a' && key.ptr[i] <= 'z';
		uppers += key.ptr[i] >= 'A' && key.ptr[i] <= 'Z';
	}
	return digits && lowers > 3 && uppers > 3 &&
	       str_find_byte(key, '.') == SIZE_MAX;
}

/* The longest run of bytes between two dots. */
static size_t longest_part(struct str key)
{
	size_t longest = 0;

	while (key.len > longest) {
		const size_t n = str_find_byte(key, '.');
		const size_t len = n < key.len ? n : key.len;

		longest = len > longest ? len : longest;
		key = str_slice(key, len + 1, key.len);
	}
	return longest;
}

bool key_is_printable(struct str key)
{
	enum { KEY_MAX = 200, PART_MAX = 64 };

	if (!key.len || key.len > KEY_MAX || is_digit(key.ptr[0]))
		return false;
	for (size_t i = 0; i < key.len; i++) {
		const char c = key.ptr[i];

		if (!is_ident(c) && c != '.' && c != '-')
			return false;
	}
	return (key.len <= PART_MAX || longest_part(key) <= PART_MAX) &&
	       !looks_random(key) && !shape_secret(key).len;
}
