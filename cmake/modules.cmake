# ag_add_module(NAME SOURCES … [LIBRARIES …] [FOLDER …]): builds autogen-NAME.so, which
# ag_module_open finds beside the command in the build tree and in LIBDIR/autogen when installed.
# One for tests goes to FOLDER and is not installed.
#
# A module carries what it uses of the core inside and exports only `ag_module_*`; see
# base/module.h for what may cross the seam.
function(ag_add_module name)
  cmake_parse_arguments(ARG "" "FOLDER" "SOURCES;LIBRARIES" ${ARGN})
  set(target autogen-${name})
  add_library(${target} MODULE ${ARG_SOURCES})
  set_target_properties(${target} PROPERTIES
    PREFIX ""
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/src
    LINK_DEPENDS ${PROJECT_SOURCE_DIR}/src/module.map)
  target_compile_options(${target} PRIVATE -include base/banned.h)
  target_link_libraries(${target} PRIVATE ag_core ${ARG_LIBRARIES})
  target_link_options(${target} PRIVATE -Wl,--as-needed
    -Wl,--version-script=${PROJECT_SOURCE_DIR}/src/module.map)
  if(NOT AG_SANITIZE AND NOT AG_FUZZ)
    target_link_options(${target} PRIVATE -Wl,--no-undefined)
  endif()
  if(ARG_FOLDER)
    set_target_properties(${target} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${ARG_FOLDER})
    return()
  endif()
  install(TARGETS ${target} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/autogen)
endfunction()
