# ctest is the only command: unit tests, examples of rules and frameworks,
# golden files, fuzzers over their seeds, hooks on real repositories.
pkg_check_modules(CHECK REQUIRED IMPORTED_TARGET check)
find_program(BATS bats)

set(all_rooms hook run git export report judge schema load frameworks match
	settings read text base builtin_rules builtin_frameworks)

# tests/unit/NAME_test.c: one program with Check.
file(GLOB unit_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/*_test.c)
foreach(f ${unit_files})
	get_filename_component(name ${f} NAME_WE)
	add_executable(${name} ${f})
	target_include_directories(${name} PRIVATE tests/support)
	target_link_libraries(${name} PRIVATE ${all_rooms} PkgConfig::CHECK
		PkgConfig::JANSSON)
	set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
		${CMAKE_BINARY_DIR}/tests)
	add_test(NAME unit/${name} COMMAND ${name})
endforeach()

# tests/read/NAME.DIALECT.sql against NAME.DIALECT.expected
add_executable(read_golden tests/read/read_golden.c)
target_link_libraries(read_golden PRIVATE read text base)
set_target_properties(read_golden PROPERTIES RUNTIME_OUTPUT_DIRECTORY
	${CMAKE_BINARY_DIR}/tests)
file(GLOB golden_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/read/*.sql)
foreach(f ${golden_files})
	get_filename_component(name ${f} NAME)
	add_test(NAME read/${name} COMMAND read_golden ${f})
endforeach()

# tests/loaders/NAME.jsonl: what real loaders make of .env texts. Another file
# of the kind can be named: dotenv_loaders FILE.
add_executable(dotenv_loaders tests/loaders/dotenv_loaders.c)
target_link_libraries(dotenv_loaders PRIVATE read text base PkgConfig::JANSSON)
set_target_properties(dotenv_loaders PROPERTIES RUNTIME_OUTPUT_DIRECTORY
	${CMAKE_BINARY_DIR}/tests)
add_test(NAME loaders/dotenv COMMAND dotenv_loaders
	${CMAKE_SOURCE_DIR}/tests/loaders/dotenv.jsonl)

# tests/frameworks/*.yaml: frameworks that nobody has. The command and the tests
# of examples are linked once more, with these files beside the others and
# nothing else changed.
file(GLOB made_up_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
	tests/frameworks/*.yaml)
set(made_up ${CMAKE_BINARY_DIR}/gen/made_up_frameworks.c)
data_file(${made_up} frameworks ${framework_files} ${made_up_files})
foreach(name holdfast code_examples_test kind_test)
	add_executable(${name}_made_up ${made_up} $<TARGET_OBJECTS:${name}>)
	target_link_libraries(${name}_made_up PRIVATE ${all_rooms}
		PkgConfig::CHECK PkgConfig::JANSSON)
	set_target_properties(${name}_made_up PROPERTIES
		RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
endforeach()
add_test(NAME frameworks/examples COMMAND code_examples_test_made_up)
add_test(NAME frameworks/paths COMMAND kind_test_made_up)

# tests/fuzz/NAME_fuzz.c: with libFuzzer where asked for, and always as a
# program that runs over the seeds in tests/fuzz/seeds/NAME.
file(GLOB fuzz_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*_fuzz.c)
foreach(f ${fuzz_files})
	get_filename_component(name ${f} NAME_WE)
	string(REPLACE "_fuzz" "" seeds ${name})
	add_executable(${name} ${f})
	target_include_directories(${name} PRIVATE tests/support)
	target_link_libraries(${name} PRIVATE ${all_rooms})
	set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
		${CMAKE_BINARY_DIR}/tests)
	if(HOLDFAST_FUZZ)
		target_link_options(${name} PRIVATE -fsanitize=fuzzer)
	else()
		target_sources(${name} PRIVATE tests/fuzz/run_seeds.c)
		add_test(NAME fuzz/${seeds} COMMAND ${name}
			${CMAKE_SOURCE_DIR}/tests/fuzz/seeds/${seeds})
	endif()
endforeach()

# tests/hooks/NAME.bats: real git, the real programs.
file(GLOB dump_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/hooks/*.c)
foreach(f ${dump_files})
	get_filename_component(name ${f} NAME_WE)
	add_executable(${name} ${f})
	target_link_libraries(${name} PRIVATE ${all_rooms})
	set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
		${CMAKE_BINARY_DIR}/tests)
endforeach()
file(GLOB bats_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/hooks/*.bats)
foreach(f ${bats_files})
	get_filename_component(name ${f} NAME_WE)
	if(BATS)
		add_test(NAME hooks/${name} COMMAND ${BATS} ${f})
		set_tests_properties(hooks/${name} PROPERTIES ENVIRONMENT
			"HOLDFAST_BUILD=${CMAKE_BINARY_DIR}")
	endif()
endforeach()

# Not a test: tests/bench/*.sh measure with it.
add_executable(measure tests/bench/measure.c)
set_target_properties(measure PROPERTIES RUNTIME_OUTPUT_DIRECTORY
	${CMAKE_BINARY_DIR}/tests)
