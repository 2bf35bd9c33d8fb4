/*
 * What the two halves of SQLite's lowering share: lower.c changes the texts of tables and goes
 * over the list in both directions, lower_object.c does what is one statement each.
 *
 * A lowering lives for one call of ag_lite_lower; everything in it points into its arena, into the
 * schemas, or into the operations that were given.
 */
#ifndef AG_DIALECT_LITE_LOWERING_H
#define AG_DIALECT_LITE_LOWERING_H

#include "base/vec.h"
#include "dialect/dialect.h"
#include "dialect/lite/rebuild.h"
#include "dialect/lite/scratch.h"

/** What was done forward, and what it takes to go back. */
typedef struct ag_lite_step {
    const ag_op *op;             /**< the lowered operation; NULL for several of a table. */
    AG_VEC(const ag_op *) group; /**< operations on one table's text. */
    const char *table;           /**< of a group. */
    const char *before_sql;      /**< stored text of the object before the step; NULL = none. */
    ag_lite_stored_list lost;    /**< indexes and triggers that go with a dropped table or view. */
    ag_strings nulls;            /**< columns that come back with NULL, not with their default. */
    ag_lite_values values;       /**< of enums, that have other names afterwards. */
    bool is_unseen;              /**< dropped what the scratch database could not have. */
    bool is_undone;              /**< taken back ahead of its turn. */
} ag_lite_step;

typedef struct ag_lite_lowering {
    ag_lite_scratch *scratch;
    const ag_schema *from, *to;
    const ag_compile_options *options;
    const ag_ops *ops;
    ag_ops *up, *down;
    AG_VEC(ag_lite_step) steps;
    bool *is_dropped; /**< by the operation's place: its object was dropped ahead of its turn. */
    bool *is_waiting; /**< its index is made when the text of its table is as it is to be. */
    AG_VEC(const ag_object *) aside; /**< taken down without being changed; to be put back. */
    ag_arena *arena;
    ag_error *err;
} ag_lite_lowering;

/** Runs an operation on the scratch database; the error says what could not be done. */
bool ag__lite_run(ag_lite_lowering *l, const ag_op *op);
/** The same without the words: for what may fail. */
bool ag__lite_try(ag_lite_lowering *l, const ag_op *op, ag_error *err);
/** SAVEPOINT or RELEASE of what is only tried out. */
bool ag__lite_savepoint(ag_lite_lowering *l, const char *verb);
/** Takes back what was done since the savepoint. */
bool ag__lite_undo(ag_lite_lowering *l);

/** Lowers the operation at a place that is no change of a table's text. */
bool ag__lite_object_up(ag_lite_lowering *l, size_t at);
/** Makes the indexes that waited for the text of a table. */
bool ag__lite_make_waiting(ag_lite_lowering *l, const char *table);
/** Puts back what had to be taken down and is still missing. */
bool ag__lite_put_back(ag_lite_lowering *l);
/** Takes a step back that was one operation. */
bool ag__lite_object_down(ag_lite_lowering *l, ag_lite_step *step);

/**
 * A rebuild stops at a view that it would break. Those that operations behind `at` drop or replace
 * anyway go before it.
 */
bool ag__lite_drop_broken(ag_lite_lowering *l, size_t at, const ag_op *rebuild);
/** The same on the way back, for views that the first `n` steps made. */
bool ag__lite_undo_broken(ag_lite_lowering *l, size_t n, const ag_op *rebuild);

/* blame.c */
/** Finds the piece of a table that SQLite refuses with this message; its place in the model. */
bool ag__lite_blame(ag_lite_lowering *l, const ag_table *table, const char *message, ag_loc *loc);
/** Whether values that are there may be refused by the rules of the table once it is changed. */
bool ag__lite_may_refuse(ag_arena *arena, const ag_rebuild *rebuild, const ag_op *change);

#endif
