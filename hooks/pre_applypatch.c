/*
 * pre-applypatch: judges what `git am` and `git rebase --apply` have put into
 * the index. Git passes no arguments and no input.
 */
#include "hook.h"

int main(void)
{
	return hook_pre_applypatch();
}
