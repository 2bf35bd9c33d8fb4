/* The connection of the libpq module and what its files share. */
#ifndef AG_DIALECT_PG_LIBPQ_H
#define AG_DIALECT_PG_LIBPQ_H

#include <libpq-fe.h>
#include <stdatomic.h>

#include "dialect/driver.h"

typedef struct pg_conn {
    ag_conn base;
    PGconn *pg;
    PGcancel *cancel; /**< made once, so that cancelling needs no allocation. */
    ag_open_options options;
    int64_t changes;
    atomic_bool cancelled;
    int64_t lock_key;
    bool locked;          /**< the session holds the lock… */
    bool is_pooled;       /**< …or, behind a transaction pooler, each transaction takes it. */
    int lock_wait_ms;     /**< how long to wait for it. */
    PGconn *admin;        /**< scratch databases: the connection that made it; else NULL. */
    char *scratch_name;   /**< owned. */
    PGconn *watcher;      /**< asks what a statement waits for; NULL until one takes long. */
    char last_words[256]; /**< why the server ended the session, from a notice; or "". */
    char blockers[512];   /**< the sessions that the last statement waited for, or "". */
} pg_conn;

/** Opens a connection to another database of the target's server (NULL = the target's own). */
bool pg_open_database(const char *target, const char *database, const ag_open_options *options,
                      ag_conn **out, ag_error *err);

/** Turns a failed result (NULL = the connection failed) into an error; always false. */
bool pg_fail_result(pg_conn *c, const PGresult *result, ag_error *err);

/** Runs what may fail; why the session ended, if it did, is kept for the next error. */
void pg_exec_quietly(pg_conn *c, const char *sql);

/** libpq_scratch.c */
bool pg_open_scratch(const char *target, const ag_open_options *options, ag_conn **out,
                     ag_error *err);
/** Drops the scratch database of a connection that is closed already; no-op for others. */
void pg_drop_scratch(pg_conn *c);

/** Session-level advisory lock, by polling: see libpq_lock.c. */
bool pg_lock(ag_conn *conn, const char *key, int wait_ms,
             void (*on_wait)(void *context, const char *holder), void *context, ag_error *err);
void pg_unlock(ag_conn *conn);
/**
 * Behind a pooler: takes the lock for the transaction that is open. Not to be had: `*got` is false
 * and the transaction is to be rolled back before the next try; after `since_ms` plus the longest
 * wait it is an error.
 */
bool pg_lock_transaction(ag_conn *conn, int64_t since_ms, bool *got, ag_error *err);
int64_t pg_now_ms(void);
/** Sleeps between half and all of `ms`, so that waiters do not poll in step. */
void pg_pause_about(int ms);

/**
 * Runs one statement, as PQexecParams does; says whom it waits for when it takes long, and keeps
 * that in `blockers`: see libpq_wait.c.
 */
PGresult *pg_run_watched(pg_conn *c, const char *sql, const char *const *params, int n);

/** Statements outside of transactions: see libpq_run.c. */
bool pg_before_autocommit(ag_conn *conn, const char *sql, ag_error *err);
void pg_after_autocommit(ag_conn *conn);
bool pg_took_effect(ag_conn *conn, const char *sql, ag_outcome *outcome, ag_error *err);

#endif
