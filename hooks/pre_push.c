/*
 * pre-push: judges what every pushed ref brings that the remote does not have.
 * Git passes name and URL of the remote, and a line per ref on standard input.
 */
#include "hook.h"

int main(int argc, char **argv)
{
	return hook_pre_push(argc, argv);
}
