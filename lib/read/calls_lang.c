#include "lang.h"

#include "compiler.h"

/*
 * The languages. To add one: a list of its words, sorted by bytes, and a row
 * in `languages` below; then name it in the framework's file.
 */
static const struct lang_word ruby_words[] = {
	{ "BEGIN", ROLE_BLOCK },
	{ "and", ROLE_MODIFIER },
	{ "begin", ROLE_BLOCK },
	{ "case", ROLE_BRANCH },
	{ "class", ROLE_CLASS },
	{ "def", ROLE_FUNCTION },
	{ "defined?", ROLE_PREFIX },
	{ "do", ROLE_DO },
	{ "else", ROLE_PREFIX },
	{ "elsif", ROLE_PREFIX },
	{ "end", ROLE_END },
	{ "ensure", ROLE_PREFIX },
	{ "false", ROLE_CONSTANT },
	{ "for", ROLE_LOOP },
	{ "if", ROLE_BRANCH },
	{ "in", ROLE_PREFIX },
	{ "module", ROLE_CLASS },
	{ "next", ROLE_PREFIX },
	{ "nil", ROLE_CONSTANT },
	{ "not", ROLE_PREFIX },
	{ "or", ROLE_MODIFIER },
	{ "private", ROLE_QUALIFIER },
	{ "protected", ROLE_QUALIFIER },
	{ "public", ROLE_QUALIFIER },
	{ "rescue", ROLE_MODIFIER },
	{ "return", ROLE_PREFIX },
	{ "self", ROLE_CONSTANT },
	{ "then", ROLE_MODIFIER },
	{ "true", ROLE_CONSTANT },
	{ "unless", ROLE_BRANCH },
	{ "until", ROLE_LOOP },
	{ "when", ROLE_PREFIX },
	{ "while", ROLE_LOOP },
	{ NULL, ROLE_NAME },
};

static const struct lang_word elixir_words[] = {
	{ "after", ROLE_PREFIX },
	{ "and", ROLE_MODIFIER },
	{ "case", ROLE_BRANCH },
	{ "catch", ROLE_PREFIX },
	{ "cond", ROLE_BRANCH },
	{ "def", ROLE_FUNCTION },
	{ "defimpl", ROLE_CLASS },
	{ "defmacro", ROLE_FUNCTION },
	{ "defmacrop", ROLE_FUNCTION },
	{ "defmodule", ROLE_CLASS },
	{ "defp", ROLE_FUNCTION },
	{ "defprotocol", ROLE_CLASS },
	{ "do", ROLE_DO },
	{ "else", ROLE_PREFIX },
	{ "end", ROLE_END },
	{ "false", ROLE_CONSTANT },
	{ "fn", ROLE_BLOCK },
	{ "for", ROLE_LOOP },
	{ "if", ROLE_BRANCH },
	{ "in", ROLE_MODIFIER },
	{ "nil", ROLE_CONSTANT },
	{ "not", ROLE_PREFIX },
	{ "or", ROLE_MODIFIER },
	{ "rescue", ROLE_PREFIX },
	{ "true", ROLE_CONSTANT },
	{ "unless", ROLE_BRANCH },
	{ "when", ROLE_MODIFIER },
	{ "with", ROLE_LOOP },
	{ NULL, ROLE_NAME },
};

static const struct lang_word python_words[] = {
	{ "False", ROLE_CONSTANT },  { "None", ROLE_CONSTANT },
	{ "True", ROLE_CONSTANT },   { "and", ROLE_PREFIX },
	{ "async", ROLE_QUALIFIER }, { "await", ROLE_PREFIX },
	{ "class", ROLE_CLASS },     { "def", ROLE_FUNCTION },
	{ "del", ROLE_PREFIX },	     { "elif", ROLE_BRANCH },
	{ "else", ROLE_BRANCH },     { "except", ROLE_BRANCH },
	{ "finally", ROLE_BLOCK },   { "for", ROLE_LOOP },
	{ "if", ROLE_BRANCH },	     { "in", ROLE_PREFIX },
	{ "is", ROLE_PREFIX },	     { "lambda", ROLE_PREFIX },
	{ "not", ROLE_PREFIX },	     { "or", ROLE_PREFIX },
	{ "raise", ROLE_PREFIX },    { "return", ROLE_PREFIX },
	{ "try", ROLE_BLOCK },	     { "while", ROLE_LOOP },
	{ "with", ROLE_BLOCK },	     { "yield", ROLE_PREFIX },
	{ NULL, ROLE_NAME },
};

static const struct lang_word javascript_words[] = {
	{ "abstract", ROLE_QUALIFIER },
	{ "async", ROLE_QUALIFIER },
	{ "await", ROLE_PREFIX },
	{ "case", ROLE_PREFIX },
	{ "catch", ROLE_BRANCH },
	{ "class", ROLE_CLASS },
	{ "const", ROLE_QUALIFIER },
	{ "delete", ROLE_PREFIX },
	{ "do", ROLE_BLOCK },
	{ "else", ROLE_BRANCH },
	{ "export", ROLE_QUALIFIER },
	{ "false", ROLE_CONSTANT },
	{ "finally", ROLE_BLOCK },
	{ "for", ROLE_LOOP },
	{ "function", ROLE_FUNCTION },
	{ "if", ROLE_BRANCH },
	{ "in", ROLE_PREFIX },
	{ "instanceof", ROLE_PREFIX },
	{ "interface", ROLE_CLASS },
	{ "let", ROLE_QUALIFIER },
	{ "namespace", ROLE_CLASS },
	{ "new", ROLE_PREFIX },
	{ "null", ROLE_CONSTANT },
	{ "of", ROLE_PREFIX },
	{ "override", ROLE_QUALIFIER },
	{ "private", ROLE_QUALIFIER },
	{ "protected", ROLE_QUALIFIER },
	{ "public", ROLE_QUALIFIER },
	{ "readonly", ROLE_QUALIFIER },
	{ "return", ROLE_PREFIX },
	{ "static", ROLE_QUALIFIER },
	{ "switch", ROLE_BRANCH },
	{ "this", ROLE_CONSTANT },
	{ "throw", ROLE_PREFIX },
	{ "true", ROLE_CONSTANT },
	{ "try", ROLE_BLOCK },
	{ "typeof", ROLE_PREFIX },
	{ "undefined", ROLE_CONSTANT },
	{ "var", ROLE_QUALIFIER },
	{ "void", ROLE_PREFIX },
	{ "while", ROLE_LOOP },
	{ "yield", ROLE_PREFIX },
	{ NULL, ROLE_NAME },
};

static const struct lang_word php_words[] = {
	{ "abstract", ROLE_QUALIFIER },
	{ "and", ROLE_PREFIX },
	{ "as", ROLE_PREFIX },
	{ "case", ROLE_PREFIX },
	{ "catch", ROLE_BRANCH },
	{ "class", ROLE_CLASS },
	{ "clone", ROLE_PREFIX },
	{ "const", ROLE_QUALIFIER },
	{ "do", ROLE_BLOCK },
	{ "echo", ROLE_PREFIX },
	{ "else", ROLE_BRANCH },
	{ "elseif", ROLE_BRANCH },
	{ "false", ROLE_CONSTANT },
	{ "final", ROLE_QUALIFIER },
	{ "finally", ROLE_BLOCK },
	{ "fn", ROLE_FUNCTION },
	{ "for", ROLE_LOOP },
	{ "foreach", ROLE_LOOP },
	{ "function", ROLE_FUNCTION },
	{ "if", ROLE_BRANCH },
	{ "instanceof", ROLE_PREFIX },
	{ "interface", ROLE_CLASS },
	{ "new", ROLE_PREFIX },
	{ "null", ROLE_CONSTANT },
	{ "or", ROLE_PREFIX },
	{ "private", ROLE_QUALIFIER },
	{ "protected", ROLE_QUALIFIER },
	{ "public", ROLE_QUALIFIER },
	{ "readonly", ROLE_QUALIFIER },
	{ "return", ROLE_PREFIX },
	{ "static", ROLE_QUALIFIER },
	{ "switch", ROLE_BRANCH },
	{ "throw", ROLE_PREFIX },
	{ "trait", ROLE_CLASS },
	{ "true", ROLE_CONSTANT },
	{ "try", ROLE_BLOCK },
	{ "use", ROLE_PREFIX },
	{ "while", ROLE_LOOP },
	{ NULL, ROLE_NAME },
};

static const struct lang_word csharp_words[] = {
	{ "abstract", ROLE_QUALIFIER },
	{ "async", ROLE_QUALIFIER },
	{ "await", ROLE_PREFIX },
	{ "case", ROLE_PREFIX },
	{ "catch", ROLE_BRANCH },
	{ "class", ROLE_CLASS },
	{ "const", ROLE_QUALIFIER },
	{ "do", ROLE_BLOCK },
	{ "else", ROLE_BRANCH },
	{ "false", ROLE_CONSTANT },
	{ "finally", ROLE_BLOCK },
	{ "for", ROLE_LOOP },
	{ "foreach", ROLE_LOOP },
	{ "if", ROLE_BRANCH },
	{ "in", ROLE_PREFIX },
	{ "internal", ROLE_QUALIFIER },
	{ "lock", ROLE_BLOCK },
	{ "namespace", ROLE_CLASS },
	{ "new", ROLE_PREFIX },
	{ "null", ROLE_CONSTANT },
	{ "override", ROLE_QUALIFIER },
	{ "partial", ROLE_QUALIFIER },
	{ "private", ROLE_QUALIFIER },
	{ "protected", ROLE_QUALIFIER },
	{ "public", ROLE_QUALIFIER },
	{ "readonly", ROLE_QUALIFIER },
	{ "return", ROLE_PREFIX },
	{ "sealed", ROLE_QUALIFIER },
	{ "static", ROLE_QUALIFIER },
	{ "struct", ROLE_CLASS },
	{ "switch", ROLE_BRANCH },
	{ "this", ROLE_CONSTANT },
	{ "throw", ROLE_PREFIX },
	{ "true", ROLE_CONSTANT },
	{ "try", ROLE_BLOCK },
	{ "using", ROLE_BLOCK },
	{ "virtual", ROLE_QUALIFIER },
	{ "while", ROLE_LOOP },
	{ NULL, ROLE_NAME },
};

static const struct lang_word java_words[] = {
	{ "abstract", ROLE_QUALIFIER }, { "case", ROLE_PREFIX },
	{ "catch", ROLE_BRANCH },	{ "class", ROLE_CLASS },
	{ "do", ROLE_BLOCK },		{ "else", ROLE_BRANCH },
	{ "enum", ROLE_CLASS },		{ "false", ROLE_CONSTANT },
	{ "final", ROLE_QUALIFIER },	{ "finally", ROLE_BLOCK },
	{ "for", ROLE_LOOP },		{ "if", ROLE_BRANCH },
	{ "instanceof", ROLE_PREFIX },	{ "interface", ROLE_CLASS },
	{ "new", ROLE_PREFIX },		{ "null", ROLE_CONSTANT },
	{ "private", ROLE_QUALIFIER },	{ "protected", ROLE_QUALIFIER },
	{ "public", ROLE_QUALIFIER },	{ "record", ROLE_CLASS },
	{ "return", ROLE_PREFIX },	{ "static", ROLE_QUALIFIER },
	{ "switch", ROLE_BRANCH },	{ "synchronized", ROLE_BLOCK },
	{ "this", ROLE_CONSTANT },	{ "throw", ROLE_PREFIX },
	{ "true", ROLE_CONSTANT },	{ "try", ROLE_BLOCK },
	{ "while", ROLE_LOOP },		{ NULL, ROLE_NAME },
};

static const struct lang_word kotlin_words[] = {
	{ "abstract", ROLE_QUALIFIER }, { "as", ROLE_PREFIX },
	{ "catch", ROLE_BRANCH },	{ "class", ROLE_CLASS },
	{ "do", ROLE_BLOCK },		{ "else", ROLE_BRANCH },
	{ "false", ROLE_CONSTANT },	{ "finally", ROLE_BLOCK },
	{ "for", ROLE_LOOP },		{ "fun", ROLE_FUNCTION },
	{ "if", ROLE_BRANCH },		{ "in", ROLE_PREFIX },
	{ "interface", ROLE_CLASS },	{ "internal", ROLE_QUALIFIER },
	{ "is", ROLE_PREFIX },		{ "null", ROLE_CONSTANT },
	{ "object", ROLE_CLASS },	{ "override", ROLE_QUALIFIER },
	{ "private", ROLE_QUALIFIER },	{ "public", ROLE_QUALIFIER },
	{ "return", ROLE_PREFIX },	{ "this", ROLE_CONSTANT },
	{ "throw", ROLE_PREFIX },	{ "true", ROLE_CONSTANT },
	{ "try", ROLE_BLOCK },		{ "val", ROLE_QUALIFIER },
	{ "var", ROLE_QUALIFIER },	{ "when", ROLE_BRANCH },
	{ "while", ROLE_LOOP },		{ NULL, ROLE_NAME },
};

static const struct lang_word go_words[] = {
	{ "case", ROLE_PREFIX },    { "const", ROLE_QUALIFIER },
	{ "defer", ROLE_PREFIX },   { "else", ROLE_BRANCH },
	{ "false", ROLE_CONSTANT }, { "for", ROLE_LOOP },
	{ "func", ROLE_FUNCTION },  { "go", ROLE_PREFIX },
	{ "if", ROLE_BRANCH },	    { "nil", ROLE_CONSTANT },
	{ "range", ROLE_PREFIX },   { "return", ROLE_PREFIX },
	{ "select", ROLE_BRANCH },  { "struct", ROLE_CLASS },
	{ "switch", ROLE_BRANCH },  { "true", ROLE_CONSTANT },
	{ "var", ROLE_QUALIFIER },  { NULL, ROLE_NAME },
};

static const struct lang_word rust_words[] = {
	{ "as", ROLE_PREFIX },	      { "async", ROLE_QUALIFIER },
	{ "await", ROLE_NAME },	      { "const", ROLE_QUALIFIER },
	{ "else", ROLE_BRANCH },      { "enum", ROLE_CLASS },
	{ "false", ROLE_CONSTANT },   { "fn", ROLE_FUNCTION },
	{ "for", ROLE_LOOP },	      { "if", ROLE_BRANCH },
	{ "impl", ROLE_CLASS },	      { "in", ROLE_PREFIX },
	{ "let", ROLE_QUALIFIER },    { "loop", ROLE_LOOP },
	{ "match", ROLE_BRANCH },     { "mod", ROLE_CLASS },
	{ "mut", ROLE_QUALIFIER },    { "pub", ROLE_QUALIFIER },
	{ "return", ROLE_PREFIX },    { "struct", ROLE_CLASS },
	{ "trait", ROLE_CLASS },      { "true", ROLE_CONSTANT },
	{ "unsafe", ROLE_QUALIFIER }, { "while", ROLE_LOOP },
	{ NULL, ROLE_NAME },
};

static const struct lang_word fizz_words[] = {
	{ "false", ROLE_CONSTANT },
	{ "nil", ROLE_CONSTANT },
	{ "true", ROLE_CONSTANT },
	{ NULL, ROLE_NAME },
};

static const struct lang_word no_words[] = { { NULL, ROLE_NAME } };

static const struct language languages[] = {
	{
		.name = "csharp",
		.suffixes = "cs",
		.line_comment = { "//", "#" },
		.comment_open = "/*",
		.comment_close = "*/",
		.string = { { "\"\"\"", "\"\"\"", 0 },
			    { "\"", "\"", STRING_ESCAPES | STRING_ONE_LINE },
			    { "'", "'", STRING_ESCAPES | STRING_ONE_LINE } },
		.prefixes = "$@",
		.in_word = "",
		.member = "?.|!.|::|.",
		.flags = LANG_GENERICS | LANG_METHODS | LANG_DECLARED,
		.words = csharp_words,
	},
	{
		.name = "elixir",
		.suffixes = "ex|exs",
		.line_comment = { "#" },
		.string = { { "\"\"\"", "\"\"\"",
			      STRING_ESCAPES | STRING_HASH },
			    { "'''", "'''", STRING_ESCAPES | STRING_HASH },
			    { "\"", "\"", STRING_ESCAPES | STRING_HASH },
			    { "'", "'", STRING_ESCAPES | STRING_HASH } },
		.in_word = "@",
		.member = "|>|.",
		.blocks = BLOCKS_END,
		.flags = LANG_SYMBOLS | LANG_COMMANDS | LANG_NEWLINES |
			 LANG_LEADING | LANG_SIGILS | LANG_BANG,
		.words = elixir_words,
	},
	{
		.name = "fizz",
		.suffixes = "fizz",
		.line_comment = { "#", "//" },
		.string = { { "\"", "\"", STRING_ESCAPES }, { "`", "`", 0 } },
		.in_word = "",
		.member = ".",
		.flags = LANG_NEWLINES | LANG_TRAILING,
		.words = fizz_words,
	},
	{
		.name = "go",
		.suffixes = "go",
		.line_comment = { "//" },
		.comment_open = "/*",
		.comment_close = "*/",
		.string = { { "`", "`", 0 },
			    { "\"", "\"", STRING_ESCAPES | STRING_ONE_LINE },
			    { "'", "'", STRING_ESCAPES | STRING_ONE_LINE } },
		.in_word = "",
		.member = ".",
		.flags = LANG_NEWLINES | LANG_GENERICS | LANG_RECEIVERS,
		.words = go_words,
	},
	{
		.name = "groovy",
		.suffixes = "jenkinsfile",
		.line_comment = { "//", "#!" },
		.comment_open = "/*",
		.comment_close = "*/",
		.string = { { "\"\"\"", "\"\"\"",
			      STRING_ESCAPES | STRING_DOLLAR | STRING_NAME },
			    { "'''", "'''", STRING_ESCAPES },
			    { "\"", "\"",
			      STRING_ESCAPES | STRING_ONE_LINE | STRING_DOLLAR |
				      STRING_NAME },
			    { "'", "'", STRING_ESCAPES | STRING_ONE_LINE } },
		.in_word = "$@",
		.member = "?.|*.|.",
		.flags = LANG_NEWLINES | LANG_LEADING | LANG_TRAILING,
		.words = java_words,
	},
	{
		.name = "java",
		.suffixes = "java",
		.line_comment = { "//" },
		.comment_open = "/*",
		.comment_close = "*/",
		.string = { { "\"\"\"", "\"\"\"", STRING_ESCAPES },
			    { "\"", "\"", STRING_ESCAPES | STRING_ONE_LINE },
			    { "'", "'", STRING_ESCAPES | STRING_ONE_LINE } },
		.in_word = "$@",
		.member = "::|.",
		.flags = LANG_GENERICS | LANG_METHODS | LANG_DECLARED,
		.words = java_words,
	},
	{
		.name = "javascript",
		.suffixes = "js|ts|mjs|cjs|mts|cts|jsx|tsx",
		.line_comment = { "//" },
		.comment_open = "/*",
		.comment_close = "*/",
		.string = { { "`", "`",
			      STRING_ESCAPES | STRING_DOLLAR | STRING_TAG },
			    { "\"", "\"", STRING_ESCAPES | STRING_ONE_LINE },
			    { "'", "'", STRING_ESCAPES | STRING_ONE_LINE } },
		.in_word = "$#",
		.member = "?.|!.|.",
		.flags = LANG_NEWLINES | LANG_LEADING | LANG_REGEX |
			 LANG_GENERICS | LANG_METHODS | LANG_FIELDS,
		.words = javascript_words,
	},
	{
		.name = "kotlin",
		.suffixes = "kt|kts",
		.line_comment = { "//" },
		.comment_open = "/*",
		.comment_close = "*/",
		.string = { { "\"\"\"", "\"\"\"", STRING_DOLLAR | STRING_NAME },
			    { "\"", "\"",
			      STRING_ESCAPES | STRING_ONE_LINE | STRING_DOLLAR |
				      STRING_NAME },
			    { "'", "'", STRING_ESCAPES | STRING_ONE_LINE } },
		.in_word = "",
		.member = "!!.|?.|::|.",
		.flags = LANG_NEWLINES | LANG_LEADING | LANG_GENERICS |
			 LANG_TRAILING | LANG_NESTED_COMMENTS,
		.words = kotlin_words,
	},
	{
		.name = "php",
		.suffixes = "php",
		.line_comment = { "//", "#" },
		.comment_open = "/*",
		.comment_close = "*/",
		.string = { { "\"", "\"", STRING_ESCAPES | STRING_NAME },
			    { "'", "'", STRING_ESCAPES | STRING_QUIET },
			    { "`", "`", STRING_ESCAPES | STRING_NAME } },
		.in_word = "$\\",
		.member = "?->|->|::",
		.flags = LANG_HEREDOC_PHP | LANG_FIELDS,
		.words = php_words,
	},
	{
		.name = "python",
		.suffixes = "py",
		.line_comment = { "#" },
		.string = { { "\"\"\"", "\"\"\"", STRING_ESCAPES },
			    { "'''", "'''", STRING_ESCAPES },
			    { "\"", "\"", STRING_ESCAPES | STRING_ONE_LINE },
			    { "'", "'", STRING_ESCAPES | STRING_ONE_LINE } },
		.prefixes = "rRbBfFuUtT",
		.in_word = "",
		.member = ".",
		.blocks = BLOCKS_INDENT,
		.flags = LANG_NEWLINES | LANG_FIELDS,
		.words = python_words,
	},
	{
		.name = "ruby",
		.suffixes = "rb",
		.line_comment = { "#" },
		.string = { { "\"", "\"", STRING_ESCAPES | STRING_HASH },
			    { "'", "'", STRING_ESCAPES | STRING_QUIET },
			    { "`", "`", STRING_ESCAPES | STRING_HASH } },
		.in_word = "@$",
		.member = "&.|::|.",
		.blocks = BLOCKS_END,
		.flags = LANG_SYMBOLS | LANG_COMMANDS | LANG_NEWLINES |
			 LANG_LEADING | LANG_HEREDOC_RUBY | LANG_REGEX |
			 LANG_PERCENT | LANG_BANG | LANG_TRAILING,
		.words = ruby_words,
	},
	{
		.name = "rust",
		.suffixes = "rs",
		.line_comment = { "//" },
		.comment_open = "/*",
		.comment_close = "*/",
		.string = { { "\"", "\"", STRING_ESCAPES },
			    { "'", "'", STRING_ESCAPES | STRING_ONE_LINE } },
		.prefixes = "rb",
		.in_word = "",
		.member = "::|.",
		.flags = LANG_GENERICS | LANG_LIFETIMES | LANG_NESTED_COMMENTS |
			 LANG_MACROS,
		.words = rust_words,
	},
	{
		.name = "xml",
		.suffixes = "xml",
		.in_word = "",
		.member = "",
		.words = no_words,
	},
};

const struct language *language_named(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(languages); i++)
		if (str_eq(name, str_of(languages[i].name)))
			return &languages[i];
	return NULL;
}

const struct language *language_of_path(const char *path)
{
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < ARRAY_LEN(languages); i++) {
		struct str rest = str_of(languages[i].suffixes);

		while (rest.len) {
			size_t n = str_find_byte(rest, '|');

			n = n == SIZE_MAX ? rest.len : n;
			if (str_ieq(str_slice(rest, 0, n), str_of(dot + 1)))
				return &languages[i];
			rest = str_slice(rest, n + 1, rest.len);
		}
	}
	return NULL;
}

size_t language_count(void)
{
	return ARRAY_LEN(languages);
}

const struct language *language_at(size_t i)
{
	return &languages[i];
}

enum lang_role language_role(const struct language *lang, struct str word)
{
	const struct lang_word *w = lang->words;

	if (word.len > 11 || !(is_alpha(word.ptr[0])))
		return ROLE_NAME;
	for (; w->word && w->word[0] <= word.ptr[0]; w++)
		if (w->word[0] == word.ptr[0] && str_eq(word, str_of(w->word)))
			return w->role;
	return ROLE_NAME;
}
