/*
 * pre-commit: judges what `git commit` would record. Git passes no arguments
 * and no input.
 */
#include "hook.h"

int main(void)
{
	return hook_pre_commit();
}
