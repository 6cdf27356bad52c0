#ifndef RUN_TERMINAL_H
#define RUN_TERMINAL_H

#include <stdbool.h>

/* A terminal that shows colour: NO_COLOR (https://no-color.org) and
 * TERM=dumb are respected, CLICOLOR_FORCE is not needed. */
bool terminal_colour(int fd);

/* … and that is known to follow OSC 8 hyperlinks, or at least to hide them. */
bool terminal_links(int fd);

/* Its width in columns; 80 where it is no terminal or does not say. */
unsigned terminal_width(int fd);

#endif
