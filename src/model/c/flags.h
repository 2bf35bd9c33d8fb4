/* Options of the C compiler. */
#ifndef AG_MODEL_C_FLAGS_H
#define AG_MODEL_C_FLAGS_H

#include <autogen/list.h>

#include "base/arena.h"

/** Appends options with the relative paths in them joined to a folder (NULL or "." = as they are).
 */
void ag_c_locate_flags(ag_arena *arena, const ag_strings *flags, const char *folder,
                       ag_strings *out);

#endif
