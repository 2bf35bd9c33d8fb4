# Finds libclang (LLVM 14) as Debian installs it and makes the target AgLibClang, which the module
# that reads C needs. Without it, or with -DAG_CLANG=OFF, everything else is built.
if(NOT AG_CLANG)
  return()
endif()
find_path(AG_LIBCLANG_INCLUDE clang-c/Index.h PATHS /usr/lib/llvm-14/include NO_DEFAULT_PATH)
find_library(AG_LIBCLANG_LIBRARY NAMES clang-14 clang PATHS /usr/lib/llvm-14/lib NO_DEFAULT_PATH)
mark_as_advanced(AG_LIBCLANG_INCLUDE AG_LIBCLANG_LIBRARY)
if(AG_LIBCLANG_INCLUDE AND AG_LIBCLANG_LIBRARY)
  add_library(AgLibClang UNKNOWN IMPORTED GLOBAL)
  set_target_properties(AgLibClang PROPERTIES
    IMPORTED_LOCATION ${AG_LIBCLANG_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${AG_LIBCLANG_INCLUDE})
endif()
