/*
 * pre-merge-commit: judges what a merge that went well brings of its own. Git
 * passes no arguments and no input; the other parents are in GITHEAD_*.
 */
#include "hook.h"

int main(void)
{
	return hook_pre_merge_commit();
}
