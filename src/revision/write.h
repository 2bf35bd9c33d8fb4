/*
 * Revision files, written: operations as scripts -> sections -> template -> text.
 *
 * What is written is read back before it is handed out: whatever a name, a message, a definition or
 * a template holds, the result has exactly the header and the statements it was made from, or the
 * writing fails.
 */
#ifndef AG_REVISION_WRITE_H
#define AG_REVISION_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/vec.h"
#include "op/script.h"
#include "review/review.h"
#include "sql/token.h"
#include "template/value.h"

/** What one dialect runs. */
typedef struct ag_rev_scripts {
    const char *dialect; /**< name, or NULL for every dialect. */
    const ag_script *up;
    const ag_script *down;
} ag_rev_scripts;

/** One line of the template's `operations`. */
typedef struct ag_rev_operation {
    const ag_op *op;
    ag_hazards hazards;
} ag_rev_operation;

typedef struct ag_rev_draft {
    const char *id;
    const char *message; /**< may have several lines; NULL = "empty message". */
    const char *create_date;
    ag_strings downs;
    ag_strings labels;
    ag_strings depends;
    AG_LIST(ag_rev_scripts) scripts; /**< none: an empty revision. */
    AG_LIST(ag_rev_operation) operations;
    const ag_value *config; /**< `config` of the template; NULL = an empty dict. */
} ag_rev_draft;

/**
 * Renders the template `template_text` (named `template_file` in messages) into the text of a
 * revision file, in the arena.
 */
bool ag_rev_render(ag_arena *arena, const ag_rev_draft *draft, const char *template_file,
                   ag_str template_text, char **text, size_t *n, ag_error *err);

/** One direction as it stands in a file (without its section line). */
void ag_rev_print_script(ag_buf *buf, ag_sql_flavor flavor, const ag_script *script);

/**
 * Changes a field of names ("Revises") in the header of a file's text and nothing else.
 */
bool ag_rev_set_field(ag_arena *arena, const char *path, ag_str text, const char *name,
                      const ag_strings *ids, char **out, size_t *n, ag_error *err);

/** A fresh id: 12 hex digits. */
void ag_rev_new_id(char out[13]);

#endif
