/*
 * Files of C as a model: the module reads them, their structs become documents for the JSON reader.
 */
#ifndef AG_MODEL_C_READ_H
#define AG_MODEL_C_READ_H

#include <stdbool.h>

#include "base/vec.h"
#include "dialect/dialect.h"
#include "model/c/decl.h"
#include "model/json/dom.h"

/** How C is compiled. Zeroed means: with no options. */
typedef struct ag_c_options {
    const ag_strings *cflags;
    const char *cflags_folder;    /**< what relative paths in cflags start from; NULL = here. */
    const char *compile_commands; /**< compile_commands.json or its folder; NULL = none. */
} ag_c_options;

typedef AG_LIST(ag_json_source) ag_json_sources;

/**
 * Appends one document for each table, enum and naming convention of the files; they live in the
 * arena. On failure `diags` holds the compiler's errors or the mistakes of the annotations.
 */
bool ag_model_read_c(ag_arena *arena, const ag_strings *files, const ag_c_options *options,
                     const ag_dialect *dialect, ag_json_sources *sources, ag_diags *diags,
                     ag_error *err);
/** The same from declarations that were read already. */
bool ag_model_lower_c(ag_arena *arena, const ag_c_result *units, const ag_dialect *dialect,
                      ag_json_sources *sources, ag_diags *diags);
/** Fills the excerpts of diagnostics that have none from the files they are about. */
void ag_model_add_excerpts(ag_diags *diags);

#endif
