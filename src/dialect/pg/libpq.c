/*
 * The PostgreSQL driver over libpq (a module: see base/module.h). Statements go through the
 * extended protocol without names, so that they work behind a transaction pooler; settings are made
 * with SET LOCAL inside a transaction for the same reason.
 */
#include <errno.h>
#include <libpq-fe.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "dialect/pg/libpq.h"
#include "dialect/pg/module.h"

static pg_conn *of(ag_conn *conn) {
    return (pg_conn *)conn;
}

static void copy_field(char *to, size_t size, const char *from) {
    (void)snprintf(to, size, "%s", from == NULL ? "" : from);
    ag_utf8_trim_partial(to);
}

/* libpq ends its messages with a newline and may send several lines, some of them indented. */
static void connection_message(PGconn *pg, char *out, size_t size) {
    char text[1024];
    copy_field(text, sizeof text, PQerrorMessage(pg));
    size_t n = 0;
    for (const char *c = text; *c != '\0' && n + 3 < size; c++) {
        bool is_break = *c == '\n' || *c == '\t';
        if (!is_break) {
            out[n++] = *c;
        } else if (n > 0 && !ag_is_space(out[n - 1])) {
            if (out[n - 1] != ':') {
                out[n++] = ';';
            }
            out[n++] = ' ';
        }
    }
    while (n > 0 && (ag_is_space(out[n - 1]) || out[n - 1] == ';')) {
        n--;
    }
    out[n] = '\0';
    ag_utf8_trim_partial(out);
}

/*
 * Of a connection that ended, its first line says why: the others that it did. The server's reason
 * may have come before, as a notice.
 */
static void lost_message(const pg_conn *c, char *out, size_t size) {
    static const char *const starts[] = {"FATAL:  ", "ERROR:  ", "PANIC:  "};
    const char *text = c->last_words[0] != '\0' ? c->last_words : PQerrorMessage(c->pg);
    for (size_t i = 0; text != NULL && i < sizeof starts / sizeof *starts; i++) {
        text += ag_text_starts(text, starts[i]) ? strlen(starts[i]) : 0;
    }
    copy_field(out, size, text);
    out[strcspn(out, "\n")] = '\0';
}

void pg_exec_quietly(pg_conn *c, const char *sql) {
    PGresult *result = PQexec(c->pg, sql);
    if (PQstatus(c->pg) == CONNECTION_BAD && c->last_words[0] == '\0') {
        lost_message(c, c->last_words, sizeof c->last_words);
    }
    PQclear(result);
}

bool pg_fail_result(pg_conn *c, const PGresult *result, ag_error *err) {
    char message[1024];
    const char *primary =
        result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (primary == NULL) {
        if (PQstatus(c->pg) == CONNECTION_BAD) {
            lost_message(c, message, sizeof message);
        } else {
            connection_message(c->pg, message, sizeof message);
        }
        ag_fail(err, AG_DATABASE, "%s", message[0] == '\0' ? "the server gave no answer" : message);
    } else {
        const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
        bool is_blocked = ag_text_eq(PQresultErrorField(result, PG_DIAG_SQLSTATE), "55P03") &&
                          c->blockers[0] != '\0';
        ag_fail(err, AG_DATABASE, "%s%s%s%s%s", primary, detail == NULL ? "" : ": ",
                detail == NULL ? "" : detail, is_blocked ? "; it waited for " : "",
                is_blocked ? c->blockers : "");
    }
    if (err == NULL) {
        return false;
    }
    const char *hint = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
    copy_field(err->hint, sizeof err->hint, hint);
    copy_field(err->sqlstate, sizeof err->sqlstate,
               result == NULL ? "" : PQresultErrorField(result, PG_DIAG_SQLSTATE));
    const char *position =
        result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    err->position = position == NULL ? 0 : (int)strtol(position, NULL, 10);
    if (PQstatus(c->pg) == CONNECTION_BAD) {
        ag_prefix(err, "the connection to the server was lost");
        if (err->sqlstate[0] == '\0') {
            copy_field(err->sqlstate, sizeof err->sqlstate, "08006");
        }
    }
    if (atomic_load(&c->cancelled)) {
        err->code = AG_INTERRUPTED;
    }
    return false;
}

static void on_notice(void *argument, const PGresult *result) {
    pg_conn *c = argument;
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    bool ends = ag_text_eq(severity, "FATAL") || ag_text_eq(severity, "PANIC") ||
                (sqlstate != NULL && strncmp(sqlstate, "57P", 3) == 0);
    if (ends) { /* the error that is to follow says it */
        copy_field(c->last_words, sizeof c->last_words, message);
        return;
    }
    if (c->options.on_notice == NULL) {
        return;
    }
    c->options.on_notice(c->options.notice_context, severity == NULL ? "NOTICE" : severity,
                         message == NULL ? "" : message);
}

static void pg_close(ag_conn *conn) {
    pg_conn *c = of(conn);
    PQfreeCancel(c->cancel);
    PQfinish(c->watcher);
    PQfinish(c->pg);
    pg_drop_scratch(c);
    free(c);
}

/* Texts of catalogs and of revisions take a backslash for itself, whatever the database is set to.
 */
static bool take_backslashes(pg_conn *c, ag_error *err) {
    const char *is_standard = PQparameterStatus(c->pg, "standard_conforming_strings");
    return !ag_text_eq(is_standard, "off") ||
           c->base.driver->query(&c->base, "SET standard_conforming_strings = on", NULL, 0, NULL,
                                 err);
}

/* A second "dbname" overrides that of the target: PQconnectdbParams takes the last one. */
bool pg_open_database(const char *target, const char *database, const ag_open_options *options,
                      ag_conn **out, ag_error *err) {
    pg_conn *c = ag_xmalloc(sizeof *c);
    memset(c, 0, sizeof *c);
    c->base.driver = &ag_module_pq;
    if (options != NULL) {
        c->options = *options;
    }
    const char *const keys[] = {"dbname", "fallback_application_name", "client_encoding",
                                database == NULL ? NULL : "dbname", NULL};
    const char *const values[] = {target, "autogen", "UTF8", database, NULL};
    c->pg = PQconnectdbParams(keys, values, 1);
    if (PQstatus(c->pg) != CONNECTION_OK) {
        char message[1024];
        connection_message(c->pg, message, sizeof message);
        pg_close(&c->base);
        ag_fail(err, AG_DATABASE, "cannot connect to PostgreSQL: %s", message);
        return false;
    }
    (void)PQsetNoticeReceiver(c->pg, on_notice, c);
    c->cancel = PQgetCancel(c->pg);
    if (!take_backslashes(c, err)) {
        pg_close(&c->base);
        return false;
    }
    *out = &c->base;
    return true;
}

static bool pg_open(const char *target, const ag_open_options *options, ag_conn **out,
                    ag_error *err) {
    return pg_open_database(target, NULL, options, out, err);
}

/* A row is one piece of memory: its pointers, then its texts. */
static void take_row(const PGresult *result, int r, ag_rows *rows) {
    int columns = PQnfields(result);
    size_t size = (size_t)columns * sizeof(char *);
    for (int f = 0; f < columns; f++) {
        size += PQgetisnull(result, r, f) ? 0 : (size_t)PQgetlength(result, r, f) + 1;
    }
    const char **cells = ag_arena_alloc(rows->arena, size);
    char *text = (char *)(cells + columns);
    for (int f = 0; f < columns; f++) {
        if (!PQgetisnull(result, r, f)) {
            size_t n = (size_t)PQgetlength(result, r, f) + 1;
            memcpy(text, PQgetvalue(result, r, f), n);
            cells[f] = text;
            text += n;
        }
    }
    ag_vec_push(rows->arena, &rows->rows, cells);
}

static void take_rows(const PGresult *result, ag_rows *rows) {
    int n = PQntuples(result);
    rows->n_columns = (size_t)PQnfields(result);
    for (int r = 0; r < n; r++) {
        take_row(result, r, rows);
    }
}

/* COPY would leave the connection in a state of its own: end it and say what to do instead. */
static bool refuse_copy(pg_conn *c, ag_error *err) {
    (void)PQputCopyEnd(c->pg, "autogen runs no COPY");
    for (PGresult *r = PQgetResult(c->pg); r != NULL; r = PQgetResult(c->pg)) {
        PQclear(r);
    }
    ag_fail(err, AG_DATABASE, "COPY from or to the client cannot run in a revision");
    return ag_hint(err, "write INSERT statements, or run the COPY with psql");
}

static bool accept_result(pg_conn *c, const PGresult *result, ag_rows *rows, ag_error *err) {
    switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
        c->changes = strtoll(PQcmdTuples((PGresult *)(uintptr_t)result), NULL, 10);
        if (rows != NULL) {
            take_rows(result, rows);
        }
        return true;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        return refuse_copy(c, err);
    case PGRES_BAD_RESPONSE:
    case PGRES_NONFATAL_ERROR:
    case PGRES_FATAL_ERROR:
    case PGRES_SINGLE_TUPLE:
    case PGRES_PIPELINE_SYNC:
    case PGRES_PIPELINE_ABORTED:
        break;
    }
    return pg_fail_result(c, result, err);
}

static bool pg_query(ag_conn *conn, const char *sql, const char *const *params, size_t n_params,
                     ag_rows *rows, ag_error *err) {
    pg_conn *c = of(conn);
    if (atomic_load(&c->cancelled)) {
        return ag_fail(err, AG_INTERRUPTED, "interrupted");
    }
    PGresult *result = pg_run_watched(c, sql, params, (int)n_params);
    bool ok = accept_result(c, result, rows, err);
    PQclear(result);
    return ok;
}

/* Collects the results of a pipeline of n queries; the first failure is kept, all are read. */
static bool read_pipeline(pg_conn *c, size_t n, ag_rows *rows, ag_error *err) {
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        for (PGresult *r = PQgetResult(c->pg); r != NULL; r = PQgetResult(c->pg)) {
            if (ok) {
                ok = accept_result(c, r, &rows[i], err);
            }
            PQclear(r);
        }
        if (PQstatus(c->pg) == CONNECTION_BAD) {
            return ok ? pg_fail_result(c, NULL, err) : false;
        }
    }
    PGresult *sync = PQgetResult(c->pg);
    if (ok && PQresultStatus(sync) != PGRES_PIPELINE_SYNC) {
        ok = pg_fail_result(c, sync, err);
    }
    PQclear(sync);
    return ok;
}

static bool pg_query_many(ag_conn *conn, const char *const *sql, size_t n, ag_rows *rows,
                          ag_error *err) {
    pg_conn *c = of(conn);
    bool ok = PQenterPipelineMode(c->pg) == 1;
    for (size_t i = 0; ok && i < n; i++) {
        ok = PQsendQueryParams(c->pg, sql[i], 0, NULL, NULL, NULL, NULL, 0) == 1;
    }
    ok = ok && PQpipelineSync(c->pg) == 1;
    ok = ok ? read_pipeline(c, n, rows, err) : pg_fail_result(c, NULL, err);
    if (PQexitPipelineMode(c->pg) != 1 && ok) {
        ok = pg_fail_result(c, NULL, err);
    }
    return ok;
}

static int64_t pg_changes(ag_conn *conn) {
    return of(conn)->changes;
}

static bool run(ag_conn *conn, const char *sql, ag_error *err) {
    return pg_query(conn, sql, NULL, 0, NULL, err);
}

static bool set_local(ag_conn *conn, const char *name, int milliseconds, ag_error *err) {
    char sql[96];
    (void)snprintf(sql, sizeof sql, "SET LOCAL %s = %d", name, milliseconds);
    return milliseconds <= 0 || run(conn, sql, err);
}

static void pg_rollback(ag_conn *conn) {
    if (PQtransactionStatus(of(conn)->pg) == PQTRANS_IDLE) {
        return;
    }
    /* Must run even after a cancel, which pg_query would refuse. */
    pg_exec_quietly(of(conn), "ROLLBACK");
}

static bool begin_once(ag_conn *conn, ag_error *err) {
    const pg_conn *c = of(conn);
    if (!run(conn, c->options.read_only ? "BEGIN READ ONLY" : "BEGIN", err)) {
        return false;
    }
    if (set_local(conn, "lock_timeout", c->options.lock_timeout_ms, err) &&
        set_local(conn, "statement_timeout", c->options.statement_timeout_ms, err)) {
        return true;
    }
    pg_rollback(conn);
    return false;
}

static bool pg_begin(ag_conn *conn, ag_error *err) {
    int64_t since = pg_now_ms();
    for (int pause = 25;; pause = pause < 500 ? pause * 2 : 1000) {
        bool got = true;
        if (!begin_once(conn, err)) {
            return false;
        }
        bool ok = !of(conn)->is_pooled || pg_lock_transaction(conn, since, &got, err);
        if (ok && got) {
            return true;
        }
        pg_rollback(conn);
        if (!ok) {
            return false;
        }
        pg_pause_about(pause);
    }
}

/* COMMIT of a failed transaction answers ROLLBACK without an error: that must not pass for done. */
static bool pg_commit(ag_conn *conn, ag_error *err) {
    pg_conn *c = of(conn);
    PGresult *result = PQexec(c->pg, "COMMIT");
    bool ok = accept_result(c, result, NULL, err);
    if (ok && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        ok = ag_fail(err, AG_DATABASE, "the transaction was rolled back instead of committed");
    }
    PQclear(result);
    return ok;
}

static bool pg_in_transaction(ag_conn *conn) {
    PGTransactionStatusType status = PQtransactionStatus(of(conn)->pg);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static void pg_cancel(ag_conn *conn) {
    pg_conn *c = of(conn);
    int saved = errno;
    char message[256];
    atomic_store(&c->cancelled, true);
    if (c->cancel != NULL) {
        (void)PQcancel(c->cancel, message, sizeof message);
    }
    errno = saved;
}

static bool pg_has_table(ag_conn *conn, const char *ns, const char *table, bool *exists,
                         ag_error *err) {
    static const char in_namespace[] =
        "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
        "c.relnamespace WHERE c.relname = $1 AND n.nspname = $2 AND c.relkind IN ('r', 'p')";
    static const char on_path[] =
        "SELECT 1 FROM pg_catalog.pg_class c WHERE c.relname = $1 AND c.relkind IN ('r', 'p') "
        "AND pg_catalog.pg_table_is_visible(c.oid)";
    ag_arena *arena = ag_arena_new();
    ag_rows rows = {.arena = arena};
    const char *const params[] = {table, ns};
    bool ok = ns == NULL ? pg_query(conn, on_path, params, 1, &rows, err)
                         : pg_query(conn, in_namespace, params, 2, &rows, err);
    *exists = ok && rows.rows.n > 0;
    ag_arena_free(arena);
    return ok;
}

const ag_driver ag_module_pq = {
    .name = "postgresql",
    .open = pg_open,
    .open_scratch = pg_open_scratch,
    .close = pg_close,
    .query = pg_query,
    .query_many = pg_query_many,
    .changes = pg_changes,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .in_transaction = pg_in_transaction,
    .lock = pg_lock,
    .unlock = pg_unlock,
    .cancel = pg_cancel,
    .has_table = pg_has_table,
    .before_autocommit = pg_before_autocommit,
    .after_autocommit = pg_after_autocommit,
    .took_effect = pg_took_effect,
};
