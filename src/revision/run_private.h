/*
 * A run in progress; private to src/revision.
 *
 * runner.c makes plans, run_steps.c walks their steps and transactions, run_part.c runs the parts
 * of one step and records them, run_statement.c runs statements and places their errors.
 */
#ifndef AG_REVISION_RUN_PRIVATE_H
#define AG_REVISION_RUN_PRIVATE_H

#include "revision/runner.h"

/** One step of the plan with all it needs. */
typedef struct ag_run_step {
    const ag_plan_step *step;
    ag_rev_file *file; /**< NULL for a stamp or a revision without a file. */
    ag_rev_parts parts;
    const char *direction; /**< "upgrade", "downgrade", "stamp". */
    size_t n_statements;
    size_t n_done; /**< statements that ran, for progress. */
    int64_t begun_ms;
    bool is_announced;
    bool was_interrupted; /**< the history knows parts of it. */
} ag_run_step;

typedef struct ag_run {
    const ag_run_options *options;
    ag_arena *arena;
    ag_store store;
    ag_strings rows; /**< as this run left or found them. */
    bool rows_known; /**< read inside of the transaction that is open. */
    ag_plan *plan;
    AG_LIST(ag_run_step) steps;
    bool must_plan_again; /**< another run was faster: nothing failed. */
    bool in_rebuild;      /**< before_rebuild was called. */
    bool has_committed;   /**< something of the plan is in the database for good. */
    bool is_in_doubt; /**< the connection was lost at a COMMIT: nobody knows what became of it. */
    bool is_begun;    /**< a statement outside of transactions has left nobody knows what. */
    int attempt;      /**< of the transaction that is tried again after a lock timeout. */
    ag_error *err;
} ag_run;

/**
 * Runs the steps of the plan; `*n_done` counts those that are over. Stops early, without an error,
 * when the plan must be made again.
 */
bool ag__run_steps(ag_run *run, size_t *n_done);

/** What a part may do, by the rows and the history under the lock of its transaction. */
typedef enum ag_run_verdict {
    AG_RUN_FAIL,
    AG_RUN_GO,   /**< run it; or it ran. */
    AG_RUN_SKIP, /**< it was done by an earlier run, or by another one just now. */
    AG_RUN_PLAN, /**< the rows are not what the plan was made for. */
} ag_run_verdict;

/** Runs a part in the transaction that is open, and records it there. */
ag_run_verdict ag__run_in_transaction(ag_run *run, ag_run_step *step, size_t index, size_t part);
/** Runs a part that is one statement outside of a transaction. */
ag_run_verdict ag__run_autocommit(ag_run *run, ag_run_step *step, size_t index, size_t part);
/** Runs a part without any transaction but those of rebuilds. */
ag_run_verdict ag__run_bare(ag_run *run, ag_run_step *step, size_t index, size_t part);
/** Fails: a finished part of an interrupted revision is not what ran. */
bool ag__run_changed_part(ag_run *run, const ag_run_step *step, size_t part);
bool ag__run_is_last(const ag_run_step *step, size_t part);

bool ag__run_begin(ag_run *run, bool has_rebuild);
bool ag__run_commit(ag_run *run);
void ag__run_roll_back(ag_run *run);
bool ag__run_in_open_transaction(const ag_run *run);

/** Runs one unit inside or outside of a transaction; errors point at its line. */
bool ag__run_unit(ag_run *run, ag_run_step *step, const ag_rev_unit *unit);
/** False (AG_INTERRUPTED) once the run was told to stop. */
bool ag__run_goes_on(ag_run *run);
void ag__run_pause(ag_run *run, int ms);
int64_t ag__run_now_ms(void);
/** "2026-11-20 12:00:00.000" in UTC. */
void ag__run_time_text(char out[32]);

#endif
