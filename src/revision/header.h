/*
 * The header of a revision file: the comment lines (and blank lines) before the first directive or
 * statement. It alone says what the revision is called and what it follows.
 *
 *   -- add users table
 *   --
 *   -- Revision ID: 4f2a9c81d0b4
 *   -- Revises: 9b1c33aa0e12
 *   -- Branch Labels:
 *   -- Depends On:
 *   -- Create Date: 2026-11-20 12:00:00+00:00
 *
 * A line of the message that would read as a field or a directive is written with a backslash
 * before it (the template filter `comment` does that), which reading takes off.
 */
#ifndef AG_REVISION_HEADER_H
#define AG_REVISION_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "base/vec.h"

/** What every directive begins with, at the start of a line. */
#define AG_DIRECTIVE "-- autogen:"

typedef struct ag_rev_header {
    const char *id;
    const char *message; /**< first paragraph as one line, or "". */
    const char *doc;     /**< all lines before the fields, or "". */
    const char *create_date;
    ag_strings downs;
    ag_strings labels;
    ag_strings depends;
    ag_loc loc;  /**< of the Revision ID. */
    size_t n;    /**< bytes of the text that are header. */
    int n_lines; /**< lines of the text that are header. */
} ag_rev_header;

/**
 * Reads the header of a text that begins with it. With `is_whole` false the text is only the
 * beginning of a file; if that does not show where the header ends, `*needs_more` is set (and true
 * returned). Texts are copied into the arena; `path` is not.
 */
bool ag_rev_header_parse(ag_arena *arena, const char *path, ag_str text, bool is_whole,
                         ag_rev_header *header, bool *needs_more, ag_error *err);

/** The field ("Revises") a line of a header gives, or NULL. */
const char *ag_rev_field_of(ag_str line);

/**
 * Where a header names something in a field ("Depends On"), or the field where it does not; `loc`
 * stays as it is where there is no such field. For messages: reads the file again. The text is in
 * the arena, NULL when the file cannot be read.
 */
const char *ag_rev_place_of(ag_arena *arena, const char *path, const char *wanted, const char *name,
                            ag_loc *loc);

/** True for a line (without its end) that is a directive or was meant as one. */
bool ag_rev_is_directive(ag_str line);

#endif
