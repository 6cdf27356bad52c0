#include "git_start.h"

#include <git2.h>
#include <sys/types.h>

#include "compiler.h"
#include "offline.h"

/* Extensions that change nothing in what is read here, or whose value is
 * looked at after opening (git_open.c). Without this list libgit2 refuses
 * repositories that git reads; others it still refuses, and git is asked. */
static const char *const extensions[] = {
	"partialclone",	     "worktreeconfig",	    "preciousobjects",
	"relativeworktrees", "objectformat",	    "refstorage",
	"noop-v1",	     "submodulepathconfig",
};

/* The user's configuration cannot matter for what is staged, may be
 * unreadable for whoever runs a server's hooks, and costs time. */
static const git_config_level_t levels[] = {
	GIT_CONFIG_LEVEL_PROGRAMDATA,
	GIT_CONFIG_LEVEL_SYSTEM,
	GIT_CONFIG_LEVEL_XDG,
	GIT_CONFIG_LEVEL_GLOBAL,
};

/* The folder of a long history is one large tree, out of which each of its
 * files is read: libgit2 would forget it, being of more than 4 KiB, and read it
 * anew for each. All that is kept has a limit of its own. */
enum { TREE_KEPT_MAX = 1024 * 1024, KEPT_MAX = 2 * 1024 * 1024 };

bool git_start(void)
{
	offline();
	if (git_libgit2_init() < 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
	/* Who may use the repository is git's decision: before a hook runs it
	 * has made it, for a command git_open() asks for it. libgit2 does not
	 * know `safe.directory = *` or environment configuration. */
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE,
			 (size_t)TREE_KEPT_MAX);
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)KEPT_MAX);
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
			 ARRAY_LEN(extensions));
	return true;
}

void git_stop(void)
{
	git_libgit2_shutdown();
}
