#ifndef GIT_OFFLINE_H
#define GIT_OFFLINE_H

/*
 * libgit2 without the network. A hook never speaks to anyone, yet libgit2
 * links TLS, SSH and Kerberos: on Debian eighteen libraries to load (2 of the
 * 3.4 ms that a hook took) and, when it starts, every certificate of the
 * system to parse (another 3 ms).
 *
 * The functions of offline.c stand before those that do this. Linked with
 * libgit2 as an archive (cmake/libgit2.cmake) they take the place of its
 * transports, so that none of those libraries is needed. The shared libgit2
 * can only be kept from preparing: the linker exports what it asks for.
 */

/* Does nothing; being called, it makes the linker keep them. */
void offline(void);

#endif
