/* Does libgit2 start and stop with the stand-ins of src/git/offline.c? */
#include <git2.h>

#include "offline.c"

int main(void)
{
	offline();
	if (git_libgit2_init() < 1)
		return 1;
	return git_libgit2_shutdown();
}
