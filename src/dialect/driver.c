#include "dialect/driver.h"

bool ag_conn_open(const ag_driver *driver, const char *target, const ag_open_options *options,
                  ag_conn **out, ag_error *err) {
    static const ag_open_options defaults = {0};
    *out = NULL;
    if (driver == NULL) {
        return ag_fail(err, AG_DATABASE, "autogen was built without a driver for this database");
    }
    return driver->open(target, options == NULL ? &defaults : options, out, err);
}

void ag_conn_close(ag_conn *conn) {
    if (conn != NULL) {
        conn->driver->close(conn);
    }
}

bool ag_conn_exec(ag_conn *conn, const char *sql, ag_error *err) {
    return conn->driver->query(conn, sql, NULL, 0, NULL, err);
}

bool ag_conn_query(ag_conn *conn, const char *sql, const char *const *params, size_t n_params,
                   ag_rows *rows, ag_error *err) {
    return conn->driver->query(conn, sql, params, n_params, rows, err);
}

bool ag_conn_query_many(ag_conn *conn, const char *const *sql, size_t n, ag_rows *rows,
                        ag_error *err) {
    if (conn->driver->query_many != NULL) {
        return conn->driver->query_many(conn, sql, n, rows, err);
    }
    for (size_t i = 0; i < n; i++) {
        if (!ag_conn_query(conn, sql[i], NULL, 0, &rows[i], err)) {
            return false;
        }
    }
    return true;
}

bool ag_conn_open_scratch(const ag_driver *driver, const char *target,
                          const ag_open_options *options, ag_conn **out, ag_error *err) {
    *out = NULL;
    return driver->open_scratch(target, options, out, err);
}
