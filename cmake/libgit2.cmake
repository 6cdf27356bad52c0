# The library `libgit2`: as an archive where that can be linked without the
# network libraries (src/git/offline.h says why), else the shared one.
pkg_check_modules(LIBGIT2 REQUIRED IMPORTED_TARGET libgit2)
find_library(LIBGIT2_ARCHIVE libgit2.a HINTS ${LIBGIT2_LIBDIR})
find_library(MBEDCRYPTO_ARCHIVE libmbedcrypto.a HINTS ${LIBGIT2_LIBDIR})
find_library(ZLIB_ARCHIVE libz.a HINTS ${LIBGIT2_LIBDIR})
set(offline_libraries ${LIBGIT2_ARCHIVE} ${MBEDCRYPTO_ARCHIVE} ${ZLIB_ARCHIVE}
	${PCRE2_LINK_LIBRARIES} pthread)

if(LIBGIT2_ARCHIVE AND MBEDCRYPTO_ARCHIVE AND ZLIB_ARCHIVE
   AND NOT DEFINED LIBGIT2_OFFLINE)
	try_run(offline_status offline_links
		${CMAKE_BINARY_DIR}/offline
		${CMAKE_SOURCE_DIR}/cmake/offline_check.c
		COMPILE_DEFINITIONS -DOFFLINE_ARCHIVE
			-I${CMAKE_SOURCE_DIR}/src/git
			-I${CMAKE_SOURCE_DIR}/lib/base
			-I${LIBGIT2_INCLUDEDIR}
		LINK_LIBRARIES ${offline_libraries})
	if(offline_links AND "${offline_status}" STREQUAL "0")
		set(LIBGIT2_OFFLINE ON CACHE BOOL "libgit2 as an archive")
	endif()
endif()

add_library(libgit2 INTERFACE)
if(LIBGIT2_OFFLINE)
	message(STATUS "libgit2: as an archive, without the network")
	target_include_directories(libgit2 INTERFACE ${LIBGIT2_INCLUDE_DIRS})
	target_compile_definitions(libgit2 INTERFACE OFFLINE_ARCHIVE)
	target_link_libraries(libgit2 INTERFACE ${offline_libraries})
else()
	message(STATUS "libgit2: the shared library")
	target_link_libraries(libgit2 INTERFACE PkgConfig::LIBGIT2)
endif()
