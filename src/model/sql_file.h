/*
 * Files of SQL as people and dumps write them, cut into statements that a scratch database can run:
 * commands for the database's shell are followed (files included) or refused, what says nothing
 * about a schema is left out.
 */
#ifndef AG_MODEL_SQL_FILE_H
#define AG_MODEL_SQL_FILE_H

#include "base/error.h"
#include "dialect/dialect.h"

typedef struct ag_sql_piece {
    char *sql;
    ag_script_role role; /**< never AG_SCRIPT_NOTHING. */
    const char *text;    /**< of the whole file, for excerpts. */
    size_t n_text;
    size_t start;   /**< offset of `sql` in the text. */
    ag_loc loc;     /**< of `sql`. */
    size_t session; /**< statements of one session stand together. */
} ag_sql_piece;
typedef AG_VEC(ag_sql_piece) ag_sql_pieces;

/** Appends the statements of a file and of those it includes, as one session. */
bool ag_sql_file_read(ag_arena *arena, const ag_dialect *dialect, const char *path, size_t session,
                      ag_sql_pieces *out, ag_error *err);

#endif
