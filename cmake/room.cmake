# room(TOP NAME DEPS...): one folder, one static library, one doorway. A room
# sees its own headers and those of the rooms it names; any other #include
# does not compile. Programs of the build (mk*.c) are not part of a room.
function(room top name)
	file(GLOB sources CONFIGURE_DEPENDS
		${CMAKE_SOURCE_DIR}/${top}/${name}/*.c)
	list(FILTER sources EXCLUDE REGEX "/mk[a-z]+\\.c$")
	add_library(${name} STATIC ${sources})
	target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/${top}/${name})
	target_link_libraries(${name} PRIVATE ${ARGN})
endfunction()
