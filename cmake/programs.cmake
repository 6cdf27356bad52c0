# The programs users run. A hook links the text report alone, and so neither
# jansson nor the formats for machines.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

file(GLOB cli_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/cli/*.c)
add_executable(holdfast ${cli_files})
target_include_directories(holdfast PRIVATE src/cli)
target_compile_definitions(holdfast PRIVATE
	HOLDFAST_VERSION="${PROJECT_VERSION}")
target_link_libraries(holdfast PRIVATE hook run git export report judge schema load
	frameworks match settings read text base builtin_rules builtin_frameworks
	PkgConfig::JANSSON)

file(GLOB hook_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/hooks/*.c)
foreach(f ${hook_files})
	get_filename_component(name ${f} NAME_WE)
	string(REPLACE "_" "-" name ${name})
	add_executable(${name} ${f})
	target_link_libraries(${name} PRIVATE hook run git report judge schema load
		frameworks match settings read text base builtin_rules
		builtin_frameworks)
	list(APPEND hooks ${name})
endforeach()

install(TARGETS holdfast RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS ${hooks} RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/holdfast)
