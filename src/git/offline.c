#include "offline.h"

#include <stdbool.h>
#include <stdlib.h>

#include "compiler.h"

/* What is called when libgit2 starts and stops: nothing to do, all is well. */
#define PREPARES(name)    \
	int name(void);   \
	int name(void)    \
	{                 \
		return 0; \
	}

/* What is only called to reach another machine. */
#define CONNECTS(name)           \
	NORETURN int name(void); \
	NORETURN int name(void)  \
	{                        \
		abort();         \
	}

/* To add one: where the archive does not link any more, the linker names it. */
#ifdef OFFLINE_ARCHIVE
PREPARES(git_mbedtls__set_cert_location)
PREPARES(git_mbedtls_stream_global_init)
PREPARES(git_transport_ssh_global_init)
CONNECTS(git_mbedtls_stream_new)
CONNECTS(git_mbedtls_stream_wrap)
CONNECTS(git_smart_subtransport_http)
CONNECTS(git_smart_subtransport_ssh)
CONNECTS(http_parser_parse_url)

extern bool git_http__expect_continue;
bool git_http__expect_continue = false;
#else
PREPARES(libssh2_exit)
PREPARES(libssh2_init)
PREPARES(mbedtls_x509_crt_parse_file)
PREPARES(mbedtls_x509_crt_parse_path)
#endif

void offline(void)
{
}
