/*
 * Revision files, read: header (revision/header.h), sections, directives and statements.
 *
 *   -- autogen:upgrade [DIALECT…]      opens a section; without names it is for every dialect
 *   -- autogen:downgrade [DIALECT…]
 *   -- autogen:part                    ends one transaction and starts the next
 *   -- autogen:autocommit              what follows runs outside a transaction…
 *   -- autogen:transaction             …until here
 *   -- autogen:rebuild TABLE HASH      a SQLite table rebuild…
 *   -- autogen:end                     …until here
 *
 * A directive counts where a statement could begin, at the start of a line. Inside a string, a
 * dollar quote, a quoted name or a block comment the same characters are text; inside a statement
 * they are an error, unless blanks stand before them. Unknown and misplaced ones are errors
 * (AG_INPUT) at file:line:column.
 */
#ifndef AG_REVISION_FILE_H
#define AG_REVISION_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "revision/header.h"

/** Largest revision file, in bytes. */
#define AG_REV_FILE_CEILING ((size_t)256 << 20)

typedef struct ag_rev_statement {
    const char *sql; /**< bare: without the comments before it and the semicolon. */
    ag_loc loc;      /**< where `sql` begins. */
} ag_rev_statement;

/** What runs as one: a statement, or a rebuild with all of its statements. */
typedef struct ag_rev_unit {
    const char *table; /**< of a rebuild; else NULL. */
    const char *hash;  /**< of a rebuild. */
    AG_LIST(ag_rev_statement) statements;
    ag_loc loc;
} ag_rev_unit;

/** One transaction, or one statement that runs outside of any. */
typedef struct ag_rev_part {
    bool is_autocommit; /**< one unit with one statement. */
    bool has_rebuild;
    AG_LIST(ag_rev_unit) units;
    char checksum[65]; /**< of its statements. */
    ag_loc loc;
} ag_rev_part;

typedef AG_LIST(ag_rev_part) ag_rev_parts;

typedef struct ag_rev_section ag_rev_section;

typedef struct ag_rev_file {
    ag_arena *arena; /**< owned. */
    const char *path;
    const char *text; /**< the whole file, NUL-terminated. */
    size_t n;
    ag_rev_header header;
    char checksum[65]; /**< SHA-256 with line ends as \n and without a byte order mark. */
    AG_LIST(ag_rev_section *) sections;
} ag_rev_file;

/** Reads and checks a whole file. */
bool ag_rev_file_read(const char *path, ag_rev_file **out, ag_error *err);
/** The same of a text (copied). */
bool ag_rev_file_parse(const char *path, ag_str text, ag_rev_file **out, ag_error *err);
/** NULL is allowed. */
void ag_rev_file_free(ag_rev_file *file);

/**
 * What one direction runs on a dialect, in order, empty parts left out (so there may be none).
 * A file with sections, but none for the dialect, is an error. Lists grow in the arena; the texts
 * are the file's.
 */
bool ag_rev_file_parts(const ag_rev_file *file, ag_arena *arena, const char *dialect,
                       bool is_upgrade, ag_rev_parts *out, ag_error *err);
/** How many statements these are. */
size_t ag_rev_parts_count(const ag_rev_parts *parts);

/** Only the checksum of a file, as in ag_rev_file. */
bool ag_rev_file_checksum(const char *path, char out[65], ag_error *err);
/** The same of a text. */
void ag_rev_text_checksum(ag_str text, char out[65]);

#endif
