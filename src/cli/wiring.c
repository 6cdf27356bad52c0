#include "wiring.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "err.h"
#include "process.h"
#include "str.h"

enum { FILE_MAX = 256 * 1024, ARGS_MAX = 12 };

static const struct str nothing = STR_INIT("");

static int run_git(struct process_result *out, const char *dir,
		   const char *const *args, struct arena *a, struct err *err)
{
	const char *argv[ARGS_MAX + 4] = { "git", "-C", dir };

	for (size_t i = 0; args[i] && i < ARGS_MAX; i++)
		argv[i + 3] = args[i];
	return process_run(out, argv, nothing, a, err);
}

const char *git_text(const char *dir, const char *const *args, struct arena *a)
{
	struct process_result r;
	struct err unused;

	if (run_git(&r, dir, args, a, &unused) < 0 || r.status)
		return "";
	return r.out.ptr;
}

const char *git_line(const char *dir, const char *const *args, struct arena *a)
{
	struct str rest = str_of(git_text(dir, args, a));
	struct str line = nothing;

	return str_next_line(&rest, &line) ? str_dup(a, line) : "";
}

/* A text file, as far as FILE_MAX; empty where there is none. */
static struct str read_file(const char *path, struct arena *a)
{
	char *text = arena_alloc(a, FILE_MAX);
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		return nothing;
	n = fread(text, 1, FILE_MAX, f);
	fclose(f);
	return (struct str){ text, n };
}

static bool contains(const char *path, const char *what, struct arena *a)
{
	return str_find(read_file(path, a), str_of(what)) != SIZE_MAX;
}

static bool is_wrapper(const char *path, struct arena *a)
{
	struct str rest = read_file(path, a), line = nothing;

	/* The second line says so. */
	str_next_line(&rest, &line);
	str_next_line(&rest, &line);
	return str_starts(line, STR("# holdfast ")) &&
	       str_find(line, STR(", wrapper of ")) != SIZE_MAX;
}

/* Relative where git is older than 2.31: then from the tree. */
static const char *absolute(const char *path, const char *tree, struct arena *a)
{
	return *path == '/' ? path : arena_format(a, "%s/%s", tree, path);
}

static const char *hooks_dir(const char *tree, struct arena *a)
{
	const char *args[] = { "rev-parse", "--git-path", "hooks", NULL };

	return absolute(git_line(tree, args, a), tree, a);
}

/* "core.hooksPath = .husky/_ (local, file:.git/config)", or NULL. */
static const char *hooks_path_setting(const char *tree, struct arena *a)
{
	const char *args[] = { "config", "--show-scope",   "--show-origin",
			       "--get",	 "core.hooksPath", NULL };
	const struct str line = str_of(git_line(tree, args, a));
	const size_t one = str_find_byte(line, '\t');
	size_t two;

	if (one == SIZE_MAX)
		return NULL;
	two = str_find_byte(str_slice(line, one + 1, line.len), '\t');
	if (two == SIZE_MAX)
		return NULL;
	two += one + 1;
	return arena_format(a, "core.hooksPath = %s (%.*s, %.*s)",
			    line.ptr + two + 1, (int)one, line.ptr,
			    (int)(two - one - 1), line.ptr + one + 1);
}

/* Tools that own the file of a hook, and where they are told what to run. */
static const struct manager {
	const char *name;
	const char *mark;   /* in the file of the hook */
	const char *config; /* at the root of the tree; NULL: none */
} managers[] = {
	{ "lefthook", "lefthook", "lefthook.yml" },
	{ "pre-commit", "pre-commit.com", ".pre-commit-config.yaml" },
	{ "prek", "prek", ".pre-commit-config.yaml" },
	{ "overcommit", "vercommit", ".overcommit.yml" },
	{ "husky", "husky", NULL },
	{ "Git LFS", "git-lfs", NULL },
};

static const struct manager *manager_of(const char *file, struct arena *a)
{
	for (size_t i = 0; i < ARRAY_LEN(managers); i++)
		if (contains(file, managers[i].mark, a))
			return &managers[i];
	return NULL;
}

/* husky's folder "_" holds shims; the team's lines are one folder above. */
static const char *husky_file(const char *file, const char *hook,
			      struct arena *a)
{
	const struct str dir =
		str_slice(str_of(file), 0, strlen(file) - strlen(hook) - 1);

	if (!str_ends(dir, STR("/_")))
		return NULL;
	return arena_format(a, "%.*s/%s", (int)(dir.len - 2), dir.ptr, hook);
}

static bool names_us(const char *path, const char *hook, struct arena *a)
{
	return path &&
	       (contains(path, arena_format(a, "holdfast hook %s", hook), a) ||
		contains(path, arena_format(a, "holdfast-%s", hook), a));
}

/* The file in which another tool is told to run us; NULL: none. */
static const char *named_in(const char *tree, const char *file,
			    const char *hook, const struct manager *m,
			    struct arena *a)
{
	const char *husky = husky_file(file, hook, a);
	const char *config = m && m->config
				     ? arena_format(a, "%s/%s", tree, m->config)
				     : NULL;

	if (names_us(file, hook, a))
		return file;
	if (names_us(husky, hook, a))
		return husky;
	return names_us(config, hook, a) ? config : NULL;
}

static bool git_at_least(unsigned major, unsigned minor, struct arena *a)
{
	const char *args[] = { "--version", NULL };
	unsigned x = 0, y = 0;

	return sscanf(git_line(".", args, a), "git version %u.%u", &x, &y) ==
		       2 &&
	       (x > major || (x == major && y >= minor));
}

/* Asks git to run the hook, with a word that only we repeat. */
static int probe(bool *reached, const char **said, const char *tree,
		 const char *hook, struct arena *a, struct err *err)
{
	const char *args[] = { "hook", "run", "--ignore-missing", hook, NULL };
	const char *nonce =
		arena_format(a, "%ld-%ld", (long)getpid(), (long)time(NULL));
	struct process_result r;
	int rc;

	setenv("HOLDFAST_PROBE", nonce, 1);
	rc = run_git(&r, tree, args, a, err);
	unsetenv("HOLDFAST_PROBE");
	if (rc < 0)
		return -1;
	*said = r.said;
	*reached = !strcmp(r.said, arena_format(a, "holdfast-probe %s %s",
						nonce, hook));
	return 0;
}

static int check_wrapper(struct wiring *out, const char *tree, const char *hook,
			 struct arena *a, struct err *err)
{
	const char *said;
	bool reached = access(out->file, X_OK) == 0;

	if (!reached) {
		out->kind = WIRING_BROKEN;
		out->why = arena_format(a,
					"%s is not executable: git passes "
					"it over (chmod +x)",
					out->file);
		return 0;
	}
	if (!git_at_least(2, 36, a)) {
		out->kind = WIRING_NAMED;
		out->why = "it is in its place; this git cannot be asked "
			   "(2.36 and later can)";
		return 0;
	}
	if (probe(&reached, &said, tree, hook, a, err) < 0)
		return -1;
	out->kind = reached ? WIRING_REACHED : WIRING_BROKEN;
	if (!reached)
		out->why = arena_format(a, "git does not run %s%s%s", out->file,
					*said ? ": " : "", said);
	return 0;
}

static void check_foreign(struct wiring *out, const char *tree,
			  const char *hook, struct arena *a)
{
	const struct manager *m = manager_of(out->file, a);
	const char *where = named_in(tree, out->file, hook, m, a);
	const char *path = hooks_path_setting(tree, a);

	if (where) {
		out->kind = WIRING_NAMED;
		out->why = arena_format(a, "named in %s (not run to find out)",
					where);
		return;
	}
	out->kind = WIRING_SHADOWED;
	out->why =
		arena_format(a, "%s%s stands there and does not name it%s%s",
			     m ? m->name : "another hook", m ? "'s hook" : "",
			     path ? ": " : "", path ? path : "");
}

static void check_missing(struct wiring *out, const char *tree, struct arena *a)
{
	const char *path = hooks_path_setting(tree, a);
	struct stat st;

	out->kind = path ? WIRING_SHADOWED : WIRING_MISSING;
	out->file = NULL;
	if (!path)
		out->why = "not installed: ./install.sh";
	else if (stat(hooks_dir(tree, a), &st) < 0)
		out->why = arena_format(a,
					"%s: that folder is not there, so "
					"git runs no hook at all",
					path);
	else
		out->why = arena_format(a, "%s: no such hook in there", path);
}

/* git of 2.54 and later runs hooks of the configuration, too. */
static bool in_configuration(const char *tree, const char *hook,
			     struct arena *a)
{
	const char *key = arena_format(a, "hook.holdfast-%s.command", hook);
	const char *args[] = { "config", "--get", key, NULL };

	return git_at_least(2, 54, a) && *git_line(tree, args, a);
}

int wiring_of(struct wiring *out, const char *tree, const char *hook,
	      struct arena *a, struct err *err)
{
	*out = (struct wiring){ .file = arena_format(
					a, "%s/%s", hooks_dir(tree, a), hook) };
	if (in_configuration(tree, hook, a)) {
		out->kind = WIRING_NAMED;
		out->why = "named in git's configuration";
		return 0;
	}
	if (access(out->file, F_OK) != 0)
		check_missing(out, tree, a);
	else if (is_wrapper(out->file, a))
		return check_wrapper(out, tree, hook, a, err);
	else
		check_foreign(out, tree, hook, a);
	return 0;
}
