/*
 * pre-receive: judges on the server, before any ref moves, what every ref would
 * bring. Git passes a line per ref on standard input.
 */
#include "hook.h"

int main(void)
{
	return hook_pre_receive();
}
