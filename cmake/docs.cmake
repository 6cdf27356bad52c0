# The manuals and pages, where they are installed, and what proves them.
install(FILES docs/man/holdfast.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES docs/man/holdfast.yaml.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES README.md CHANGELOG.md LICENSE
	DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs
	FILES_MATCHING PATTERN "*.md" PATTERN man EXCLUDE)

# cmake --build BUILD --target docs: the made pages and examples, written anew
add_custom_target(docs
	COMMAND ${CMAKE_SOURCE_DIR}/scripts/docs ${CMAKE_BINARY_DIR}
	DEPENDS holdfast ${hooks} VERBATIM)

# tests/docs/NAME.bats
if(HOLDFAST_TESTS AND BATS)
	file(GLOB docs_bats CONFIGURE_DEPENDS
		${CMAKE_SOURCE_DIR}/tests/docs/*.bats)
	foreach(f ${docs_bats})
		get_filename_component(name ${f} NAME_WE)
		add_test(NAME docs/${name} COMMAND ${BATS} ${f})
		set_tests_properties(docs/${name} PROPERTIES ENVIRONMENT
			"HOLDFAST_BUILD=${CMAKE_BINARY_DIR}")
	endforeach()
endif()
