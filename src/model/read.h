/*
 * Models that are written down: files of JSON, files of C, or both together as one model.
 */
#ifndef AG_MODEL_READ_H
#define AG_MODEL_READ_H

#include <stdbool.h>

#include "model/c/read.h"

/**
 * Reads and merges files, folders and glob patterns. Names that end in .h, .hh, .hpp, .c, .cc or
 * .cpp are C; of a folder its *.json are taken, or where it has none its *.h. On failure `diags`
 * holds every mistake and `err` the first; on success `diags` holds warnings, if anything.
 */
bool ag_model_read(const ag_strings *inputs, const ag_c_options *options, const ag_dialect *dialect,
                   ag_schema **out, ag_diags *diags, ag_error *err);
/** The same, and documents that are in memory already. */
bool ag_model_read_merged(const ag_strings *inputs, const ag_json_sources *documents,
                          const ag_c_options *options, const ag_dialect *dialect, ag_schema **out,
                          ag_diags *diags, ag_error *err);
/** Whether a file with such a name is read as C. */
bool ag_model_is_c(const char *name);

#endif
