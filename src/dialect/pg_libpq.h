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
    bool locked;
} pg_conn;

/** Turns a failed result (NULL = the connection failed) into an error; always false. */
bool pg_fail_result(pg_conn *c, const PGresult *result, ag_error *err);

/** Session-level advisory lock, by polling: see pg_libpq_lock.c. */
bool pg_lock(ag_conn *conn, const char *key, int wait_ms,
             void (*on_wait)(void *context, const char *holder), void *context, ag_error *err);
void pg_unlock(ag_conn *conn);

#endif
