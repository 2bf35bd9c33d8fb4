/*
 * The driver seam: a connection to a database, as a vtable. A scripted fake driver stands in for
 * tests of lost connections and refusals.
 *
 * Errors are AG_DATABASE with SQLSTATE ("" on SQLite) and the server's message; they never show a
 * password. A cancelled statement is AG_INTERRUPTED.
 */
#ifndef AG_DIALECT_DRIVER_H
#define AG_DIALECT_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"

typedef struct ag_conn ag_conn;

/** Rows of a query as text, all in one arena that the caller gives; NULL cells are NULL. */
typedef struct ag_rows {
    ag_arena *arena;
    size_t n_columns;
    AG_VEC(const char **) rows; /**< rows.items[r][c]. */
} ag_rows;

typedef struct ag_open_options {
    bool read_only;           /**< never creates a file, never writes. */
    bool create;              /**< SQLite: create the file when it is missing. */
    int busy_timeout_ms;      /**< waiting for SQLite's write lock. */
    int lock_timeout_ms;      /**< PostgreSQL lock_timeout; 0 = none. */
    int statement_timeout_ms; /**< 0 = none. */
    void (*on_notice)(void *context, const char *severity, const char *message);
    void *notice_context;
} ag_open_options;

/** What became of a statement whose end nobody saw. */
typedef enum ag_outcome {
    AG_OUTCOME_UNKNOWN,
    AG_OUTCOME_NONE, /**< it can run again. */
    AG_OUTCOME_DONE, /**< it took effect and must not run again. */
} ag_outcome;

typedef struct ag_driver {
    const char *name;
    bool (*open)(const char *target, const ag_open_options *options, ag_conn **out, ag_error *err);
    void (*close)(ag_conn *conn);
    /**
     * Opens an empty database that is gone when the connection closes: in memory, or a scratch
     * database on the target's server (orphans of killed runs are reaped on the way).
     */
    bool (*open_scratch)(const char *target, const ag_open_options *options, ag_conn **out,
                         ag_error *err);
    /** Runs one statement; `params` are text (NULL = SQL NULL); rows may be NULL. */
    bool (*query)(ag_conn *conn, const char *sql, const char *const *params, size_t n_params,
                  ag_rows *rows, ag_error *err);
    /**
     * Runs several statements in one round trip; rows[i] takes those of statement i. NULL where the
     * protocol cannot: ag_conn_query_many then runs them one after another.
     */
    bool (*query_many)(ag_conn *conn, const char *const *sql, size_t n, ag_rows *rows,
                       ag_error *err);
    /** Rows changed by the last statement. */
    int64_t (*changes)(ag_conn *conn);
    /** Starts a writing transaction (SQLite: BEGIN IMMEDIATE after a polled wait). */
    bool (*begin)(ag_conn *conn, ag_error *err);
    bool (*commit)(ag_conn *conn, ag_error *err);
    void (*rollback)(ag_conn *conn);
    bool (*in_transaction)(ag_conn *conn);
    /** One migration at a time. `wait_ms` bounds the polling; on_wait names the holder once. */
    bool (*lock)(ag_conn *conn, const char *key, int wait_ms,
                 void (*on_wait)(void *context, const char *holder), void *context, ag_error *err);
    void (*unlock)(ag_conn *conn);
    /** Safe from another thread: makes the running statement fail with AG_INTERRUPTED. */
    void (*cancel)(ag_conn *conn);
    /** True when a table exists (namespace NULL = search path, or main). */
    bool (*has_table)(ag_conn *conn, const char *ns, const char *table, bool *exists,
                      ag_error *err);
    /**
     * Runs the statements of a `-- autogen:rebuild` block (SQLite): checks the hash, carries over
     * indexes and triggers found now, verifies foreign keys and views. NULL where there is none.
     */
    bool (*rebuild)(ag_conn *conn, const char *table, const char *hash,
                    const char *const *statements, size_t n, ag_error *err);
    /** Called before `begin` of a transaction that holds a rebuild, and after it ended. */
    bool (*before_rebuild)(ag_conn *conn, ag_error *err);
    bool (*after_rebuild)(ag_conn *conn, ag_error *err);
    /**
     * Statements to run behind those of a part, in its transaction, for what hangs on their objects
     * here and would be lost without their knowing of it (SQLite: triggers on a view that is
     * dropped and made again). NULL: there is never any.
     */
    bool (*find_lost)(ag_conn *conn, const char *const *statements, size_t n, ag_arena *arena,
                      ag_strings *out, ag_error *err);
    /**
     * Around a statement of a revision that runs outside of a transaction (PostgreSQL: without
     * lock_timeout while an index is built concurrently). NULL where nothing is to be done.
     */
    bool (*before_autocommit)(ag_conn *conn, const char *sql, ag_error *err);
    void (*after_autocommit)(ag_conn *conn);
    /**
     * Whether such a statement, begun by a run that was interrupted or failed, took effect. Half an
     * effect (an index that is not valid) is removed, and then there is none. Called outside of a
     * transaction. NULL: it is never known, and a statement that fails has no effect.
     */
    bool (*took_effect)(ag_conn *conn, const char *sql, ag_outcome *outcome, ag_error *err);
} ag_driver;

/** What every driver's connection starts with. */
struct ag_conn {
    const ag_driver *driver;
};

bool ag_conn_open(const ag_driver *driver, const char *target, const ag_open_options *options,
                  ag_conn **out, ag_error *err);
/** See ag_driver.open_scratch. */
bool ag_conn_open_scratch(const ag_driver *driver, const char *target,
                          const ag_open_options *options, ag_conn **out, ag_error *err);
/** NULL is allowed. */
void ag_conn_close(ag_conn *conn);
bool ag_conn_exec(ag_conn *conn, const char *sql, ag_error *err);
bool ag_conn_query(ag_conn *conn, const char *sql, const char *const *params, size_t n_params,
                   ag_rows *rows, ag_error *err);
bool ag_conn_query_many(ag_conn *conn, const char *const *sql, size_t n, ag_rows *rows,
                        ag_error *err);

#endif
