/* The failing connection of fake_driver.h. */
#include <stdlib.h>

#include "dialect/fake_driver.h"

typedef struct fault_conn {
    ag_conn base;
    ag_driver driver; /* its own table: what the inner driver lacks stays NULL. */
    ag_conn *inner;
    size_t n_calls, fail_at;
} fault_conn;

static ag_conn *inner_of(ag_conn *conn) {
    return ((fault_conn *)conn)->inner;
}

static bool passes(ag_conn *base, ag_error *err) {
    fault_conn *conn = (fault_conn *)base;
    conn->n_calls++;
    return conn->n_calls != conn->fail_at || ag_fail(err, AG_DATABASE, "injected failure");
}

static void close_fault(ag_conn *conn) {
    ag_conn_close(inner_of(conn));
    free(conn);
}

static bool query_fault(ag_conn *conn, const char *sql, const char *const *params, size_t n_params,
                        ag_rows *rows, ag_error *err) {
    return passes(conn, err) && ag_conn_query(inner_of(conn), sql, params, n_params, rows, err);
}

static int64_t changes_fault(ag_conn *conn) {
    return inner_of(conn)->driver->changes(inner_of(conn));
}

static bool begin_fault(ag_conn *conn, ag_error *err) {
    return passes(conn, err) && inner_of(conn)->driver->begin(inner_of(conn), err);
}

static bool commit_fault(ag_conn *conn, ag_error *err) {
    return passes(conn, err) && inner_of(conn)->driver->commit(inner_of(conn), err);
}

static void rollback_fault(ag_conn *conn) {
    inner_of(conn)->driver->rollback(inner_of(conn));
}

static bool in_transaction_fault(ag_conn *conn) {
    return inner_of(conn)->driver->in_transaction(inner_of(conn));
}

static bool lock_fault(ag_conn *conn, const char *key, int wait_ms,
                       void (*on_wait)(void *context, const char *holder), void *context,
                       ag_error *err) {
    return passes(conn, err) &&
           inner_of(conn)->driver->lock(inner_of(conn), key, wait_ms, on_wait, context, err);
}

static void unlock_fault(ag_conn *conn) {
    inner_of(conn)->driver->unlock(inner_of(conn));
}

static void cancel_fault(ag_conn *conn) {
    inner_of(conn)->driver->cancel(inner_of(conn));
}

static bool has_table_fault(ag_conn *conn, const char *ns, const char *table, bool *exists,
                            ag_error *err) {
    *exists = false;
    return passes(conn, err) &&
           inner_of(conn)->driver->has_table(inner_of(conn), ns, table, exists, err);
}

ag_conn *ag_fault_conn(ag_conn *inner, size_t fail_at) {
    fault_conn *conn = ag_xmalloc(sizeof *conn);
    *conn = (fault_conn){.inner = inner, .fail_at = fail_at};
    /* rebuild, before_rebuild and after_rebuild use the connection through its table only. */
    conn->driver = *inner->driver;
    conn->driver.open = NULL;
    conn->driver.close = close_fault;
    conn->driver.query = query_fault;
    conn->driver.changes = changes_fault;
    conn->driver.begin = begin_fault;
    conn->driver.commit = commit_fault;
    conn->driver.rollback = rollback_fault;
    conn->driver.in_transaction = in_transaction_fault;
    conn->driver.lock = lock_fault;
    conn->driver.unlock = unlock_fault;
    conn->driver.cancel = cancel_fault;
    conn->driver.has_table = has_table_fault;
    conn->base.driver = &conn->driver;
    return &conn->base;
}

size_t ag_fault_calls(const ag_conn *conn) {
    return ((const fault_conn *)conn)->n_calls;
}
