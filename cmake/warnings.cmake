add_compile_definitions(_POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64)
add_compile_options(-Wall -Wextra -Wpedantic
	-Wshadow -Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes
	-Wwrite-strings -Wcast-qual -Wpointer-arith -Wundef -Wvla -Walloca
	-Wformat=2 -Wnull-dereference -Wimplicit-fallthrough
	-Wconversion -Wsign-conversion -Wdouble-promotion -fno-common)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
	add_compile_options(-Wjump-misses-init -Wlogical-op -Wduplicated-cond)
endif()
if(HOLDFAST_WERROR)
	add_compile_options(-Werror)
endif()
if(HOLDFAST_SANITIZE)
	add_compile_options(-fsanitize=address,undefined
		-fno-sanitize-recover=all -fno-omit-frame-pointer)
	add_link_options(-fsanitize=address,undefined)
endif()
if(HOLDFAST_FUZZ)
	add_compile_options(-fsanitize=fuzzer-no-link)
endif()
