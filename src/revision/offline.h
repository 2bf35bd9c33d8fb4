/*
 * Offline SQL (`--sql`): a plan as a script that psql and the sqlite3 shell run as it is.
 */
#ifndef AG_REVISION_OFFLINE_H
#define AG_REVISION_OFFLINE_H

#include <stdbool.h>

#include "revision/runner.h"

typedef struct ag_offline_options {
    const ag_graph *graph;
    const ag_dialect *dialect;
    const char *version_schema; /**< NULL or "" = the default. */
    const char *version_table;  /**< NULL = "alembic_version". */
    ag_transaction_mode transaction;
} ag_offline_options;

/** The script of an upgrade to TARGET or over a range A:B. */
bool ag_offline_upgrade(const ag_offline_options *options, const char *range, ag_buf *out,
                        ag_error *err);
/** The script of a downgrade; the range must be FROM:TO (AG_USAGE). */
bool ag_offline_downgrade(const ag_offline_options *options, const char *range, ag_buf *out,
                          ag_error *err);
/** The version rows only; each target may be A:B, with one A for all. */
bool ag_offline_stamp(const ag_offline_options *options, const char *const *targets,
                      size_t n_targets, bool purge, ag_buf *out, ag_error *err);
/** The statement that makes the version table. */
void ag_offline_ensure(const ag_offline_options *options, ag_buf *out);

#endif
