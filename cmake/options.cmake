# Compile options shared by every target of the project.
option(AG_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(AG_COVERAGE "Build with coverage counters" OFF)
option(AG_FUZZ "Build the libFuzzer targets (clang only)" OFF)
option(AG_VALGRIND "Run the test programs under valgrind, each arena allocation a malloc of its own" OFF)
option(AG_WERROR "Treat warnings as errors" ON)
option(AG_CLANG "Build the module that reads annotated C structs, where libclang is found" ON)

add_library(ag_options INTERFACE)
target_compile_definitions(ag_options INTERFACE _GNU_SOURCE)
target_compile_options(ag_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes
  -Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wwrite-strings -Wcast-qual
  -Wformat=2 -Wformat-nonliteral -Wundef -Wswitch-enum -Wvla -Walloca -Wnull-dereference
  -fno-common -fstack-protector-strong)
if(AG_WERROR)
  target_compile_options(ag_options INTERFACE -Werror)
endif()
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  target_compile_options(ag_options INTERFACE -Wlogical-op -Wduplicated-cond
    -Wno-format-truncation) # where text is cut it is meant, and gcc guesses by optimisation level
endif()
if(AG_SANITIZE)
  set(AG_SANITIZE_FLAGS -fsanitize=address,undefined -fno-sanitize-recover=all
      -fno-omit-frame-pointer)
  target_compile_options(ag_options INTERFACE ${AG_SANITIZE_FLAGS})
  target_link_options(ag_options INTERFACE ${AG_SANITIZE_FLAGS})
endif()
if(AG_COVERAGE)
  target_compile_options(ag_options INTERFACE --coverage)
  target_link_options(ag_options INTERFACE --coverage)
endif()
if(AG_FUZZ)
  target_compile_options(ag_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(AG_VALGRIND)
  target_compile_definitions(ag_options INTERFACE AG_ARENA_PASSTHROUGH)
endif()
