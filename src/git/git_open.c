#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "err.h"
#include "git_repo.h"
#include "git_start.h"

/* libgit2 does not implement these two, or applies them to the wrong folder.
 * They are put back for the git processes that we start. */
static const char *const hidden[] = { "GIT_WORK_TREE", "GIT_COMMON_DIR" };

static int open_lib(git_repository **out, const char *path, struct arena *a)
{
	const char *kept[ARRAY_LEN(hidden)];
	int rc;

	for (size_t i = 0; i < ARRAY_LEN(hidden); i++) {
		const char *value = getenv(hidden[i]);

		kept[i] = value ? str_dup(a, str_of(value)) : NULL;
		unsetenv(hidden[i]);
	}
	/* With GIT_DIR set git does not search from `path` either. */
	rc = git_repository_open_ext(out, getenv("GIT_DIR") ? NULL : path,
				     GIT_REPOSITORY_OPEN_FROM_ENV, NULL);
	for (size_t i = 0; i < ARRAY_LEN(hidden); i++)
		if (kept[i])
			setenv(hidden[i], kept[i], 1);
	return rc;
}

static const char *config_value(git_config *config, const char *key)
{
	const char *value = NULL;

	return git_config_get_string(&value, config, key) < 0 ? NULL : value;
}

/* With the extensions on its list libgit2 opens these without a word, and
 * reads nonsense: SHA-256 ids cut short, a reftable's stub of a HEAD. */
static void check_formats(struct git *git)
{
	git_config *config = NULL;
	const char *value;

	if (git_repository_config_snapshot(&config, git->repo) < 0) {
		git->objects_why = "its configuration cannot be read";
		return;
	}
	value = config_value(config, "extensions.objectformat");
	if (value && strcmp(value, "sha1"))
		git->objects_why = "it does not use SHA-1";
	value = config_value(config, "extensions.refstorage");
	if (value && strcmp(value, "files")) {
		git->refs_by_git = true;
		git->refs_why = "its refs are not files";
	}
	git_config_free(config);
}

static void drop_lib(struct git *git)
{
	git_odb_free(git->odb);
	git_repository_free(git->repo);
	git->odb = NULL;
	git->repo = NULL;
	git->refs_by_git = true;
}

static const char *with_slash(struct arena *a, struct str dir)
{
	return str_ends(dir, STR("/"))
		       ? str_dup(a, dir)
		       : arena_format(a, STR_FMT "/", STR_ARG(dir));
}

/* Where libgit2 cannot open it: what git says of it. */
static int open_by_git(struct git *git, bool *bare, struct err *err)
{
	static const char *const args[] = { "rev-parse", "--absolute-git-dir",
					    "--is-bare-repository",
					    "--show-object-format", NULL };
	struct str rest, dir, is_bare, format;

	if (git_ask(&rest, git,
		    &(struct question){ .what = "cannot open the repository",
					.args = args },
		    git->arena, err) < 0)
		return -1;
	if (!str_next_line(&rest, &dir) || !str_next_line(&rest, &is_bare) ||
	    !str_next_line(&rest, &format))
		return err_set(err, "cannot open the repository: git does not "
				    "say where it is");
	git->dir = with_slash(git->arena, dir);
	git->oid_len = str_eq(format, STR("sha256")) ? 32 : 20;
	*bare = str_eq(is_bare, STR("true"));
	return 0;
}

static int open_repository(struct git *git, bool *bare, struct err *err)
{
	git->oid_len = 20;
	if (!git->started)
		git->objects_why = "libgit2 does not start";
	else if (open_lib(&git->repo, git->path ? git->path : ".", git->arena) <
		 0)
		git->objects_why = "libgit2 cannot open it";
	else
		check_formats(git);
	if (!git->objects_why && git_repository_odb(&git->odb, git->repo) < 0)
		git->objects_why = "libgit2 cannot open its objects";
	if (git->objects_why) {
		drop_lib(git);
		return open_by_git(git, bare, err);
	}
	git->dir =
		with_slash(git->arena, str_of(git_repository_path(git->repo)));
	*bare = git_repository_is_bare(git->repo);
	return 0;
}

static struct git *git_new(struct arena *a)
{
	struct git *git = arena_new(a, struct git);

	git->arena = a;
	git->started = git_start();
	return git;
}

static int current_dir(const char **out, struct arena *a, struct err *err)
{
	char cwd[PATH_MAX];

	if (!getcwd(cwd, sizeof(cwd)))
		return err_set(err, "the current folder cannot be read: %s",
			       strerror(errno));
	*out = with_slash(a, str_of(cwd));
	return 0;
}

/* Somebody else's repository: git knows every way to allow it. */
static int check_owner(const struct git *git, struct err *err)
{
	static const char *const args[] = { "rev-parse", "--git-dir", NULL };
	struct stat st;
	struct str out;

	if (!stat(git->dir, &st) && st.st_uid == geteuid())
		return 0;
	return git_ask(&out, git,
		       &(struct question){ .what = "cannot open the repository",
					   .args = args },
		       git->arena, err);
}

static int find_workdir(struct git *git, bool bare, struct err *err)
{
	static const char *const args[] = { "rev-parse", "--show-toplevel",
					    NULL };
	struct process_result r;
	struct str line;

	if (git->repo && !getenv("GIT_DIR") && !getenv("GIT_WORK_TREE")) {
		const char *dir = git_repository_workdir(git->repo);

		git->workdir = dir ? with_slash(git->arena, str_of(dir)) : NULL;
		return 0;
	}
	if (bare && !getenv("GIT_WORK_TREE"))
		return 0;
	if (git_try(&r, git, args, (struct str){ "", 0 }, git->arena, err) < 0)
		return -1;
	if (!r.status && str_next_line(&r.out, &line))
		git->workdir = with_slash(git->arena, line);
	return 0;
}

/* git runs a hook at the root of the work tree, wherever it was started; only
 * a hook manager may have gone elsewhere from there. */
static bool at_root(void)
{
	return getenv("GIT_DIR") || getenv("GIT_WORK_TREE") ||
	       access(".git", F_OK) == 0;
}

/* A relative GIT_INDEX_FILE (git sets ".git/index") counts from the root of
 * the work tree. Read from elsewhere it would be an empty index. */
static int settle_index(const struct git *git, struct err *err)
{
	static const char *const args[] = { "rev-parse", "--show-toplevel",
					    NULL };
	const char *name = getenv("GIT_INDEX_FILE");
	struct process_result r;
	struct str top;

	if (!name || !*name || *name == '/' || at_root())
		return 0;
	if (git_try(&r, git, args, (struct str){ "", 0 }, git->arena, err) < 0)
		return -1;
	if (!r.status && str_next_line(&r.out, &top))
		setenv("GIT_INDEX_FILE",
		       arena_format(git->arena, STR_FMT "/%s", STR_ARG(top),
				    name),
		       1);
	return 0;
}

int git_open_hook(struct git **out, struct arena *a, struct err *err)
{
	struct git *git = git_new(a);
	const char *cwd = NULL;
	bool bare = false;

	*out = git;
	if (current_dir(&cwd, a, err) < 0 || settle_index(git, err) < 0 ||
	    open_repository(git, &bare, err) < 0 ||
	    (!at_root() && find_workdir(git, bare, err) < 0)) {
		git_close(git);
		*out = NULL;
		return -1;
	}
	/* Whatever libgit2 makes of the environment. */
	if (at_root())
		git->workdir = bare && !getenv("GIT_WORK_TREE") ? NULL : cwd;
	return 0;
}

int git_open(struct git **out, struct arena *a, const char *path,
	     struct err *err)
{
	struct git *git = git_new(a);
	bool bare = false;

	*out = git;
	git->path = strcmp(path, ".") ? str_dup(a, str_of(path)) : NULL;
	if (settle_index(git, err) == 0 &&
	    open_repository(git, &bare, err) == 0 &&
	    check_owner(git, err) == 0 && find_workdir(git, bare, err) == 0)
		return 0;
	git_close(git);
	*out = NULL;
	return -1;
}

void git_close(struct git *git)
{
	if (!git)
		return;
	dialogue_close(&git->cat);
	drop_lib(git);
	if (git->started)
		git_stop();
}

const char *git_workdir(const struct git *git)
{
	return git->workdir;
}

const char *git_directory(const struct git *git)
{
	return git->dir;
}

const char *git_reading(const struct git *git, struct arena *a)
{
	if (git->objects_why)
		return arena_format(a, "git plumbing (%s)", git->objects_why);
	if (git->index_why && git->refs_why)
		return arena_format(a,
				    "libgit2; git for refs (%s) and index (%s)",
				    git->refs_why, git->index_why);
	if (git->index_why)
		return arena_format(a, "libgit2; git for the index (%s)",
				    git->index_why);
	if (git->refs_why)
		return arena_format(a, "libgit2; git for refs (%s)",
				    git->refs_why);
	return "libgit2";
}
