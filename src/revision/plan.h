/*
 * Plans: which revisions run, in which order, and what each step changes in the version table.
 *
 * Pure functions of the graph, the rows and the words of the user. The rows are always the minimal
 * set: the applied revisions that no other applied revision revises or depends on. Rows of a
 * database that are more than that are cleaned up by the first step.
 */
#ifndef AG_REVISION_PLAN_H
#define AG_REVISION_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "revision/graph.h"
#include "revision/ident.h"

typedef enum ag_plan_kind {
    AG_PLAN_UPGRADE,
    AG_PLAN_DOWNGRADE,
    AG_PLAN_STAMP,
} ag_plan_kind;

typedef enum ag_row_change_kind {
    AG_ROW_INSERT, /**< `to` */
    AG_ROW_UPDATE, /**< `from` becomes `to` */
    AG_ROW_DELETE, /**< `from` */
} ag_row_change_kind;

typedef struct ag_row_change {
    ag_row_change_kind kind;
    const char *from;
    const char *to;
} ag_row_change;

typedef struct ag_plan_step {
    ag_plan_kind kind;
    ag_rev *rev;     /**< what runs; for a stamp the destination, NULL for base. */
    ag_strings from; /**< what is shown before the arrow; empty for base. */
    ag_strings to;   /**< and after it. */
    AG_LIST(ag_row_change) changes;
} ag_plan_step;

typedef struct ag_plan {
    ag_arena *arena; /**< owned; revisions stay the graph's. */
    ag_plan_kind kind;
    AG_LIST(ag_plan_step) steps;
} ag_plan;

/** NULL is allowed. */
void ag_plan_free(ag_plan *plan);

/**
 * The steps to go from the rows of a version table to a target, as a person writes it. An empty
 * plan (nothing to do) is no error.
 */
bool ag_plan_upgrade(const ag_graph *graph, const ag_strings *rows, const char *target,
                     ag_plan **out, ag_error *err);
bool ag_plan_downgrade(const ag_graph *graph, const ag_strings *rows, const char *target,
                       ag_plan **out, ag_error *err);
/**
 * Changes the rows only. `purge` empties the table first, whatever stands in it.
 */
bool ag_plan_stamp(const ag_graph *graph, const ag_strings *rows, const char *const *targets,
                   size_t n_targets, bool purge, ag_plan **out, ag_error *err);

/**
 * The same for the range of an offline run: from `lower` (NULL = base; one revision or base) to
 * `upper`. `rows` become the rows the run starts from.
 */
bool ag_plan_range(const ag_graph *graph, ag_plan_kind kind, const char *lower, const char *upper,
                   ag_strings *rows, ag_plan **out, ag_error *err);

/** "upgrade A, B -> C", "stamp A -> B". */
char *ag_plan_step_title(ag_arena *arena, const ag_plan_step *step);
/** The same with the message: "upgrade A, B -> C, MESSAGE". */
char *ag_plan_step_text(ag_arena *arena, const ag_plan_step *step);
/** Makes the change of a step to rows in memory. */
void ag_plan_step_rows(ag_arena *arena, const ag_plan_step *step, ag_strings *rows);

/**
 * The revisions of a history, newest first, ends included. NULL: from base, to the heads.
 * `current` as in ag_ident_context. A lower end of -N counts from the upper end, an upper end of +N
 * from the lower one; where both are relative, both count from `current`.
 */
bool ag_history_range(ag_arena *arena, const ag_graph *graph, const ag_revs *current,
                      const char *lower, const char *upper, ag_revs *out, ag_error *err);
/** Whether the ends of a range (NULL as above) mean something only to a database. */
bool ag_history_asks_database(const char *lower, const char *upper);
/** What the rows stand for: the newest applied revision of each branch, implied ones included. */
void ag_history_current(ag_arena *arena, const ag_graph *graph, const ag_revs *rows, ag_revs *out);
/** Marks of all that is applied. */
ag_marks ag_history_applied(ag_arena *arena, const ag_graph *graph, const ag_revs *rows);
/** True when every revision is applied. */
bool ag_history_is_complete(const ag_graph *graph, const ag_revs *rows);

#endif
