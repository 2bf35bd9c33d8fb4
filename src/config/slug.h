/*
 * Names of revision files: `file_template` filled in with the revision, the slug of its message and
 * its date.
 *
 * A message, however hostile, never adds a folder to the name, nor makes one of its parts longer
 * than a file name may be.
 */
#ifndef AG_CONFIG_SLUG_H
#define AG_CONFIG_SLUG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "config/moment.h"

/** Longest part of a file name in bytes: NAME_MAX less the suffix of a temporary file. */
#define AG_FILE_NAME_MAX 240

/**
 * The words of a message (letters, digits and underscores of any script), lower-case, joined by
 * '_'. What is longer than `max` characters is cut there, the last word that was cut is dropped and
 * a '_' put in its place. NULL gives "".
 */
char *ag_slug(ag_arena *arena, const char *message, size_t max);

typedef struct ag_file_name_input {
    const char *file_template; /**< tokens rev slug epoch year month day hour minute second. */
    const char *rev;
    const char *message; /**< or NULL. */
    size_t slug_length;
    ag_moment created;
    const char *extension; /**< ".sql"; put at the end. */
} ag_file_name_input;

/** The path of a new revision file, relative to the folder of the versions. */
bool ag_file_name(ag_arena *arena, const ag_file_name_input *input, const char **name,
                  ag_error *err);
/** Checks a template; on failure `*bad` is the offset of the mistake. The code is AG_USAGE. */
bool ag_file_template_check(const char *file_template, size_t *bad, ag_error *err);

#endif
