#include "comment.h"

#include "compiler.h"

static const struct comment_syntax sql = { "--", "", false };
static const struct comment_syntax hash = { "#", "", false };
static const struct comment_syntax slashes = { "//", "", false };
static const struct comment_syntax config = { "#", "", true };
static const struct comment_syntax lisp = { ";", "", true };
static const struct comment_syntax xml = { "<!--", " -->", true };
static const struct comment_syntax prisma = { "//", "", true };

/* By the end of the file's name. To add a kind, add a row. */
static const struct {
	const char *suffix;
	const struct comment_syntax *syntax;
} by_suffix[] = {
	{ ".sql", &sql },	    { ".psql", &sql },
	{ ".cql", &sql },	    { ".pgsql", &sql },
	{ ".ddl", &sql },	    { ".lua", &sql },
	{ ".rb", &hash },	    { ".rake", &hash },
	{ ".ru", &hash },	    { ".py", &hash },
	{ ".ex", &hash },	    { ".exs", &hash },
	{ ".sh", &hash },	    { ".bash", &hash },
	{ ".zsh", &hash },	    { ".ps1", &hash },
	{ ".pl", &hash },	    { ".mk", &hash },
	{ ".js", &slashes },	    { ".cjs", &slashes },
	{ ".mjs", &slashes },	    { ".jsx", &slashes },
	{ ".ts", &slashes },	    { ".cts", &slashes },
	{ ".mts", &slashes },	    { ".tsx", &slashes },
	{ ".go", &slashes },	    { ".cs", &slashes },
	{ ".fs", &slashes },	    { ".java", &slashes },
	{ ".kt", &slashes },	    { ".kts", &slashes },
	{ ".scala", &slashes },	    { ".groovy", &slashes },
	{ ".gradle", &slashes },    { ".swift", &slashes },
	{ ".dart", &slashes },	    { ".rs", &slashes },
	{ ".php", &slashes },	    { ".prisma", &prisma },
	{ ".jsonc", &prisma },	    { ".json5", &prisma },
	{ ".xml", &xml },	    { ".yaml", &config },
	{ ".yml", &config },	    { ".toml", &config },
	{ ".properties", &config }, { ".conf", &config },
	{ ".cfg", &config },	    { ".env", &config },
	{ ".tf", &config },	    { ".tfvars", &config },
	{ ".hcl", &config },	    { ".ini", &lisp },
};

/* By how the file's name begins, up to its end or a ".". */
static const struct {
	const char *name;
	const struct comment_syntax *syntax;
} by_name[] = {
	{ ".env", &config },	   { ".envrc", &config },
	{ "Dockerfile", &config }, { "Containerfile", &config },
	{ "Makefile", &hash },	   { "GNUmakefile", &hash },
	{ "justfile", &hash },	   { "Rakefile", &hash },
	{ "Gemfile", &hash },	   { "Jenkinsfile", &slashes },
};

/* What stands behind the real name of a file that a program fills in, or that
 * a person copies. */
static const char *const outer[] = {
	".erb",	     ".tmpl", ".tpl",  ".j2",	   ".jinja",
	".template", ".in",   ".dist", ".example", ".sample",
};

static struct str base_name(struct str path)
{
	for (size_t i = path.len; i > 0; i--)
		if (path.ptr[i - 1] == '/')
			return str_slice(path, i, path.len);
	return path;
}

static struct str inner_name(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(outer); i++) {
		const struct str o = str_of(outer[i]);

		if (name.len > o.len && str_iends(name, o))
			return str_slice(name, 0, name.len - o.len);
	}
	return name;
}

const struct comment_syntax *comment_syntax_of(const struct source *src)
{
	const struct str name = inner_name(base_name(str_of(src->path)));

	for (size_t i = 0; i < ARRAY_LEN(by_name); i++) {
		const struct str n = str_of(by_name[i].name);

		if (str_istarts(name, n) &&
		    (name.len == n.len || name.ptr[n.len] == '.'))
			return by_name[i].syntax;
	}
	for (size_t i = 0; i < ARRAY_LEN(by_suffix); i++)
		if (str_iends(name, str_of(by_suffix[i].suffix)))
			return by_suffix[i].syntax;
	return str_starts(src->text, STR("#!")) ? &hash : NULL;
}
