/*
 * Drivers for tests: one that plays a script instead of talking to a database, and one that puts
 * itself before a real connection and makes one of its calls fail.
 *
 * Every call is recorded as text: the SQL of a query, or BEGIN, COMMIT, ROLLBACK, LOCK, UNLOCK.
 * Not thread-safe: one script at a time is behind ag_driver_fake.
 */
#ifndef AG_DIALECT_FAKE_DRIVER_H
#define AG_DIALECT_FAKE_DRIVER_H

#include <autogen/list.h>

#include "dialect/driver.h"

/** What is expected next, and what the database answers. */
typedef struct ag_fake_step {
    const char *sql;          /**< the call, or how it begins when it ends with "*". */
    const char *const *cells; /**< n_rows times n_columns texts, row by row; may be NULL. */
    size_t n_rows, n_columns;
    int64_t changes;
    const char *error; /**< the call fails with this message; NULL = it succeeds. */
    ag_code code;      /**< of the error; AG_OK stands for AG_DATABASE. */
    const char *sqlstate;
    bool loses_connection; /**< all later calls fail too. */
} ag_fake_step;

typedef struct ag_fake {
    ag_arena *arena; /**< owned. */
    const ag_fake_step *steps;
    size_t n_steps, at;
    /** Instead of steps: answers a call by filling in a step (zeroed; its `sql` is not read). */
    void (*answer)(void *user, const char *call, ag_fake_step *step);
    void *user;
    ag_strings calls; /**< what was asked, in order. */
    int64_t changes;
    bool in_transaction, is_lost, is_open;
} ag_fake;

/** A script; `steps` must outlive it. Without steps every call succeeds and gives no rows. */
ag_fake *ag_fake_new(const ag_fake_step *steps, size_t n);
void ag_fake_free(ag_fake *fake);
/** What the next opening of ag_driver_fake plays. */
void ag_fake_use(ag_fake *fake);
/** True when every step was played; else `*next` is the one that was not. */
bool ag_fake_is_done(const ag_fake *fake, const char **next);

extern const ag_driver ag_driver_fake;

/**
 * A connection that passes everything on to `inner`, but fails call number `fail_at` (from 1; 0 =
 * none) with AG_DATABASE "injected failure" before it reaches the database. The rebuild of the
 * driver behind runs on this connection, so that its statements are counted too. Closing it closes
 * `inner`. ROLLBACK is never failed.
 */
ag_conn *ag_fault_conn(ag_conn *inner, size_t fail_at);
/** How many calls a fault connection has seen. */
size_t ag_fault_calls(const ag_conn *conn);

#endif
