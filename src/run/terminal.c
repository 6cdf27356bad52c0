#define _DEFAULT_SOURCE /* struct winsize */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_colour(int fd)
{
	const char *term = getenv("TERM");
	const char *no_color = getenv("NO_COLOR");

	if (!isatty(fd) || !term || !strcmp(term, "dumb"))
		return false;
	return !no_color || !*no_color;
}

bool terminal_links(int fd)
{
	/* terminals that tell who they are and follow links */
	return terminal_colour(fd) &&
	       (getenv("VTE_VERSION") || getenv("WT_SESSION") ||
		getenv("KITTY_WINDOW_ID") || getenv("TERM_PROGRAM"));
}

unsigned terminal_width(int fd)
{
	struct winsize size;

	if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 20)
		return size.ws_col;
	return 80;
}
