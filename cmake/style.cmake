# Style is not discussed in review: `format` rewrites every source,
# `format-check` only tells, `tidy` runs clang-tidy (in a build directory of
# clang: the flags that only gcc knows confuse it).
file(GLOB_RECURSE style_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/*.[ch]
	${CMAKE_SOURCE_DIR}/src/*.[ch] ${CMAKE_SOURCE_DIR}/hooks/*.c
	${CMAKE_SOURCE_DIR}/tests/*.[ch])
find_program(CLANG_FORMAT clang-format)
find_program(RUN_CLANG_TIDY NAMES run-clang-tidy run-clang-tidy-14)

if(CLANG_FORMAT)
	add_custom_target(format COMMAND ${CLANG_FORMAT} -i ${style_files}
		VERBATIM)
	add_custom_target(format-check COMMAND ${CLANG_FORMAT} --dry-run
		-Werror ${style_files} VERBATIM)
endif()
if(RUN_CLANG_TIDY)
	add_custom_target(tidy COMMAND ${RUN_CLANG_TIDY} -quiet -j 2
		-p ${CMAKE_BINARY_DIR} "/(lib|src|hooks|tests)/" VERBATIM)
endif()
