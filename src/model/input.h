/*
 * From what the configuration names as a model to files: a file, a folder, a glob pattern.
 */
#ifndef AG_MODEL_INPUT_H
#define AG_MODEL_INPUT_H

#include <stdbool.h>

#include <autogen/list.h>

#include "base/arena.h"
#include "base/error.h"

/** The suffixes of models in JSON and C in a folder: C sources are read where they are named. */
#define AG_MODEL_FILES ".json .h .hh .hpp .hxx"

/**
 * Appends the files of an input: itself; of a folder, and of the folders below it, those whose
 * names end in one of `suffixes` (".json .h"), sorted, without hidden ones, what links lead to as
 * folders, and revisions (a folder with a script.mako); of a pattern (with * ? or [, where no file
 * has that very name) what it matches, sorted. None at all is an error (AG_INPUT). A file that is
 * in the list already is not added again.
 */
bool ag_model_expand(ag_arena *arena, const char *input, const char *suffixes, ag_strings *files,
                     ag_error *err);

#endif
