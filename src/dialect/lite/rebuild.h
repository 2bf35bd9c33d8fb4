/*
 * The table rebuild of SQLite: what ALTER TABLE cannot do is done by making the table anew.
 *
 * The old table is renamed aside, the new one is created under its own name with its final text,
 * filled, and the old one dropped. (Creating under a temporary name would break a CHECK that names
 * its table, and SQLite would store the renamed text, not ours. Where the *old* text names its
 * table that way it cannot be renamed either; then its rows are copied aside instead.)
 */
#ifndef AG_DIALECT_LITE_REBUILD_H
#define AG_DIALECT_LITE_REBUILD_H

#include "base/arena.h"
#include "base/error.h"
#include "dialect/driver.h"
#include "dialect/lite/scratch.h"
#include "op/op.h"

/** What the name of a table begins with while it is aside. */
#define AG_LITE_ASIDE "_autogen_old_"

/** A value of a column that stands for an enum: what it was called and what it becomes. */
typedef struct ag_lite_value {
    const char *column, *from, *to;
} ag_lite_value;
typedef AG_VEC(ag_lite_value) ag_lite_values;

typedef struct ag_lite_rebuild_options {
    /**
     * A table that is no longer AUTOINCREMENT leaves its row in sqlite_sequence, where it means
     * nothing until the table is AUTOINCREMENT again and goes on from there.
     */
    bool keeps_counter;
    ag_strings nulls;             /**< new columns that begin with NULL, not with their default. */
    const ag_lite_values *values; /**< that are called otherwise afterwards; NULL = none. */
} ag_lite_rebuild_options;

/**
 * Writes the statements that turn the stored table text `before_sql` into `after_sql` and bring its
 * indexes and triggers back. Columns correspond by name; what is generated afterwards is not
 * copied; NULLs of a column that becomes NOT NULL take its default. Everything in `arena`;
 * `options` may be NULL.
 */
bool ag_lite_make_rebuild(ag_arena *arena, const char *before_sql, const char *after_sql,
                          const ag_lite_stored_list *dependents,
                          const ag_lite_rebuild_options *options, ag_rebuild **out, ag_error *err);

/* values.c */
/**
 * The values that a table's text still has by their former names, as the model of it says: a
 * "renamed_from" may stay in a model for ever.
 */
bool ag_lite_find_values(ag_arena *arena, const char *before_sql, const ag_table *model,
                         ag_lite_values *out, ag_error *err);

/* The driver's side; see ag_driver in dialect/driver.h. */
bool ag_lite_run_rebuild(ag_conn *conn, const char *table, const char *hash,
                         const char *const *statements, size_t n, ag_error *err);
bool ag_lite_before_rebuild(ag_conn *conn, ag_error *err);
bool ag_lite_after_rebuild(ag_conn *conn, ag_error *err);

#endif
