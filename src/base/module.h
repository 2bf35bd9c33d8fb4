/*
 * Modules: shared objects that are loaded when a command first needs them, because merely linking
 * their libraries (libpq, libclang) would slow down every start.
 *
 * A module carries its own copy of the core functions it uses, so no address of a function or
 * table of the core may be compared across the seam; arenas, buffers and errors may be passed both
 * ways. A module stays loaded until the process ends.
 */
#ifndef AG_BASE_MODULE_H
#define AG_BASE_MODULE_H

#include <stdbool.h>

#include "base/error.h"

/**
 * Loads autogen-NAME.so and finds `symbol` in it (its name begins with "ag_module_"). Looks in the
 * folders of $AUTOGEN_MODULE_PATH (separated by colons), beside the program or library that holds
 * this code, and where modules are installed.
 */
bool ag_module_open(const char *name, const char *symbol, void **out, ag_error *err);

#endif
