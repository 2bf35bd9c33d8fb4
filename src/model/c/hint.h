/* Hints beside the errors of the compiler. */
#ifndef AG_MODEL_C_HINT_H
#define AG_MODEL_C_HINT_H

#include "base/arena.h"
#include "base/error.h"

typedef struct ag_c_hint_place {
    const char *project;          /**< where cflags start from; NULL = here. */
    const char *compile_commands; /**< NULL = there are cflags instead. */
    bool has_model_h;             /**< the file, or one that it includes, includes model.h. */
} ag_c_hint_place;

/** Puts what helps against an error before the compiler's notes, which are its hint so far. */
void ag_c_add_hint(ag_arena *arena, ag_error *err, const ag_c_hint_place *place);

#endif
