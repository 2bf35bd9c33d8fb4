/*
 * Editing a stored CREATE TABLE text: the changes of operations are put into it by token ranges, so
 * that whatever is not understood stays as it was written.
 */
#ifndef AG_DIALECT_LITE_EDIT_H
#define AG_DIALECT_LITE_EDIT_H

#include "base/arena.h"
#include "base/error.h"
#include "op/op.h"

/**
 * The text of a table after some operations on it: columns, constraints, table options. Renames of
 * tables and columns are SQLite's own business. `out` lives in the arena. Fails with AG_FAILED when
 * the text is not understood or has nothing that an operation could change.
 */
bool ag_lite_edit_table(ag_arena *arena, const char *sql, const ag_op *const *ops, size_t n,
                        char **out, ag_error *err);

#endif
