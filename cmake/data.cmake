# The data files compiled into C tables by a program of the build.
add_executable(mkdata lib/load/mkdata.c)
target_link_libraries(mkdata PRIVATE load frameworks read match text base)
set_target_properties(mkdata PROPERTIES RUNTIME_OUTPUT_DIRECTORY
	${CMAKE_BINARY_DIR}/gen)

# data_file(OUT NAME FILES...): mkdata NAME FILES > OUT
function(data_file out name)
	add_custom_command(OUTPUT ${out}
		COMMAND mkdata ${name} ${ARGN} > ${out}
		WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
		DEPENDS mkdata ${ARGN} VERBATIM)
endfunction()

# data_table(NAME ROOM FILES...): the library builtin_NAME, made of them.
function(data_table name header_room)
	set(out ${CMAKE_BINARY_DIR}/gen/builtin_${name}.c)
	data_file(${out} ${name} ${ARGN})
	add_library(builtin_${name} STATIC ${out})
	target_link_libraries(builtin_${name} PUBLIC ${header_room} text base)
endfunction()

file(GLOB rule_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
	lib/rules/*/*.yaml)
file(GLOB framework_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
	lib/frameworks/*.yaml)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/gen)
data_table(rules match ${rule_files})
data_table(frameworks frameworks ${framework_files})
target_link_libraries(builtin_frameworks PUBLIC read)
