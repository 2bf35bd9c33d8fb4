/*
 * The runner: takes a database from its rows to a target.
 *
 * One transaction per part of a revision, together with the version row and the history, under the
 * driver's lock; the rows are read again inside of each transaction, so two runs at once do each
 * revision once. A failure or a kill leaves the database at the end of a revision or of a recorded
 * part, from which the next run goes on by itself. Errors of a statement point at its line.
 */
#ifndef AG_REVISION_RUNNER_H
#define AG_REVISION_RUNNER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "config/settings.h"
#include "dialect/dialect.h"
#include "revision/file.h"
#include "revision/plan.h"
#include "revision/store.h"

/** What the caller wants to hear; every member may be NULL. */
typedef struct ag_run_events {
    void *context;
    /** Before a step: "Running upgrade A -> B". `n_steps` of the plan it belongs to. */
    void (*on_step)(void *context, const ag_plan_step *step, size_t index, size_t n_steps);
    /** Before a statement; `index` of `n` in its revision. */
    void (*on_statement)(void *context, const ag_rev_statement *statement, size_t index, size_t n);
    /** After a step was committed (with AG_TRANSACTION_ALL: after it ran). */
    void (*on_step_done)(void *context, const ag_plan_step *step, int64_t duration_ms);
    /** Another run holds the lock. */
    void (*on_wait)(void *context, const char *holder);
    /** A lock timed out; the part is tried again after `pause_ms`. */
    void (*on_retry)(void *context, const ag_plan_step *step, int attempt, int pause_ms,
                     const ag_error *why);
    /** Sleeps; NULL = nanosleep. */
    void (*pause)(void *context, int ms);
} ag_run_events;

typedef struct ag_run_options {
    const ag_graph *graph;
    const ag_dialect *dialect;
    ag_conn *conn;
    const char *version_schema; /**< NULL or "" = the default. */
    const char *version_table;  /**< NULL = "alembic_version". */
    ag_transaction_mode transaction;
    int lock_retries;              /**< after a lock timeout (SQLSTATE 55P03). */
    int migration_lock_timeout_ms; /**< 0 = no limit. */
    /**
     * Everything that is refused before the first statement runs is refused, on_step tells of each
     * step, and nothing else happens. `conn` may be NULL then: a database that is not there yet.
     */
    bool is_dry;
    bool allow_edited;      /**< go on though applied files were changed, and accept the change. */
    const char *applied_by; /**< NULL = user@host of the process. */
    const char *tool_version;               /**< NULL = "". */
    const volatile sig_atomic_t *cancelled; /**< set to stop between statements; may be NULL. */
    ag_run_events events;
} ag_run_options;

typedef struct ag_run_result {
    size_t n_steps; /**< that ran. */
} ag_run_result;

bool ag_run_upgrade(const ag_run_options *options, const char *target, ag_run_result *result,
                    ag_error *err);
bool ag_run_downgrade(const ag_run_options *options, const char *target, ag_run_result *result,
                      ag_error *err);
bool ag_run_stamp(const ag_run_options *options, const char *const *targets, size_t n_targets,
                  bool purge, ag_run_result *result, ag_error *err);
/** Creates the version table where it is missing (ensure_version). */
bool ag_run_ensure(const ag_run_options *options, ag_error *err);

/** The name of the lock that keeps two runs apart. */
char *ag_run_lock_key(ag_arena *arena, const char *version_schema, const char *version_table);

#endif
